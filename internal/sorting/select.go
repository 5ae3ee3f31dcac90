package sorting

import (
	"cmp"
	"math/bits"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Partition moves n items of dtype dt at p so that for every k in kth the item
// at place k is the one that a sort would put there, those before are not
// greater, and those behind are not less. kth ascends and lies within n. NaNs of
// real numbers go last even where kth does not ask for it.
func Partition(dt dtype.DType, p unsafe.Pointer, n int, kth []int) {
	how, ok := keyOf(dt)
	if !ok {
		order := make([]int64, n)
		ArgPartition(dt, p, order, kth)
		permute(p, dt.ItemSize(), order)
		return
	}
	switch how.size {
	case 1:
		partition(keysAt[uint8](p, n), how, kth)
	case 2:
		partition(keysAt[uint16](p, n), how, kth)
	case 4:
		partition(keysAt[uint32](p, n), how, kth)
	default:
		partition(keysAt[uint64](p, n), how, kth)
	}
}

func partition[K key](s []K, how keyed, kth []int) {
	switch how.form {
	case asUnsigned:
		selectKeys(s, kth)
	case asSigned:
		flipSigns(s)
		selectKeys(s, kth)
		flipSigns(s)
	case asFloat:
		n, _ := toKeys(s, K(how.inf))
		selectKeys(s[:n], kth)
		fromKeys(s[:n], nil)
	}
}

// ArgPartition writes to order the places, from 0, that the len(order) items at
// p come from when they are partitioned around kth.
func ArgPartition(dt dtype.DType, p unsafe.Pointer, order []int64, kth []int) {
	how, ok := keyOf(dt)
	n := len(order)
	if !ok {
		compare, size := Compare(dt), dt.ItemSize()
		for i := range order {
			order[i] = int64(i)
		}
		selectFunc(order, kth, func(i, j int64) bool {
			return compare(unsafe.Add(p, int(i)*size), unsafe.Add(p, int(j)*size)) < 0
		})
		return
	}
	switch how.size {
	case 1:
		argPartition(keysAt[uint8](p, n), how, order, kth)
	case 2:
		argPartition(keysAt[uint16](p, n), how, order, kth)
	case 4:
		argPartition(keysAt[uint32](p, n), how, order, kth)
	default:
		argPartition(keysAt[uint64](p, n), how, order, kth)
	}
}

func argPartition[K key](s []K, how keyed, order []int64, kth []int) {
	pairs := pairsOf(s, how)
	selectPairs(pairs, kth)
	for i := range pairs {
		order[i] = int64(pairs[i].at)
	}
}

// sortBelow is the length of a window that is sorted instead of split.
const sortBelow = 24

// selectKeys partitions s around the places in kth, which ascend. Places beyond
// s are left alone.
func selectKeys[K key](s []K, kth []int) {
	selectWindows(s, kth, func(x K) K { return x }, splitBelow, slices.Sort)
}

// selectPairs is selectKeys of pairs by their keys.
func selectPairs[K key](s []pair[K], kth []int) {
	selectWindows(s, kth, func(x pair[K]) K { return x.key }, splitPairsBelow, func(w []pair[K]) {
		slices.SortFunc(w, func(a, b pair[K]) int { return cmp.Compare(a.key, b.key) })
	})
}

// selectWindows is selectKeys of items with keys, given what splits and what sorts
// some of them.
//
// Between two places that are settled lies a window that is split around a pivot
// into less and not less. Where nothing is less, the pivot is the least item, and
// the window is split into equal and greater, until the place falls among the
// equal ones. The splits have no branch that depends on an item (Lomuto's scheme:
// every item is swapped, the border moves or not).
func selectWindows[E any, K key](s []E, kth []int, keyOf func(E) K, split func(w []E, pivot K) int, sort func(w []E)) {
	settled := 0 // all before it are in place with regard to all behind
	for _, k := range kth {
		lo, hi := settled, len(s)
		for bad := 3 * bits.Len(uint(hi-lo)); k >= lo && k < hi; bad-- {
			w := s[lo:hi]
			if len(w) <= sortBelow || bad == 0 {
				sort(w)
				break
			}
			pivot := keyOf(pivotOf(w, func(a, b E) bool { return keyOf(a) < keyOf(b) }))
			n := split(w, pivot)
			if n > 0 {
				if k < lo+n {
					hi = lo + n
				} else {
					lo += n
				}
				continue
			}
			if pivot == ^K(0) {
				break // all are equal
			}
			if n = split(w, pivot+1); k < lo+n {
				break
			}
			lo += n
		}
		settled = max(settled, k+1)
	}
}

// splitBelow moves the keys less than pivot to the front and returns how many.
func splitBelow[K key](w []K, pivot K) int {
	n := 0
	for i, x := range w {
		w[i] = w[n]
		w[n] = x
		less := 0
		if x < pivot {
			less = 1
		}
		n += less
	}
	return n
}

// splitPairsBelow is splitBelow of pairs.
func splitPairsBelow[K key](w []pair[K], pivot K) int {
	n := 0
	for i, x := range w {
		w[i] = w[n]
		w[n] = x
		less := 0
		if x.key < pivot {
			less = 1
		}
		n += less
	}
	return n
}

// selectFunc is selectKeys by a comparison.
func selectFunc[E any](s []E, kth []int, less func(a, b E) bool) {
	settled := 0
	for _, k := range kth {
		lo, hi := settled, len(s)
		for bad := 2 * bits.Len(uint(hi-lo)); k >= lo && k < hi; bad-- {
			w := s[lo:hi]
			if len(w) <= sortBelow || bad == 0 {
				mergeSort(w, make([]E, len(w)), less)
				break
			}
			pivot := pivotOf(w, less)
			lt, gt := 0, len(w)
			for i := 0; i < gt; {
				switch x := w[i]; {
				case less(x, pivot):
					w[i], w[lt] = w[lt], x
					lt++
					i++
				case less(pivot, x):
					gt--
					w[i], w[gt] = w[gt], x
				default:
					i++
				}
			}
			if k < lo+lt {
				hi = lo + lt
			} else if k >= lo+gt {
				lo += gt
			} else {
				break
			}
		}
		settled = max(settled, k+1)
	}
}

// pivotOf returns the median of three items of s, or of nine if s is long.
func pivotOf[E any](s []E, less func(a, b E) bool) E {
	median := func(a, b, c E) E {
		if less(b, a) {
			a, b = b, a
		}
		if less(c, b) {
			b = c
		}
		if less(b, a) {
			b = a
		}
		return b
	}
	n := len(s) - 1
	if n < 256 {
		return median(s[0], s[n/2], s[n])
	}
	d := n / 8
	return median(
		median(s[0], s[d], s[2*d]),
		median(s[3*d], s[4*d], s[5*d]),
		median(s[6*d], s[7*d], s[n]))
}
