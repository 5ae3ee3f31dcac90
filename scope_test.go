package nd

import (
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestSpend computes what makes temporaries, lets other arrays write over the
// blocks that were given back, and finds results and operands as they were.
func TestSpend(t *testing.T) {
	plain := Arange(60_000).Remainder(97).Reshape(300, 200)
	kinds := []dtype.DType{dtype.Float64, dtype.Float16, dtype.Float32, dtype.Int32, dtype.Uint8, dtype.Complex128}
	if testing.Short() {
		kinds = kinds[:2]
	}
	for _, dt := range kinds {
		a := plain.AsType(dt)
		if dt.IsFloat() {
			a.Set(math.NaN(), 7, 9)
		}
		before := texts(a)
		ops := map[string]func(a *Array, o ...Option) *Array{
			"var": (*Array).Var, "std": (*Array).Std, "mean": (*Array).Mean, "ptp": (*Array).Ptp,
			"nansum": (*Array).NanSum, "nanprod": (*Array).NanProd, "nanmean": (*Array).NanMean, "nanvar": (*Array).NanVar, "nanstd": (*Array).NanStd,
			"nancumsum": (*Array).NanCumSum, "nancumprod": (*Array).NanCumProd, "median": (*Array).Median, "nanmedian": (*Array).NanMedian,
			"nanargmax": (*Array).NanArgMax, "nanargmin": (*Array).NanArgMin,
		}
		if !dt.IsComplex() {
			ops["quantile"] = func(a *Array, o ...Option) *Array { return a.Quantile(0.3, o...) }
			ops["lower"] = func(a *Array, o ...Option) *Array { return a.Quantile(0.3, append(o, Method(MethodLower))...) }
			ops["nanpercentile"] = func(a *Array, o ...Option) *Array { return a.NanPercentile(40, o...) }
		}
		for name, f := range ops {
			for _, o := range [][]Option{{Axis(0)}, {Axis(1)}, {Axis(-1), KeepDims()}} {
				if len(o) == 2 && (name == "nancumsum" || name == "nancumprod") {
					continue
				}
				r := f(a, o...)
				if r.buf.Closed() {
					t.Fatalf("%s of %s: the result's block was given back", name, dt)
				}
				want := texts(r)
				for range 3 {
					for _, n := range []int{a.NBytes(), a.Size(), 8 * a.Size(), 16 * a.Size(), r.NBytes()} {
						Full(dtype.Uint8, 0xa5, n)
					}
				}
				if got := texts(r); got != want {
					t.Errorf("%s of %s: the result was written over", name, dt)
				}
				if again := texts(f(a, o...)); again != want {
					t.Errorf("%s of %s: another answer the second time", name, dt)
				}
			}
		}
		if texts(a) != before {
			t.Errorf("%s: the operand was written over", dt)
		}
	}
}
