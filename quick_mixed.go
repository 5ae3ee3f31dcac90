package nd

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way of operands that are not of the loop's dtypes: i/j, i+a, i4+1.5, sqrt(i).
// Their items are cast by blocks.

// quickMixed is quick2 for dense native arrays of one shape, quick1 where b is nil; nil if
// the way is longer.
func quickMixed(op kernel.Op, a, b, out *Array) *Array {
	if b == nil {
		return mixed(ufunc.MixedOf(op, a.dtype.Kind(), a.dtype.Kind()), op, a, nil, out, a.ptr(), nil, -1)
	}
	return mixed(ufunc.MixedOf(op, a.dtype.Kind(), b.dtype.Kind()), op, a, b, out, a.ptr(), b.ptr(), -1)
}

// quickMixedNumber is quickNumber for a dense native array of bools or integers and a
// number that makes them other items; nil if the way is longer.
func quickMixedNumber[T Operand](op kernel.Op, a *Array, x T, before bool, out *Array) *Array {
	k, of := a.dtype.Kind(), dtype.KindInt64
	var bits uint64
	if k > dtype.KindUint64 {
		return nil
	}
	switch v := any(x).(type) {
	case float64:
		of, bits = dtype.KindFloat64, math.Float64bits(v)
	case int:
		if k != dtype.KindBool {
			of = k
		}
		if bits = uint64(v); !loop.Fits(int64(v), of) {
			return nil
		}
	default:
		return nil
	}
	b := scalarBlocks.Get().(*scalarBlock)
	defer scalarBlocks.Put(b)
	b.set([2]uint64{bits}, dtype.OfKind(of).ItemSize())
	if before {
		return mixed(ufunc.MixedOf(op, of, k), op, a, nil, out, unsafe.Pointer(b), a.ptr(), 0)
	}
	return mixed(ufunc.MixedOf(op, k, of), op, a, nil, out, a.ptr(), unsafe.Pointer(b), 1)
}

// mixed calls the loop on the items at x and y, those of a and b or the number.
func mixed(m *ufunc.Mixed, op kernel.Op, a, b, out *Array, x, y unsafe.Pointer, number int) *Array {
	if m == nil || a.Size()*m.Out.ItemSize() > quickMost || b != nil && a.Size()*b.dtype.ItemSize() > quickMost {
		return nil
	}
	r, n := quickOut(&m.Loop, a, out)
	if r == nil || out != nil && !(apart(out, a, n) && (b == nil || apart(out, b, n))) {
		return nil
	}
	if out != nil && !out.buf.Pin() {
		return nil
	}
	m.Run(r.ptr(), x, y, n, number, staysCold(&m.Loop, r, out))
	if out != nil {
		out.buf.UnsafeUnpin()
	}
	a.doneOp(op)
	if b != nil {
		b.doneOp(op)
	}
	return r
}
