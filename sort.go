package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/sorting"
)

// Every sort of this package is stable: items that are equal keep their order.
// NaN comes last. Complex numbers are ordered by their real, then their imaginary
// part, those with a NaN imaginary part, a NaN real part, or both after all
// others. Strings are ordered by bytes or code points, records field by field.

// ByFields sorts records by the fields named, in that order, then by the others
// in the order of the dtype (NumPy's order=).
func ByFields(names ...string) Option { return optFields.with(&optMore{text: names}) }

// Stable asks for a stable sort. Every sort is; the option says that the program
// relies on it.
func Stable() Option { return Option{kind: optStable} }

const sortOptions = optAxis | optFields | optStable

// Sort sorts the items along the last axis, or the one given by Axis, in place.
// Options: Axis, ByFields, Stable. It panics with ErrReadOnly ("sort array is
// read-only") and ErrAxis for a 0-d array.
func (a *Array) Sort(opts ...Option) {
	const op = "sort"
	s := gather(op, sortOptions, opts)
	a.refuseReadOnly(op)
	names := a.fieldOrder(op, &s)
	axis := a.sortAxis(op, &s)
	if names == nil && a.sortDown(op, axis) {
		return
	}
	a.workLanes(op, axis, names, func(p unsafe.Pointer, n, lanes int) error {
		return sorting.SortRows(a.sortDType(), p, n, lanes)
	})
}

// sortDown sorts lanes that stand side by side where they are, and reports whether it does.
func (a *Array) sortDown(op string, axis int) bool {
	shape := a.lay.Shape
	if axis == len(shape)-1 || !a.flags.Has(CContiguous|Aligned) || !a.dtype.IsNative() || a.mapped() || a.Size() == 0 {
		return false
	}
	lanes := layout.Size(shape[axis+1:])
	done := true
	work(op, a, func() error {
		for at := 0; at < a.Size() && done; at += lanes * shape[axis] {
			done = sorting.SortDown(a.dtype, unsafe.Add(a.ptr(), at*a.ItemSize()), shape[axis], lanes)
		}
		return nil
	})
	return done
}

// Sorted returns a sorted copy of a (np.sort), in a's memory order. With AllAxes
// the items are sorted as one 1-d array. Options as Array.Sort.
func Sorted(a *Array, opts ...Option) *Array {
	b, opts := a.copyToSort("sort", opts)
	b.Sort(opts...)
	return b
}

// copyToSort copies what Sorted and Partitioned work on: a itself, or its items
// in C order for AllAxes.
func (a *Array) copyToSort(op string, opts []Option) (*Array, []Option) {
	a.use(op)
	if s := gather(op, ^optKind(0), opts); s.has(optAxis) && s.axes == nil {
		return a.Flatten(), append(slices.Clone(opts), Axis(-1))
	}
	return a.Copy(K), opts
}

// ArgSort returns the places, as int64, of the items along the last axis, or the
// one given by Axis, in sorted order: a.TakeAlongAxis(a.ArgSort(), -1) is sorted.
// With AllAxes the places are those of the items in C order. Equal items keep
// their order. Options as Sort.
func (a *Array) ArgSort(opts ...Option) *Array {
	const op = "argsort"
	a.use(op)
	s := gather(op, sortOptions, opts)
	names := a.fieldOrder(op, &s)
	return a.argLanes(op, &s, names, func(p unsafe.Pointer, order []int64, n int) {
		sorting.ArgSortRows(a.sortDType(), p, order, n)
	})
}

// argLanes fills an int64 array of a's shape with the places that sort finds for
// lanes of n items, as many at a time as lie one after another, or that sort by
// fields, if there are names.
func (a *Array) argLanes(op string, s *settings, names []string, sort func(p unsafe.Pointer, order []int64, n int)) *Array {
	if names != nil {
		sort = func(p unsafe.Pointer, order []int64, n int) {
			compare := sorting.CompareBy(a.dtype, names)
			for i := 0; i < len(order); i += n {
				sorting.ArgSortBy(compare, a.ItemSize(), unsafe.Add(p, i*a.ItemSize()), order[i:i+n])
			}
		}
	}
	if s.has(optAxis) && s.axes == nil || a.NDim() == 0 {
		if a = a.flat(op); s.axes == nil {
			s.axes = []int{0}
		}
	}
	axis := a.sortAxis(op, s)
	out := alloc(op, dtype.Int64, a.lay.Shape, C, true)
	if out.Size() == 0 {
		return out
	}
	src := a.lanesAlong(op, axis)
	last, places := out.placesAlong(op, axis)
	work(op, nil, func() error {
		n := src.lay.Shape[src.NDim()-1]
		order := items[int64](places)
		if src.flags.Has(CContiguous) {
			sort(src.ptr(), order, n)
			return nil
		}
		for off := range offsets(src.lay, src.NDim()-1) {
			sort(unsafe.Add(src.buf.Pointer(), off), order[:n], n)
			order = order[n:]
		}
		return nil
	}, src)
	if places != last {
		copyInto(op, last, places)
	}
	return out
}

