package nd

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

// ArgMax returns the int64 place of the greatest item along the axis given by
// Axis, or in C order without it: the first of equals, the first NaN if there is
// one. Options: Axis (one), KeepDims, Out. It panics with ErrValue ("attempt to
// get argmax of an empty sequence") where there are no items to choose from.
func (a *Array) ArgMax(opts ...Option) *Array { return a.argReduce("argmax", kernel.Argmax, opts) }

// ArgMin returns the place of the least item, as ArgMax does of the greatest.
func (a *Array) ArgMin(opts ...Option) *Array { return a.argReduce("argmin", kernel.Argmin, opts) }

func (a *Array) argReduce(name string, find func(dtype.Kind) kernel.Extreme, opts []Option) *Array {
	if len(opts) == 0 {
		if r := quickArg(name, a, find); r != nil {
			return r
		}
	}
	s := gather(name, optAxis|optKeepDims|optOut, opts)
	a.use(name)
	nd := a.NDim()
	flat := s.axes == nil
	if flat || nd == 0 {
		if nd == 0 && len(s.axes) == 1 && s.axes[0] != 0 && s.axes[0] != -1 {
			normAxis(name, s.axes[0], 0)
		}
		a, s.axes = a.flat(name), axis0
	}
	if len(s.axes) != 1 {
		fail(name, ErrType, "'tuple' object cannot be interpreted as an integer")
	}
	axis := normAxis(name, s.axes[0], a.NDim())
	if a.Dim(axis) == 0 && layoutSizeWithout(a.lay.Shape, axis) > 0 {
		fail(name, ErrValue, "attempt to get %s of an empty sequence", name)
	}
	var f kernel.Extreme
	if a.dtype.IsNumeric() {
		f = find(a.dtype.Kind())
		if a.dtype != a.dtype.Native() || !a.flags.Has(Aligned) {
			a = a.AsType(a.dtype.Native())
		}
	} else {
		f.Place = textSearch(a.dtype, name == "argmax")
	}
	shape := a.Shape()
	r := alloc(name, dtype.Int64, append(shape[:axis:axis], shape[axis+1:]...), C, false)
	to, from := r.operand(), a.operand()
	if a.Size() > 0 {
		work(name, nil, func() error {
			ufunc.Search(to, from, axis, f)
			return nil
		}, a)
	}
	if s.keepDims {
		shape := make([]int, nd)
		for i := range shape {
			shape[i] = 1
			if !flat && i != axis {
				shape[i] = a.lay.Shape[i]
			}
		}
		r = r.reshaped(shape)
	}
	if s.out != nil {
		if shapeText(s.out.lay.Shape) != shapeText(r.lay.Shape) {
			fail(name, ErrValue, "output array does not match result of np.%s.", name)
		}
		if !dtype.CanCast(dtype.Int64, s.out.dtype, dtype.SameKind) {
			fail(name, ErrType, "Cannot cast array data from dtype('int64') to %s according to the rule 'safe'", s.out.dtype.Repr())
		}
		copyInto(name, s.out, r)
		return s.out
	}
	return r
}

func layoutSizeWithout(shape []int, axis int) int {
	n := 1
	for i, d := range shape {
		if i != axis {
			n *= d
		}
	}
	return n
}

// textSearch finds the first greatest or least string.
func textSearch(dt dtype.DType, greatest bool) kernel.Arg {
	if dt.Kind() == dtype.KindVoid {
		fail("argmax", ErrType, "Cannot compare structured or void arrays.")
	}
	return func(p unsafe.Pointer, stride, n int) int {
		best, at := loop.ReadText(p, dt), 0
		for i := 1; i < n; i++ {
			s := loop.ReadText(unsafe.Add(p, i*stride), dt)
			if greatest && s > best || !greatest && s < best {
				best, at = s, i
			}
		}
		return at
	}
}

// CountNonzero returns how many items are not zero, as int64. Options: Axis,
// KeepDims.
func (a *Array) CountNonzero(opts ...Option) *Array {
	if len(opts) == 0 {
		if r := quickCount(a); r != nil {
			return r
		}
	}
	s := gather("count_nonzero", optAxis|optKeepDims, opts)
	s.dtype = dtype.Int64
	a.use("count_nonzero")
	return reduce(kernel.Add, a.AsType(dtype.Bool, CopyIs(false)), &s)
}
