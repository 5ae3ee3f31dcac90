package nd

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// rowLayouts are arrays of n rows of m items in every way that side knows, and in some
// that it does not.
func rowLayouts(dt dtype.DType, n, m int) map[string]*Array {
	block := Arange(4*(n+1)*(m+1)+16).Add(1).AsType(dt, Casting(dtype.Unsafe))
	wide := block.Slice(To(4*(n+1)*(m+1))).Reshape(2*(n+1), 2*(m+1))
	byN, byM := R(0, n), R(0, m)
	return map[string]*Array{
		"C":             block.Slice(To(n*m)).Reshape(n, m),
		"F":             block.Slice(To(n*m)).Reshape(m, n).T(),
		"part":          wide.Slice(byN, byM),
		"steps":         wide.Slice(R(0, 2*n, 2), R(1, 2*m+1, 2)),
		"turned steps":  block.Slice(To(4*(n+1)*(m+1))).Reshape(2*(m+1), 2*(n+1)).Slice(R(0, 2*m, 2), R(0, 2*n, 2)).T(),
		"backwards":     block.Slice(To(n*m)).Reshape(n, m).Flip(),
		"row":           block.Slice(To(m)),
		"one row":       block.Slice(To(m)).Reshape(1, m),
		"stepped row":   block.Slice(R(0, 2*m, 2)),
		"column":        block.Slice(To(n)).Reshape(n, 1),
		"broadcast row": block.Slice(To(m)).BroadcastTo(n, m),
		"broadcast one": block.Slice(To(1)).BroadcastTo(n, m),
		"one":           block.Slice(To(1)),
		"0-d":           block.Slice(I(2)),
		"packed":        packed(dt, n, m),
	}
}

// packed is an array of fields whose items are at odd addresses.
func packed(dt dtype.DType, n, m int) *Array {
	rec, err := dtype.Struct([]dtype.Field{{Name: "a", DType: dtype.Uint8}, {Name: "b", DType: dt}})
	if err != nil {
		panic(err)
	}
	b := Zeros(rec, n, m).Field("b")
	b.Assign(Arange(n*m).Add(1).Reshape(n, m).AsType(dt, Casting(dtype.Unsafe)))
	return b
}

// Operands in rows have one result, with one dtype, shape and strides, by the short way
// and by the long one.
func TestQuickRows(t *testing.T) {
	quick := map[string]int{}
	for _, name := range []string{"add", "divide", "less", "maximum", "left_shift", "logical_and", "power", "sqrt", "negative", "exp", "isnan", "floor_divide"} {
		f, _ := UfuncNamed(name)
		for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Int64, dtype.Uint8, dtype.Bool, dtype.Complex128, dtype.Float16, dtype.Int32.Swapped()} {
			for _, shape := range [][2]int{{3, 9}, {1, 20}, {12, 1}, {40, 3}, {2, 1100}} {
				if name != "add" && (dt != dtype.Float64 && dt != dtype.Uint8 || shape[0]*shape[1] > 200) {
					continue
				}
				try := func(what string, outs bool, call func(...Option) *Array) {
					t.Helper()
					var want, got *Array
					long := Try(func() { want = call(longWay) })
					short := Try(func() { got = call() })
					if fmt.Sprint(long) != fmt.Sprint(short) {
						t.Fatalf("%s %s %v %s: %v, want %v", name, dt, shape, what, short, long)
					}
					if long != nil {
						return
					}
					same := func(what string, got *Array) {
						t.Helper()
						if got.DType() != want.DType() || !slices.Equal(got.Shape(), want.Shape()) || !bytes.Equal(got.bytesInC(), want.bytesInC()) {
							t.Fatalf("%s %s %v %s: %v, want %v", name, dt, shape, what, got, want)
						}
					}
					same(what, got)
					if !slices.Equal(got.Strides(), want.Strides()) || got.Flags() != want.Flags() {
						t.Fatalf("%s %s %v %s: strides %v %v, want %v %v", name, dt, shape, what, got.Strides(), got.Flags(), want.Strides(), want.Flags())
					}
					if !outs || want.NDim() != 2 {
						return
					}
					others := rowLayouts(want.DType(), want.Dim(0), want.Dim(1))
					for layout, out := range rowLayouts(want.DType(), want.Dim(0), want.Dim(1)) {
						if !slices.Equal(out.Shape(), want.Shape()) || !out.Writeable() {
							continue
						}
						same(what+" to "+layout, call(Out(out)))
						other := others[layout]
						for i := range want.Dim(0) {
							for k := range want.Dim(1) {
								other.Slice(I(i), I(k)).Assign(want.Slice(I(i), I(k)))
							}
						}
						if !bytes.Equal(out.buf.UnsafeBytes(), other.buf.UnsafeBytes()) {
							t.Fatalf("%s %s %v %s to %s changed what lies beside it", name, dt, shape, what, layout)
						}
					}
				}
				switch u := f.(type) {
				case Unary:
					for what, a := range rowLayouts(dt, shape[0], shape[1]) {
						try(what, true, func(o ...Option) *Array { return u.Call(a, o...) })
						if quickRows1(u.op, a, nil)[0] != nil {
							quick[name]++
						}
					}
				case Binary:
					for one, a := range rowLayouts(dt, shape[0], shape[1]) {
						try(one+" and 3", true, func(o ...Option) *Array { return u.Call(a, 3, o...) })
						try("2.5 and "+one, true, func(o ...Option) *Array { return u.Call(2.5, a, o...) })
						for two, b := range rowLayouts(dt, shape[0], shape[1]) {
							try(one+" and "+two, one == "part" || two == "column", func(o ...Option) *Array { return u.Call(a, b, o...) })
							if quickRows2(u.op, a, b, nil)[0] != nil {
								quick[name]++
							}
						}
					}
				}
			}
		}
	}
	for _, name := range []string{"add", "less", "maximum", "logical_and", "sqrt", "negative", "exp", "isnan"} {
		if quick[name] < 40 {
			t.Errorf("%s goes the short way %d times", name, quick[name])
		}
	}
}

