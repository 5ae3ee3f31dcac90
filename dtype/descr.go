package dtype

import (
	"strconv"
	"strings"
)

// Descr returns the array interface's descr as a Python literal, which is also
// what an npy header holds: "'<f8'", or a list of fields in which padding is
// written out as fields without a name, (”, '|V7').
func (d DType) Descr() string {
	switch {
	case d.IsSubArray():
		return "(" + d.ext.base.Descr() + ", " + ShapeText(d.ext.shape) + ")"
	case !d.IsStruct():
		return "'" + d.TypeStr() + "'"
	}
	var items []string
	end := 0
	pad := func(n int) {
		if n > 0 {
			items = append(items, "('', '|V"+strconv.Itoa(n)+"')")
		}
	}
	for i := range d.ext.fields {
		f := &d.ext.fields[i]
		pad(f.Offset - end)
		item := "(" + f.label() + ", " + f.DType.Base().Descr()
		if f.DType.IsSubArray() {
			item += ", " + ShapeText(f.DType.ext.shape)
		}
		items = append(items, item+")")
		end = f.Offset + f.DType.ItemSize()
	}
	pad(d.ItemSize() - end)
	return "[" + strings.Join(items, ", ") + "]"
}
