package calc

import (
	"encoding/binary"
	"math"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// toArray is np.asarray: the array itself, or a new one that holds the values.
func (in *Interp) toArray(v Value) *nd.Array {
	if a, ok := arrayOf(v); ok {
		return a
	}
	if a, ok := in.exported(v); ok {
		return a
	}
	d := in.discover(v, false)
	return in.fill(d, d.dtype(in))
}

// toArrayAs is np.asarray with a dtype: values are converted one by one with
// the checks of an assignment, arrays are cast.
func (in *Interp) toArrayAs(v Value, dt dtype.DType) *nd.Array {
	if a, ok := arrayOf(v); ok {
		if a.DType() == dt {
			return a
		}
		in.chargeArray(dt, a.Shape())
		return a.AsType(dt)
	}
	if a, ok := in.exported(v); ok {
		return a.AsType(dt, nd.CopyIs(false))
	}
	d := in.discover(v, dt.IsStruct() || dt.IsSubArray())
	if dt.ItemSize() == 0 && (dt.Kind() == dtype.KindStr || dt.Kind() == dtype.KindBytes || dt.Kind() == dtype.KindVoid && !dt.IsStruct()) {
		dt = d.textDType(in, dt)
	}
	return in.fill(d, dt)
}

// exported is the array over the buffer that a value lends: an array.array or
// bytes that can change; and what an object with an array interface describes.
func (in *Interp) exported(v Value) (*nd.Array, bool) {
	switch x := v.(type) {
	case *Array:
		dt, err := dtype.Parse(string(x.code))
		if x.code == 'u' {
			dt, err = dtype.Str(1), nil
		}
		if err != nil {
			panic(err)
		}
		a, err := nd.FromBuffer(in.lentBuffer(x.block(), x.n*x.kind.size, x), dt, x.n, 0)
		if err != nil {
			panic(err)
		}
		return a, true
	case *Bytearray:
		a, err := nd.FromBuffer(in.lentBuffer(buffer.FromSlice(x.b), len(x.b), x), dtype.Uint8, -1, 0)
		if err != nil {
			panic(err)
		}
		return a, true
	case *memoryView:
		b, ro := x.buffer()
		buf := buffer.FromSlice(b)
		if ro {
			buf = buffer.FromString(string(b))
		}
		a, err := nd.FromBuffer(buf, dtype.Uint8, -1, 0)
		if err != nil {
			panic(err)
		}
		return a, true
	case *flatIter:
		return x.a.Flatten(), true
	case *Instance:
		if f, ok := in.tryAttr(x, "__array__"); ok {
			return in.toArray(in.call(f, nil, nil)), true
		}
		if d, ok := in.tryAttr(x, "__array_interface__"); ok {
			return in.fromInterface(d, x), true
		}
	}
	return nil, false
}

// discovered is what a nested sequence holds: its shape and its leaves in C order.
type discovered struct {
	shape  []int
	leaves []Value
	ragged int // the first axis along which lengths differ, or -1
}

const maxDims = 64

// discover walks nested lists and tuples. With records, a tuple is a leaf.
func (in *Interp) discover(v Value, records bool) *discovered {
	d := &discovered{ragged: -1}
	for w := v; ; {
		items, ok := in.sequence(w, records)
		if !ok {
			if a, isArray := arrayOf(w); isArray {
				d.shape = append(d.shape, a.Shape()...)
			}
			break
		}
		if len(d.shape) >= maxDims {
			throw(excValueError, "setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 64.")
		}
		d.shape = append(d.shape, len(items))
		if len(items) == 0 {
			break
		}
		w = items[0]
	}
	in.gather(d, v, 0, records)
	if d.ragged >= 0 {
		throw(excValueError, "setting an array element with a sequence. The requested array has an inhomogeneous shape after %d dimensions. The detected shape was %s + inhomogeneous part.", d.ragged, dtype.ShapeText(d.shape[:d.ragged]))
	}
	return d
}

// sequence returns the items of what np.array takes apart.
func (in *Interp) sequence(v Value, records bool) ([]Value, bool) {
	switch x := v.(type) {
	case *List:
		return x.items, true
	case *Tuple:
		return x.items, !records
	case *Range:
		return in.listOf(x), true
	case *Array:
		return in.listOf(x), true
	case *Instance:
		if in.hasAttr(x, "__len__") && in.hasAttr(x, "__getitem__") {
			return in.listOf(x), true
		}
	}
	return nil, false
}

func (in *Interp) mark(d *discovered, axis int) {
	if d.ragged < 0 || axis < d.ragged {
		d.ragged = axis
	}
}

func (in *Interp) gather(d *discovered, v Value, axis int, records bool) {
	in.step()
	if a, ok := arrayOf(v); ok && a.NDim() > 0 {
		for i := range a.NDim() {
			if axis+i >= len(d.shape) || a.Dim(i) != d.shape[axis+i] {
				in.mark(d, axis+i)
				return
			}
		}
		if axis+a.NDim() != len(d.shape) {
			in.mark(d, axis+a.NDim())
			return
		}
		flat := a.Reshape(-1)
		in.charge(32 * flat.Len())
		for i := range flat.Len() {
			d.leaves = append(d.leaves, newScalar(flat.Slice(nd.I(i))))
		}
		return
	}
	items, ok := in.sequence(v, records)
	if !ok {
		if axis != len(d.shape) {
			in.mark(d, axis)
			return
		}
		in.charge(16)
		d.leaves = append(d.leaves, v)
		return
	}
	if axis >= len(d.shape) {
		in.mark(d, axis)
		return
	}
	if len(items) != d.shape[axis] {
		in.mark(d, axis)
		return
	}
	for _, w := range items {
		in.gather(d, w, axis+1, records)
	}
}

// leafDType is the dtype that np.array finds for one value.
func (in *Interp) leafDType(v Value) dtype.DType {
	switch x := v.(type) {
	case *Scalar:
		return x.a.DType()
	case *Ndarray:
		return x.a.DType()
	case Bool:
		return dtype.Bool
	case Int:
		return dtype.Int64
	case *BigInt:
		if x.z.IsUint64() {
			return dtype.Uint64
		}
	case Float:
		return dtype.Float64
	case Complex:
		return dtype.Complex128
	case Str:
		return dtype.Str(max(1, runeCount(string(x))))
	case Bytes:
		return dtype.Bytes(max(1, len(x)))
	}
	throw(excTypeError, "the dtype object is not supported: no array can hold a '%s'", v.Type().tpName())
	return dtype.DType{}
}

func (d *discovered) dtype(in *Interp) dtype.DType {
	if len(d.leaves) == 0 {
		return dtype.Float64
	}
	var dt dtype.DType
	for i, v := range d.leaves {
		next := in.leafDType(v)
		if i == 0 {
			dt = next.Native()
			continue
		}
		if next == dt {
			continue
		}
		p, err := dtype.Promote(dt, next)
		if err != nil {
			panic(err)
		}
		dt = p
	}
	return dt
}

// textDType finds the length of a string dtype that came without one.
func (d *discovered) textDType(in *Interp, dt dtype.DType) dtype.DType {
	n := 1
	for _, v := range d.leaves {
		switch x := v.(type) {
		case *Scalar:
			t := x.a.AsType(dt).DType()
			n = max(n, t.ItemSize()/max(1, dt.Alignment()))
		case Bytes:
			n = max(n, len(x))
		case Str:
			n = max(n, runeCount(string(x)))
		default:
			if dt.Kind() == dtype.KindVoid {
				throw(excTypeError, "a bytes-like object is required, not '%s'", v.Type().tpName())
			}
			n = max(n, runeCount(in.Str(v)))
		}
	}
	switch dt.Kind() {
	case dtype.KindStr:
		return dtype.Str(n).NewByteOrder(dt.Order())
	case dtype.KindVoid:
		return dtype.Void(n)
	}
	return dtype.Bytes(n)
}

// fill makes the array of the leaves.
func (in *Interp) fill(d *discovered, dt dtype.DType) *nd.Array {
	in.chargeArray(dt, d.shape)
	out := nd.Zeros(dt, d.shape...)
	n := len(d.leaves)
	if n == 0 {
		return out
	}
	if dt.IsStruct() || dt.IsSubArray() {
		in.fillRecords(out, d.leaves, len(d.shape))
		return out
	}
	flat := out.Reshape(n)
	var src *nd.Array
	switch k := dt.Kind(); {
	case k == dtype.KindBool:
		s := make([]bool, n)
		for i, v := range d.leaves {
			s[i] = in.boolLeaf(v)
		}
		src = nd.Of(s)
	case dt.IsInteger():
		src = in.intLeaves(d.leaves, dt)
	case dt.IsFloat():
		s := make([]float64, n)
		for i, v := range d.leaves {
			s[i] = in.floatLeaf(v)
		}
		src = nd.Of(s)
	case dt.IsComplex():
		s := make([]complex128, n)
		for i, v := range d.leaves {
			s[i] = in.complexLeaf(v)
		}
		src = nd.Of(s)
	default:
		src = in.textLeaves(d.leaves, dt)
	}
	flat.Assign(src)
	return out
}

// plainLeaf turns a NumPy scalar into a value of the language.
func (in *Interp) plainLeaf(v Value) Value {
	if a, ok := arrayOf(v); ok {
		return in.itemOf(a)
	}
	return v
}

func (in *Interp) boolLeaf(v Value) bool { return in.truth(in.plainLeaf(v)) }

func (in *Interp) floatLeaf(v Value) float64 {
	switch x := in.plainLeaf(v).(type) {
	case NoneType:
		return math.NaN()
	case Complex:
		if _, ok := v.(*Scalar); ok {
			return real(x)
		}
		throw(excTypeError, "float() argument must be a string or a real number, not 'complex'")
	case *Tuple, *List, *Dict, *Set:
		throw(excTypeError, "float() argument must be a string or a real number, not '%s'", x.Type().tpName())
	default:
		return float64(in.floatOf(x).(Float))
	}
	return 0
}

func (in *Interp) complexLeaf(v Value) complex128 {
	return complex128(in.complexOf(in.plainLeaf(v), nil).(Complex))
}

// intLeaves converts leaves to integers. A number of the language must fit the
// dtype; a NumPy scalar and a float are cast.
func (in *Interp) intLeaves(leaves []Value, dt dtype.DType) *nd.Array {
	bits := uint(8 * dt.ItemSize())
	low, high := int64(0), uint64(math.MaxUint64)>>(64-bits)
	if dt.IsSigned() {
		high >>= 1
		low = -int64(high) - 1
	}
	unsigned := dt.Kind() == dtype.KindUint64
	s := make([]int64, len(leaves))
	for i, v := range leaves {
		switch x := v.(type) {
		case Int:
			if x < Int(low) || x > 0 && uint64(x) > high {
				throw(excOverflowError, "Python integer %d out of bounds for %s", x, dt.Name())
			}
			s[i] = int64(x)
		case Bool:
			s[i] = int64(boolInt(x))
		case *BigInt:
			if !unsigned || !x.z.IsUint64() {
				if bits == 64 && !unsigned {
					throw(excOverflowError, "Python int too large to convert to C long")
				}
				throw(excOverflowError, "Python integer %s out of bounds for %s", x.z, dt.Name())
			}
			s[i] = int64(x.z.Uint64())
		case *Scalar:
			s[i] = x.a.AsType(dt).AsType(dtype.Int64).Item[int64]()
		default:
			n := in.intOf(v, nil)
			switch n := n.(type) {
			case Int:
				if _, isFloat := v.(Float); isFloat {
					s[i] = nd.Scalar(int64(n)).AsType(dt).AsType(dtype.Int64).Item[int64]()
					continue
				}
				if n < Int(low) || n > 0 && uint64(n) > high {
					throw(excOverflowError, "Python integer %d out of bounds for %s", n, dt.Name())
				}
				s[i] = int64(n)
			case *BigInt:
				if unsigned && n.z.IsUint64() {
					s[i] = int64(n.z.Uint64())
					continue
				}
				throw(excOverflowError, "Python int too large to convert to C long")
			}
		}
	}
	return nd.Of(s)
}

// textLeaves makes the bytes of string and void items.
func (in *Interp) textLeaves(leaves []Value, dt dtype.DType) *nd.Array {
	size := dt.ItemSize()
	b := make([]byte, size*len(leaves))
	for i, v := range leaves {
		item := b[i*size : (i+1)*size]
		v = in.plainLeaf(v)
		switch dt.Kind() {
		case dtype.KindStr:
			s := ""
			switch x := v.(type) {
			case Bytes:
				s = in.decode(string(x), Str("ascii"), nil)
			default:
				s = in.Str(v)
			}
			var bo binary.ByteOrder = binary.LittleEndian
			if dt.Order() == '>' {
				bo = binary.BigEndian
			}
			for j, r := range runesOf(s) {
				if 4*j >= size {
					break
				}
				bo.PutUint32(item[4*j:], uint32(r))
			}
		case dtype.KindBytes:
			switch x := v.(type) {
			case Bytes:
				copy(item, x)
			case *Bytearray:
				copy(item, x.b)
			default:
				copy(item, in.encode(in.Str(v), Str("ascii"), nil))
			}
		default:
			copy(item, bytesArg(v, needBytes))
		}
	}
	if size == 0 {
		return nd.Zeros(dt, len(leaves))
	}
	a, err := nd.FromBytes(b, dt)
	if err != nil {
		panic(err)
	}
	return a
}

// fillRecords assigns leaves, which are tuples, to the items of a structured
// array whose first axes number ndim.
func (in *Interp) fillRecords(out *nd.Array, leaves []Value, ndim int) {
	shape := out.Shape()[:ndim]
	at := make([]nd.Idx, ndim)
	pos := make([]int, ndim)
	for _, v := range leaves {
		in.step()
		for k, i := range pos {
			at[k] = nd.I(i)
		}
		in.assignItem(out.Slice(at...), v)
		for k := ndim - 1; k >= 0; k-- {
			if pos[k]++; pos[k] < shape[k] {
				break
			}
			pos[k] = 0
		}
	}
}

// assignItem stores a value into an item, field by field where it is a record.
func (in *Interp) assignItem(dst *nd.Array, v Value) {
	dt := dst.DType()
	if !dt.IsStruct() {
		dst.Assign(in.toArrayAs(v, dt))
		return
	}
	if a, ok := arrayOf(v); ok {
		dst.Assign(a)
		return
	}
	if t, ok := v.(*Tuple); ok {
		names := dt.Names()
		if len(t.items) != len(names) {
			throw(excValueError, "could not assign tuple of length %d to structure with %d fields.", len(t.items), len(names))
		}
		for i, name := range names {
			in.assignItem(dst.Field(name), t.items[i])
		}
		return
	}
	if l, ok := v.(*List); ok {
		_ = l
		throw(excTypeError, "int() argument must be a string, a bytes-like object or a real number, not 'list'")
	}
	if b, ok := v.(Bytes); ok && len(b) == dt.ItemSize() {
		src, err := nd.FromBytes([]byte(b), dt)
		if err != nil {
			panic(err)
		}
		dst.Assign(src.Reshape())
		return
	}
	// A single value fills every field.
	for _, name := range dt.Names() {
		in.assignItem(dst.Field(name), v)
	}
}
