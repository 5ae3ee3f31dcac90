package nd

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// shortPairs are expressions over two arrays, and the array operations that they stand for.
var shortPairs = []struct {
	name  string
	lazy  func(a, b *Array) *Lazy
	eager func(a, b *Array) *Array
}{
	{"a*2+b", func(a, b *Array) *Lazy { return a.Lazy().Multiply(2).Add(b) }, func(a, b *Array) *Array { return a.Multiply(2).Add(b) }},
	{"a-b", func(a, b *Array) *Lazy { return a.Lazy().Subtract(b) }, func(a, b *Array) *Array { return a.Subtract(b) }},
	{"a*1.5", func(a, b *Array) *Lazy { return a.Lazy().Multiply(1.5) }, func(a, b *Array) *Array { return a.Multiply(1.5) }},
	{"3/(a+1)", func(a, b *Array) *Lazy { return LazyOf(3).Divide(a.Lazy().Add(1)) }, func(a, b *Array) *Array {
		return Divide.Call(asArray(3), a.Add(1))
	}},
	{"a*2j", func(a, b *Array) *Lazy { return a.Lazy().Multiply(2i) }, func(a, b *Array) *Array { return a.Multiply(2i) }},
	{"a+true", func(a, b *Array) *Lazy { return a.Lazy().Add(true) }, func(a, b *Array) *Array { return a.Add(true) }},
	{"a+300", func(a, b *Array) *Lazy { return a.Lazy().Add(300) }, func(a, b *Array) *Array { return a.Add(300) }},
	{"(a-b)**2", func(a, b *Array) *Lazy { return a.Lazy().Subtract(b).Power(2) }, func(a, b *Array) *Array { return a.Subtract(b).Power(2) }},
	{"a**-1", func(a, b *Array) *Lazy { return a.Lazy().Power(-1) }, func(a, b *Array) *Array { return a.Power(-1) }},
	{"a**b", func(a, b *Array) *Lazy { return a.Lazy().Power(b) }, func(a, b *Array) *Array { return a.Power(b) }},
	{"2**a", func(a, b *Array) *Lazy { return LazyOf(2).Power(a) }, func(a, b *Array) *Array { return Power.Call(asArray(2), a) }},
	{"a//3", func(a, b *Array) *Lazy { return a.Lazy().FloorDivide(3) }, func(a, b *Array) *Array { return a.FloorDivide(3) }},
	{"(a>3)&(b<9)", func(a, b *Array) *Lazy { return a.Lazy().Greater(3).BitwiseAnd(b.Lazy().Less(9)) }, func(a, b *Array) *Array { return a.Greater(3).BitwiseAnd(b.Less(9)) }},
	{"any(a>5)", func(a, b *Array) *Lazy { return a.Lazy().Greater(5).AnyTrue() }, func(a, b *Array) *Array { return a.Greater(5).AnyTrue() }},
	{"where(a>b,a,b)", func(a, b *Array) *Lazy { return a.Lazy().Greater(b).Where(a, b) }, func(a, b *Array) *Array { return a.Greater(b).Where(a, b) }},
	{"where(a,b,0)", func(a, b *Array) *Lazy { return a.Lazy().Where(b, 0) }, func(a, b *Array) *Array { return a.Where(b, 0) }},
	{"where(a,1,2)", func(a, b *Array) *Lazy { return a.Lazy().Where(1, 2) }, func(a, b *Array) *Array { return a.Where(1, 2) }},
	{"clip(a+b,2,9)", func(a, b *Array) *Lazy { return a.Lazy().Add(b).Clip(2, 9) }, func(a, b *Array) *Array { return a.Add(b).Clip(2, 9) }},
	{"f4(a)*b", func(a, b *Array) *Lazy { return a.Lazy().AsType(dtype.Float32).Multiply(b) }, func(a, b *Array) *Array { return a.AsType(dtype.Float32).Multiply(b) }},
	{"f8(f8(a))*b", func(a, b *Array) *Lazy {
		return a.Lazy().AsType(dtype.Float64).AsType(dtype.Float64).Multiply(b)
	}, func(a, b *Array) *Array { return a.AsType(dtype.Float64).Multiply(b) }},
	{">f8(a+b)", func(a, b *Array) *Lazy { return a.Lazy().Add(b).AsType(dtype.Float64.Swapped(), Casting(dtype.Unsafe)) }, func(a, b *Array) *Array {
		return a.Add(b).AsType(dtype.Float64.Swapped(), Casting(dtype.Unsafe))
	}},
	{"sqrt(a*a+b*b)", func(a, b *Array) *Lazy { return a.Lazy().Multiply(a).Add(b.Lazy().Multiply(b)).Sqrt() }, func(a, b *Array) *Array { return a.Multiply(a).Add(b.Multiply(b)).Sqrt() }},
	{"sum(a*b)", func(a, b *Array) *Lazy { return a.Lazy().Multiply(b).Sum() }, func(a, b *Array) *Array { return a.Multiply(b).Sum() }},
	{"prod(a)", func(a, b *Array) *Lazy { return a.Lazy().Prod() }, func(a, b *Array) *Array { return a.Prod() }},
	{"mean(a-b)", func(a, b *Array) *Lazy { return a.Lazy().Subtract(b).Mean() }, func(a, b *Array) *Array { return a.Subtract(b).Mean() }},
	{"max(a,0)", func(a, b *Array) *Lazy { return a.Lazy().Add(b).Max(Axis(0)) }, func(a, b *Array) *Array { return a.Add(b).Max(Axis(0)) }},
	{"sum(a*b,-1)", func(a, b *Array) *Lazy { return a.Lazy().Multiply(b).Sum(Axis(-1), KeepDims()) }, func(a, b *Array) *Array { return a.Multiply(b).Sum(Axis(-1), KeepDims()) }},
	{"mean(a+1,0)", func(a, b *Array) *Lazy { return a.Lazy().Add(1).Mean(Axis(0)) }, func(a, b *Array) *Array { return a.Add(1).Mean(Axis(0)) }},
	{"(a-mean(a))/b", func(a, b *Array) *Lazy { return a.Lazy().Subtract(a.Lazy().Mean()).Divide(b) }, func(a, b *Array) *Array { return a.Subtract(a.Mean()).Divide(b) }},
	{"a-mean(a,-1)", func(a, b *Array) *Lazy { return a.Lazy().Subtract(a.Lazy().Mean(Axis(-1), KeepDims())) }, func(a, b *Array) *Array { return a.Subtract(a.Mean(Axis(-1), KeepDims())) }},
	{"max(b,0)-a", func(a, b *Array) *Lazy { return b.Lazy().Max(Axis(0)).Subtract(a) }, func(a, b *Array) *Array { return b.Max(Axis(0)).Subtract(a) }},
	{"twice", func(a, b *Array) *Lazy { x := a.Lazy().Add(b); return x.Multiply(x).Subtract(x) }, func(a, b *Array) *Array { x := a.Add(b); return x.Multiply(x).Subtract(x) }},
	{"ldexp(a,3)", func(a, b *Array) *Lazy { return a.Lazy().LDExp(3) }, func(a, b *Array) *Array { return a.LDExp(3) }},
}

