package nd

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/stride-go/nd/dtype"
)

// MarshalJSON writes the items as JSON: lists within lists, one level an axis, and
// the item alone for a 0-d array. Bools and text are JSON's own; numbers have the
// shortest digits that name them in their dtype, a float16 those of its float32;
// records are objects with a member for each field.
//
// The dtype is not told, and nothing reads an array back: json.Unmarshal into a Go
// slice, then Of. (npy.Write keeps all.) Errors: ErrValue for NaN and infinities,
// which JSON does not have, ErrDType for complex numbers and raw memory, ErrClosed
// and ErrFault.
func (a *Array) MarshalJSON() (text []byte, err error) {
	err = Try(func() {
		a.use("MarshalJSON")
		text = a.appendJSON(nil)
	})
	return text, err
}

// appendJSON appends the array as JSON.
func (a *Array) appendJSON(b []byte) []byte {
	switch {
	case a.NDim() == 0 && a.dtype.IsStruct():
		b = append(b, '{')
		for i, name := range a.dtype.Names() {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, name), ':')
			b = a.Field(name).appendJSON(b)
		}
		return append(b, '}')
	case a.NDim() == 0:
		return a.appendItems(b)
	case a.NDim() == 1 && !a.dtype.IsStruct():
		return append(a.appendItems(append(b, '[')), ']')
	}
	b = append(b, '[')
	for i := range a.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = a.Slice(I(i)).appendJSON(b)
	}
	return append(b, ']')
}

// appendItems appends items that are no records, with commas between them.
func (a *Array) appendItems(b []byte) []byte {
	switch dt := a.dtype; {
	case dt.Kind() == dtype.KindBool:
		return appendAll(b, a, strconv.AppendBool)
	case dt.IsSigned():
		return appendAll(b, a.AsType(dtype.Int64, CopyIs(false)), func(b []byte, x int64) []byte { return strconv.AppendInt(b, x, 10) })
	case dt.IsUnsigned():
		return appendAll(b, a.AsType(dtype.Uint64, CopyIs(false)), func(b []byte, x uint64) []byte { return strconv.AppendUint(b, x, 10) })
	case dt.IsFloat():
		bits := max(8*dt.ItemSize(), 32)
		return appendAll(b, a.AsType(dtype.Float64, CopyIs(false)), func(b []byte, x float64) []byte { return appendNumber(b, x, bits) })
	case dt.Kind() == dtype.KindStr || dt.Kind() == dtype.KindBytes:
		return appendAll(b, a, appendQuoted)
	}
	fail("MarshalJSON", ErrDType, "JSON has nothing for items of %s", a.dtype)
	return nil
}

// appendAll appends the items by put, with commas between them.
func appendAll[T any](b []byte, a *Array, put func([]byte, T) []byte) []byte {
	for i, x := range a.All[T]() {
		if i > 0 {
			b = append(b, ',')
		}
		b = put(b, x)
	}
	return b
}

// appendNumber appends a float of so many bits, with an exponent where encoding/json has one.
func appendNumber(b []byte, x float64, bits int) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		fail("MarshalJSON", ErrValue, "JSON has no %v", x)
	}
	form := byte('f')
	if m := math.Abs(x); m != 0 && (m < 1e-6 || m >= 1e21) {
		form = 'e'
	}
	return strconv.AppendFloat(b, x, form, -1, bits)
}

// appendQuoted appends a text as JSON writes it; bytes that are no UTF-8 are replaced.
func appendQuoted(b []byte, s string) []byte {
	text, err := json.Marshal(s)
	must("MarshalJSON", err)
	return append(b, text...)
}
