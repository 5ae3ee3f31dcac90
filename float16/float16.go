// Package float16 is IEEE 754's binary16: NumPy's float16, '<f2'.
//
// The format, from the high bit: 1 bit sign, 5 bits exponent biased by 15, 10
// bits fraction. Exponent 0 holds zero and the subnormal numbers, multiples of
// 2⁻²⁴; exponent 31 holds infinity (fraction 0) and NaN. The largest finite
// number is 65504. Conversions to float16 round once, half to even, from the
// full precision of their argument.
package float16

import "math"

// Float16 is one binary16 number as its bits, in the machine's byte order.
type Float16 uint16

const (
	signMask = 0x8000
	expMask  = 0x7c00
	fracMask = 0x03ff
)

// FromBits returns the number with the given bits.
func FromBits(b uint16) Float16 { return Float16(b) }

// Bits returns the number's bits.
func (h Float16) Bits() uint16 { return uint16(h) }

// FromFloat32 rounds f half to even. A number of magnitude 65520 or more gives
// an infinity; a NaN keeps its sign and the high bits of its payload, and stays
// a NaN.
func FromFloat32(f float32) Float16 {
	b := math.Float32bits(f)
	sign := Float16(b >> 16 & signMask)
	b &^= 1 << 31
	switch {
	case b > 0x7f800000:
		return special(sign, uint16(b>>13&fracMask), true)
	case b >= 0x47800000: // 65536 and above
		return sign | expMask
	case b < 0x38800000: // below 2⁻¹⁴: adding ½ rounds to a multiple of 2⁻²⁴
		return sign | Float16(math.Float32bits(math.Float32frombits(b)+0.5)-0x3f000000)
	}
	// Rebias the exponent and add just less than half of the last place kept, or
	// just half when that place is odd: a carry out of the fraction does the rest.
	b += b>>13&1 + 0xfff - 112<<23
	return sign | Float16(b>>13)
}

// FromFloat64 rounds f half to even in one step: it does not pass through
// float32, whose rounding could turn a near tie into a tie. Infinities and NaNs
// are treated as FromFloat32 treats them.
func FromFloat64(f float64) Float16 {
	b := math.Float64bits(f)
	sign := Float16(b >> 48 & signMask)
	b &^= 1 << 63
	switch {
	case b > 0x7ff<<52:
		return special(sign, uint16(b>>42&fracMask), true)
	case b >= 0x40f<<52: // 65536 and above
		return sign | expMask
	case b < 0x3f1<<52: // below 2⁻¹⁴: adding 2²⁸ rounds to a multiple of 2⁻²⁴
		return sign | Float16(math.Float64bits(math.Float64frombits(b)+1<<28)-0x41b<<52)
	}
	b += b>>42&1 + (1<<41 - 1) - 0x3f0<<52 // as in FromFloat32
	return sign | Float16(b>>42)
}

// special is infinity, or the NaN with the given high ten payload bits; a
// payload whose high bits are all zero becomes 1 so as not to read as infinity.
func special(sign Float16, payload uint16, nan bool) Float16 {
	if nan && payload == 0 {
		payload = 1
	}
	return sign | expMask | Float16(payload)
}

// Float32 returns the number's value, which float32 holds exactly. A NaN keeps
// its sign and payload.
func (h Float16) Float32() float32 {
	sign := uint32(h&signMask) << 16
	exp := uint32(h & expMask >> 10)
	frac := uint32(h & fracMask)
	switch {
	case exp == 31:
		return math.Float32frombits(sign | 0xff<<23 | frac<<13)
	case exp != 0:
		return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
	}
	f := float32(frac) * (1.0 / (1 << 24)) // exact: ten bits times a power of two
	return math.Float32frombits(sign | math.Float32bits(f))
}

// Float64 returns the number's value, which float64 holds exactly. A NaN keeps
// its sign and payload.
func (h Float16) Float64() float64 {
	sign := uint64(h&signMask) << 48
	exp := uint64(h & expMask >> 10)
	frac := uint64(h & fracMask)
	switch {
	case exp == 31:
		return math.Float64frombits(sign | 0x7ff<<52 | frac<<42)
	case exp != 0:
		return math.Float64frombits(sign | (exp+1008)<<52 | frac<<42)
	}
	f := float64(frac) * (1.0 / (1 << 24))
	return math.Float64frombits(sign | math.Float64bits(f))
}

// IsNaN reports whether h is not a number.
func (h Float16) IsNaN() bool { return h&expMask == expMask && h&fracMask != 0 }

// IsInf reports whether h is an infinity of the given sign; sign 0 means either.
func (h Float16) IsInf(sign int) bool {
	return h&^signMask == expMask && (sign == 0 || sign > 0 == (h&signMask == 0))
}
