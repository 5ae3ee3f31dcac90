package indexing

import (
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// takeBytes is how much a part of a take must copy to pay for a goroutine.
const takeBytes = 256 << 10

// TakePart returns the number of places, of size bytes each, from which a part of a
// take pays for a goroutine.
func TakePart(size int) int { return max(1, takeBytes/max(size, 8)) }

// Take copies the items of size bytes at places of an axis of length n, stride
// bytes apart at src, to the contiguous dst. A negative place counts from the
// end. It returns the number of a place outside, the first one met, or -1; what
// dst holds then is undefined. cold tells that dst is in no cache.
//
// Invariant of the unsafe use: src has n items, stride bytes apart; dst has room
// for one of size bytes for each place.
func Take(dst, src unsafe.Pointer, size, stride, n int, places []int64, cold bool) int {
	past := cold || len(places)*size >= kernel.StreamBytes
	if len(places)*max(size, 8) < takeBytes || parallel.Split(len(places), TakePart(size)) <= 1 { // the first saves a division
		return take(past, dst, src, size, stride, n, places)
	}
	var bad atomic.Int64
	bad.Store(int64(len(places)))
	parallel.For(len(places), TakePart(size), func(lo, hi int) {
		if k := take(past, unsafe.Add(dst, lo*size), src, size, stride, n, places[lo:hi]); k >= 0 {
			for old := bad.Load(); int64(lo+k) < old && !bad.CompareAndSwap(old, int64(lo+k)); old = bad.Load() {
			}
		}
	})
	if k := int(bad.Load()); k < len(places) {
		return k
	}
	return -1
}

// take is Take on one goroutine, past the caches where that is told.
func take(past bool, dst, src unsafe.Pointer, size, stride, n int, places []int64) int {
	switch size {
	case 1:
		return takeItems[[1]byte](past, dst, src, stride, n, places)
	case 2:
		return takeItems[[2]byte](past, dst, src, stride, n, places)
	case 4:
		return takeItems[[4]byte](past, dst, src, stride, n, places)
	case 8:
		return takeItems[[8]byte](past, dst, src, stride, n, places)
	case 16:
		return takeItems[[16]byte](past, dst, src, stride, n, places)
	}
	switch kernel.Part(size) {
	case 2:
		return takeParts[[2]byte](dst, src, size, stride, n, places)
	case 4:
		return takeParts[[4]byte](dst, src, size, stride, n, places)
	case 8:
		return takeParts[[8]byte](dst, src, size, stride, n, places)
	case 16:
		return takeParts[[16]byte](dst, src, size, stride, n, places)
	}
	bad := -1
	kernel.Assemble(dst, len(places)*size, past, func(k int) (unsafe.Pointer, int) {
		p := places[k]
		if p < 0 {
			p += int64(n)
		}
		if uint64(p) >= uint64(n) {
			bad = k
			return nil, 0
		}
		return unsafe.Add(src, int(p)*stride), size
	})
	return bad
}

func takeItems[T any](past bool, dst, src unsafe.Pointer, stride, n int, places []int64) int {
	size := int(unsafe.Sizeof(*new(T)))
	if stride == size {
		return takeDense[T](past, dst, src, n, places)
	}
	d := unsafe.Slice((*T)(dst), len(places))
	for k, p := range places {
		if uint64(p) >= uint64(n) {
			if p += int64(n); uint64(p) >= uint64(n) {
				return k
			}
		}
		d[k] = *(*T)(unsafe.Add(src, int(p)*stride))
	}
	return -1
}

// takeParts is takeItems by kernel.MoveParts.
func takeParts[T any](dst, src unsafe.Pointer, size, stride, n int, places []int64) int {
	for k, p := range places {
		if uint64(p) >= uint64(n) {
			if p += int64(n); uint64(p) >= uint64(n) {
				return k
			}
		}
		kernel.MoveParts[T](unsafe.Add(dst, k*size), unsafe.Add(src, int(p)*stride), size)
	}
	return -1
}

// takeDense is takeItems where the items lie one after another: eight at a time
// while no place is negative.
func takeDense[T any](past bool, dst, src unsafe.Pointer, n int, places []int64) int {
	size := int(unsafe.Sizeof(*new(T)))
	f := kernel.Take
	if past {
		f = kernel.TakeStream
		defer kernel.EndStream()
	}
	for k := 0; k < len(places); {
		k += f(unsafe.Add(dst, k*size), src, size, n, places[k:])
		for end := min(k+8, len(places)); k < end; k++ {
			p := places[k]
			if uint64(p) >= uint64(n) {
				if p += int64(n); uint64(p) >= uint64(n) {
					return k
				}
			}
			*(*T)(unsafe.Add(dst, k*size)) = *(*T)(unsafe.Add(src, int(p)*size))
		}
	}
	return -1
}
