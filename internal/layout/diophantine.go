package layout

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// equation is Σ c·z = b with coefficients c > 0 and unknowns 0 ≤ z ≤ m.
//
// It is solved by depth-first search from the largest coefficient to the
// smallest. With unknowns k+1… chosen, the rest r of the right side must be met
// by terms 0…k, so r lies between 0 and their largest sum, and is a multiple of
// the greatest common divisor g of their coefficients. Both restrict the values
// of z tried for the next term, the second to one residue class, found with the
// extended Euclidean algorithm. The use of that algorithm for bounded equations
// is from P. Ramachandran, "Use of Extended Euclidean Algorithm in Solving a
// System of Linear Diophantine Equations with Bounded Variables", ANTS VII,
// LNCS 4076 (2006), 182–192. For strides of a dense array each coefficient
// exceeds all that lies below, and at most two values a term survive.
type equation struct {
	terms      []term // by growing coefficient
	gcd        []int  // gcd[k]: of the coefficients 0…k
	sum        []int  // sum[k]: the largest value of terms 0…k
	work       int    // candidates still allowed; negative: any number
	nontrivial bool   // the solution with every z = m/2 does not count
}

type term struct {
	c int // coefficient
	m int // largest value of the unknown
}

func (eq *equation) add(c, m int) {
	if m > 0 && c > 0 {
		eq.terms = append(eq.terms, term{c, m})
	}
}

func (eq *equation) addAxes(p Place) {
	for k, n := range p.Shape {
		eq.add(abs(p.Strides[k]), n-1)
	}
}

func (eq *equation) sort() {
	slices.SortFunc(eq.terms, func(a, b term) int { return cmp.Compare(a.c, b.c) })
}

// merge makes one term of those with equal coefficients, and takes a term into
// a smaller one that divides it and reaches as far as its step: z·c + y·cq with
// z up to q−1 or more runs through all multiples of c.
func (eq *equation) merge() {
	eq.sort()
	out := eq.terms[:0]
	for _, t := range eq.terms {
		if k := len(out) - 1; k >= 0 && t.c%out[k].c == 0 && t.c/out[k].c-1 <= out[k].m {
			over, far := bits.Mul64(uint64(t.c/out[k].c), uint64(t.m))
			if over == 0 && far <= uint64(math.MaxInt-out[k].m) {
				out[k].m += int(far)
				continue
			}
		}
		out = append(out, t)
	}
	eq.terms = out
}

// fits prepares the search; it reports false when a sum exceeds an int.
func (eq *equation) fits() bool {
	room := make([]int, 2*len(eq.terms))
	eq.gcd, eq.sum = room[:len(eq.terms)], room[len(eq.terms):]
	g, s := 0, 0
	for k, t := range eq.terms {
		over, far := bits.Mul64(uint64(t.c), uint64(t.m))
		if over != 0 || far > uint64(math.MaxInt-s) {
			return false
		}
		g, s = gcd(g, t.c), s+int(far)
		eq.gcd[k], eq.sum[k] = g, s
	}
	return true
}

func (eq *equation) solve(b int) Answer {
	if len(eq.terms) == 0 {
		if b == 0 && !eq.nontrivial {
			return Yes
		}
		return No
	}
	return eq.search(len(eq.terms)-1, b, true)
}

// search meets the rest r with terms 0…k. same says that all z chosen so far
// are the trivial ones.
func (eq *equation) search(k, r int, same bool) Answer {
	t := eq.terms[k]
	if r < 0 || r > eq.sum[k] || r%eq.gcd[k] != 0 {
		return No
	}
	if k == 0 {
		z := r / t.c // t.c is gcd[0]
		if eq.nontrivial && same && z == t.m/2 {
			return No
		}
		return Yes
	}
	// c·z ≡ r modulo g, the gcd of the terms below; and what remains must not
	// exceed their sum.
	g := eq.gcd[k-1]
	h := eq.gcd[k]
	step := g / h
	low := 0
	if over := r - eq.sum[k-1]; over > 0 {
		low = (over-1)/t.c + 1
	}
	high := min(t.m, r/t.c)
	z := residue(r/h, t.c/h, step)
	if z < low {
		z += (low - z + step - 1) / step * step
	}
	for ; z <= high; z += step {
		if eq.work == 0 {
			return TooHard
		}
		if eq.work > 0 {
			eq.work--
		}
		if a := eq.search(k-1, r-z*t.c, same && z == t.m/2); a != No {
			return a
		}
		if z > math.MaxInt-step {
			break
		}
	}
	return No
}

// residue returns the least z ≥ 0 with c·z ≡ r modulo m, for c prime to m.
func residue(r, c, m int) int {
	if m == 1 {
		return 0
	}
	// Extended Euclid: x·c ≡ old (mod m) holds for both rows.
	old, cur := c%m, m
	x, y := 1, 0
	for cur != 0 {
		q := old / cur
		old, cur = cur, old-q*cur
		x, y = y, x-q*y
	}
	if x < 0 {
		x += m
	}
	hi, lo := bits.Mul64(uint64(x), uint64(r%m))
	return int(bits.Rem64(hi, lo, uint64(m)))
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
