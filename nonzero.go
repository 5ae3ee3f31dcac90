package nd

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// NonZero returns the places of the items that are not zero, one int64 array an
// axis, in C order. It panics with ErrValue for a 0-d array.
func (a *Array) NonZero() []*Array {
	const op = "nonzero"
	d := a.NDim()
	if d == 0 {
		hint := ""
		if a.dtype.Kind() == dtype.KindBool {
			hint = " If the context of this error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`."
		}
		fail(op, ErrValue, "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.%s", hint)
	}
	if d == 1 {
		return []*Array{a.FlatNonZero()}
	}
	room := trueRooms.Get().(*trueRoom)
	defer trueRooms.Put(room)
	places := a.truePlaces(op, room)
	rows := alloc(op, dtype.Int64, []int{len(places), d}, C, false)
	unravelTrue(items[int64](rows), places, a.lay.Shape, d, 1)
	out := make([]*Array, d)
	for k := range out {
		lay := layout.Layout{Shape: rows.lay.Shape[:1], Strides: rows.lay.Strides[:1], Offset: rows.lay.Offset + k*rows.lay.Strides[1]}
		out[k] = rows.view(dtype.Int64, lay)
	}
	return out
}

// ArgWhere returns the places of the items that are not zero as the rows of an
// int64 array of shape (count, ndim), in C order.
func (a *Array) ArgWhere() *Array {
	const op = "argwhere"
	room := trueRooms.Get().(*trueRoom)
	defer trueRooms.Put(room)
	places, d := a.truePlaces(op, room), a.NDim()
	if d < 2 {
		rows := alloc(op, dtype.Int64, []int{len(places), d}, C, false)
		copy(items[int](rows), places[:rows.Size()]) // of a 0-d array none: it has one item and no axes
		return rows
	}
	// NumPy's is a transpose of the index arrays.
	cols := alloc(op, dtype.Int64, []int{d, len(places)}, C, false)
	unravelTrue(items[int64](cols), places, a.lay.Shape, 1, len(places))
	return cols.T()
}

// FlatNonZero returns the places in C order of the items that are not zero.
func (a *Array) FlatNonZero() *Array {
	list := a.trueList("nonzero")
	return list.within(list.dtype, list.lay)
}

// truth returns a as a dense bool array: every item that is not zero is true, a record if a
// field is not, of a sub-array the bytes.
func (a *Array) truth(op string) *Array {
	a.use(op)
	if a.dtype == dtype.Bool && a.flags.Has(CContiguous) {
		return a
	}
	if !a.dtype.IsStruct() {
		return a.copied(op, dtype.Bool, C)
	}
	r := Zeros(dtype.Bool, a.lay.Shape...)
	for i := range a.dtype.NumField() {
		f, lay := a.dtype.FieldAt(i), a.lay
		if lay.Offset += f.Offset; f.DType.IsSubArray() {
			f.DType = dtype.Void(f.DType.ItemSize())
		}
		if f.DType.ItemSize() > 0 {
			r.LogicalOr(a.view(f.DType, lay).truth(op), Out(r))
		}
	}
	return r
}

// trueList returns the places of the items that are not zero, counted in C order, as a 1-d
// array.
func (a *Array) trueList(op string) *Array {
	room := trueRooms.Get().(*trueRoom)
	defer trueRooms.Put(room)
	places, few := a.fewPlaces(op, room)
	if !few {
		return a.truePlacesFlat(op)
	}
	list := alloc(op, dtype.Int64, []int{len(places)}, C, false)
	copy(items[int](list), places)
	return list
}

// truePlaces is trueList without an array: where there are few they lie in room.
func (a *Array) truePlaces(op string, room *trueRoom) []int {
	if places, few := a.fewPlaces(op, room); few {
		return places
	}
	return items[int](a.truePlacesFlat(op))
}

// truePlacesFlat is the long way of trueList.
func (a *Array) truePlacesFlat(op string) *Array {
	a = a.truth(op)
	m := indexing.NewMask(a.bits(op))
	flat := allocLate(op, dtype.Int64, []int{m.Count()})
	err := m.Places(items[int](flat))
	a.done(op)
	must(op, err)
	return flat
}

// fewTrue is the number of items up to which their truth is found in a trueRoom.
const fewTrue = 512

// trueRoom is where the truth of a few items is kept, so that it does not change between
// two passes, and the places of those that are true.
type trueRoom struct {
	bits   [fewTrue]byte
	places [fewTrue]int
}

var trueRooms = sync.Pool{New: func() any { return new(trueRoom) }}

// fewPlaces lists the places of a few numbers that are not zero, which lie dense or on one
// axis, in memory that cannot fault; ok is false for any others.
func (a *Array) fewPlaces(op string, room *trueRoom) (places []int, ok bool) {
	n, ok := a.fewBits(op, room)
	if !ok {
		return nil, false
	}
	count := kernel.Nonzero(dtype.KindBool)(room.places[:], unsafe.Pointer(&room.bits), 1, n, 0)
	return room.places[:count], true
}

// fewBits writes the truth of as few numbers to room and returns how many they are.
func (a *Array) fewBits(op string, room *trueRoom) (n int, ok bool) {
	n = a.Size()
	if n > fewTrue || !a.dtype.IsNumeric() || !a.buf.Plain() || len(a.lay.Shape) != 1 && !a.flags.Has(CContiguous) {
		return n, false
	}
	if n == 0 {
		return 0, true
	}
	step := a.ItemSize()
	if !a.flags.Has(CContiguous) {
		step = a.lay.Strides[0]
	}
	if a.dtype == dtype.Bool && step == 1 {
		copy(room.bits[:n], unsafe.Slice((*byte)(a.ptr()), n))
		a.done(op)
		return n, true
	}
	s := loop.Borrow()
	m, err := s.NewMover(dtype.Bool, a.dtype)
	if err == nil {
		err = m.Move(unsafe.Pointer(&room.bits), 1, a.ptr(), step, n, s, 0)
	}
	s.Return()
	must(op, err)
	a.done(op)
	return n, true
}

// trueIndices returns, for each axis of a bool array, the places of the true
// items in C order.
func (a *Array) trueIndices(op string) []*Array {
	d := a.NDim()
	if d == 1 {
		return []*Array{a.trueList(op)}
	}
	room := trueRooms.Get().(*trueRoom)
	defer trueRooms.Put(room)
	places := a.truePlaces(op, room)
	cols := alloc(op, dtype.Int64, []int{d, len(places)}, C, false)
	unravelTrue(items[int64](cols), places, a.lay.Shape, 1, len(places))
	out := make([]*Array, d)
	for k := range out {
		out[k] = cols.row(k)
	}
	return out
}

// unravelTrue writes the places on the axes of shape of ascending flat ones: that of place
// i on axis k to out[i*step+k*next].
func unravelTrue(out []int64, places []int, shape []int, step, next int) {
	if len(shape) == 0 {
		return
	}
	// row is where the present row of the last axis begins.
	last := len(shape) - 1
	row, width := 0, shape[last]
	var at [layout.MaxDims]int64
	for i, p := range places {
		for p-row >= width {
			row += width
			for k := last - 1; k >= 0; k-- {
				if at[k]++; at[k] < int64(shape[k]) {
					break
				}
				at[k] = 0
			}
		}
		at[last] = int64(p - row)
		for k := range shape {
			out[i*step+k*next] = at[k]
		}
	}
}
