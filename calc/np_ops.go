package calc

import (
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

var ufuncOfOp = map[binOp]string{
	opAdd: "add", opSub: "subtract", opMul: "multiply", opDiv: "divide", opFloorDiv: "floor_divide",
	opMod: "remainder", opPow: "power", opMatMul: "matmul", opAnd: "bitwise_and", opOr: "bitwise_or",
	opXor: "bitwise_xor", opLsh: "left_shift", opRsh: "right_shift", opDivMod: "divmod",
}

var ufuncOfUnary = map[unaryOp]string{opNeg: "negative", opPos: "positive", opInvert: "invert"}

var ufuncOfCmp = map[cmpOp]string{
	cmpLT: "less", cmpLE: "less_equal", cmpEQ: "equal", cmpNE: "not_equal", cmpGT: "greater", cmpGE: "greater_equal",
}

// applyUfunc calls a ufunc on arrays; the room for its result is charged before.
func (in *Interp) applyUfunc(name string, args []*nd.Array, opts ...nd.Option) []*nd.Array {
	u, ok := nd.UfuncNamed(name)
	if !ok {
		throw(excAttributeError, "module 'numpy' has no attribute '%s'", name)
	}
	in.chargeResult(args)
	return u.Apply(args, opts...)
}

// applyBinary is applyUfunc for an operation with two operands and one result.
func (in *Interp) applyBinary(name string, a, b *nd.Array) *nd.Array {
	u, _ := nd.UfuncNamed(name)
	in.chargeResult([]*nd.Array{a, b})
	return u.(nd.Binary).Call(a, b)
}

// chargeResult counts the room for a result of the operands' common shape.
func (in *Interp) chargeResult(args []*nd.Array) {
	dims, item := 0, 8
	for _, a := range args {
		dims = max(dims, a.NDim())
		item = max(item, a.ItemSize())
	}
	n := 1
	for k := 1; k <= dims; k++ {
		d := 0
		for _, a := range args {
			if k <= a.NDim() {
				d = max(d, a.Dim(a.NDim()-k))
			}
		}
		n *= d
	}
	in.charge(n*item + 128)
	in.stepN(n / 1024)
}

// foreignOperand reports whether an array can compute with the value.
func (in *Interp) foreignOperand(v Value) bool {
	switch v.(type) {
	case *Ndarray, *Scalar, Bool, Int, *BigInt, Float, Complex, *List, *Tuple, Str, Bytes, *Range, *Array, *Bytearray:
		return true
	case *Instance:
		return in.hasAttr(v, "__array__") || in.hasAttr(v, "__array_interface__")
	}
	return false
}

func (x *Ndarray) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	if !in.foreignOperand(other) {
		if _, inst := other.(*Instance); !inst {
			in.noLoop(op, x, other, reflected)
		}
		return NotImplemented
	}
	return likeView(x, in.arrayOp(op, x, other, reflected))
}

// noLoop reports an operand that no array can hold.
func (in *Interp) noLoop(op binOp, x, other Value, reflected bool) {
	if reflected {
		x, other = other, x
	}
	throw(excTypeError, "unsupported operand type(s) for %s: '%s' and '%s'", op, objectName(x), objectName(other))
}

// objectName names the class of an item when NumPy falls back to objects.
func objectName(v Value) string {
	if a, ok := arrayOf(v); ok {
		switch a.DType().Kind().Class() {
		case 'i', 'u':
			return "int"
		case 'f':
			return "float"
		case 'c':
			return "complex"
		case 'b':
			return "bool"
		case 'U':
			return "str"
		case 'S':
			return "bytes"
		}
	}
	return v.Type().tpName()
}

func (in *Interp) arrayOp(op binOp, x, other Value, reflected bool) Value {
	if reflected {
		x, other = other, x
	}
	if op == opMatMul {
		return in.matmul(x, other)
	}
	x, other = in.tameHuge(op, x, other), in.tameHuge(op, other, x)
	if op == opPow && other == Value(Int(2)) {
		if a, ok := x.(*Ndarray); ok && a.a.DType().Kind() == dtype.KindBool {
			return in.freshValue(in.applyUfunc("square", []*nd.Array{a.a})[0]) // NumPy's short cut
		}
	}
	a, b := in.operand(x), in.operand(other)
	if op == opDivMod {
		out := in.applyUfunc(ufuncOfOp[op], []*nd.Array{a, b})
		return newTuple(in.freshValue(out[0]), in.freshValue(out[1]))
	}
	if op == opPow && !shortPower(x, other) {
		b = complexPower(a, b, other)
	}
	return in.freshValue(in.applyBinary(ufuncOfOp[op], a, b))
}

// shortPower reports whether the operator ** of an array is another operation for that
// exponent, whose results may differ where numbers are complex.
func shortPower(x, exponent Value) bool {
	_, ok := x.(*Ndarray)
	return ok && (exponent == Value(Int(2)) || exponent == Value(Int(-1)) || exponent == Value(Float(0.5)))
}

