package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions that assign, differentiate, and name the places of triangles.
var _ = later(func() {
	npC("copyto", "dst, src, casting='same_kind', where=True", func(in *Interp, a []Value) Value {
		x, ok := a[0].(*Ndarray)
		if !ok {
			throw(excTypeError, "copyto() argument 1 must be numpy.ndarray, not %s", a[0].Type().tpName())
		}
		in.readOnly(x.a)
		in.copyTo(x.a, a[1], in.toCasting(a[2]), a[3])
		return None
	})
	npFunc("astype", "x, dtype, /, *, copy=True, device=None", func(in *Interp, a []Value) Value {
		if _, ok := a[0].(*Ndarray); !ok {
			throw(excTypeError, "Input should be a NumPy array. It is of type %s.", a[0].Type().repr(in))
		}
		return in.methodOf(a[0], "astype", []Value{a[1]}, []Keyword{{"copy", a[2]}})
	})
	npFunc("gradient", "f, *varargs, axis=None, edge_order=1", func(in *Interp, a []Value) Value { return in.gradient(a) })
	npFunc("trapezoid", "y, x=None, dx=1.0, axis=-1", func(in *Interp, a []Value) Value {
		steps := nd.Steps(in.operand(a[2]))
		if given(a[1]) {
			steps = nd.Steps(in.toArray(a[1]))
		}
		return in.scalarOrArray(in.counted(a[0]).Trapezoid(steps, nd.Axis(in.toInt(a[3]))))
	})
	npFunc("diag_indices", "n, ndim=2", func(in *Interp, a []Value) Value {
		in.chargeArray(dtype.Int64, []int{in.toInt(a[0])})
		x := nd.Arange(in.toInt(a[0]))
		n := max(0, in.toInt(a[1]))
		in.charge(min(n, 1<<58) * itemBytesInList)
		out := make([]*nd.Array, n)
		for i := range out {
			out[i] = x
		}
		return in.arrayTuple(out)
	})
	for name, lower := range map[string]bool{"tril_indices": true, "triu_indices": false} {
		npFunc(name, "n, k=0, m=None", func(in *Interp, a []Value) Value {
			n := in.toInt(a[0])
			m := n
			if given(a[2]) {
				m = in.toInt(a[2])
			}
			return in.triangle(lower, n, m, in.toInt(a[1]))
		})
		npFunc(name+"_from", "arr, k=0", func(in *Interp, a []Value) Value {
			x := in.toArray(a[0])
			if x.NDim() != 2 {
				throw(excValueError, "input array must be 2-d")
			}
			return in.triangle(lower, x.Dim(0), x.Dim(1), in.toInt(a[1]))
		})
	}
	npFunc("iterable", "y", func(in *Interp, a []Value) Value {
		ok := false
		exc := in.catch(func() { _, ok = in.iterator(a[0]) })
		return Bool(ok && exc == nil)
	})
	npFunc("apply_along_axis", "func1d, axis, arr, *args, **kwargs", func(in *Interp, a []Value) Value {
		return in.applyAlong(a)
	})
})

// copyTo assigns with a casting rule, where the mask is true.
func (in *Interp) copyTo(dst *nd.Array, v Value, rule dtype.Casting, where Value) {
	to := dst.DType()
	if to.IsFloat() || to.IsComplex() {
		v = tamed(v)
	}
	src := in.operand(v)
	from := src.DType()
	fits := dtype.CanCast(from, to, rule)
	switch v.(type) { // of a number its kind counts
	case Int, *BigInt:
		if fits = fits || to.IsInteger() || to.IsFloat() || to.IsComplex(); fits {
			src = in.toArrayAs(v, to)
		}
	case Float: // which is cast as an item: NaN to an integer, too
		fits = fits || to.IsFloat() || to.IsComplex()
		src = in.toArray(v)
	case Complex:
		fits = fits || to.IsComplex()
		src = in.toArray(v)
	}
	if !fits {
		what := "array data"
		if src.NDim() == 0 {
			what = "scalar"
		}
		throw(excTypeError, "Cannot cast %s from %s to %s according to the rule '%s'", what, from.Repr(), to.Repr(), rule)
	}
	if where == Value(Bool(true)) {
		dst.Assign(src)
		return
	}
	dst.AssignWhere(src, in.toArrayAs(where, dtype.Bool), nd.Casting(dtype.Unsafe))
}

func (in *Interp) gradient(a []Value) Value {
	x := in.counted(a[0])
	in.chargeArray(dtype.Float64, append([]int{max(1, x.NDim())}, x.Shape()...))
	var opts []nd.Option
	if given(a[2]) {
		opts = append(opts, nd.Axis(in.toAxes(a[2])...))
	}
	for _, step := range a[1].(*Tuple).items {
		opts = append(opts, nd.Steps(in.operand(step)))
	}
	opts = append(opts, nd.EdgeOrder(in.toInt(a[3])))
	g := nd.Gradient(x, opts...)
	if len(g) == 1 {
		return in.fromArray(g[0])
	}
	return in.arrayTuple(g)
}

// triangle names the places of one triangle of an n×m matrix.
func (in *Interp) triangle(lower bool, n, m, k int) Value {
	in.chargeArray(dtype.Int64, []int{2, max(n, 0), max(m, 0)})
	mask := nd.Tri(dtype.Bool, n, m, k)
	if !lower {
		mask = nd.Tri(dtype.Bool, n, m, k-1).LogicalNot()
	}
	return in.arrayTuple(mask.NonZero())
}

// applyAlong calls a function with every lane of an axis and joins the results.
func (in *Interp) applyAlong(a []Value) Value {
	x, axis := in.toArray(a[2]), in.toInt(a[1])
	lanes := x.MoveAxis(axis, -1)
	outer := lanes.Shape()[:lanes.NDim()-1]
	next := counter(outer)
	var results []*nd.Array
	for {
		at, ok := next()
		if !ok {
			break
		}
		in.step()
		args := append([]Value{in.fromArray(lanes.Slice(indexAt(at)...))}, a[3].(*Tuple).items...)
		results = append(results, in.toArray(in.call(a[0], args, keywordsOf(a[4].(*Dict)))))
	}
	if len(results) == 0 {
		throw(excValueError, "Cannot apply_along_axis when any iteration dimensions are 0")
	}
	in.chargeAll(results)
	own := results[0].NDim()
	r := nd.Stack(results).Reshape(append(append([]int(nil), outer...), results[0].Shape()...)...)
	if axis < 0 {
		axis += x.NDim()
	}
	// The results' own axes go where the lane was.
	for i := range own {
		r = r.MoveAxis(len(outer)+i, axis+i)
	}
	return in.scalarOrArray(r)
}
