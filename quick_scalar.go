package nd

import (
	"math"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way of an array and a Go number that its dtype holds: the number fills a
// block, which stands for an operand of the array's dtype.

// scalarBlock holds one number over and over.
type scalarBlock [1024]uint64

var scalarBlocks = sync.Pool{New: func() any { return new(scalarBlock) }}

// quickNumber is quick2 for an array and a number, which comes first if before is set;
// nil if the way is longer.
func quickNumber[T Operand](op kernel.Op, a *Array, x T, before bool, opts []Option) *Array {
	out, ok := onlyOut(opts)
	if !ok || !a.plain() || !a.dtype.IsNative() {
		return nil
	}
	bits, ok := numberBits(x, a.dtype.Kind())
	if !ok {
		return quickMixedNumber(op, a, x, before, out)
	}
	b := scalarBlocks.Get().(*scalarBlock)
	defer scalarBlocks.Put(b)
	size := a.dtype.ItemSize()
	b.set(bits, size)
	l, ok := b.loop(op, a.dtype.Kind(), before)
	if !ok {
		return quickMixedNumber(op, a, x, before, out)
	}
	if l.Entry.Binary == nil {
		return nil
	}
	r, n := quickOut(&l, a, nil, out, size)
	if r == nil {
		return nil
	}
	to, most := l.Out.ItemSize(), n
	if !l.One {
		most = min(n, len(b)*8/size)
		b.fill(size, most)
	}
	cold := staysCold(&l, r, out)
	for i := 0; i < n; i += most {
		d, p, q := unsafe.Add(r.ptr(), i*to), unsafe.Add(a.ptr(), i*size), unsafe.Pointer(b)
		if before {
			p, q = q, p
		}
		l.Entry.Binary(d, p, q, kernel.ColdCount(cold, min(most, n-i)))
	}
	if out != nil {
		out.buf.UnsafeUnpin()
	}
	a.doneOp(op)
	return r
}

// quickWeak is quickNumber, or quickRowsNumber, for the weak item of an array.
func quickWeak(op kernel.Op, a, number *Array, before bool, opts []Option) (r [2]*Array) {
	if !number.buf.Plain() || number.flags&Aligned == 0 {
		return r
	}
	switch p := number.ptr(); number.dtype {
	case dtype.Int64:
		r = quickEither(op, a, int(*(*int64)(p)), before, opts)
	case dtype.Float64:
		r = quickEither(op, a, *(*float64)(p), before, opts)
	case dtype.Complex128:
		r = quickEither(op, a, *(*complex128)(p), before, opts)
	case dtype.Bool:
		r = quickEither(op, a, *(*bool)(p), before, opts)
	}
	number.doneOp(op)
	return r
}

// quickEither is the shorter way of an array and a number; none if neither will do.
func quickEither[T Operand](op kernel.Op, a *Array, x T, before bool, opts []Option) (r [2]*Array) {
	if r[0] = quickNumber(op, a, x, before, opts); r[0] != nil {
		return r
	}
	return quickRowsNumber(op, a, x, before, opts)
}

// itemWords is an item of up to 16 bytes. As a struct it is handed on in registers, which an
// array is not: two stores of 8 bytes and a load of 16 right after them wait for each other.
type itemWords struct{ first, second uint64 }

// numberBits returns a number as an item of a kind, ok is false if that does not hold it
// or x is no frequent number. The second word is that of an item of 16 bytes.
func numberBits[T Operand](x T, k dtype.Kind) (bits itemWords, ok bool) {
	complexKind := k == dtype.KindComplex64 || k == dtype.KindComplex128
	switch v := any(x).(type) {
	case float64:
		if complexKind {
			return complexBits(complex(v, 0), k)
		}
		bits.first, ok = floatBits(v, k)
	case int:
		if complexKind {
			return complexBits(complex(float64(v), 0), k)
		}
		bits.first, ok = intBits(int64(v), k)
	case complex128:
		if complexKind {
			return complexBits(v, k)
		}
	case bool:
		if v {
			bits.first = 1
		}
		ok = k == dtype.KindBool
	}
	return bits, ok
}

// strongNumber returns a Go number as an item of the kind that it takes beside an array of
// kind k, before it or behind; ok is false if that is not so simple.
func strongNumber[T Operand](op kernel.Op, x T, before bool, k dtype.Kind) (bits itemWords, of dtype.Kind, ok bool) {
	if op == kernel.Ldexp { // its numbers have rules of their own
		v, ok := any(x).(int)
		bits.first = uint64(v)
		return bits, dtype.KindInt64, ok && !before && k >= dtype.KindFloat16 && k <= dtype.KindFloat64
	}
	if bits, ok = numberBits(x, k); ok || k > dtype.KindUint64 {
		return bits, k, ok
	}
	switch v := any(x).(type) {
	case float64:
		bits.first = math.Float64bits(v)
		return bits, dtype.KindFloat64, true
	case int:
		bits.first = uint64(v)
		return bits, dtype.KindInt64, k == dtype.KindBool
	}
	return bits, k, false
}

// complexBits returns x as an item of a complex kind, ok is false if a part is beyond it.
func complexBits(x complex128, k dtype.Kind) (bits itemWords, ok bool) {
	if k == dtype.KindComplex128 {
		return itemWords{math.Float64bits(real(x)), math.Float64bits(imag(x))}, true
	}
	_, re := floatBits(real(x), dtype.KindFloat32)
	_, im := floatBits(imag(x), dtype.KindFloat32)
	*(*complex64)(unsafe.Pointer(&bits)) = complex64(x)
	return bits, re && im
}

// floatBits returns x as an item of a float kind; ok is false for other kinds, and if x
// is too large or so small that it would be zero.
func floatBits(x float64, k dtype.Kind) (bits uint64, ok bool) {
	switch k {
	case dtype.KindFloat64:
		return math.Float64bits(x), true
	case dtype.KindFloat32:
		f := float32(x)
		return uint64(math.Float32bits(f)), (f != 0 || x == 0) && (!math.IsInf(float64(f), 0) || math.IsInf(x, 0))
	case dtype.KindFloat16:
		f := float16.FromFloat64(x)
		return uint64(f), (f&^0x8000 != 0 || x == 0) && (!f.IsInf(0) || math.IsInf(x, 0))
	}
	return 0, false
}

// exactFloat32 and exactFloat16 are the greatest integers up to which floats hold all.
const (
	exactFloat32 = 1 << 24
	exactFloat16 = 1 << 11
)

// intBits returns x as an item of a kind of integers or floats, ok is false if that does
// not hold it.
func intBits(x int64, k dtype.Kind) (bits uint64, ok bool) {
	switch k {
	case dtype.KindFloat32, dtype.KindFloat64:
		bits, _ = floatBits(float64(x), k)
		return bits, -exactFloat32 <= x && x <= exactFloat32
	case dtype.KindFloat16:
		bits, _ = floatBits(float64(x), k)
		return bits, -exactFloat16 <= x && x <= exactFloat16
	case dtype.KindInt8, dtype.KindInt16, dtype.KindInt32, dtype.KindInt64, dtype.KindUint8, dtype.KindUint16, dtype.KindUint32, dtype.KindUint64:
		return uint64(x), loop.Fits(x, k)
	}
	return 0, false
}

// set makes the first item, of size bytes, the low ones of bits.
func (b *scalarBlock) set(bits itemWords, size int) { setItem(unsafe.Pointer(b), bits, size) }

// setItem writes an item of size bytes, the low ones of bits, at p.
func setItem(p unsafe.Pointer, bits itemWords, size int) {
	switch size {
	case 1:
		*(*uint8)(p) = uint8(bits.first)
	case 2:
		*(*uint16)(p) = uint16(bits.first)
	case 4:
		*(*uint32)(p) = uint32(bits.first)
	case 8:
		*(*uint64)(p) = bits.first
	default:
		*(*itemWords)(p) = bits
	}
}

// fill makes the first n items, of size bytes, the first of them.
func (b *scalarBlock) fill(size, n int) { kernel.Fill(unsafe.Pointer(b), unsafe.Pointer(b), size, n) }

// loop returns the loop of op on items of kind k and the first item, which comes before
// them or behind; ok is false if the way is longer.
func (b *scalarBlock) loop(op kernel.Op, k dtype.Kind, before bool) (l ufunc.Loop, ok bool) {
	if !before {
		return ufunc.LoopWith(op, k, unsafe.Pointer(b))
	}
	p := ufunc.LoopOf(op, k)
	if p == nil || p.Entry.Check != nil {
		return l, false
	}
	return *p, true
}
