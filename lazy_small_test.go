package nd

import (
	"bytes"
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestLazySmall compares short expressions, which are computed value after value, with
// the array operations: numbers, items that are cast, items that are not in order,
// results that are operands too.
func TestLazySmall(t *testing.T) {
	for _, n := range []int{1, 2, 7, 63, 1000, 2048, 2049} {
		for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Int16, dtype.Float64.Swapped(), dtype.Complex128} {
			a, b := Arange(n).Remainder(11).AsType(dt), Arange(n).Remainder(7).Add(1).AsType(dt)
			i, one := Arange(n).AsType(dtype.Int32), Of([]float32{2.5})
			for k, pair := range [][2]*Array{
				{a.Lazy().Multiply(2).Add(b).Eval(), a.Multiply(2).Add(b)},
				{a.Lazy().Multiply(i).Subtract(b).Eval(), a.Multiply(i).Subtract(b)},
				{a.Lazy().Multiply(one).Eval(), a.Multiply(one)},
				{a.Flip().Lazy().Add(b).Sum().Eval(), a.Flip().Add(b).Sum()},
				{a.Lazy().Add(b).Multiply(a.Lazy().Add(b)).Sum().Eval(), a.Add(b).Multiply(a.Add(b)).Sum()},
				{a.Lazy().Equal(b).Where(a, 1).Eval(), a.Equal(b).Where(a, 1)},
				{a.Lazy().Equal(b).Sum().Eval(), a.Equal(b).Sum()},
				{a.Lazy().NotEqual(b).AllTrue().Eval(), a.NotEqual(b).AllTrue()},
				{a.Lazy().Add(b).Prod().Eval(), a.Add(b).Prod()},
				{a.Lazy().Subtract(b).Max().Eval(), a.Subtract(b).Max()},
				{a.Lazy().Add(b).Mean().Eval(), a.Add(b).Mean()},
				{a.Lazy().AsType(dtype.Float32).Eval(), a.AsType(dtype.Float32)},
				{a.Reshape(n, 1).Lazy().Add(b.Reshape(n, 1)).Sum(KeepDims()).Eval(), a.Reshape(n, 1).Add(b.Reshape(n, 1)).Sum(KeepDims())},
			} {
				got, want := pair[0], pair[1]
				if got.DType() != want.DType() || got.String() != want.String() || !got.Flags().Has(Writeable|OwnData) {
					t.Errorf("expression %d over %d %s: %s %v, eager %s %v", k, n, dt, got.DType(), got, want.DType(), want)
				}
			}
			c, d := a.Copy(), a.Copy()
			c.Lazy().Add(b).Multiply(c).Eval(Out(c))
			if want := d.Add(b).Multiply(d).AsType(dt); c.String() != want.String() {
				t.Errorf("into an operand, %d %s: %v, want %v", n, dt, c, want)
			}
		}
	}
}

// TestLazyClip compares the bytes of clipped items, of all combinations of hard numbers
// with hard bounds.
func TestLazyClip(t *testing.T) {
	hard := Of([]float64{math.NaN(), -math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 1, -1, 5e-324, -5e-324, 2.5, 1e300, math.Float64frombits(0x7ff4_0000_0000_0001), math.Float64frombits(0xfff8_0000_0000_0123)})
	m := hard.Size()
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Int32} {
		for _, reps := range []int{1, 40} {
			x := hard.AsType(dt).Reshape(m, 1, 1, 1).BroadcastTo(m, m, m, reps).Copy()
			lo, hi := hard.AsType(dt).Reshape(1, m, 1, 1).BroadcastTo(m, m, m, reps).Copy(), hard.AsType(dt).Reshape(1, 1, m, 1).BroadcastTo(m, m, m, reps).Copy()
			for i, pair := range [][2]*Array{
				{x.Lazy().Clip(lo, hi).Eval(), x.Clip(lo, hi)},
				{x.Lazy().Negative().Clip(lo, hi).Negative().Eval(), x.Negative().Clip(lo, hi).Negative()},
				{x.Lazy().Clip(lo, hi.Lazy().Negative()).Eval(), x.Clip(lo, hi.Negative())},
				{x.Lazy().Clip(-1, 2).Eval(), x.Clip(-1, 2)},
				{x.Lazy().Multiply(-1).Clip(0, 1).Eval(), x.Multiply(-1).Clip(0, 1)},
				{x.Lazy().Clip(2, 0).Eval(), x.Clip(2, 0)},
				{x.Lazy().AsType(dtype.Float64).Clip(math.Copysign(0, -1), math.Inf(1)).Eval(), x.AsType(dtype.Float64).Clip(math.Copysign(0, -1), math.Inf(1))},
				{x.Lazy().AsType(dtype.Float64).Clip(math.NaN(), 1.0).Eval(), x.AsType(dtype.Float64).Clip(math.NaN(), 1.0)},
			} {
				got, err1 := pair[0].RawSpan()
				want, err2 := pair[1].RawSpan()
				if err1 != nil || err2 != nil || pair[0].DType() != pair[1].DType() || !bytes.Equal(got, want) {
					t.Errorf("expression %d of %s, %d times: other bytes", i, dt, reps)
				}
			}
		}
	}
}

// An expression that is a cast of one item for all has that item everywhere, and so has the
// sum of it.
func TestLazyCastOfOneForAll(t *testing.T) {
	for _, n := range []int{3, 65, 1000, 40000} {
		for _, dt := range []dtype.DType{dtype.Int8, dtype.Float64, dtype.Float32.Swapped()} {
			a := Of([]float64{3}).AsType(dt).BroadcastTo(n)
			for range 3 { // in rooms that were used before
				Arange(n).Lazy().Multiply(1.5).Add(a).Multiply(Arange(n)).Sum().Eval()
				e := a.Lazy().AsType(dtype.Complex64)
				if got, want := e.Eval(), a.AsType(dtype.Complex64); !got.ArrayEqual(want) {
					t.Fatalf("%d %s: %v, want %v", n, dt, got, want)
				}
				if got, want := e.Sum().Eval(), a.AsType(dtype.Complex64).Sum(); !got.ArrayEqual(want) {
					t.Fatalf("sum of %d %s: %v, want %v", n, dt, got, want)
				}
			}
		}
	}
}

// A number that Where cannot hold wraps around, in an expression too.
func TestLazyWhereWraps(t *testing.T) {
	mask, a := Of([]bool{true, false, true}), Of([]int8{1, 2, 3})
	for _, x := range []int{127, 128, 300, -129} {
		if got, want := mask.Lazy().Where(x, a).Eval(), Of([]int8{int8(x), 2, int8(x)}); !got.ArrayEqual(want) || got.DType() != want.DType() || !mask.Where(x, a).ArrayEqual(want) {
			t.Errorf("%d: %v and %v, want %v", x, got, mask.Where(x, a), want)
		}
	}
}
