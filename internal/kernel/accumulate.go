package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// scan is the loop behind the running folds: dst[i] = f(dst[i-1], a[i]).
func scan[T any](dst unsafe.Pointer, ds int, a unsafe.Pointer, as, n int, f func(acc, x T) T) {
	if n < 2 {
		return
	}
	r := *(*T)(dst)
	for range n - 1 {
		dst, a = unsafe.Add(dst, ds), unsafe.Add(a, as)
		r = f(r, *(*T)(a))
		*(*T)(dst) = r
	}
}

// running gives the entry of op with inputs of kind k a loop that accumulates.
func running(op Op, k dtype.Kind, f Accumulate) { tables[op].Find(k, k).Accumulate = f }

func registerAccumulates() {
	accumulateReal[int8](kI8)
	accumulateBits[int8](kI8)
	accumulateReal[uint8](kU8)
	accumulateBits[uint8](kU8)
	accumulateReal[int16](kI16)
	accumulateBits[int16](kI16)
	accumulateReal[uint16](kU16)
	accumulateBits[uint16](kU16)
	accumulateReal[int32](kI32)
	accumulateBits[int32](kI32)
	accumulateReal[uint32](kU32)
	accumulateBits[uint32](kU32)
	accumulateReal[int64](kI64)
	accumulateBits[int64](kI64)
	accumulateReal[uint64](kU64)
	accumulateBits[uint64](kU64)
	accumulateReal[float32](kF32)
	accumulateReal[float64](kF64)
	accumulateComplex[float32](kC64)
	accumulateComplex[float64](kC128)
	running(Add, kF16, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		scan(d, ds, a, as, n, func(x, y half) half { return float16.FromFloat32(x.Float32() + y.Float32()) })
	})
	runningHalf(Maximum, func(x, y float32) bool { return x >= y || x != x })
	runningHalf(Minimum, func(x, y float32) bool { return x <= y || x != x })
	for _, op := range []Op{LogicalAnd, BitwiseAnd, Minimum} {
		running(op, kBool, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
			scan(d, ds, a, as, n, func(x, y uint8) uint8 { return min(x, y, 1) })
		})
	}
	for _, op := range []Op{LogicalOr, BitwiseOr, Maximum} {
		running(op, kBool, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
			scan(d, ds, a, as, n, func(x, y uint8) uint8 { return min(x|y, 1) })
		})
	}
	running(Multiply, kF16, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		scan(d, ds, a, as, n, func(x, y half) half { return float16.FromFloat32(x.Float32() * y.Float32()) })
	})
}

func accumulateReal[T realNumber](k dtype.Kind) {
	running(Add, k, sums[T])
	running(Multiply, k, runningProducts[T])
	running(Maximum, k, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		scan(d, ds, a, as, n, func(x, y T) T { return pick(x > y || x != x, x, y) })
	})
	running(Minimum, k, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		scan(d, ds, a, as, n, func(x, y T) T { return pick(x < y || x != x, x, y) })
	})
}

func accumulateBits[T integer](k dtype.Kind) {
	running(BitwiseAnd, k, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		scan(d, ds, a, as, n, func(x, y T) T { return x & y })
	})
	running(BitwiseOr, k, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		scan(d, ds, a, as, n, func(x, y T) T { return x | y })
	})
	running(BitwiseXor, k, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		scan(d, ds, a, as, n, func(x, y T) T { return x ^ y })
	})
}

// runningHalf registers the fold that keeps the item before, of the value x, where stays
// says so, and widens each item once.
func runningHalf(op Op, stays func(x, y float32) bool) {
	running(op, kF16, func(dst unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
		if n < 2 {
			return
		}
		r := *(*half)(dst)
		x := r.Float32()
		for range n - 1 {
			dst, a = unsafe.Add(dst, ds), unsafe.Add(a, as)
			if y := (*(*half)(a)).Float32(); !stays(x, y) {
				r, x = *(*half)(a), y
			}
			*(*half)(dst) = r
		}
	})
}

// sums is the running sum, of items side by side without a call for each.
func sums[T realNumber](dst unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
	var r T
	if size := int(unsafe.Sizeof(r)); n < 2 || ds != size || as != size {
		scan(dst, ds, a, as, n, func(x, y T) T { return x + y })
		return
	}
	r = *(*T)(dst)
	d := unsafe.Slice((*T)(dst), n)[1:]
	for i, v := range unsafe.Slice((*T)(a), n)[1:] {
		r += v
		d[i] = r
	}
}

// runningProducts is to products what sums is to sums.
func runningProducts[T realNumber](dst unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) {
	var r T
	if size := int(unsafe.Sizeof(r)); n < 2 || ds != size || as != size {
		scan(dst, ds, a, as, n, func(x, y T) T { return x * y })
		return
	}
	r = *(*T)(dst)
	d := unsafe.Slice((*T)(dst), n)[1:]
	for i, v := range unsafe.Slice((*T)(a), n)[1:] {
		r *= v
		d[i] = r
	}
}

// accumulateComplex does not fuse: NumPy's steps go through its scalar loop.
func accumulateComplex[F float](k dtype.Kind) {
	running(Add, k, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) { scan(d, ds, a, as, n, addComplex[F]) })
	running(Multiply, k, func(d unsafe.Pointer, ds int, a unsafe.Pointer, as, n int) { scan(d, ds, a, as, n, mulPlain[F]) })
}
