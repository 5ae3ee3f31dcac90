package nd

import (
	"math"
	"math/bits"
	"slices"
)

// The order in which the operands of an einsum are multiplied is a path: a list of
// positions to multiply, whose product then stands behind those left. Both ways to
// find one are NumPy's (numpy/_core/einsumfunc.py, after D. Smith's opt_einsum), and
// of equal choices the first is taken as there.

// An axisSet is a set of axes of an einsum, by their numbers (label.number).
type axisSet [2]uint64

// axisNumbers is how many there are: 52 letters, and those of an ellipsis.
const axisNumbers = 128

// number returns where a label stands in an axisSet: capitals, small letters, then
// the axes of the ellipsis.
func (l label) number() int {
	switch {
	case l < 0:
		return 51 - int(l)
	case l >= 'a':
		return 26 + int(l-'a')
	}
	return int(l - 'A')
}

func axesOf(labels []label) (s axisSet) {
	for _, l := range labels {
		s[l.number()/64] |= 1 << (l.number() % 64)
	}
	return s
}

func (s axisSet) or(t axisSet) axisSet     { return axisSet{s[0] | t[0], s[1] | t[1]} }
func (s axisSet) and(t axisSet) axisSet    { return axisSet{s[0] & t[0], s[1] & t[1]} }
func (s axisSet) andNot(t axisSet) axisSet { return axisSet{s[0] &^ t[0], s[1] &^ t[1]} }
func (s axisSet) count() int               { return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) }

// ordering is what a path follows from, beside the terms.
type ordering struct {
	out    axisSet
	length [axisNumbers]float64 // of each axis
}

// size is the number of items over some axes.
func (o *ordering) size(s axisSet) float64 {
	n := 1.0
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			n *= o.length[64*i+bits.TrailingZeros64(word)]
		}
	}
	return n
}

// cost is the number of operations that a product of some terms over axes all takes.
func (o *ordering) cost(all, summed axisSet, terms int) float64 {
	each := max(1, terms-1)
	if summed != (axisSet{}) {
		each++
	}
	return o.size(all) * float64(each)
}

// contract returns the axes of the product of the terms at some positions, those that
// are summed in it, and both together.
func (o *ordering) contract(terms []axisSet, at ...int) (product, summed, all axisSet) {
	kept := o.out
	for i, t := range terms {
		if slices.Contains(at, i) {
			all = all.or(t)
		} else {
			kept = kept.or(t)
		}
	}
	product = all.and(kept)
	return product, all.andNot(kept), all
}

// replaced returns the terms without those at some positions, their product behind.
func replaced(terms []axisSet, product axisSet, at ...int) []axisSet {
	var rest []axisSet
	for i, t := range terms {
		if !slices.Contains(at, i) {
			rest = append(rest, t)
		}
	}
	return append(rest, product)
}

// allOf is the positions of n terms.
func allOf(n int) []int {
	at := make([]int, n)
	for i := range at {
		at[i] = i
	}
	return at
}

// choice is a pair that may be multiplied next.
type choice struct {
	grown, cost float64 // items of the product less those of its terms; operations
	x, y        int
}

// greedy multiplies, again and again, the pair whose product takes least room beyond
// its terms, then the one of least cost; pairs without a common axis only if there is
// no other. A product of more than limit items is no choice, nor is one with which
// the costs come to more than most. Where no choice is left, all terms go together.
func (o *ordering) greedy(terms []axisSet, limit, most float64) (path [][]int) {
	if len(terms) <= 2 {
		return [][]int{allOf(len(terms))}
	}
	var known []choice
	spent := 0.0
	consider := func(x, y int) {
		product, summed, all := o.contract(terms, x, y)
		n, cost := o.size(product), o.cost(all, summed, 2)
		if n <= limit && spent+cost <= most {
			known = append(known, choice{n - o.size(terms[x]) - o.size(terms[y]), cost, x, y})
		}
	}
	for len(terms) > 1 {
		last := len(terms) - 1
		for x := range last {
			for y := x + 1; y <= last; y++ {
				if (path == nil || y == last) && terms[x].and(terms[y]) != (axisSet{}) {
					consider(x, y)
				}
			}
		}
		if len(known) == 0 {
			for x := range last {
				for y := x + 1; y <= last; y++ {
					consider(x, y)
				}
			}
		}
		if len(known) == 0 {
			return append(path, allOf(len(terms)))
		}
		best := slices.MinFunc(known, func(a, b choice) int {
			switch {
			case a.grown < b.grown, a.grown == b.grown && a.cost < b.cost:
				return -1
			case a.grown == b.grown && a.cost == b.cost:
				return 0
			}
			return 1
		})
		product, _, _ := o.contract(terms, best.x, best.y)
		terms = replaced(terms, product, best.x, best.y)
		known = without(known, best.x, best.y)
		path = append(path, []int{best.x, best.y})
		spent += best.cost
	}
	return path
}

// without leaves out the pairs that hold term x or y, x < y, and numbers the others as
// the terms are once those two are gone.
func without(known []choice, x, y int) []choice {
	var rest []choice
	moved := func(i int) int {
		switch {
		case i > y:
			return i - 2
		case i > x:
			return i - 1
		}
		return i
	}
	for _, c := range known {
		if c.x != x && c.x != y && c.y != x && c.y != y {
			c.x, c.y = moved(c.x), moved(c.y)
			rest = append(rest, c)
		}
	}
	return rest
}

// optimal tries every order and returns the one of least cost whose products have at
// most limit items. If none goes to the end, it is the best of those that go
// farthest, then all terms together.
func (o *ordering) optimal(terms []axisSet, limit float64) [][]int {
	n := len(terms)
	best := make([][][]int, n) // by how many products there are
	costs := make([]float64, n)
	for i := range costs {
		costs[i] = math.Inf(1)
	}
	var path [][]int
	var try func(terms []axisSet, spent float64)
	try = func(terms []axisSet, spent float64) {
		if spent >= costs[n-1] {
			return // costs only grow
		}
		if done := len(path); spent < costs[done] || best[done] == nil {
			best[done], costs[done] = append([][]int{}, path...), spent
		}
		for x := range terms {
			for y := x + 1; y < len(terms); y++ {
				product, summed, all := o.contract(terms, x, y)
				if o.size(product) > limit {
					continue
				}
				path = append(path, []int{x, y})
				try(replaced(terms, product, x, y), spent+o.cost(all, summed, 2))
				path = path[:len(path)-1]
			}
		}
	}
	try(terms, 0)
	far := n - 1
	for best[far] == nil {
		far--
	}
	if far < n-1 {
		return append(best[far], allOf(n-far))
	}
	return best[far]
}
