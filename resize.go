package nd

import (
	"runtime"
	"slices"
	"weak"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/layout"
)

// ResizeInPlace is NumPy's a.resize: it gives the array in *p another shape, with
// the same items in memory order, then zeros, and keeps an F-ordered array so. A
// header never changes, so what changes is the variable: *p afterwards holds a
// header over a block of its own size, and the old block is the collector's. A
// shape of equal size changes the header alone, of views too.
//
//	err := nd.Try(func() { nd.ResizeInPlace(&a, true, 3, 4) })
//
// With refcheck it refuses while another header over the block is reachable, as
// NumPy does while the reference count tells of one. Who still looks is known from
// the garbage collector, which runs for it: a view that is dropped does not count,
// another variable that is still used does. Without refcheck a view keeps the old
// block and its values (NumPy's is left dangling).
//
// It panics with ErrValue, and then *p is as it was, if the items are not one
// segment, the array does not own its data or is referenced, or a length is
// negative; with ErrReadOnly, where NumPy hands out unset memory, if the array is
// read-only and its size would change; with ErrMemory. It must not run while
// another goroutine takes views of the array.
func ResizeInPlace(p **Array, refcheck bool, shape ...int) {
	const op = "resize"
	a := *p
	a.use(op)
	if !a.flags.Forc() {
		fail(op, ErrValue, "resize only works on single-segment arrays")
	}
	for _, n := range shape {
		if n < 0 {
			fail(op, ErrValue, "negative dimensions not allowed")
		}
	}
	n, err := layout.CheckedSize(shape, a.ItemSize())
	must(op, err)
	order := C
	if a.flags.FNC() {
		order = F
	}
	if n == a.Size() {
		lay := layout.Layout{Shape: shape, Strides: denseStrides(order, shape, a.ItemSize()), Offset: a.lay.Offset}
		*p = newArray(a.buf, a.dtype, lay, a.flags&(OwnData|Writeable), a.base)
		return
	}
	if !a.flags.Has(OwnData) {
		fail(op, ErrValue, "cannot resize this array: it does not own its data")
	}
	if !a.flags.Has(Writeable) {
		fail(op, ErrReadOnly, "cannot resize a read-only array")
	}
	r := alloc(op, a.dtype, slices.Clone(shape), order, true)
	if k := min(n, a.Size()); k > 0 {
		copyInto(op, r.firstItems(k), a.firstItems(k))
	}
	if refcheck && referenced(p) {
		fail(op, ErrValue, "cannot resize an array that references or is referenced\nby another object in this way.\n"+
			"Use the np.resize function to get a new resized copy or\n set refcheck=False to disable this check")
	}
	*p = r
}

// firstItems is a one-axis view of the first n items in memory order of an array whose
// items are one segment.
func (a *Array) firstItems(n int) *Array {
	return newArray(a.buf, a.dtype, layout.Layout{Shape: []int{n}, Strides: []int{a.ItemSize()}, Offset: a.lay.Offset}, a.flags&Writeable, nil)
}

// referenced tells whether anything but *p reaches the block of the array in *p:
// it lets go of the header for the length of a garbage collection. The header in
// *p is the same afterwards, or one like it if nobody was left to see that.
//
//go:noinline
func referenced(p **Array) bool {
	header, block := weak.Make(*p), weak.Make((*p).buf)
	like := Array{dtype: (*p).dtype, lay: layout.Layout{Shape: (*p).Shape(), Strides: (*p).Strides(), Offset: (*p).lay.Offset}, flags: (*p).flags}
	*p = nil
	runtime.GC()
	buf := block.Value()
	if buf == nil {
		return false
	}
	if *p = header.Value(); *p == nil {
		*p = restored(buf, like)
	}
	return true
}

func restored(buf *buffer.Buffer, like Array) *Array {
	return newArray(buf, like.dtype, like.lay, like.flags&(OwnData|Writeable), nil)
}
