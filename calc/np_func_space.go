package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// spaced is np.linspace and its kin: start, stop and num of f. The numbers are charged for,
// and what they are cast to.
func (in *Interp) spaced(f func(start, stop *nd.Array, num int, opts ...nd.Option) *nd.Array, start, stop, num Value, endpoint bool, dt, axis Value, more ...nd.Option) *nd.Array {
	n, a, b := in.toInt(num), in.operand(start), in.operand(stop)
	opts := append(more, nd.Endpoint(endpoint))
	if given(dt) {
		opts = append(opts, nd.DType(in.toDType(dt)))
	}
	if k := in.toInt(axis); k != 0 {
		opts = append(opts, nd.Axis(k))
	}
	if n > 0 {
		shape := append([]int{n}, nd.BroadcastShapes(a.Shape(), b.Shape())...)
		in.chargeArray(promote(dtype.Float64, promote(a.DType(), b.DType())), shape)
		if given(dt) {
			in.chargeArray(in.toDType(dt), shape)
		}
	}
	return f(a, b, n, opts...)
}

// linspaceStep is the step of np.linspace and its dtype, invalid where there is none.
func (in *Interp) linspaceStep(start, stop, num Value, endpoint bool) (Value, dtype.DType) {
	div := in.toInt(num)
	if endpoint {
		div--
	}
	if div <= 0 {
		return Float(quietNaN), dtype.DType{}
	}
	a, b := in.operand(start), in.operand(stop)
	dt := nd.Linspace(a, b, 0).DType()
	return in.scalarOrArray(nd.Subtract.Call(b, a, nd.DType(dt)).Divide(float64(div))), dt
}

// vander is the matrix of powers of x.
func (in *Interp) vander(x *nd.Array, cols Value, increasing bool) *nd.Array {
	if x.NDim() != 1 {
		throw(excValueError, "x must be a one-dimensional array or sequence.")
	}
	n := x.Len()
	if given(cols) {
		n = in.toInt(cols)
	}
	dt, err := dtype.Promote(x.DType(), dtype.Int64)
	if err != nil {
		panic(err)
	}
	in.chargeArray(dt, []int{x.Len(), n})
	v := nd.Ones(dt, x.Len(), n)
	tmp := v
	if !increasing {
		tmp = v.Flip(1)
	}
	if n > 1 {
		rest := tmp.Slice(nd.All, nd.From(1))
		rest.Assign(x.ExpandDims(1))
		nd.Multiply.Accumulate(rest, nd.Axis(1), nd.Out(rest))
	}
	return v
}

// meshgrid is np.meshgrid; without copy and with sparse the grids are views.
func (in *Interp) meshgrid(axes []*nd.Array, copies, sparse bool, indexing Value) Value {
	mode, _ := indexing.(Str)
	if mode != "xy" && mode != "ij" {
		throw(excValueError, "Valid values for `indexing` are 'xy' and 'ij'.")
	}
	shape := make([]int, len(axes))
	grids := make([]*nd.Array, len(axes))
	for i, x := range axes {
		dims := onesOf(len(axes))
		k := i
		if mode == "xy" && len(axes) > 1 && i < 2 {
			k = 1 - i
		}
		dims[k], shape[k] = x.Size(), x.Size()
		grids[i] = x.Reshape(dims...)
	}
	for i, g := range grids {
		if !sparse {
			g = g.BroadcastTo(shape...)
		}
		if copies {
			in.chargeCopy(g)
			g = g.Copy(nd.C)
		}
		grids[i] = g
	}
	return in.arrayTuple(grids)
}

// indices is np.indices.
func (in *Interp) indices(dims []int, dt Value, sparse bool) Value {
	d := dtype.Int64
	if given(dt) {
		d = in.toDType(dt)
	}
	if sparse {
		t := &Tuple{}
		for i, n := range dims {
			shape := onesOf(len(dims))
			shape[i] = n
			t.items = append(t.items, in.fromArray(nd.Arange(n).AsType(d).Reshape(shape...)))
		}
		return t
	}
	in.chargeArray(dtype.Int64, append([]int{len(dims)}, dims...))
	return in.fromArray(in.castArray(nd.Indices(dims...), d))
}

// resultType is the dtype of values together; numbers of the language are weak.
func (in *Interp) resultType(values ...Value) dtype.DType {
	weak := dtype.NotWeak
	var dts []dtype.DType
	for _, v := range values {
		switch v := v.(type) {
		case Bool:
			weak = max(weak, dtype.WeakBool)
		case Int, *BigInt:
			weak = max(weak, dtype.WeakInt)
		case Float:
			weak = max(weak, dtype.WeakFloat)
		case Complex:
			weak = max(weak, dtype.WeakComplex)
		case *DType, *Type, Str:
			dts = append(dts, in.toDType(v))
		default:
			dts = append(dts, in.toArray(v).DType())
		}
	}
	dt, err := dtype.ResultType(weak, dts...)
	if err != nil {
		panic(err)
	}
	return dt
}

func promote(a, b dtype.DType) dtype.DType {
	dt, err := dtype.Promote(a, b)
	if err != nil {
		panic(err)
	}
	return dt
}
