package calc

import (
	"encoding/binary"
	"math/big"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

// Ndarray is the value of an array. The array behind it changes only where
// NumPy changes an array object itself: resize, and setting shape or dtype.
type Ndarray struct {
	a    *nd.Array
	base Value // the object whose memory it shares, if that is no array
	file *fileInfo
	as   *Type // the class, where it is not that of the array
	rec  bool  // its dtype makes records: see np_rec.go
	// attrs are those that the program gave a record array.
	attrs *Dict
}

// fileInfo is what a memmap remembers of its file.
type fileInfo struct {
	name, mode string
	offset     int64
}

// Scalar is a NumPy scalar: a 0-d array that prints and compares as its item.
// It keeps its dtype and is strong in promotions.
type Scalar struct {
	a   *nd.Array
	rec bool // it is a np.record
}

func (x *Ndarray) Type() *Type {
	if x.as != nil {
		return x.as
	}
	if x.a.ClassName() == "memmap" {
		return typeMemmap
	}
	return typeNdarray
}

func (x *Scalar) Type() *Type {
	if x.rec {
		return typeRecord
	}
	return scalarTypes[x.a.DType().Kind()]
}

func (x *Ndarray) kind() string { return "array" }
func (x *Scalar) kind() string  { return "scalar" }

// identity is the header: two values of one array are the same object.
func (x *Ndarray) identity() any { return x.a }

// Array returns the array of the result, if it is one or a NumPy scalar.
func (r Result) Array() (*nd.Array, bool) { return arrayOf(r.value) }

// DType returns the dtype of the result if it is a dtype.
func (r Result) DType() (dtype.DType, bool) {
	if d, ok := r.value.(*DType); ok {
		return d.dt, true
	}
	return dtype.DType{}, false
}

func (x *Ndarray) repr(in *Interp) string {
	if x.as == typeRecarray {
		return x.recRepr(in)
	}
	o := in.printOptions().options
	if x.as == typeNdarray {
		o.ClassName = "array"
	} else if x.as != nil {
		o.ClassName = x.as.name
	}
	if x.rec {
		return x.recordsRepr(in, nd.ArrayRepr(x.a, o))
	}
	return nd.ArrayRepr(x.a, o)
}
func (x *Ndarray) str(in *Interp) string { return nd.ArrayStr(x.a, in.printOptions().options) }
func (x *Scalar) repr(in *Interp) string {
	o := nd.DefaultPrintOptions()
	if in != nil {
		in.charge(4 * x.a.ItemSize()) // a byte may print as \x00
		o = in.printOptions().options
	}
	text := x.a.ScalarRepr(o)
	if x.rec {
		return "np.record" + strings.TrimPrefix(text, "np.void")
	}
	return text
}
func (x *Scalar) str(in *Interp) string { return x.a.ScalarStr(in.printOptions().options) }

func (x *Ndarray) unhashable() {}

// hashKey is that of the item: np.int64(1) and 1 meet in a dict.
func (x *Scalar) hashKey(in *Interp) any { return in.hashKey(in.itemOf(x.a)) }

func (x *Ndarray) length(*Interp) int {
	if x.a.NDim() == 0 {
		throw(excTypeError, "len() of unsized object")
	}
	return x.a.Len()
}

func (x *Ndarray) truth(in *Interp) bool {
	switch n := x.a.Size(); {
	case n == 1:
		return in.truthOf(x.a)
	case n == 0:
		throw(excValueError, "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.")
	}
	throw(excValueError, "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
	return false
}

func (x *Scalar) truth(in *Interp) bool { return in.truthOf(x.a) }

// truthOf is the truth of the one item of an array.
func (in *Interp) truthOf(a *nd.Array) bool {
	if a.DType().Kind() == dtype.KindVoid {
		for _, c := range itemBytes(a) {
			if c != 0 {
				return true
			}
		}
		return false
	}
	return in.truth(in.itemOf(a.Reshape()))
}

func (x *Ndarray) iterate(in *Interp) Iterator {
	if x.a.NDim() == 0 {
		throw(excTypeError, "iteration over a 0-d array")
	}
	i := 0
	return &funcIterator{typ: typeSequenceIterator, next: func(in *Interp) (Value, bool) {
		if i >= x.a.Len() {
			return nil, false
		}
		i++
		in.charge(160)
		return like(x, in.scalarOrArray(x.a.Slice(nd.I(i-1)))), true
	}}
}

// itemBytes are the bytes of the one item of an array, in its byte order.
func itemBytes(a *nd.Array) []byte {
	b := make([]byte, a.ItemSize())
	if len(b) == 0 {
		return b
	}
	dst, err := nd.FromBytes(b, dtype.Void(len(b)))
	if err != nil {
		panic(err)
	}
	dst.Assign(a.Reshape(1).View(dtype.Void(len(b))))
	return b
}

// itemOf is the item of an array of one item as a value of the language: what
// a.item() returns.
func (in *Interp) itemOf(a *nd.Array) Value {
	switch k := a.DType().Kind(); k {
	case dtype.KindBool:
		return Bool(a.Item[bool]())
	case dtype.KindInt64:
		return Int(a.Item[int64]())
	case dtype.KindFloat64:
		return Float(a.Item[float64]())
	case dtype.KindInt8, dtype.KindInt16, dtype.KindInt32, dtype.KindUint8, dtype.KindUint16, dtype.KindUint32:
		return Int(a.AsType(dtype.Int64).Item[int64]())
	case dtype.KindUint64:
		return newInt(new(big.Int).SetUint64(a.Item[uint64]()))
	case dtype.KindFloat16, dtype.KindFloat32:
		return Float(a.AsType(dtype.Float64).Item[float64]())
	case dtype.KindComplex64, dtype.KindComplex128:
		return Complex(a.AsType(dtype.Complex128).Item[complex128]())
	case dtype.KindBytes:
		return Bytes(strings.TrimRight(string(itemBytes(a)), "\x00"))
	case dtype.KindStr:
		return Str(decodeUTF32(itemBytes(a), a.DType().Order()))
	}
	dt := a.DType()
	if !dt.IsStruct() {
		return Bytes(itemBytes(a))
	}
	t := &Tuple{}
	for _, name := range dt.Names() {
		f := a.Field(name)
		if f.NDim() > a.NDim() || f.NDim() > 0 && a.NDim() == 0 {
			t.items = append(t.items, &Ndarray{a: f})
			continue
		}
		t.items = append(t.items, in.itemOf(f))
	}
	return t
}

// decodeUTF32 reads a str item; trailing NULs are padding.
func decodeUTF32(b []byte, order dtype.ByteOrder) string {
	var bo binary.ByteOrder = binary.LittleEndian
	if order == '>' {
		bo = binary.BigEndian
	}
	var s strings.Builder
	for i := 0; i+4 <= len(b); i += 4 {
		s.WriteString(encodeRune(rune(bo.Uint32(b[i:]))))
	}
	return strings.TrimRight(s.String(), "\x00")
}

// listValue is a.tolist(): nested lists of the language's values.
func (in *Interp) listValue(a *nd.Array) Value {
	if a.NDim() == 0 {
		return in.itemOf(a)
	}
	in.chargeItems(a.Len())
	l := &List{make([]Value, a.Len())}
	in.charge(16 * len(l.items))
	for i := range l.items {
		in.step()
		l.items[i] = in.listValue(a.Slice(nd.I(i)))
	}
	return l
}

func (x *Scalar) index(in *Interp) (Value, bool) {
	if x.a.DType().IsInteger() {
		return in.itemOf(x.a), true
	}
	return nil, false
}

func (x *Ndarray) index(in *Interp) (Value, bool) {
	if x.a.NDim() == 0 && x.a.DType().IsInteger() {
		return in.itemOf(x.a), true
	}
	if x.a.DType().IsInteger() {
		throw(excTypeError, "only integer scalar arrays can be converted to a scalar index")
	}
	return nil, false
}

func (x *Scalar) float(in *Interp) (float64, bool) { return in.floatOfItem(x.a) }

func (x *Ndarray) float(in *Interp) (float64, bool) {
	if x.a.NDim() == 0 && x.a.DType().IsComplex() {
		throw(excTypeError, "float() argument must be a string or a real number, not 'complex'")
	}
	return in.floatOfItem(x.a)
}

func (in *Interp) floatOfItem(a *nd.Array) (float64, bool) {
	if a.NDim() > 0 {
		throw(excTypeError, "only 0-dimensional arrays can be converted to Python scalars")
	}
	switch v := in.itemOf(a).(type) {
	case Complex:
		return real(v), true
	case Str, Bytes:
		return float64(in.floatOf(v).(Float)), true
	default:
		return in.asFloat(v)
	}
}

func (x *Scalar) complex(in *Interp) (complex128, bool)  { return in.complexOfItem(x.a) }
func (x *Ndarray) complex(in *Interp) (complex128, bool) { return in.complexOfItem(x.a) }

func (in *Interp) complexOfItem(a *nd.Array) (complex128, bool) {
	if a.NDim() > 0 {
		throw(excTypeError, "only 0-dimensional arrays can be converted to Python scalars")
	}
	if n, ok := asNumber(in.itemOf(a)); ok {
		return toComplex(n), true
	}
	return 0, false
}

func (x *Scalar) format(in *Interp, spec string) string {
	if x.a.DType().Kind() == dtype.KindVoid {
		return in.Str(x)
	}
	return in.format(in.itemOf(x.a), spec)
}

func (x *Ndarray) format(in *Interp, spec string) string {
	if x.a.NDim() == 0 {
		return (&Scalar{a: x.a}).format(in, spec)
	}
	if spec != "" {
		throw(excTypeError, "unsupported format string passed to %s.__format__", x.Type().tpName())
	}
	return x.str(in)
}

func (x *Ndarray) sizeOf(*Interp) int {
	n := 96 + 16*x.a.NDim()
	if x.a.OwnData() {
		n += x.a.NBytes()
	}
	return n
}

func (x *Scalar) sizeOf(*Interp) int { return 16 + max(8, x.a.NBytes()) }

func (x *Ndarray) contains(in *Interp, v Value) bool {
	r := in.compareOp(cmpEQ, x, v)
	a, ok := arrayOf(r)
	if !ok {
		return in.truth(r)
	}
	return a.AnyTrue(nd.AllAxes()).Item[bool]()
}

// The buffer of an array: its bytes, when they lie together.
func (x *Ndarray) buffer() ([]byte, bool) { return arrayBytes(x.a), !x.a.Writeable() }
func (x *Scalar) buffer() ([]byte, bool)  { return arrayBytes(x.a), true }

// arrayBytes are the bytes of the items in C order; a view where they lie so.
func arrayBytes(a *nd.Array) []byte {
	if !a.Flags().Has(nd.CContiguous) {
		a = a.Copy(nd.C)
	}
	n := a.NBytes()
	if n == 0 {
		return nil
	}
	if err := a.Buffer().Escape(); err != nil { // released: others may have the memory
		panic(err)
	}
	off := a.Offset()
	return a.Buffer().UnsafeBytes()[off : off+n]
}

// fileOf describes the file under a memmap.
func (x *Ndarray) fileOf() *fileInfo {
	if x.file != nil {
		return x.file
	}
	info, ok := memmap.Info(x.a)
	if !ok {
		return nil
	}
	return &fileInfo{name: info.Path, offset: info.Offset, mode: info.Mode.String()}
}

func boolScalar(b bool) *nd.Array { return nd.Scalar(b) }
