package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions of products and of comparison of whole arrays.
var _ = later(func() {
	npC("dot", "a, b, out=None", func(in *Interp, a []Value) Value {
		x, y := in.toArray(a[0]), in.toArray(a[1])
		in.chargeMatMul([]*nd.Array{x, y})
		if x.NDim() == 0 || y.NDim() == 0 {
			in.chargeResult([]*nd.Array{x, y})
		}
		r := x.Dot(y, in.options([]string{"out"}, a[2:], 0)...)
		if r.NDim() == 0 {
			return newScalar(r.Copy()) // also where it stands in out
		}
		return in.result(r, a[2])
	})
	npC("inner", "a, b, /", func(in *Interp, a []Value) Value {
		x, y := in.toArray(a[0]), in.toArray(a[1])
		in.chargeMatMul([]*nd.Array{x, y})
		return in.scalarOrArray(x.Inner(y))
	})
	npFunc("outer", "a, b, out=None", func(in *Interp, a []Value) Value {
		x, y := in.toArray(a[0]), in.toArray(a[1])
		in.chargeArray(promote(x.DType(), y.DType()), []int{x.Size(), y.Size()})
		return in.result(x.OuterProduct(y, in.options([]string{"out"}, a[2:], 0)...), a[2])
	})
	npC("vdot", "a, b, /", func(in *Interp, a []Value) Value {
		return in.scalarOrArray(in.counted(a[0]).VDot(in.toArray(a[1])))
	})
	npFunc("tensordot", "a, b, axes=2", func(in *Interp, a []Value) Value {
		x, y := in.toArray(a[0]), in.toArray(a[1])
		in.chargeMatMul([]*nd.Array{x, y})
		if n, ok := in.asCount(a[2]); ok {
			return in.fromArray(view(x.TensorDotN(y, in.toIndex(n)))) // NumPy reshapes a product of matrices
		}
		pair := in.listOf(a[2])
		if len(pair) != 2 {
			throw(excValueError, "not enough values to unpack (expected 2, got %d)", len(pair))
		}
		return in.fromArray(view(x.TensorDot(y, in.toAxes(pair[0]), in.toAxes(pair[1]))))
	})
	npFunc("array_equal", "a1, a2, equal_nan=False", func(in *Interp, a []Value) Value {
		return Bool(in.counted(a[0]).ArrayEqual(in.toArray(a[1]), in.truth(a[2])))
	})
	npFunc("array_equiv", "a1, a2", func(in *Interp, a []Value) Value {
		return Bool(in.counted(a[0]).ArrayEquiv(in.toArray(a[1])))
	})
	npFunc("allclose", "a, b, rtol=1e-05, atol=1e-08, equal_nan=False", func(in *Interp, a []Value) Value {
		return Bool(in.counted(a[0]).AllClose(in.closeTo(a[1]), in.tolerances(a[2:])))
	})
	npFunc("isclose", "a, b, rtol=1e-05, atol=1e-08, equal_nan=False", func(in *Interp, a []Value) Value {
		return in.scalarOrArray(view(in.counted(a[0]).IsClose(in.closeTo(a[1]), in.tolerances(a[2:]))))
	})
	npFunc("iscomplexobj", "x", func(in *Interp, a []Value) Value { return Bool(in.toArray(a[0]).DType().IsComplex()) })
	npFunc("isrealobj", "x", func(in *Interp, a []Value) Value { return Bool(!in.toArray(a[0]).DType().IsComplex()) })
	npFunc("iscomplex", "x", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		if x.DType().IsComplex() {
			return in.scalarOrArray(x.Imag().NotEqual(0))
		}
		return in.scalarOrArray(nd.Zeros(dtype.Bool, x.Shape()...))
	})
	npFunc("isreal", "x", func(in *Interp, a []Value) Value {
		return in.scalarOrArray(in.toArray(a[0]).Imag().Equal(0))
	})
	npFunc("isscalar", "element", func(in *Interp, a []Value) Value {
		switch a[0].(type) {
		case *Scalar, Bool, Int, *BigInt, Float, Complex, Str, Bytes:
			return Bool(true)
		}
		return Bool(false)
	})
	npFunc("isfortran", "a", func(in *Interp, a []Value) Value { return Bool(in.toArray(a[0]).Flags().FNC()) })
	npFunc("ndim", "a", func(in *Interp, a []Value) Value { return Int(in.toArray(a[0]).NDim()) })
	npFunc("shape", "a", func(in *Interp, a []Value) Value { return intTuple(in.toArray(a[0]).Shape()) })
	npFunc("size", "a, axis=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		if !given(a[1]) {
			return Int(x.Size())
		}
		n := 1
		for _, k := range in.toAxes(a[1]) {
			if k < 0 {
				k += x.NDim()
			}
			if k < 0 || k >= x.NDim() {
				throw(excIndexError, "tuple index out of range")
			}
			n *= x.Dim(k)
		}
		return Int(n)
	})
	for name, side := range map[string]func(x *nd.Array) *nd.Array{
		"isposinf": func(x *nd.Array) *nd.Array { return x.SignBit().LogicalNot() },
		"isneginf": func(x *nd.Array) *nd.Array { return x.SignBit() },
	} {
		npFunc(name, "x, out=None", func(in *Interp, a []Value) Value {
			x := in.toArray(a[0])
			if x.DType().IsComplex() {
				throw(excTypeError, "This operation is not supported for %s values because it would be ambiguous.", x.DType().Name())
			}
			return in.result(x.IsInf().LogicalAnd(side(x), in.options([]string{"out"}, a[1:], 0)...), a[1])
		})
	}
	npFunc("fix", "x, out=None", func(in *Interp, a []Value) Value {
		return in.result(in.toArray(a[0]).Trunc(in.options([]string{"out"}, a[1:], 0)...), a[1])
	})
	npFunc("angle", "z, deg=False", func(in *Interp, a []Value) Value {
		z := in.toArray(a[0])
		y := nd.Weak(nd.Scalar(int64(0)))
		if z.DType().IsComplex() {
			y = z.Imag()
		}
		r := nd.Arctan2.Call(y, z.Real())
		if in.truth(a[1]) {
			r = r.Multiply(180 / pi)
		}
		return in.scalarOrArray(r)
	})
	npFunc("sinc", "x", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0]).Multiply(pi)
		tiny := 1e-20
		if x.DType() == dtype.Float16 {
			tiny = 6.103515625e-05
		}
		y := x.Equal(0).Where(nd.Full(x.DType(), tiny, x.Shape()...), x)
		return in.scalarOrArray(y.Sin().Divide(y))
	})
})

const pi = 3.14159265358979323846

// closeTo is what an array is compared with: an integer of the language is a number with a
// fraction, as the differences are.
func (in *Interp) closeTo(v Value) *nd.Array {
	switch v.(type) {
	case Int, *BigInt:
		v = Float(in.toFloat(v))
	}
	return in.operand(v)
}

func (in *Interp) tolerances(a []Value) nd.Tolerances {
	return nd.Tolerances{Relative: in.toFloat(a[0]), Absolute: in.toFloat(a[1]), Exact: true, EqualNaN: in.truth(a[2])}
}

// counted is an array that is worked through as a whole.
func (in *Interp) counted(v Value) *nd.Array {
	a := in.toArray(v)
	in.work(a)
	return a
}
