package float16

import (
	"math"
	"math/big"
	"testing"
)

// TestAll takes each of the 65536 numbers to float32 and float64 and back. The
// values are checked against the definition of the format.
func TestAll(t *testing.T) {
	for i := range 1 << 16 {
		h := FromBits(uint16(i))
		f, d := h.Float32(), h.Float64()
		exp, frac := i>>10&31, i&1023
		want := math.Ldexp(float64(frac), -24)
		switch {
		case exp == 31 && frac != 0:
			want = math.NaN()
		case exp == 31:
			want = math.Inf(1)
		case exp != 0:
			want = math.Ldexp(float64(1024+frac), exp-25)
		}
		if i>>15 == 1 {
			want = -want
		}
		if math.IsNaN(want) {
			if f == f || d == d || !h.IsNaN() {
				t.Fatalf("%04x is not NaN: %v %v", i, f, d)
			}
		} else if math.Float64bits(d) != math.Float64bits(want) || math.Float32bits(f) != math.Float32bits(float32(want)) {
			t.Fatalf("%04x: %v %v, want %v", i, f, d, want)
		}
		if FromFloat32(f) != h || FromFloat64(d) != h {
			t.Fatalf("%04x comes back as %04x and %04x", i, FromFloat32(f), FromFloat64(d))
		}
		if h.IsInf(0) != math.IsInf(d, 0) || h.IsInf(1) != math.IsInf(d, 1) || h.IsInf(-1) != math.IsInf(d, -1) {
			t.Fatalf("%04x: IsInf", i)
		}
	}
}

// TestTies takes the point halfway between each two neighbours, and the points
// just beside it, in both precisions.
func TestTies(t *testing.T) {
	for i := range 0x7c00 { // positive finite numbers; the last neighbour is 2¹⁶, read as infinity
		lo, up := FromBits(uint16(i)), FromBits(uint16(i+1))
		above := up.Float64()
		if math.IsInf(above, 1) {
			above = 65536
		}
		tie := (lo.Float64() + above) / 2
		even := lo
		if i&1 == 1 {
			even = up
		}
		for _, c := range []struct {
			x    float64
			want Float16
		}{{tie, even}, {math.Nextafter(tie, 0), lo}, {math.Nextafter(tie, 1e6), up}} {
			if got := FromFloat64(c.x); got != c.want {
				t.Fatalf("%v: %04x, want %04x", c.x, got, c.want)
			}
			if got := FromFloat64(-c.x); got != c.want|signMask {
				t.Fatalf("%v: %04x, want %04x", -c.x, got, c.want|signMask)
			}
		}
		f := float32(tie) // exact: a half needs twelve bits
		for _, c := range []struct {
			x    float32
			want Float16
		}{{f, even}, {math.Nextafter32(f, 0), lo}, {math.Nextafter32(f, 1e6), up}} {
			if got := FromFloat32(c.x); got != c.want {
				t.Fatalf("float32 %v: %04x, want %04x", c.x, got, c.want)
			}
		}
	}
}

// TestOutside holds the ends of the range, and a number whose detour over
// float32 would round twice, against NumPy's answers.
func TestOutside(t *testing.T) {
	for x, want := range map[float64]Float16{
		65504: 0x7bff, 65519: 0x7bff, 65519.999: 0x7bff, 65520: 0x7c00, 1e300: 0x7c00, math.Inf(-1): 0xfc00, -65520: 0xfc00,
		5e-324: 0, math.Ldexp(1, -25): 0, math.Ldexp(1.0000000001, -25): 1, math.Ldexp(1, -24): 1, math.Ldexp(3, -25): 2,
		math.Ldexp(1, -26): 0, 1 + math.Ldexp(1, -11) + math.Ldexp(1, -40): 0x3c01, 1 + math.Ldexp(1, -11): 0x3c00,
	} {
		if got := FromFloat64(x); got != want {
			t.Errorf("%v: %04x, want %04x", x, got, want)
		}
	}
	if z := FromFloat64(math.Copysign(0, -1)); z != 0x8000 {
		t.Errorf("-0: %04x", z)
	}
	if n := FromFloat32(math.Float32frombits(0x7f800001)); !n.IsNaN() {
		t.Errorf("a NaN with a low payload becomes %04x", n)
	}
	if n := FromFloat64(math.Float64frombits(0xfff0000000000001)); !n.IsNaN() || n>>15 != 1 {
		t.Errorf("a negative NaN with a low payload becomes %04x", n)
	}
	if f := FromFloat32(math.SmallestNonzeroFloat32); f != 0 {
		t.Errorf("the smallest float32 becomes %04x", f)
	}
}

// TestAgainstBig rounds random numbers with big.Float at eleven bits.
func TestAgainstBig(t *testing.T) {
	x := uint64(1)
	for range 100000 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		exp := int(x%30) - 14 // normal numbers
		v := math.Ldexp(1+float64(x>>12)/(1<<52), exp)
		want, _ := new(big.Float).SetPrec(11).SetMode(big.ToNearestEven).SetFloat64(v).Float64()
		if got := FromFloat64(v); got.Float64() != want && !(want >= 65520 && got.IsInf(1)) {
			t.Fatalf("%v: %v, want %v", v, got.Float64(), want)
		}
	}
}
