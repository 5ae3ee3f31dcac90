package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/parallel"
)

// commonDType returns the dtype to which the arrays promote.
func commonDType(op string, arrays []*Array) dtype.DType {
	weak := dtype.NotWeak
	var few [8]dtype.DType
	dts := few[:0]
	for _, a := range arrays {
		if a.weak != dtype.NotWeak {
			weak = max(weak, a.weak)
		} else {
			dts = append(dts, a.dtype)
		}
	}
	dt, err := dtype.ResultType(weak, dts...)
	must(op, err)
	return dt
}

// Concatenate joins arrays along an existing axis: 0, or the one that Axis
// names. The other axes must agree. The result is fresh, its dtype the common
// one or that of DType, its memory order as near to the operands' as can be. Out
// takes the result instead; Casting limits the conversion (same_kind).
func Concatenate(arrays []*Array, opts ...Option) *Array {
	s := gather("concatenate", optAxis|optOut|optDType|optCasting, opts)
	axis := 0
	if s.has(optAxis) {
		axis = oneAxis("concatenate", s.axes)
	}
	return s.concatenate(arrays, axis)
}

// concatenate is Concatenate with the options gathered, along an axis that they need not
// name.
func (s *settings) concatenate(arrays []*Array, axis int) *Array {
	const op = "concatenate"
	if len(arrays) == 0 {
		fail(op, ErrValue, "need at least one array to concatenate")
	}
	d := arrays[0].NDim()
	for _, a := range arrays {
		a.use(op)
		if a.NDim() == 0 {
			fail(op, ErrValue, "zero-dimensional arrays cannot be concatenated")
		}
	}
	axis = normAxis(op, axis, d)
	var room [2 * inlineDims]int
	shape := append(room[:0], arrays[0].lay.Shape...)
	for i, a := range arrays[1:] {
		if a.NDim() != d {
			fail(op, ErrValue, "all the input arrays must have same number of dimensions, but the array at index 0 has %d dimension(s) and the array at index %d has %d dimension(s)", d, i+1, a.NDim())
		}
		for k, n := range a.lay.Shape {
			if k != axis && n != shape[k] {
				fail(op, ErrValue, "all the input array dimensions except for the concatenation axis must match exactly, but along dimension %d, the array at index 0 has size %d and the array at index %d has size %d", k, shape[k], i+1, n)
			}
		}
		shape[axis] += a.lay.Shape[axis]
	}
	if s.given&^optAxis == 0 {
		if r := joinFew(op, arrays, shape, axis); r != nil {
			return r
		}
	}
	out := s.joined(op, arrays, shape)
	if s.out != nil {
		arrays = out.unharmed(op, arrays, axis)
	}
	if s.out == nil && out.joinRows(op, arrays, axis) {
		return out
	}
	at := 0
	for _, a := range arrays {
		n := a.lay.Shape[axis]
		switch part := out.between(axis, at, at+n); {
		case a.Size() == 0:
		case s.out == nil:
			copyFresh(op, part, a)
		default:
			copyInto(op, part, a)
		}
		at += n
	}
	return out
}

// unharmed returns arrays with a copy in place of each that meets what a, which takes them
// along axis, has been given before its turn.
func (a *Array) unharmed(op string, arrays []*Array, axis int) []*Array {
	a.use(op)
	shared := true
	at := 0
	for i, b := range arrays {
		if at > 0 && b.meets(a.between(axis, 0, at)) {
			if shared {
				arrays, shared = slices.Clone(arrays), false
			}
			arrays[i] = b.copied(op, b.dtype, K)
		}
		at += b.lay.Shape[axis]
	}
	return arrays
}

// joinMost is the number of bytes up to which joinFew joins arrays.
const joinMost = 16 << 10

// joinFew joins few numbers of one dtype that lie in C order in every array, which gives a
// part of each row of the result: what comes on the axis and behind it. It returns nil
// where the way is longer.
func joinFew(op string, arrays []*Array, shape []int, axis int) *Array {
	dt := arrays[0].dtype
	n, size := layout.Size(shape), dt.ItemSize()
	if n == 0 || n > joinMost || n*size > joinMost || !dt.IsNumeric() || !dt.IsNative() {
		return nil
	}
	for _, a := range arrays {
		if a.dtype != dt || !a.plain() || a.Size() == 0 {
			return nil
		}
	}
	out := dense(dt, shape, n, buffer.Soon)
	if out == nil {
		return nil
	}
	rows := layout.Size(shape[:axis])
	at, row := 0, n*size/rows
	for _, a := range arrays {
		part := a.NBytes() / rows
		kernel.Copy(unsafe.Add(out.ptr(), at), row, a.ptr(), part, part, rows)
		at += part
		a.done(op)
	}
	return out
}

