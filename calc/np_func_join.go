package calc

import (
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions that join, repeat and edit arrays.
var _ = later(func() {
	npC("concatenate", "arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'", func(in *Interp, a []Value) Value {
		return in.concatenate(a)
	})
	numpy.dict["concat"] = numpy.dict["concatenate"]
	npFunc("stack", "arrays, axis=0, out=None, *, dtype=None, casting='same_kind'", func(in *Interp, a []Value) Value {
		xs := in.arrays(a[0])
		if len(xs) == 0 {
			throw(excValueError, "need at least one array to stack")
		}
		in.chargeAll(xs)
		a[1] = Int(in.toInt(a[1]))
		return in.result(nd.Stack(xs, in.options([]string{"axis", "out", "dtype", "casting"}, a[1:], 0)...), a[2])
	})
	for name, f := range map[string]func([]*nd.Array, ...nd.Option) *nd.Array{"vstack": nd.VStack, "hstack": nd.HStack} {
		npFunc(name, "tup, *, dtype=None, casting='same_kind'", func(in *Interp, a []Value) Value {
			xs := in.arrays(a[0])
			in.chargeAll(xs)
			return in.fromArray(f(xs, in.options([]string{"dtype", "casting"}, a[1:], 0)...))
		})
	}
	npFunc("dstack", "tup", func(in *Interp, a []Value) Value {
		xs := in.arrays(a[0])
		in.chargeAll(xs)
		return in.fromArray(nd.DStack(xs))
	})
	npFunc("column_stack", "tup", func(in *Interp, a []Value) Value {
		xs := in.arrays(a[0])
		in.chargeAll(xs)
		return in.fromArray(nd.ColumnStack(xs))
	})
	npFunc("block", "arrays", func(in *Interp, a []Value) Value { return in.block(a[0]) })
	npFunc("tile", "A, reps", func(in *Interp, a []Value) Value {
		x, reps := in.toArray(a[0]), in.toShape(a[1])
		shape := x.Shape()
		for len(shape) < len(reps) {
			shape = append([]int{1}, shape...)
		}
		for i, r := range reps {
			shape[len(shape)-len(reps)+i] *= max(0, r)
		}
		in.chargeArray(x.DType(), shape)
		t := x.Tile(reps...)
		if _, is := a[0].(*Ndarray); !is || slices.ContainsFunc(reps, func(r int) bool { return r != 1 }) {
			t = view(t) // NumPy reshapes all but the plain copy of an array
		}
		return in.fromArray(t)
	})
	npFunc("repeat", "a, repeats, axis=None", func(in *Interp, a []Value) Value {
		x, n := in.toArray(a[0]), in.toInts(a[1])
		if given(a[2]) {
			a[2] = Int(in.toInt(a[2]))
		}
		in.chargeRepeat(x, n, a[2])
		return in.fromArray(x.Repeat(n, in.options([]string{"axis"}, a[2:], 0)...))
	})
	npFunc("roll", "a, shift, axis=None", func(in *Interp, a []Value) Value { return in.roll(a) })
	npFunc("resize", "a, new_shape", func(in *Interp, a []Value) Value {
		x, dims := in.toArray(a[0]), in.toShape(a[1])
		for _, n := range dims {
			if n < 0 {
				throw(excValueError, "all elements of `new_shape` must be non-negative")
			}
		}
		in.chargeArray(x.DType(), dims)
		r := nd.Resize(x, dims...)
		if r.Size() > 0 && x.Size() > 0 {
			r = view(r)
		}
		return in.fromArray(r)
	})
	npFunc("append", "arr, values, axis=None", func(in *Interp, a []Value) Value {
		x, y := in.toArray(a[0]), in.toArray(a[1])
		in.chargeAll([]*nd.Array{x, y})
		if !given(a[2]) {
			return in.fromArray(nd.ConcatenateFlat([]*nd.Array{x.Ravel(), y.Ravel()}))
		}
		return in.fromArray(nd.Append(x, y, in.toInt(a[2])))
	})
	npFunc("insert", "arr, obj, values, axis=None", func(in *Interp, a []Value) Value { return in.insert(a) })
	npFunc("delete", "arr, obj, axis=None", func(in *Interp, a []Value) Value { return in.deletePlaces(a) })
	npFunc("pad", "array, pad_width, mode='constant', **kwargs", func(in *Interp, a []Value) Value { return in.padArray(a) })
	npFunc("trim_zeros", "filt, trim='fb', axis=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		ends := strArg(a[1], "trim must be str")
		r := x.TrimZeros(ends, in.options([]string{"axis"}, a[2:], 0)...)
		from := int(r.DataPtr()-x.DataPtr()) / max(1, x.ItemSize())
		switch seq := a[0].(type) { // a sequence is cut itself
		case *List:
			if x.NDim() == 1 {
				return &List{slices.Clone(seq.items[from : from+r.Size()])}
			}
			throw(excTypeError, "list indices must be integers or slices, not tuple")
		case *Tuple:
			if x.NDim() == 1 {
				return &Tuple{seq.items[from : from+r.Size()]}
			}
			throw(excTypeError, "tuple indices must be integers or slices, not tuple")
		}
		return in.fromArray(r)
	})
})

