package calc

import (
	"strings"
)

// formatSpec is [[fill]align][sign][z][#][0][width][grouping][.precision][type].
type formatSpec struct {
	fill      string
	align     byte // 0 when not given
	sign      byte
	zero      bool // the option z: no negative zero
	alternate bool
	width     int
	group     byte
	precision int // -1 when not given
	typ       rune
}

func (in *Interp) parseSpec(text string, v Value) formatSpec {
	f := formatSpec{fill: " ", precision: -1, width: -1}
	rs := runesOf(text)
	i := 0
	isAlign := func(r rune) bool { return r == '<' || r == '>' || r == '=' || r == '^' }
	given := false
	if len(rs) >= 2 && isAlign(rs[1]) {
		f.fill, f.align, i, given = encodeRune(rs[0]), byte(rs[1]), 2, true
	} else if len(rs) >= 1 && isAlign(rs[0]) {
		f.align, i = byte(rs[0]), 1
	}
	if i < len(rs) && (rs[i] == '+' || rs[i] == '-' || rs[i] == ' ') {
		f.sign = byte(rs[i])
		i++
	}
	if i < len(rs) && rs[i] == 'z' {
		f.zero = true
		i++
	}
	if i < len(rs) && rs[i] == '#' {
		f.alternate = true
		i++
	}
	if i < len(rs) && rs[i] == '0' && !given {
		f.fill = "0"
		if f.align == 0 {
			f.align = '='
			if _, ok := v.(Str); ok {
				f.align = '<'
			}
		}
		i++
	}
	number := func() int {
		n := 0
		for ; i < len(rs) && rs[i] >= '0' && rs[i] <= '9'; i++ {
			if n = n*10 + int(rs[i]-'0'); n > 1<<31-1 {
				throw(excValueError, "Too many decimal digits in format string")
			}
		}
		return n
	}
	if i < len(rs) && rs[i] >= '0' && rs[i] <= '9' {
		f.width = number()
	}
	if i < len(rs) && (rs[i] == ',' || rs[i] == '_') {
		f.group = byte(rs[i])
		i++
		if i < len(rs) && (rs[i] == ',' || rs[i] == '_') {
			if byte(rs[i]) == f.group {
				throw(excValueError, "Cannot specify '%c' with '%c'.", f.group, rs[i])
			}
			throw(excValueError, "Cannot specify both ',' and '_'.")
		}
	}
	if i < len(rs) && rs[i] == '.' {
		i++
		if i >= len(rs) || rs[i] < '0' || rs[i] > '9' {
			throw(excValueError, "Format specifier missing precision")
		}
		f.precision = number()
	}
	if len(rs)-i > 1 {
		throw(excValueError, "Invalid format specifier '%s' for object of type '%s'", text, v.Type().tpName())
	}
	if i < len(rs) {
		f.typ = rs[i]
	}
	typ := f.typ
	if _, text := v.(Str); text && typ == 0 {
		typ = 's'
	}
	if f.group != 0 && typ != 0 {
		ok := strings.ContainsRune("defgEFG%", typ) || f.group == '_' && strings.ContainsRune("boxX", typ)
		if !ok {
			throw(excValueError, "Cannot specify '%c' with '%c'.", f.group, typ)
		}
	}
	return f
}

// format is the function format(v, spec).
func (in *Interp) format(v Value, spec string) string {
	if f, ok := v.(formatted); ok {
		return f.format(in, spec)
	}
	switch v := v.(type) {
	case Str:
		if spec == "" {
			return string(v)
		}
		return in.formatStr(string(v), in.parseSpec(spec, v))
	case Int, *BigInt:
		if spec == "" {
			return in.Str(v)
		}
		return in.formatInt(v, in.parseSpec(spec, v))
	case Bool:
		if spec == "" {
			return in.Str(v)
		}
		f := in.parseSpec(spec, v)
		if f.typ != 0 && !strings.ContainsRune("dnboxXceEfFgG%", f.typ) {
			throw(excValueError, "Unknown format code '%c' for object of type 'bool'", f.typ)
		}
		return in.formatInt(boolInt(v), f)
	case Float:
		if spec == "" {
			return in.Str(v)
		}
		return in.formatFloat(float64(v), in.parseSpec(spec, v), v)
	case Complex:
		if spec == "" {
			return in.Str(v)
		}
		return in.formatComplex(complex128(v), in.parseSpec(spec, v))
	}
	if spec != "" {
		throw(excTypeError, "unsupported format string passed to %s.__format__", v.Type().tpName())
	}
	return in.Str(v)
}

