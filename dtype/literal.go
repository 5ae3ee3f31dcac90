package dtype

import (
	"sort"
	"strconv"

	"github.com/stride-go/nd/internal/pyliteral"
)

// FromLiteral returns the dtype that np.dtype makes of a Python value that one of
// nd's packages has read; a DType may stand anywhere in it for a type. align is
// np.dtype's align=True. A program that has the value as text calls Parse or
// ParseAligned, where the forms stand too.
func FromLiteral(v any, align bool) (DType, error) { return literal{align: align}.from(v) }

// FromDescr returns the dtype of an array-interface descr that one of nd's packages
// has read: FromLiteral, but fields of raw memory without a name are padding and
// vanish. ParseDescr is FromDescr of a text.
func FromDescr(v any) (DType, error) { return literal{descr: true}.from(v) }

// ParseDescr returns the dtype of the text of an array-interface descr, as an npy
// header holds it and Descr writes it. Unlike Parse it takes fields of raw memory
// without a name for padding. Errors: ErrFormat for what is no Python literal, and
// Parse's.
func ParseDescr(s string) (DType, error) {
	v, err := pyliteral.Parse(s)
	if err != nil {
		return DType{}, err
	}
	return FromDescr(v)
}

// literal turns Python values into dtypes.
type literal struct {
	align bool // lay structures out aligned
	descr bool // nameless raw memory is padding
}

func (l literal) from(v any) (DType, error) {
	switch v := v.(type) {
	case DType:
		return v, nil
	case nil:
		return Float64, nil
	case string:
		return parseText(v, l.align)
	case pyliteral.Bytes:
		return parseText(string(v), l.align)
	case pyliteral.List:
		return l.list(v)
	case pyliteral.Tuple:
		return l.pair(v)
	case pyliteral.Dict:
		return l.dict(v)
	}
	return DType{}, typeError("dtype", "Cannot interpret '%s' as a data type", text(v))
}

// pair reads (type, shape), and (type, size) for a flexible type without size.
func (l literal) pair(v pyliteral.Tuple) (DType, error) {
	if len(v) != 2 {
		return DType{}, typeError("dtype", "Tuple must have size 2, but has size %d", len(v))
	}
	d, err := l.from(v[0])
	if err != nil {
		return DType{}, err
	}
	return l.shaped(d, v[1])
}

// shaped is d with the second member of a pair: a shape or a size, or the fields
// of d, which is raw memory of their size.
func (l literal) shaped(d DType, v any) (DType, error) {
	switch v := v.(type) {
	case pyliteral.Dict, DType, nil:
	case pyliteral.List:
		if len(v) > 0 {
			if _, ok := v[0].(int64); ok {
				return repeated(d, v)
			}
		}
	default:
		return repeated(d, v)
	}
	inner, err := l.from(v)
	switch {
	case err != nil:
		return DType{}, err
	case inner.size != d.size:
		return DType{}, valueError("dtype", "mismatch in size of old and new data-descriptor")
	case d.kind != KindVoid || d.ext != nil || !inner.IsStruct():
		return DType{}, valueError("dtype", "a %s that is also a %s is not supported", d, inner)
	}
	e := *inner.ext
	e.aligned, e.align = false, 1
	inner.ext = intern(e)
	return inner, nil
}

// repeated is a sub-array of d whose shape is a Python number or sequence. For a
// flexible d without size, the number is the size.
func repeated(d DType, v any) (DType, error) {
	if d.ext == nil && d.size == 0 && d.kind >= KindBytes {
		n, ok := v.(int64)
		unit := int64(1)
		if d.kind == KindStr {
			unit = 4
		}
		if !ok || n < 0 || n > maxItem/unit {
			return DType{}, valueError("dtype", "invalid itemsize in generic type tuple")
		}
		d.size = int32(n * unit)
		return d, nil
	}
	var dims []any
	switch v := v.(type) {
	case int64:
		dims = []any{v}
	case pyliteral.Tuple:
		dims = v
	case pyliteral.List:
		dims = v
	default:
		return DType{}, valueError("dtype", "invalid shape in fixed-type tuple.")
	}
	shape := make([]int, len(dims))
	for i, n := range dims {
		n, ok := n.(int64)
		if !ok {
			return DType{}, valueError("dtype", "invalid shape in fixed-type tuple.")
		}
		shape[i] = int(n)
	}
	return SubArray(d, shape...)
}

// list reads a list of (name, type) and (name, type, shape), where a name may be
// a pair (title, name).
func (l literal) list(v pyliteral.List) (DType, error) {
	fields := make([]Field, 0, len(v))
	offset := 0
	for i, item := range v {
		t, ok := item.(pyliteral.Tuple)
		switch {
		case ok && len(t) > 3:
			return DType{}, typeError("dtype", "Field elements must be tuples with at most 3 elements, got '%s'", text(item))
		case !ok || len(t) < 2:
			return DType{}, typeError("dtype", "Field elements must be 2- or 3-tuples, got '%s'", text(item))
		}
		f, err := l.label(t[0])
		if err != nil {
			return DType{}, err
		}
		if f.DType, err = l.from(t[1]); err != nil {
			return DType{}, err
		}
		if len(t) == 3 {
			if f.DType, err = l.shaped(f.DType, t[2]); err != nil {
				return DType{}, err
			}
		}
		f.Offset = offset
		offset += f.DType.ItemSize()
		if offset > maxItem {
			return DType{}, valueError("dtype", "dtype size in bytes must fit into a C int")
		}
		switch {
		case f.Name != "":
		case !l.descr:
			f.Name = "f" + strconv.Itoa(i)
			if f.Title != "" {
				f.Name = f.Title
			}
		case f.DType.kind == KindVoid && !f.DType.IsStruct():
			continue
		}
		fields = append(fields, f)
	}
	if err := checkNames(fields, l.descr); err != nil {
		return DType{}, err
	}
	if l.descr {
		return layOut(fields, StructOptions{Offsets: true, ItemSize: offset}, true)
	}
	return layOut(fields, StructOptions{Align: l.align}, false)
}