// joinRows joins arrays whose items follow on one another along the axis and those behind
// it: the fresh array, in C order, is put together row by row, from first to last. It
// reports false, and does nothing, where the rows are short, or other.
func (out *Array) joinRows(op string, arrays []*Array, axis int) bool {
	rows, size := layout.Size(out.lay.Shape[:axis]), out.NBytes()
	if !out.flags.Has(CContiguous) || !out.dtype.IsNumeric() || size == 0 || rows == 1 && parallel.Split(size, parallel.LeastBytes) > 1 {
		return false
	}
	for _, a := range arrays {
		if a.dtype != out.dtype || !a.flags.Has(CContiguous) || a.NBytes() < leastPiece*rows {
			return false
		}
	}
	row := size / rows
	work(op, nil, func() error {
		parallel.For(rows, max(1, parallel.LeastBytes/row), func(lo, hi int) {
			r, k := lo, 0
			kernel.Assemble(unsafe.Add(out.ptr(), lo*row), (hi-lo)*row, out.buf.Cold(), func(int) (unsafe.Pointer, int) {
				a := arrays[k]
				n := a.NBytes() / rows
				p := unsafe.Add(a.ptr(), r*n)
				if k++; k == len(arrays) {
					r, k = r+1, 0
				}
				return p, n
			})
		})
		return nil
	}, arrays...)
	return true
}

// leastPiece is the length in bytes of what an array gives to a row from which joinRows
// pays.
const leastPiece = 128

// joined returns the array that takes the joined items: Out, or a fresh one.
func (s *settings) joined(op string, arrays []*Array, shape []int) *Array {
	dt := s.dtype
	switch {
	case s.out != nil && s.has(optDType):
		fail(op, ErrType, "concatenate() only takes `out` or `dtype` as an argument, but both were provided.")
	case s.out != nil:
		if len(s.out.lay.Shape) != len(shape) {
			fail(op, ErrValue, "Output array has wrong dimensionality")
		}
		if !slices.Equal(s.out.lay.Shape, shape) {
			fail(op, ErrValue, "Output array is the wrong shape")
		}
		dt = s.out.dtype
	case !s.has(optDType):
		dt = commonDType(op, arrays)
	}
	if s.has(optDType) || s.has(optOut) || s.has(optCasting) {
		for _, a := range arrays {
			if !dtype.CanCast(a.dtype, dt, s.casting) {
				fail(op, ErrType, "Cannot cast array data from %s to %s according to the rule '%s'", a.dtype.Repr(), dt.Repr(), s.casting)
			}
		}
	}
	if s.out != nil {
		return s.out
	}
	n, err := layout.CheckedSize(shape, dt.ItemSize())
	must(op, err)
	if len(shape) == 1 && n > 0 && dt.IsNumeric() {
		return alloc(op, dt, shape, C, false)
	}
	var few [8][]int
	shapes, strides := few[:0:4], few[4:4]
	for _, a := range arrays {
		shapes, strides = append(shapes, a.lay.Shape), append(strides, a.lay.Strides)
	}
	perm := layout.JoinOrder(shapes, strides)
	return allocStrides(op, dt, shape, layout.PermStrides(shape, perm, dt.ItemSize()), n, !dt.IsNumeric())
}

// ConcatenateFlat joins the items of arrays of any shapes, each in C order, into
// a 1-d array (NumPy's axis=None). Options as for Concatenate, but no Axis.
func ConcatenateFlat(arrays []*Array, opts ...Option) *Array {
	const op = "concatenate"
	s := gather(op, optOut|optDType|optCasting, opts)
	flat := make([]*Array, len(arrays))
	for i, a := range arrays {
		flat[i] = a.flat(op)
	}
	return s.concatenate(flat, 0)
}

// Append joins values to a along axis; see ConcatenateFlat for flat items. The
// result is a copy.
func Append(a, values *Array, axis int) *Array {
	s := gather("concatenate", 0, nil)
	return s.concatenate([]*Array{a, values}, axis)
}

