package nd

import (
	"runtime"
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// Pick returns a[index…] for any mixture of integers, slices, Ellipsis, NewAxis,
// integer arrays and bool arrays. The result is a copy.
//
// Index arrays broadcast together and give the result their axes: in place of
// the first of them if all stand side by side in the subscript (an integer counts
// as one of them), otherwise in front. A bool array of k axes stands for k index
// arrays, the places of its true items, and must have the lengths of the axes it
// covers. It panics with ErrIndex when an index is out of bounds.
func (a *Array) Pick(index ...Idx) *Array {
	a.use("index")
	if r := a.quickPick(index); r != nil {
		return r
	}
	if !slices.ContainsFunc(index, Idx.IsAdvanced) {
		return a.Slice(index...).copied("index", a.dtype, K)
	}
	s := selections.Get().(*selection)
	defer s.release()
	a.selectItems("index", s, index)
	a.locate("index", s)
	runs, order := s.runs()
	dense, out := s.result("index", a.dtype, order)
	if len(s.places) > 0 && runs.Count > 0 && a.ItemSize() > 0 {
		work("index", nil, func() error {
			indexing.Gather(dense.ptr(), a.buf.Pointer(), a.ItemSize(), s.places, runs)
			return nil
		}, a)
		runtime.KeepAlive(s.kept)
	}
	return out
}

// withArray makes a subscript an advanced one.
func withArray(index []Idx) []Idx {
	for k := range index {
		if index[k].arr != nil {
			return index
		}
	}
	return append(slices.Clone(index), By(Scalar(true)))
}

// SetPick assigns v, broadcast and cast to a's dtype, to a[index…] for any
// mixture of index items. All indices are checked before anything is written.
// Where a place is selected twice, the later value in C order stays. v may share
// memory with a: it is read before a is written.
func (a *Array) SetPick[T Operand](v T, index ...Idx) {
	a.mutate("index")
	if quickSetNumber(a, v, index) {
		return
	}
	val := asArray(v)
	if a.quickSetPick(val, index) {
		return
	}
	s := selections.Get().(*selection)
	defer s.release()
	a.selectItems("index", s, index)
	a.scatterAt(val, s, index)
}

// scatterAt assigns val to the selected items.
func (a *Array) scatterAt(val *Array, s *selection, index []Idx) {
	const op = "index"
	shape := s.shape()
	runs, order := s.runs()
	if val.NDim() > 1 && a.wholeMask(index) {
		a.refuseValue(val, shape, index)
	}
	given := val
	lead := val.NDim() - len(shape)
	for lead > 0 && val.lay.Shape[0] == 1 { // extra leading axes of length 1 do not count
		val = val.view(val.dtype, layout.Layout{Shape: val.lay.Shape[1:], Strides: val.lay.Strides[1:], Offset: val.lay.Offset})
		lead--
	}
	if lead > 0 || !loop.BroadcastsTo(val.lay.Shape, shape) {
		a.refuseValue(given, shape, index)
	}
	a.locate(op, s)
	var dense *Array
	if val.Size() == 1 { // one run of it serves all
		dense = val.reshaped0().copiedTo(op, a.dtype, []int{max(runs.Count, 1)})
	} else if s.at == 0 && slices.IsSorted(order) && val.plain() && val.dtype == a.dtype && slices.Equal(val.lay.Shape, shape) && !val.meets(a) {
		dense = val
	} else {
		var view *Array
		dense, view = s.result(op, a.dtype, order)
		if view.flags&Writeable == 0 {
			view.flags |= Writeable
		}
		copyInto(op, view, val)
	}
	if len(s.places) == 0 || runs.Count == 0 || a.ItemSize() == 0 {
		return
	}
	work(op, a, func() error {
		indexing.Scatter(a.buf.Pointer(), dense.ptr(), a.ItemSize(), val.Size() == 1, s.places, runs)
		return nil
	}, dense)
	runtime.KeepAlive(s.kept)
}

// reshaped0 returns the only item as a 0-d view.
func (a *Array) reshaped0() *Array {
	v := a.view(a.dtype, layout.Layout{Offset: a.lay.Offset})
	v.weak = a.weak
	return v
}

// wholeMask tells whether the subscript is one mask over all axes.
func (a *Array) wholeMask(index []Idx) bool {
	return len(index) == 1 && index[0].arr != nil && index[0].arr.dtype == dtype.Bool && index[0].arr.NDim() == a.NDim() && a.NDim() > 0
}

// refuseValue reports a value whose shape does not fit the selected items.
func (a *Array) refuseValue(val *Array, shape []int, index []Idx) {
	if a.wholeMask(index) {
		if val.NDim() > 1 {
			fail("index", ErrType, "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has %d dimensions", val.NDim())
		}
		fail("index", ErrValue, "NumPy boolean array indexing assignment cannot assign %d input values to the %d output values where the mask is true", val.Size(), layout.Size(shape))
	}
	fail("index", ErrValue, "shape mismatch: value array of shape %s could not be broadcast to indexing result of shape %s",
		layout.ShapeString(val.lay.Shape), layout.ShapeString(shape))
}

// Subscript is a[index…] as NumPy answers it: a view if the items are basic, a
// copy if one of them is an array.
func (a *Array) Subscript(index ...Idx) *Array {
	if slices.ContainsFunc(index, Idx.IsAdvanced) {
		return a.Pick(index...)
	}
	return a.Slice(index...)
}

// SetSubscript is a[index…] = v: v is broadcast, and cast to a's dtype whatever
// that loses.
func (a *Array) SetSubscript[T Operand](v T, index ...Idx) {
	if slices.ContainsFunc(index, Idx.IsAdvanced) {
		a.SetPick(v, index...)
		return
	}
	a.mutate("index")
	assign("index", a.Slice(index...), v)
}
