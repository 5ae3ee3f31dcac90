package printing

import (
	"bytes"
	"strconv"

	"github.com/stride-go/nd/float16"
)

// decimal is the number d[0].d[1]d[2]… × 10^exp, its digits as ASCII.
type decimal struct {
	d   []byte
	exp int
}

// last returns the power of ten of the last digit.
func (n decimal) last() int { return n.exp + 1 - len(n.d) }

// trimmed returns n without zeros at the end; one digit stays.
func (n decimal) trimmed() decimal {
	for len(n.d) > 1 && n.d[len(n.d)-1] == '0' {
		n.d = n.d[:len(n.d)-1]
	}
	return n
}

// parseDecimal reads what strconv writes for the verb 'e', in place.
func parseDecimal(text []byte) decimal {
	e := bytes.IndexByte(text, 'e')
	exp, _ := strconv.Atoi(string(text[e+1:])) // strconv wrote it: a number
	if e > 1 {                                 // close the gap of the point
		copy(text[1:], text[2:e])
		e--
	}
	return decimal{text[:e], exp}
}

// exact returns v > 0 rounded half to even to 1+places digits, written to buf.
func exact(buf []byte, v float64, places int) decimal {
	return parseDecimal(strconv.AppendFloat(buf[:0], v, 'e', places, 64))
}

// shortest returns the fewest digits that name v > 0, finite, among the numbers
// of the width bits, and among those the ones closest to v, written to buf. The
// ends of the interval belong to v when its mantissa is even, as a reader would
// round them.
func shortest(buf []byte, v float64, bits int) decimal {
	if bits == 16 {
		return shortest16(buf, v)
	}
	return parseDecimal(strconv.AppendFloat(buf[:0], v, 'e', -1, bits))
}

// shortest16 tries one digit after another. The interval of numbers that read
// back as v reaches twice as far up as down at a power of two, so digits above
// v can name it where closer ones below do not: both are tried, closer first.
// No candidate has more than five digits, so its float64 is on the same side of
// every boundary between two float16 as the candidate itself.
func shortest16(buf []byte, v float64) decimal {
	h := float16.FromFloat64(v)
	for n := 0; ; n++ {
		near := exact(buf, v, n)
		f := near.float64()
		if float16.FromFloat64(f) == h {
			return near.trimmed()
		}
		if f < v {
			near.increment()
			if float16.FromFloat64(near.float64()) == h {
				return near.trimmed()
			}
		}
	}
}

// float64 reads n back.
func (n decimal) float64() float64 {
	text := append(append(make([]byte, 0, 32), n.d...), 'e')
	f, _ := strconv.ParseFloat(string(strconv.AppendInt(text, int64(n.last()), 10)), 64) // well formed
	return f
}

// increment adds one to the last digit.
func (n *decimal) increment() {
	for i := len(n.d) - 1; i >= 0; i-- {
		if n.d[i] != '9' {
			n.d[i]++
			return
		}
		n.d[i] = '0'
	}
	n.d[0] = '1'
	n.exp++
}

// leading returns the power of ten of v's own first digit. The shortest digits
// can name the next one: the float64 written 1e23 lies below 10^23. (No float64
// comes within 40 digits of a power of ten without being it, and 1 to 1e10 are
// themselves in every width that holds them.)
func leading(v float64, short decimal) int {
	if len(short.d) == 1 && short.d[0] == '1' && (short.exp < 0 || short.exp > 10) {
		return exact(nil, v, 40).exp
	}
	return short.exp
}

// cut says where digits end.
type cut struct {
	unique    bool // from the shortest digits; else from the exact value
	total     bool // places count from the first digit; else from the point
	precision int  // no digit after this many places; -1: no such limit
	atLeast   int  // with unique, exact digits up to this many places; -1: none
	zeros     bool // the caller looks at the zeros at the end of the digits
}

// digits returns the digits of v ≥ 0, finite, among numbers of the width bits,
// written to buf if they fit.
// Digits that end before the shortest ones do, or after them, are the exact
// value rounded half to even at that place. A value below half of the last
// place is the one digit 0 there.
//
// With zeros set, the zeros at the end tell how the digits came about, because
// NumPy's output depends on it: those of a rounding down stay (1.0001 at two
// places is 100), those of a carry do not (1.9999 is 2), nor those past the end
// of an exact value, unless unique digits were asked for at least so many.
func digits(buf []byte, v float64, bits int, c cut) decimal {
	if v == 0 {
		return decimal{append(buf[:0], '0'), 0}
	}
	short := shortest(buf, v, bits)
	lead := leading(v, short)
	place := func(n int) int {
		if c.total {
			return lead + 1 - n
		}
		return -n
	}
	stop := place(c.precision)
	if c.unique {
		stop = short.last()
		if c.atLeast >= 0 {
			stop = min(stop, place(c.atLeast))
		}
		if c.precision >= 0 {
			stop = max(stop, place(c.precision))
		}
		if stop == short.last() {
			return short
		}
	}
	if lead < stop { // only when places count from the point
		text := strconv.AppendFloat(buf[:0], v, 'f', -stop, 64)
		return decimal{text[len(text)-1:], stop}
	}
	n := exact(buf, v, lead-stop)
	if c.zeros && n.d[len(n.d)-1] == '0' {
		n = settleZeros(v, n, !c.unique)
	}
	return n
}

// settleZeros keeps or drops the zeros at the end of n, which is v rounded.
func settleZeros(v float64, n decimal, exhaust bool) decimal {
	full := exact(nil, v, 800) // a float64 has at most 767 digits
	if n.exp != full.exp || !bytes.HasPrefix(full.d, n.d) {
		return n.trimmed() // carried
	}
	if exhaust && len(full.trimmed().d) <= len(n.d) {
		return n.trimmed()
	}
	return n
}
