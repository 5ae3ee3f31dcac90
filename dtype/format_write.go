package dtype

import (
	"fmt"
	"strings"
)

// BufferFormat returns the format string with which NumPy exports an array of
// this dtype (PEP 3118): "d", ">i", "T{b:a:xxxxxxxd:b:}". Where NumPy's text does
// not say the whole layout, as with padding at the end, the text spells it out;
// FromFormat reads the same offsets and size back. Titles are not in it. Errors
// (ErrValue): fields that overlap or are out of order, a ':' in a name.
func (d DType) BufferFormat() (string, error) {
	base := d
	for base.IsSubArray() {
		base = base.Base()
	}
	for _, explicit := range []bool{false, true} {
		w := formatWriter{order: '@', explicit: explicit, stride: d.ItemSize()}
		if err := w.item(d, 0); err != nil {
			return "", err
		}
		s := w.String()
		if base.ext == nil {
			return s, nil
		}
		if back, err := FromFormat(s); err == nil && back.Equal(d.untitled()) {
			return s, nil
		}
	}
	return "", valueError("dtype", "%s is not representable as a buffer format", d)
}

// untitled is d without titles, in nested structures too.
func (d DType) untitled() DType {
	if d.ext == nil {
		return d
	}
	e := *d.ext
	e.base = e.base.untitled()
	e.fields = d.Fields()
	for i := range e.fields {
		e.fields[i].Title = ""
		e.fields[i].DType = e.fields[i].DType.untitled()
	}
	d.ext = intern(e)
	return d
}

type formatWriter struct {
	strings.Builder
	order    byte // the order in force
	explicit bool // never use '@', whose alignment is implied, and write all padding
	stride   int  // from one item of the array to the next
}

// item writes an item that starts at the given offset of the whole.
func (w *formatWriter) item(d DType, offset int) error {
	switch {
	case d.IsSubArray():
		w.WriteString("(" + strings.Trim(strings.ReplaceAll(ShapeText(d.ext.shape), " ", ""), "(),") + ")")
		return w.item(d.ext.base, offset)
	case d.IsStruct():
		return w.structure(d, offset)
	}
	want := w.order
	switch {
	case d.order == NoOrder:
	case d.order != Native:
		want = byte(d.order)
	case w.explicit || offset%d.Alignment() != 0 || w.stride%d.Alignment() != 0:
		want = '='
	default:
		want = '@'
	}
	if want != w.order {
		w.WriteByte(want)
		w.order = want
	}
	switch d.kind {
	case KindBytes:
		fmt.Fprintf(w, "%ds", d.size)
	case KindVoid:
		fmt.Fprintf(w, "%dx", d.size)
	case KindStr:
		fmt.Fprintf(w, "%dw", d.size/4)
	case KindComplex64:
		w.WriteString("Zf")
	case KindComplex128:
		w.WriteString("Zd")
	case KindInt64, KindUint64:
		if w.order != '@' {
			w.WriteByte(d.Char() + 'q' - 'l')
			break
		}
		fallthrough
	default:
		w.WriteByte(d.Char())
	}
	return nil
}

func (w *formatWriter) structure(d DType, offset int) error {
	w.WriteString("T{")
	end := 0
	for i := range d.ext.fields {
		f := &d.ext.fields[i]
		if f.Offset < end {
			return valueError("dtype", "dtypes with overlapping or out-of-order fields are not representable as buffers. Consider reordering the fields.")
		}
		w.pad(f.Offset - end)
		if err := w.item(f.DType, offset+f.Offset); err != nil {
			return err
		}
		if strings.Contains(f.Name, ":") {
			return valueError("dtype", "':' is not an allowed character in buffer field names")
		}
		w.WriteString(":" + f.Name + ":")
		end = f.Offset + f.DType.ItemSize()
	}
	if w.explicit {
		w.pad(d.ItemSize() - end)
	}
	w.WriteByte('}')
	return nil
}

// pad writes n bytes of padding: letter by letter as NumPy does, or as a count
// where there are many.
func (w *formatWriter) pad(n int) {
	if n > 64 {
		fmt.Fprintf(w, "%dx", n)
		return
	}
	w.WriteString(strings.Repeat("x", n))
}
