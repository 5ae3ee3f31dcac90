package calc

import (
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// trick is an object that does its work when it is subscripted: np.s_, np.r_,
// np.c_, np.mgrid, np.ogrid.
type trick struct {
	name string
	typ  *Type
	get  func(in *Interp, key Value) Value
}

var (
	typeIndexTrick = newModuleType("numpy.lib._index_tricks_impl", "IndexExpression", typeObject)
	typeJoinTrick  = newModuleType("numpy.lib._index_tricks_impl", "AxisConcatenator", typeObject)
	typeGridTrick  = newModuleType("numpy.lib._index_tricks_impl", "nd_grid", typeObject)
	typeNdindex    = newModuleType("numpy", "ndindex", typeObject)
	typeNdenum     = newModuleType("numpy", "ndenumerate", typeObject)
	typeNditer     = newModuleType("numpy", "nditer", typeObject)
)

func (t *trick) Type() *Type { return t.typ }

func (t *trick) item(in *Interp, key Value) Value { return t.get(in, key) }

var _ = later(func() {
	def := func(name string, typ *Type, get func(in *Interp, key Value) Value) {
		numpy.dict[name] = &trick{name, typ, get}
	}
	def("s_", typeIndexTrick, func(in *Interp, key Value) Value { return key })
	def("index_exp", typeIndexTrick, func(in *Interp, key Value) Value {
		if _, ok := key.(*Tuple); ok {
			return key
		}
		return newTuple(key)
	})
	def("mgrid", typeGridTrick, func(in *Interp, key Value) Value { return in.grid(key, false) })
	def("ogrid", typeGridTrick, func(in *Interp, key Value) Value { return in.grid(key, true) })
	def("r_", typeJoinTrick, func(in *Interp, key Value) Value { return in.joinTrick(key, 0, 1, -1) })
	def("c_", typeJoinTrick, func(in *Interp, key Value) Value { return in.joinTrick(key, -1, 2, 0) })

	numpy.dict["ndindex"] = typeNdindex
	numpy.dict["ndenumerate"] = typeNdenum
	numpy.dict["nditer"] = typeNditer
	typeNdindex.construct("*shape", func(in *Interp, a []Value) Value {
		items := a[0].(*Tuple).items
		var shape []int
		if len(items) == 1 {
			shape = in.toShape(items[0])
		} else {
			shape = in.toShape(a[0])
		}
		for _, n := range shape {
			if n < 0 {
				throw(excValueError, "negative dimensions are not allowed")
			}
		}
		next := counter(shape)
		return &funcIterator{typ: typeNdindex, next: func(in *Interp) (Value, bool) {
			at, ok := next()
			if !ok {
				return nil, false
			}
			return intTuple(at), true
		}}
	})
	typeNdenum.construct("arr", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		next := counter(x.Shape())
		return &funcIterator{typ: typeNdenum, next: func(in *Interp) (Value, bool) {
			at, ok := next()
			if !ok {
				return nil, false
			}
			return newTuple(intTuple(at), newScalar(x.Slice(indexAt(at)...))), true
		}}
	})
	typeNditer.construct("op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe'", func(in *Interp, a []Value) Value {
		return in.nditer(a)
	})

	errstate := function("errstate", "**kwargs", func(in *Interp, a []Value) Value {
		for _, k := range keywordsOf(a[0].(*Dict)) {
			switch k.Name {
			case "all", "divide", "over", "under", "invalid", "call":
			default:
				throw(excTypeError, "errstate.__init__() got an unexpected keyword argument '%s'", k.Name)
			}
		}
		return &context{enter: func(*Interp) Value { return None }}
	})
	errstate.python = true
	numpy.dict["errstate"] = errstate
	npFunc("seterr", "all=None, divide=None, over=None, under=None, invalid=None", func(in *Interp, a []Value) Value { return in.errDict() })
	npFunc("geterr", "", func(in *Interp, a []Value) Value { return in.errDict() })
})

func (in *Interp) errDict() Value {
	d := newDict()
	for _, k := range []string{"divide", "over", "under", "invalid"} {
		v := Str("warn")
		if k == "under" {
			v = "ignore"
		}
		d.set(in, Str(k), v)
	}
	return d
}

