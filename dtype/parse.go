package dtype

import (
	"strconv"

	"github.com/stride-go/nd/internal/pyliteral"
)

// spellings maps the names that NumPy takes to kinds. The C names have the sizes
// of a 64-bit Unix machine everywhere.
var spellings = map[string]Kind{
	"?": KindBool, "b1": KindBool, "bool": KindBool, "bool_": KindBool,
	"b": KindInt8, "i1": KindInt8, "int8": KindInt8, "byte": KindInt8,
	"B": KindUint8, "u1": KindUint8, "uint8": KindUint8, "ubyte": KindUint8,
	"h": KindInt16, "i2": KindInt16, "int16": KindInt16, "short": KindInt16,
	"H": KindUint16, "u2": KindUint16, "uint16": KindUint16, "ushort": KindUint16,
	"i": KindInt32, "i4": KindInt32, "int32": KindInt32, "intc": KindInt32,
	"I": KindUint32, "u4": KindUint32, "uint32": KindUint32, "uintc": KindUint32,
	"l": KindInt64, "q": KindInt64, "p": KindInt64, "n": KindInt64, "i8": KindInt64, "int64": KindInt64,
	"int": KindInt64, "int_": KindInt64, "intp": KindInt64, "long": KindInt64, "longlong": KindInt64,
	"L": KindUint64, "Q": KindUint64, "P": KindUint64, "N": KindUint64, "u8": KindUint64, "uint64": KindUint64,
	"uint": KindUint64, "uintp": KindUint64, "ulong": KindUint64, "ulonglong": KindUint64,
	"e": KindFloat16, "f2": KindFloat16, "float16": KindFloat16, "half": KindFloat16,
	"f": KindFloat32, "f4": KindFloat32, "float32": KindFloat32, "single": KindFloat32,
	"d": KindFloat64, "f8": KindFloat64, "float64": KindFloat64, "double": KindFloat64, "float": KindFloat64,
	"F": KindComplex64, "c8": KindComplex64, "complex64": KindComplex64, "csingle": KindComplex64,
	"D": KindComplex128, "c16": KindComplex128, "complex128": KindComplex128, "cdouble": KindComplex128, "complex": KindComplex128,
	"S": KindBytes, "a": KindBytes, "bytes": KindBytes, "bytes_": KindBytes,
	"U": KindStr, "str": KindStr, "str_": KindStr, "unicode": KindStr,
	"V": KindVoid, "void": KindVoid,
}

// Parse returns the dtype that NumPy's np.dtype makes of the string s.
func Parse(s string) (DType, error) {
	if d, ok := parseOne(s); ok {
		return d, nil
	}
	return DType{}, typeError("dtype", "data type %s not understood", pyliteral.Quote(s))
}

// parseOne reads one plain type, with or without a byte order before it.
func parseOne(s string) (DType, bool) {
	order := Native
	name := s
	if name != "" {
		switch name[0] {
		case '<', '>':
			order = ByteOrder(name[0])
			name = name[1:]
		case '=', '|':
			name = name[1:]
		}
	}
	if k, ok := spellings[name]; ok {
		return plain(k).NewByteOrder(order), true
	}
	if len(name) < 2 {
		return DType{}, false
	}
	n, err := strconv.Atoi(name[1:])
	if err != nil || n < 0 || n > maxItem {
		return DType{}, false
	}
	switch name[0] {
	case 'S', 'a':
		return Bytes(n), true
	case 'U':
		if n > maxItem/4 {
			return DType{}, false
		}
		return Str(n).NewByteOrder(order), true
	case 'V':
		return Void(n), true
	}
	return DType{}, false
}
