package nd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// sameNumbers compares bit by bit, but any NaN equals any.
func sameNumbers(op string, got *Array, want []byte) bool {
	w, err := FromBytes(want, got.dtype)
	if err != nil {
		return false
	}
	// Sums of ties and of products come in another order, and NumPy's complex
	// products may be fused.
	if op == "cov" || op == "corrcoef" || op == "histogram_edges" || op == "cumulative_prod" && got.dtype.IsComplex() {
		return nearly(got, want)
	}
	w = w.Reshape(got.lay.Shape...)
	if !got.dtype.IsFloat() && !got.dtype.IsComplex() {
		return sameBytes(op, got, want)
	}
	parts := func(a *Array) []float64 {
		a = a.AsType(dtype.Complex128).Flatten()
		return items[float64](a.View(dtype.Float64))
	}
	x, y := parts(got), parts(w)
	for i := range x {
		if math.Float64bits(x[i]) != math.Float64bits(y[i]) && (x[i] == x[i] || y[i] == y[i]) {
			return false
		}
	}
	return true
}

// nearly allows for the order of summation in a matrix product.
func nearly(got *Array, want []byte) bool {
	w, err := FromBytes(want, got.dtype)
	if err != nil {
		return false
	}
	w = w.Reshape(got.lay.Shape...)
	for i, y := range w.AsType(dtype.Complex128).All[complex128]() {
		x := got.AsType(dtype.Complex128).Ravel().At[complex128](i)
		for _, p := range [][2]float64{{real(x), real(y)}, {imag(x), imag(y)}} {
			if d := math.Abs(p[0] - p[1]); !(d <= 1e-12*max(1, math.Abs(p[1]))) && (p[0] == p[0] || p[1] == p[1]) && p[0] != p[1] {
				return false
			}
		}
	}
	return true
}

func (c *goldenCase) number(name string) (float64, bool) {
	x, ok := c.Opts[name].(float64)
	return x, ok
}

func (c *goldenCase) yes(name string) bool {
	x, _ := c.Opts[name].(bool)
	return x
}

// axes is axis for operations that take several.
func (c *goldenCase) axes() []Option {
	k, ok := c.Opts["axis"].([]any)
	if !ok {
		return c.axis()
	}
	var axes []int
	for _, x := range k {
		axes = append(axes, int(x.(float64)))
	}
	return []Option{Axis(axes...)}
}