// label reads a field's name or its (title, name).
func (l literal) label(v any) (f Field, err error) {
	switch v := v.(type) {
	case string:
		f.Name = v
		return f, nil
	case pyliteral.Tuple:
		if len(v) != 2 {
			return f, typeError("dtype", "If a tuple, the first element of a field tuple must have two elements, not %d", len(v))
		}
		var ok bool
		if f.Name, ok = v[1].(string); !ok {
			return f, typeError("dtype", "Field name must be a str")
		}
		f.Title, err = title(v[0])
		return f, err
	}
	return f, typeError("dtype", "First element of field tuple is neither a tuple nor str")
}

func title(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	}
	return "", typeError("dtype", "a title that is not a str is not supported")
}

// dict reads a dictionary of lists, or without 'names' and 'formats' one of fields.
func (l literal) dict(v pyliteral.Dict) (DType, error) {
	names, ok1 := v.Lookup("names")
	formats, ok2 := v.Lookup("formats")
	if !ok1 || !ok2 {
		return l.fieldDict(v)
	}
	if a, ok := v.Lookup("aligned"); ok {
		on, ok := a.(bool)
		if !ok {
			return DType{}, valueError("dtype", "NumPy dtype descriptor includes 'aligned' entry, but its value is neither True nor False")
		}
		l.align = l.align || on
	}
	ns, err := sequence(names)
	if err != nil {
		return DType{}, err
	}
	fs, err := sequence(formats)
	if err != nil {
		return DType{}, err
	}
	os, titles := make([]any, len(ns)), make([]any, len(ns))
	opts := StructOptions{Align: l.align}
	for key, to := range map[string]*[]any{"offsets": &os, "titles": &titles} {
		if given, ok := v.Lookup(key); ok {
			opts.Offsets = opts.Offsets || key == "offsets"
			*to, err = sequence(given)
			if err != nil {
				*to = nil
			}
			if err != nil || len(*to) < len(ns) {
				return DType{}, unequalLists()
			}
		}
	}
	if len(fs) < len(ns) {
		return DType{}, unequalLists()
	}
	fields := make([]Field, len(ns))
	for i := range fields {
		f := &fields[i]
		if f.DType, err = l.from(fs[i]); err != nil {
			return DType{}, err
		}
		var ok bool
		if f.Name, ok = ns[i].(string); !ok {
			return DType{}, valueError("dtype", "field names must be strings")
		}
		if opts.Offsets {
			if f.Offset, err = integer(os[i]); err != nil {
				return DType{}, err
			}
		}
		if f.Title, err = title(titles[i]); err != nil {
			return DType{}, err
		}
	}
	size, sized := v.Lookup("itemsize")
	if sized {
		if opts.ItemSize, err = integer(size); err != nil {
			return DType{}, err
		}
	}
	if err := checkNames(fields, true); err != nil {
		return DType{}, err
	}
	return layOut(fields, opts, sized)
}

// fieldDict reads {name: (type, offset)} and {name: (type, offset, title)}. The
// fields are ordered by offset. A key that repeats a title is skipped.
func (l literal) fieldDict(v pyliteral.Dict) (DType, error) {
	fields := make([]Field, 0, len(v))
	for _, p := range v {
		t, ok := p.Value.(pyliteral.Tuple)
		if !ok || len(t) != 2 && len(t) != 3 {
			return DType{}, valueError("dtype", "entry not a 2- or 3- tuple")
		}
		name, ok := p.Key.(string)
		if !ok {
			return DType{}, valueError("dtype", "field names must be strings")
		}
		f := Field{Name: name}
		var err error
		if len(t) == 3 {
			if t[2] == any(name) {
				continue
			}
			if f.Title, err = title(t[2]); err != nil {
				return DType{}, err
			}
		}
		if f.Offset, err = integer(t[1]); err != nil {
			return DType{}, err
		}
		if f.Offset < 0 {
			return DType{}, valueError("dtype", "invalid offset.")
		}
		if f.DType, err = l.from(t[0]); err != nil {
			return DType{}, err
		}
		fields = append(fields, f)
	}
	sort.SliceStable(fields, func(i, j int) bool { return fields[i].Offset < fields[j].Offset })
	if err := checkNames(fields, true); err != nil {
		return DType{}, err
	}
	return layOut(fields, StructOptions{Align: l.align, Offsets: true}, false)
}

func unequalLists() error {
	return valueError("dtype", "'names', 'formats', 'offsets', and 'titles' dict entries must have the same length")
}

// sequence returns the items of a list or tuple; a string counts as one item.
func sequence(v any) ([]any, error) {
	switch v := v.(type) {
	case pyliteral.List:
		return v, nil
	case pyliteral.Tuple:
		return v, nil
	case string:
		return []any{v}, nil
	}
	return nil, unequalLists()
}

// integer reads a C int.
func integer(v any) (int, error) {
	n, ok := v.(int64)
	switch {
	case !ok:
		return 0, typeError("dtype", "'%s' object cannot be interpreted as an integer", pyliteral.TypeName(v))
	case n > maxItem || n < -maxItem-1:
		return 0, valueError("dtype", "integer won't fit into a C int")
	}
	return int(n), nil
}

// text is Python's repr of a literal, for messages.
func text(v any) string {
	if d, ok := v.(DType); ok {
		return d.Repr()
	}
	return pyliteral.Repr(v)
}
