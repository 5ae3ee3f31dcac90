package nd

import (
	"strings"
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
	if len(opts) == 1 && opts[0].kind == optAxis && len(opts[0].said().ints) == 1 {
		if r := quickArgAlong(name, a, find, opts[0].said().ints[0]); r != nil {
			return r
		}
	}
	s := gather(name, optAxis|optKeepDims|optOut, opts)
	a.use(name)
	nd := a.NDim()
	flat, of := s.axes == nil, a
	scattered := a.dtype.IsNumeric() && a.Size() > 0 && !(a.dtype.IsNative() && a.flags.Has(CContiguous|Aligned))
	if flat || nd == 0 {
		if nd == 0 && len(s.axes) == 1 && s.axes[0] != 0 && s.axes[0] != -1 {
			normAxis(name, s.axes[0], 0)
		}
		if scattered {
			return a.foundAt(name, a.searchFlat(name, find(a.dtype.Kind()).Place), flat, 0, &s)
		}
		a, s.axes = a.flat(name), axis0
	}
	axis := normAxis(name, oneAxis(name, s.axes), a.NDim())
	if a.Dim(axis) == 0 {
		fail(name, ErrValue, "attempt to get %s of an empty sequence", strings.TrimPrefix(name, "nan"))
	}
	if scattered && nd == 1 {
		return a.foundAt(name, a.searchFlat(name, find(a.dtype.Kind()).Place), flat, axis, &s)
	}
	var f kernel.Extreme
	var native *Array
	if a.dtype.IsNumeric() {
		f = find(a.dtype.Kind())
		if !a.dtype.IsNative() || !a.flags.Has(Aligned) {
			native = a.AsType(a.dtype.Native())
			a = native
		}
	} else {
		f.Place = textSearch(a.dtype, name == "argmax")
	}
	var room [inlineDims]int
	r := alloc(name, dtype.Int64, append(append(room[:0], a.lay.Shape[:axis]...), a.lay.Shape[axis+1:]...), C, false)
	to, from := r.operand(), a.operand()
	if a.Size() > 0 {
		work(name, nil, func() error {
			ufunc.Search(to, from, axis, f)
			return nil
		}, a)
	}
	return of.foundAt(name, spend(r, native), flat, axis, &s)
}

// searchFlat returns the place that find names among all items in C order, which do not
// lie so, or not as find reads them.
func (a *Array) searchFlat(name string, find kernel.Arg) *Array {
	r := alloc(name, dtype.Int64, nil, C, false)
	to, from := (*int64)(r.ptr()), a.operand()
	work(name, nil, func() error {
		place, err := ufunc.SearchFlat(from, find)
		*to = int64(place)
		return err
	}, a)
	return r
}

// foundAt gives r, the places found among all items of a or along an axis, the shape or
// the output that is asked for.
func (a *Array) foundAt(name string, r *Array, flat bool, axis int, s *settings) *Array {
	if s.keepDims {
		shape := make([]int, a.NDim())
		for i := range shape {
			shape[i] = 1
			if !flat && i != axis {
				shape[i] = a.lay.Shape[i]
			}
		}
		r = r.reshaped(shape)
	}
	if s.out != nil {
		if !sameShape(s.out, r) {
			fail(name, ErrValue, "output array does not match result of np.%s.", strings.TrimPrefix(name, "nan"))
		}
		if !dtype.CanCast(s.out.dtype, dtype.Int64, dtype.Safe) { // NumPy fills a copy that becomes s.out
			fail(name, ErrType, "Cannot cast array data from %s to dtype('int64') according to the rule 'safe'", s.out.dtype.Repr())
		}
	}
	return handed(name, s.out, r)
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
	if a.dtype.IsStruct() && s.axes == nil && !s.keepDims { // else NumPy casts, as no record can be
		a = a.truth("count_nonzero")
	}
	return reduce(kernel.Add, a.AsType(dtype.Bool, CopyIs(false)), &s)
}
