package printing

import (
	"bytes"
	"math"
	"unsafe"

	"github.com/stride-go/nd/float16"
)

// floatColumn writes floating-point numbers with their points under each other.
type floatColumn struct {
	number   number
	offset   int // of the number in the item: the imaginary part lies behind the real one
	format   NumberFormat
	exponent bool
	pad      int // characters of a number, for nan and inf
	nan, inf string
}

// spread is what a first look at the numbers of a column finds out.
type spread struct {
	finite, other     int
	smallest, largest float64 // magnitudes, zeros left out
	negative          bool    // a sign bit among the finite
	negativeInf       bool
}

func newFloatColumn(it items, n number, offset int, o *style) *floatColumn {
	c := &floatColumn{number: n, offset: offset, format: Shortest, nan: o.NanStr, inf: o.InfStr}
	s := c.look(&it)
	f := &c.format
	f.Sign = o.Sign == '+'
	f.Trim = TrimZeros
	if o.FloatMode != "unique" {
		f.Precision = min(o.Precision, maxPlaces)
	}
	if o.FloatMode == "fixed" {
		f.Unique, f.Trim = false, TrimNone
	}
	left, right := 0, 0 // characters before and after the point
	if s.finite > 0 {
		c.exponent = needsExponent(s, n.width(), o.Suppress)
		left, right = c.measure(&it, o)
	}
	if o.Sign == ' ' && !s.negative {
		left++
	}
	if s.other > 0 {
		signed := 0
		if o.Sign != '-' || s.negativeInf {
			signed = 1
		}
		left = max(left, len([]rune(c.nan))-right-1, len([]rune(c.inf))+signed-right-1)
	}
	f.PadLeft = left
	if !c.exponent {
		f.PadRight = right
	}
	c.pad = left + right + 1
	return c
}

func (c *floatColumn) look(it *items) spread {
	s := spread{smallest: math.Inf(1)}
	it.each(func(p unsafe.Pointer) {
		x := c.value(p)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			s.other++
			s.negativeInf = s.negativeInf || x < 0
			return
		}
		s.finite++
		s.negative = s.negative || math.Signbit(x)
		if a := math.Abs(x); a > 0 {
			s.smallest, s.largest = min(s.smallest, a), max(s.largest, a)
		}
	})
	return s
}

func (c *floatColumn) value(p unsafe.Pointer) float64 { return c.number.float(step(p, c.offset)) }

// needsExponent chooses scientific notation for the magnitudes of a column. The
// bounds and the ratio are taken in the numbers' own precision, as NumPy does.
func needsExponent(s spread, bits int, suppress bool) bool {
	if s.largest == 0 {
		return false
	}
	high, low, ratio := 1e8, 1e-4, s.largest/s.smallest
	switch bits {
	case 16:
		high, low = 1e3, float16.FromFloat64(1e-4).Float64()
		ratio = float16.FromFloat32(float32(s.largest) / float32(s.smallest)).Float64()
	case 32:
		high, low = 1e6, float64(float32(1e-4))
		ratio = float64(float32(s.largest) / float32(s.smallest))
	}
	return s.largest >= high || !suppress && (s.smallest < low || ratio > 1000)
}

// measure writes every number once to find the widths on both sides of the
// point, and fixes the number of digits where they must be equal.
func (c *floatColumn) measure(it *items, o *style) (left, right int) {
	f := &c.format
	expDigits := 0
	var buf []byte
	it.each(func(p unsafe.Pointer) {
		x := c.value(p)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return
		}
		if c.exponent {
			buf = AppendScientific(buf[:0], x, c.number.width(), f)
		} else {
			buf = AppendPositional(buf[:0], x, c.number.width(), f)
		}
		point := bytes.IndexByte(buf, '.')
		end := len(buf)
		if c.exponent {
			end = bytes.IndexByte(buf, 'e')
			expDigits = max(expDigits, len(buf)-end-2)
		}
		left, right = max(left, point), max(right, end-point-1)
	})
	switch {
	case c.exponent:
		f.Trim, f.Precision, f.MinDigits = TrimNone, right, right
		f.ExpDigits = expDigits
		right += expDigits + 2
	case o.FloatMode == "fixed" || o.FloatMode == "maxprec_equal":
		f.Trim, f.Precision, f.MinDigits = TrimNone, right, right
	default:
		f.MinDigits = 0
	}
	return left, right
}

func (c *floatColumn) append(dst []byte, p unsafe.Pointer) []byte {
	x := c.value(p)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return c.appendNonFinite(dst, x)
	}
	if c.exponent {
		return AppendScientific(dst, x, c.number.width(), &c.format)
	}
	return AppendPositional(dst, x, c.number.width(), &c.format)
}

func (c *floatColumn) appendNonFinite(dst []byte, x float64) []byte {
	word, sign := c.inf, ""
	if math.IsNaN(x) {
		word = c.nan
	}
	if x < 0 {
		sign = "-"
	} else if c.format.Sign {
		sign = "+"
	}
	dst = appendRepeat(dst, ' ', c.pad-len([]rune(word))-len(sign))
	return append(append(dst, sign...), word...)
}

// complexColumn writes the parts as two columns; the imaginary one always shows
// its sign, and its j stands before the spaces at its end.
type complexColumn struct{ re, im *floatColumn }

func newComplexColumn(it items, o *style) *complexColumn {
	n := numberOf(it.dtype)
	signed := *o
	signed.Sign = '+'
	return &complexColumn{newFloatColumn(it, n, 0, o), newFloatColumn(it, n, n.size, &signed)}
}

func (c *complexColumn) append(dst []byte, p unsafe.Pointer) []byte {
	dst = c.im.append(c.re.append(dst, p), p)
	end := len(bytes.TrimRight(dst, " "))
	spaces := len(dst) - end
	return appendRepeat(append(dst[:end], 'j'), ' ', spaces)
}
