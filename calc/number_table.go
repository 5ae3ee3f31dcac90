package calc

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// The constructors and methods of the numbers.
var _ = later(func() {
	typeInt.construct("x=?, /, base=?", func(in *Interp, a []Value) Value { return in.intOf(a[0], a[1]) })
	typeBool.construct("x=?, /", func(in *Interp, a []Value) Value { return Bool(a[0] != nil && in.truth(a[0])) })
	typeFloat.construct("x=?, /", func(in *Interp, a []Value) Value { return in.floatOf(a[0]) })
	typeComplex.construct("real=?, imag=?", func(in *Interp, a []Value) Value { return in.complexOf(a[0], a[1]) })

	t := typeInt
	whole := func(v Value) Value { x, _ := asNumber(v); return x }
	t.get("real", func(in *Interp, v Value) Value { return whole(v) })
	t.get("imag", func(in *Interp, v Value) Value { return Int(0) })
	t.get("numerator", func(in *Interp, v Value) Value { return whole(v) })
	t.get("denominator", func(in *Interp, v Value) Value { return Int(1) })
	t.def("conjugate", "self, /", func(in *Interp, a []Value) Value { return whole(a[0]) })
	t.def("bit_length", "self, /", func(in *Interp, a []Value) Value { return Int(bigOf(whole(a[0])).BitLen()) })
	t.def("bit_count", "self, /", func(in *Interp, a []Value) Value {
		n := 0
		for _, w := range bigOf(whole(a[0])).Bits() {
			n += bits.OnesCount(uint(w))
		}
		return Int(n)
	})
	t.def("is_integer", "self, /", func(in *Interp, a []Value) Value { return Bool(true) })
	delete(t.dict, "is_integer") // of int only from Python 3.12 on
	t.def("as_integer_ratio", "self, /", func(in *Interp, a []Value) Value { return newTuple(whole(a[0]), Int(1)) })
	t.def("__index__", "self, /", func(in *Interp, a []Value) Value { return whole(a[0]) })
	t.def("to_bytes", "self, /, length=1, byteorder='big', *, signed=False", func(in *Interp, a []Value) Value {
		return in.toBytes(bigOf(whole(a[0])), in.toIndex(a[1]), a[2], in.truth(a[3]))
	})
	t.defStatic("from_bytes", "type, bytes, byteorder='big', *, signed=False", func(in *Interp, a []Value) Value {
		b := []byte(in.bytesOf(a[1], "bytes"))
		if littleOrder(a[2]) {
			b = reversedBytes(b)
		}
		z := new(big.Int).SetBytes(b)
		if in.truth(a[3]) && len(b) > 0 && b[0] >= 0x80 {
			z.Sub(z, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
		if a[0] == Value(typeBool) {
			return Bool(z.Sign() != 0)
		}
		return newInt(z)
	})

	t = typeFloat
	f := func(a []Value) float64 { return float64(a[0].(Float)) }
	t.get("real", func(in *Interp, v Value) Value { return v })
	t.get("imag", func(in *Interp, v Value) Value { return Float(0) })
	t.def("conjugate", "self, /", func(in *Interp, a []Value) Value { return a[0] })
	t.def("is_integer", "self, /", func(in *Interp, a []Value) Value {
		return Bool(f(a) == math.Floor(f(a)) && !math.IsInf(f(a), 0))
	})
	t.def("hex", "self, /", func(in *Interp, a []Value) Value { return Str(floatHex(f(a))) })
	t.def("as_integer_ratio", "self, /", func(in *Interp, a []Value) Value {
		if math.IsInf(f(a), 0) {
			throw(excOverflowError, "cannot convert Infinity to integer ratio")
		}
		if math.IsNaN(f(a)) {
			throw(excValueError, "cannot convert NaN to integer ratio")
		}
		r := new(big.Rat).SetFloat64(f(a))
		return newTuple(newInt(new(big.Int).Set(r.Num())), newInt(new(big.Int).Set(r.Denom())))
	})
	t.defStatic("fromhex", "type, string, /", func(in *Interp, a []Value) Value {
		s := strings.TrimSpace(strings.ToLower(strArg(a[1], "bad argument type for built-in operation")))
		body := strings.TrimLeft(s, "+-")
		if !strings.HasPrefix(body, "0x") && body != "inf" && body != "nan" && body != "infinity" {
			s = strings.Replace(s, body, "0x"+body, 1)
		}
		if !strings.Contains(s, "p") && strings.Contains(s, "0x") {
			s += "p0"
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			if math.IsInf(v, 0) {
				throw(excOverflowError, "hexadecimal value too large to represent as a float")
			}
			throw(excValueError, "invalid hexadecimal floating-point string")
		}
		return Float(v)
	})

	t = typeComplex
	t.get("real", func(in *Interp, v Value) Value { return Float(real(v.(Complex))) })
	t.get("imag", func(in *Interp, v Value) Value { return Float(imag(v.(Complex))) })
	t.def("conjugate", "self, /", func(in *Interp, a []Value) Value {
		c := a[0].(Complex)
		return Complex(complex(real(c), -imag(c)))
	})
})

func littleOrder(v Value) bool {
	switch v {
	case Value(Str("little")):
		return true
	case Value(Str("big")):
		return false
	}
	if _, ok := v.(Str); !ok {
		throw(excTypeError, "to_bytes() argument 'byteorder' must be str, not %s", v.Type().tpName())
	}
	throw(excValueError, "byteorder must be either 'little' or 'big'")
	return false
}

func reversedBytes(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[len(b)-1-i] = c
	}
	return out
}

func (in *Interp) toBytes(z *big.Int, n int, order Value, signed bool) Value {
	little := littleOrder(order)
	if n < 0 {
		throw(excValueError, "length argument must be non-negative")
	}
	in.charge(n)
	limit := 8 * n
	if z.Sign() < 0 && !signed {
		throw(excOverflowError, "can't convert negative int to unsigned")
	}
	if signed {
		limit--
	}
	size := z.BitLen()
	if z.Sign() < 0 {
		size = new(big.Int).Not(z).BitLen()
	}
	if size > limit && !(size == 0 && n == 0) {
		throw(excOverflowError, "int too big to convert")
	}
	if z.Sign() < 0 {
		z = new(big.Int).Add(z, new(big.Int).Lsh(big.NewInt(1), uint(8*n)))
	}
	b := z.FillBytes(make([]byte, n))
	if little {
		b = reversedBytes(b)
	}
	return Bytes(b)
}

// intOf is the constructor int(x, base).
func (in *Interp) intOf(v, base Value) Value {
	if v == nil {
		if base != nil {
			throw(excTypeError, "int() missing string argument")
		}
		return Int(0)
	}
	text, isText := "", false
	switch s := v.(type) {
	case Str:
		text, isText = string(s), true
	case Bytes, *Bytearray:
		text, _ = bytesLike(s)
		isText = true
	}
	if base != nil || isText {
		n := 10
		if base != nil {
			n = in.toIndex(base)
			if !isText {
				throw(excTypeError, "int() can't convert non-string with explicit base")
			}
			if n != 0 && (n < 2 || n > 36) {
				throw(excValueError, "int() base must be >= 2 and <= 36, or 0")
			}
		}
		if x, ok := in.parseInt(text, n); ok {
			return x
		}
		if b, ok := v.(*Bytearray); ok {
			v = Bytes(b.b)
		}
		throw(excValueError, "invalid literal for int() with base %d: %s", n, in.Repr(v))
	}
	switch x := v.(type) {
	case Float:
		return floatToInt(math.Trunc(float64(x)))
	case Complex:
		throw(excTypeError, "int() argument must be a string, a bytes-like object or a real number, not 'complex'")
	case *Ndarray:
		return in.call(in.getAttr(x, "__int__"), nil, nil)
	}
	if x, ok := in.asIndex(v); ok {
		return x
	}
	if m, ok := in.tryAttr(v, "__int__"); ok {
		if x, ok := in.asIndex(in.call(m, nil, nil)); ok {
			return x
		}
	}
	if x, ok := in.asFloat(v); ok {
		return floatToInt(math.Trunc(x))
	}
	throw(excTypeError, "int() argument must be a string, a bytes-like object or a real number, not '%s'", v.Type().tpName())
	return nil
}

func (in *Interp) floatOf(v Value) Value {
	if v == nil {
		return Float(0)
	}
	text, isText := "", false
	switch s := v.(type) {
	case Str:
		text, isText = string(s), true
	case Bytes, *Bytearray:
		text, _ = bytesLike(s)
		isText = true
	}
	if isText {
		f, ok := parseFloat(text)
		if !ok {
			throw(excValueError, "could not convert string to float: %s", in.Repr(v))
		}
		return Float(f)
	}
	f, ok := in.asFloat(v)
	if !ok {
		throw(excTypeError, "float() argument must be a string or a real number, not '%s'", v.Type().tpName())
	}
	return Float(f)
}

func (in *Interp) complexOf(re, im Value) Value {
	if s, ok := plainText(re).(Str); ok {
		if im != nil {
			throw(excTypeError, "complex() can't take second arg if first is a string")
		}
		c, ok := parseComplex(string(s))
		if !ok {
			throw(excValueError, "complex() arg is a malformed string")
		}
		return Complex(c)
	}
	if _, ok := im.(Str); ok {
		throw(excTypeError, "complex() second arg can't be a string")
	}
	part := func(v Value, name string) complex128 {
		if v == nil {
			return 0
		}
		if c, ok := v.(Complex); ok {
			return complex128(c)
		}
		if x, ok := v.(complexer); ok {
			if c, ok := x.complex(in); ok {
				return c
			}
		}
		f, ok := in.asFloat(v)
		if !ok {
			throw(excTypeError, "complex() %s must be a %snumber, not '%s'", name, map[bool]string{true: "string or a "}[name == "first argument"], v.Type().tpName())
		}
		return complex(f, 0)
	}
	a, b := part(re, "first argument"), part(im, "second argument")
	if im == nil {
		return Complex(a)
	}
	if _, whole := im.(Complex); !whole {
		if _, both := re.(Complex); !both {
			return Complex(complex(real(a), real(b)))
		}
		return Complex(complex(real(a), imag(a)+real(b)))
	}
	return Complex(complex(real(a)-imag(b), imag(a)+real(b)))
}

// parseComplex reads "1+2j", "(3j)", "4".
func parseComplex(text string) (complex128, bool) {
	s := strings.TrimFunc(text, isSpace)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimFunc(s[1:len(s)-1], isSpace)
	}
	if s == "" || strings.ContainsFunc(s, isSpace) {
		return 0, false
	}
	last := s[len(s)-1]
	if last != 'j' && last != 'J' {
		f, ok := parseFloat(s)
		return complex(f, 0), ok
	}
	s = s[:len(s)-1]
	cut := -1
	for i := len(s) - 1; i > 0; i-- {
		if (s[i] == '+' || s[i] == '-') && s[i-1] != 'e' && s[i-1] != 'E' {
			cut = i
			break
		}
	}
	re := 0.0
	im := s
	if cut > 0 {
		f, ok := parseFloat(s[:cut])
		if !ok {
			return 0, false
		}
		re, im = f, s[cut:]
	}
	switch im {
	case "", "+":
		return complex(re, 1), true
	case "-":
		return complex(re, -1), true
	}
	f, ok := parseFloat(im)
	return complex(re, f), ok
}

// floatHex is float.hex.
func floatHex(f float64) string {
	if s, ok := nonFinite(f); ok {
		return s
	}
	if f == 0 {
		if math.Signbit(f) {
			return "-0x0.0p+0"
		}
		return "0x0.0p+0"
	}
	u := math.Float64bits(math.Abs(f))
	exp, mant, lead := int(u>>52)-1023, u&(1<<52-1), "1"
	if u>>52 == 0 {
		exp, lead = -1022, "0"
	}
	digits := strconv.FormatUint(mant, 16)
	s := "0x" + lead + "." + strings.Repeat("0", 13-len(digits)) + digits + "p"
	if exp >= 0 {
		s += "+"
	}
	s += strconv.Itoa(exp)
	if f < 0 {
		s = "-" + s
	}
	return s
}
