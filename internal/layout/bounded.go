package layout

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// A bounded question is answered with NumPy's search, so that the same bound gives
// up in the same cases (numpy/_core/src/common/mem_overlap.c, after the paper that
// equation names): the terms stand by falling coefficient, the two largest make one
// term with their gcd, that and the next another, and so on; the search runs back
// from the smallest coefficient, larger values of an unknown first. Each branch
// without a solution is one unit of work.
type bounded struct {
	terms []term // by falling coefficient
	sums  []term // sums[k]: the gcd of the coefficients 0…k, and the largest sum of these terms in multiples of it
	work  int
	count int
}

// sharesWithin answers a question about bytes in common with at most work branches.
func sharesWithin(a, b Place, work int) Answer {
	alo, ahi := a.Bounds()
	blo, bhi := b.Bounds()
	eq := equation{}
	eq.addAxes(a)
	eq.addAxes(b)
	eq.add(1, a.Item-1)
	eq.add(1, b.Item-1)
	s := bounded{work: work}
	right := min(int(bhi-1-alo), int(ahi-1-blo))
	if !s.prepare(eq.terms, right) {
		return TooHard
	}
	switch len(s.terms) {
	case 0:
		if right == 0 {
			return Yes
		}
		return No
	case 1:
		if t := s.terms[0]; right%t.c == 0 && right/t.c <= t.m {
			return Yes
		}
		return No
	}
	return s.search(len(s.terms)-1, right)
}

// prepare sorts the terms, joins those with the same coefficient, cuts the unknowns
// to what the right side allows and drops those that can only be 0. It reports
// false when a sum exceeds an int.
func (s *bounded) prepare(terms []term, right int) bool {
	slices.SortStableFunc(terms, func(x, y term) int { return cmp.Compare(y.c, x.c) })
	for _, t := range terms {
		if k := len(s.terms) - 1; k >= 0 && s.terms[k].c == t.c {
			if s.terms[k].m > math.MaxInt-t.m {
				return false
			}
			s.terms[k].m += t.m
		} else {
			s.terms = append(s.terms, t)
		}
	}
	kept := s.terms[:0]
	for _, t := range s.terms {
		if t.m = min(t.m, right/t.c); t.m > 0 {
			kept = append(kept, t)
		}
	}
	s.terms = kept
	for k, t := range s.terms {
		if k == 0 {
			s.sums = append(s.sums, t)
			continue
		}
		before := s.sums[k-1]
		g := gcd(before.c, t.c)
		over1, far1 := bits.Mul64(uint64(before.c/g), uint64(before.m))
		over2, far2 := bits.Mul64(uint64(t.c/g), uint64(t.m))
		if over1|over2 != 0 || far1 > math.MaxInt || far2 > math.MaxInt-far1 {
			return false
		}
		s.sums = append(s.sums, term{g, int(far1 + far2)})
	}
	return true
}

// search meets the rest r ≥ 0 with terms 0…k, k > 0.
func (s *bounded) search(k, r int) Answer {
	if s.count >= s.work {
		return TooHard
	}
	// c₁·x + c₂·z = r for the sum x of the terms below and the unknown z of term k.
	t, below, g := s.terms[k], s.sums[k-1], s.sums[k].c
	if r%g == 0 {
		step := below.c / g
		high := min(t.m, r/t.c)
		low := 0
		if over, far := bits.Mul64(uint64(below.c), uint64(below.m)); over == 0 && far < uint64(r) {
			low = (r-int(far)-1)/t.c + 1
		}
		z := residue(r/g, t.c/g, step)
		if z <= high {
			z += (high - z) / step * step // the largest of its class
			for ; z >= low; z -= step {
				if k == 1 {
					return Yes
				}
				if a := s.search(k-1, r-z*t.c); a != No {
					return a
				}
			}
		}
	}
	s.count++
	return No
}
