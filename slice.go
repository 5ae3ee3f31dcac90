package nd

import "github.com/stride-go/nd/internal/layout"

// Slice applies a basic subscript: a[1:3, ::2] is a.Slice(R(1, 3), Step(2)).
// Integers remove their axis, slices keep it (bounds outside are moved to the
// edge, as in Python), NewAxis adds one of length 1 and stride 0, Ellipsis and
// the axes that are not named are kept whole. With an integer for each axis the
// result is 0-d.
//
// It is a view. It panics with an *Error: ErrIndex if an integer is out of
// bounds, if there are more items than axes, two ellipses or an index array;
// ErrValue if a step is zero.
func (a *Array) Slice(index ...Idx) *Array {
	if v := a.quickSlice(index); v != nil {
		return v
	}
	var few [inlineDims]layout.Item
	return a.subscript("index", appendBasic(few[:0], "index", index))
}

// Index applies a basic subscript in NumPy's spelling, "1:3, ::2, ..., None, -1".
// It is a view, and panics as Slice does; a text that is no basic subscript is
// an ErrIndex that shows where.
func (a *Array) Index(text string) *Array {
	items, err := layout.ParseSubscript(text)
	must("index", err)
	return a.subscript("index", items)
}

func (a *Array) subscript(op string, items []layout.Item) *Array {
	a.use(op)
	var room room
	lay, err := layout.AppendView(room.layout(), a.lay, items)
	must(op, err)
	return a.view(a.dtype, lay)
}

// room is where a view puts its layout together; newArray copies it. Up to
// inlineDims axes fit without an allocation.
type room struct{ shape, strides [inlineDims]int }

// layout returns an empty layout with the capacity of r.
func (r *room) layout() layout.Layout {
	return layout.Layout{Shape: r.shape[:0], Strides: r.strides[:0]}
}

// copied returns a layout with the axes of lay, for the caller to change.
func (r *room) copied(lay layout.Layout) layout.Layout {
	return layout.Layout{Shape: append(r.shape[:0], lay.Shape...), Strides: append(r.strides[:0], lay.Strides...), Offset: lay.Offset}
}

// along applies one slice item to one axis, which is in range.
func (a *Array) along(op string, axis int, it Idx) *Array {
	items := make([]layout.Item, axis+1)
	items[axis] = it.item
	return a.subscript(op, items)
}

// BasicIndex reads a subscript in NumPy's spelling as the items that Slice
// takes; text from outside is an error, not a panic.
func BasicIndex(text string) ([]Idx, error) {
	items, err := layout.ParseSubscript(text)
	if err != nil {
		return nil, err
	}
	index := make([]Idx, len(items))
	for k := range items {
		index[k] = Idx{item: items[k]}
	}
	return index, nil
}
