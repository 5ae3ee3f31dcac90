package elementary

import (
	"math"
	"testing"
)

// BenchmarkOne times each function beside package math's.
func BenchmarkOne(b *testing.B) {
	var sink float64
	for _, f := range []struct {
		name      string
		own, math func(float64) float64
		at        float64
	}{{"Exp", Exp, math.Exp, 1.7}, {"Exp2", Exp2, math.Exp2, 1.7}, {"Expm1", Expm1, math.Expm1, 1.7}, {"Log", Log, math.Log, 1.7}, {"Log2", Log2, math.Log2, 1.7}, {"Log10", Log10, math.Log10, 1.7},
		{"Log1p", Log1p, math.Log1p, 1.7}, {"Sin", Sin, math.Sin, 1.7}, {"Cos", Cos, math.Cos, 1.7}, {"Tan", Tan, math.Tan, 1.7},
		{"Asin", Asin, math.Asin, .6}, {"Acos", Acos, math.Acos, .6}, {"Atan", Atan, math.Atan, 1.7}, {"Sinh", Sinh, math.Sinh, 1.7}, {"Cosh", Cosh, math.Cosh, 1.7}, {"Tanh", Tanh, math.Tanh, 1.7},
		{"Asinh", Asinh, math.Asinh, 1.7}, {"Acosh", Acosh, math.Acosh, 1.7}, {"Atanh", Atanh, math.Atanh, .6}, {"Cbrt", Cbrt, math.Cbrt, 1.7},
		{"Pow", func(x float64) float64 { return Pow(x, 1.3) }, func(x float64) float64 { return math.Pow(x, 1.3) }, 1.7},
	} {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				sink += f.own(f.at)
			}
		})
		b.Run(f.name+"/math", func(b *testing.B) {
			for b.Loop() {
				sink += f.math(f.at)
			}
		})
	}
}