// counter counts through the places of a shape in C order.
func counter(shape []int) func() ([]int, bool) {
	at := make([]int, len(shape))
	first, done := true, false
	for _, n := range shape {
		done = done || n == 0
	}
	return func() ([]int, bool) {
		if done {
			return nil, false
		}
		if first {
			first = false
			return at, true
		}
		for k := len(shape) - 1; k >= 0; k-- {
			if at[k]++; at[k] < shape[k] {
				return at, true
			}
			at[k] = 0
		}
		done = true
		return nil, false
	}
}

func indexAt(at []int) []nd.Idx {
	idx := make([]nd.Idx, len(at))
	for i, n := range at {
		idx[i] = nd.I(n)
	}
	return idx
}

// nditer walks over the items of one array in memory order, or in the given one. What
// else NumPy's walks can do is refused: several operands, casts, and the flags that give
// other things than items.
func (in *Interp) nditer(a []Value) Value {
	op := a[0]
	if items, ok := in.sequence(op, false); ok {
		switch len(items) {
		case 0:
			throw(excValueError, "Must provide at least one operand")
		case 1:
			op = items[0]
		default:
			throw(excNotImplementedError, "nditer of %d operands is not supported", len(items))
		}
	}
	x := in.toArray(op)
	empty := false
	if given(a[1]) {
		for _, f := range in.flagsOf(a[1]) {
			switch f {
			case "zerosize_ok":
				empty = true
			case "buffered", "common_dtype", "copy_if_overlap", "delay_bufalloc", "growinner", "ranged", "reduce_ok", "refs_ok":
			case "c_index", "external_loop", "f_index", "multi_index":
				throw(excNotImplementedError, "nditer with the flag '%s' is not supported", f)
			default:
				throw(excValueError, "Unexpected iterator global flag \"%s\"", f)
			}
		}
	}
	if given(a[3]) {
		throw(excNotImplementedError, "nditer with op_dtypes is not supported")
	}
	if x.Size() == 0 && !empty {
		throw(excValueError, "Iteration of zero-sized operands is not enabled")
	}
	write := false
	if given(a[2]) {
		for _, f := range in.listOf(a[2]) {
			for _, w := range in.flagsOf(f) {
				write = write || w == "readwrite" || w == "writeonly"
			}
		}
	}
	switch order := in.toOrder(a[4], nd.K); {
	case order == nd.K:
		x = inMemoryOrder(x)
	case order == nd.F || order == nd.A && x.Flags().FNC():
		x = x.T()
	}
	if write {
		in.readOnly(x)
	} else {
		x = x.Slice(nd.Ellipsis)
		x.SetWriteable(false)
	}
	next := counter(x.Shape())
	return &nditer{next: func(in *Interp) (Value, bool) {
		at, ok := next()
		if !ok {
			return nil, false
		}
		return in.fromArray(x.Slice(append(indexAt(at), nd.Ellipsis)...)), true
	}}
}

// inMemoryOrder is a view whose C order is that of NumPy's walks in order K: the axes by
// their strides, the longest first, and none backwards. An axis without a stride stays
// where it is.
func inMemoryOrder(x *nd.Array) *nd.Array {
	strides := x.Strides()
	perm := make([]int, len(strides))
	stride := func(axis int) int {
		if x.Dim(axis) == 1 {
			return 0
		}
		return max(strides[axis], -strides[axis])
	}
	last := len(perm) - 1
	for i := range perm { // from the innermost axis outwards
		axis, to := last-i, i
		for j := i - 1; j >= 0; j-- {
			s, t := stride(perm[j]), stride(axis)
			if s == 0 || t == 0 {
				continue
			}
			if s <= t {
				break
			}
			to = j
		}
		copy(perm[to+1:i+1], perm[to:i])
		perm[to] = axis
	}
	slices.Reverse(perm)
	for i, s := range strides {
		if s < 0 {
			x = x.Flip(i)
		}
	}
	return x.Transpose(perm...)
}

type nditer struct {
	next func(in *Interp) (Value, bool)
}

func (*nditer) Type() *Type                      { return typeNditer }
func (it *nditer) Next(in *Interp) (Value, bool) { return it.next(in) }

