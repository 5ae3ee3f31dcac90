package kernel

import (
	endian "encoding/binary"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// fold is the loop behind the sequential reductions: *acc = f(*acc, item).
func fold[T any](acc, a unsafe.Pointer, stride, n int, f func(acc, x T) T) {
	r := *(*T)(acc)
	// An offset, not a moving pointer: that would end beyond the block.
	for at := 0; n > 0; n-- {
		r = f(r, *(*T)(unsafe.Add(a, at)))
		at += stride
	}
	*(*T)(acc) = r
}

func registerReductions() {
	reduceInt[int8](kI8)
	reduceInt[uint8](kU8)
	reduceInt[int16](kI16)
	reduceInt[uint16](kU16)
	reduceInt[int32](kI32)
	reduceInt[uint32](kU32)
	reduceInt[int64](kI64)
	reduceInt[uint64](kU64)
	reduceFloat[float32](kF32)
	reduceFloat[float64](kF64)
	reduceComplex[float32](kC64)
	reduceComplex[float64](kC128)
	reduceHalf()
	reduceBool()

	reduceTruth(kF16, func(x half) bool { return x&0x7fff != 0 })
	reduceTruth(kC64, func(x cx[float32]) bool { return x.re != 0 || x.im != 0 })
	reduceTruth(kC128, func(x cx[float64]) bool { return x.re != 0 || x.im != 0 })
}

func reduceInt[T integer](k dtype.Kind) {
	reduction(Add, k, func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, func(x, y T) T { return x + y }) })
	reduction(Multiply, k, products[T])
	reduction(BitwiseAnd, k, foldBits(andWords, func(x, y T) T { return x & y }))
	reduction(BitwiseOr, k, foldBits(orWords, func(x, y T) T { return x | y }))
	reduction(BitwiseXor, k, foldBits(xorWords, func(x, y T) T { return x ^ y }))
	hi := func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, func(x, y T) T { return max(x, y) }) }
	lo := func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, func(x, y T) T { return min(x, y) }) }
	reduction(Maximum, k, hi)
	reduction(Minimum, k, lo)
	reduction(Fmax, k, hi)
	reduction(Fmin, k, lo)
	reduceTruth(k, func(x T) bool { return x != 0 })
}

// bitWords is how many words a fold of bits reads at a time, each into one of its own.
const bitWords = 4

// foldBits is fold of f, by whole words where items lie side by side: words folds b, as
// many words as r has or a multiple, into r.
func foldBits[T integer](words func(r *[bitWords]uint64, b []byte), f func(x, y T) T) Reduce {
	size := int(unsafe.Sizeof(T(0)))
	return func(acc, a unsafe.Pointer, stride, n int) {
		var r [bitWords]uint64
		most := int(unsafe.Sizeof(r)) / size
		if stride != size || n < 2*most {
			fold(acc, a, stride, n, f)
			return
		}
		m := n &^ (most - 1)
		b := unsafe.Slice((*byte)(a), m*size)
		for i := range r {
			r[i] = endian.NativeEndian.Uint64(b[8*i:])
		}
		words(&r, b[unsafe.Sizeof(r):])
		fold(acc, unsafe.Pointer(&r), size, most, f)
		for i := m; i < n; i++ { // no pointer to the end where none are left
			fold(acc, unsafe.Add(a, i*size), size, 1, f)
		}
	}
}

func andWords(r *[bitWords]uint64, b []byte) {
	x, y, z, w := r[0], r[1], r[2], r[3]
	for ; len(b) >= 32; b = b[32:] {
		x &= endian.NativeEndian.Uint64(b)
		y &= endian.NativeEndian.Uint64(b[8:])
		z &= endian.NativeEndian.Uint64(b[16:])
		w &= endian.NativeEndian.Uint64(b[24:])
	}
	*r = [bitWords]uint64{x, y, z, w}
}

