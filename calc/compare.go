package calc

import (
	"math"
	"math/big"
	"strings"
)

// compareOp computes x op y for all ten comparisons.
func (in *Interp) compareOp(op cmpOp, x, y Value) Value {
	switch op {
	case cmpIs:
		return Bool(identical(x, y))
	case cmpIsNot:
		return Bool(!identical(x, y))
	case cmpIn:
		return Bool(in.contains(y, x))
	case cmpNotIn:
		return Bool(!in.contains(y, x))
	}
	if a, ok := x.(Int); ok {
		if b, ok := y.(Int); ok {
			c := 0
			if a < b {
				c = -1
			} else if a > b {
				c = 1
			}
			return Bool(op.holds(c))
		}
	}
	return in.rich(op, x, y)
}

// rich is the rich comparison: numbers and built-in containers first, then what
// the values themselves know, then identity.
func (in *Interp) rich(op cmpOp, x, y Value) Value {
	if a, ok := asNumber(x); ok {
		if b, ok := asNumber(y); ok {
			if r, ok := compareNumbers(op, a, b); ok {
				return Bool(r)
			}
			throw(excTypeError, "'%s' not supported between instances of '%s' and '%s'", op, x.Type().tpName(), y.Type().tpName())
		}
	}
	if r, ok := in.compareBuiltin(op, x, y); ok {
		return Bool(r)
	}
	xc, xok := x.(comparer)
	yc, yok := y.(comparer)
	if xok && yok && y.Type() != x.Type() && y.Type().isSub(x.Type()) {
		if r := yc.compare(in, op, x, true); r != Value(NotImplemented) {
			return r
		}
		yok = false
	}
	if xok {
		if r := xc.compare(in, op, y, false); r != Value(NotImplemented) {
			return r
		}
	}
	if yok {
		if r := yc.compare(in, op, x, true); r != Value(NotImplemented) {
			return r
		}
	}
	switch op {
	case cmpEQ:
		return Bool(identical(x, y))
	case cmpNE:
		return Bool(!identical(x, y))
	}
	throw(excTypeError, "'%s' not supported between instances of '%s' and '%s'", op, x.Type().tpName(), y.Type().tpName())
	return nil
}

// compareNumbers compares numbers exactly, whatever their kinds. It is not ok
// for an ordering of complex numbers.
func compareNumbers(op cmpOp, x, y Value) (result, ok bool) {
	_, xc := x.(Complex)
	_, yc := y.(Complex)
	if xc || yc {
		if op != cmpEQ && op != cmpNE {
			return false, false
		}
		equal := false
		switch {
		case xc && yc:
			equal = x.(Complex) == y.(Complex)
		case xc:
			equal = imag(x.(Complex)) == 0 && orderNumbers(Float(real(x.(Complex))), y) == 0
		default:
			equal = imag(y.(Complex)) == 0 && orderNumbers(x, Float(real(y.(Complex)))) == 0
		}
		return equal == (op == cmpEQ), true
	}
	c := orderNumbers(x, y)
	if c == unordered {
		return op == cmpNE, true
	}
	return op.holds(c), true
}

const unordered = 2

// orderNumbers orders two real numbers; NaN is unordered.
func orderNumbers(x, y Value) int {
	xf, xIsF := x.(Float)
	yf, yIsF := y.(Float)
	switch {
	case xIsF && yIsF:
		switch {
		case xf < yf:
			return -1
		case xf > yf:
			return 1
		case xf == yf:
			return 0
		}
		return unordered
	case xIsF:
		c := orderNumbers(y, x)
		if c == unordered {
			return c
		}
		return -c
	case yIsF:
		f := float64(yf)
		if math.IsNaN(f) {
			return unordered
		}
		if math.IsInf(f, 1) {
			return -1
		}
		if math.IsInf(f, -1) {
			return 1
		}
		if a, ok := x.(Int); ok && -1<<53 <= a && a <= 1<<53 {
			return orderNumbers(Float(a), y)
		}
		return new(big.Float).SetInt(bigOf(x)).Cmp(big.NewFloat(f))
	}
	return bigOf(x).Cmp(bigOf(y))
}

// compareBuiltin compares the containers and strings of the language.
func (in *Interp) compareBuiltin(op cmpOp, x, y Value) (result, ok bool) {
	switch a := x.(type) {
	case Str:
		if b, ok := y.(Str); ok {
			return op.holds(strings.Compare(string(a), string(b))), true
		}
		return false, false
	case *List:
		if b, ok := y.(*List); ok {
			return in.compareSequences(op, a.items, b.items), true
		}
		return false, false
	case *Tuple:
		if b, ok := y.(*Tuple); ok {
			return in.compareSequences(op, a.items, b.items), true
		}
		return false, false
	case *Dict:
		if b, ok := y.(*Dict); ok && (op == cmpEQ || op == cmpNE) {
			return in.equalDicts(a, b) == (op == cmpEQ), true
		}
		return false, false
	case *Set:
		if b, ok := y.(*Set); ok {
			return in.compareSets(op, a, b), true
		}
		return false, false
	case *Range:
		if b, ok := y.(*Range); ok && (op == cmpEQ || op == cmpNE) {
			same := a.n == b.n && (a.n == 0 || a.start == b.start && (a.n == 1 || a.step == b.step))
			return same == (op == cmpEQ), true
		}
		return false, false
	case *Slice:
		if b, ok := y.(*Slice); ok {
			return in.compareSequences(op, []Value{a.start, a.stop, a.step}, []Value{b.start, b.stop, b.step}), true
		}
		return false, false
	}
	if a, ok := bytesLike(x); ok {
		if b, ok := bytesLike(y); ok {
			return op.holds(strings.Compare(a, b)), true
		}
	}
	return false, false
}

