package nd

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestThreadsSameBits runs long calls on one thread and on four: the results must
// not differ in a bit.
func TestThreadsSameBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func(n int) *Array {
		v := make([]float64, n)
		for i := range v {
			v[i] = rng.NormFloat64() * 1e3
		}
		return Of(v)
	}
	flat := random(300_001)
	kinds := []dtype.DType{dtype.Float64, dtype.Float64.Swapped(), dtype.Int32, dtype.Float32, dtype.Uint8, dtype.Float16, dtype.Complex128, dtype.Bool}
	if testing.Short() { // an emulated processor takes minutes for all
		kinds = kinds[:2]
	}
	for _, dt := range kinds {
		a := flat.AsType(dt)
		wide := flat.Slice(To(300_000)).Reshape(500, 600).AsType(dt)
		cube := flat.Slice(To(300_000)).Reshape(50, 60, 100).AsType(dt)
		mask := flat.Greater(0.0)
		places := flat.Absolute().Multiply(100.0).AsType(dtype.Int64).Remainder(300_001)
		same := func(name string, f func() *Array) {
			t.Helper()
			defer SetThreads(SetThreads(1))
			one := f()
			SetThreads(4)
			four := f()
			if one.dtype != four.dtype || shapeText(one.lay.Shape) != shapeText(four.lay.Shape) || string(block(one.Copy(C))) != string(block(four.Copy(C))) {
				t.Errorf("%s of %s: the result depends on the number of threads", name, dt)
			}
		}
		same("sum", func() *Array { return a.Sum() })
		same("mean", func() *Array { return a.Mean() })
		same("var", func() *Array { return a.Var() })
		same("prod", func() *Array { return a.Slice(To(1000)).Prod() })
		same("max", func() *Array { return a.Max() })
		same("min", func() *Array { return a.Min() })
		same("any", func() *Array { return a.AnyTrue() })
		same("all", func() *Array { return a.AllTrue() })
		same("count", func() *Array { return a.CountNonzero() })
		same("argmax", func() *Array { return a.ArgMax() })
		same("argmin", func() *Array { return a.ArgMin() })
		same("cumsum", func() *Array { return a.CumSum() })
		for _, w := range []*Array{wide, wide.T(), wide.Slice(Step(2), Step(-1)), wide.Slice(All, To(385)), wide.Slice(All, To(257)).T()} {
			name := fmt.Sprint(w.Shape(), w.Strides())
			same("sum 0 "+name, func() *Array { return w.Sum(Axis(0)) })
			same("sum 1 "+name, func() *Array { return w.Sum(Axis(1)) })
			same("max 0 "+name, func() *Array { return w.Max(Axis(0)) })
			same("copy "+name, func() *Array { return w.Copy(C) })
			same("cast "+name, func() *Array { return w.AsType(dtype.Float32) })
			same("add "+name, func() *Array { return w.Add(w.Slice(I(0))) })
			same("add T "+name, func() *Array { return w.Add(1).Add(w.Slice(All, R(0, 1))) })
			same("where "+name, func() *Array { return w.NotEqual(0).Where(w, w.Slice(I(0))) })
			same("masked "+name, func() *Array { return w.Add(w, Where(w.NotEqual(0))) })
			some := w.Greater(1)
			same("assign where "+name, func() *Array { c := w.Copy(K); c.AssignWhere(w.Slice(I(0)), some); return c })
			same("assign cast where "+name, func() *Array {
				c := w.Copy(K)
				c.AssignWhere(w.AsType(dtype.Int16).Flip(), some, Casting(dtype.Unsafe))
				return c
			})
			same("assign itself where "+name, func() *Array { c := w.Copy(K); c.AssignWhere(c.Flip(), some); return c })
		}
		for axis := range 3 {
			same("sum of 3", func() *Array { return cube.Sum(Axis(axis)) })
			same("sum but", func() *Array { return cube.Sum(Axis(axis, (axis+1)%3)) })
		}
		same("mask", func() *Array { return a.Pick(By(mask)) })
		same("take", func() *Array { return a.Take(places) })
		same("pick", func() *Array { return a.Pick(By(places)) })
		same("nonzero", func() *Array { return a.NonZero()[0] })
		same("nonzero 2", func() *Array { return wide.NonZero()[1] })
		same("set mask", func() *Array { c := a.Copy(); c.SetPick(1, By(mask)); return c })
		same("set mask items", func() *Array { c := a.Copy(); c.SetPick(a.Pick(By(mask)).Flip(), By(mask)); return c })
		some := a.Slice(To(70_001))
		for _, name := range UfuncNames() {
			u, _ := UfuncNamed(name)
			if dt != dtype.Float64 && dt != dtype.Float32 && dt != dtype.Int32 || testing.Short() {
				break
			}
			args := []*Array{some, some.Flip(), some}[:u.NIn()]
			same(name, func() (r *Array) {
				if err := Try(func() { r = u.Apply(args)[0] }); err != nil {
					return Of([]byte(err.Error()))
				}
				return r
			})
		}
		same("var 0", func() *Array { return wide.Var(Axis(0)) })
		same("mean 1", func() *Array { return wide.Mean(Axis(1)) })
		same("prod 0", func() *Array { return wide.Slice(To(20)).Prod(Axis(0)) })
		same("all 1", func() *Array { return wide.AllTrue(Axis(1)) })
		same("argmax 0", func() *Array { return wide.ArgMax(Axis(0)) })
		same("argmin 1", func() *Array { return wide.ArgMin(Axis(1)) })
		same("cumsum 0", func() *Array { return wide.CumSum(Axis(0)) })
		same("nansum", func() *Array { return a.NanSum() })
		same("sort", func() *Array { return Sorted(a) })
		same("argsort", func() *Array { return a.ArgSort() })
		same("sort 0", func() *Array { return Sorted(wide, Axis(0)) })
		same("unique", func() *Array { return Unique(a).Values })
		same("median 1", func() *Array { return wide.Median(Axis(1)) })
		same("take 1", func() *Array { return wide.Take(places.Remainder(600).Slice(To(700)), Axis(1)) })
		same("put", func() *Array { c := a.Copy(); c.Put(places, a.Flip()); return c })
		same("matmul", func() *Array { return wide.MatMul(wide.T()) })
		same("matmul vector", func() *Array { return wide.MatMul(wide.Slice(I(3))) })
		same("vector matmul", func() *Array { return wide.T().Slice(I(3)).MatMul(wide) })
		same("matmul stack", func() *Array { return cube.MatMul(cube.SwapAxes(1, 2)) })
		same("einsum", func() *Array { return Einsum("ij,kj->ik", wide, wide) })
		same("swap", func() *Array { return a.ByteSwap() })
		same("fused", func() *Array { return a.Lazy().Add(a).Multiply(a).NotEqual(a).Eval() })
		same("fused T", func() *Array { return wide.T().Lazy().Multiply(2).Add(wide.T()).Multiply(wide.Slice(All, I(0))).Eval() })
		same("fused sum", func() *Array { return a.Lazy().Multiply(a).Add(1).Sum().Eval() })
		same("fused mean 0", func() *Array { return wide.Lazy().Multiply(3).Mean(Axis(0)).Eval() })
		same("fused max 1", func() *Array { return wide.Lazy().Multiply(3).Max(Axis(1)).Eval() })
		same("sin", func() *Array { return a.Sin(DType(dtype.Complex128)) })
	}
}