var _ = later(func() {
	typeNditer.def("__enter__", "self, /", func(in *Interp, a []Value) Value { return a[0] })
	typeNditer.def("__exit__", "self, *exc", func(in *Interp, a []Value) Value { return Bool(false) })
})

func (in *Interp) flagsOf(v Value) []string {
	if s, ok := v.(Str); ok {
		return []string{string(s)}
	}
	var out []string
	for _, w := range in.listOf(v) {
		out = append(out, in.Str(w))
	}
	return out
}

// grid is np.mgrid and np.ogrid: a step that is imaginary counts points.
func (in *Interp) grid(key Value, open bool) Value {
	t, many := key.(*Tuple)
	if !many {
		t = newTuple(key)
	}
	axes := make([]*nd.Array, len(t.items))
	shape := make([]int, len(axes))
	dt := dtype.Int64
	for i, v := range t.items {
		s, ok := v.(*Slice)
		if !ok {
			throw(excTypeError, "'%s' object is not a slice", v.Type().tpName())
		}
		axes[i] = in.sliceRange(s)
		dt = promote(dt, axes[i].DType())
		shape[i] = axes[i].Size()
	}
	if !many {
		if !axes[0].OwnData() {
			return in.fromArray(axes[0].Copy())
		}
		return in.fromArray(axes[0])
	}
	n := len(axes)
	if !open {
		in.chargeArray(dt, append([]int{n}, shape...))
	}
	parts := make([]*nd.Array, n)
	for i, x := range axes {
		dims := onesOf(n)
		dims[i] = x.Size()
		parts[i] = x.AsType(dt).Reshape(dims...)
		if !open {
			parts[i] = parts[i].BroadcastTo(shape...)
		}
	}
	if open {
		return in.arrayTuple(parts)
	}
	return in.fromArray(nd.Stack(parts))
}

// sliceRange is the progression that a slice stands for in r_ and mgrid.
func (in *Interp) sliceRange(s *Slice) *nd.Array {
	start := s.start
	if !given(start) {
		start = Int(0)
	}
	if c, ok := s.step.(Complex); ok {
		n := Int(imag(complex128(c)))
		return in.spaced(nd.Linspace[*nd.Array, *nd.Array], start, s.stop, n, true, None, Int(0))
	}
	if !given(s.stop) {
		throw(excTypeError, "unsupported operand type(s) for -: 'NoneType' and '%s'", start.Type().tpName())
	}
	return in.arange(start, s.stop, s.step, None)
}

// joinTrick is np.r_ and np.c_: slices become ranges, the rest arrays, joined
// along an axis with at least ndmin axes; a leading string sets axis, ndmin and
// where 1-d arrays put their axis.
func (in *Interp) joinTrick(key Value, axis, ndmin, trans int) Value {
	items := []Value{key}
	if t, ok := key.(*Tuple); ok {
		items = t.items
	}
	if s, ok := items[0].(Str); ok {
		v := in.toArrayAs(in.call(in.getAttr(s, "split"), []Value{Str(",")}, nil), dtype.Int64)
		nums := in.toPlaces(in.fromArray(v))
		axis = nums[0]
		if len(nums) > 1 {
			ndmin = nums[1]
		}
		if len(nums) > 2 {
			trans = nums[2]
		}
		items = items[1:]
	}
	parts := make([]*nd.Array, len(items))
	for i, v := range items {
		var x *nd.Array
		if s, ok := v.(*Slice); ok {
			x = in.sliceRange(s)
		} else {
			x = in.toArray(v)
			if x.NDim() == 0 {
				x = x.Reshape(1)
			}
		}
		if n := ndmin - x.NDim(); n > 0 {
			old := x.NDim()
			x = x.Reshape(append(onesOf(n), x.Shape()...)...)
			if trans >= 0 && old > 0 {
				// The own axes move to the place that trans names.
				for k := range old {
					x = x.MoveAxis(n+k, trans+k)
				}
			}
		}
		parts[i] = x
	}
	in.chargeAll(parts)
	return in.fromArray(nd.Concatenate(parts, nd.Axis(axis)))
}