// chargeAll counts a result that holds all the arrays.
func (in *Interp) chargeAll(xs []*nd.Array) {
	n, item := 0, 1
	for _, x := range xs {
		n += x.Size()
		item = max(item, x.ItemSize())
	}
	in.charge(n * item)
}

func (in *Interp) concatenate(a []Value) Value {
	if _, ok := in.iterator(a[0]); !ok {
		throw(excTypeError, "The first input argument needs to be a sequence")
	}
	xs := in.arrays(a[0])
	in.chargeAll(xs)
	opts := in.options([]string{"axis", "out", "dtype", "casting"}, a[1:], 0)
	if !given(a[1]) {
		return in.result(nd.ConcatenateFlat(xs, opts...), a[2])
	}
	return in.result(nd.Concatenate(xs, opts...), a[2])
}

// block is np.block: nested lists, the innermost joined along the last axis.
func (in *Interp) block(v Value) Value {
	depth := -1
	var check func(v Value, at int)
	check = func(v Value, at int) {
		switch x := v.(type) {
		case *Tuple:
			throw(excTypeError, "arrays is a tuple. Only lists can be used to arrange blocks, and np.block does not allow implicit conversion from tuple to ndarray.")
		case *List:
			if len(x.items) == 0 {
				throw(excValueError, "List at arrays cannot be empty")
			}
			in.enterText("")
			defer in.leave()
			for _, w := range x.items {
				check(w, at+1)
			}
			return
		}
		if depth >= 0 && depth != at {
			throw(excValueError, "List depths are mismatched. First element was at depth %d, but there is an element at depth %d (arrays)", depth, at)
		}
		depth = at
	}
	check(v, 0)
	dims := depth
	var widest func(v Value)
	widest = func(v Value) {
		if l, ok := v.(*List); ok {
			for _, w := range l.items {
				widest(w)
			}
			return
		}
		dims = max(dims, in.toArray(v).NDim())
	}
	widest(v)
	var join func(v Value, level int) *nd.Array
	join = func(v Value, level int) *nd.Array {
		l, ok := v.(*List)
		if !ok {
			x := in.toArray(v)
			return x.Reshape(append(onesOf(dims-x.NDim()), x.Shape()...)...)
		}
		parts := make([]*nd.Array, len(l.items))
		for i, w := range l.items {
			parts[i] = join(w, level+1)
		}
		in.chargeAll(parts)
		return nd.Concatenate(parts, nd.Axis(-(depth - level)))
	}
	r := join(v, 0)
	if depth == 0 {
		r = r.Copy()
	}
	return in.fromArray(r)
}

func (in *Interp) chargeRepeat(x, n *nd.Array, axis Value) {
	total := 0
	for _, k := range n.AsType(dtype.Int64).Ravel().All[int64]() {
		total += int(max(0, min(k, 1<<40)))
	}
	if n.Size() == 1 && x.Size() > 0 {
		total *= x.Size()
	} else if given(axis) && n.Size() > 0 {
		total *= max(1, x.Size()/n.Size())
	}
	in.charge(min(total, 1<<50) * max(1, x.ItemSize()))
}

func (in *Interp) roll(a []Value) Value {
	x := in.toArray(a[0])
	in.chargeCopy(x)
	if !given(a[2]) {
		shift := 0
		for _, n := range in.toPlaces(a[1]) {
			shift += n
		}
		return in.fromArray(view(x.Roll(shift)))
	}
	axes, shifts := in.toAxes(a[2]), in.toPlaces(a[1])
	switch {
	case len(shifts) == 1:
		for len(shifts) < len(axes) {
			shifts = append(shifts, shifts[0])
		}
	case len(axes) == 1:
		for len(axes) < len(shifts) {
			axes = append(axes, axes[0])
		}
	case len(axes) != len(shifts):
		throw(excValueError, "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape (%d,) and arg 1 with shape (%d,).", len(shifts), len(axes))
	}
	return in.fromArray(x.RollAxes(shifts, axes))
}

