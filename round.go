package nd

import (
	"math"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// Round rounds to a number of decimals, halves to even: rint(x * 10^d) / 10^d,
// and for a negative d rint(x / 10^-d) * 10^-d. Integers are copied for d ≥ 0.
// Complex numbers are rounded in both parts. Option: Out. ErrOverflow for a d beyond 32 bits.
func (a *Array) Round(decimals int, opts ...Option) *Array {
	s := gather("round", optOut, opts)
	a.use("round")
	if decimals != int(int32(decimals)) {
		fail("round", ErrOverflow, "decimals %d does not fit into 32 bits", decimals)
	}
	if s.out != nil {
		if s.out.mutateOut("round"); s.out.Size() != a.Size() {
			fail("round", ErrValue, "invalid output shape")
		}
	}
	if a.dtype.IsComplex() {
		out := s.out
		if out == nil {
			out = allocLike("round", a.dtype, a, K, false)
		}
		re, to := a.Real(), out.Real()
		if a.NDim() > 0 && a.Size() > 0 && out.dtype.IsComplex() && a.flags.Has(CContiguous) && out.flags.Has(CContiguous) && sameShape(a, out) {
			a.View(re.dtype).Round(decimals, Out(out.View(to.dtype))) // the parts as they lie
			return out
		}
		re.Round(decimals, Out(to))
		a.Imag().Round(decimals, Out(out.Imag()))
		return out
	}
	integer := a.dtype.IsInteger()
	switch {
	case integer && decimals >= 0:
		if s.out != nil {
			if !dtype.CanCast(a.dtype, s.out.dtype, dtype.SameKind) {
				fail("round", ErrType, "Cannot cast array data from %s to %s according to the rule 'same_kind'", a.dtype.Repr(), s.out.dtype.Repr())
			}
			copyInto("round", s.out, a)
			return s.out
		}
		return a.Copy(K)
	case decimals == 0:
		return a.Rint(opts...)
	}
	first, last := Multiply, Divide
	if decimals < 0 {
		first, last, decimals = Divide, Multiply, -decimals
	}
	out := s.out
	if out == nil {
		dt := a.dtype // byte order included
		if integer {
			dt = dtype.Float64
		}
		out = a.likeUfunc("round", dt)
	}
	f := math.Pow(10, float64(decimals))
	if decimals <= 22 { // powers of ten that are exact
		f = 1
		for range decimals {
			f *= 10
		}
	}
	first.Call(a, f, Out(out))
	out.Rint(Out(out))
	last.Call(out, f, Out(out))
	if integer && s.out == nil {
		return out.AsType(a.dtype)
	}
	return out
}

// likeUfunc makes a result of a's shape laid out as a ufunc's of one operand.
func (a *Array) likeUfunc(op string, dt dtype.DType) *Array {
	perm := layout.Order(a.lay.Shape, a.lay.Strides)
	return allocStrides(op, dt, a.lay.Shape, layout.PermStrides(a.lay.Shape, perm, dt.ItemSize()), a.Size(), false)
}

// ClipTo is the operation behind Clip: ClipTo.Call(x, low, high) is
// min(max(x, low), high), NaN where one of them is.
var ClipTo = Ternary{face{kernel.Clip}}

// Clip limits the items to the range from low to high. A nil *Array leaves that
// side open. A Go integer outside the range of an integer dtype also does.
// Options are those of Ufunc.
func (a *Array) Clip[L, H Operand](low L, high H, opts ...Option) *Array {
	if r := quickRows3(kernel.Clip, a, low, high, opts)[0]; r != nil {
		return r
	}
	lo, hi := bound(low), bound(high)
	if a.dtype.IsInteger() {
		k := a.dtype.Kind()
		if lo != nil && lo.weak == dtype.WeakInt && atFloor(lo, k) {
			lo = nil
		}
		if hi != nil && hi.weak == dtype.WeakInt && atCeiling(hi, k) {
			hi = nil
		}
	}
	switch {
	case lo == nil && hi == nil:
		return a.Positive(opts...)
	case lo == nil:
		return a.Minimum(hi, opts...)
	case hi == nil:
		return a.Maximum(lo, opts...)
	}
	return ClipTo.Call(a, lo, hi, opts...)
}

func bound[T Operand](x T) *Array {
	if v, ok := any(x).(*Array); ok && v == nil {
		return nil
	}
	return asArray(x)
}

// atFloor reports whether the integer x is at or under the least value of kind k.
func atFloor(x *Array, k dtype.Kind) bool {
	n := loop.ReadNumber(x.ptr(), x.dtype)
	if n.Kind == dtype.KindUint64 && n.I < 0 {
		return false
	}
	return n.I == math.MinInt64 || n.I <= 0 && (!loop.Fits(n.I, k) || !loop.Fits(n.I-1, k))
}

// atCeiling reports whether the integer x is at or over the greatest value of kind k.
func atCeiling(x *Array, k dtype.Kind) bool {
	n := loop.ReadNumber(x.ptr(), x.dtype)
	switch {
	case n.Kind == dtype.KindUint64 && n.I < 0:
		return k != dtype.KindUint64 || n.I == -1
	case k == dtype.KindUint64:
		return false
	}
	return n.I == math.MaxInt64 || n.I >= 0 && (!loop.Fits(n.I, k) || !loop.Fits(n.I+1, k))
}
