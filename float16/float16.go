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
	exp := int(b>>23&0xff) - 127
	frac := b & 0x7fffff
	if exp == 128 {
		return special(sign, uint16(frac>>13), frac != 0)
	}
	if exp < -25 { // less than half the smallest subnormal; float32's own subnormals too
		return sign
	}
	return round(sign, exp, uint64(frac|0x800000), 23)
}

// FromFloat64 rounds f half to even in one step: it does not pass through
// float32, whose rounding could turn a near tie into a tie. Infinities and NaNs
// are treated as FromFloat32 treats them.
func FromFloat64(f float64) Float16 {
	b := math.Float64bits(f)
	sign := Float16(b >> 48 & signMask)
	exp := int(b>>52&0x7ff) - 1023
	frac := b & (1<<52 - 1)
	if exp == 1024 {
		return special(sign, uint16(frac>>42), frac != 0)
	}
	if exp < -25 {
		return sign
	}
	return round(sign, exp, frac|1<<52, 52)
}

// special is infinity, or the NaN with the given high ten payload bits; a
// payload whose high bits are all zero becomes 1 so as not to read as infinity.
func special(sign Float16, payload uint16, nan bool) Float16 {
	if nan && payload == 0 {
		payload = 1
	}
	return sign | expMask | Float16(payload)
}

// round rounds significand × 2^(exp-width), where the significand has its
// leading one at bit width and exp ≥ -25, to the nearest float16, half to even.
// The carry out of the fraction runs into the exponent, which is just what the
// format wants, up to infinity.
func round(sign Float16, exp int, significand uint64, width int) Float16 {
	if exp > 15 {
		return sign | expMask
	}
	shift := width - 10
	bits := uint64(0)
	if exp < -14 { // subnormal: the last place is worth 2⁻²⁴
		shift += -14 - exp
	} else {
		bits = uint64(exp+14) << 10 // the leading one adds the missing 1 of the biased exponent
	}
	rest := significand & (1<<shift - 1)
	half := uint64(1) << (shift - 1)
	bits += significand >> shift
	if rest > half || rest == half && bits&1 == 1 {
		bits++
	}
	return sign | Float16(bits)
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
