package nd

import (
	"math"

	"github.com/stride-go/nd/dtype"
)

// Real is the set of Go's integer and floating-point types.
type Real interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr |
		~float32 | ~float64
}

// Arange returns evenly spaced numbers: Arange(stop), Arange(start, stop) or
// Arange(start, stop, step). The dtype is T's, int64 for int. The length is
// ⌈(stop-start)/step⌉, none if that is not positive; with a floating-point step
// rounding may let the last item reach stop, as in NumPy.
//
// It panics with ErrZeroDivision if step is zero.
func Arange[T Real](args ...T) *Array {
	dt, err := dtype.Of[T]()
	must("arange", err)
	return ArangeAs(dt, args...)
}

// ArangeAs is Arange with the result in another real dtype. As in NumPy, the
// first two items are computed in T and converted to dt; their difference, in
// dt, is the step of all that follow.
func ArangeAs[T Real](dt dtype.DType, args ...T) *Array {
	var start, stop, step T = 0, 0, 1
	switch len(args) {
	case 1:
		stop = args[0]
	case 2:
		start, stop = args[0], args[1]
	case 3:
		start, stop, step = args[0], args[1], args[2]
	default:
		fail("arange", ErrType, "arange() requires stop to be specified.")
	}
	if step == 0 {
		fail("arange", ErrZeroDivision, "division by zero")
	}
	n := arangeLen(start, stop, step)
	a := alloc("arange", dt, []int{n}, C, !dt.IsNumeric())
	if n == 0 {
		return a
	}
	if own, err := dtype.Of[T](); err == nil && dt == own {
		s := items[T](a)
		if s[0] = start; n > 1 {
			s[1] = start + step
			onLine(s[2:], 2, start, s[1]-start)
		}
		return a
	}
	lead := []T{start, start + step}
	copyInto("arange", a.span(0, min(n, 2)), Of(lead[:min(n, 2)]))
	if n > 2 {
		a.ramp()
	}
	return a
}

// arangeLen returns ⌈(stop-start)/step⌉, at least 0.
func arangeLen[T Real](start, stop, step T) int {
	if T(1)/T(2) != 0 { // a floating-point T
		f := math.Ceil((float64(stop) - float64(start)) / float64(step))
		switch {
		case math.IsNaN(f):
			fail("arange", ErrValue, "arange: cannot compute length")
		case f <= 0:
			return 0
		case f >= math.MaxInt:
			fail("arange", ErrValue, "Maximum allowed size exceeded")
		}
		return int(f)
	}
	var gap, by uint64
	switch {
	case step > 0 && start < stop:
		gap, by = uint64(stop)-uint64(start), uint64(step)
	case step < 0 && start > stop:
		gap, by = uint64(start)-uint64(stop), -uint64(step)
	default:
		return 0
	}
	n := (gap-1)/by + 1
	if n > math.MaxInt {
		fail("arange", ErrValue, "Maximum allowed size exceeded")
	}
	return int(n)
}

// span returns items lo…hi-1 of a 1-d array as a view.
func (a *Array) span(lo, hi int) *Array {
	lay := a.lay
	lay.Offset += lo * lay.Strides[0]
	lay.Shape = []int{hi - lo}
	return a.view(a.dtype, lay)
}

// ramp continues the arithmetic progression of the first two items of a 1-d
// array to its end: item i is item 0 + i·(item 1 - item 0), all in the dtype of
// the array, float16 by way of float32.
func (a *Array) ramp() {
	native := a
	if !a.dtype.IsNative() || a.dtype.Kind() == dtype.KindFloat16 {
		dt := a.dtype.NewByteOrder(dtype.Native)
		if dt.Kind() == dtype.KindFloat16 {
			dt = dtype.Float32
		}
		native = Empty(dt, a.Size())
		copyInto("arange", native.span(0, 2), a.span(0, 2))
	}
	switch native.dtype.Kind() {
	case dtype.KindInt8:
		progress[int8](native)
	case dtype.KindUint8:
		progress[uint8](native)
	case dtype.KindInt16:
		progress[int16](native)
	case dtype.KindUint16:
		progress[uint16](native)
	case dtype.KindInt32:
		progress[int32](native)
	case dtype.KindUint32:
		progress[uint32](native)
	case dtype.KindInt64:
		progress[int64](native)
	case dtype.KindUint64:
		progress[uint64](native)
	case dtype.KindFloat32:
		progress[float32](native)
	case dtype.KindFloat64:
		progress[float64](native)
	case dtype.KindComplex64, dtype.KindComplex128:
		native.complexRamp()
	default:
		fail("arange", ErrType, "arange() not supported for inputs with DType %s.", a.dtype)
	}
	if native != a {
		copyInto("arange", a, native)
	}
}

func progress[T Real](a *Array) {
	s := items[T](a)
	onLine(s[2:], 2, s[0], s[1]-s[0])
}

// onLine sets item i of s to start + (first+i)·delta, in T.
func onLine[T Real](s []T, first int, start, delta T) {
	for ; len(s) >= 4; s, first = s[4:], first+4 { // four at a time do not wait for each other
		t := (*[4]T)(s)
		t[0] = start + T(T(first)*delta) // the conversion forbids a fused multiply-add
		t[1] = start + T(T(first+1)*delta)
		t[2] = start + T(T(first+2)*delta)
		t[3] = start + T(T(first+3)*delta)
	}
	for i := range s {
		s[i] = start + T(T(first+i)*delta)
	}
}

// complexRamp fills a complex array by way of its real and imaginary parts.
func (a *Array) complexRamp() {
	re := Empty(dtype.Float64, a.Size())
	copyInto("arange", re.span(0, 2), a.span(0, 2))
	progress[float64](re)
	copyInto("arange", a, re)
}
