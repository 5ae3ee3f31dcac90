package calc

import (
	"math"
	"strings"
)

// percent is "text" % args.
func (in *Interp) percent(text string, args Value) string {
	return in.percentFormat(text, args, false)
}

func (in *Interp) percentBytes(text string, args Value) string {
	return in.percentFormat(text, args, true)
}

func (in *Interp) percentFormat(text string, args Value, isBytes bool) string {
	var list []Value
	single := true
	if t, ok := args.(*Tuple); ok {
		list, single = t.items, false
	} else {
		list = []Value{args}
	}
	_, isDict := args.(*Dict)
	used := 0
	take := func() Value {
		if used >= len(list) {
			throw(excTypeError, "not enough arguments for format string")
		}
		used++
		return list[used-1]
	}
	var b strings.Builder
	mapped := false
	for i := 0; i < len(text); {
		if text[i] != '%' {
			b.WriteByte(text[i])
			i++
			continue
		}
		i++
		var v Value
		if i < len(text) && text[i] == '(' {
			depth, start := 1, i+1
			for i++; i < len(text) && depth > 0; i++ {
				switch text[i] {
				case '(':
					depth++
				case ')':
					depth--
				}
			}
			if depth > 0 {
				throw(excValueError, "incomplete format key")
			}
			if !isDict {
				throw(excTypeError, "format requires a mapping")
			}
			mapped = true
			var key Value = Str(text[start : i-1])
			if isBytes {
				key = Bytes(text[start : i-1])
			}
			v = in.getItem(args, key)
		}
		f := formatSpec{fill: " ", precision: -1, width: -1}
		left, zero := false, false
	flags:
		for ; i < len(text); i++ {
			switch text[i] {
			case '-':
				left = true
			case '+':
				f.sign = '+'
			case ' ':
				if f.sign == 0 {
					f.sign = ' '
				}
			case '#':
				f.alternate = true
			case '0':
				zero = true
			default:
				break flags
			}
		}
		number := func() int {
			if i < len(text) && text[i] == '*' {
				i++
				x := take()
				n, ok := x.(Int)
				if !ok {
					throw(excTypeError, "* wants int")
				}
				return int(n)
			}
			n := 0
			for ; i < len(text) && isDigit(text[i]); i++ {
				if n = n*10 + int(text[i]-'0'); n > 1<<31 {
					throw(excValueError, "width too big")
				}
			}
			return n
		}
		f.width = number()
		if f.width < 0 {
			left, f.width = true, -f.width
		}
		if i < len(text) && text[i] == '.' {
			i++
			f.precision = max(0, number())
		}
		for i < len(text) && (text[i] == 'l' || text[i] == 'h' || text[i] == 'L') {
			i++
		}
		if i >= len(text) {
			throw(excValueError, "incomplete format")
		}
		c := text[i]
		i++
		if c == '%' {
			b.WriteByte('%')
			continue
		}
		if v == nil {
			v = take()
		}
		switch {
		case left:
			f.align = '<'
		case zero && strings.IndexByte("diouxXeEfFgG", c) >= 0:
			f.align, f.fill = '=', "0"
		default:
			f.align = '>'
		}
		b.WriteString(in.percentItem(c, v, f, i-1, isBytes))
		in.charge(f.width + 8)
	}
	if used < len(list) && !mapped && !(isDict && single) {
		if !single || isScalarArg(args) {
			word := "string"
			if isBytes {
				word = "bytes"
			}
			throw(excTypeError, "not all arguments converted during %s formatting", word)
		}
	}
	return b.String()
}

// isScalarArg tells values that must be used up from mappings, which need not.
func isScalarArg(v Value) bool {
	switch v.(type) {
	case Str, Int, *BigInt, Float, Complex, Bool, NoneType:
		return true
	}
	_, mapping := v.(indexed) // a list counts as one, which CPython's test also does
	return !mapping
}

func (in *Interp) percentItem(c byte, v Value, f formatSpec, pos int, isBytes bool) string {
	text := func(s string) string {
		if rs := runesOf(s); f.precision >= 0 && len(rs) > f.precision {
			s = fromRunes(rs[:f.precision])
		}
		return in.pad(s, " ", f.width, f.align)
	}
	switch c {
	case 's':
		if isBytes {
			return text(bytesArg(v, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'"))
		}
		return text(in.Str(v))
	case 'b':
		if isBytes {
			return text(bytesArg(v, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'"))
		}
	case 'r':
		return text(in.Repr(v))
	case 'a':
		return text(asciiOnly(in.Repr(v)))
	case 'c':
		if s, ok := v.(Str); ok && !isBytes {
			if runeCount(string(s)) != 1 {
				throw(excTypeError, "%%c requires int or char")
			}
			return in.pad(string(s), " ", f.width, f.align)
		}
		x, ok := in.asIndex(v)
		if !ok {
			throw(excTypeError, "%%c requires int or char")
		}
		n, ok := x.(Int)
		if !ok || n < 0 || n > 0x10ffff {
			throw(excOverflowError, "%%c arg not in range(0x110000)")
		}
		return in.pad(encodeRune(rune(n)), " ", f.width, f.align)
	case 'd', 'i', 'u':
		if x, ok := v.(Float); ok {
			v = floatToInt(math.Trunc(float64(x)))
		} else if x, ok := in.percentInt(v); ok {
			v = x
		} else {
			throw(excTypeError, "%%%c format: a real number is required, not %s", c, v.Type().tpName())
		}
		f.typ = 'd'
		return in.percentDigits(v, f, "")
	case 'x', 'X', 'o':
		x, ok := in.asIndex(v)
		if !ok {
			throw(excTypeError, "%%%c format: an integer is required, not %s", c, v.Type().tpName())
		}
		f.typ = rune(c)
		prefix := ""
		if f.alternate {
			prefix = "0" + string(c)
		}
		return in.percentDigits(x, f, prefix)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		x, ok := in.asFloat(v)
		if !ok {
			throw(excTypeError, "must be real number, not %s", v.Type().tpName())
		}
		f.typ = rune(c)
		return in.formatFloat(x, f, Float(x))
	}
	throw(excValueError, "unsupported format character '%c' (0x%x) at index %d", c, c, pos)
	return ""
}

func (in *Interp) percentInt(v Value) (Value, bool) {
	if x, ok := in.asIndex(v); ok {
		return x, true
	}
	if _, ok := v.(Complex); ok {
		return nil, false
	}
	if f, ok := in.asFloat(v); ok {
		return floatToInt(math.Trunc(f)), true
	}
	return nil, false
}

// percentDigits writes an integer; the precision is the least number of digits.
func (in *Interp) percentDigits(v Value, f formatSpec, prefix string) string {
	z := bigOf(v)
	var digits string
	switch f.typ {
	case 'd':
		digits = intText(z)
	case 'o':
		digits = z.Text(8)
	case 'x':
		digits = z.Text(16)
	case 'X':
		digits = strings.ToUpper(z.Text(16))
	}
	digits = strings.TrimPrefix(digits, "-")
	if n := f.precision - len(digits); n > 0 {
		in.charge(n)
		digits = strings.Repeat("0", n) + digits
	}
	return in.layNumber(z.Sign() < 0, prefix, digits, "", f, 3)
}
