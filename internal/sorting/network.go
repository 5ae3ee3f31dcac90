package sorting

import (
	"math/bits"
	"slices"
	"sync/atomic"

	"github.com/stride-go/nd/internal/kernel"
)

// networkMost is how many keys a network sorts at the most, fewMost how many one row by
// itself.
const (
	networkMost = kernel.PlacesMost
	fewMost     = 16
)

// networks holds, for numbers of keys that were asked for, the pairs of places that are
// put in order one after another. No step depends on a key, so there is no branch to be
// guessed: short rows of a matrix are many, and each is another guess.
var networks [networkMost + 1]atomic.Pointer[[][2]uint8]

// networkOf returns the pairs for n keys.
//
// Source: odd-even merge sort of K. Batcher, Sorting Networks and Their Applications
// (1968), for a power of two of places; those from n on stand for keys above all others.
func networkOf(n int) [][2]uint8 {
	if known := networks[n].Load(); known != nil {
		return *known
	}
	var net [][2]uint8
	pair := func(i, j int) {
		if j < n {
			net = append(net, [2]uint8{uint8(i), uint8(j)})
		}
	}
	var merge func(from, n, step int)
	merge = func(from, n, step int) {
		if 2*step >= n {
			pair(from, from+step)
			return
		}
		merge(from, n, 2*step)
		merge(from+step, n, 2*step)
		for i := from + step; i+step < from+n; i += 2 * step {
			pair(i, i+step)
		}
	}
	var sort func(from, n int)
	sort = func(from, n int) {
		if n > 1 {
			sort(from, n/2)
			sort(from+n/2, n/2)
			merge(from, n, 1)
		}
	}
	sort(0, 1<<bits.Len(uint(max(n, 1)-1)))
	net = inSteps(net)
	networks[n].Store(&net)
	return net
}

// inSteps returns the pairs of a network in an order in which those that follow one
// another have no place in common as far as that can be: a processor deals with them at
// the same time.
func inSteps(net [][2]uint8) [][2]uint8 {
	var depth [networkMost]int // of the last pair at a place
	steps := make([]int, len(net))
	order := make([]int, len(net))
	for i, pair := range net {
		step := max(depth[pair[0]], depth[pair[1]]) + 1
		depth[pair[0]], depth[pair[1]], steps[i], order[i] = step, step, step, i
	}
	slices.SortStableFunc(order, func(i, j int) int { return steps[i] - steps[j] })
	sorted := make([][2]uint8, len(net))
	for i, j := range order {
		sorted[i] = net[j]
	}
	return sorted
}

// sortFew sorts at most fewMost keys. They are read once and written once.
func sortFew[K key](s []K) {
	var v [fewMost]K
	copy(v[:], s)
	for _, pair := range networkOf(len(s)) {
		i, j := pair[0]%fewMost, pair[1]%fewMost
		v[i], v[j] = min(v[i], v[j]), max(v[i], v[j])
	}
	copy(s, v[:])
}
