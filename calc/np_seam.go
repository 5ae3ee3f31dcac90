package calc

import (
	"math/big"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

// The seam between the language and arrays: values become arrays, shapes and
// dtypes here, and arrays become values.

// fromArray is the value of an array.
func (in *Interp) fromArray(a *nd.Array) Value { return &Ndarray{a: a} }

// scalarOrArray is a NumPy scalar for a 0-d array, as ufuncs, reductions and
// integer subscripts return, and the array otherwise.
func (in *Interp) scalarOrArray(a *nd.Array) Value {
	if a.NDim() > 0 {
		return &Ndarray{a: a}
	}
	return newScalar(a)
}

// freshValue is scalarOrArray of a result that nobody else has: its item needs no copy.
func (in *Interp) freshValue(a *nd.Array) Value {
	if dt := a.DType(); a.NDim() == 0 && a.Base() == nil && a.OwnData() && dt.IsNumeric() && dt.IsNative() {
		return &Scalar{a: a}
	}
	return in.scalarOrArray(a)
}

// newScalar copies the item of a 0-d array; a record stays a view, as in NumPy.
func newScalar(a *nd.Array) *Scalar {
	switch dt := a.DType(); {
	case dt.IsStruct():
		return &Scalar{a: a}
	case dt.Kind() == dtype.KindBytes, dt.Kind() == dtype.KindStr:
		// The scalar is as long as its text.
		v := (*Interp)(nil).itemOf(a)
		n := 0
		if s, ok := v.(Str); ok {
			n = runeCount(string(s))
			dt = dtype.Str(n)
		} else {
			n = len(v.(Bytes))
			dt = dtype.Bytes(n)
		}
		if n > 0 {
			return &Scalar{a: a.AsType(dt)}
		}
		return &Scalar{a: nd.Zeros(dt)}
	}
	return &Scalar{a: a.AsType(a.DType().Native())}
}

// fromGoArray accepts the arrays and dtypes of a Go program as variables.
func (in *Interp) fromGoArray(v any) (Value, bool) {
	switch x := v.(type) {
	case *nd.Array:
		if m, ok := memmap.Info(x); ok && !m.Member {
			return in.mapped(x, m.Path, m.Offset, memmap.Mode(m.Mode.String())), true
		}
		return &Ndarray{a: x}, true
	case *npy.Archive:
		return &npzFile{z: x, name: x.Path(), mapped: true}, true
	case dtype.DType:
		return &DType{dt: x}, true
	}
	return nil, false
}

// arrayOf is the array behind a value that has one.
func arrayOf(v Value) (*nd.Array, bool) {
	switch x := v.(type) {
	case *Ndarray:
		return x.a, true
	case *Scalar:
		return x.a, true
	}
	return nil, false
}

// operand is toArray, but numbers of the language are weak: only their kind
// counts in promotions.
func (in *Interp) operand(v Value) *nd.Array {
	switch x := v.(type) {
	case Bool:
		return nd.Weak(nd.Scalar(bool(x)))
	case Int:
		return nd.Weak(nd.Scalar(int64(x)))
	case Float:
		return nd.Weak(nd.Scalar(float64(x)))
	case Complex:
		return nd.Weak(nd.Scalar(complex128(x)))
	case *BigInt:
		if x.z.IsUint64() {
			return nd.Weak(nd.Scalar(x.z.Uint64()))
		}
		throw(excOverflowError, "Python int too large to convert to C long")
	}
	return in.toArray(v)
}

// toInt converts an integer argument.
func (in *Interp) toInt(v Value) int { return in.toIndex(v) }

// toShape converts a shape argument: an integer or a sequence of integers.
func (in *Interp) toShape(v Value) []int {
	if n, ok := in.asIndex(v); ok {
		return []int{in.toDim(n)}
	}
	it, ok := in.iterator(v)
	if !ok {
		throw(excTypeError, "expected a sequence of integers or a single integer, got '%s'", in.Repr(v))
	}
	shape := []int{}
	for {
		w, ok := it.Next(in)
		if !ok {
			return shape
		}
		n, ok := in.asIndex(w)
		if !ok {
			throw(excTypeError, "'%s' object cannot be interpreted as an integer", w.Type().tpName())
		}
		if shape = append(shape, in.toDim(n)); len(shape) > 64 {
			throw(excValueError, "maximum supported dimension for an ndarray is currently 64, found %d", in.length(v))
		}
	}
}

func (in *Interp) toDim(v Value) int {
	n, ok := v.(Int)
	if !ok {
		throw(excValueError, "Maximum allowed dimension exceeded")
	}
	return int(n)
}

// toAxes converts an axis argument: None gives nil.
func (in *Interp) toAxes(v Value) []int {
	if v == nil || v == Value(None) {
		return nil
	}
	if n, ok := in.asIndex(v); ok {
		return []int{in.toIndex(n)}
	}
	switch v.(type) {
	case *Tuple, *List:
		axes := []int{}
		for _, w := range in.listOf(v) {
			axes = append(axes, in.toIndex(w))
		}
		return axes
	}
	throw(excTypeError, "'%s' object cannot be interpreted as an integer", v.Type().tpName())
	return nil
}

// toOrder converts an order argument.
func (in *Interp) toOrder(v Value, def nd.Order) nd.Order {
	switch v := v.(type) {
	case nil, NoneType:
		return def
	case Str:
		switch strings.ToUpper(string(v)) {
		case "C":
			return nd.C
		case "F":
			return nd.F
		case "A":
			return nd.A
		case "K":
			return nd.K
		}
		throw(excValueError, "order must be one of 'C', 'F', 'A', or 'K' (got '%s')", string(v))
	}
	throw(excTypeError, "order must be str, not %s", v.Type().tpName())
	return def
}

// chargeArray counts an array that is about to be made and refuses, in NumPy's
// words, one that would pass the limit.
func (in *Interp) chargeArray(dt dtype.DType, shape []int) {
	n := new(big.Int).SetInt64(int64(dt.ItemSize()))
	for _, d := range shape {
		if d < 0 {
			return // the library has the words for it
		}
		n.Mul(n, big.NewInt(int64(d)))
	}
	if !n.IsInt64() || n.Int64() > 1<<62 {
		return // likewise
	}
	if exc := in.catch(func() { in.charge(int(n.Int64())) }); exc != nil {
		panic(&Exception{typ: excArrayMemoryError, args: []Value{Str("Unable to allocate " + buffer.Human(int(n.Int64())) +
			" for an array with shape " + dtype.ShapeText(shape) + " and data type " + dt.String())}})
	}
}
