package calc

// binOp is a binary operator.
type binOp uint8

const (
	opAdd binOp = iota
	opSub
	opMul
	opDiv
	opFloorDiv
	opMod
	opPow
	opMatMul
	opAnd
	opOr
	opXor
	opLsh
	opRsh
	opDivMod // the function divmod
)

var binNames = [...]struct{ symbol, dunder string }{
	opAdd: {"+", "__add__"}, opSub: {"-", "__sub__"}, opMul: {"*", "__mul__"},
	opDiv: {"/", "__truediv__"}, opFloorDiv: {"//", "__floordiv__"}, opMod: {"%", "__mod__"},
	opPow: {"** or pow()", "__pow__"}, opMatMul: {"@", "__matmul__"}, opAnd: {"&", "__and__"},
	opOr: {"|", "__or__"}, opXor: {"^", "__xor__"}, opLsh: {"<<", "__lshift__"},
	opRsh: {">>", "__rshift__"}, opDivMod: {"divmod()", "__divmod__"},
}

func (op binOp) String() string { return binNames[op].symbol }
func (op binOp) dunder() string { return binNames[op].dunder }

// unaryOp is a unary operator.
type unaryOp uint8

const (
	opNeg unaryOp = iota + 1
	opPos
	opInvert
	opNot
)

func (op unaryOp) dunder() string {
	return [...]string{opNeg: "__neg__", opPos: "__pos__", opInvert: "__invert__", opNot: "__not__"}[op]
}

func (op unaryOp) String() string {
	return [...]string{opNeg: "-", opPos: "+", opInvert: "~", opNot: "not"}[op]
}

// cmpOp is a comparison.
type cmpOp uint8

const (
	cmpLT cmpOp = iota
	cmpLE
	cmpEQ
	cmpNE
	cmpGT
	cmpGE
	cmpIn
	cmpNotIn
	cmpIs
	cmpIsNot
)

func (op cmpOp) String() string {
	return [...]string{"<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not"}[op]
}

func (op cmpOp) dunder() string {
	return [...]string{"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"}[op]
}

// swapped is the comparison with its sides exchanged.
func (op cmpOp) swapped() cmpOp {
	return [...]cmpOp{cmpGT, cmpGE, cmpEQ, cmpNE, cmpLT, cmpLE}[op]
}

// holds applies the comparison to the sign of a difference.
func (op cmpOp) holds(c int) bool {
	switch op {
	case cmpLT:
		return c < 0
	case cmpLE:
		return c <= 0
	case cmpEQ:
		return c == 0
	case cmpNE:
		return c != 0
	case cmpGT:
		return c > 0
	}
	return c >= 0
}

// binary computes x op y.
func (in *Interp) binary(op binOp, x, y Value) Value {
	if a, ok := x.(Int); ok {
		if b, ok := y.(Int); ok {
			return in.intOp(op, a, b)
		}
	}
	if a, ok := x.(Float); ok {
		if b, ok := y.(Float); ok {
			return in.floatOp(op, float64(a), float64(b))
		}
	}
	if v := in.tryBinary(op, x, y); v != nil {
		return v
	}
	throw(excTypeError, "unsupported operand type(s) for %s: '%s' and '%s'", op, x.Type().tpName(), y.Type().tpName())
	return nil
}

// tryBinary computes x op y or returns nil when no side knows how.
func (in *Interp) tryBinary(op binOp, x, y Value) Value {
	if a, ok := asNumber(x); ok {
		if b, ok := asNumber(y); ok {
			if xb, ok := x.(Bool); ok && (op == opAnd || op == opOr || op == opXor) {
				if yb, ok := y.(Bool); ok {
					return boolOp(op, xb, yb)
				}
			}
			if v := in.numberOp(op, a, b); v != nil {
				return v
			}
			return nil
		}
	}
	xo, xok := x.(binaryOperand)
	yo, yok := y.(binaryOperand)
	if xok && yok && y.Type() != x.Type() && y.Type().isSub(x.Type()) {
		if v := yo.binary(in, op, x, true); v != Value(NotImplemented) {
			return v
		}
		yok = false
	}
	if xok {
		if v := xo.binary(in, op, y, false); v != Value(NotImplemented) {
			return v
		}
	}
	if yok {
		if v := yo.binary(in, op, x, true); v != Value(NotImplemented) {
			return v
		}
	}
	return in.sequenceOp(op, x, y)
}

// sequenceOp is concatenation and repetition, which come after all numbers.
func (in *Interp) sequenceOp(op binOp, x, y Value) Value {
	switch op {
	case opAdd:
		return in.concat(x, y)
	case opMul:
		if s, ok := x.(repeatable); ok {
			return s.repeat(in, in.repeatCount(y))
		}
		if s, ok := y.(repeatable); ok {
			return s.repeat(in, in.repeatCount(x))
		}
	}
	return nil
}

type repeatable interface {
	repeat(in *Interp, n int) Value
}

func (in *Interp) repeatCount(v Value) int {
	n, ok := in.asIndex(v)
	if !ok {
		throw(excTypeError, "can't multiply sequence by non-int of type '%s'", v.Type().tpName())
	}
	i, ok := n.(Int)
	if !ok {
		throw(excOverflowError, "cannot fit 'int' into an index-sized integer")
	}
	return max(0, int(i))
}

// repeated checks and charges a repetition and returns the new length.
func (in *Interp) repeated(length, n, size int) int {
	if length != 0 && n > (1<<62)/length/max(size, 1) {
		throw(excMemoryError, "")
	}
	in.charge(length * n * size)
	return length * n
}

func boolOp(op binOp, a, b Bool) Value {
	switch op {
	case opAnd:
		return a && b
	case opOr:
		return a || b
	}
	return Bool(a != b)
}

// inplace computes x op= y and returns the value to bind.
func (in *Interp) inplace(op binOp, x, y Value) Value {
	if v, ok := x.(inplaceOperand); ok {
		if r := v.inplace(in, op, y); r != Value(NotImplemented) {
			return r
		}
	}
	if v := in.tryBinary(op, x, y); v != nil {
		return v
	}
	symbol := op.String()
	if op == opPow {
		symbol = "**"
	}
	throw(excTypeError, "unsupported operand type(s) for %s=: '%s' and '%s'", symbol, x.Type().tpName(), y.Type().tpName())
	return nil
}

// unary computes op x.
func (in *Interp) unary(op unaryOp, x Value) Value {
	if op == opNot {
		return Bool(!in.truth(x))
	}
	if b, ok := x.(Bool); ok {
		x = boolInt(b)
	}
	switch v := x.(type) {
	case Int:
		return intUnary(op, v)
	case *BigInt:
		return bigUnary(op, v)
	case Float:
		switch op {
		case opNeg:
			return -v
		case opPos:
			return v
		}
	case Complex:
		switch op {
		case opNeg:
			return Complex(complex(-real(v), -imag(v)))
		case opPos:
			return v
		}
	case unaryOperand:
		if r := v.unary(in, op); r != Value(NotImplemented) {
			return r
		}
	}
	throw(excTypeError, "bad operand type for unary %s: '%s'", op, x.Type().tpName())
	return nil
}
