package sorting

import "math/bits"

// Items of two signed words, the first of which counts first: the parts of a complex number,
// or a key and its place.

func pairLess[T int32 | int64](a, b [2]T) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

// pairAbove returns the pair that is so many above x.
func pairAbove[T int32 | int64](x [2]T, by int) [2]T { return [2]T{x[0], x[1] + T(by)} }

// pairLimits returns the least pair and the greatest.
func pairLimits[T int32 | int64]() (least, most [2]T) {
	sign := T(1)
	for sign<<1 != 0 {
		sign <<= 1
	}
	return [2]T{sign, sign}, [2]T{^sign, ^sign}
}

// sortPairsOfWords sorts pairs, which are not told apart where they are equal.
func sortPairsOfWords[T int32 | int64](s [][2]T) {
	least, most := pairLimits[T]()
	splitPairs(s, splitOf[[2]T](true), least, most, 3*bits.Len(uint(len(s))))
}

// splitPairs sorts pairs of which none is less than least or greater than most: they are split
// around the median of three or nine until few are left.
func splitPairs[T int32 | int64](s [][2]T, split func(s [][2]T, pivot [2]T) int, least, most [2]T, bad int) {
	for len(s) > pairsBelow && pairLess(least, most) {
		if bad--; bad < 0 {
			mergeSort(s, make([][2]T, len(s)), pairLess[T])
			return
		}
		// Pairs equal to the least one go to the left, where they are all there is.
		pivot := pivotOf(s, pairLess[T])
		if !pairLess(least, pivot) {
			pivot = pairAbove(pivot, 1)
		}
		n := split(s, pivot)
		splitPairs(s[:n], split, least, pairAbove(pivot, -1), bad)
		s, least = s[n:], pivot
	}
	if !pairLess(least, most) {
		return
	}
	for i := 1; i < len(s); i++ {
		x, j := s[i], i
		for ; j > 0 && pairLess(x, s[j-1]); j-- {
			s[j] = s[j-1]
		}
		s[j] = x
	}
}

// pairsBelow is how many pairs are sorted one by one instead of split.
const pairsBelow = 20