// placesAlong returns a, whose items are places, with axis as the last, and an array of that
// shape in C order to find them in: the same one if it lies so.
func (a *Array) placesAlong(op string, axis int) (last, places *Array) {
	if last = a.withLast(axis); last.flags.Has(CContiguous) {
		return last, last
	}
	return last, alloc(op, dtype.Int64, last.lay.Shape, C, false)
}

// refuseReadOnly refuses to write to a read-only array as NumPy's sort and
// partition do.
func (a *Array) refuseReadOnly(op string) {
	a.use(op)
	if !a.flags.Has(Writeable) {
		fail(op, ErrReadOnly, "%s array is read-only", op)
	}
}

// sortAxis returns the axis to sort along, the last if none is given.
func (a *Array) sortAxis(op string, s *settings) int {
	axis := -1
	if s.has(optAxis) {
		axis = oneAxis(op, s.axes)
	}
	return normAxis(op, axis, a.NDim())
}

// fieldOrder checks the names given by ByFields; nil if there are none.
func (a *Array) fieldOrder(op string, s *settings) []string {
	o := s.rarely(optFields)
	if o == nil {
		return nil
	}
	if !a.dtype.IsStruct() {
		fail(op, ErrValue, "Cannot specify order when the array has no fields.")
	}
	for i, name := range o.said().text {
		if _, ok := a.dtype.Field(name); !ok {
			fail(op, ErrValue, "unknown field name: %s", name)
		}
		if slices.Contains(o.said().text[:i], name) {
			fail(op, ErrValue, "duplicate field name: %s", name)
		}
	}
	return o.said().text
}

// withLast returns a view of a with axis moved to the end, a itself where it is there.
func (a *Array) withLast(axis int) *Array {
	if axis == a.NDim()-1 {
		return a
	}
	perm := make([]int, 0, a.NDim())
	for k := range a.NDim() {
		if k != axis {
			perm = append(perm, k)
		}
	}
	return a.permuted(append(perm, axis))
}

// sortable tells whether the lanes along the last axis can be worked on where
// they are: dense, and of native, aligned items unless those are records.
func (a *Array) sortable() bool {
	n := a.lay.Shape[a.NDim()-1]
	return (n < 2 || a.lay.Strides[a.NDim()-1] == a.ItemSize()) &&
		(a.flags.Has(Aligned) && a.dtype.IsNative() || a.dtype.Kind() == dtype.KindVoid)
}

// sortDType returns the dtype in which items are compared: native, but records as
// they are, because their sub-arrays compare as bytes.
func (a *Array) sortDType() dtype.DType {
	if a.dtype.Kind() == dtype.KindVoid {
		return a.dtype
	}
	return a.dtype.Native()
}

// lanesAlong returns the items of a with axis as the last, in lanes that are
// dense and native: a view if they lie so, else a copy.
func (a *Array) lanesAlong(op string, axis int) *Array {
	v := a.withLast(axis)
	if v.sortable() {
		return v
	}
	return v.copied(op, a.sortDType(), C)
}

// workLanes calls sort for lanes along axis, of n items side by side and native, as
// many at a time as lie one after another, and leaves in a what it makes of them; or it sorts
// by fields, if there are names. Mapped lanes are worked on in a copy, so that a fault cannot
// leave half of the work behind.
func (a *Array) workLanes(op string, axis int, names []string, sort func(p unsafe.Pointer, n, lanes int) error) {
	if a.Size() == 0 {
		return
	}
	if names != nil {
		sort = func(p unsafe.Pointer, n, lanes int) error {
			compare := sorting.CompareBy(a.dtype, names)
			for i := range lanes {
				sorting.SortBy(compare, a.ItemSize(), unsafe.Add(p, i*n*a.ItemSize()), n)
			}
			return nil
		}
	}
	v := a.withLast(axis)
	src := v
	if !v.sortable() || a.mapped() {
		src = v.copied(op, a.sortDType(), C)
	}
	d := src.NDim() - 1
	n := src.lay.Shape[d]
	work(op, src, func() error {
		if src.flags.Has(CContiguous) {
			return sort(src.ptr(), n, src.Size()/n)
		}
		for off := range offsets(src.lay, d) {
			if err := sort(unsafe.Add(src.buf.Pointer(), off), n, 1); err != nil {
				return err
			}
		}
		return nil
	})
	if src != v {
		copyInto(op, v, src)
	}
}
