package elementary

import (
	"math"
	"testing"
)

// TestExactPowers: logarithms of powers and roots of cubes are exact.
func TestExactPowers(t *testing.T) {
	for k := -1074; k <= 1023; k++ {
		if got := Log2(math.Ldexp(1, k)); got != float64(k) {
			t.Errorf("Log2(2**%d) = %v", k, got)
		}
		if got, want := Exp2(float64(k)), math.Ldexp(1, k); got != want {
			t.Errorf("Exp2(%d) = %v, want %v", k, got, want)
		}
	}
	x := 1.0
	for k := range 23 { // up to 10**22 a float64 is exact
		if got := Log10(x); got != float64(k) {
			t.Errorf("Log10(1e%d) = %v", k, got)
		}
		if got := Pow(10, float64(k)); got != x {
			t.Errorf("Pow(10, %d) = %v", k, got)
		}
		x *= 10
	}
	for k := range 1000 {
		f := float64(k)
		if got := Cbrt(f * f * f); got != f {
			t.Errorf("Cbrt(%v**3) = %v", f, got)
		}
		if got := Hypot(3*f, 4*f); got != 5*f {
			t.Errorf("Hypot(%v, %v) = %v", 3*f, 4*f, got)
		}
	}
}

// TestLimits: the largest finite results stay finite, and the first beyond are
// infinite; the smallest are the nearest subnormal.
func TestLimits(t *testing.T) {
	near := func(name string, got, want float64) {
		t.Helper()
		if got != want {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
	near("Exp(709.78)", Exp(709.78), 1.7928227943945155e+308)
	near("Exp(709.79)", Exp(709.79), math.Inf(1))
	near("Exp(-745.13)", Exp(-745.13), 5e-324)
	near("Exp(-745.14)", Exp(-745.14), 0)
	near("Sinh(710.4)", Sinh(710.4), 1.6663642832806496e+308)
	near("Sinh(-711)", Sinh(-711), math.Inf(-1))
	near("Hypot(1e308, 1e308)", Hypot(1e308, 1e308), 1.4142135623730951e308)
	near("Hypot(3e-320, 4e-320)", Hypot(3e-320, 4e-320), 5e-320)
	near("Hypot(max, max)", Hypot(math.MaxFloat64, math.MaxFloat64), math.Inf(1))
	near("Cbrt(-5e-324)", Cbrt(-5e-324), -1.7031839360032603e-108)
	near("Log(5e-324)", Log(5e-324), -744.4400719213812)
	near("Pow(-2, 1023)", Pow(-2, 1023), -0x1p1023)
	near("Pow(-2, 1024)", Pow(-2, 1024), math.Inf(1))
	near("Pow(-2, -1075)", Pow(-2, -1075), math.Copysign(0, -1))
	near("Sin(1e22)", Sin(1e22), -0.8522008497671888)
	near("Atan2(-5e-324, -1)", Atan2(-5e-324, -1), -math.Pi)
	near("Atan2(5e-324, 5e-324)", Atan2(5e-324, 5e-324), math.Pi/4)
	near("Atan2(max, max)", Atan2(math.MaxFloat64, math.MaxFloat64), math.Pi/4)
	if s := math.Signbit(Pow(-2, -1075)); !s {
		t.Error("Pow(-2, -1075) is +0")
	}
}
