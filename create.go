package nd

import (
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// Ones returns a C-ordered array of ones.
func Ones(dt dtype.DType, shape ...int) *Array {
	a := alloc("ones", dt, shape, C, !dt.IsNumeric())
	assign("ones", a, 1)
	return a
}

// Full returns a C-ordered array whose items are x converted to dt. A number
// that does not fit dt, a float without its fraction, panics with ErrOverflow, as in NumPy 2.
func Full[T Operand](dt dtype.DType, x T, shape ...int) *Array {
	a := alloc("full", dt, shape, C, !dt.IsNumeric())
	assign("full", a, x)
	return a
}

// EmptyLike returns an array of a's dtype, shape and memory order (K) whose
// items must be written before they are read. DType and OrderIs override.
func EmptyLike(a *Array, opts ...Option) *Array { return like("empty_like", a, false, opts) }

// ZerosLike returns zeros with a's dtype, shape and memory order (K). DType and
// OrderIs override.
func ZerosLike(a *Array, opts ...Option) *Array { return like("zeros_like", a, true, opts) }

// OnesLike returns ones with a's dtype, shape and memory order (K). DType and
// OrderIs override.
func OnesLike(a *Array, opts ...Option) *Array {
	b := like("ones_like", a, false, opts)
	assign("ones_like", b, 1)
	return b
}

// FullLike returns an array of items x with a's dtype, shape and memory order
// (K). DType and OrderIs override.
func FullLike[T Operand](a *Array, x T, opts ...Option) *Array {
	b := like("full_like", a, false, opts)
	assign("full_like", b, x)
	return b
}

func like(op string, a *Array, zero bool, opts []Option) *Array {
	s := gather(op, optDType|optOrder, opts)
	dt := a.dtype
	if s.has(optDType) {
		dt = s.dtype
	}
	return allocLike(op, dt, a, s.order, zero || !dt.IsNumeric())
}

// FromBuffer returns a 1-d view of the bytes of buf read as items of dt, from
// offset (bytes) on: count items, or with count -1 all that follow. The view is
// writeable unless the block is read-only. Unlike other creation functions it
// returns its errors, because foreign bytes are facts of the world: ErrFormat where
// dt, count and offset do not fit the bytes, ErrValue for a dt of no bytes, ErrClosed.
func FromBuffer(buf *buffer.Buffer, dt dtype.DType, count, offset int) (a *Array, err error) {
	if err := usable("frombuffer", buf); err != nil {
		return nil, err
	}
	item, n := dt.ItemSize(), buf.Len()
	switch {
	case item == 0:
		return nil, &Error{Op: "frombuffer", Err: ErrValue, Msg: "itemsize cannot be zero in type"}
	case offset < 0 || offset > n:
		return nil, frombufferError("offset must be non-negative and no greater than buffer length (%d)", n)
	case count < 0 && (n-offset)%item != 0:
		return nil, frombufferError("buffer size must be a multiple of element size")
	case count < 0:
		count = (n - offset) / item
	case count > (n-offset)/item:
		return nil, frombufferError("buffer is smaller than requested size")
	}
	err = Try(func() {
		shape, base := []int{count}, dt
		if dt.IsSubArray() {
			shape, base = append(shape, dt.SubShape()...), dt.Base()
		}
		lay := layout.Layout{Shape: shape, Strides: denseStrides(C, shape, base.ItemSize()), Offset: offset}
		a = newArray(buf, base, lay, Writeable, nil)
	})
	return a, err
}

// usable tells whether arrays can be made over buf.
func usable(op string, buf *buffer.Buffer) error {
	switch {
	case buf == nil:
		return &Error{Op: op, Err: ErrValue, Msg: "the buffer is nil"}
	case buf.Copied():
		return &Error{Op: op, Err: ErrValue, Msg: "the buffer is a copy of another Buffer, whose block it does not keep"}
	}
	return buf.Err()
}

func frombufferError(format string, args ...any) error {
	return &Error{Op: "frombuffer", Err: ErrFormat, Msg: sprintf(format, args...)}
}

// FromBytes is FromBuffer over a Go byte slice: a view, writes go both ways.
func FromBytes(b []byte, dt dtype.DType) (*Array, error) {
	return FromBuffer(buffer.FromSlice(b), dt, -1, 0)
}

// FromString is FromBuffer over the bytes of a Go string: a read-only view.
func FromString(s string, dt dtype.DType) (*Array, error) {
	return FromBuffer(buffer.FromString(s), dt, -1, 0)
}

// Over returns an array of the given dtype, shape and strides (bytes; nil for C
// order) whose item [0,…,0] lies offset bytes into the block (NumPy's
// np.ndarray(shape, dtype, buffer, offset, strides)). It is a view, and it is
// checked: a layout that leaves the block, or a negative offset, is refused with
// an error that wraps ErrValue.
func Over(buf *buffer.Buffer, dt dtype.DType, shape, strides []int, offset int) (a *Array, err error) {
	if err := usable("ndarray", buf); err != nil {
		return nil, err
	}
	err = Try(func() {
		if offset < 0 {
			fail("ndarray", ErrValue, "offset %d is negative", offset)
		}
		_, err := layout.CheckedSize(shape, dt.ItemSize())
		must("ndarray", err)
		if strides == nil {
			strides = denseStrides(C, shape, dt.ItemSize())
		}
		a = newArray(buf, dt, layout.Layout{Shape: shape, Strides: strides, Offset: offset}, Writeable, nil)
	})
	return a, err
}

// OverArray is Over on the block of another array: the result's base is a's
// owner, offset counts from a's item [0,…,0], and the result is writeable if a
// is.
func OverArray(a *Array, dt dtype.DType, shape, strides []int, offset int) (v *Array, err error) {
	err = Try(func() {
		a.use("ndarray")
		_, err := layout.CheckedSize(shape, dt.ItemSize())
		must("ndarray", err)
		if strides == nil {
			strides = denseStrides(C, shape, dt.ItemSize())
		}
		v = a.view(dt, layout.Layout{Shape: shape, Strides: strides, Offset: a.lay.Offset + offset})
	})
	return v, err
}
