package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// Growing is an array that grows along its first axis, as a Go slice does.
// A row is what one place on that axis holds: an item, or an array of fixed
// shape.
//
// Under the policy buffer.Stay, the zero GrowOptions, growth never moves the
// rows: every View taken earlier stays true. Under Strict growth is refused while
// a view lives, under Detach an old view keeps the old rows and is Stale.
//
// One goroutine may append while any number take views and read them: a view
// shows the rows that were complete when it was taken. A view keeps the memory
// alive by itself. Close gives the memory back at once; without it a cleanup does
// when neither the Growing nor a view is reachable.
//
// A copy made by assignment is the same array. The zero Growing is a closed one.
type Growing struct {
	buf   *buffer.Growable
	dtype dtype.DType // of one item
	row   []int       // shape of one row
	unit  dtype.DType // of one row
}

// NewGrowing returns an array of no rows. row is the shape of one row, none for
// single items; a sub-array dtype counts as rows too. Errors: ErrMemory if no
// address space is left, ErrValue if rows have no bytes or opts are malformed.
// opts.Item is set to the size of a row.
func NewGrowing(dt dtype.DType, opts buffer.GrowOptions, row ...int) (*Growing, error) {
	const op = "growing"
	if !dt.IsValid() {
		return nil, &Error{Op: op, Err: ErrDType, Msg: "invalid dtype"}
	}
	g := &Growing{row: slices.Clone(row)}
	for g.dtype = dt; g.dtype.IsSubArray(); g.dtype = g.dtype.Base() {
		g.row = append(g.row, g.dtype.SubShape()...)
	}
	n, err := layout.CheckedSize(g.row, g.dtype.ItemSize())
	if err != nil {
		return nil, err
	}
	opts.Item = n * g.dtype.ItemSize()
	if opts.Item == 0 {
		return nil, &Error{Op: op, Err: ErrValue, Msg: "itemsize cannot be zero in type"}
	}
	g.unit = g.dtype
	if len(g.row) > 0 {
		if g.unit, err = dtype.SubArray(g.dtype, g.row...); err != nil {
			return nil, err
		}
	}
	if g.buf, err = buffer.NewGrowable(opts); err != nil {
		return nil, err
	}
	return g, nil
}

// DType returns what one item is.
func (g *Growing) DType() dtype.DType { return g.dtype }

// rowSize returns the bytes of a row; 1 for the zero Growing, which has none.
func (g *Growing) rowSize() int { return max(g.unit.ItemSize(), 1) }

// Buffer returns the bytes under the rows.
func (g *Growing) Buffer() *buffer.Growable { return g.buf }

// Len returns the number of finished rows. It takes no lock.
func (g *Growing) Len() int { return g.buf.Len() / g.rowSize() }

// Cap returns the number of rows that fit before the system is asked again.
func (g *Growing) Cap() int { return g.buf.Cap() / g.rowSize() }

// View returns the finished rows as an array of shape (Len, row…), C-ordered and
// writeable. It panics with ErrClosed after Close.
func (g *Growing) View() *Array {
	b, err := g.buf.Export()
	must("View", err)
	shape := append([]int{b.Len() / g.unit.ItemSize()}, g.row...)
	return newArray(b, g.dtype, layout.Layout{Shape: shape, Strides: denseStrides(C, shape, g.dtype.ItemSize())}, Writeable, nil)
}

// Append adds the rows of a, or a as one row if it has a row's shape, cast as an
// assignment casts them. It panics with ErrShape if a has another shape, and
// returns ErrMemory, ErrExported (under buffer.Strict while a view lives) or
// ErrClosed; then nothing was added.
func (g *Growing) Append(a *Array) error {
	const op = "append"
	a.use(op)
	rows := 1
	switch lead := a.NDim() - len(g.row); {
	case lead == 1 && slices.Equal(a.lay.Shape[1:], g.row):
		rows = a.lay.Shape[0]
	case lead == 0 && slices.Equal(a.lay.Shape, g.row):
	default:
		fail(op, ErrShape, "could not append array of shape %s to rows of shape %s", shapeText(a.lay.Shape), shapeText(g.row))
	}
	return g.buf.Extend(rows*g.rowSize(), func(to []byte) error {
		shape := append([]int{rows}, g.row...)
		lay := layout.Layout{Shape: shape, Strides: denseStrides(C, shape, g.dtype.ItemSize())}
		dst := newArray(buffer.FromSlice(to), g.dtype, lay, Writeable, nil)
		return Try(func() { copyInto(op, dst, a) })
	})
}

// AppendItems adds Go values, one a row: numbers, structs for records, arrays
// ([3]float64) for rows of more than one item. They are converted as Append does;
// values that have a row's layout are copied as they are. The errors are
// Append's, and it panics with ErrDType for a Go type that holds pointers.
func (g *Growing) AppendItems[T any](items ...T) error {
	if t, err := dtype.Of[T](); err == nil && len(items) > 0 && holds(g.unit, t) {
		// Invariant of the unsafe use: dtype.Of refuses pointers, and holds says
		// that the items lie in memory as the rows do.
		n := len(items) * int(unsafe.Sizeof(items[0]))
		return g.buf.Append(unsafe.Slice((*byte)(unsafe.Pointer(&items[0])), n))
	}
	return g.Append(Of(items))
}

// AppendBytes adds rows as they lie in b, which must hold a whole number of them
// (ErrFormat). The other errors are Append's.
func (g *Growing) AppendBytes(b []byte) error {
	if len(b)%g.rowSize() != 0 {
		return &Error{Op: "append", Err: ErrFormat, Msg: "buffer size must be a multiple of element size"}
	}
	return g.buf.Append(b)
}

// Truncate keeps the first n rows. The memory stays for later growth; Shrink
// gives it back. ErrExported while a view shows a row that would go (under Strict:
// any view); under Detach such a view keeps its rows and is Stale. ErrValue if n
// is negative or greater than Len.
func (g *Growing) Truncate(n int) error {
	if n < 0 || n > g.Len() {
		return &Error{Op: "truncate", Err: ErrValue, Msg: sprintf("length %d is out of bounds for %d rows", n, g.Len())}
	}
	return g.buf.Truncate(n * g.rowSize())
}

// Shrink gives the memory that Len does not need back to the system.
func (g *Growing) Shrink() error { return g.buf.Shrink() }

// Close ends the array and every view that is not stale, and gives the memory
// back at once.
func (g *Growing) Close() error { return g.buf.Close() }

// Stale tells whether the array shows a block that its Growing has moved away
// from: it keeps the old values, and writes to it no longer reach the Growing.
// It is false for every other array, and always under buffer.Stay.
func (a *Array) Stale() bool { return a.buf.Stale() }