// otherThan reports what makes a another result than want, "" for nothing.
func (a *Array) otherThan(want *Array) string {
	switch {
	case a.DType() != want.DType() || !slices.Equal(a.Shape(), want.Shape()) || !slices.Equal(a.Strides(), want.Strides()) || a.Flags() != want.Flags():
		return fmt.Sprint(a.DType(), a.Shape(), a.Strides(), a.Flags(), ", want ", want.DType(), want.Shape(), want.Strides(), want.Flags())
	case !bytes.Equal(a.bytesInC(), want.bytesInC()):
		return fmt.Sprint(a, ", want ", want)
	}
	return ""
}

// TestLazyShort compares expressions over a few items with the array operations: operands
// in every layout, of equal and of other dtypes, into fresh arrays, into others and into
// their own operands.
func TestLazyShort(t *testing.T) {
	for _, dts := range [][2]dtype.DType{
		{dtype.Float64, dtype.Float64}, {dtype.Float32, dtype.Float32}, {dtype.Int32, dtype.Int32}, {dtype.Int64, dtype.Float64},
		{dtype.Uint8, dtype.Int16}, {dtype.Bool, dtype.Bool}, {dtype.Float16, dtype.Float16}, {dtype.Complex64, dtype.Float64},
		{dtype.Float64.Swapped(), dtype.Float64}, {dtype.Int8, dtype.Uint64},
	} {
		left, right := rowLayouts(dts[0], 3, 5), rowLayouts(dts[1], 3, 5)
		left["empty"], right["empty"] = Zeros(dts[0], 0, 5), Zeros(dts[1], 0, 5)
		for x, a := range left {
			for y, b := range right {
				if dts[0] != dts[1] && x != y && x != "C" && y != "C" {
					continue
				}
				for _, pair := range shortPairs {
					what := fmt.Sprintf("%s of %s %s and %s %s", pair.name, dts[0], x, dts[1], y)
					var got, want *Array
					wrong := Try(func() { want = pair.eager(a, b) })
					if err := Try(func() { got = pair.lazy(a, b).Eval() }); (err == nil) != (wrong == nil) || err != nil && err.(*Error).Err != wrong.(*Error).Err && err.Error() != wrong.Error() {
						t.Fatalf("%s: %v, want %v", what, err, wrong)
					}
					if wrong != nil {
						continue
					}
					if s := got.otherThan(want); s != "" {
						t.Fatalf("%s: %s", what, s)
					}
					out := Zeros(want.DType(), want.Shape()...)
					if pair.lazy(a, b).Eval(Out(out)) != out || !bytes.Equal(out.bytesInC(), want.bytesInC()) {
						t.Fatalf("%s into another: %s, want %s", what, out, want)
					}
				}
			}
		}
	}
}

