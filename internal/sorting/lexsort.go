package sorting

import (
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// LexSort writes to order the places of the len(order) items at p[0], of dtype dt[0], in
// sorted order of those at the last p; where these are equal, of those before it, and so on.
// Equal items keep their order.
func LexSort(dt []dtype.DType, p []unsafe.Pointer, order []int64) {
	if argSortPacked(dt, p, order) {
		return
	}
	ArgSortRows(dt[0], p[0], order, len(order))
	for i := 1; i < len(dt); i++ {
		Refine(dt[i], p[i], order)
	}
}

// argSortPacked is LexSort for integers that go into one word with their place. It reports
// whether they do.
func argSortPacked(dt []dtype.DType, p []unsafe.Pointer, order []int64) bool {
	n, wide := len(order), false
	for i := range dt {
		how, ok := keyOf(dt[i])
		if !ok || how.form == asFloat || len(dt) < 2 || !inWords(n, 1, 4) {
			return false
		}
		wide = wide || how.size > 1
	}
	if !wide { // bytes are counted sooner
		return false
	}
	words, keys := words64(order), make([]uint64, n)
	inTurn(order)
	place := bits.Len(uint(n - 1))
	used := place
	for i := range dt {
		switch how, _ := keyOf(dt[i]); how.size {
		case 1:
			widenKeys(keys, keysAt[uint8](p[i], n), how)
		case 2:
			widenKeys(keys, keysAt[uint16](p[i], n), how)
		case 4:
			widenKeys(keys, keysAt[uint32](p[i], n), how)
		default:
			widenKeys(keys, keysAt[uint64](p[i], n), how)
		}
		least, above := leastAndRange(keys)
		if used+bits.Len64(above) > 64 {
			return false
		}
		for i, k := range keys {
			words[i] |= (k - least) << (used & 63)
		}
		used += bits.Len64(above)
	}
	sortRows(words, n, keyed{form: asUnsigned, size: 8})
	for i := range order {
		order[i] &= 1<<place - 1
	}
	return true
}
