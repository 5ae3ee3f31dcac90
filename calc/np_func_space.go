package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// linspace is np.linspace; start and stop may be arrays. The second result is
// the step.
func (in *Interp) linspace(start, stop, num Value, endpoint bool, dt, axis Value) (*nd.Array, Value) {
	n := in.toInt(num)
	if n < 0 {
		throw(excValueError, "Number of samples, %d, must be non-negative.", n)
	}
	div := n
	if endpoint {
		div--
	}
	a, b := in.toArray(start).Multiply(1.0), in.toArray(stop).Multiply(1.0)
	computed := promote(a.DType(), b.DType())
	want := computed
	if given(dt) {
		want = in.toDType(dt)
	}
	shape := nd.BroadcastShapes(a.Shape(), b.Shape())
	in.chargeArray(computed, append([]int{n}, shape...))
	a, b = a.AsType(computed), b.AsType(computed)
	delta := nd.Subtract.Call(b, a)
	y := nd.Arange(n).AsType(computed).Reshape(append([]int{n}, onesOf(delta.NDim())...)...)
	var step Value = Float(quietNaN)
	if div > 0 {
		by := nd.Divide.Call(delta, float64(div))
		step = in.scalarOrArray(by)
		if by.Equal(0).AnyTrue(nd.AllAxes()).Item[bool]() {
			// The step is too small to be told from zero: scale last.
			y = y.Divide(float64(div)).Multiply(delta)
		} else {
			y = y.Multiply(by)
		}
	} else {
		y = y.Multiply(delta)
	}
	y = nd.Add.Call(y, a)
	if endpoint && n > 1 {
		y.SetSubscript(b, nd.I(-1), nd.Ellipsis)
	}
	if div > 0 && delta.NDim() == 0 {
		y = view(y)
	}
	if k := in.toInt(axis); k != 0 {
		y = y.MoveAxis(0, k)
	}
	if want.IsInteger() && !computed.IsInteger() {
		y = y.Floor()
	}
	return in.castArray(y, want), step
}

// geomspace is np.geomspace.
func (in *Interp) geomspace(args []Value) *nd.Array {
	a, b := in.toArray(args[0]), in.toArray(args[1])
	if a.Equal(0).AnyTrue(nd.AllAxes()).Item[bool]() || b.Equal(0).AnyTrue(nd.AllAxes()).Item[bool]() {
		throw(excValueError, "Geometric sequence cannot include zero")
	}
	n := in.toInt(args[2])
	asked := in.toDType(args[4])
	computed := promote(promote(a.DType(), b.DType()), asked)
	if computed.IsInteger() {
		computed = dtype.Float64
	}
	want := computed
	if given(args[4]) {
		want = asked
	}
	a, b = a.AsType(computed), b.AsType(computed)
	out := a.Sign()
	a, b = a.Divide(out), b.Divide(out)
	y, _ := in.linspace(in.fromArray(a.Log10()), in.fromArray(b.Log10()), args[2], in.truth(args[3]), nil, Int(0))
	p := nd.Power.Call(10.0, y)
	if n > 0 {
		p.SetSubscript(a, nd.I(0), nd.Ellipsis)
		if n > 1 && in.truth(args[3]) {
			p.SetSubscript(b, nd.I(-1), nd.Ellipsis)
		}
	}
	p = p.Multiply(out)
	if k := in.toInt(args[5]); k != 0 {
		p = p.MoveAxis(0, k)
	}
	return in.castArray(p, want)
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
