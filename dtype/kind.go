package dtype

import "encoding/binary"

// Kind is the machine type of an item, without byte order and, for the flexible
// kinds (KindBytes, KindStr, KindVoid), without size.
type Kind uint8

// The kinds. KindStr holds UTF-32 code points, four bytes each. KindVoid is raw
// bytes, a structure, or a sub-array.
const (
	KindInvalid Kind = iota
	KindBool
	KindInt8
	KindUint8
	KindInt16
	KindUint16
	KindInt32
	KindUint32
	KindInt64
	KindUint64
	KindFloat16
	KindFloat32
	KindFloat64
	KindComplex64
	KindComplex128
	KindBytes
	KindStr
	KindVoid
	NumKinds
)

// kindInfo is what a kind alone determines.
type kindInfo struct {
	class byte   // NumPy's dtype.kind: b i u f c S U V
	char  byte   // NumPy's dtype.char, the one-letter code
	size  int32  // item size in bytes; 0 for the flexible kinds
	align int32  // C's alignment on a 64-bit machine
	swap  bool   // whether byte order matters
	name  string // NumPy's name; without the bit count for the flexible kinds
}

var kinds = [NumKinds]kindInfo{
	KindInvalid:    {0, 0, 0, 1, false, "invalid"},
	KindBool:       {'b', '?', 1, 1, false, "bool"},
	KindInt8:       {'i', 'b', 1, 1, false, "int8"},
	KindUint8:      {'u', 'B', 1, 1, false, "uint8"},
	KindInt16:      {'i', 'h', 2, 2, true, "int16"},
	KindUint16:     {'u', 'H', 2, 2, true, "uint16"},
	KindInt32:      {'i', 'i', 4, 4, true, "int32"},
	KindUint32:     {'u', 'I', 4, 4, true, "uint32"},
	KindInt64:      {'i', 'l', 8, 8, true, "int64"},
	KindUint64:     {'u', 'L', 8, 8, true, "uint64"},
	KindFloat16:    {'f', 'e', 2, 2, true, "float16"},
	KindFloat32:    {'f', 'f', 4, 4, true, "float32"},
	KindFloat64:    {'f', 'd', 8, 8, true, "float64"},
	KindComplex64:  {'c', 'F', 8, 4, true, "complex64"},
	KindComplex128: {'c', 'D', 16, 8, true, "complex128"},
	KindBytes:      {'S', 'S', 0, 1, false, "bytes"},
	KindStr:        {'U', 'U', 0, 4, true, "str"},
	KindVoid:       {'V', 'V', 0, 1, false, "void"},
}

// info returns the kind's row; a number outside the table reads as KindInvalid.
func (k Kind) info() *kindInfo {
	if k >= NumKinds {
		k = KindInvalid
	}
	return &kinds[k]
}

// String returns NumPy's name of the kind: "float64", "bytes".
func (k Kind) String() string { return k.info().name }

// Class returns NumPy's dtype.kind: one of b i u f c S U V.
func (k Kind) Class() byte { return k.info().class }

// ItemSize returns the bytes of one item, and 0 for the flexible kinds.
func (k Kind) ItemSize() int { return int(k.info().size) }

// ByteOrder is the order of the bytes of one number.
type ByteOrder byte

// The byte orders. NoOrder is the order of items that have none: single bytes,
// byte strings, raw memory, structures (whose fields have their own).
const (
	NoOrder ByteOrder = '|'
	Little  ByteOrder = '<'
	Big     ByteOrder = '>'
)

// Native is this machine's order, Little or Big.
var Native = nativeOrder()

func nativeOrder() ByteOrder {
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		return Little
	}
	return Big
}

// Swapped returns the other order; NoOrder stays.
func (o ByteOrder) Swapped() ByteOrder {
	switch o {
	case Little:
		return Big
	case Big:
		return Little
	}
	return o
}

// String returns the order's character: "|", "<" or ">".
func (o ByteOrder) String() string { return string(rune(o)) }
