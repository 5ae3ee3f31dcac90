package nd

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/sorting"
)

// Side says where, among equal items, SearchSorted puts another one.
type Side uint8

// The sides.
const (
	Left  Side = iota // before all of them
	Right             // behind all of them
)

// SideIs sets the side; the default is Left.
func SideIs(side Side) Option { return Option{kind: optSide, num: float64(side)} }

// Sorter says that a's items are sorted when taken in the order of these places,
// as ArgSort returns them.
func Sorter(places *Array) Option { return Option{kind: optSorter, arr: places} }

// SearchSorted returns, as int64, for every item of v the place in a, which is
// 1-d and sorted, where it may be inserted so that a stays sorted. NaN stands
// last. Both are compared in their common dtype; a Go number counts as an array
// of int64, float64 or complex128. The result has v's shape. Options: SideIs,
// Sorter. It panics with ErrValue if a is not 1-d, or if the search meets a place
// of the sorter that is outside a.
func (a *Array) SearchSorted[T Operand](v T, opts ...Option) *Array {
	const op = "searchsorted"
	s := gather(op, optSide|optSorter, opts)
	right := false
	if o := s.rarely(optSide); o != nil {
		if Side(o.num) > Right {
			fail(op, ErrValue, "side must be one of 'left' or 'right' (got Side(%d))", Side(o.num))
		}
		right = Side(o.num) == Right
	}
	var sorter *Array
	if o := s.rarely(optSorter); o != nil {
		sorter = o.array(op)
	}
	return a.searchSorted(op, asArray(v), right, sorter)
}

func (a *Array) searchSorted(op string, v *Array, right bool, sorter *Array) *Array {
	a.use(op)
	v.use(op)
	dt := a.dtype
	if v.dtype != dt {
		var err error
		dt, err = dtype.Promote(a.dtype, v.dtype)
		must(op, err)
	}
	if dt.Kind() != dtype.KindVoid {
		dt = dt.Native()
	}
	switch {
	case a.NDim() > 1:
		fail(op, ErrValue, "object too deep for desired array")
	case a.NDim() == 0:
		fail(op, ErrValue, "object of too small depth for desired array")
	}
	var order []int64
	if sorter != nil {
		order = sorter.sorterOf(op, a.Size())
	}
	hay, needles := a.searchable(op, dt), v.searchable(op, dt)
	out := alloc(op, dtype.Int64, v.lay.Shape, C, false)
	work(op, nil, func() error {
		if !sorting.Search(dt, hay.ptr(), hay.Size(), order, needles.ptr(), items[int64](out), right) {
			return nderr.New(op, ErrValue, "Sorter index out of range.")
		}
		return nil
	}, hay, needles, sorter)
	return out
}

// searchable returns a as dense, aligned items of dtype dt: itself if it is.
func (a *Array) searchable(op string, dt dtype.DType) *Array {
	if a.dtype == dt && a.flags.Has(CContiguous|Aligned) {
		return a
	}
	return a.copied(op, dt, C)
}

// inMemory is searchable for items that are read here and not by the engine:
// mapped ones, which may fault, are copied.
func (a *Array) inMemory(op string, dt dtype.DType) *Array {
	if a.mapped() {
		return a.copied(op, dt, C)
	}
	return a.searchable(op, dt)
}

// sorterOf checks the places given as a sorter of n items.
func (a *Array) sorterOf(op string, n int) []int64 {
	a.use(op)
	switch {
	case !a.dtype.IsInteger():
		fail(op, ErrType, "sorter must only contain integers")
	case a.NDim() != 1 || a.dtype.Kind() == dtype.KindUint64:
		fail(op, ErrType, "could not parse sorter argument")
	case a.Size() != n:
		fail(op, ErrValue, "sorter.size must equal a.size")
	}
	return items[int64](a.inMemory(op, dtype.Int64))
}
