package nd

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Products go the short way and the long one to one result.
func TestQuickProducts(t *testing.T) {
	plain := Casting(dtype.SameKind) // which MatMul's short way does not know
	last := func(a *Array) []int { return []int{a.NDim() - 1} }
	reshaped := func(r *Array, cut int) *Array { return r.Reshape(r.Shape()[:r.NDim()-cut]...).owned() }
	calls := []struct {
		name        string
		short, long func(a, b *Array) *Array
	}{
		{"matmul", func(a, b *Array) *Array { return quickProduct(a, b, false, nil) }, func(a, b *Array) *Array { return a.MatMul(b, plain) }},
		{"matmul into", func(a, b *Array) *Array {
			out := a.MatMul(b, plain)
			out.Fill(7)
			return quickProduct(a, b, false, out)
		}, func(a, b *Array) *Array { return a.MatMul(b, plain) }},
		{"dot", func(a, b *Array) *Array { return quickScaled(a, b, false, nil) }, func(a, b *Array) *Array { return a.MatMul(b, plain) }},
		{"inner", func(a, b *Array) *Array { return quickScaled(a, b, true, nil) }, func(a, b *Array) *Array { return contract(a, b, last(a), last(b), true) }},
		{"vecdot", quickVecDot, func(a, b *Array) *Array {
			return reshaped(a.ExpandDims(a.NDim()-1).MatMul(b.ExpandDims(b.NDim()), plain), 2)
		}},
		{"vdot", func(a, b *Array) *Array { return quickWhole(a, b, false) }, func(a, b *Array) *Array { return a.Ravel().MatMul(b.Ravel(), plain) }},
		{"outer", func(a, b *Array) *Array { return quickOuter(kernel.Multiply, a, b) }, func(a, b *Array) *Array {
			return a.Ravel().ExpandDims(1).Multiply(b.Ravel().ExpandDims(0), longWay)
		}},
		{"tensordot 1", func(a, b *Array) *Array { return quickTensorDot(a, b, []int{-1}, []int{0}) }, func(a, b *Array) *Array { return contract(a, b, last(a), []int{0}, true) }},
		{"tensordot 1 last", func(a, b *Array) *Array { return quickTensorDot(a, b, []int{-1}, []int{-1}) }, func(a, b *Array) *Array { return contract(a, b, last(a), last(b), true) }},
		{"tensordot 2", func(a, b *Array) *Array { return quickTensorDot(a, b, []int{-2, -1}, []int{0, 1}) }, func(a, b *Array) *Array { return contract(a, b, []int{0, 1}, []int{0, 1}, true) }},
		{"trace", func(a, b *Array) *Array { return quickDiagonalSum(a) }, func(a, b *Array) *Array { return reduce(kernel.Add, a.Diagonal(0), &settings{axes: []int{-1}}) }},
	}
	quick := map[string]int{}
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Int64, dtype.Uint8, dtype.Bool, dtype.Complex128, dtype.Float16, dtype.Float64.Swapped()} {
		for _, shape := range [][4]int{{3, 4, 4, 5}, {3, 4, 3, 4}, {4, 4, 4, 4}, {1, 9, 9, 1}, {9, 1, 1, 9}, {2, 33, 33, 2}, {17, 16, 16, 3}, {40, 5, 5, 40}, {40, 5, 40, 5}} {
			left, right := rowLayouts(dt, shape[0], shape[1]), rowLayouts(dt, shape[2], shape[3])
			left["empty"], right["empty"] = Zeros(dt, 0, shape[1]), Zeros(dt, shape[2], 0)
			for x, a := range left {
				for y, b := range right {
					if dt.IsFloat() && dt.IsNative() { // sums of which no order is like another
						Try(func() { a.Multiply(1.37, Out(a)) })
						Try(func() { b.Divide(1.7, Out(b)) })
					}
					for _, c := range calls {
						var got, want *Array
						if err := Try(func() { got = c.short(a, b) }); err != nil || got == nil {
							continue // the long way has the words
						}
						if err := Try(func() { want = c.long(a, b) }); err != nil {
							t.Fatalf("%s %s of %s %v and %s %v: %v by the long way", dt, c.name, x, a.Shape(), y, b.Shape(), err)
						}
						quick[c.name]++
						if s := got.otherThan(want); s != "" && (c.name != "matmul into" || !slices.Equal(got.bytesInC(), want.bytesInC())) {
							t.Fatalf("%s %s of %s %v and %s %v: %s", dt, c.name, x, a.Shape(), y, b.Shape(), s)
						}
					}
				}
			}
		}
	}
	for _, c := range calls {
		if quick[c.name] < 50 {
			t.Errorf("%s: only %d went the short way", c.name, quick[c.name])
		}
	}
}

