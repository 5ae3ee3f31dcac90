package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
)

func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{1, 100, 1000, 100000} {
		x, y := Ones(dtype.Float64, n), Ones(dtype.Float64, n)
		out := Zeros(dtype.Float64, n)
		b.Run(fmt.Sprintf("fresh/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Add(y)
			}
		})
		b.Run(fmt.Sprintf("out/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Add(y, Out(out))
			}
		})
		b.Run(fmt.Sprintf("number/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Add(2.5, Out(out))
			}
		})
	}
	x := Ones(dtype.Float64, 300, 400)
	out := Zeros(dtype.Float64, 300, 200)
	b.Run("stepped", func(b *testing.B) {
		for b.Loop() {
			x.Slice(All, R(0, 400, 2)).Add(1.0, Out(out))
		}
	})
	mixed := Ones(dtype.Int32, 300, 400)
	full := Zeros(dtype.Float64, 300, 400)
	b.Run("mixed", func(b *testing.B) {
		for b.Loop() {
			x.Add(mixed, Out(full))
		}
	})
	row := Ones(dtype.Float64, 400)
	b.Run("row", func(b *testing.B) {
		for b.Loop() {
			x.Add(row, Out(full))
		}
	})
	col := Ones(dtype.Float64, 300, 1)
	b.Run("column", func(b *testing.B) {
		for b.Loop() {
			x.Add(col, Out(full))
		}
	})
	narrow := Ones(dtype.Float64, 40000, 3)
	three := Ones(dtype.Float64, 3)
	res := Zeros(dtype.Float64, 40000, 3)
	b.Run("narrow", func(b *testing.B) {
		for b.Loop() {
			narrow.Add(three, Out(res))
		}
	})
}

func BenchmarkReduce(b *testing.B) {
	x := Ones(dtype.Float64, 300, 400)
	i := Ones(dtype.Int32, 300, 400)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"all", func() { x.Sum() }},
		{"axis0", func() { x.Sum(Axis(0)) }},
		{"axis1", func() { x.Sum(Axis(1)) }},
		{"int32", func() { i.Sum() }},
		{"max", func() { x.Max() }},
		{"cumsum", func() { x.CumSum() }},
		{"small", func() { x.Slice(I(0), To(10)).Sum() }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.f()
			}
		})
	}
}

func BenchmarkCopy(b *testing.B) {
	x := Ones(dtype.Float64, 1000, 1000)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"contiguous", func() { x.Copy() }},
		{"transposed", func() { x.T().Copy() }},
		{"cast", func() { x.AsType(dtype.Float32) }},
		{"matmul", func() { x.Slice(To(200), To(200)).MatMul(x.Slice(To(200), To(200))) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.f()
			}
		})
	}
}
