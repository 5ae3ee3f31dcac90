package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/operand"
)

// Array is a header over a block of bytes: what one item is (dtype), how many
// there are along each axis (shape), how far apart they lie (strides, bytes),
// where the first one is, and whether they may be written. A view is another
// header over the same block. Apart from the writeable flag a header never
// changes, so that goroutines may share it; of the items, see the package.
//
// Invariants, proved once by newArray:
//
//  1. len(shape) == len(strides) ≤ 64, and no length is negative.
//  2. Every item lies inside the block.
//  3. The contiguity and alignment flags are true of the layout.
//
// The zero Array is not usable.
type Array struct {
	buf   *buffer.Buffer
	dtype dtype.DType
	lay   layout.Layout
	flags Flags
	class class
	weak  dtype.Weak
	base  *Array // the header that was made with the block; nil if this is it
}

// inlineDims is the rank up to which shape and strides lie beside the header, in
// one object of the heap.
const inlineDims = 4

type (
	header1 struct {
		Array
		dims [2 * 1]int
	}
	header2 struct {
		Array
		dims [2 * 2]int
	}
	header4 struct {
		Array
		dims [2 * inlineDims]int
	}
)

// newHeader returns a zero header with room for the shape and strides of n axes.
func newHeader(n int) *Array {
	switch {
	case n <= 1:
		h := new(header1)
		h.axes(n, h.dims[:])
		return &h.Array
	case n == 2:
		h := new(header2)
		h.axes(n, h.dims[:])
		return &h.Array
	case n <= inlineDims:
		h := new(header4)
		h.axes(n, h.dims[:])
		return &h.Array
	}
	a := new(Array)
	a.axes(n, make([]int, 2*n))
	return a
}

// axes lays shape and strides of n axes into the halves of dims.
func (a *Array) axes(n int, dims []int) {
	half := len(dims) / 2
	a.lay.Shape, a.lay.Strides = dims[:n:half], dims[half:half+n]
}

// class is the name under which NumPy prints an array.
type class uint8

const (
	classArray  class = iota // array(…)
	classMemmap              // memmap(…)
)

// newArray is the one checked constructor: every header is made here. It copies
// shape and strides, and panics with an *Error if the layout does not fit the
// block. flags may hold OwnData and Writeable; the rest follows from the layout.
func newArray(buf *buffer.Buffer, dt dtype.DType, lay layout.Layout, flags Flags, base *Array) *Array {
	if len(lay.Shape) != len(lay.Strides) {
		fail("array", ErrValue, "strides, if given, must be the same length as shape")
	}
	if !dt.IsValid() {
		fail("array", ErrDType, "invalid dtype")
	}
	n, err := layout.CheckedSize(lay.Shape, dt.ItemSize())
	must("array", err)
	if n > 0 {
		// Written so that no sum of hostile numbers overflows.
		lo, hi, ok := layout.CheckedSpan(lay.Shape, lay.Strides, dt.ItemSize())
		if !ok || lay.Offset < 0 || lo < -lay.Offset || hi > buf.Len()-lay.Offset {
			fail("array", ErrValue, "shape %s with strides %s at offset %d is out of bounds of a block of %d bytes",
				shapeText(lay.Shape), shapeText(lay.Strides), lay.Offset, buf.Len())
		}
	}
	if buf.ReadOnly() {
		flags &^= Writeable
	}
	a := newHeader(len(lay.Shape))
	a.buf, a.dtype, a.base = buf, dt, base
	a.lay.Offset = lay.Offset
	copy(a.lay.Shape, lay.Shape)
	copy(a.lay.Strides, lay.Strides)
	a.flags = flags&(OwnData|Writeable) | contiguity(a.lay, a.addr(), dt.ItemSize(), dt.Alignment())
	if base != nil {
		a.class = base.class
	} else if buf.Kind() == buffer.Mapped {
		a.class = classOf(buf)
	}
	return a
}

// view makes a header over a's block that inherits the writeable flag. The
// offset in lay counts from the start of the block.
func (a *Array) view(dt dtype.DType, lay layout.Layout) *Array {
	return newArray(a.buf, dt, lay, a.flags&Writeable, a.owner())
}

