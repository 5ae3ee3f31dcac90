package printing

import (
	"math"
	"strconv"

	"github.com/stride-go/nd/internal/nderr"
)

// Trim says what becomes of zeros at the end of a fraction.
type Trim byte

const (
	TrimNone  Trim = 'k' // keep them, and the point
	TrimZeros Trim = '.' // drop them, keep the point
	TrimOne   Trim = '0' // drop all but one; write one if there is none
	TrimPoint Trim = '-' // drop them and a bare point
)

// NumberFormat lays out one number. The integers are -1 when not given.
type NumberFormat struct {
	Precision   int  // places after the point (or significant digits, see Significant)
	MinDigits   int  // with Unique: write at least so many, exact ones
	Unique      bool // start from the shortest digits that name the number
	Trim        Trim
	Sign        bool // a plus before positive numbers
	PadLeft     int  // characters before the point, filled with spaces
	PadRight    int  // positional: characters after the point
	ExpDigits   int  // scientific: digits of the exponent, 2 when not given
	Significant bool // positional: Precision and MinDigits count from the first digit
}

// Shortest is the format of no wishes: unique digits, zeros kept.
var Shortest = NumberFormat{Precision: -1, MinDigits: -1, Unique: true, Trim: TrimNone, PadLeft: -1, PadRight: -1, ExpDigits: -1}

// maxPlaces bounds what a number may ask for; NumPy's buffer holds 16384.
const maxPlaces = 16384

// Check refuses what NumPy refuses, in its words. It also bounds the lengths.
func (f *NumberFormat) Check() error {
	switch f.Trim {
	case TrimNone, TrimZeros, TrimOne, TrimPoint:
	default:
		return nderr.New("", nderr.ErrType, "if supplied, trim must be 'k', '.', '0' or '-' found `%c`", f.Trim)
	}
	for _, n := range []struct {
		name string
		n    *int
	}{{"precision", &f.Precision}, {"pad_left", &f.PadLeft}, {"pad_right", &f.PadRight}, {"exp_digits", &f.ExpDigits}, {"min_digits", &f.MinDigits}} {
		if *n.n < -1 {
			return nderr.New("", nderr.ErrValue, "%s must be >= 0", n.name)
		}
		*n.n = min(*n.n, maxPlaces)
	}
	if f.Significant && f.Precision == 0 {
		return nderr.New("", nderr.ErrValue, "precision must be greater than 0 if fractional=False")
	}
	if f.MinDigits > 0 && f.Precision > 0 && f.MinDigits > f.Precision {
		return nderr.New("", nderr.ErrValue, "min_digits must be less than or equal to precision")
	}
	if !f.Unique && f.Precision < 0 {
		return nderr.New("", nderr.ErrType, "in non-unique mode `precision` must be supplied")
	}
	return nil
}

// appendNonFinite writes nan, inf, -inf, never padded.
func appendNonFinite(dst []byte, x float64, sign bool) []byte {
	switch {
	case math.IsNaN(x):
		return append(dst, "nan"...)
	case x < 0:
		return append(dst, "-inf"...)
	case sign:
		return append(dst, "+inf"...)
	}
	return append(dst, "inf"...)
}

// appendSign writes the spaces that widen a whole part of n characters to
// PadLeft, and the sign.
func (f *NumberFormat) appendSign(dst []byte, x float64, whole int) []byte {
	sign := byte(0)
	if math.Signbit(x) {
		sign = '-'
	} else if f.Sign {
		sign = '+'
	}
	if sign != 0 {
		whole++
	}
	dst = appendRepeat(dst, ' ', f.PadLeft-whole)
	if sign != 0 {
		dst = append(dst, sign)
	}
	return dst
}

// appendRepeat appends c n times; none for n ≤ 0.
func appendRepeat(dst []byte, c byte, n int) []byte {
	for ; n > 0; n-- {
		dst = append(dst, c)
	}
	return dst
}

// fill returns how many places zeros fill at least.
func (f *NumberFormat) fill() int {
	if f.Unique {
		return f.MinDigits
	}
	return f.Precision
}