func (in *Interp) compareSequences(op cmpOp, a, b []Value) bool {
	if (op == cmpEQ || op == cmpNE) && len(a) != len(b) {
		return op == cmpNE
	}
	in.enterText(" in comparison")
	defer in.leave()
	for i := range min(len(a), len(b)) {
		in.step()
		if in.same(a[i], b[i]) {
			continue
		}
		switch op {
		case cmpEQ:
			return false
		case cmpNE:
			return true
		}
		return in.truth(in.compareOp(op, a[i], b[i]))
	}
	return op.holds(len(a) - len(b))
}

// enterText guards a recursion whose error says where it happened.
func (in *Interp) enterText(where string) {
	if in.depth++; in.depth > in.limits.MaxDepth {
		in.depth--
		throw(excRecursionError, "maximum recursion depth exceeded%s", where)
	}
}

func (in *Interp) equalDicts(a, b *Dict) bool {
	if a.n != b.n {
		return false
	}
	in.enterText(" in comparison")
	defer in.leave()
	for _, e := range a.entries {
		if e.key == nil {
			continue
		}
		in.step()
		v, ok := b.get(in, e.key)
		if !ok || !in.same(e.value, v) {
			return false
		}
	}
	return true
}

func (in *Interp) compareSets(op cmpOp, a, b *Set) bool {
	switch op {
	case cmpEQ:
		return a.d.n == b.d.n && a.subset(in, b)
	case cmpNE:
		return !(a.d.n == b.d.n && a.subset(in, b))
	case cmpLE:
		return a.subset(in, b)
	case cmpLT:
		return a.d.n < b.d.n && a.subset(in, b)
	case cmpGE:
		return b.subset(in, a)
	}
	return b.d.n < a.d.n && b.subset(in, a)
}

// same is "x is y or x == y", the equality of containers.
func (in *Interp) same(x, y Value) bool {
	if identical(x, y) {
		return true
	}
	return in.truth(in.rich(cmpEQ, x, y))
}

// identical is the operator "is". Small values have no address here: they are
// identical when type and value are.
func identical(x, y Value) bool {
	switch a := x.(type) {
	case Float:
		b, ok := y.(Float)
		return ok && math.Float64bits(float64(a)) == math.Float64bits(float64(b))
	case Complex:
		b, ok := y.(Complex)
		return ok && identical(Float(real(a)), Float(real(b))) && identical(Float(imag(a)), Float(imag(b)))
	case *BigInt:
		b, ok := y.(*BigInt)
		return ok && a.z.Cmp(b.z) == 0
	case *Tuple:
		b, ok := y.(*Tuple)
		return ok && (a == b || len(a.items) == 0 && len(b.items) == 0)
	case *Method:
		b, ok := y.(*Method)
		return ok && a == b
	case identityHolder:
		b, ok := y.(identityHolder)
		return ok && a.identity() == b.identity()
	}
	return x == y
}

// identityHolder is a value that stands for an object elsewhere: two holders of
// one object are identical.
type identityHolder interface{ identity() any }

// contains is the operator "in".
func (in *Interp) contains(c, v Value) bool {
	switch c := c.(type) {
	case Str:
		s, ok := plainText(v).(Str)
		if !ok {
			throw(excTypeError, "'in <string>' requires string as left operand, not %s", v.Type().tpName())
		}
		return strings.Contains(string(c), string(s))
	case *Dict:
		_, ok := c.get(in, v)
		return ok
	case *Set:
		_, ok := c.d.get(in, v)
		return ok
	case *List:
		return in.findItem(c.items, v) >= 0
	case *Tuple:
		return in.findItem(c.items, v) >= 0
	case *Range:
		if n, ok := v.(Int); ok {
			return c.position(int64(n)) >= 0
		}
	case container:
		return c.contains(in, v)
	}
	if b, ok := bytesLike(c); ok {
		return in.bytesContain(b, v)
	}
	it, ok := in.iterator(c)
	if !ok {
		throw(excTypeError, "argument of type '%s' is not iterable", c.Type().tpName())
	}
	for {
		in.step()
		w, ok := it.Next(in)
		if !ok {
			return false
		}
		if in.same(w, v) {
			return true
		}
	}
}

func (in *Interp) findItem(items []Value, v Value) int {
	for i := 0; i < len(items); i++ {
		in.step()
		if in.same(items[i], v) {
			return i
		}
	}
	return -1
}
