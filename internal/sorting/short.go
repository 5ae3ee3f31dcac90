package sorting

import (
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// Numbers of two bytes have no network in registers: a few of them are sorted as words of four
// bytes, their places as the low bits of such words.

const (
	shortLeast = 64   // how many are sorted where they are
	shortMost  = 2048 // how many there are at the most: more are counted sooner
)

// inShortWords reports whether rows of n numbers of size bytes are sorted as words of four bytes.
func inShortWords(n, size int) bool {
	return size == 2 && n > fewMost && n <= shortMost && kernel.ColumnsOf(4) != nil
}

// sortShort sorts numbers and reports whether it has: NaN and zeros with a sign are left to
// others.
func sortShort(s []int16, how keyed) bool {
	odd := turnWords(s, how, true)
	if !odd {
		room := lineRooms.Get().(*lineRoom)
		defer lineRooms.Put(room)
		words := at[int32](unsafe.Pointer(&room.rows), len(s))
		for i, x := range s {
			words[i] = int32(x)
		}
		sortSigned(words)
		for i, x := range words {
			s[i] = int16(x)
		}
	}
	turnWords(s, how, false)
	return !odd
}

// argSortShort sorts the places of the rows of n numbers that s consists of into order.
func argSortShort(s []uint16, order []int64, n int, how keyed) {
	if n == len(s) && ascending(s, how) {
		inTurn(order)
		return
	}
	room := lineRooms.Get().(*lineRoom)
	defer lineRooms.Put(room)
	place, flip := bits.Len(uint(n-1)), uint16(0)
	if how.form == asSigned {
		flip = signBit[uint16]()
	}
	for len(s) > 0 {
		k := min(len(s), len(room.rows)*2/n*n)
		words := keysAt[uint32](unsafe.Pointer(&room.rows), k)
		for i := 0; i < k; i += n {
			row, to := s[i:i+n], words[i:i+n]
			if how.form == asFloat {
				for j, b := range row {
					to[j] = uint32(totalKey(b, how))<<(place&31) | uint32(j)
				}
				continue
			}
			for j, b := range row {
				to[j] = uint32(b^flip)<<(place&31) | uint32(j)
			}
		}
		sortRows(words, n, keyed{form: asSigned, size: 4}) // which are less than 1<<31
		for i, w := range words {
			order[i] = int64(w & (1<<(place&31) - 1))
		}
		s, order = s[k:], order[k:]
	}
}
