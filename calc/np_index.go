package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

const badIndex = "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices"

// indexList converts a subscript. whole says that it consists of integers only,
// copied that one of them is a 0-d array: then the result is no view. advanced are the
// index arrays in it.
func (in *Interp) indexList(key Value, nDim int) (idx []nd.Idx, whole bool, advanced []indexArray, copied bool) {
	items := []Value{key}
	if t, ok := key.(*Tuple); ok {
		items = t.items
	}
	whole = true
	used := 0
	for _, v := range items {
		switch x := v.(type) {
		case NoneType:
			idx = append(idx, nd.NewAxis)
			whole = false
			continue
		case EllipsisType:
			idx = append(idx, nd.Ellipsis)
			whole = false
			continue
		case *Slice:
			idx = append(idx, in.sliceIndex(x))
			whole = false
			used++
			continue
		case Bool:
			advanced = append(advanced, indexArray{len(idx), nd.Scalar(bool(x))})
			idx = append(idx, nd.By(nd.Scalar(bool(x))))
			whole = false
			continue
		}
		if a, ok := arrayOf(v); ok {
			if a.NDim() == 0 && a.DType().IsInteger() {
				n, ok := in.itemOf(a).(Int)
				if !ok {
					throw(excIndexError, "cannot fit 'int' into an index-sized integer")
				}
				idx = append(idx, nd.I(int(n)))
				used++
				_, isArray := v.(*Ndarray)
				copied = copied || isArray
				continue
			}
			if !a.DType().IsInteger() && a.DType().Kind() != dtype.KindBool {
				if a.NDim() == 0 {
					throw(excIndexError, badIndex)
				}
				throw(excIndexError, "arrays used as indices must be of integer (or boolean) type")
			}
			if a.Size() > 1<<16 && !a.Flags().Has(nd.CContiguous) {
				in.chargeCopy(a) // what selects is gathered first
			}
			advanced = append(advanced, indexArray{len(idx), a})
			idx = append(idx, nd.By(a))
			whole = false
			continue
		}
		if n, ok := in.asIndex(v); ok {
			i, ok := n.(Int)
			if !ok {
				throw(excIndexError, badIndex)
			}
			idx = append(idx, nd.I(int(i)))
			used++
			continue
		}
		switch x := v.(type) {
		case *List, *Tuple, *Range, *Array:
			a := in.toArray(x)
			if a.Size() == 0 && a.DType() == dtype.Float64 {
				a = a.AsType(dtype.Int64)
			}
			if !a.DType().IsInteger() && a.DType().Kind() != dtype.KindBool {
				throw(excIndexError, badIndex)
			}
			advanced = append(advanced, indexArray{len(idx), a})
			idx = append(idx, nd.By(a))
			whole = false
			continue
		}
		throw(excIndexError, badIndex)
	}
	return idx, whole && used >= nDim, advanced, copied
}

// sliceIndex converts a slice of the language.
func (in *Interp) sliceIndex(s *Slice) nd.Idx {
	start, hasStart := in.sliceBound(s.start)
	stop, hasStop := in.sliceBound(s.stop)
	var step []int
	if n, ok := in.sliceBound(s.step); ok {
		step = []int{n}
	}
	switch {
	case hasStart && hasStop:
		return nd.R(start, stop, step...)
	case hasStart:
		return nd.From(start, step...)
	case hasStop:
		return nd.To(stop, step...)
	case step != nil:
		return nd.Step(step[0])
	}
	return nd.All
}

// fieldNames recognises a subscript that names a field or several.
func (in *Interp) fieldNames(key Value) (names []string, single, ok bool) {
	switch k := key.(type) {
	case Str:
		return []string{string(k)}, true, true
	case *List:
		for _, v := range k.items {
			s, isStr := v.(Str)
			if !isStr {
				return nil, false, false
			}
			names = append(names, string(s))
		}
		return names, false, len(names) > 0
	case *Scalar:
		if s, isStr := in.itemOf(k.a).(Str); isStr {
			return []string{string(s)}, true, true
		}
	}
	return nil, false, false
}

