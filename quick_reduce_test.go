package nd

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// foldLayouts are a's items in every layout, broadcast ones, and a shape with axes of
// length 1.
func foldLayouts(a *Array) []presented {
	out := layouts(a)
	if a.NDim() == 1 {
		out = append(out, presented{"broadcast", a.Slice(To(1)).BroadcastTo(a.Size())}, presented{"column", a.ExpandDims(1)},
			presented{"stepped back", a.Repeat(3).Slice(Step(-3))}, presented{"one", a.Slice(To(1))}, presented{"two", a.Slice(Step(4)).Slice(To(2))})
	}
	if a.NDim() == 2 {
		out = append(out, presented{"T", a.T()}, presented{"row", a.Slice(To(1)).BroadcastTo(a.Shape()...)},
			presented{"column", a.Slice(All, To(1)).BroadcastTo(a.Shape()...)}, presented{"part", a.Slice(From(1), From(1))},
			presented{"few", a.Slice(To(2), To(2))}, presented{"back", a.Slice(Step(-1))}, presented{"crossed", a.Slice(All, Step(-2)).T()})
	}
	return out
}

// oddItems are n items of a dtype with both zeros, NaN, infinity and large numbers in between.
func oddItems(dt dtype.DType, shape ...int) *Array {
	n := 1
	for _, d := range shape {
		n *= d
	}
	a := Arange(n).Multiply(7).Remainder(11).Subtract(3).AsType(dt, Casting(dtype.Unsafe))
	if dt.IsFloat() || dt.IsComplex() {
		a = a.Multiply(0.37).AsType(dt)
		if n > 4 {
			a.Slice(I(2)).Assign(math.Copysign(0, -1))
			a.Slice(I(n - 2)).Assign(0)
		}
		if n%2 == 1 {
			a.Slice(I(n / 2)).Assign(math.NaN())
		}
	}
	return a.Reshape(shape...)
}

// Reductions have one result, with one dtype, shape and order in memory, by the short way
// and by the long one, which is taken for an output that is given.
func TestQuickFold(t *testing.T) {
	type fold func(a *Array, o ...Option) *Array
	folds := map[string]fold{
		"sum": (*Array).Sum, "prod": (*Array).Prod, "max": (*Array).Max, "min": (*Array).Min, "any": (*Array).AnyTrue, "all": (*Array).AllTrue,
		"mean": (*Array).Mean, "ptp": (*Array).Ptp, "var": (*Array).Var, "std": (*Array).Std, "cumsum": (*Array).CumSum, "cumprod": (*Array).CumProd,
		"argmax": (*Array).ArgMax, "argmin": (*Array).ArgMin, "count_nonzero": (*Array).CountNonzero, "median": (*Array).Median,
	}
	long := func(name string, a, out *Array, o []Option) *Array {
		if name == "count_nonzero" {
			a, name = a.NotEqual(0).AsType(dtype.Int64), "sum"
		}
		return folds[name](a, append(slices.Clone(o), Out(out))...)
	}
	options := [][]Option{nil, {Axis(0)}, {Axis(-1)}, {Axis(1)}, {Axis(2)}, {KeepDims()}, {Axis(0), KeepDims()}, {Axis(1), KeepDims()}, {Axis(-2), KeepDims()}, {Axis(0, -1)}, {Axis()}}
	for name, f := range folds {
		for nth, dt := range numericDTypes {
			if dt == dtype.Float16 && (name == "mean" || name == "var" || name == "std") {
				continue // an output of this dtype is rounded once more
			}
			for _, shape := range [][]int{{10}, {9}, {3, 4}, {5, 5}, {2, 40}, {33, 3}, {2, 3, 4}, {2, 1, 3}, {3, 2, 1}, {1, 4, 2}, {2, 2, 2, 3}, {700}, {0}, {2, 0}, {}} {
				if dt != dtype.Float64 && (len(shape) > 2 && nth%2 == 1 || testing.Short() && nth%4 != 0) {
					continue
				}
				for _, l := range foldLayouts(oddItems(dt, shape...)) {
					for i, o := range options {
						var r, into *Array
						if Try(func() { r = f(l.array, o...) }) != nil {
							continue // words are the long way's
						}
						what := fmt.Sprint(name, " of ", dt, " ", l.array.Shape(), " ", l.name, " options ", i)
						into = r.Copy(K)
						into.Fill(1)
						long(name, l.array, into, o)
						if !bytes.Equal(r.bytesInC(), into.bytesInC()) {
							t.Fatalf("%s: %v, want %v", what, r, into)
						}
						if name != "median" && r.flags != OwnData|Writeable|contiguity(r.lay, r.addr(), r.ItemSize(), r.dtype.Alignment()) {
							t.Fatalf("%s: flags %v", what, r.flags)
						}
						if s := gather(name, reduceOptions, o); name == "sum" || name == "max" || name == "mean" {
							_, strides, _ := l.array.reducedLayout(name, r.dtype, l.array.folded(name, s.axes), s.keepDims, nil)
							if !slices.Equal(r.Strides(), strides) {
								t.Fatalf("%s: strides %v, want %v", what, r.Strides(), strides)
							}
						}
					}
				}
			}
		}
	}
}
