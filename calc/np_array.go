package calc

import (
	"encoding/binary"
	"math"

	"github.com/stride-go/nd"
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
	if r, ok := v.(*Range); ok && r.n > 0 {
		return in.rangeArray(r)
	}
	d := in.discover(v, false)
	return in.fill(d, d.dtype(in))
}

// rangeArray is the array of a range, made without its numbers as values.
func (in *Interp) rangeArray(r *Range) *nd.Array {
	in.chargeArray(dtype.Int64, []int{int(r.n)})
	in.stepN(int(r.n / 256))
	a := nd.Zeros(dtype.Int64, int(r.n))
	s, _ := a.Data[int64]()
	for i := range s {
		s[i] = r.start + int64(i)*r.step
	}
	return a
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
	if r, ok := v.(*Range); ok && r.n > 0 && dt.IsNumeric() {
		if dt.IsInteger() { // which the ends must fit
			in.intLeaves([]Value{Int(r.start), Int(r.start + (r.n-1)*r.step)}, dt)
		}
		return in.castArray(in.rangeArray(r), dt)
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
		a, err := nd.FromBuffer(x.lent(), dt, x.len(), 0)
		if err != nil {
			panic(err)
		}
		return a, true
	case *Bytearray:
		a, err := nd.FromBuffer(x.lent(), dtype.Uint8, -1, 0)
		if err != nil {
			panic(err)
		}
		return a, true
	case *memoryView:
		return view(x.array()), true
	case *flatIter:
		return x.a.Flatten(), true
	case *Instance:
		if f, ok := in.tryAttr(x, "__array__"); ok {
			r, ok := in.call(f, nil, nil).(*Ndarray)
			if !ok {
				throw(excValueError, "object __array__ method not producing an array")
			}
			return r.a, true
		}
		if d, ok := in.tryAttr(x, "__array_interface__"); ok {
			return in.fromInterface(d, x), true
		}
	}
	return nil, false
}

// fill makes the array of the leaves.
func (in *Interp) fill(d *discovered, dt dtype.DType) *nd.Array {
	in.chargeArray(dt, d.shape)
	out := nd.Zeros(dt, d.shape...)
	if len(d.leaves) == 0 {
		return out
	}
	if dt.IsSubArray() {
		in.fillRecords(out, in.apart(d.leaves), len(d.shape))
		return out
	}
	flat := out.Reshape(-1)
	if !d.arrays {
		in.fillRun(flat, d.leaves)
		return out
	}
	at, run := 0, 0 // the item and the leaf from which nothing is filled
	for i, v := range d.leaves {
		a, _ := v.(*Ndarray)
		if a == nil || a.a.NDim() == 0 {
			continue
		}
		end := at + i - run
		in.fillRun(flat.Slice(nd.R(at, end)), d.leaves[run:i])
		at, run = end+a.a.Size(), i+1
		in.stepN(a.a.Size() / 256)
		flat.Slice(nd.R(end, at)).Reshape(a.a.Shape()...).Assign(a.a)
	}
	in.fillRun(flat.Slice(nd.From(at)), d.leaves[run:])
	return out
}

// apart returns the leaves with the items of arrays one by one.
func (in *Interp) apart(leaves []Value) []Value {
	var r []Value
	for _, v := range leaves {
		a, ok := v.(*Ndarray)
		if !ok {
			r = append(r, v)
			continue
		}
		flat := a.a.Reshape(-1)
		in.charge(32 * flat.Len())
		for i := range flat.Len() {
			r = append(r, newScalar(flat.Slice(nd.I(i))))
		}
	}
	return r
}

// fillRun gives the items of an array of one axis the values of as many leaves.
func (in *Interp) fillRun(flat *nd.Array, leaves []Value) {
	n := len(leaves)
	dt := flat.DType()
	var src *nd.Array
	switch k := dt.Kind(); {
	case n == 0:
		return
	case dt.IsStruct():
		in.fillRecords(flat, leaves, 1)
		return
	case k == dtype.KindBool:
		s := make([]bool, n)
		for i, v := range leaves {
			s[i] = in.boolLeaf(v)
		}
		src = nd.Of(s)
	case dt.IsInteger():
		src = in.intLeaves(leaves, dt)
	case dt.IsFloat():
		s := make([]float64, n)
		for i, v := range leaves {
			s[i] = in.floatLeaf(v)
		}
		src = nd.Of(s)
	case dt.IsComplex():
		s := make([]complex128, n)
		for i, v := range leaves {
			s[i] = in.complexLeaf(v)
		}
		src = nd.Of(s)
	default:
		src = in.textLeaves(leaves, dt)
	}
	flat.Assign(src)
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
		return quietNaN
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
	if v == Value(None) {
		return complex(quietNaN, quietNaN)
	}
	return complex128(in.complexOf(in.plainLeaf(v), nil).(Complex))
}

// intLeaves converts leaves to integers. A number of the language must fit the
// dtype, a float without its fraction; a NumPy scalar is cast.
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
