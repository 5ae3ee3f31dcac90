// Package dtype says what one item of an array is: its kind, byte order, size
// and alignment, and, for items made of parts, the fields or the sub-array.
//
// Terms:
//
//   - kind: the machine type (float64, bytes, void …).
//   - byte order: '<' little, '>' big, '|' none. A dtype always knows its own
//     order; "native" is the order of this machine.
//   - item size, alignment: bytes. A structure that was not laid out with
//     alignment has alignment 1.
//   - structure: an item of named fields at byte offsets. Padding may lie
//     between fields; fields may overlap.
//   - sub-array: an item that is itself a small C-ordered array of a base dtype.
//
// A DType is a small comparable value: == compares structure, because the field
// lists of structures are interned. It can be a map key. The zero DType is
// invalid and means "not given". NumPy's own == is Equal, which overlooks the
// aligned flag.
//
// A dtype comes from a variable (Float64), from a size (Bytes, Str, Void), from
// parts (Struct, SubArray), from NumPy's notations (Parse, FromLiteral,
// ParseDescr), from a struct or buffer format (FromFormat), or from a Go type
// (Of). It prints in the same notations: String and Repr as NumPy does, TypeStr
// and Descr for the array interface and npy headers, BufferFormat for buffers.
//
// Promote, PromoteWeak and ResultType choose the dtype of a result by NEP 50;
// CanCast says which conversions the five casting levels allow. All of it is held
// against tables that NumPy 2.4 filled in (testdata/golden.py).
package dtype

// DType describes one item. See the package comment.
type DType struct {
	kind  Kind
	order ByteOrder
	size  int32
	ext   *ext // fields or sub-array; nil for plain items. Interned: equal content, equal pointer
}

// The plain numeric types in native byte order.
var (
	Bool       = plain(KindBool)
	Int8       = plain(KindInt8)
	Uint8      = plain(KindUint8)
	Int16      = plain(KindInt16)
	Uint16     = plain(KindUint16)
	Int32      = plain(KindInt32)
	Uint32     = plain(KindUint32)
	Int64      = plain(KindInt64)
	Uint64     = plain(KindUint64)
	Float16    = plain(KindFloat16)
	Float32    = plain(KindFloat32)
	Float64    = plain(KindFloat64)
	Complex64  = plain(KindComplex64)
	Complex128 = plain(KindComplex128)
)

// plain returns the native dtype of a kind of fixed size.
func plain(k Kind) DType {
	return DType{kind: k, order: k.nativeOrder(), size: kinds[k].size}
}

func (k Kind) nativeOrder() ByteOrder {
	if k.info().swap {
		return Native
	}
	return NoOrder
}

// OfKind returns the native dtype of a kind; the flexible kinds get size 0.
// An unknown kind gives the zero DType.
func OfKind(k Kind) DType {
	if k == KindInvalid || k >= NumKinds {
		return DType{}
	}
	return plain(k)
}

// maxItem is the largest item size, NumPy's: a C int.
const maxItem = 1<<31 - 1

// Bytes returns the dtype of byte strings of n bytes, 'S<n>': shorter strings
// are padded with NULs, and trailing NULs are dropped on reading. It panics for
// a size outside [0, 2³¹-1].
func Bytes(n int) DType { return flexible(KindBytes, n, 1) }

// Str returns the dtype of Unicode strings of n code points, 'U<n>', stored as
// UTF-32 in native byte order. It panics for an item over 2³¹-1 bytes.
func Str(n int) DType { return flexible(KindStr, n, 4) }

// Void returns the dtype of n raw bytes, 'V<n>'. It panics for a size outside
// [0, 2³¹-1].
func Void(n int) DType { return flexible(KindVoid, n, 1) }

func flexible(k Kind, n, unit int) DType {
	if n < 0 || n > maxItem/unit {
		panic(valueError("dtype", "invalid itemsize %d for %s", n, k))
	}
	return DType{kind: k, order: k.nativeOrder(), size: int32(n * unit)}
}

