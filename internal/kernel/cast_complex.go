package kernel

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// piece is the number of items at a distance, or of another kind, that are collected for a
// loop over contiguous ones: they stay in the first-level cache.
const piece = 1024

var pieces = sync.Pool{New: func() any { return new([piece]uint64) }}

// castByPart registers the conversions between a complex kind and the real ones, by way
// of the real parts, which are of kind part: a piece at a time, by the loops of the level.
func castByPart(k, part dtype.Kind) {
	size := itemSizes[part]
	through := func(from, to dtype.Kind, f func(d, p, a unsafe.Pointer, n int)) {
		in, out := itemSizes[from], itemSizes[to]
		cast(from, to, func(d, a unsafe.Pointer, n int) {
			room := pieces.Get().(*[piece]uint64)
			for i := 0; i < n; i += piece {
				f(unsafe.Add(d, i*out), unsafe.Pointer(room), unsafe.Add(a, i*in), min(piece, n-i))
			}
			pieces.Put(room)
		})
	}
	for real := kBool; real <= kF64; real++ {
		through(k, real, func(d, p, a unsafe.Pointer, n int) {
			Gather(p, a, 2*size, size, n)
			casts[part][real](d, p, n)
		})
		rest, in, out := casts[k][real], 2*size, itemSizes[real]
		cast(k, real, func(d, a unsafe.Pointer, n int) {
			lo, hi := CastSecond(part, real, d, a, n, false)
			if lo > 0 {
				rest(d, a, lo)
			}
			if hi < n {
				rest(unsafe.Add(d, hi*out), unsafe.Add(a, hi*in), n-hi)
			}
		})
		through(real, k, func(d, p, a unsafe.Pointer, n int) {
			casts[real][part](p, a, n)
			casts[part][k](d, p, n)
		})
	}
	cast(k, part, func(d, a unsafe.Pointer, n int) { Gather(d, a, 2*size, size, n) })
	cast(kF32, k, complexOf[float32](k))
	cast(kF64, k, complexOf[float64](k))
	// A number is true if one of its parts is; two bools are an integer.
	through(k, kBool, func(d, p, a unsafe.Pointer, n int) {
		casts[part][kBool](p, a, 2*n)
		casts[kU16][kBool](d, p, n)
	})
}

// complexOf makes complex numbers of kind k of floats.
func complexOf[A float](k dtype.Kind) Unary {
	if k == kC64 {
		return func(d, a unsafe.Pointer, n int) {
			map1(d, a, n, func(x A) cx[float32] { return cx[float32]{float32(x), 0} })
		}
	}
	return func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x A) cx[float64] { return cx[float64]{float64(x), 0} })
	}
}
