package calc

import (
	"math"
	"strconv"
	"strings"
)

func (in *Interp) formatFloat(x float64, f formatSpec, v Value) string {
	text := in.floatBody(x, f, v)
	neg := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(text, "-")
	if f.zero && neg && strings.Trim(strings.TrimSuffix(text, "%"), "0.e+-E") == "" {
		neg = false
	}
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	if n == 0 {
		f.group = 0 // inf and nan have no digits
	}
	return in.layNumber(neg, "", text[:n], text[n:], f, 3)
}

// floatBody writes a float without width and sign options.
func (in *Interp) floatBody(x float64, f formatSpec, v Value) string {
	if f.precision > 1<<20 {
		throw(excValueError, "precision too big")
	}
	typ, prec := f.typ, f.precision
	in.charge(2*max(prec, 0) + 330)
	switch typ {
	case 'e', 'E', 'f', 'F', 'g', 'G', '%', 'n', 0:
	default:
		throw(excValueError, "Unknown format code '%c' for object of type '%s'", typ, v.Type().tpName())
	}
	percent := ""
	if typ == '%' {
		x *= 100
		percent, typ = "%", 'f'
	}
	if s, ok := nonFinite(x); ok {
		if typ == 'E' || typ == 'F' || typ == 'G' {
			s = strings.ToUpper(s)
		}
		return s + percent
	}
	if prec < 0 && typ != 0 {
		prec = 6
	}
	var s string
	switch typ {
	case 'f', 'F':
		s = strconv.FormatFloat(x, 'f', prec, 64)
		if prec == 0 && f.alternate {
			s += "."
		}
	case 'e', 'E':
		s = fixExponent(strconv.FormatFloat(x, 'e', prec, 64))
		if prec == 0 && f.alternate {
			s = strings.Replace(s, "e", ".e", 1)
		}
		if typ == 'E' {
			s = strings.ToUpper(s)
		}
	case 0:
		if prec < 0 {
			s = floatR(x)
			if _, ok := v.(Complex); !ok && !strings.ContainsAny(s, ".e") {
				s += ".0"
			}
			if m, e, exp := strings.Cut(s, "e"); f.alternate && !strings.Contains(m, ".") {
				s = m + "."
				if exp {
					s += "e" + e
				}
			}
			break
		}
		// As 'g', with at least one digit past the point.
		_, isComplex := v.(Complex)
		s = formatG(x, prec, f.alternate, !isComplex)
		if _, ok := v.(Complex); !ok && !strings.ContainsAny(s, ".e") {
			s += ".0"
		}
	default:
		s = formatG(x, prec, f.alternate, false)
		if typ == 'G' {
			s = strings.ToUpper(s)
		}
	}
	return s + percent
}

// formatG is C's %g. With dot it leaves room for the ".0" of a whole number and
// turns to an exponent one power of ten earlier.
func formatG(x float64, prec int, alternate, dot bool) string {
	prec = max(prec, 1)
	high := prec
	if dot {
		high--
	}
	digits, exp := splitExp(strconv.FormatFloat(math.Abs(x), 'e', prec-1, 64))
	if !alternate {
		digits = strings.TrimRight(digits, "0")
		if digits == "" {
			digits = "0"
		}
	}
	s := layDigits(digits, exp, -4, high)
	if alternate && !strings.Contains(s, ".") {
		if m, e, ok := strings.Cut(s, "e"); ok {
			s = m + ".e" + e
		} else {
			s += "."
		}
	}
	if math.Signbit(x) {
		s = "-" + s
	}
	return s
}

// fixExponent gives an exponent the two digits that C and Go both have.
func fixExponent(s string) string { return s }

func (in *Interp) formatComplex(c complex128, f formatSpec) string {
	switch f.typ {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n':
	default:
		throw(excValueError, "Unknown format code '%c' for object of type 'complex'", f.typ)
	}
	if f.fill == "0" {
		throw(excValueError, "Zero padding is not allowed in complex format specifier")
	}
	if f.align == '=' {
		throw(excValueError, "'=' alignment flag is not allowed in complex format specifier")
	}
	part := f
	part.width, part.align = -1, 0
	re := in.formatFloat(real(c), part, Complex(c))
	imSpec := part
	imSpec.sign = '+'
	im := in.formatFloat(imag(c), imSpec, Complex(c))
	var s string
	if f.typ == 0 {
		if real(c) == 0 && !math.Signbit(real(c)) {
			im = in.formatFloat(imag(c), part, Complex(c))
			s = im + "j"
		} else {
			s = "(" + re + im + "j)"
		}
	} else {
		s = re + im + "j"
	}
	if f.align == 0 {
		f.align = '>'
	}
	return in.pad(s, f.fill, f.width, f.align)
}
