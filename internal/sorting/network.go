package sorting

import "sync"

// networkMost is how many keys a network sorts at the most.
const networkMost = 16

// networks holds, for each number of keys, the pairs of places that are put in order
// one after another. No step depends on a key, so there is no branch to be guessed:
// short rows of a matrix are many, and each is another guess.
//
// Source: odd-even merge sort of K. Batcher, Sorting Networks and Their Applications
// (1968), for 16 places; those from n on stand for keys above all others.
var networks = sync.OnceValue(func() (nets [networkMost + 1][][2]uint8) {
	var merge func(from, n, step int, pair func(i, j int))
	merge = func(from, n, step int, pair func(i, j int)) {
		if 2*step >= n {
			pair(from, from+step)
			return
		}
		merge(from, n, 2*step, pair)
		merge(from+step, n, 2*step, pair)
		for i := from + step; i+step < from+n; i += 2 * step {
			pair(i, i+step)
		}
	}
	var sort func(from, n int, pair func(i, j int))
	sort = func(from, n int, pair func(i, j int)) {
		if n > 1 {
			sort(from, n/2, pair)
			sort(from+n/2, n/2, pair)
			merge(from, n, 1, pair)
		}
	}
	sort(0, networkMost, func(i, j int) {
		for n := j + 1; n <= networkMost; n++ {
			nets[n] = append(nets[n], [2]uint8{uint8(i), uint8(j)})
		}
	})
	return nets
})

// sortFew sorts at most networkMost keys. They are read once and written once.
func sortFew[K key](s []K) {
	var v [networkMost]K
	copy(v[:], s)
	for _, pair := range networks()[len(s)] {
		i, j := pair[0]%networkMost, pair[1]%networkMost
		v[i], v[j] = min(v[i], v[j]), max(v[i], v[j])
	}
	copy(s, v[:])
}