// TestLazyShortOverlap evaluates into arrays that lie over the operands.
func TestLazyShortOverlap(t *testing.T) {
	for _, pair := range shortPairs {
		for _, at := range [][4]int{{0, 0, 10, 0}, {0, 10, 1, 0}, {0, 10, 9, 0}, {0, 20, 1, 0}, {3, 0, 0, 0}, {1, 0, 2, 0}, {0, 0, 0, 1}} {
			run := func(lazy bool) *Array {
				block := Arange(32).Add(1).AsType(dtype.Float64)
				part := func(i int) *Array { return block.Slice(R(i, i+10)) }
				a, b, out := part(at[0]), part(at[1]), part(at[2])
				if at[3] == 1 {
					b = block.Slice(R(4, 5))
				}
				if r := pair.eager(a, b); !slices.Equal(r.Shape(), out.Shape()) || r.DType() != out.DType() {
					return nil
				}
				if lazy {
					pair.lazy(a, b).Eval(Out(out))
				} else {
					out.Assign(pair.eager(a, b))
				}
				return block
			}
			if got, want := run(true), run(false); want != nil && !bytes.Equal(got.bytesInC(), want.bytesInC()) {
				t.Errorf("%s at %v: %v, want %v", pair.name, at, got, want)
			}
		}
	}
}

// TestLazyShortRefuses evaluates what is closed or may not be written.
func TestLazyShortRefuses(t *testing.T) {
	a := Arange(10).AsType(dtype.Float64)
	ro := Arange(10).AsType(dtype.Float64)
	ro.SetWriteable(false)
	if err := Try(func() { a.Lazy().Add(1).Eval(Out(ro)) }); !errors.Is(err, ErrReadOnly) {
		t.Errorf("read-only: %v", err)
	}
	if got := ro.Lazy().Multiply(2).Eval(); got.String() != ro.Multiply(2).String() {
		t.Errorf("of read-only items: %v", got)
	}
	buf, _ := mapOf(t, 80)
	m, err := FromBuffer(buf, dtype.Float64, 10, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := m.Lazy().Add(a).Multiply(2).Eval(), m.Add(a).Multiply(2); got.String() != want.String() {
		t.Errorf("of a map: %v, want %v", got, want)
	}
	gone := Arange(10).AsType(dtype.Float64)
	e := gone.Lazy().Add(a).Multiply(2)
	sum := e.Sum()
	gone.Release()
	for _, e := range []*Lazy{e, sum} {
		if err := Try(func() { e.Eval() }); !errors.Is(err, ErrClosed) {
			t.Errorf("closed: %v", err)
		}
	}
	out := Zeros(dtype.Float64, 10)
	f := a.Lazy().Add(1)
	out.Release()
	if err := Try(func() { f.Eval(Out(out)) }); !errors.Is(err, ErrClosed) {
		t.Errorf("closed result: %v", err)
	}
}

// TestLazyAllocations counts the objects of short expressions: one for each call that
// builds, one for a fresh result.
func TestLazyAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("pools lose objects under the race detector")
	}
	a := Arange(10).AsType(dtype.Float64)
	b, i, m := a.Add(1), a.AsType(dtype.Int32), a.Reshape(2, 5)
	row, column, strided := a.Slice(To(5)), a.Slice(To(2)).Reshape(2, 1), a.Repeat(2).Slice(Step(2))
	turned := m.T()
	out, kept := Zeros(dtype.Float64, 10), a.Lazy().Multiply(2).Add(b)
	for _, c := range []struct {
		name string
		most float64
		call func()
	}{
		{"a*2", 3, func() { a.Lazy().Multiply(2).Eval() }},
		{"a*2+b", 4, func() { a.Lazy().Multiply(2).Add(b).Eval() }},
		{"kept into out", 0, func() { kept.Eval(Out(out)) }},
		{"any(a>1)", 4, func() { a.Lazy().Greater(1).AnyTrue().Eval() }},
		{"sum((a-b)**2)", 5, func() { a.Lazy().Subtract(b).Power(2).Sum().Eval() }},
		{"mean(a*b)", 4, func() { a.Lazy().Multiply(b).Mean().Eval() }},
		{"where(a>b,a,0)", 4, func() { a.Lazy().Greater(b).Where(a, 0.0).Eval() }},
		{"clip(a,1,5)", 3, func() { a.Lazy().Clip(1, 5).Eval() }},
		{"f4(a)*2", 4, func() { a.Lazy().AsType(dtype.Float32).Multiply(2).Eval() }},
		{"i*a", 3, func() { i.Lazy().Multiply(a).Eval() }},
		{"m-row", 3, func() { m.Lazy().Subtract(row).Eval() }},
		{"m-column", 3, func() { m.Lazy().Subtract(column).Eval() }},
		{"m.T*2+m.T", 4, func() { turned.Lazy().Multiply(2).Add(turned).Eval() }},
		{"max(m.T-m.T)", 4, func() { turned.Lazy().Subtract(turned).Max().Eval() }},
		{"strided+a", 3, func() { strided.Lazy().Add(a).Eval() }},
	} {
		if n := testing.AllocsPerRun(200, c.call); n > c.most {
			t.Errorf("%s: %.0f objects, want %.0f", c.name, n, c.most)
		}
	}
}

