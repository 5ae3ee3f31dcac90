package indexing

import (
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// Put copies items of size bytes, step bytes apart at src, to places of an axis of n
// items, stride bytes apart at dst; step is size, or 0 to write the one item at src
// everywhere. A negative place counts from the end. Where a place occurs twice the
// later item stays. The caller has asked Outside; that a place is outside nevertheless
// is ErrChanged.
//
// Invariant of the unsafe use: dst has n items, src has one for each place.
func Put[P int | int64](dst, src unsafe.Pointer, size, stride, step, n int, places []P) error {
	if !putSize(dst, src, size, stride, step, n, places) {
		return nderr.New("", nderr.ErrChanged, "the places were changed while they were read")
	}
	return nil
}

func putSize[P int | int64](dst, src unsafe.Pointer, size, stride, step, n int, places []P) bool {
	switch size {
	case 1:
		return put[[1]byte](dst, src, stride, step, n, places)
	case 2:
		return put[[2]byte](dst, src, stride, step, n, places)
	case 4:
		return put[[4]byte](dst, src, stride, step, n, places)
	case 8:
		return put[[8]byte](dst, src, stride, step, n, places)
	case 16:
		return put[[16]byte](dst, src, stride, step, n, places)
	}
	for j, p := range places {
		if p < 0 {
			p += P(n)
		}
		if uint64(p) >= uint64(n) {
			return false
		}
		copy(unsafe.Slice((*byte)(unsafe.Add(dst, int(p)*stride)), size), unsafe.Slice((*byte)(unsafe.Add(src, j*step)), size))
	}
	return true
}

func put[T any, P int | int64](dst, src unsafe.Pointer, stride, step, n int, places []P) bool {
	if step == 0 {
		v := *(*T)(src)
		for _, p := range places {
			if p < 0 {
				p += P(n)
			}
			if uint64(p) >= uint64(n) {
				return false
			}
			*(*T)(unsafe.Add(dst, int(p)*stride)) = v
		}
		return true
	}
	from := unsafe.Slice((*T)(src), len(places))
	for j, p := range places {
		if p < 0 {
			p += P(n)
		}
		if uint64(p) >= uint64(n) {
			return false
		}
		*(*T)(unsafe.Add(dst, int(p)*stride)) = from[j]
	}
	return true
}

// Outside returns the number of the first of places that is outside an axis of n
// items, negative ones counting from the end, or -1.
func Outside(places []int64, n int) int {
	last := int64(n) - 1
	k := 0
	for ; len(places)-k >= 4; k += 4 { // four at a time while none is negative
		p, q, r, s := places[k], places[k+1], places[k+2], places[k+3]
		if p|q|r|s|(last-p)|(last-q)|(last-r)|(last-s) < 0 {
			if j := outside(places[k:k+4], n); j >= 0 {
				return k + j
			}
		}
	}
	if j := outside(places[k:], n); j >= 0 {
		return k + j
	}
	return -1
}

func outside(places []int64, n int) int {
	for k, p := range places {
		if p < 0 {
			p += int64(n)
		}
		if uint64(p) >= uint64(n) {
			return k
		}
	}
	return -1
}