// What a short way must not take.
func TestQuickProductsRefuse(t *testing.T) {
	a := Arange(9).AsType(dtype.Float64).Reshape(3, 3)
	want := a.MatMul(a)
	over := a.Copy()
	if over.MatMul(over, Out(over)); !over.ArrayEqual(want) {
		t.Errorf("into an operand: %v, want %v", over, want)
	}
	ro := Zeros(dtype.Float64, 3, 3)
	ro.SetWriteable(false)
	if err := Try(func() { a.MatMul(a, Out(ro)) }); !errors.Is(err, ErrReadOnly) {
		t.Errorf("read-only: %v", err)
	}
	gone := a.Copy()
	gone.Release()
	for name, f := range map[string]func(){
		"matmul": func() { a.MatMul(gone) }, "out": func() { a.MatMul(a, Out(gone)) }, "dot": func() { gone.Dot(a) }, "inner": func() { a.Inner(gone) },
		"outer": func() { a.OuterProduct(gone) }, "vecdot": func() { a.VecDot(gone) }, "trace": func() { gone.Trace(0, nil) }, "vdot": func() { gone.VDot(a) },
	} {
		if err := Try(f); !errors.Is(err, ErrClosed) {
			t.Errorf("%s of what is closed: %v", name, err)
		}
	}
	buf, _ := mapOf(t, 72)
	m, err := FromBuffer(buf, dtype.Float64, 9, 0)
	if err != nil {
		t.Fatal(err)
	}
	m = m.Reshape(3, 3)
	if m.Assign(a); quickProduct(m, a, false, nil) != nil || !m.MatMul(a).ArrayEqual(want) || fmt.Sprint(m.Trace(0, nil)) != fmt.Sprint(a.Trace(0, nil)) {
		t.Error("a map went the short way, or to another result")
	}
}

// Products of a few items make the result and nothing else.
func TestProductAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("pools lose objects under the race detector")
	}
	m := Arange(9).AsType(dtype.Float64).Reshape(3, 3)
	v, s, i := m.Slice(I(0)).Copy(), Arange(6).AsType(dtype.Float64).Slice(Step(2)), m.AsType(dtype.Int64)
	out := m.Copy()
	for _, c := range []struct {
		name string
		most float64
		call func()
	}{
		{"matmul", 1, func() { m.MatMul(m) }},
		{"matmul of integers", 1, func() { i.MatMul(i) }},
		{"matmul transposed", 2, func() { m.MatMul(m.T()) }},
		{"matmul into", 0, func() { m.MatMul(m, Out(out)) }},
		{"matrix and vector", 1, func() { m.MatMul(v) }},
		{"dot", 1, func() { m.Dot(m) }},
		{"dot of vectors", 1, func() { v.Dot(v) }},
		{"dot with gaps", 1, func() { s.Dot(v) }},
		{"inner", 1, func() { m.Inner(m) }},
		{"inner of vectors", 1, func() { v.Inner(v) }},
		{"vdot", 1, func() { m.VDot(m) }},
		{"vecdot", 1, func() { m.VecDot(m) }},
		{"vecdot of vectors", 1, func() { v.VecDot(v) }},
		{"outer", 1, func() { v.OuterProduct(v) }},
		{"tensordot", 1, func() { m.TensorDotN(m, 1) }},
		{"tensordot of all", 1, func() { m.TensorDotN(m, 2) }},
		{"trace", 1, func() { m.Trace(0, nil) }},
		{"einsum ij,jk->ik", 1, func() { Einsum("ij,jk->ik", m, m) }},
		{"einsum i,j->ij", 1, func() { Einsum("i,j->ij", v, v) }},
		{"einsum ij,ij->i", 1, func() { Einsum("ij,ij->i", m, m) }},
		{"einsum ii->", 1, func() { Einsum("ii->", m) }},
	} {
		if n := testing.AllocsPerRun(200, c.call); n > c.most {
			t.Errorf("%s: %.0f objects, want %.0f", c.name, n, c.most)
		}
	}
}
