package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// benchOperands returns four float64 arrays of n items.
func benchOperands(n int) [4]*Array {
	var r [4]*Array
	for i := range r {
		r[i] = Arange(n).AsType(dtype.Float64).Multiply(0.37).Add(float64(i)).Remainder(17)
	}
	return r
}

func BenchmarkLazy(b *testing.B) {
	const n = 10_000_000
	x := benchOperands(n)
	out := Empty(dtype.Float64, n)
	blend := x[0].Lazy().Multiply(2).Add(x[1].Lazy().Multiply(3).Multiply(x[2])).Subtract(x[3])
	distance := x[0].Lazy().Subtract(x[1]).Power(2).Sum()
	run := func(name string, f func()) {
		for _, threads := range []int{1, 0} {
			b.Run(fmt.Sprintf("%s/threads=%d", name, threads), func(b *testing.B) {
				defer SetThreads(SetThreads(threads))
				for b.Loop() {
					f()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/item")
			})
		}
	}
	run("2a+3bc-d/fused", func() { blend.Eval(Out(out)) })
	run("2a+3bc-d/fresh", func() { blend.Eval() })
	run("2a+3bc-d/eager", func() { x[0].Multiply(2).Add(x[1].Multiply(3).Multiply(x[2])).Subtract(x[3], Out(out)) })
	run("sum((a-b)^2)/fused", func() { distance.Eval() })
	run("sum((a-b)^2)/eager", func() { x[0].Subtract(x[1]).Power(2).Sum() })
}

// BenchmarkLazySmall sets a lazy expression over few items, built and computed,
// beside the same operations one by one.
func BenchmarkLazySmall(b *testing.B) {
	for _, n := range []int{10, 1000, 10_000} {
		x := benchOperands(n)
		run := func(name string, f func()) {
			b.Run(name+"/"+sprintf("%d", n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
			})
		}
		run("2a+3bc-d/fused", func() {
			x[0].Lazy().Multiply(2).Add(x[1].Lazy().Multiply(3).Multiply(x[2])).Subtract(x[3]).Eval()
		})
		run("2a+3bc-d/eager", func() { x[0].Multiply(2).Add(x[1].Multiply(3).Multiply(x[2])).Subtract(x[3]) })
		run("sum((a-b)^2)/fused", func() { x[0].Lazy().Subtract(x[1]).Power(2).Sum().Eval() })
		run("sum((a-b)^2)/eager", func() { x[0].Subtract(x[1]).Power(2).Sum() })
	}
}
