package nd

import (
	"iter"
	"reflect"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// The typed doors: the places where a Go type meets the dtype of an array. Each
// checks once; what follows is plain Go.

// native returns the native dtype whose items have T's memory layout; for string,
// which has none, the zero DType.
func native[T any](op string) dtype.DType {
	var zero T
	switch any(zero).(type) {
	case float64:
		return dtype.Float64
	case float32:
		return dtype.Float32
	case int64:
		return dtype.Int64
	case int32:
		return dtype.Int32
	case uint8:
		return dtype.Uint8
	case bool:
		return dtype.Bool
	case string:
		return dtype.DType{}
	}
	dt, err := dtype.Of[T]()
	must(op, err)
	return dt
}

// holds tells whether an item of dtype dt is a T in memory: the same dtype, or
// records of T's size whose fields have the same types at the same offsets under
// whatever names.
func holds(dt, t dtype.DType) bool {
	if dt == t {
		return true
	}
	if dt.Kind() != dtype.KindVoid || t.Kind() != dtype.KindVoid || dt.ItemSize() != t.ItemSize() {
		return dt.Kind() == dtype.KindBytes && t.IsSubArray() && t.ItemSize() == dt.ItemSize() && t.Base() == dtype.Uint8
	}
	if dt.IsSubArray() || t.IsSubArray() {
		return dt.IsSubArray() && t.IsSubArray() && holds(dt.Base(), t.Base())
	}
	if dt.NumField() != t.NumField() {
		return false
	}
	for i := range dt.NumField() {
		f, g := dt.FieldAt(i), t.FieldAt(i)
		if f.Offset != g.Offset || !holds(f.DType, g.DType) {
			return false
		}
	}
	return true
}

// wrongType reports that a door was opened with a Go type that the items are not.
func (a *Array) wrongType(op string, t reflect.Type) {
	fail(op, ErrDType, "an array of %s does not hold items of Go type %s", a.dtype, t)
}

// index returns the offset in the block of the item at idx, with Python's
// negative indices. It panics as NumPy does when idx is out of bounds.
func (a *Array) index(op string, idx []int) int {
	if len(idx) != len(a.lay.Shape) {
		if len(idx) > len(a.lay.Shape) {
			fail(op, ErrIndex, "too many indices for array: array is %d-dimensional, but %d were indexed", a.NDim(), len(idx))
		}
		fail(op, ErrIndex, "%d indices for an item of a %d-dimensional array", len(idx), a.NDim())
	}
	off := a.lay.Offset
	for k, i := range idx {
		n := a.lay.Shape[k]
		if i < -n || i >= n {
			fail(op, ErrIndex, "index %d is out of bounds for axis %d with size %d", i, k, n)
		}
		if i < 0 {
			i += n
		}
		off += i * a.lay.Strides[k]
	}
	return off
}

// At returns the item at idx, one integer an axis; negative ones count from the
// end. T is the Go type of the items: At[int64] for int64, a struct type for
// records, string for the text of an S or U. Byte order and alignment are taken
// care of. It panics with ErrIndex or ErrDType.
func (a *Array) At[T any](idx ...int) T {
	if p := a.quickAt(idx, native[T]("At")); p != nil {
		v := *(*T)(p)
		a.done("At")
		return v
	}
	a.use("At")
	off := a.index("At", idx)
	return load[T](a, "At", off)
}

// load reads the item at an offset of the block that the caller has checked.
func load[T any](a *Array, op string, off int) (v T) {
	t := native[T](op)
	p := unsafe.Add(a.buf.Pointer(), off)
	if holds(a.dtype, t) {
		// A byte copy: the item may lie at any address.
		a.readItem(op, unsafe.Slice((*byte)(unsafe.Pointer(&v)), unsafe.Sizeof(v)), unsafe.Slice((*byte)(p), unsafe.Sizeof(v)))
		return v
	}
	if !reads(a.dtype, t) {
		a.wrongType(op, reflect.TypeFor[T]())
	}
	if isText(t) {
		return any(a.text(op, off)).(T)
	}
	one := []T{v}
	dst := newArray(buffer.FromSlice(one), t, layout.Layout{}, Writeable, nil)
	copyInto(op, dst, a.view(a.dtype, layout.Layout{Offset: off}))
	return one[0]
}

// Set writes v to the item at idx, one integer an axis. v is converted to the
// array's dtype as NumPy converts an assigned scalar: a Go number that does not
// fit an integer dtype panics with ErrOverflow, a float loses its fraction.
func (a *Array) Set[T any](v T, idx ...int) {
	a.mutate("Set")
	off := a.index("Set", idx)
	if t, err := dtype.Of[T](); err == nil && holds(a.dtype, t) {
		p := unsafe.Add(a.buf.Pointer(), off)
		a.writeItem("Set", unsafe.Slice((*byte)(p), unsafe.Sizeof(v)), unsafe.Slice((*byte)(unsafe.Pointer(&v)), unsafe.Sizeof(v)))
		return
	}
	copyInto("Set", a.view(a.dtype, layout.Layout{Offset: off}), scalarAny("Set", v))
}

// scalarAny returns a 0-d array of any Go value that an item may be set to: a
// weak one of a number, a str of a string, a record of a struct.
func scalarAny(op string, v any) *Array {
	switch x := v.(type) {
	case *Array:
		return x
	case int:
		return asArray(x)
	case float64:
		return asArray(x)
	case bool:
		return asArray(x)
	case complex128:
		return asArray(x)
	case string:
		return strScalar(x)
	}
	r := reflect.ValueOf(v)
	switch {
	case r.CanInt():
		return asArray(r.Int())
	case r.CanUint():
		return asArray(r.Uint())
	case r.CanFloat():
		return asArray(r.Float())
	case r.CanComplex():
		return asArray(r.Complex())
	case r.Kind() == reflect.Bool:
		return asArray(r.Bool())
	case r.Kind() == reflect.String:
		return strScalar(r.String())
	}
	if v == nil {
		fail(op, ErrType, "nil is no item")
	}
	dt, err := dtype.OfType(r.Type())
	must(op, err)
	p := reflect.New(r.Type())
	p.Elem().Set(r)
	n := int(r.Type().Size())
	buf := buffer.UnsafeForeign(p.UnsafePointer(), n, false, p.Interface())
	return newArray(buf, dt, layout.Layout{}, Writeable, nil)
}

// strScalar returns a 0-d str array of s.
func strScalar(s string) *Array {
	runes := []rune(s)
	if len(runes) == 0 {
		runes = []rune{0}
	}
	return newArray(buffer.FromSlice(runes), dtype.Str(len(runes)), layout.Layout{}, OwnData|Writeable, nil)
}

// Item returns the only item of an array of size 1 as a T. It panics with
// ErrValue if there are more items or none: "can only convert an array of size
// 1 to a Python scalar".
func (a *Array) Item[T any]() T {
	a.use("Item")
	if a.Size() != 1 {
		fail("Item", ErrValue, "can only convert an array of size 1 to a Python scalar")
	}
	return load[T](a, "Item", a.lay.Offset)
}

// direct tells whether the items lie in C order, aligned and native, so that
// they are a []T where they are.
func (a *Array) direct(t dtype.DType) bool {
	return a.flags.Has(CContiguous|Aligned) && holds(a.dtype, t)
}

// Data returns the items as a []T over the same bytes, and true, if that can be:
// the array is C-contiguous, aligned, of native byte order, its items are T's,
// it is writeable (a slice cannot be read-only), and its block is no mapped file
// (which may shrink or be closed behind the slice). Otherwise it returns nil and
// false. UnsafeData overrides the last two. The slice stays good after Release:
// its block is then left to the garbage collector. It panics with ErrClosed after
// Release, and with ErrDType for a T that holds pointers.
func (a *Array) Data[T any]() ([]T, bool) {
	if !a.flags.Has(Writeable) || a.mapped() {
		return nil, false
	}
	return a.UnsafeData[T]()
}

// UnsafeData is Data for read-only and mapped arrays too. Writing to the slice of
// a read-only array changes memory that others rely on, or ends the process when
// the block is mapped read-only. The slice of a mapped array keeps its file
// mapped; touching it when the file has become shorter, or after Close, ends the
// process unless debug.SetPanicOnFault is on.
func (a *Array) UnsafeData[T any]() ([]T, bool) {
	a.use("Data")
	if !a.direct(native[T]("Data")) {
		return nil, false
	}
	a.escape("Data")
	return items[T](a), true
}

// items returns the items of a dense, aligned, native array of T's.
func items[T any](a *Array) []T { return unsafe.Slice((*T)(a.ptr()), a.Size()) }

// All yields the items in C order with their flat index, whatever the strides.
// It reads the array as it goes: an item changed during the loop is seen changed.
func (a *Array) All[T any]() iter.Seq2[int, T] {
	native[T]("All")
	return func(yield func(int, T) bool) {
		i := 0
		for lane := range a.lanes[T]("All", -1) {
			for _, v := range lane {
				a.done("All") // the loop's body, or another goroutine, may have released the block
				if !yield(i, v) {
					return
				}
				i++
			}
		}
	}
}

// Lanes yields the 1-D lanes of the array along axis in C order of the other
// axes, for reading: the check of the type is made once, the loop over a lane is
// plain Go. A lane that lies contiguous, aligned, native and writeable is given
// where it is; any other is gathered into one slice that the next lane reuses.
// Do not keep a lane, and do not write to it. A 0-d array has one lane of one
// item.
func (a *Array) Lanes[T any](axis int) iter.Seq[[]T] {
	a.use("Lanes")
	lanes := a.lanes[T]("Lanes", axis)
	a.escape("Lanes")
	return lanes
}

// lanes is Lanes for callers that keep no lane beyond the loop.
func (a *Array) lanes[T any](op string, axis int) iter.Seq[[]T] {
	a.use(op)
	t := native[T](op)
	if !reads(a.dtype, t) {
		a.wrongType(op, reflect.TypeFor[T]())
	}
	lay := a.lay
	if len(lay.Shape) == 0 {
		lay = layout.Layout{Shape: []int{1}, Strides: []int{a.ItemSize()}, Offset: lay.Offset}
	}
	axis = normAxis(op, axis, len(lay.Shape))
	n, stride := lay.Shape[axis], lay.Strides[axis]
	walk := func(yield func([]T) bool) {
		if layout.Size(lay.Shape) == 0 {
			return
		}
		inPlace := a.flags.Has(Aligned|Writeable) && holds(a.dtype, t) && (stride == a.ItemSize() || n == 1)
		var scratch []T
		var into *Array // over scratch, but for strings
		for off := range offsets(lay, axis) {
			a.use(op)
			if inPlace {
				if !yield(unsafe.Slice((*T)(unsafe.Add(a.buf.Pointer(), off)), n)) {
					return
				}
				continue
			}
			if scratch == nil {
				scratch = make([]T, n)
				if !isText(t) {
					into = newArray(buffer.FromSlice(scratch), t, layout.Layout{Shape: []int{n}, Strides: []int{t.ItemSize()}}, Writeable, nil)
				}
			}
			if into == nil {
				for i := range scratch {
					scratch[i] = load[T](a, op, off+i*stride)
				}
			} else {
				copyInto(op, into, a.view(a.dtype, layout.Layout{Shape: []int{n}, Strides: []int{stride}, Offset: off}))
			}
			if !yield(scratch) {
				return
			}
		}
		a.done(op)
	}
	if !a.mapped() {
		return walk
	}
	// The guard covers the loop's body too, which reads lanes where they are.
	return func(yield func([]T) bool) {
		must(op, protect(true, func() error { walk(yield); return nil }))
	}
}

// offsets yields the block offset of the first item of every lane along axis,
// in C order of the other axes.
func offsets(lay layout.Layout, axis int) iter.Seq[int] {
	return func(yield func(int) bool) {
		at := make([]int, len(lay.Shape))
		off := lay.Offset
		for {
			if !yield(off) {
				return
			}
			k := len(at) - 1
			for ; k >= 0; k-- {
				if k == axis {
					continue
				}
				at[k]++
				off += lay.Strides[k]
				if at[k] < lay.Shape[k] {
					break
				}
				off -= at[k] * lay.Strides[k]
				at[k] = 0
			}
			if k < 0 {
				return
			}
		}
	}
}

// appendOffsets appends the offsets of the items of a layout that starts at 0, in C order.
func appendOffsets(to []int, shape, strides []int) []int {
	for off := range offsets(layout.Layout{Shape: shape, Strides: strides}, -1) {
		to = append(to, off)
	}
	return to
}