// complexPower returns the exponent v, which is b as an operand, as an item if a power of a
// is complex: NumPy's loop knows no number then.
func complexPower(a, b *nd.Array, v Value) *nd.Array {
	switch v.(type) {
	case Bool, Int, *BigInt, Float, Complex:
		if a.DType().IsComplex() {
			return b.AsType(a.DType().Native())
		}
	}
	return b
}

func (x *Scalar) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	switch x.a.DType().Kind() {
	case dtype.KindStr, dtype.KindBytes:
		return in.textOp(op, in.itemOf(x.a), other, reflected)
	}
	switch o := other.(type) {
	case *List, *Tuple, Str, Bytes, *Bytearray:
		if op == opMul {
			if x.a.DType().IsInteger() || x.a.DType().Kind() == dtype.KindBool {
				return NotImplemented
			}
			if _, text := o.(Str); text {
				return NotImplemented
			}
		}
		switch o.(type) {
		case *List, *Tuple:
			if op == opMul {
				throw(excTypeError, "can't multiply sequence by non-int of type '%s'", x.Type().tpName())
			}
		}
	case *Ndarray:
		return NotImplemented // the array's turn
	}
	if !in.foreignOperand(other) {
		if _, inst := other.(*Instance); !inst {
			in.noLoop(op, x, other, reflected)
		}
		return NotImplemented
	}
	return in.arrayOp(op, x, other, reflected)
}

// tameHuge makes a float of an integer beyond 64 bits where the operation or
// the other operand is one of floats.
func (in *Interp) tameHuge(op binOp, v, with Value) Value {
	if _, ok := arrayOf(with); !ok || op != opDiv && !isFloating(with) {
		return v
	}
	switch op {
	case opAnd, opOr, opXor, opLsh, opRsh:
		return v
	}
	return tamed(v)
}

// tamed is v, a float if it is an integer beyond 64 bits.
func tamed(v Value) Value {
	if z, ok := v.(*BigInt); ok && !z.z.IsUint64() {
		return Float(intToFloat(z))
	}
	return v
}

// whereOperand is v as an operand that np.where chooses or not, with being the other: among
// numbers of the program an integer beyond int64 wraps around.
func (in *Interp) whereOperand(v, with Value) *nd.Array {
	if isFloating(with) {
		return in.operand(tamed(v))
	}
	if z, ok := v.(*BigInt); ok && z.z.IsUint64() {
		switch with.(type) {
		case Bool, Int, *BigInt:
			return in.operand(Int(z.z.Uint64()))
		}
	}
	return in.operand(v)
}

// isFloating tells whether v is one or many floats or complex numbers.
func isFloating(v Value) bool {
	switch v.(type) {
	case Float, Complex:
		return true
	}
	a, ok := arrayOf(v)
	return ok && (a.DType().IsFloat() || a.DType().IsComplex())
}

// textOp computes with the str or bytes of a scalar.
func (in *Interp) textOp(op binOp, s, other Value, reflected bool) Value {
	if _, ok := other.(*Ndarray); ok {
		return NotImplemented
	}
	if o, ok := other.(*Scalar); ok {
		other = in.itemOf(o.a)
	}
	a, b := s, other
	if reflected {
		a, b = b, a
	}
	if v := in.tryBinary(op, a, b); v != nil {
		return v
	}
	return NotImplemented
}

// inplace writes the result into the array itself.
func (x *Ndarray) inplace(in *Interp, op binOp, other Value) Value {
	if !in.foreignOperand(other) {
		return NotImplemented
	}
	if op == opMatMul {
		r := in.matmul(x, other)
		a, _ := arrayOf(r)
		x.a.Assign(a)
		return x
	}
	in.applyInplace(ufuncOfOp[op], x.a, in.operand(in.tameHuge(op, other, x)))
	return x
}

func (in *Interp) applyInplace(name string, a, b *nd.Array) {
	u, _ := nd.UfuncNamed(name)
	in.stepN(a.Size() / 1024)
	u.Apply([]*nd.Array{a, b}, nd.Out(a))
}

func (x *Ndarray) unary(in *Interp, op unaryOp) Value { return in.arrayUnary(op, x.a) }

func (x *Scalar) unary(in *Interp, op unaryOp) Value {
	switch x.a.DType().Kind() {
	case dtype.KindStr, dtype.KindBytes:
		return NotImplemented
	}
	return in.arrayUnary(op, x.a)
}

func (in *Interp) arrayUnary(op unaryOp, a *nd.Array) Value {
	return in.scalarOrArray(in.applyUfunc(ufuncOfUnary[op], []*nd.Array{a})[0])
}

func (x *Ndarray) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	if other == Value(None) && (op == cmpEQ || op == cmpNE) {
		return in.scalarOrArray(nd.Full(dtype.Bool, op == cmpNE, x.a.Shape()...))
	}
	if !in.foreignOperand(other) {
		if op == cmpEQ || op == cmpNE {
			if _, inst := other.(*Instance); !inst {
				return in.scalarOrArray(nd.Full(dtype.Bool, op == cmpNE, x.a.Shape()...))
			}
		}
		return NotImplemented
	}
	return likeView(x, in.arrayCompare(op, x, other, reflected))
}

