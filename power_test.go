package nd

import (
	"bytes"
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Floats to a number that NumPy's loop knows are what other operations make of them, bit
// by bit, where the power itself would round in another way: (-0)**0.5 is -0, not 0.
func TestPowerOfNumber(t *testing.T) {
	x := []float64{0, math.Copysign(0, -1), 1, -1, 2.5, 1e-310, 1e300, math.Inf(1), math.Inf(-1), math.NaN()}
	for i := range 300 {
		x = append(x, 0.37*float64(i)+0.1, -1.1*float64(i))
	}
	for _, dt := range []dtype.DType{dtype.Float32, dtype.Float64} {
		a := Of(x).AsType(dt)
		apart := Zeros(dt, 2*len(x)).Slice(Step(2))
		apart.Assign(a)
		for y, want := range map[float64]*Array{-1: a.Reciprocal(), 0: Ones(dt, len(x)), 0.5: a.Sqrt(), 1: a, 2: a.Square()} {
			got := map[string]*Array{"dense": a.Power(y), "stepped": apart.Power(y), "lazy": a.Lazy().Power(y).Eval(),
				"out": a.Power(y, Out(ZerosLike(apart))), "in place": a.Copy()}
			a := got["in place"]
			a.Power(y, Out(a))
			if y == math.Trunc(y) {
				got["integer"] = Of(x).AsType(dt).Power(int(y))
			}
			for how, g := range got {
				if g.DType() != dt || !bytes.Equal(g.bytesInC(), want.bytesInC()) {
					t.Errorf("%s, %s: %v to the power %v is %v, want %v", dt, how, Of(x), y, g, want)
				}
			}
		}
	}
}

// Integers to every small power, and to powers that wrap, wherever the items lie, are
// products.
func TestIntegerPowerOfNumber(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Int8, dtype.Uint8, dtype.Int16, dtype.Uint16, dtype.Int32, dtype.Uint32, dtype.Int64, dtype.Uint64} {
		a := Arange(1100).AsType(dt)
		apart := Zeros(dt, 2200).Slice(Step(2))
		apart.Assign(a)
		want := Ones(dt, 1100)
		for y := range 100 {
			got := []*Array{a.Power(y), apart.Power(y), a.Power(Of([]int{y}).AsType(dt).Reshape()), a.Copy(), a.Power(y, Out(ZerosLike(apart))), a.Lazy().Power(y).Eval()}
			got[3].Power(y, Out(got[3]))
			for i, g := range got {
				if g.DType() != dt || !g.ArrayEqual(want) {
					t.Fatalf("%s to the power %d, way %d: %v, want %v", dt, y, i, g, want)
				}
			}
			want.Multiply(a, Out(want))
		}
		if dt.IsSigned() {
			for _, f := range []func() *Array{func() *Array { return a.Power(-1) }, func() *Array { return apart.Power(-1) }} {
				text, _ := ended(f)
				if want := "nd: power: Integers to negative integer powers are not allowed."; text != want {
					t.Errorf("%q, want %q", text, want)
				}
			}
		}
	}
}

// Complex powers of the exponents that NumPy's operator ** knows are other operations,
// whichever way the call goes; a complex exponent counts with its imaginary part.
func TestComplexPowerOfNumber(t *testing.T) {
	x := []complex128{0, complex(math.Copysign(0, -1), 0), 1 - 2i, -3.5 + 0.1i, complex(math.Inf(1), 1), complex(math.Inf(-1), 0), complex(0, math.NaN())}
	for _, dt := range []dtype.DType{dtype.Complex64, dtype.Complex128} {
		a := Of(x).AsType(dt)
		apart := Zeros(dt, 2*len(x)).Slice(Step(2))
		apart.Assign(a)
		for y, want := range map[complex128]*Array{-1: a.Reciprocal(), 0: OnesLike(a), 0.5: a.Sqrt(), 1: a, 2: a.Square(), 1i: a.Power(Full(dt, 1i, len(x)))} {
			got := []*Array{a.Power(y), apart.Power(y), a.Lazy().Power(y).Eval(), a.Power(y, Out(ZerosLike(apart))), a.Copy()}
			got[4].Power(y, Out(got[4]))
			if imag(y) == 0 {
				got = append(got, a.Power(real(y)))
			}
			for i, r := range got {
				if !bytes.Equal(r.bytesInC(), want.bytesInC()) {
					t.Errorf("%s to the power %v, way %d: %v, want %v", dt, y, i, r, want)
				}
			}
		}
	}
}