func (in *Interp) fieldsOf(a *nd.Array, names []string, single bool) *nd.Array {
	if !a.DType().IsStruct() {
		throw(excIndexError, badIndex)
	}
	for _, n := range names {
		if _, ok := a.DType().Field(n); !ok {
			if single {
				throw(excValueError, "no field of name %s", n)
			}
			panic(&Exception{typ: excKeyError, args: []Value{Str(n)}})
		}
	}
	if single {
		return a.Field(names[0])
	}
	return a.Fields(names...)
}

// element is a subscript of an array without regard to its class.
func (x *Ndarray) element(in *Interp, key Value) Value {
	if names, single, ok := in.fieldNames(key); ok {
		return &Ndarray{a: in.fieldsOf(x.a, names, single)}
	}
	idx, whole, advanced, copied := in.indexList(key, x.a.NDim())
	if len(advanced) > 0 {
		in.chargeSelection(x.a, idx, advanced)
		r := x.a.Subscript(idx...)
		if x.Type() == typeMemmap {
			r = view(r) // NumPy takes the class off the copy
		}
		return &Ndarray{a: r}
	}
	r := x.a.Slice(idx...)
	if whole && r.NDim() == 0 {
		return newScalar(r)
	}
	if copied {
		r = r.Copy(nd.K)
	}
	return &Ndarray{a: r, file: x.file}
}

func (x *Ndarray) setItem(in *Interp, key, v Value) {
	if names, single, ok := in.fieldNames(key); ok {
		f := in.fieldsOf(x.a, names, single)
		in.readOnly(f)
		in.assignInto(f, v)
		return
	}
	idx, whole, advanced, _ := in.indexList(key, x.a.NDim())
	in.readOnly(x.a)
	if len(advanced) > 0 {
		x.a.SetSubscript(in.valueFor(v, x.a.DType()), idx...)
		return
	}
	dst := x.a.Slice(idx...)
	if whole && dst.NDim() == 0 {
		in.setOne(dst, v)
		return
	}
	in.assignInto(dst, v)
}

// setOne stores one item: a sequence is none.
func (in *Interp) setOne(dst *nd.Array, v Value) {
	n := 0
	if a, ok := v.(*Ndarray); ok {
		if n = a.a.NDim(); n > 0 && a.a.Size() == 1 && (dst.DType().Kind() == dtype.KindBool || dst.DType().IsStruct()) {
			in.assignInto(dst, &Ndarray{a: a.a.Reshape()})
			return
		}
	} else if _, ok := v.(*List); ok {
		n = 1
	} else if _, ok := v.(*Tuple); ok && !dst.DType().IsStruct() {
		n = 1
	}
	if n == 0 || dst.DType().IsStruct() && v.Type() == typeList {
		in.assignInto(dst, v)
		return
	}
	_, isArray := v.(*Ndarray)
	switch k := dst.DType().Kind(); {
	case k == dtype.KindBool && !isArray:
		dst.Fill(in.truth(v))
		return
	case dst.DType().IsInteger() && !isArray:
		throw(excTypeError, "int() argument must be a string, a bytes-like object or a real number, not '%s'", v.Type().tpName())
	case dst.DType().IsComplex():
		if isArray {
			throw(excTypeError, "only 0-dimensional arrays can be converted to Python scalars")
		}
		throw(excTypeError, "must be real number, not %s", v.Type().tpName())
	case k == dtype.KindStr || k == dtype.KindBytes:
		throw(excValueError, "setting an array element with a sequence")
	}
	throw(excValueError, "setting an array element with a sequence.")
}

func (in *Interp) readOnly(a *nd.Array) {
	if !a.Writeable() {
		throw(excValueError, "assignment destination is read-only")
	}
}

func (in *Interp) assignInto(dst *nd.Array, v Value) {
	if dst.NDim() == 0 && dst.DType().IsStruct() {
		in.assignItem(dst, v)
		return
	}
	src := in.valueFor(v, dst.DType())
	if _, ok := v.(*Ndarray); !ok && src.NDim() > dst.NDim() && !dst.DType().IsSubArray() {
		throw(excValueError, "setting an array element with a sequence. The requested array would exceed the maximum number of dimension of %d.", dst.NDim())
	}
	dst.Assign(src)
}

