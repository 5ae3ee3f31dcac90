package nd

import (
	"reflect"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// Of returns an array of the items of s.
//
// A slice of numbers, of structs without pointers (a structured array), or of Go
// arrays ([][3]float64 has shape (n, 3)) is one block, and the result is a view
// of it: no copy, writes go both ways, and the array keeps the slice alive. A
// slice of slices ([][]float64) or of strings is copied into a fresh block; the
// slices must have equal lengths.
//
// It panics with an *Error that wraps ErrDType if the element type holds
// pointers, ErrValue if nested slices are ragged.
func Of[T any](s []T) *Array {
	t := reflect.TypeFor[T]()
	switch t.Kind() {
	case reflect.Slice:
		return ofNested(reflect.ValueOf(s))
	case reflect.String:
		return ofStrings(reflect.ValueOf(s))
	}
	dt, err := dtype.OfType(t)
	must("Of", err)
	return overBlock(buffer.FromSlice(s), dt, len(s))
}

// overBlock returns an array of n items of dtype dt at the start of buf; a
// sub-array dtype folds into the shape.
func overBlock(buf *buffer.Buffer, dt dtype.DType, n int) *Array {
	shape := []int{n}
	if dt.IsSubArray() {
		shape = append(shape, dt.SubShape()...)
		dt = dt.Base()
	}
	lay := layout.Layout{Shape: shape, Strides: layout.CStrides(shape, dt.ItemSize())}
	return newArray(buf, dt, lay, Writeable, nil)
}

// ofNested copies slices of slices into one block.
func ofNested(s reflect.Value) *Array {
	var shape []int
	v, t := s, s.Type()
	for t.Kind() == reflect.Slice {
		n := 0
		if v.IsValid() {
			n = v.Len()
		}
		shape = append(shape, n)
		if n > 0 {
			v = v.Index(0)
		} else {
			v = reflect.Value{}
		}
		t = t.Elem()
	}
	if t.Kind() == reflect.String {
		var leaves []string
		leaves = flatStrings(s, shape, shape, leaves)
		return ofStrings(reflect.ValueOf(leaves)).reshaped(shape)
	}
	dt, err := dtype.OfType(t)
	must("Of", err)
	n, err := layout.CheckedSize(shape, dt.ItemSize())
	must("Of", err)
	flat := reflect.MakeSlice(reflect.SliceOf(t), n, n)
	if filled := fillNested(flat, 0, s, shape, shape); filled != n {
		ragged(shape, shape)
	}
	buf := buffer.UnsafeForeign(flat.UnsafePointer(), n*dt.ItemSize(), false, flat.Interface())
	full := shape
	if dt.IsSubArray() {
		full = append(append([]int(nil), shape...), dt.SubShape()...)
		dt = dt.Base()
	}
	lay := layout.Layout{Shape: full, Strides: layout.CStrides(full, dt.ItemSize())}
	return newArray(buf, dt, lay, OwnData|Writeable, nil)
}

// fillNested copies the leaves of s to flat from position at on.
func fillNested(flat reflect.Value, at int, s reflect.Value, shape, whole []int) int {
	if s.Len() != shape[0] {
		ragged(shape, whole)
	}
	if len(shape) == 1 {
		return at + reflect.Copy(flat.Slice(at, at+s.Len()), s)
	}
	for i := range s.Len() {
		at = fillNested(flat, at, s.Index(i), shape[1:], whole)
	}
	return at
}

// flatStrings appends the leaves of s in C order.
func flatStrings(s reflect.Value, shape, whole []int, to []string) []string {
	if s.Len() != shape[0] {
		ragged(shape, whole)
	}
	for i := range s.Len() {
		if len(shape) == 1 {
			to = append(to, s.Index(i).String())
		} else {
			to = flatStrings(s.Index(i), shape[1:], whole, to)
		}
	}
	return to
}

// ragged panics for nested slices of unequal lengths at the axis where rest
// begins.
func ragged(rest, whole []int) {
	at := len(whole) - len(rest)
	fail("Of", ErrValue, "setting an array element with a sequence. The requested array has an inhomogeneous shape after %d dimensions. The detected shape was %s + inhomogeneous part.",
		max(at, 1), shapeText(whole[:max(at, 1)]))
}

// ofStrings copies Go strings into a str array as wide as the longest.
func ofStrings(s reflect.Value) *Array {
	wide := 1
	runes := make([][]rune, s.Len())
	for i := range runes {
		runes[i] = []rune(s.Index(i).String())
		wide = max(wide, len(runes[i]))
	}
	flat := make([]rune, wide*len(runes))
	for i, r := range runes {
		copy(flat[i*wide:], r)
	}
	a := overBlock(buffer.FromSlice(flat), dtype.Str(wide), len(runes))
	a.flags |= OwnData
	return a
}

// reshaped returns a dense array's items under another shape of the same size.
func (a *Array) reshaped(shape []int) *Array {
	return newArray(a.buf, a.dtype, layout.Layout{Shape: shape, Strides: layout.CStrides(shape, a.ItemSize())}, a.flags, nil)
}