func TestStatisticsGolden(t *testing.T) {
	one := func(f func(c *goldenCase, a *Array) *Array) func(*goldenCase, []*Array) []*Array {
		return func(c *goldenCase, in []*Array) []*Array { return []*Array{f(c, in[0])} }
	}
	folded := func(c *goldenCase) []Option {
		opts := c.axes()
		if c.yes("keepdims") {
			opts = append(opts, KeepDims())
		}
		if m, ok := c.Opts["method"].(string); ok {
			opts = append(opts, Method(QuantileMethod(m)))
		}
		return opts
	}
	histogram := func(c *goldenCase, in []*Array) []Option {
		var opts []Option
		if r, ok := c.Opts["range"].([]any); ok {
			opts = append(opts, HistRange(r[0].(float64), r[1].(float64)))
		}
		if c.yes("density") {
			opts = append(opts, Density())
		}
		if c.yes("weights") {
			opts = append(opts, Weights(in[len(in)-1]))
		}
		return opts
	}
	cumulative := func(f func(a *Array, opts ...Option) *Array) func(*goldenCase, []*Array) []*Array {
		return one(func(c *goldenCase, a *Array) *Array {
			opts := c.axis()
			if c.yes("init") {
				opts = append(opts, IncludeInitial())
			}
			return f(a, opts...)
		})
	}
	bigWeights := func(n int) *Array { return Arange(float64(n)).Remainder(13).Divide(7) }
	ops := map[string]func(c *goldenCase, in []*Array) []*Array{
		"median":    one(func(c *goldenCase, a *Array) *Array { return a.Median(folded(c)...) }),
		"nanmedian": one(func(c *goldenCase, a *Array) *Array { return a.NanMedian(folded(c)...) }),
		"quantile": func(c *goldenCase, in []*Array) []*Array {
			return []*Array{in[0].Quantile(in[1], folded(c)...)}
		},
		"nanquantile": func(c *goldenCase, in []*Array) []*Array {
			return []*Array{in[0].NanQuantile(in[1], folded(c)...)}
		},
		"quantile_weights": func(c *goldenCase, in []*Array) []*Array {
			return []*Array{in[0].Quantile(in[1], append(folded(c), Weights(in[2]))...)}
		},
		"nanquantile_weights": func(c *goldenCase, in []*Array) []*Array {
			return []*Array{in[0].NanQuantile(in[1], append(folded(c), Weights(in[2]))...)}
		},
		"quantile_number": one(func(c *goldenCase, a *Array) *Array {
			q, _ := c.number("q")
			if q == math.Trunc(q) {
				return a.Quantile(int(q), c.axes()...)
			}
			return a.Quantile(q, c.axes()...)
		}),
		"percentile_number": one(func(c *goldenCase, a *Array) *Array {
			q, _ := c.number("q")
			return a.Percentile(q, append(c.axes(), KeepDims())...)
		}),
		"digitize": func(c *goldenCase, in []*Array) []*Array {
			if c.yes("right") {
				return []*Array{in[0].Digitize(in[1], ClosedRight())}
			}
			return []*Array{in[0].Digitize(in[1])}
		},
		"bincount": func(c *goldenCase, in []*Array) []*Array {
			n, _ := c.number("minlength")
			opts := []Option{MinLength(int(n))}
			if len(in) > 1 {
				opts = append(opts, Weights(in[1]))
			}
			return []*Array{BinCount(in[0], opts...)}
		},
		"histogram": func(c *goldenCase, in []*Array) []*Array {
			n, _ := c.number("bins")
			k, e := Histogram(in[0], int(n), histogram(c, in)...)
			return []*Array{k, e}
		},
		"histogram_edges": func(c *goldenCase, in []*Array) []*Array {
			k, e := Histogram(in[0], in[1], histogram(c, in)...)
			return []*Array{k, e}
		},
		"histogram_big": func(*goldenCase, []*Array) []*Array {
			k, e := Histogram(Arange(140000.).Remainder(1000), 7, Weights(bigWeights(140000)))
			return []*Array{k, e}
		},
		"histogram_big_edges": func(*goldenCase, []*Array) []*Array {
			k, e := Histogram(Arange(140000.), Of([]float64{0, 1e3, 7e4, 1e5}), Weights(bigWeights(140000)))
			return []*Array{k, e}
		},
		"diff": one(func(c *goldenCase, a *Array) *Array {
			n, _ := c.number("n")
			return a.Diff(int(n), c.axis()...)
		}),
		"diff_around": func(c *goldenCase, in []*Array) []*Array {
			return []*Array{in[0].Diff(1, PrependIs(in[1]), AppendIs(in[2]))}
		},
		"ediff1d": func(c *goldenCase, in []*Array) []*Array {
			if len(in) > 1 {
				return []*Array{in[0].EDiff1D(PrependIs(in[1]), AppendIs(in[2]))}
			}
			return []*Array{in[0].EDiff1D()}
		},
		"trapezoid": func(c *goldenCase, in []*Array) []*Array {
			opts := c.axis()
			if len(in) > 1 {
				opts = append(opts, Steps(in[1]))
			}
			return []*Array{in[0].Trapezoid(opts...)}
		},
		"cumulative_sum":  cumulative((*Array).CumulativeSum),
		"cumulative_prod": cumulative((*Array).CumulativeProd),
		"gradient": func(c *goldenCase, in []*Array) []*Array {
			edge, _ := c.number("edge")
			opts := append(c.axis(), EdgeOrder(int(edge)))
			for _, d := range in[1:] {
				opts = append(opts, Steps(d))
			}
			return Gradient(in[0], opts...)
		},
		"interp": func(c *goldenCase, in []*Array) []*Array {
			var opts []Option
			if x, ok := c.number("left"); ok {
				opts = append(opts, Below(x))
			}
			if x, ok := c.number("right"); ok {
				opts = append(opts, Above(x))
			}
			if x, ok := c.number("period"); ok {
				opts = append(opts, Period(x))
			}
			return []*Array{Interp(in[0], in[1], in[2], opts...)}
		},
		"cov": func(c *goldenCase, in []*Array) []*Array {
			opts := []Option{RowVar(c.yes("rowvar"))}
			if d, ok := c.number("ddof"); ok {
				opts = append(opts, DDof(d))
			}
			return []*Array{Cov(in[0], append(in, nil)[1], opts...)}
		},
		"corrcoef": func(c *goldenCase, in []*Array) []*Array {
			return []*Array{CorrCoef(in[0], append(in, nil)[1], RowVar(c.yes("rowvar")))}
		},
	}
	runGolden(t, "statistics.json.gz", ops, sameNumbers)
}

