package sorting

// runLength is the length of the runs that insertion sorts before they are merged.
const runLength = 12

// mergeSort sorts s by less, stably. tmp is as long as s.
func mergeSort[E any](s, tmp []E, less func(a, b E) bool) {
	if len(s) <= runLength {
		insertionSort(s, less)
		return
	}
	m := len(s) / 2
	mergeSort(s[:m], tmp[:m], less)
	mergeSort(s[m:], tmp[m:], less)
	if !less(s[m], s[m-1]) {
		return
	}
	left, right, at := tmp[:copy(tmp, s[:m])], s[m:], 0
	for len(left) > 0 && len(right) > 0 {
		if less(right[0], left[0]) {
			s[at], right = right[0], right[1:]
		} else {
			s[at], left = left[0], left[1:]
		}
		at++
	}
	copy(s[at:], left)
}

func insertionSort[E any](s []E, less func(a, b E) bool) {
	for i := 1; i < len(s); i++ {
		x, j := s[i], i
		for ; j > 0 && less(x, s[j-1]); j-- {
			s[j] = s[j-1]
		}
		s[j] = x
	}
}