// Stack joins arrays of one shape along a new axis: 0, or the one that Axis
// names in the result. Options as for Concatenate.
func Stack(arrays []*Array, opts ...Option) *Array {
	const op = "stack"
	if len(arrays) == 0 {
		fail(op, ErrValue, "need at least one array to stack")
	}
	axis := 0
	for _, o := range opts {
		if o.kind == optAxis {
			axis = oneAxis(op, o.said().ints)
		}
	}
	for _, a := range arrays {
		if !slices.Equal(a.lay.Shape, arrays[0].lay.Shape) {
			fail(op, ErrValue, "all input arrays must have the same shape")
		}
	}
	axis = normAxis(op, axis, arrays[0].NDim()+1)
	if len(opts) == 0 || len(opts) == 1 && opts[0].kind == optAxis {
		if r := stackFew(op, arrays, axis); r != nil {
			return r
		}
	}
	wide := make([]*Array, len(arrays))
	for i, a := range arrays {
		wide[i] = a.insertAxis(axis)
	}
	rest := slices.DeleteFunc(slices.Clone(opts), func(o Option) bool { return o.kind == optAxis })
	return Concatenate(wide, append(rest, Axis(axis))...)
}

// stackFew is Stack of arrays of one shape for which joinFew will do; else nil.
func stackFew(op string, arrays []*Array, axis int) *Array {
	var room [2 * inlineDims]int
	shape := append(room[:0], arrays[0].lay.Shape[:axis]...)
	shape = append(append(shape, len(arrays)), arrays[0].lay.Shape[axis:]...)
	return joinFew(op, arrays, shape, axis)
}

// lines tells whether all arrays have one axis, of one length.
func lines(arrays []*Array) bool {
	for _, a := range arrays {
		if a.NDim() != 1 || a.lay.Shape[0] != arrays[0].lay.Shape[0] {
			return false
		}
	}
	return len(arrays) > 0
}

// oneAxis returns the one axis that an option names.
func oneAxis(op string, axes []int) int {
	switch {
	case axes == nil: // AllAxes
		fail(op, ErrType, "'NoneType' object cannot be interpreted as an integer")
	case len(axes) != 1:
		fail(op, ErrType, "'tuple' object cannot be interpreted as an integer")
	}
	return axes[0]
}

// insertAxis returns a view with a new axis of length 1.
func (a *Array) insertAxis(axis int) *Array {
	return a.view(a.dtype, layout.Layout{
		Shape:   slices.Insert(slices.Clone(a.lay.Shape), axis, 1),
		Strides: slices.Insert(slices.Clone(a.lay.Strides), axis, 0),
		Offset:  a.lay.Offset,
	})
}

// atLeastAll gives each array at least d axes.
func atLeastAll(arrays []*Array, d int) []*Array {
	out := make([]*Array, len(arrays))
	for i, a := range arrays {
		switch d {
		case 1:
			out[i] = a.AtLeast1D()
		case 2:
			out[i] = a.AtLeast2D()
		default:
			out[i] = a.AtLeast3D()
		}
	}
	return out
}

// VStack joins arrays along the first axis, 1-d arrays as rows. Its options and those of
// its like are Concatenate's but Axis.
func VStack(arrays []*Array, opts ...Option) *Array {
	if len(opts) == 0 && lines(arrays) {
		if r := stackFew("concatenate", arrays, 0); r != nil {
			return r
		}
	}
	s := gather("vstack", optOut|optDType|optCasting, opts)
	return s.concatenate(atLeastAll(arrays, 2), 0)
}

// HStack joins arrays along the second axis, 1-d arrays along their only one.
func HStack(arrays []*Array, opts ...Option) *Array {
	for _, a := range arrays {
		if a.NDim() == 0 {
			arrays = atLeastAll(arrays, 1)
			break
		}
	}
	axis := 1
	if len(arrays) > 0 && arrays[0].NDim() == 1 {
		axis = 0
	}
	s := gather("hstack", optOut|optDType|optCasting, opts)
	return s.concatenate(arrays, axis)
}

// DStack joins arrays along the third axis: 1-d arrays of n items as (1, n, 1),
// 2-d ones as (m, n, 1).
func DStack(arrays []*Array, opts ...Option) *Array {
	s := gather("dstack", optOut|optDType|optCasting, opts)
	return s.concatenate(atLeastAll(arrays, 3), 2)
}

// ColumnStack joins 1-d arrays as columns, and 2-d arrays side by side.
func ColumnStack(arrays []*Array) *Array {
	if lines(arrays) {
		if r := stackFew("concatenate", arrays, 1); r != nil {
			return r
		}
	}
	wide := make([]*Array, len(arrays))
	for i, a := range arrays {
		if a.NDim() < 2 {
			a = a.AtLeast1D().insertAxis(1)
		}
		wide[i] = a
	}
	return Concatenate(wide, Axis(1))
}

// RowStack is VStack.
func RowStack(arrays []*Array, opts ...Option) *Array { return VStack(arrays, opts...) }