func orWords(r *[bitWords]uint64, b []byte) {
	x, y, z, w := r[0], r[1], r[2], r[3]
	for ; len(b) >= 32; b = b[32:] {
		x |= endian.NativeEndian.Uint64(b)
		y |= endian.NativeEndian.Uint64(b[8:])
		z |= endian.NativeEndian.Uint64(b[16:])
		w |= endian.NativeEndian.Uint64(b[24:])
	}
	*r = [bitWords]uint64{x, y, z, w}
}

func xorWords(r *[bitWords]uint64, b []byte) {
	x, y, z, w := r[0], r[1], r[2], r[3]
	for ; len(b) >= 32; b = b[32:] {
		x ^= endian.NativeEndian.Uint64(b)
		y ^= endian.NativeEndian.Uint64(b[8:])
		z ^= endian.NativeEndian.Uint64(b[16:])
		w ^= endian.NativeEndian.Uint64(b[24:])
	}
	*r = [bitWords]uint64{x, y, z, w}
}

// products multiplies four chains of integers, which wrap around in any order: a
// product takes three times as long as a load.
func products[T integer](acc, a unsafe.Pointer, stride, n int) {
	r := [4]T{*(*T)(acc), 1, 1, 1}
	at := 0
	for ; n >= 4; n -= 4 {
		r[0] *= *(*T)(unsafe.Add(a, at))
		r[1] *= *(*T)(unsafe.Add(a, at+stride))
		r[2] *= *(*T)(unsafe.Add(a, at+2*stride))
		r[3] *= *(*T)(unsafe.Add(a, at+3*stride))
		at += 4 * stride
	}
	for ; n > 0; n-- {
		r[0] *= *(*T)(unsafe.Add(a, at))
		at += stride
	}
	*(*T)(acc) = r[0] * r[1] * r[2] * r[3]
}

func reduceFloat[T float](k dtype.Kind) {
	reduction(Add, k, func(r, a unsafe.Pointer, s, n int) { *(*T)(r) += pairwise[T](a, s, n) })
	reduction(Multiply, k, func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, func(x, y T) T { return x * y }) })
	reduction(Maximum, k, func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, maximum[T]) })
	reduction(Minimum, k, func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, minimum[T]) })
	reduction(Fmax, k, func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, fmax[T]) })
	reduction(Fmin, k, func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, fmin[T]) })
	reduceTruth(k, func(x T) bool { return x != 0 })
}

func reduceComplex[F float](k dtype.Kind) {
	type c = cx[F]
	reduction(Add, k, func(r, a unsafe.Pointer, s, n int) {
		*(*c)(r) = addComplex(*(*c)(r), pairwiseComplex[F](a, s, n))
	})
	reduction(Multiply, k, func(r, a unsafe.Pointer, s, n int) { fold(r, a, s, n, mulPlain[F]) })
	reduction(Maximum, k, func(r, a unsafe.Pointer, s, n int) {
		fold(r, a, s, n, func(x, y c) c { return pick(nanComplex(x) || complexLessEqual(y, x), x, y) })
	})
	reduction(Minimum, k, func(r, a unsafe.Pointer, s, n int) {
		fold(r, a, s, n, func(x, y c) c { return pick(nanComplex(x) || complexLessEqual(x, y), x, y) })
	})
	reduction(Fmax, k, func(r, a unsafe.Pointer, s, n int) {
		fold(r, a, s, n, func(x, y c) c { return pick(nanComplex(y) || complexLessEqual(y, x), x, y) })
	})
	reduction(Fmin, k, func(r, a unsafe.Pointer, s, n int) {
		fold(r, a, s, n, func(x, y c) c { return pick(nanComplex(y) || complexLessEqual(x, y), x, y) })
	})
}

