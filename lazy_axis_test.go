package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Reductions that leave axes agree with the eager ones bit by bit in every memory
// order, at any number of threads.
func TestLazyAxes(t *testing.T) {
	defer SetThreads(SetThreads(0))
	shapes := [][]int{{300, 301}, {40, 31, 77}, {9, 9000, 3}, {3, 2, 20011}, {9001, 5}, {2, 200, 1, 101}, {1, 70000, 2}}
	if testing.Short() {
		shapes = shapes[:2]
	}
	for _, shape := range shapes {
		n := prod(shape)
		c := Arange(n).Multiply(0.7).Sin().Reshape(shape...)
		for name, a := range map[string]*Array{"C": c, "F": c.Copy(F), "transposed": c.Transpose(), "float32": c.AsType(dtype.Float32), "int": c.Multiply(100).AsType(dtype.Int16), "half": c.AsType(dtype.Float16)} {
			x, e := a.Multiply(3).Add(1), a.Lazy().Multiply(3).Add(1)
			for axis := range shape {
				for _, opts := range [][]Option{{Axis(axis)}, {Axis(axis), KeepDims()}, {Axis(axis, (axis+1)%len(shape))}, {Axis(axis), DType(dtype.Float64)}} {
					want := []*Array{x.Sum(opts...), x.Mean(opts...)}
					if len(opts) == 1 || opts[1].kind != optDType {
						want = append(want, x.Max(opts...))
					}
					for _, threads := range []int{1, 2, 5} {
						SetThreads(threads)
						for i, w := range want {
							got := []func(...Option) *Lazy{e.Sum, e.Mean, e.Max}[i](opts...).Eval()
							if !sameArray(w, got) {
								t.Fatalf("%v %s, axis %d, options %d, fold %d, %d threads: %v %v against %v %v", shape, name, axis, len(opts), i, threads, w.dtype, w.Strides(), got.dtype, got.Strides())
							}
						}
					}
				}
			}
		}
	}
}
