package calc

import (
	"github.com/stride-go/nd"
)

// Functions that return views under another shape or order of axes.
var _ = later(func() {
	npFunc("reshape", "a, /, shape, order='C', *, copy=None", func(in *Interp, a []Value) Value {
		kw := []Keyword{{"order", a[2]}, {"copy", a[3]}}
		return in.methodOf(a[0], "reshape", []Value{a[1]}, kw)
	})
	npFunc("ravel", "a, order='C'", func(in *Interp, a []Value) Value {
		return in.fromArray(in.toArray(a[0]).Ravel(nd.OrderIs(in.toOrder(a[1], nd.C))))
	})
	npFunc("transpose", "a, axes=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		if !given(a[1]) {
			return in.fromArray(x.T())
		}
		axes := in.toAxes(a[1])
		if len(axes) != x.NDim() {
			throw(excValueError, "axes don't match array")
		}
		return in.fromArray(x.Transpose(axes...))
	})
	numpy.dict["permute_dims"] = numpy.dict["transpose"]
	npFunc("matrix_transpose", "x, /", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		if x.NDim() < 2 {
			throw(excValueError, "Input array must be at least 2-dimensional, but it is %d", x.NDim())
		}
		return in.fromArray(x.MT())
	})
	npFunc("swapaxes", "a, axis1, axis2", func(in *Interp, a []Value) Value {
		return in.fromArray(in.toArray(a[0]).SwapAxes(in.toInt(a[1]), in.toInt(a[2])))
	})
	npFunc("moveaxis", "a, source, destination", func(in *Interp, a []Value) Value {
		return in.fromArray(in.toArray(a[0]).MoveAxis(in.toAxes(a[1]), in.toAxes(a[2])))
	})
	npFunc("rollaxis", "a, axis, start=0", func(in *Interp, a []Value) Value {
		return in.fromArray(in.toArray(a[0]).RollAxis(in.toInt(a[1]), in.toInt(a[2])))
	})
	npFunc("squeeze", "a, axis=None", func(in *Interp, a []Value) Value {
		return in.methodOf(a[0], "squeeze", nil, []Keyword{{"axis", a[1]}})
	})
	npFunc("expand_dims", "a, axis", func(in *Interp, a []Value) Value {
		return in.fromArray(in.toArray(a[0]).ExpandDims(in.toAxes(a[1])...))
	})
	npFunc("broadcast_to", "array, shape, subok=False", func(in *Interp, a []Value) Value {
		return in.fromArray(in.toArray(a[0]).BroadcastTo(in.toShape(a[1])...))
	})
	npFunc("broadcast_arrays", "*args, subok=False", func(in *Interp, a []Value) Value {
		return in.arrayTuple(nd.BroadcastArrays(in.arrays(a[0])...))
	})
	npFunc("broadcast_shapes", "*args", func(in *Interp, a []Value) Value {
		var shapes [][]int
		for _, v := range a[0].(*Tuple).items {
			shapes = append(shapes, in.toShape(v))
		}
		return intTuple(nd.BroadcastShapes(shapes...))
	})
	npFunc("flip", "m, axis=None", func(in *Interp, a []Value) Value {
		axes := in.toAxes(a[1])
		if axes != nil && len(axes) == 0 { // none, where Flip without axes turns all
			return in.scalarOrArray(view(in.toArray(a[0])))
		}
		return in.scalarOrArray(in.toArray(a[0]).Flip(axes...))
	})
	npFunc("fliplr", "m", func(in *Interp, a []Value) Value { return in.fromArray(in.toArray(a[0]).FlipLR()) })
	npFunc("flipud", "m", func(in *Interp, a []Value) Value { return in.fromArray(in.toArray(a[0]).FlipUD()) })
	npFunc("rot90", "m, k=1, axes=?", func(in *Interp, a []Value) Value {
		axes := []int{0, 1}
		if a[2] != nil {
			axes = in.toAxes(a[2])
		}
		return in.fromArray(in.toArray(a[0]).Rot90(in.toInt(a[1]), axes...))
	})
	npFunc("diagonal", "a, offset=0, axis1=0, axis2=1", func(in *Interp, a []Value) Value {
		return in.fromArray(in.toArray(a[0]).Diagonal(in.toInt(a[1]), in.toInt(a[2]), in.toInt(a[3])))
	})
	for name, f := range map[string]func(*nd.Array) *nd.Array{"real": (*nd.Array).Real, "imag": (*nd.Array).Imag} {
		npFunc(name, "val", func(in *Interp, a []Value) Value {
			if s, ok := a[0].(*Scalar); ok {
				return newScalar(f(s.a))
			}
			switch a[0].(type) {
			case Bool, Int, *BigInt, Float, Complex:
				return in.getAttr(a[0], name)
			}
			return in.fromArray(f(in.toArray(a[0])))
		})
	}
	for name, f := range map[string]func(*nd.Array) *nd.Array{
		"atleast_1d": (*nd.Array).AtLeast1D, "atleast_2d": (*nd.Array).AtLeast2D, "atleast_3d": (*nd.Array).AtLeast3D,
	} {
		npFunc(name, "*arys", func(in *Interp, a []Value) Value {
			items := a[0].(*Tuple).items
			out := make([]*nd.Array, len(items))
			for i, v := range items {
				out[i] = f(in.toArray(v))
			}
			if len(out) == 1 {
				return in.sameOr(items[0], out[0])
			}
			return in.arrayTuple(out)
		})
	}

	split := func(name, sig string, ints func(x *nd.Array, n int, axis int) []*nd.Array, places func(x *nd.Array, at []int, axis int) []*nd.Array) {
		npFunc(name, sig, func(in *Interp, a []Value) Value {
			x, axis := in.toArray(a[0]), 0
			if len(a) > 2 {
				axis = in.toInt(a[2])
			}
			if n, ok := in.asCount(a[1]); ok {
				return in.listOfArrays(ints(x, in.toIndex(n), axis))
			}
			return in.listOfArrays(places(x, in.toPlaces(a[1]), axis))
		})
	}
	split("split", "ary, indices_or_sections, axis=0",
		func(x *nd.Array, n, axis int) []*nd.Array { return x.Split(n, axis) },
		func(x *nd.Array, at []int, axis int) []*nd.Array { return x.Split(at, axis) })
	split("array_split", "ary, indices_or_sections, axis=0",
		func(x *nd.Array, n, axis int) []*nd.Array { return x.ArraySplit(n, axis) },
		func(x *nd.Array, at []int, axis int) []*nd.Array { return x.ArraySplit(at, axis) })
	split("hsplit", "ary, indices_or_sections",
		func(x *nd.Array, n, _ int) []*nd.Array { return x.HSplit(n) },
		func(x *nd.Array, at []int, _ int) []*nd.Array { return x.HSplit(at) })
	split("vsplit", "ary, indices_or_sections",
		func(x *nd.Array, n, _ int) []*nd.Array { return x.VSplit(n) },
		func(x *nd.Array, at []int, _ int) []*nd.Array { return x.VSplit(at) })
	split("dsplit", "ary, indices_or_sections",
		func(x *nd.Array, n, _ int) []*nd.Array { return x.DSplit(n) },
		func(x *nd.Array, at []int, _ int) []*nd.Array { return x.DSplit(at) })
	npFunc("unstack", "x, /, *, axis=0", func(in *Interp, a []Value) Value {
		t := &Tuple{}
		for _, x := range in.toArray(a[0]).Unstack(in.toInt(a[1])) {
			t.items = append(t.items, in.scalarOrArray(x))
		}
		return t
	})

	tricks := npSub("lib.stride_tricks")
	npSub("lib").dict["stride_tricks"] = tricks
	tricks.python("as_strided", "x, shape=None, strides=None, subok=False, writeable=True, *, check_bounds=None", func(in *Interp, a []Value) Value {
		return in.asStrided(in.toArray(a[0]), a[1], a[2], in.truth(a[4]))
	})
	tricks.python("sliding_window_view", "x, window_shape, axis=None, *, subok=False, writeable=False", func(in *Interp, a []Value) Value {
		window := in.toShape(a[1])
		v := in.toArray(a[0]).SlidingWindowView(window, in.toAxes(a[2])...)
		if in.truth(a[4]) {
			if err := v.SetWriteable(true); err != nil {
				panic(err)
			}
		}
		return in.fromArray(v)
	})
	for _, n := range []string{"broadcast_to", "broadcast_arrays", "broadcast_shapes"} {
		tricks.dict[n] = numpy.dict[n]
	}
	for _, name := range []string{"may_share_memory", "shares_memory"} {
		npC(name, "a, b, /, max_work=None", func(in *Interp, a []Value) Value {
			x, y := in.toArray(a[0]), in.toArray(a[1])
			var work []int
			if given(a[2]) {
				n, ok := in.asIndex(a[2])
				if !ok {
					throw(excValueError, "max_work must be an integer")
				}
				work = []int{in.toInt(n)}
			}
			if name == "may_share_memory" {
				return Bool(x.MayShareMemory(y, work...))
			}
			return Bool(x.SharesMemory(y, work...))
		})
	}
	bounds := function("byte_bounds", "a", func(in *Interp, a []Value) Value {
		low, high := in.toArray(a[0]).ByteBounds()
		return newTuple(Int(low), Int(high))
	})
	npSub("lib.array_utils").dict["byte_bounds"] = bounds
	npSub("lib").dict["array_utils"] = npSub("lib.array_utils")
})

// methodOf calls a method of the array that a value is or converts to.
func (in *Interp) methodOf(v Value, name string, args []Value, kw []Keyword) Value {
	x, ok := v.(*Ndarray)
	if !ok {
		x = &Ndarray{a: in.toArray(v)}
	}
	return in.call(in.getAttr(x, name), args, kw)
}

// sameOr returns the value itself when a is its array, as one object.
func (in *Interp) sameOr(v Value, a *nd.Array) Value {
	if x, ok := v.(*Ndarray); ok && x.a == a {
		return x
	}
	return in.fromArray(a)
}

func (in *Interp) asStrided(x *nd.Array, shape, strides Value, writeable bool) Value {
	dims, steps := x.Shape(), x.Strides()
	if given(shape) {
		dims = in.toShape(shape)
	}
	if given(strides) {
		steps = in.toShape(strides)
	}
	v := x.AsStrided(dims, steps)
	if !writeable && v.Writeable() {
		if err := v.SetWriteable(false); err != nil {
			panic(err)
		}
	}
	return in.fromArray(v)
}
