package sorting

import (
	"math/bits"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// The places of a row that is sorted in lines, or by splits, are sorted as words: what the key is above
// the row's least one, then the place. Where that is more than a word has bits for, the
// lowest bits of keys are left out, and words that are equal but for the place are looked
// at once more.

// pairsMost is how long rows of keys of eight bytes are that a network sorts together with
// their places sooner than they are packed and unpacked.
const pairsMost = 128

// inWords reports whether the places of rows of n items of size bytes are sorted by words.
func inWords(n, rows, size int) bool {
	if kernel.ColumnsOf(8) == nil || size == 8 && n <= pairsMost && byNetwork(n, rows, 8) {
		return false
	}
	_, lines := lanesOf(n, rows, 8)
	return size > 2 && (lines > 0 || n*8 > windowMost)
}

// wordRows is how many rows are sorted at a time: those that go through a network together.
const wordRows = kernel.PlaceBytes / 8

// argSortWords sorts the places of the rows of n numbers that s consists of into order, n
// being one that inWords allows.
func argSortWords[K key](s []K, order []int64, n int, how keyed) {
	place := bits.Len(uint(n - 1))
	if n == len(s) && ascending(s, how) {
		inTurn(order)
		return
	}
	for len(s) > 0 {
		k := min(len(s), wordRows*n)
		block, places := s[:k], order[:k]
		s, order = s[k:], order[k:]
		words, sorted, whole := words64(places), true, true
		for i := 0; i < k; i += n {
			inOrder, all := packKeys(words[i:i+n], block[i:i+n], place, how)
			sorted, whole = sorted && inOrder, whole && all
		}
		switch {
		case sorted:
		case n*8 > windowMost:
			for i := 0; i < k; i += n {
				siftWords(places[i:i+n], place, 3*bits.Len(uint(n)))
			}
		default:
			sortRows(words, n, keyed{form: asSigned, size: 8})
		}
		for i := 0; i < k && !whole; i += n {
			tellApart(places[i:i+n], block[i:i+n], place, how)
		}
		for i := range places {
			places[i] &= 1<<place - 1
		}
	}
}

// widenKeys writes the keys of a row.
func widenKeys[K key](keys []uint64, row []K, how keyed) {
	keys = keys[:len(row)]
	switch sign := signBit[K](); how.form {
	case asFloat:
		inf := K(how.inf)
		for i, b := range row {
			k := floatKey(b)
			if m := b &^ sign; m-1 >= inf { // NaN or zero
				k = totalKey(b, how)
			}
			keys[i] = uint64(k)
		}
	case asSigned:
		for i, b := range row {
			keys[i] = uint64(b ^ sign)
		}
	default:
		for i, b := range row {
			keys[i] = uint64(b)
		}
	}
}

// leastAndRange returns the least number and what the greatest is above it.
func leastAndRange[T int64 | uint64](s []T) (T, uint64) {
	least, most := s[0], s[0]
	least2, most2 := least, most // of every second one, so that none waits for the one before
	for ; len(s) >= 2; s = s[2:] {
		least, most = min(least, s[0]), max(most, s[0])
		least2, most2 = min(least2, s[1]), max(most2, s[1])
	}
	if len(s) > 0 {
		least, most = min(least, s[0]), max(most, s[0])
	}
	least, most = min(least, least2), max(most, most2)
	return least, uint64(most) - uint64(least)
}

// packKeys writes the words of a row, signed ones, keys above place bits of their places, and reports
// whether they are sorted, and whether they hold all bits that tell the keys apart. Keys of
// four bytes wait at the end of where the words go: none is overwritten before it is read.
func packKeys[K key](words []uint64, row []K, place int, how keyed) (sorted, whole bool) {
	words = words[:len(row)]
	if len(row) <= pairsMost {
		return packFew(words, row, place, how)
	}
	keys, sign := keysAt[K](unsafe.Pointer(unsafe.SliceData(words)), len(words)*8/how.size), signBit[K]()
	keys = keys[len(keys)-copy(keys[len(keys)-len(row):], row):]
	p, odd := unsafe.Pointer(unsafe.SliceData(keys)), false
	if how.size == 8 {
		odd = turnWords(at[int64](p, len(keys)), how, true)
	} else {
		odd = turnWords(at[int32](p, len(keys)), how, true)
	}
	for i := 0; odd && i < len(keys); i++ {
		keys[i] = totalKey(row[i], how) ^ sign
	}
	sorted = ascending(keys, keyed{form: asSigned, size: how.size})
	least, drop := uint64(0), 0
	if how.size == 8 {
		lowest, above := leastAndRange(at[int64](p, len(keys)))
		least = uint64(lowest) ^ signBit[uint64]()
		drop = max(bits.Len64(above)+place-64, 0)
	}
	for i := range words {
		k := uint64(keys[i] ^ sign)
		words[i] = (k-least)>>(drop&63)<<(place&63) ^ signBit[uint64]() | uint64(i)
	}
	return sorted, drop == 0
}

// packFew is packKeys of rows for which a call for each pass takes longer than the keys.
func packFew[K key](words []uint64, row []K, place int, how keyed) (sorted, whole bool) {
	widenKeys(words, row, how)
	sorted = slices.IsSorted(words)
	least, drop := uint64(0), 0
	if how.size == 8 {
		var above uint64
		least, above = leastAndRange(words)
		drop = max(bits.Len64(above)+place-64, 0)
	}
	for i, k := range words {
		words[i] = (k-least)>>(drop&63)<<(place&63) ^ signBit[uint64]() | uint64(i)
	}
	return sorted, drop == 0
}

// tellApart sorts those of sorted words of a row that are equal but for the place.
func tellApart[K key](words []int64, row []K, place int, how keyed) {
	mask := int64(1)<<place - 1
	before := row[words[0]&mask]
	for i := 1; i < len(words); i++ {
		x := row[words[i]&mask]
		if x == before || (words[i-1]^words[i])>>place != 0 || totalKey(before, how) <= totalKey(x, how) {
			before = x
			continue
		}
		first := i - 1
		for first > 0 && (words[first-1]^words[i])>>place == 0 {
			first--
		}
		for i < len(words) && (words[first]^words[i])>>place == 0 {
			i++
		}
		placesByKey(words[first:i], row, mask, how)
		before = row[words[i-1]&mask]
		i--
	}
}

// placesByKey sorts words by the keys of their places, equal ones by their places, in which
// order they come. The keys of many have so many bits in common that words hold the others.
func placesByKey[K key](words []int64, row []K, mask int64, how keyed) {
	if len(words) <= pairsMost {
		mergeSort(words, make([]int64, len(words)), func(i, j int64) bool {
			return totalKey(row[i&mask], how) < totalKey(row[j&mask], how)
		})
		return
	}
	keys, before, at := make([]K, len(words)), slices.Clone(words), make([]int64, len(words))
	for i, w := range words {
		keys[i] = row[w&mask]
	}
	argSortWords(keys, at, len(at), how)
	for i, k := range at {
		words[i] = before[k]
	}
}