// AppendPositional writes x, a number of the width bits, without an exponent.
func AppendPositional(dst []byte, x float64, bits int, f *NumberFormat) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return appendNonFinite(dst, x, f.Sign)
	}
	var buf [48]byte
	n := digits(buf[:], math.Abs(x), bits, cut{f.Unique, f.Significant, f.Precision, f.MinDigits, f.Trim == TrimNone})
	whole := max(n.exp+1, 1)
	dst = f.appendSign(dst, x, whole)

	var fraction, gap int // digits after the point; zeros between it and n.d
	switch {
	case n.exp < 0:
		gap = -n.exp - 1
		fraction = gap + len(n.d)
		dst = append(dst, '0', '.')
		dst = appendRepeat(dst, '0', gap)
		dst = append(dst, n.d...)
	case len(n.d) <= whole:
		dst = append(dst, n.d...)
		dst = appendRepeat(dst, '0', whole-len(n.d))
		if f.Trim != TrimPoint {
			dst = append(dst, '.')
		}
	default:
		fraction = len(n.d) - whole
		dst = append(dst, n.d[:whole]...)
		dst = append(dst, '.')
		dst = append(dst, n.d[whole:]...)
	}

	wanted := max(f.fill(), 0)
	if f.Significant {
		wanted = f.fill() - whole
	}
	switch {
	case f.Trim == TrimNone:
		dst = appendRepeat(dst, '0', wanted-fraction)
		fraction = max(fraction, wanted)
	case fraction > 0:
		dst, fraction = f.trimFraction(dst, fraction)
		if fraction == 0 && f.Trim == TrimPoint {
			dst = dst[:len(dst)-1]
		}
	case f.Trim == TrimOne:
		dst = append(dst, '0')
		fraction = 1
	}
	if f.PadRight >= fraction {
		if f.Trim == TrimPoint && fraction == 0 {
			dst = append(dst, ' ') // in the place of the point
		}
		dst = appendRepeat(dst, ' ', f.PadRight-fraction)
	}
	return dst
}

// trimFraction drops the zeros that end the fraction; the point stays.
func (f *NumberFormat) trimFraction(dst []byte, fraction int) ([]byte, int) {
	for fraction > 0 && dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
		fraction--
	}
	if fraction == 0 && f.Trim == TrimOne {
		return append(dst, '0'), 1
	}
	return dst, fraction
}

// AppendScientific writes x, a number of the width bits, with an exponent.
func AppendScientific(dst []byte, x float64, bits int, f *NumberFormat) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return appendNonFinite(dst, x, f.Sign)
	}
	c := cut{unique: f.Unique, total: true, precision: -1, atLeast: -1, zeros: f.Trim == TrimNone || f.Trim == TrimPoint}
	if f.Precision >= 0 {
		c.precision = f.Precision + 1
	}
	if f.MinDigits >= 0 {
		c.atLeast = f.MinDigits + 1
	}
	var buf [48]byte
	n := digits(buf[:], math.Abs(x), bits, c)
	dst = f.appendSign(dst, x, 1)
	dst = append(dst, n.d[0])
	fraction := len(n.d) - 1
	if fraction > 0 || f.Trim != TrimPoint {
		dst = append(dst, '.')
	}
	dst = append(dst, n.d[1:]...)
	switch {
	case f.Trim == TrimNone:
		dst = appendRepeat(dst, '0', f.fill()-fraction)
	case fraction > 0: // NumPy leaves a bare point here even when asked to drop it
		dst, _ = f.trimFraction(dst, fraction)
	case f.Trim == TrimOne:
		dst = append(dst, '0')
	}
	return f.appendExponent(dst, n.exp)
}

// appendExponent writes e, the sign, and zeros before the exponent's digits up
// to ExpDigits, five at most. The exponent 0 has no digits of its own.
func (f *NumberFormat) appendExponent(dst []byte, exp int) []byte {
	dst = append(dst, 'e', '+')
	if exp < 0 {
		dst[len(dst)-1] = '-'
		exp = -exp
	}
	width := f.ExpDigits
	if width < 0 {
		width = 2
	}
	var buf [8]byte
	text := buf[:0]
	if exp != 0 {
		text = strconv.AppendInt(text, int64(exp), 10)
	}
	dst = appendRepeat(dst, '0', min(width, 5)-len(text))
	return append(dst, text...)
}
