package dtype

import (
	"strconv"
	"strings"
)

// Descr returns the array interface's descr as the Python literal that an npy
// header holds: "'<f8'", or a list of fields in which padding is written out as
// raw memory under an empty name. ParseDescr undoes it. It panics where TryDescr
// fails.
func (d DType) Descr() string {
	s, err := d.TryDescr()
	if err != nil {
		panic(err)
	}
	return s
}

// TryDescr is Descr for dtypes of unknown origin. Error (ErrValue): fields that
// overlap or are out of order have no such list.
func (d DType) TryDescr() (string, error) {
	switch {
	case d.IsSubArray():
		base, err := d.ext.base.TryDescr()
		return "(" + base + ", " + ShapeText(d.ext.shape) + ")", err
	case !d.IsStruct():
		return "'" + d.TypeStr() + "'", nil
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
		if f.Offset < end {
			return "", valueError("dtype", "dtype.descr is not defined for types with overlapping or out-of-order fields")
		}
		pad(f.Offset - end)
		base, err := f.DType.Base().TryDescr()
		if err != nil {
			return "", err
		}
		item := "(" + f.label() + ", " + base
		if f.DType.IsSubArray() {
			item += ", " + ShapeText(f.DType.ext.shape)
		}
		items = append(items, item+")")
		end = f.Offset + f.DType.ItemSize()
	}
	pad(d.ItemSize() - end)
	return "[" + strings.Join(items, ", ") + "]", nil
}