func (in *Interp) formatStr(s string, f formatSpec) string {
	switch {
	case f.typ != 0 && f.typ != 's':
		throw(excValueError, "Unknown format code '%c' for object of type 'str'", f.typ)
	case f.sign == ' ':
		throw(excValueError, "Space not allowed in string format specifier")
	case f.sign != 0:
		throw(excValueError, "Sign not allowed in string format specifier")
	case f.zero:
		throw(excValueError, "Negative zero coercion (z) not allowed in string format specifier")
	case f.alternate:
		throw(excValueError, "Alternate form (#) not allowed in string format specifier")
	case f.group != 0:
		throw(excValueError, "Cannot specify '%c' with 's'.", f.group)
	case f.align == '=':
		throw(excValueError, "'=' alignment not allowed in string format specifier")
	}
	if f.precision >= 0 {
		if rs := runesOf(s); len(rs) > f.precision {
			s = fromRunes(rs[:f.precision])
		}
	}
	if f.align == 0 {
		f.align = '<'
	}
	return in.pad(s, f.fill, f.width, f.align)
}

func (in *Interp) formatInt(v Value, f formatSpec) string {
	if strings.ContainsRune("eEfFgG%", f.typ) && f.typ != 0 {
		return in.formatFloat(intToFloat(v), f, v)
	}
	if f.typ != 0 && !strings.ContainsRune("dnboxXc", f.typ) {
		throw(excValueError, "Unknown format code '%c' for object of type 'int'", f.typ)
	}
	if f.precision >= 0 {
		throw(excValueError, "Precision not allowed in integer format specifier")
	}
	if f.zero {
		throw(excValueError, "Negative zero coercion (z) not allowed in integer format specifier")
	}
	z := bigOf(v)
	digits, prefix, every := "", "", 3
	switch f.typ {
	case 0, 'd', 'n':
		digits = intText(z)
	case 'b':
		digits, prefix, every = z.Text(2), "0b", 4
	case 'o':
		digits, prefix, every = z.Text(8), "0o", 4
	case 'x':
		digits, prefix, every = z.Text(16), "0x", 4
	case 'X':
		digits, prefix, every = strings.ToUpper(z.Text(16)), "0X", 4
	case 'c':
		if f.sign != 0 {
			throw(excValueError, "Sign not allowed with integer format specifier 'c'")
		}
		if f.alternate {
			throw(excValueError, "Alternate form (#) not allowed with integer format specifier 'c'")
		}
		n, ok := v.(Int)
		if !ok || n < 0 || n > 0x10ffff {
			throw(excOverflowError, "%%c arg not in range(0x110000)")
		}
		if f.align == 0 {
			f.align = '<'
		}
		return in.pad(encodeRune(rune(n)), f.fill, f.width, f.align)
	default:
		throw(excValueError, "Unknown format code '%c' for object of type 'int'", f.typ)
	}
	if !f.alternate {
		prefix = ""
	}
	digits = strings.TrimPrefix(digits, "-")
	return in.layNumber(z.Sign() < 0, prefix, digits, "", f, every)
}

// layNumber joins sign, prefix, grouped digits and tail to the width.
func (in *Interp) layNumber(neg bool, prefix, digits, tail string, f formatSpec, every int) string {
	sign := ""
	switch {
	case neg:
		sign = "-"
	case f.sign == '+' || f.sign == ' ':
		sign = string(f.sign)
	}
	in.charge(max(f.width, 0) * 2)
	lead := sign + prefix
	if f.align == '=' && f.fill == "0" {
		room := f.width - runeCount(lead) - runeCount(tail)
		digits = groupDigits(digits, f.group, every, room)
	} else {
		digits = groupDigits(digits, f.group, every, 0)
	}
	body := digits + tail
	switch f.align {
	case '=':
		if n := f.width - runeCount(lead) - runeCount(body); n > 0 {
			return lead + strings.Repeat(f.fill, n) + body
		}
		return lead + body
	case 0:
		f.align = '>'
	}
	return in.pad(lead+body, f.fill, f.width, f.align)
}

// groupDigits puts separators between the digits and zeros before them up to
// the width.
func groupDigits(digits string, group byte, every, width int) string {
	if group == 0 {
		if n := width - len(digits); n > 0 {
			return strings.Repeat("0", n) + digits
		}
		return digits
	}
	for {
		n := len(digits)
		if n+(n-1)/every >= width {
			break
		}
		digits = "0" + digits
	}
	var b strings.Builder
	for i := 0; i < len(digits); i++ {
		if i > 0 && (len(digits)-i)%every == 0 {
			b.WriteByte(group)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}