// valueFor is the array that an assignment stores: arrays as they are, other
// values converted to the dtype with its checks.
func (in *Interp) valueFor(v Value, dt dtype.DType) *nd.Array {
	if a, ok := arrayOf(v); ok {
		return a
	}
	if _, ok := v.(*Array); ok {
		return in.toArray(v)
	}
	if dt.IsSubArray() {
		dt = dt.Base()
	}
	return in.toArrayAs(v, dt)
}

func (x *Ndarray) delItem(in *Interp, key Value) {
	throw(excValueError, "cannot delete array elements")
}

// item of a scalar: a record has fields, every scalar takes () and an ellipsis.
func (x *Scalar) item(in *Interp, key Value) Value {
	r := x.element(in, key)
	if x.rec {
		return ofField(r)
	}
	return r
}

func (x *Scalar) element(in *Interp, key Value) Value {
	dt := x.a.DType()
	if dt.IsStruct() {
		if names, single, ok := in.fieldNames(key); ok {
			return in.scalarOrArray(in.fieldsOf(x.a, names, single))
		}
		if n, ok := in.asIndex(key); ok {
			i := in.toIndex(n)
			if i < 0 {
				i += dt.NumField()
			}
			if i < 0 || i >= dt.NumField() {
				throw(excIndexError, "invalid index (%d)", in.toIndex(n))
			}
			return in.scalarOrArray(x.a.Field(dt.Names()[i]))
		}
	}
	switch k := in.itemOf(x.a).(type) {
	case Str:
		return k.item(in, key)
	case Bytes:
		return k.item(in, key)
	}
	if t, ok := key.(*Tuple); ok && len(t.items) == 0 {
		return x
	}
	items := []Value{key}
	if t, ok := key.(*Tuple); ok {
		items = t.items
	}
	plain := true
	for _, v := range items {
		switch v.(type) {
		case EllipsisType, NoneType, Bool:
		default:
			plain = false
		}
	}
	if plain {
		idx, _, advanced, _ := in.indexList(key, 0)
		if len(advanced) > 0 {
			return &Ndarray{a: x.a.Subscript(idx...)}
		}
		return &Ndarray{a: x.a.Slice(idx...)}
	}
	throw(excIndexError, "invalid index to scalar variable.")
	return nil
}

func (x *Scalar) setItem(in *Interp, key, v Value) {
	dt := x.a.DType()
	if !dt.IsStruct() {
		throw(excTypeError, "'%s' object does not support item assignment", x.Type().tpName())
	}
	if n, ok := in.asIndex(key); ok {
		i := in.toIndex(n)
		if i < 0 {
			i += dt.NumField()
		}
		if i < 0 || i >= dt.NumField() {
			throw(excIndexError, "invalid index (%d)", in.toIndex(n))
		}
		key = Str(dt.Names()[i])
	}
	names, single, ok := in.fieldNames(key)
	if !ok {
		throw(excIndexError, badIndex)
	}
	f := in.fieldsOf(x.a, names, single)
	in.readOnly(f)
	in.assignInto(f, v)
}

func (x *Scalar) length(in *Interp) int {
	if x.a.DType().IsStruct() {
		return x.a.DType().NumField()
	}
	if v, ok := in.itemOf(x.a).(sized); ok {
		return v.length(in)
	}
	throw(excTypeError, "object of type '%s' has no len()", x.Type().tpName())
	return 0
}

func (x *Scalar) iterate(in *Interp) Iterator {
	if x.a.DType().IsStruct() {
		i := 0
		return &funcIterator{typ: typeSequenceIterator, next: func(in *Interp) (Value, bool) {
			if i >= x.a.DType().NumField() {
				return nil, false
			}
			i++
			return x.item(in, Int(i-1)), true
		}}
	}
	if v, ok := in.itemOf(x.a).(iterable); ok {
		return v.iterate(in)
	}
	throw(excTypeError, "'%s' object is not iterable", x.Type().tpName())
	return nil
}