// An assignment to rows from rows has one result by both ways, and changes nothing beside
// it.
func TestQuickAssignRows(t *testing.T) {
	quick := 0
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Uint8, dtype.Complex128, dtype.Int16.Swapped()} {
		for _, shape := range [][2]int{{3, 9}, {1, 20}, {12, 1}, {40, 3}, {2, 1100}} {
			for from, src := range rowLayouts(dt, shape[0], shape[1]) {
				src = src.Copy(K).Add(1).AsType(dt)
				quick += assignsRows(t, fmt.Sprintf("%s from %s", dt, from), src, dt, shape[0], shape[1])
			}
		}
	}
	if quick < 500 {
		t.Errorf("only %d went the short way", quick)
	}
	a := Arange(24).Reshape(4, 6)
	if b := a.Copy(); quickAssignRows("test", a.Slice(From(1)), a.Slice(To(-1)), false) || !a.ArrayEqual(b) {
		t.Error("rows that overlap went the short way")
	}
}

// Arrays over one slice are different blocks with the same items: they overlap nevertheless.
func TestQuickRowsOfOneSlice(t *testing.T) {
	two := func() (a, b *Array, s []float64) {
		s = []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
		return Of(s), Of(s[2:]), s
	}
	a, b, got := two()
	a.Slice(R(0, 8, 2)).Add(10.0, Out(b.Slice(R(0, 8, 2))))
	if want := []float64{0, 1, 10, 3, 12, 5, 14, 7, 16, 9}; !slices.Equal(got, want) {
		t.Errorf("add: %v, want %v", got, want)
	}
	a, b, got = two()
	b.Slice(R(0, 8, 2)).Assign(a.Slice(R(0, 8, 2)))
	if want := []float64{0, 1, 0, 3, 2, 5, 4, 7, 6, 9}; !slices.Equal(got, want) {
		t.Errorf("assign: %v, want %v", got, want)
	}
	a, b, got = two()
	b.SetPick(a.Slice(To(8)), By(Of([]int{7, 6, 5, 4, 3, 2, 1, 0})))
	if want := []float64{0, 1, 7, 6, 5, 4, 3, 2, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("places: %v, want %v", got, want)
	}
	a, b, got = two()
	a.Take(Of([]int{7, 6, 5, 4, 3, 2, 1, 0}), Out(b))
	if want := []float64{0, 1, 7, 6, 5, 4, 3, 2, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("take: %v, want %v", got, want)
	}
	i := []int64{3, 2, 1, 0}
	p, q := Of(i), Of(i)
	p.SetPick(Of([]int64{0, 0, 0, 9}), By(q))
	if want := []int64{9, 0, 0, 0}; !slices.Equal(i, want) {
		t.Errorf("places that are written: %v, want %v", i, want)
	}
}

// layoutFits tells whether an array of shape from can be assigned to one of shape to.
func layoutFits(from, to []int) bool {
	_, err := layout.BroadcastStrides(from, make([]int, len(from)), to)
	return err == nil
}