// TestLazyKeepsNothing looks whether an array that an expression read becomes garbage.
func TestLazyKeepsNothing(t *testing.T) {
	r := shortRuns.Get().(*shortRun)
	r.leave()
	Arange(10).Lazy().Multiply(2).Sum().Eval()
	r = shortRuns.Get().(*shortRun)
	defer r.leave()
	for _, p := range r.at {
		if p != nil {
			t.Error("a value is kept")
		}
	}
	for _, a := range r.arrays[:cap(r.arrays)] {
		if a != nil {
			t.Error("an array is kept")
		}
	}
}

// TestLazyNumberItem reads the items of Go numbers of every size, of which the bool is one
// byte: on machines of the other byte order not the first of a word.
func TestLazyNumberItem(t *testing.T) {
	for i, e := range []*Lazy{LazyOf(true), LazyOf(int8(1)), LazyOf(uint(1)), LazyOf(float32(1)), LazyOf(complex64(1))} {
		if got := e.AsType(dtype.Complex128).Eval().Item[complex128](); got != 1 {
			t.Errorf("number %d is %v", i, got)
		}
	}
}

// A weak array is read where the expression is built: what it holds later changes neither
// the value nor the loop.
func TestLazyWeak(t *testing.T) {
	for _, n := range []int{10, 100000} {
		for _, dt := range []dtype.DType{dtype.Uint8, dtype.Int64, dtype.Float64, dtype.Complex128} {
			a, w := Arange(n).AsType(dt), Scalar(int64(2))
			power, sum, choice := a.Lazy().Power(Weak(w)), LazyOf(Weak(w)).Add(a), a.Lazy().Where(a, Weak(w))
			w.Set(int64(300))
			for name, p := range map[string][2]*Array{"power": {power.Eval(), a.Power(2)}, "add": {sum.Eval(), a.Add(2)}, "where": {choice.Eval(), a.Where(a, 2)}} {
				if other := p[0].otherThan(p[1]); other != "" {
					t.Errorf("%s, %d of %s: %s", name, n, dt, other)
				}
			}
		}
	}
}

// An output is pinned no longer than Eval, also where a part of the expression panics: its
// block, once released, serves another array.
func TestLazyShortUnpins(t *testing.T) {
	row := Zeros(dtype.Float64, 3, 40)
	e := Zeros(dtype.Float64, 3, 40).Lazy().Add(row.Lazy().Max(Axis(0)))
	row.Release()
	for range 100 { // another may take the block in between
		out := Zeros(dtype.Float64, 3, 40)
		if err := Try(func() { e.Eval(Out(out)) }); !errors.Is(err, ErrClosed) {
			t.Fatal("a closed operand of a part:", err)
		}
		p := out.ptr()
		out.Release()
		if Zeros(dtype.Float64, 3, 40).ptr() == p {
			return
		}
	}
	t.Error("no block of an output came back")
}