// IsValid reports whether d describes an item: false for the zero DType only.
func (d DType) IsValid() bool { return d.kind != KindInvalid }

// Kind returns the kind. Structures and sub-arrays are KindVoid.
func (d DType) Kind() Kind { return d.kind }

// Order returns the byte order; NoOrder where it has no meaning, which includes
// structures and sub-arrays (see IsNative).
func (d DType) Order() ByteOrder {
	if d.kind == KindInvalid {
		return NoOrder
	}
	return d.order
}

// ItemSize returns the bytes of one item.
func (d DType) ItemSize() int { return int(d.size) }

// Alignment returns the alignment in bytes that the item wants. A structure
// wants 1 unless it was laid out aligned; a sub-array wants its base's.
func (d DType) Alignment() int {
	if d.ext != nil {
		return int(d.ext.align)
	}
	return int(d.kind.info().align)
}

// IsNative reports whether every number inside the item is in this machine's
// byte order. (NumPy's isnative overlooks swapped bases of sub-arrays.)
func (d DType) IsNative() bool {
	if d.ext != nil {
		return d.ext.native
	}
	return d.order != Native.Swapped()
}

// NewByteOrder returns the same item with its numbers in byte order o, in every
// field and sub-array; NoOrder leaves everything as it is. No bytes are touched. It
// panics with ErrValue for an o that is none of the three.
func (d DType) NewByteOrder(o ByteOrder) DType {
	if o != Little && o != Big && o != NoOrder {
		panic(valueError("newbyteorder", "byteorder not recognized (got %q)", string(rune(o))))
	}
	return d.mapOrder(func(old ByteOrder) ByteOrder {
		if o == NoOrder {
			return old
		}
		return o
	})
}

// Swapped returns the same item with the byte order of every number reversed:
// NumPy's newbyteorder('S').
func (d DType) Swapped() DType { return d.mapOrder(ByteOrder.Swapped) }

// Native returns the same item with every number in this machine's byte order.
func (d DType) Native() DType { return d.NewByteOrder(Native) }

func (d DType) mapOrder(f func(ByteOrder) ByteOrder) DType {
	switch {
	case d.ext == nil:
		if d.kind.info().swap {
			d.order = f(d.order)
		}
		return d
	case d.ext.shape != nil:
		e := *d.ext
		e.base = e.base.mapOrder(f)
		d.ext = intern(e)
		return d
	}
	e := *d.ext
	e.fields = append([]Field(nil), e.fields...)
	for i := range e.fields {
		e.fields[i].DType = e.fields[i].DType.mapOrder(f)
	}
	d.ext = intern(e)
	return d
}

// IsNumeric reports whether the item is a bool, integer, float or complex.
func (d DType) IsNumeric() bool { return d.kind >= KindBool && d.kind <= KindComplex128 }

// IsInteger reports whether the item is a signed or unsigned integer; bool is not.
func (d DType) IsInteger() bool { return d.kind >= KindInt8 && d.kind <= KindUint64 }

// IsSigned reports whether the item is a signed integer.
func (d DType) IsSigned() bool { return d.kind.Class() == 'i' }

// IsUnsigned reports whether the item is an unsigned integer.
func (d DType) IsUnsigned() bool { return d.kind.Class() == 'u' }

// IsFloat reports whether the item is a real floating-point number.
func (d DType) IsFloat() bool { return d.kind.Class() == 'f' }

// IsComplex reports whether the item is a complex number.
func (d DType) IsComplex() bool { return d.kind.Class() == 'c' }

// IsStruct reports whether the item has fields (possibly none: an empty structure).
func (d DType) IsStruct() bool { return d.ext != nil && d.ext.shape == nil }

// IsSubArray reports whether the item is a sub-array.
func (d DType) IsSubArray() bool { return d.ext != nil && d.ext.shape != nil }

// IsAlignedStruct reports whether the item is a structure with the aligned flag.
func (d DType) IsAlignedStruct() bool { return d.IsStruct() && d.ext.aligned }
