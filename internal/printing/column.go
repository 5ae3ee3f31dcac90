package printing

import (
	"fmt"
	"unicode/utf8"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/nderr"
)

// column writes items of one dtype as they appear inside an array. It was made
// from all the items that will be printed.
type column interface {
	append(dst []byte, p unsafe.Pointer) []byte
}

// axis is the part of an axis that is printed: the first head items and the
// last tail items of n.
type axis struct{ n, stride, head, tail int }

// items are the items that a column is made from.
type items struct {
	ptr   unsafe.Pointer
	dtype dtype.DType
	axes  []axis
}

// each calls f with every item.
func (it *items) each(f func(p unsafe.Pointer)) { eachAlong(it.ptr, it.axes, f) }

func eachAlong(p unsafe.Pointer, axes []axis, f func(p unsafe.Pointer)) {
	if len(axes) == 0 {
		f(p)
		return
	}
	a := axes[0]
	for i := range a.head {
		eachAlong(step(p, i*a.stride), axes[1:], f)
	}
	for i := a.n - a.tail; i < a.n; i++ {
		eachAlong(step(p, i*a.stride), axes[1:], f)
	}
}

// countable refuses more than limit items.
func (it *items) countable(limit int) error {
	room := max(limit, 1)
	for _, a := range it.axes {
		if room /= max(a.head+a.tail, 1); room == 0 {
			return nderr.New("", nderr.ErrTooHard, "the array has more than %d items to print", limit)
		}
	}
	return nil
}

// part returns the items that lie offset bytes into it: a field, or a sub-array
// whose axes are added.
func (it *items) part(offset int, d dtype.DType) items {
	sub := items{dtype: d, axes: it.axes, ptr: it.ptr}
	for _, a := range it.axes {
		if a.head+a.tail == 0 {
			return sub // no item: no place to step to
		}
	}
	sub.ptr = step(it.ptr, offset)
	return sub
}

// newColumn chooses the column for the dtype.
func newColumn(it items, o *style) column {
	d := it.dtype
	if d.IsStruct() {
		return newStructColumn(it, o)
	}
	name, kind := "void", ""
	switch d.Kind() {
	case dtype.KindBool:
		name = "bool"
	case dtype.KindFloat16, dtype.KindFloat32, dtype.KindFloat64:
		name, kind = "float", "float_kind"
	case dtype.KindComplex64, dtype.KindComplex128:
		name, kind = "complexfloat", "complex_kind"
	case dtype.KindBytes, dtype.KindStr:
		name, kind = "numpystr", "str_kind"
	default:
		if d.IsInteger() {
			name, kind = "int", "int_kind"
		}
	}
	if o.verb != "" {
		return newVerbColumn(it, o)
	}
	if name == "float" && o.fullFloats && o.Formatter["float"] == nil && o.Formatter["float_kind"] == nil {
		return scalarColumn{numberOf(d)}
	}
	if f := o.formatter(name, kind); f != nil {
		return &callerColumn{d, f}
	}
	switch name {
	case "bool":
		return boolColumn{len(it.axes) == 0}
	case "int":
		return newIntColumn(it, o)
	case "float":
		return newFloatColumn(it, numberOf(d), 0, o)
	case "complexfloat":
		return newComplexColumn(it, o)
	}
	return textColumn{d}
}

// boolColumn writes " True" and "False"; True has no space where it stands alone.
type boolColumn struct{ alone bool }

func (c boolColumn) append(dst []byte, p unsafe.Pointer) []byte {
	v := readWord(p, 1, false) != 0
	if v && !c.alone {
		dst = append(dst, ' ')
	}
	return append(dst, boolText(v)...)
}

// textColumn writes S, U and V items, which are not aligned.
type textColumn struct{ dtype dtype.DType }

func (c textColumn) append(dst []byte, p unsafe.Pointer) []byte {
	switch c.dtype.Kind() {
	case dtype.KindBytes:
		return appendBytesRepr(dst, textBytes(p, c.dtype))
	case dtype.KindStr:
		return appendRunesRepr(dst, textRunes(p, c.dtype))
	}
	return appendVoid(dst, rawBytes(p, c.dtype.ItemSize()))
}

// scalarColumn writes floats as scalars do.
type scalarColumn struct{ number number }

func (c scalarColumn) append(dst []byte, p unsafe.Pointer) []byte {
	return appendFloatStr(dst, c.number.float(p), c.number.width())
}

// callerColumn writes with the caller's function.
type callerColumn struct {
	dtype  dtype.DType
	format func(any) string
}

func (c *callerColumn) append(dst []byte, p unsafe.Pointer) []byte {
	return append(dst, c.format(goValue(p, c.dtype))...)
}

// verbColumn writes with a format of package fmt, padded on the left to the
// widest item.
type verbColumn struct {
	dtype dtype.DType
	verb  string
	width int
}

func newVerbColumn(it items, o *style) *verbColumn {
	c := &verbColumn{dtype: it.dtype, verb: o.verb}
	var buf []byte
	it.each(func(p unsafe.Pointer) {
		buf = c.word(buf[:0], p)
		c.width = max(c.width, utf8.RuneCount(buf))
	})
	return c
}

// word writes one item: a float16 as the float32 of its value, S as a string.
func (c *verbColumn) word(dst []byte, p unsafe.Pointer) []byte {
	switch v := goValue(p, c.dtype).(type) {
	case float16.Float16:
		return fmt.Appendf(dst, c.verb, v.Float32())
	case []byte:
		return fmt.Appendf(dst, c.verb, string(v))
	default:
		return fmt.Appendf(dst, c.verb, v)
	}
}

func (c *verbColumn) append(dst []byte, p unsafe.Pointer) []byte {
	word := c.word(nil, p)
	dst = appendRepeat(dst, ' ', c.width-utf8.RuneCount(word))
	return append(dst, word...)
}