// reduceHalf sums and multiplies in float32 and rounds once a run.
func reduceHalf() {
	reduction(Add, kF16, func(r, a unsafe.Pointer, s, n int) {
		acc := (*half)(r)
		*acc = float16.FromFloat32(acc.Float32() + pairwiseHalf(a, s, n))
	})
	reduction(Multiply, kF16, func(r, a unsafe.Pointer, s, n int) {
		acc := (*half)(r)
		p := acc.Float32()
		for i := range n {
			p *= at[half](a, s, i).Float32()
		}
		*acc = float16.FromFloat32(p)
	})
	halfExtreme(Maximum, func(x, y float32) float32 { return pick(x >= y || x != x, x, y) })
	halfExtreme(Minimum, func(x, y float32) float32 { return pick(x <= y || x != x, x, y) })
	halfExtreme(Fmax, fmax[float32])
	halfExtreme(Fmin, fmin[float32])
}

// halfPiece is how many items of float16 are widened at once.
const halfPiece = 256

// halfExtreme registers a fold of float16 that is one of its items, by way of float32,
// whose loops may take either of two zeros: f takes the right one.
func halfExtreme(op Op, f func(x, y float32) float32) {
	reduction(op, kF16, func(acc, a unsafe.Pointer, stride, n int) {
		first := *(*half)(acc)
		if n >= minHalves {
			room := halves.Get().(*halfRoom)
			room.best = first.Float32()
			widen, fold := casts[kF16][kF32], tables[op].Find(kF32, kF32).Reduce
			for i := 0; i < n; i += halfPiece {
				m := min(halfPiece, n-i)
				p := unsafe.Add(a, i*stride)
				if stride != 2 {
					Gather(unsafe.Pointer(&room.packed), p, stride, 2, m)
					p = unsafe.Pointer(&room.packed)
				}
				widen(unsafe.Pointer(&room.wide), p, m)
				fold(unsafe.Pointer(&room.best), unsafe.Pointer(&room.wide), 4, m)
			}
			best := room.best
			halves.Put(room)
			if best != 0 {
				*(*half)(acc) = float16.FromFloat32(best)
				return
			}
		}
		fold(acc, a, stride, n, func(x, y half) half { return float16.FromFloat32(f(x.Float32(), y.Float32())) })
	})
}

// minHalves is the count from which that pays.
const minHalves = 16

type halfRoom struct {
	best   float32
	pair   [2]float32
	packed [halfPiece]half
	wide   [halfPiece]float32
}

var halves = sync.Pool{New: func() any { return new(halfRoom) }}

// reduceBool registers the folds of bools: each is an any or an all.
func reduceBool() {
	reduceTruth(kBool, func(x uint8) bool { return x != 0 })
	all, any := tables[LogicalAnd].Find(kBool, kBool).Reduce, tables[LogicalOr].Find(kBool, kBool).Reduce
	for _, op := range []Op{Multiply, Minimum, Fmin, BitwiseAnd} {
		reduction(op, kBool, all)
	}
	for _, op := range []Op{Add, Maximum, Fmax, BitwiseOr} {
		reduction(op, kBool, any)
	}
	reduction(BitwiseXor, kBool, tables[LogicalXor].Find(kBool, kBool).Reduce)
}

// reduceTruth registers all, any and parity over a kind, into a bool. All and
// any stop at the first item that decides.
func reduceTruth[T any](k dtype.Kind, truth func(T) bool) {
	until := func(stop bool) Reduce {
		return func(acc, a unsafe.Pointer, stride, n int) {
			if (*(*uint8)(acc) != 0) == stop {
				return
			}
			for at := 0; n > 0; n-- {
				if truth(*(*T)(unsafe.Add(a, at))) == stop {
					*(*bool)(acc) = stop
					return
				}
				at += stride
			}
		}
	}
	reduction(LogicalAnd, k, until(false))
	reduction(LogicalOr, k, until(true))
	reduction(LogicalXor, k, func(acc, a unsafe.Pointer, stride, n int) {
		r := *(*uint8)(acc) != 0
		for at := 0; n > 0; n-- {
			r = r != truth(*(*T)(unsafe.Add(a, at)))
			at += stride
		}
		*(*bool)(acc) = r
	})
}
