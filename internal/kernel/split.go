package kernel

import "unsafe"

// A Split moves those of n items at a that are less than the one at pivot before the others,
// in any order, and returns how many they are. Items are signed integers, or two of them one
// after the other, the first of which counts first.
type Split func(a, pivot unsafe.Pointer, n int) (less int)

// A Sift leaves those of n signed words of 8 bytes at a that are less than the one at pivot at the
// front of a, and copies the others to rest, which has room for n; all keep their order. It
// returns how many are less, and leaves any words behind both.
type Sift func(a, rest, pivot unsafe.Pointer, n int) (less int)

// splitLoops are the loops for items of 2, 4 and 8 bytes, and for two of 4 and 8.
type splitLoops struct {
	items, pairs [9]Split
	sift         Sift
}

var splitsInGo = splitLoops{
	items: [9]Split{2: splitInGo[int16], 4: splitInGo[int32], 8: splitInGo[int64]},
	pairs: [9]Split{4: splitPairsInGo[int32], 8: splitPairsInGo[int64]},
	sift:  func(a, rest, pivot unsafe.Pointer, n int) int { return siftRest(a, rest, pivot, 0, n, 0) },
}

var splits = splitsInGo

// SplitOf returns the loop for integers of 2, 4 or 8 bytes, or for two of 4 or 8.
func SplitOf(size int, pairs bool) Split {
	ready()
	if pairs {
		return splits.pairs[size]
	}
	return splits.items[size]
}

// SiftWords is the Sift of the level.
func SiftWords() Sift {
	ready()
	return splits.sift
}

// siftRest goes on with a sift behind m words of which less are.
func siftRest(a, rest, pivot unsafe.Pointer, m, n, less int) int {
	s, others, than := items[int64](a, n), items[int64](rest, n), *(*int64)(pivot)
	for i := m; i < len(s); i++ {
		x, t := s[i], 0
		s[less], others[i-less] = x, x
		if x < than {
			t = 1
		}
		less += t
	}
	return less
}

func splitInGo[T int16 | int32 | int64](a, pivot unsafe.Pointer, n int) int {
	return splitRest[T](a, pivot, 0, n, 0)
}

// splitRest goes on with a split behind m items of which less are. Every item changes places
// with the first that is not less, and the border moves or not: nothing has to be guessed.
//
// Source: the partition of N. Lomuto, without a branch.
func splitRest[T int16 | int32 | int64](a, pivot unsafe.Pointer, m, n, less int) int {
	s, than := items[T](a, n), *(*T)(pivot)
	for i := m; i < len(s); i++ {
		x, t := s[i], 0
		s[i], s[less] = s[less], x
		if x < than {
			t = 1
		}
		less += t
	}
	return less
}

func splitPairsInGo[T int32 | int64](a, pivot unsafe.Pointer, n int) int {
	return splitPairsRest[T](a, pivot, 0, n, 0)
}

// splitPairsRest is splitRest for two words an item.
func splitPairsRest[T int32 | int64](a, pivot unsafe.Pointer, m, n, less int) int {
	s, than := items[[2]T](a, n), *(*[2]T)(pivot)
	for i := m; i < len(s); i++ {
		x, first, equal, second := s[i], 0, 0, 0
		s[i], s[less] = s[less], x
		if x[0] < than[0] {
			first = 1
		}
		if x[0] == than[0] {
			equal = 1
		}
		if x[1] < than[1] {
			second = 1
		}
		less += first | equal&second
	}
	return less
}
