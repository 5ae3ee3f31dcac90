package calc

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// quietNaN is the NaN of C, Python and NumPy; Go's has another payload, which
// tobytes would show.
var quietNaN = math.Float64frombits(0x7ff8_0000_0000_0000)

// floatRepr is the shortest text that reads back as f.
func floatRepr(f float64) string {
	s := floatR(f)
	if strings.ContainsAny(s, ".en") {
		return s
	}
	return s + ".0"
}

// floatR is Python's format 'r' without the final ".0".
func floatR(f float64) string {
	if s, ok := nonFinite(f); ok {
		return s
	}
	digits, exp := shortest(f)
	s := layDigits(digits, exp, -4, 16)
	if math.Signbit(f) {
		return "-" + s
	}
	return s
}

func nonFinite(f float64) (string, bool) {
	switch {
	case math.IsNaN(f):
		return "nan", true
	case math.IsInf(f, 1):
		return "inf", true
	case math.IsInf(f, -1):
		return "-inf", true
	}
	return "", false
}

// shortest returns the digits d of |f| and exp with |f| = d[0].d[1:] × 10^exp.
func shortest(f float64) (string, int) {
	return splitExp(strconv.FormatFloat(math.Abs(f), 'e', -1, 64))
}

func splitExp(s string) (string, int) {
	mantissa, e, _ := strings.Cut(s, "e")
	exp, _ := strconv.Atoi(e)
	return strings.Replace(mantissa, ".", "", 1), exp
}

// layDigits writes digits positionally if low <= exp < high, else with an exponent.
func layDigits(digits string, exp, low, high int) string {
	switch {
	case exp < low || exp >= high:
		s := digits[:1]
		if len(digits) > 1 {
			s += "." + digits[1:]
		}
		return s + exponent('e', exp)
	case exp < 0:
		return "0." + strings.Repeat("0", -exp-1) + digits
	case len(digits) <= exp+1:
		return digits + strings.Repeat("0", exp+1-len(digits))
	}
	return digits[:exp+1] + "." + digits[exp+1:]
}

func exponent(e byte, exp int) string {
	sign := "+"
	if exp < 0 {
		sign, exp = "-", -exp
	}
	s := strconv.Itoa(exp)
	if len(s) < 2 {
		s = "0" + s
	}
	return string(e) + sign + s
}

func complexRepr(c complex128) string {
	re, im := real(c), imag(c)
	imText := floatR(im) + "j"
	if re == 0 && !math.Signbit(re) {
		return imText
	}
	if !strings.HasPrefix(imText, "-") {
		imText = "+" + imText
	}
	return "(" + floatR(re) + imText + ")"
}

// floatToInt truncates a float that is finite.
func floatToInt(f float64) Value {
	if math.Abs(f) < 1<<62 {
		return Int(f)
	}
	if math.IsNaN(f) {
		throw(excValueError, "cannot convert float NaN to integer")
	}
	if math.IsInf(f, 0) {
		throw(excOverflowError, "cannot convert float infinity to integer")
	}
	z, _ := big.NewFloat(f).Int(nil)
	return newInt(z)
}

// parseFloat reads text as float() does.
func parseFloat(text string) (float64, bool) {
	s := strings.TrimFunc(text, isSpace)
	if s == "" || strings.ContainsAny(s, "xXpP") {
		return 0, false
	}
	if strings.Contains(s, "_") {
		for i := 0; i < len(s); i++ {
			if s[i] == '_' && (i == 0 || i == len(s)-1 || !isDigit(s[i-1]) || !isDigit(s[i+1])) {
				return 0, false
			}
		}
		s = strings.ReplaceAll(s, "_", "")
	}
	if strings.EqualFold(strings.TrimLeft(s, "+-"), "nan") && len(s) <= 4 {
		return math.Copysign(quietNaN, map[bool]float64{true: -1, false: 1}[s[0] == '-']), true
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return 0, false
	}
	if err != nil && f == 0 {
		return 0, false
	}
	return f, true
}

// parseInt reads text as int(text, base) does.
func (in *Interp) parseInt(text string, base int) (Value, bool) {
	s := strings.TrimFunc(text, isSpace)
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	prefix := 0
	if len(s) > 1 && s[0] == '0' {
		switch s[1] {
		case 'x', 'X':
			prefix = 16
		case 'o', 'O':
			prefix = 8
		case 'b', 'B':
			prefix = 2
		}
	}
	zeroBase := base == 0
	if prefix != 0 && (base == 0 || base == prefix) {
		s = strings.TrimPrefix(s[2:], "_")
		base = prefix
	}
	if base == 0 {
		base = 10
	}
	digits := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '_' {
			if i == 0 || i == len(s)-1 || s[i-1] == '_' {
				return nil, false
			}
			continue
		}
		if c >= 0x80 || digitValue(c) >= base {
			return nil, false
		}
		digits = append(digits, c)
	}
	if len(digits) == 0 {
		return nil, false
	}
	if zeroBase && prefix == 0 && digits[0] == '0' && strings.Trim(string(digits), "0") != "" {
		return nil, false
	}
	if base&(base-1) != 0 && len(digits) > maxIntDigits {
		throw(excValueError, "Exceeds the limit (%d digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", maxIntDigits, len(digits))
	}
	in.charge(len(digits))
	v := parseIntText(string(digits), base)
	if neg {
		return in.unary(opNeg, v), true
	}
	return v, true
}
