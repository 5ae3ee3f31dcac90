package calc

import "github.com/stride-go/nd/dtype"

// discovered is what a nested sequence holds: its shape and its leaves in C order,
// of which an array of some axes stands for all of its items.
type discovered struct {
	shape  []int
	leaves []Value
	arrays bool // whether some leaf is such an array
	ragged int  // the first axis along which lengths differ, or -1
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
		in.charge(16)
		d.leaves, d.arrays = append(d.leaves, v), true
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
		in.stepN(len(x))
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
			dt = next
			continue
		}
		if next == dt && dt.IsNative() {
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
		if a, ok := arrayOf(v); ok {
			t := a.AsType(dt).DType()
			n = max(n, t.ItemSize()/max(1, dt.Alignment()))
			continue
		}
		switch x := v.(type) {
		case Bytes:
			n = max(n, len(x))
		case Str:
			in.stepN(len(x))
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
