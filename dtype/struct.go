package dtype

import (
	"strconv"

	"github.com/stride-go/nd/internal/pyliteral"
)

// Field is one member of a structure.
type Field struct {
	Name   string // unique in its structure; "" asks Struct for a name f0, f1, …
	Title  string // a second name; "" means none
	DType  DType
	Offset int // bytes from the start of the item
}

// StructOptions say how Struct lays its fields out. The zero value packs them
// one after another without padding.
type StructOptions struct {
	// Align lays out as a C compiler does: each field at a multiple of its
	// alignment, the whole a multiple of the largest. It sets the dtype's
	// aligned flag. Offsets and sizes that are given are checked against it.
	Align bool

	// Offsets takes each field's Offset as given. Fields may overlap and may
	// come in any order. Without it Offset is ignored and computed.
	Offsets bool

	// ItemSize is the size of the whole, at least what the fields need; 0 means
	// just that.
	ItemSize int
}

// Struct returns the dtype of a structure. At most one StructOptions applies.
// Fields without a name are called f0, f1, … by position. Errors (ErrValue):
// a name or title used twice, an invalid field dtype, an offset that is negative
// or, with Align, not a multiple of the field's alignment, an item size that is
// too small or not a multiple of the alignment, a whole of over 2³¹-1 bytes.
func Struct(fields []Field, opts ...StructOptions) (DType, error) {
	var o StructOptions
	if len(opts) > 0 {
		o = opts[0]
	}
	fields = append([]Field(nil), fields...)
	for i := range fields {
		if fields[i].Name == "" {
			fields[i].Name = "f" + strconv.Itoa(i)
		}
	}
	if err := checkNames(fields, false); err != nil {
		return DType{}, err
	}
	return layOut(fields, o, o.ItemSize != 0)
}

// layOut is Struct for a slice that it may keep, whose names are set and differ.
// sized tells an item size of 0 from one that is not given.
func layOut(fields []Field, o StructOptions, sized bool) (DType, error) {
	end, align := 0, 1 // end of the furthest field, largest alignment
	for i := range fields {
		f := &fields[i]
		if !f.DType.IsValid() {
			return DType{}, typeError("dtype", "field '%s' has no dtype", f.Name)
		}
		need := f.DType.Alignment()
		align = max(align, need)
		switch {
		case !o.Offsets && o.Align:
			f.Offset = roundUp(end, need)
		case !o.Offsets:
			f.Offset = end
		case f.Offset < 0:
			return DType{}, valueError("dtype", "offset %d cannot be negative", f.Offset)
		case f.Offset > maxItem:
			return DType{}, valueError("dtype", "integer won't fit into a C int")
		case o.Align && f.Offset%need != 0:
			return DType{}, valueError("dtype", "offset %d for NumPy dtype with fields is not divisible by the field alignment %d with align=True", f.Offset, need)
		}
		end = max(end, f.Offset+f.DType.ItemSize())
		if end > maxItem {
			return DType{}, valueError("dtype", "dtype size in bytes must fit into a C int")
		}
	}
	if !o.Align {
		align = 1
	}
	size := roundUp(end, align)
	if sized {
		switch {
		case o.ItemSize < size:
			return DType{}, valueError("dtype", "NumPy dtype descriptor requires %d bytes, cannot override to smaller itemsize of %d", size, o.ItemSize)
		case o.ItemSize%align != 0:
			return DType{}, valueError("dtype", "NumPy dtype descriptor requires alignment of %d bytes, which is not divisible into the specified itemsize %d", align, o.ItemSize)
		}
		size = o.ItemSize
	}
	if size > maxItem {
		return DType{}, valueError("dtype", "dtype size in bytes must fit into a C int")
	}
	e := ext{fields: fields, aligned: o.Align, align: int32(align)}
	return DType{kind: KindVoid, order: NoOrder, size: int32(size), ext: intern(e)}, nil
}

// checkNames refuses a name or title that is used twice. NumPy's words differ
// with the notation: a list of fields or a dictionary.
func checkNames(fields []Field, dict bool) error {
	seen := make(map[string]bool, len(fields))
	for _, f := range fields {
		titled := f.Title != ""
		switch {
		case dict && seen[f.Name]:
			return valueError("dtype", "name already used as a name or title")
		case !dict && (seen[f.Name] || titled && seen[f.Title]):
			return valueError("dtype", "field %s occurs more than once", pyliteral.Quote(f.Name))
		case titled && (seen[f.Title] || f.Title == f.Name):
			return valueError("dtype", "title already used as a name or title.")
		}
		seen[f.Name] = true
		if titled {
			seen[f.Title] = true
		}
	}
	return nil
}

func roundUp(n, unit int) int { return (n + unit - 1) / unit * unit }

// NumField returns the number of fields; 0 when d is not a structure.
func (d DType) NumField() int {
	if !d.IsStruct() {
		return 0
	}
	return len(d.ext.fields)
}

// FieldAt returns field i in the order of definition. It panics when i is
// outside [0, NumField).
func (d DType) FieldAt(i int) Field {
	if i < 0 || i >= d.NumField() {
		panic(fieldIndexError(i))
	}
	return d.ext.fields[i]
}

// Field returns the field of the given name or title.
func (d DType) Field(name string) (Field, bool) {
	if !d.IsStruct() {
		return Field{}, false
	}
	i, ok := d.ext.index[name]
	if !ok {
		return Field{}, false
	}
	return d.ext.fields[i], true
}

// Fields returns a copy of the fields in the order of definition; nil when d is
// not a structure.
func (d DType) Fields() []Field {
	if !d.IsStruct() {
		return nil
	}
	return append([]Field{}, d.ext.fields...)
}

// Names returns the names of the fields in the order of definition; nil when d
// is not a structure.
func (d DType) Names() []string {
	if !d.IsStruct() {
		return nil
	}
	names := make([]string, len(d.ext.fields))
	for i, f := range d.ext.fields {
		names[i] = f.Name
	}
	return names
}
