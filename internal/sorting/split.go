package sorting

import (
	"bytes"
	"math/bits"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// Numbers that are too many for lines are split around pivots until they are not.

// windowMost is how many bytes of numbers are sorted as lines instead of split once more.
const windowMost = 8192

// sortBySplits sorts numbers and reports whether it has: NaN and zeros with a sign are left
// to others.
func sortBySplits[K key](s []K, how keyed) bool {
	p := unsafe.Pointer(unsafe.SliceData(s))
	if how.size == 4 {
		return splitNumbers(at[int32](p, len(s)), how)
	}
	return splitNumbers(at[int64](p, len(s)), how)
}

func splitNumbers[T int32 | int64](s []T, how keyed) bool {
	odd := turnWords(s, how, true)
	if !odd {
		splitWords(s, 3*bits.Len(uint(len(s))))
	}
	turnWords(s, how, false)
	return !odd
}

// splitWords sorts words. After so many windows of windows, pivots count as bad ones.
func splitWords[T int32 | int64](s []T, bad int) {
	newWindows(splitOf[T](false), 0).sortAll(s, bad)
}

// siftRooms hold the words that a sift takes out.
var siftRooms = sync.Pool{New: func() any { return new([]int64) }}

// siftWords sorts words of a key above some bits of a place that ascends.
func siftWords(s []int64, place, bad int) {
	sift, room := kernel.SiftWords(), siftRooms.Get().(*[]int64)
	defer siftRooms.Put(room)
	if len(*room) < len(s) {
		*room = make([]int64, len(s))
	}
	rest := *room
	newWindows(func(s []int64, pivot int64) int {
		n := sift(unsafe.Pointer(unsafe.SliceData(s)), unsafe.Pointer(unsafe.SliceData(rest)), unsafe.Pointer(&pivot), len(s))
		copy(s[n:], rest)
		return n
	}, 1<<place-1).sortAll(s, bad)
}

// windows is what words are sorted with.
type windows[T int32 | int64] struct {
	split   func(s []T, pivot T) int // moves the words less than the pivot to the front and counts them
	low     T                        // bits that are in order where the others are equal
	columns *kernel.Columns
	room    *lineRoom
}

func newWindows[T int32 | int64](split func(s []T, pivot T) int, low T) windows[T] {
	return windows[T]{split: split, low: low, columns: kernel.ColumnsOf(int(unsafe.Sizeof(low)))}
}

func (w windows[T]) sortAll(s []T, bad int) {
	w.room = lineRooms.Get().(*lineRoom)
	defer lineRooms.Put(w.room)
	least := ^T(0)
	for least<<1 != 0 {
		least <<= 1
	}
	w.sort(s, least, ^least, bad)
}

// sort sorts words of which none is less than least or greater than most.
func (w *windows[T]) sort(s []T, least, most T, bad int) {
	for len(s)*int(unsafe.Sizeof(least)) > windowMost && least|w.low < most|w.low {
		if w.alike(s) {
			return
		}
		pivot := w.pivot(s)
		if bad--; bad < 0 {
			pivot = least + T((uint64(most)-uint64(least))>>1) // half of all words there can be
		}
		// Those equal to the least one go to the left, where they are all there is.
		if pivot &^= w.low; pivot <= least {
			pivot = least | w.low + 1
		}
		n := w.split(s, pivot)
		w.sort(s[:n], least, pivot-1, bad)
		s, least = s[n:], pivot
	}
	if least|w.low < most|w.low && len(s) > 1 {
		sortSigned(s)
	}
}

// alike reports whether words are equal but for the low bits, which may be seen only by going
// through all of them if the first, the middle and the last one are.
func (w *windows[T]) alike(s []T) bool {
	first, n := s[0]|w.low, len(s)
	if s[n/2]|w.low != first || s[n-1]|w.low != first {
		return false
	}
	if w.low == 0 { // each equals the next
		size := int(unsafe.Sizeof(first))
		b := at[byte](unsafe.Pointer(unsafe.SliceData(s)), n*size)
		return bytes.Equal(b[size:], b[:len(b)-size])
	}
	for _, x := range s {
		if x|w.low != first {
			return false
		}
	}
	return true
}

// sortSigned sorts words as numbers.
func sortSigned[T word](s []T) {
	switch p, n := unsafe.Pointer(unsafe.SliceData(s)), len(s); unsafe.Sizeof(T(0)) {
	case 2:
		sortNumbers(keysAt[uint16](p, n), keyed{form: asSigned, size: 2})
	case 4:
		sortNumbers(keysAt[uint32](p, n), keyed{form: asSigned, size: 4})
	default:
		sortNumbers(keysAt[uint64](p, n), keyed{form: asSigned, size: 8})
	}
}

// pivot returns a median of medians: those of the lanes of a block of lines, which come from
// all over s.
func (w *windows[T]) pivot(s []T) T {
	lanes := kernel.LineBytes / int(unsafe.Sizeof(T(0)))
	all := at[T](unsafe.Pointer(&w.room.lines), kernel.BlockLines*lanes)
	step := (len(s) - lanes) / (kernel.BlockLines - 1)
	for i := range kernel.BlockLines {
		copy(all[i*lanes:(i+1)*lanes], s[i*step:])
	}
	w.columns.Sort(unsafe.Pointer(&w.room.lines), 1)
	medians := all[kernel.BlockLines/2*lanes:][:lanes]
	for i := 1; i < len(medians); i++ {
		x, j := medians[i], i
		for ; j > 0 && x < medians[j-1]; j-- {
			medians[j] = medians[j-1]
		}
		medians[j] = x
	}
	return medians[lanes/2]
}