// owner returns the header that was made with the block.
func (a *Array) owner() *Array {
	if a.base != nil {
		return a.base
	}
	return a
}

// addr returns the address of item [0,…,0], or of where it would be.
func (a *Array) addr() uintptr { return uintptr(a.buf.Pointer()) + uintptr(a.lay.Offset) }

// ptr returns the address of item [0,…,0] for work on the bytes.
//
// Invariant of the unsafe use: if there are items, item [0,…,0] lies inside the
// block (2); if there are none, nobody follows the pointer, and it is the
// block's start, so that it never points past an allocation.
func (a *Array) ptr() unsafe.Pointer {
	if a.Size() == 0 {
		return a.buf.Pointer()
	}
	return unsafe.Add(a.buf.Pointer(), a.lay.Offset)
}

// operand returns what the engine sees of a. The caller keeps a reachable while
// the engine works.
func (a *Array) operand() operand.Operand {
	return operand.Operand{
		Ptr: a.ptr(), DType: a.dtype, Shape: a.lay.Shape, Strides: a.lay.Strides,
		Weak: a.weak, ReadOnly: !a.flags.Has(Writeable),
	}
}

// use panics with an *Error that wraps ErrClosed if the block is gone.
func (a *Array) use(op string) {
	if a.buf.Closed() {
		fail(op, ErrClosed, "the array's buffer is closed")
	}
}

// mutate is use for an operation that writes: it also refuses a read-only
// header, in NumPy's words.
func (a *Array) mutate(op string) {
	a.use(op)
	if !a.flags.Has(Writeable) {
		fail(op, ErrReadOnly, "assignment destination is read-only")
	}
}

// mutateOut is mutate for those whose words call a the output.
func (a *Array) mutateOut(op string) {
	a.use(op)
	if !a.flags.Has(Writeable) {
		fail(op, ErrReadOnly, "%s: output array is read-only", op)
	}
}

// Shape returns the number of items along each axis, in a fresh slice.
func (a *Array) Shape() []int { return slices.Clone(a.lay.Shape) }

// Strides returns the distance in bytes between neighbours along each axis, in
// a fresh slice.
func (a *Array) Strides() []int { return slices.Clone(a.lay.Strides) }

// Dim returns the length of one axis; a negative axis counts from the last.
func (a *Array) Dim(axis int) int {
	return a.lay.Shape[normAxis("Dim", axis, a.NDim())]
}

// NDim returns the number of axes, 0 for a scalar.
func (a *Array) NDim() int { return len(a.lay.Shape) }

// Size returns the number of items.
func (a *Array) Size() int { return layout.Size(a.lay.Shape) }

// Len returns the length of the first axis. It panics for a 0-d array, as
// Python's len does: "len() of unsized object".
func (a *Array) Len() int {
	if len(a.lay.Shape) == 0 {
		fail("Len", ErrType, "len() of unsized object")
	}
	return a.lay.Shape[0]
}

// DType returns what one item is.
func (a *Array) DType() dtype.DType { return a.dtype }

// ItemSize returns the bytes of one item.
func (a *Array) ItemSize() int { return a.dtype.ItemSize() }

// NBytes returns Size times ItemSize. It says nothing about who owns the bytes,
// and for a broadcast view it exceeds the memory there is.
func (a *Array) NBytes() int { return a.Size() * a.dtype.ItemSize() }

// Base returns the header that was made together with the block this view looks
// into, and nil for that header itself. Chains collapse: the base of a view of a
// view is the owner. A nil Base does not prove that nobody shares the memory;
// SharesMemory does.
func (a *Array) Base() *Array { return a.base }

// Buffer returns the block that the array reads.
func (a *Array) Buffer() *buffer.Buffer { return a.buf }

// Offset returns where item [0,…,0] starts in the block, in bytes.
func (a *Array) Offset() int { return a.lay.Offset }

// DataPtr returns the address of item [0,…,0] as a number (NumPy's ctypes.data):
// for a reversed view that is the last item of the block. The number does not
// keep the memory alive.
func (a *Array) DataPtr() uintptr { return a.addr() }
