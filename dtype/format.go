package dtype

import (
	"slices"
	"strconv"
	"strings"

	"github.com/stride-go/nd/internal/pyliteral"
)

// The format strings of Python's struct module and of its buffer protocol (PEP
// 3118). A format is a list of items:
//
//	item    = { '(' n ',' n … ')' } [ order ] [ count ] type [ ':' name ':' ]
//	type    = letter | 'T{' item … '}'
//	order   = '@' native sizes and alignment (at the start) | '^' native sizes
//	        | '=' native order | '<' little | '>' or '!' big: standard sizes, unaligned
//	letter  = ? c b B h H i I l L q Q n N P e f d Zf Zd s w x
//
// An order holds until the next one. A count before s, w or x is a length; before
// anything else it makes a sub-array, as the brackets do. x without a name is
// padding. l and L have 8 bytes under '@' and '^', and 4 under the others.

// FromFormat returns the dtype of a format string, as NumPy reads it from a
// buffer: FromFormat("=hdd") has fields f0, f1, f2 at 0, 2, 10. One item without
// a name is that item's dtype; padding is kept as offsets. Errors: an unknown
// letter, brackets that do not match, a name used twice (ErrValue), a type that
// nd does not have (ErrDType).
func FromFormat(s string) (DType, error) {
	if len(s) > pyliteral.MaxLength {
		return DType{}, valueError("dtype", "format string of %d bytes exceeds the limit of %d", len(s), pyliteral.MaxLength)
	}
	r := formatReader{s: s, order: '@'}
	d, _, err := r.items(0)
	return d, err
}

type formatReader struct {
	s     string // what is left
	order byte
}

func (r *formatReader) skip(prefix string) bool {
	rest, ok := strings.CutPrefix(r.s, prefix)
	r.s = rest
	return ok
}

// native reports whether sizes are this machine's.
func (r *formatReader) native() bool { return r.order == '@' || r.order == '^' }

// items reads up to the end of the text or of the enclosing 'T{'. align is the
// alignment that the items ask for.
func (r *formatReader) items(depth int) (d DType, align int, err error) {
	if depth > pyliteral.MaxDepth {
		return DType{}, 0, valueError("dtype", "too many nested structures in a format string (limit %d)", pyliteral.MaxDepth)
	}
	var fields []Field
	named := map[string]bool{}
	end, align := 0, 1
	for {
		r.s = strings.TrimLeft(r.s, " \t\r\n")
		if r.s == "" || r.s[0] == '}' {
			break
		}
		value, padding, need, err := r.item(depth)
		if err != nil {
			return DType{}, 0, err
		}
		if r.order == '@' {
			end = roundUp(end, need)
			align = max(align, need) // powers of two: the larger is the least common multiple
		}
		name, isNamed := "", r.skip(":")
		if isNamed {
			var closed bool
			if name, r.s, closed = strings.Cut(r.s, ":"); !closed {
				return DType{}, 0, valueError("dtype", "a field name without its second ':' in a format string")
			}
			if named[name] {
				return DType{}, 0, valueError("dtype", "Duplicate field name '%s' in PEP3118 format", name)
			}
			named[name] = true
		}
		if isNamed || !padding {
			f := Field{Name: name, DType: value, Offset: end}
			if !isNamed {
				f.Title = nameless
			}
			fields = append(fields, f)
		}
		end += value.ItemSize()
		if r.order == '@' {
			end = roundUp(end, need)
		}
		if end > maxItem {
			return DType{}, 0, valueError("dtype", "dtype size in bytes must fit into a C int")
		}
	}
	switch closed := r.skip("}"); {
	case depth > 0 && !closed:
		return DType{}, 0, valueError("dtype", "'T{' without its '}' in a format string")
	case depth == 0 && closed:
		return DType{}, 0, valueError("dtype", "'}' without its 'T{' in a format string")
	}
	if r.order == '@' {
		end = roundUp(end, align)
	}
	if depth == 0 && len(fields) == 1 && fields[0].Title == nameless && fields[0].DType.ItemSize() == end {
		return fields[0].DType, align, nil
	}
	next := 0 // nameless fields take the free names f0, f1, … in order
	for i := range fields {
		if fields[i].Title != nameless {
			continue
		}
		for fields[i].Name == "" || named[fields[i].Name] {
			fields[i].Name = "f" + strconv.Itoa(next)
			next++
		}
		fields[i].Title = ""
	}
	d, err = layOut(fields, StructOptions{Offsets: true, ItemSize: end}, true)
	return d, align, err
}

// nameless marks a field that has no name yet; no title holds a NUL.
const nameless = "\x00"

