package printing

import (
	"math"
	"strconv"
	"unsafe"
)

// intColumn right-aligns integers to the widest.
type intColumn struct {
	number number
	signed bool
	sign   byte // '+' or ' ' before what is not negative; '-' for neither
	width  int
}

func newIntColumn(it items, o *style) *intColumn {
	c := &intColumn{number: numberOf(it.dtype), signed: it.dtype.IsSigned(), sign: o.Sign}
	lo, hi := int64(math.MaxInt64), uint64(0) // smallest of the signed, largest of the others
	negHi := int64(math.MinInt64)             // largest of the signed
	n := 0
	it.each(func(p unsafe.Pointer) {
		n++
		if c.signed {
			v := c.number.integer(p)
			lo, negHi = min(lo, v), max(negHi, v)
		} else {
			v := c.number.word(p)
			hi = max(hi, v)
		}
	})
	if n == 0 {
		return c
	}
	if !c.signed {
		lo, negHi = 0, 0
	} else if negHi >= 0 {
		hi = uint64(negHi)
	}
	if c.sign == ' ' && lo < 0 {
		c.sign = '-'
	}
	var buf [24]byte
	if c.signed && negHi < 0 {
		c.width = len(strconv.AppendInt(buf[:0], negHi, 10))
	} else {
		c.width = len(strconv.AppendUint(buf[:0], hi, 10))
		if c.sign != '-' {
			c.width++
		}
	}
	if lo < 0 {
		c.width = max(c.width, len(strconv.AppendInt(buf[:0], lo, 10)))
	}
	return c
}

func (c *intColumn) append(dst []byte, p unsafe.Pointer) []byte {
	var buf [24]byte
	word := buf[:0]
	if c.signed {
		v := c.number.integer(p)
		if v >= 0 && c.sign != '-' {
			word = append(word, c.sign)
		}
		word = strconv.AppendInt(word, v, 10)
	} else {
		if c.sign != '-' {
			word = append(word, c.sign)
		}
		word = strconv.AppendUint(word, c.number.word(p), 10)
	}
	dst = appendRepeat(dst, ' ', c.width-len(word))
	return append(dst, word...)
}