// A NaN is the median of what it is among, wherever it lies.
func TestMedianOfNaN(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 5))
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Float64.Swapped()} {
		for n := 1; n <= 1100; n += 1 + n/100 {
			v := rng.Perm(n)
			a := Of(v).AsType(dt)
			at := rng.IntN(n)
			a.Set(math.NaN(), at)
			if m := a.Median(); !m.IsNaN().Item[bool]() {
				t.Fatalf("%s: NaN at %d of %d: median %v", dt, at, n, m)
			}
			rows := Stack([]*Array{a, Of(v).AsType(dt)}).Median(Axis(1)).AsType(dtype.Float64)
			if want := float64(n-1) / 2; !rows.IsNaN().At[bool](0) || rows.At[float64](1) != want {
				t.Fatalf("%s: NaN at %d of %d, only in the first row: medians %v, want NaN and %v", dt, at, n, rows, want)
			}
		}
	}
}

func ExampleArray_Median() {
	a := Of([][]float64{{10, 7, 4}, {3, 2, 1}})
	fmt.Println(a.Median(), a.Median(Axis(0)), a.Median(Axis(1)))
	// Output: 3.5 [6.5 4.5 2.5] [7. 2.]
}

func ExampleArray_Percentile() {
	a := Arange(11).Multiply(10)
	fmt.Println(a.Percentile(50), a.Percentile(Of([]float64{5, 95})))
	fmt.Println(a.Quantile(0.25, Method(MethodLower)))
	// Output:
	// 50.0 [ 5. 95.]
	// 20
}

func ExampleHistogram() {
	counts, edges := Histogram(Of([]float64{1, 2, 1, 4}), 3)
	fmt.Println(counts, edges)
	counts, _ = Histogram(Of([]float64{1, 2, 1, 4}), Of([]float64{0, 2, 4}))
	fmt.Println(counts)
	// Output:
	// [2 1 1] [1. 2. 3. 4.]
	// [2 2]
}

func ExampleArray_Digitize() {
	fmt.Println(Of([]float64{0.2, 6.4, 3}).Digitize(Of([]float64{0, 1, 2.5, 4, 10})))
	// Output: [1 4 3]
}

func ExampleGradient() {
	f := Of([]float64{1, 2, 4, 7, 11, 16})
	fmt.Println(Gradient(f)[0])
	fmt.Println(Gradient(f, Steps(2))[0])
	// Output:
	// [1.  1.5 2.5 3.5 4.5 5. ]
	// [0.5  0.75 1.25 1.75 2.25 2.5 ]
}

func ExampleInterp() {
	xp, fp := Of([]float64{1, 2, 3}), Of([]float64{3, 2, 0})
	fmt.Println(Interp(2.5, xp, fp), Interp(Of([]float64{0, 1.5, 4}), xp, fp, Above(-99)))
	// Output: 1.0 [  3.    2.5 -99. ]
}

func ExampleCorrCoef() {
	x, y := Of([]float64{1, 2, 3}), Of([]float64{2, 4, 7})
	fmt.Println(CorrCoef(x, y).Round(4))
	// Output:
	// [[1.     0.9934]
	//  [0.9934 1.    ]]
}