// editPlaces reads the places of insert and delete along an axis of n items.
func (in *Interp) editPlaces(v Value, n int) (places []int, single bool) {
	if s, ok := v.(*Slice); ok {
		start, _, step, count := s.resolve(in, n)
		in.chargeArray(dtype.Int64, []int{count})
		for i := range count {
			places = append(places, start+i*step)
		}
		return places, false
	}
	a := in.placesArg(v)
	if a.DType() == dtype.Bool {
		if a.NDim() == 1 && a.Len() != n {
			throw(excValueError, "boolean array argument obj to delete must be one dimensional and match the axis length of %d", n)
		}
		in.chargeArray(dtype.Int64, a.Shape())
		return in.toPlaces(in.fromArray(a.NonZero()[0])), false
	}
	if !a.DType().IsInteger() {
		throw(excIndexError, "arrays used as indices must be of integer (or boolean) type")
	}
	return in.toPlaces(in.fromArray(a)), a.NDim() == 0
}

// edited returns the array that insert and delete edit, the axis as it was given and from
// the front, and its length, 0 if there is no such axis.
func (in *Interp) edited(v, along Value) (x *nd.Array, axis, k, n int) {
	x = in.toArray(v)
	if given(along) {
		axis = in.toInt(along)
	} else {
		x = x.Ravel()
	}
	if k = axis; k < 0 {
		k += x.NDim()
	}
	if k >= 0 && k < x.NDim() {
		n = x.Dim(k)
	}
	return x, axis, k, n
}

func (in *Interp) insert(a []Value) Value {
	x, axis, k, n := in.edited(a[0], a[3])
	places, single := in.editPlaces(a[1], n)
	vals := in.toArrayAs(a[2], x.DType())
	in.chargeAll([]*nd.Array{x, vals})
	if single && vals.NDim() > 0 && k < x.NDim() {
		// A scalar place takes the values' first axis as the axis itself.
		for vals.NDim() < x.NDim() {
			vals = vals.ExpandDims(0)
		}
		vals = vals.MoveAxis(0, k)
	}
	if len(places) == 0 {
		return in.fromArray(x.Copy())
	}
	return in.fromArray(nd.Insert(x, axis, places, vals))
}

func (in *Interp) deletePlaces(a []Value) Value {
	x, axis, _, n := in.edited(a[0], a[2])
	places, _ := in.editPlaces(a[1], n)
	in.chargeCopy(x)
	return in.fromArray(nd.Delete(x, axis, places...))
}

var padModes = map[Str]nd.PadMode{
	"constant": nd.PadConstant, "edge": nd.PadEdge, "reflect": nd.PadReflect, "symmetric": nd.PadSymmetric, "wrap": nd.PadWrap,
}

func (in *Interp) padArray(a []Value) Value {
	x := in.toArray(a[0])
	widths := in.toArray(a[1])
	if !widths.DType().IsInteger() {
		throw(excTypeError, "`pad_width` must be of integral type.")
	}
	pairs := widths.AsType(dtype.Int64).BroadcastTo(max(1, x.NDim()), 2)
	w := make([][2]int, x.NDim())
	for i := range w {
		w[i] = [2]int{int(pairs.At[int64](i, 0)), int(pairs.At[int64](i, 1))}
		if w[i][0] < 0 || w[i][1] < 0 {
			throw(excValueError, "index can't contain negative values")
		}
	}
	s, _ := plainText(a[2]).(Str)
	mode, ok := padModes[s]
	if !ok {
		throw(excValueError, "mode '%s' is not supported", in.Str(a[2]))
	}
	fill := nd.Weak(nd.Scalar(int64(0)))
	for _, k := range keywordsOf(a[3].(*Dict)) {
		if k.Name != "constant_values" || mode != nd.PadConstant {
			throw(excValueError, "unsupported keyword arguments for mode '%s': {'%s'}", string(s), k.Name)
		}
		fill = in.toArrayAs(k.Value, x.DType())
		if fill.Size() != 1 {
			return in.padPairs(x, w, fill)
		}
		fill = fill.Reshape()
	}
	shape := x.Shape()
	for i := range shape {
		shape[i] += w[i][0] + w[i][1]
	}
	in.chargeArray(x.DType(), shape)
	return in.fromArray(nd.Pad(x, w, mode, fill))
}

// padPairs pads each end of each axis with a value of its own.
func (in *Interp) padPairs(x *nd.Array, w [][2]int, fill *nd.Array) Value {
	fill = fill.BroadcastTo(x.NDim(), 2)
	for k := range w {
		for end := range 2 {
			one := make([][2]int, x.NDim())
			one[k][end] = w[k][end]
			x = nd.Pad(x, one, nd.PadConstant, fill.Slice(nd.I(k), nd.I(end)))
			in.chargeCopy(x)
		}
	}
	return in.fromArray(x)
}
