package sorting

import "math/bits"

// The places of a row that is sorted in pieces are sorted as words: what the key is above
// the row's least one, then the place. Where that is more than a word has bits for, the
// lowest bits of keys are left out, and words that are equal but for the place are looked
// at once more.

// argSortWords sorts the places of the rows of n numbers that s consists of into order, n
// being one that piecesOf cuts.
func argSortWords[K key](s []K, order []int64, n int, how keyed) {
	words, place := words64(order), bits.Len(uint(n-1))
	sorted := true
	for i := 0; i < len(s); i += n {
		sorted = packKeys(words[i:i+n], s[i:i+n], place, how) && sorted
	}
	if !sorted {
		sortRows(words, n, keyed{form: asUnsigned, size: 8})
	}
	for i := 0; i < len(s); i += n {
		unpackPlaces(order[i:i+n], s[i:i+n], place, how)
	}
}

// packKeys writes the words of a row, keys above place bits of their places, and reports
// whether they are sorted.
func packKeys[K key](words []uint64, row []K, place int, how keyed) bool {
	least, most, sorted := ^uint64(0), uint64(0), true
	for i, b := range row {
		k := uint64(totalKey(b, how))
		words[i] = k
		sorted = sorted && k >= most
		least, most = min(least, k), max(most, k)
	}
	drop := max(bits.Len64(most-least)+place-64, 0)
	for i, k := range words {
		words[i] = (k-least)>>drop<<place | uint64(i)
	}
	return sorted
}

// unpackPlaces leaves the places of sorted words of a row, and sorts those whose words do
// not tell their keys apart.
func unpackPlaces[K key](order []int64, row []K, place int, how keyed) {
	mask := int64(1)<<place - 1
	first := 0 // of the words that are equal but for the place
	sorted := true
	var last K
	for i, w := range order {
		k := totalKey(row[w&mask], how)
		if i > 0 && uint64(order[i-1])>>place != uint64(w)>>place {
			if !sorted {
				placesByKey(order[first:i], row, mask, how)
			}
			first, sorted = i, true
		} else if i > 0 && k < last {
			sorted = false
		}
		last = k
	}
	if !sorted {
		placesByKey(order[first:], row, mask, how)
	}
	for i := range order {
		order[i] &= mask
	}
}

// placesByKey sorts words by the keys of their places, equal ones by their places, in which
// order they come.
func placesByKey[K key](words []int64, row []K, mask int64, how keyed) {
	mergeSort(words, make([]int64, len(words)), func(i, j int64) bool {
		return totalKey(row[i&mask], how) < totalKey(row[j&mask], how)
	})
}
