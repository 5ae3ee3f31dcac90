package dtype

import (
	"strconv"
	"strings"

	"github.com/stride-go/nd/internal/pyliteral"
)

// Name returns NumPy's dtype.name, which carries no byte order and counts bits:
// "float64", "bool", "bytes40", "void128".
func (d DType) Name() string {
	in := d.kind.info()
	if in.size == 0 && d.size != 0 {
		return in.name + strconv.Itoa(8*int(d.size))
	}
	return in.name
}

// Char returns NumPy's dtype.char, the kind's one-letter code.
func (d DType) Char() byte { return d.kind.info().char }

// TypeStr returns the array interface's typestr, NumPy's dtype.str: byte order,
// class, size: "<f8", "|b1", "|S30", "<U3". A structure reads as raw memory,
// "|V16", and so does a sub-array.
func (d DType) TypeStr() string {
	return string(rune(d.Order())) + d.short()
}

// short is the typestr without the byte order.
func (d DType) short() string {
	n := int(d.size)
	if d.kind == KindStr {
		n /= 4
	}
	return string(rune(d.kind.Class())) + strconv.Itoa(n)
}

// String returns the text of NumPy's str(dtype): "float64", ">i4", "|S30", and
// for structures the list, or the dictionary where a list does not say it all.
func (d DType) String() string {
	switch {
	case !d.IsValid():
		return "invalid dtype"
	case d.IsStruct():
		return d.structText(true)
	case d.IsSubArray():
		return d.subArrayText()
	case d.kind >= KindBytes || !d.IsNative():
		return d.TypeStr()
	}
	return d.Name()
}

// Repr returns the text of NumPy's repr(dtype): "dtype('float64')",
// "dtype([('a', 'i1'), ('b', '<i4')], align=True)".
func (d DType) Repr() string {
	if !d.IsValid() {
		return "dtype(None)"
	}
	arg := d.construction(false, false)
	base := d
	for base.IsSubArray() {
		base = base.Base()
	}
	if base.IsAlignedStruct() {
		arg += ", align=True"
	}
	return "dtype(" + arg + ")"
}

// construction returns the Python expression that makes d again, given to
// np.dtype. The short form of a number is its quoted typestr. Only with align is
// the aligned flag in it.
func (d DType) construction(align, short bool) string {
	switch {
	case d.IsStruct():
		return d.structText(align)
	case d.IsSubArray():
		return d.subArrayText()
	case d.kind == KindBool:
		if short {
			return "'?'"
		}
		return "'bool'"
	case d.IsNumeric():
		if short && !d.kind.info().swap {
			return "'" + d.short() + "'"
		}
		if short || !d.IsNative() {
			return "'" + d.TypeStr() + "'"
		}
		return "'" + d.Name() + "'"
	}
	s := d.short()
	if d.size == 0 {
		s = s[:1]
	}
	if d.kind == KindStr {
		s = string(rune(d.order)) + s
	}
	return "'" + s + "'"
}

func (d DType) subArrayText() string {
	return "(" + d.ext.base.construction(false, true) + ", " + ShapeText(d.ext.shape) + ")"
}

// structText is the list form where it says everything, else the dictionary.
func (d DType) structText(align bool) string {
	if !(align && d.ext.aligned) && d.ext.simple(d.size) {
		return d.listText()
	}
	return d.dictText(align)
}

// simple reports whether the fields follow one another in order, with just the
// padding that the aligned flag asks for, so that their list determines the
// layout.
func (e *ext) simple(size int32) bool {
	end, align := 0, 1
	for i := range e.fields {
		f := &e.fields[i]
		if e.aligned {
			need := f.DType.Alignment()
			end = roundUp(end, need)
			align = max(align, need)
		}
		if f.Offset != end {
			return false
		}
		end += f.DType.ItemSize()
	}
	return roundUp(end, align) == int(size)
}

func (d DType) listText() string {
	var b strings.Builder
	b.WriteByte('[')
	for i := range d.ext.fields {
		f := &d.ext.fields[i]
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + f.label() + ", ")
		if f.DType.IsSubArray() {
			b.WriteString(f.DType.ext.base.construction(false, true) + ", " + ShapeText(f.DType.ext.shape))
		} else {
			b.WriteString(f.DType.construction(false, true))
		}
		b.WriteByte(')')
	}
	b.WriteByte(']')
	return b.String()
}

// label is the field's name, or the pair of title and name, as Python text.
func (f *Field) label() string {
	if f.Title == "" {
		return pyliteral.Quote(f.Name)
	}
	return "(" + pyliteral.Quote(f.Title) + ", " + pyliteral.Quote(f.Name) + ")"
}

func (d DType) dictText(align bool) string {
	var names, formats, offsets, titles []string
	titled := false
	for i := range d.ext.fields {
		f := &d.ext.fields[i]
		names = append(names, pyliteral.Quote(f.Name))
		formats = append(formats, f.DType.construction(false, true))
		offsets = append(offsets, strconv.Itoa(f.Offset))
		if f.Title == "" {
			titles = append(titles, "None")
		} else {
			titles = append(titles, pyliteral.Quote(f.Title))
			titled = true
		}
	}
	var b strings.Builder
	list := func(key string, items []string) {
		b.WriteString("'" + key + "': [" + strings.Join(items, ", ") + "], ")
	}
	b.WriteByte('{')
	list("names", names)
	list("formats", formats)
	list("offsets", offsets)
	if titled {
		list("titles", titles)
	}
	b.WriteString("'itemsize': " + strconv.Itoa(int(d.size)))
	if align && d.ext.aligned {
		b.WriteString(", 'aligned': True")
	}
	b.WriteByte('}')
	return b.String()
}

// ShapeText returns a shape as Python prints the tuple: "()", "(2,)", "(2, 3)".
func ShapeText(shape []int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, n := range shape {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(n))
	}
	if len(shape) == 1 {
		b.WriteByte(',')
	}
	b.WriteByte(')')
	return b.String()
}