func (x *Scalar) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	if _, ok := other.(*Ndarray); ok {
		return NotImplemented
	}
	switch x.a.DType().Kind() {
	case dtype.KindStr, dtype.KindBytes:
		if o, ok := other.(*Scalar); ok {
			other = in.itemOf(o.a)
		}
		if _, ok := other.(*List); ok {
			break
		}
		a, b := in.itemOf(x.a), other
		if reflected {
			a, b = b, a
		}
		return in.rich(op, a, b)
	}
	switch other.(type) {
	case NoneType, *Dict, *Set:
		if op == cmpEQ || op == cmpNE {
			return Bool(op == cmpNE)
		}
		return NotImplemented
	case Str, Bytes:
		if op == cmpEQ || op == cmpNE {
			return &Scalar{a: boolScalar(op == cmpNE)}
		}
	}
	if !in.foreignOperand(other) {
		return NotImplemented
	}
	return in.arrayCompare(op, x, other, reflected)
}

func (in *Interp) arrayCompare(op cmpOp, x, other Value, reflected bool) Value {
	if reflected {
		op = op.swapped() // Python asks the array, which stays on the left
	}
	if v, ok := in.hugeCompare(op, x, other); ok {
		return v
	}
	a, b := in.operand(x), in.operand(other)
	if ak, bk := a.DType().Kind(), b.DType().Kind(); (ak == dtype.KindVoid || bk == dtype.KindVoid) && (op == cmpEQ || op == cmpNE) {
		if ak != bk {
			throw(excTypeError, "Cannot compare structured or void to non-void arrays.")
		}
		in.chargeResult([]*nd.Array{a, b})
		if op == cmpEQ {
			return in.scalarOrArray(a.Equal(b))
		}
		return in.scalarOrArray(a.NotEqual(b))
	}
	var out *nd.Array
	exc := in.catch(func() { out = in.applyBinary(ufuncOfCmp[op], a, b) })
	if exc == nil {
		return in.freshValue(out)
	}
	if (op == cmpEQ || op == cmpNE) && exc.typ.isSub(excUFuncTypeErr) && strings.Contains(in.Str(exc), "did not contain a loop") {
		// Values of kinds that never meet are unequal, item by item.
		shape := nd.BroadcastShapes(a.Shape(), b.Shape())
		return in.scalarOrArray(nd.Full(dtype.Bool, op == cmpNE, shape...))
	}
	panic(exc)
}

// hugeCompare compares an integer array with an integer beyond 64 bits, which
// is larger or smaller than every item.
func (in *Interp) hugeCompare(op cmpOp, x, y Value) (Value, bool) {
	z, ok := y.(*BigInt)
	if !ok {
		if z, ok = x.(*BigInt); !ok {
			return nil, false
		}
		x, op = y, op.swapped()
	}
	a, isArray := arrayOf(x)
	if !isArray || z.z.IsUint64() {
		return nil, false
	}
	if a.DType().IsInteger() || a.DType().Kind() == dtype.KindBool {
		return in.scalarOrArray(nd.Full(dtype.Bool, op.holds(-z.z.Sign()), a.Shape()...)), true
	}
	return in.scalarOrArray(in.applyUfunc(ufuncOfCmp[op], []*nd.Array{a, nd.Weak(nd.Scalar(intToFloat(z)))})[0]), true
}

// matmul is the operator @.
func (in *Interp) matmul(x, y Value) Value {
	a, b := in.toArray(x), in.toArray(y)
	in.chargeResult([]*nd.Array{a, b})
	return in.scalarOrArray(a.MatMul(b))
}

var _ = later(func() {
	for _, t := range []*Type{typeNdarray, typeGeneric} {
		t.def("__abs__", "self, /", func(in *Interp, a []Value) Value {
			return in.scalarOrArray(in.applyUfunc("absolute", []*nd.Array{in.toArray(a[0])})[0])
		})
	}
	typeGeneric.def("__round__", "self, ndigits=None, /", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		if a[1] == Value(None) && !x.DType().IsComplex() {
			return in.round(in.itemOf(x), None)
		}
		n := 0
		if a[1] != Value(None) {
			n = in.toIndex(a[1])
		}
		return in.scalarOrArray(x.Round(n))
	})
	typeGeneric.def("__int__", "self, /", func(in *Interp, a []Value) Value {
		v := in.itemOf(in.toArray(a[0]))
		if c, ok := v.(Complex); ok {
			v = Float(real(c))
		}
		return in.intOf(v, nil)
	})
	typeNdarray.def("__int__", "self, /", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		if x.NDim() > 0 {
			throw(excTypeError, "only 0-dimensional arrays can be converted to Python scalars")
		}
		return in.intOf(in.itemOf(x), nil)
	})
})
