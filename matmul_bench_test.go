package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
)

func BenchmarkMatMul(b *testing.B) {
	for _, n := range []int{2, 4, 16, 64, 256} {
		x, y := Zeros(dtype.Float64, n, n), Zeros(dtype.Float64, n, n)
		out := Zeros(dtype.Float64, n, n)
		v := Zeros(dtype.Float64, n)
		b.Run(fmt.Sprintf("out/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.MatMul(y, Out(out))
			}
		})
		b.Run(fmt.Sprintf("fresh/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.MatMul(y)
			}
		})
		b.Run(fmt.Sprintf("column/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.MatMul(v)
			}
		})
		b.Run(fmt.Sprintf("dot/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.Dot(v)
			}
		})
	}
}
