package dtype

import (
	"strconv"
	"strings"

	"github.com/stride-go/nd/internal/pyliteral"
)

// codes are the one-letter codes, which may follow a byte order. C's long and
// pointers are 64 bits wide on every machine.
var codes = map[byte]Kind{
	'?': KindBool, 'b': KindInt8, 'B': KindUint8, 'h': KindInt16, 'H': KindUint16,
	'i': KindInt32, 'I': KindUint32, 'l': KindInt64, 'L': KindUint64, 'q': KindInt64, 'Q': KindUint64,
	'p': KindInt64, 'P': KindUint64, 'n': KindInt64, 'N': KindUint64,
	'e': KindFloat16, 'f': KindFloat32, 'd': KindFloat64, 'F': KindComplex64, 'D': KindComplex128,
	'S': KindBytes, 'a': KindBytes, 'U': KindStr, 'V': KindVoid,
}

// sized are the classes with a size in bytes behind them, as in 'f8'; they too
// may follow a byte order.
var sized = map[byte]map[int]Kind{
	'b': {1: KindBool},
	'i': {1: KindInt8, 2: KindInt16, 4: KindInt32, 8: KindInt64},
	'u': {1: KindUint8, 2: KindUint16, 4: KindUint32, 8: KindUint64},
	'f': {2: KindFloat16, 4: KindFloat32, 8: KindFloat64},
	'c': {8: KindComplex64, 16: KindComplex128},
}

// names are the words, which stand alone.
var names = map[string]Kind{
	"bool": KindBool, "bool_": KindBool,
	"int8": KindInt8, "byte": KindInt8, "uint8": KindUint8, "ubyte": KindUint8,
	"int16": KindInt16, "short": KindInt16, "uint16": KindUint16, "ushort": KindUint16,
	"int32": KindInt32, "intc": KindInt32, "uint32": KindUint32, "uintc": KindUint32,
	"int64": KindInt64, "int": KindInt64, "int_": KindInt64, "intp": KindInt64, "long": KindInt64, "longlong": KindInt64,
	"uint64": KindUint64, "uint": KindUint64, "uintp": KindUint64, "ulong": KindUint64, "ulonglong": KindUint64,
	"float16": KindFloat16, "half": KindFloat16, "float32": KindFloat32, "single": KindFloat32,
	"float64": KindFloat64, "double": KindFloat64, "float": KindFloat64,
	"complex64": KindComplex64, "csingle": KindComplex64,
	"complex128": KindComplex128, "cdouble": KindComplex128, "complex": KindComplex128,
	"bytes": KindBytes, "bytes_": KindBytes, "str": KindStr, "str_": KindStr, "unicode": KindStr, "void": KindVoid,
}

// Parse returns the dtype that s spells, in any spelling that NumPy's np.dtype
// takes:
//
//   - a name: 'float32', 'half', 'int', 'str';
//   - an array-interface typestr or its parts: '<f8', '>i4', 'f4', 'd', 'U5', '|S30';
//   - a comma string, whose items may carry repeat counts: 'i4,f4,S3',
//     '(2,3)f8, >i2', '3i4';
//   - a Python literal: a list of tuples [('a', '<i4'), (('title', 'b'), 'f8', (2, 3))],
//     a dictionary of lists {'names': …, 'formats': …, 'offsets': …, 'titles': …,
//     'itemsize': …, 'aligned': …}, a dictionary of fields {'a': ('<i4', 0), …},
//     which are put in the order of their offsets, or a pair ('<f4', (2, 3)).
//
// Errors carry NumPy's text. The kinds that nd does not have (object, datetime,
// long double, StringDType) are "not understood".
func Parse(s string) (DType, error) { return parse(s, false) }

// ParseAligned is Parse with np.dtype's align=True: structures that are laid out
// here are laid out aligned.
func ParseAligned(s string) (DType, error) { return parse(s, true) }

func parse(s string, align bool) (DType, error) {
	if len(s) > pyliteral.MaxLength {
		return DType{}, valueError("dtype", "dtype text of %d bytes exceeds the limit of %d", len(s), pyliteral.MaxLength)
	}
	if isLiteral(s) {
		v, err := pyliteral.Parse(s)
		if err != nil {
			return DType{}, err
		}
		return literal{align: align}.from(v)
	}
	return parseText(s, align)
}

// isLiteral reports whether s is written as a Python literal. A bracket may also
// open a repeat count, '(2,3)f8', which holds nothing but numbers.
func isLiteral(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	if s == "" {
		return false
	}
	switch s[0] {
	case '[', '{', '\'', '"':
		return true
	case '(':
		s = strings.TrimLeft(s[1:], " \t\r\n(")
		return s != "" && strings.IndexByte(`'"[{`, s[0]) >= 0
	}
	return false
}

// parseText reads a string as np.dtype does: it is never a literal.
func parseText(s string, align bool) (DType, error) {
	if isCommaString(s) {
		return parseCommaString(s, align)
	}
	if d, ok := parsePlain(s); ok {
		return d, nil
	}
	switch s {
	case "int0", "uint0", "void0", "object0", "str0", "bytes0", "bool8":
		return DType{}, typeError("dtype", "Alias '%s' was removed in NumPy 2.0. Use a name without a digit at the end.", s)
	}
	return DType{}, notUnderstood(s)
}

func notUnderstood(s string) error {
	if len(s) > 1000 {
		s = s[:1000] + "…"
	}
	return typeError("dtype", "data type %s not understood", pyliteral.Quote(s))
}

// parsePlain reads one plain type.
func parsePlain(s string) (DType, bool) {
	if k, ok := names[s]; ok {
		return plain(k), true
	}
	order := Native
	if s != "" && strings.IndexByte("<>=|", s[0]) >= 0 {
		if s[0] == '<' || s[0] == '>' {
			order = ByteOrder(s[0])
		}
		s = s[1:]
	}
	if s == "" {
		return DType{}, false
	}
	if len(s) == 1 {
		if s == "c" { // one character
			return Bytes(1), true
		}
		k, ok := codes[s[0]]
		return OfKind(k).NewByteOrder(order), ok
	}
	n, err := strconv.Atoi(strings.TrimLeft(s[1:], " \t\n\v\f\r")) // C's strtol: spaces and a sign may precede
	if err != nil || n < 0 || n > maxItem {
		return DType{}, false
	}
	switch s[0] {
	case 'S', 'a':
		return Bytes(n), true
	case 'V':
		return Void(n), true
	case 'U':
		if n > maxItem/4 {
			return DType{}, false
		}
		return Str(n).NewByteOrder(order), true
	}
	k, ok := sized[s[0]][n]
	return OfKind(k).NewByteOrder(order), ok
}
