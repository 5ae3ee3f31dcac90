package layout

import (
	"math"
	"math/bits"
)

// Place is an array as a set of bytes in memory: the address of item [0,…,0],
// the layout, and the bytes of one item.
type Place struct {
	Addr           uintptr
	Shape, Strides []int
	Item           int
}

// Bounds returns the half-open range of addresses from the lowest byte of any
// item to the end of the highest. It is empty, [Addr, Addr), without bytes.
func (p Place) Bounds() (lo, hi uintptr) {
	l, h := Span(p.Shape, p.Strides, p.Item)
	if p.Item == 0 {
		l, h = 0, 0
	}
	return p.Addr + uintptr(l), p.Addr + uintptr(h)
}

// MayShare reports whether the address ranges of two arrays meet. It is quick
// and errs on the side of true: two columns of one table meet in range.
func MayShare(a, b Place) bool {
	alo, ahi := a.Bounds()
	blo, bhi := b.Bounds()
	return alo < bhi && blo < ahi && alo != ahi && blo != bhi
}

// Answer is the answer to a question about overlap.
type Answer uint8

const (
	No      Answer = iota
	Yes            // a byte in common exists
	TooHard        // the work allowed did not suffice to tell
)

// Exact as a bound on the work means: however long it takes.
const Exact = -1

// Shares reports whether two arrays have a byte in common. The question is
// NP-hard in the number of axes. At most work branches are followed, counted as
// NumPy counts them, or any number when work is Exact; for arrays that are
// sliced, transposed or reshaped from one another a few suffice.
//
// Two bytes coincide when
//
//	a.Addr + Σ sᵢ·xᵢ + u = b.Addr + Σ tⱼ·yⱼ + v
//
// with 0 ≤ xᵢ < shape of a, 0 ≤ yⱼ < shape of b and u, v within an item. Turning
// axes around makes every coefficient positive and leaves one equation for
// solve: Σ cₖ·zₖ = b, 0 ≤ zₖ ≤ mₖ.
func Shares(a, b Place, work int) Answer {
	if !MayShare(a, b) {
		return No
	}
	if work == 0 {
		return TooHard // the ranges meet, and that is all that may be asked
	}
	if work > 0 {
		return sharesWithin(a, b, work)
	}
	alo, _ := a.Bounds()
	_, bhi := b.Bounds()
	eq := equation{work: work}
	// With a's axes turned to grow from its lowest byte, and b's to fall from
	// its highest: alo + Σ|s|x + u = bhi − 1 − Σ|t|y − v.
	eq.addAxes(a)
	eq.addAxes(b)
	eq.add(1, a.Item-1)
	eq.add(1, b.Item-1)
	eq.merge()
	if !eq.fits() {
		return TooHard
	}
	return eq.solve(int(bhi - 1 - alo))
}

// InternalOverlap reports whether two different items of one array have a byte
// in common. At most work candidates are tried, as in Shares.
//
// Items x and y coincide in a byte when Σ sᵢ·(xᵢ−yᵢ) + (u−v) = 0. The
// differences lie in [−mᵢ, mᵢ]; shifted by mᵢ they become an equation with
// positive coefficients whose solution z = m, "the same item", does not count.
func InternalOverlap(shape, strides []int, item, work int) Answer {
	if item == 0 || Size(shape) < 2 {
		return No
	}
	eq := equation{work: work}
	for k, n := range shape {
		if n == 1 {
			continue
		}
		if s := abs(strides[k]); s < item {
			return Yes // neighbours overlap
		} else {
			eq.terms = append(eq.terms, term{s, n - 1})
		}
	}
	eq.sort()
	// The common case: each axis steps over all that lies within it.
	reach := item
	for k := 0; ; k++ {
		if k == len(eq.terms) {
			return No
		}
		t := eq.terms[k]
		if k > 0 && t.c == eq.terms[k-1].c {
			return Yes // one step along either axis
		}
		if t.c < reach {
			break
		}
		over, far := bits.Mul64(uint64(t.c), uint64(t.m))
		if over != 0 || far > math.MaxInt-uint64(reach) {
			return TooHard
		}
		reach += int(far)
	}
	sum := 0
	for k := range eq.terms {
		t := &eq.terms[k]
		over, far := bits.Mul64(uint64(t.c), uint64(t.m))
		if over != 0 || far > math.MaxInt/4 || sum > math.MaxInt/4 {
			return TooHard
		}
		sum += int(far)
		t.m *= 2
	}
	if item > 1 {
		sum += item - 1
		eq.terms = append([]term{{1, 2 * (item - 1)}}, eq.terms...)
	}
	eq.nontrivial = true
	if !eq.fits() {
		return TooHard
	}
	return eq.solve(sum)
}