// item reads one item up to its name. need is its alignment.
func (r *formatReader) item(depth int) (d DType, padding bool, need int, err error) {
	fail := func(err error) (DType, bool, int, error) { return DType{}, false, 0, err }
	var shapes [][]int // NumPy writes nested sub-arrays as (3)(2)i, the outer one first
	for r.skip("(") {
		text, rest, closed := strings.Cut(r.s, ")")
		if !closed {
			return fail(valueError("dtype", "'(' without its ')' in a format string"))
		}
		r.s = rest
		var shape []int
		for part := range strings.SplitSeq(text, ",") {
			part = strings.TrimSpace(part)
			n, err := strconv.Atoi(part)
			if err != nil {
				return fail(valueError("dtype", "invalid literal for int() with base 10: %s", pyliteral.Quote(part)))
			}
			shape = append(shape, n)
		}
		shapes = append(shapes, shape)
		if len(shapes) > pyliteral.MaxDepth {
			return fail(valueError("dtype", "too many nested shapes in a format string (limit %d)", pyliteral.MaxDepth))
		}
	}
	if r.s != "" && strings.IndexByte("@=<>^!", r.s[0]) >= 0 {
		r.order = r.s[0]
		r.s = r.s[1:]
	}
	count, digits := 1, 0
	for digits < len(r.s) && r.s[digits] >= '0' && r.s[digits] <= '9' {
		digits++
	}
	if digits > 0 {
		if count, err = strconv.Atoi(r.s[:digits]); err != nil || count > maxItem {
			return fail(valueError("dtype", "the count %.20s in a format string is too large", r.s[:digits]))
		}
		r.s = r.s[digits:]
	}
	if r.skip("T{") {
		d, need, err = r.items(depth + 1)
	} else {
		padding = strings.HasPrefix(r.s, "x")
		d, count, err = r.letter(count)
		need = d.Alignment()
	}
	if err != nil {
		return fail(err)
	}
	once := count <= 1
	for _, shape := range shapes {
		once = once && product(shape) <= 1
	}
	if gap := -d.ItemSize() & (need - 1); gap > 0 && r.order == '@' && !once {
		if d, err = d.padded(gap); err != nil { // each repetition is to be aligned
			return fail(err)
		}
	}
	if count != 1 {
		if d, err = SubArray(d, count); err != nil {
			return fail(err)
		}
	}
	for _, shape := range slices.Backward(shapes) {
		if d, err = SubArray(d, shape...); err != nil {
			return fail(err)
		}
	}
	return d, padding, need, nil
}

// product is the number of items of a shape, or 2 for any more than one.
func product(shape []int) int {
	p := 1
	for _, n := range shape {
		p = min(p*min(n, 2), 2)
	}
	return p
}

// padded is the item with n bytes behind it.
func (d DType) padded(n int) (DType, error) {
	fields := d.Fields()
	if !d.IsStruct() {
		fields = []Field{{Name: "f0", DType: d}}
	}
	return layOut(fields, StructOptions{Offsets: true, ItemSize: d.ItemSize() + n}, true)
}

// letters are the types without a length. Those of varying size are the native ones.
var letters = map[string]Kind{
	"?": KindBool, "b": KindInt8, "B": KindUint8, "h": KindInt16, "H": KindUint16, "i": KindInt32, "I": KindUint32,
	"l": KindInt64, "L": KindUint64, "q": KindInt64, "Q": KindUint64, "e": KindFloat16, "f": KindFloat32, "d": KindFloat64,
	"Zf": KindComplex64, "Zd": KindComplex128,
	"n": KindInt64, "N": KindUint64, "P": KindUint64, // of the struct module, native only
}

// letter reads a type of one letter, or of two after Z. left is the count that is
// not yet spent as a length.
func (r *formatReader) letter(count int) (d DType, left int, err error) {
	unknown := func() error {
		shown := r.s
		if len(shown) > 100 {
			shown = shown[:100] + "…"
		}
		return valueError("dtype", "Unknown PEP 3118 data type specifier %s", pyliteral.Quote(shown))
	}
	if r.s == "" {
		return DType{}, 0, unknown()
	}
	n := 1
	if r.s[0] == 'Z' && len(r.s) > 1 {
		n = 2
	}
	word := r.s[:n]
	switch k := letters[word]; {
	case word == "c":
		d, left = Bytes(1), count
	case word == "s":
		d, left = Bytes(count), 1
	case word == "x":
		d, left = Void(count), 1
	case word == "w" && count <= maxItem/4:
		d, left = Str(count), 1
	case !r.native() && (word == "l" || word == "L"):
		d, left = plain(k-2), count // the kind of half the size
	case strings.Contains("nNP", word) && !r.native():
		return DType{}, 0, unknown()
	case k != KindInvalid:
		d, left = plain(k), count
	default:
		if what := unsupported[word]; what != "" {
			return DType{}, 0, typeError("dtype", "Unrepresentable PEP 3118 data type '%s' (%s)", word, what)
		}
		return DType{}, 0, unknown()
	}
	r.s = r.s[n:]
	switch r.order {
	case '<':
		d = d.NewByteOrder(Little)
	case '>', '!':
		d = d.NewByteOrder(Big)
	}
	return d, left, nil
}

// unsupported are the letters that mean types nd does not have.
var unsupported = map[string]string{"u": "UCS-2 strings", "&": "pointers", "t": "bitfields", "X": "function pointers",
	"O": "Python objects", "g": "long double", "Zg": "complex long double", "p": "Pascal strings"}
