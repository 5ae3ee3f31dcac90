package nd

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// tileOps are operations of every kind of loop that tiles are taken through.
var tileOps = []string{"add", "divide", "power", "arctan2", "ldexp", "heaviside", "logical_or", "equal", "left_shift", "divmod", "modf", "frexp", "sin", "isnan", "clip"}

// tilePairs are dtypes of a first operand, and of the others.
var tilePairs = [][2]dtype.DType{
	{dtype.Int32, dtype.Float64}, {dtype.Uint8, dtype.Int16}, {dtype.Float16, dtype.Complex64}, {dtype.Bool, dtype.Float32},
	{dtype.Int64.Swapped(), dtype.Float32}, {dtype.Float64.Swapped(), dtype.Float64.Swapped()}, {dtype.Complex128.Swapped(), dtype.Int8}, {dtype.Float32, dtype.Float32},
	{dtype.Uint16, dtype.Uint16},
}

// Operands of two dtypes in every layout have the same results, with one dtype, shape and
// strides, by tiles and by the long way.
func TestQuickTiles(t *testing.T) {
	quick := map[string]int{}
	for _, name := range tileOps {
		u, _ := UfuncNamed(name)
		for _, pair := range tilePairs {
			for _, shape := range [][2]int{{3, 5}, {9, 1}, {2, 300}} {
				if shape[1] > 100 && name != "add" && name != "divmod" {
					continue
				}
				first, second := rowLayouts(pair[0], shape[0], shape[1]), rowLayouts(pair[1], shape[0], shape[1])
				for one, a := range first {
					for two, b := range second {
						if u.NIn() == 1 && two != "C" {
							continue
						}
						in := []*Array{a, b, b}[:u.NIn()]
						want, got, took := bothWays(u, in, func(o ...Option) []Option { return o })
						if what := fmt.Sprint(name, " of ", pair, shape, one, " and ", two); got != want {
							t.Fatalf("%s: %s, want %s", what, got, want)
						}
						if took {
							quick[name]++
						}
					}
				}
			}
		}
	}
	for _, name := range tileOps {
		if name != "left_shift" && name != "ldexp" && quick[name] < 30 {
			t.Errorf("%s goes the short way %d times", name, quick[name])
		}
	}
}

// Results go into outputs of other dtypes and layouts as by the long way, and nothing beside
// them changes.
func TestQuickTilesOut(t *testing.T) {
	for _, name := range []string{"add", "divmod", "modf", "equal", "power", "clip"} {
		u, _ := UfuncNamed(name)
		for _, pair := range [][2]dtype.DType{{dtype.Int32, dtype.Float64}, {dtype.Float32, dtype.Float32}, {dtype.Uint8, dtype.Uint8}} {
			a, b := packed(pair[0], 3, 5), rowLayouts(pair[1], 3, 5)["steps"]
			for _, to := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Complex128.Swapped(), dtype.Int64, dtype.Uint8, dtype.Bool} {
				for layout := range rowLayouts(to, 3, 5) {
					in := []*Array{a, b, b}[:u.NIn()]
					want, got, _ := bothWays(u, in, func(o ...Option) []Option {
						outs := []*Array{rowLayouts(to, 3, 5)[layout], rowLayouts(to, 3, 5)["C"]}[:u.NOut()]
						return append(o, Out(outs...))
					})
					if want != got {
						t.Fatalf("%s of %v into %s %s: %s, want %s", name, pair, to, layout, got, want)
					}
				}
			}
		}
	}
}

// bothWays calls u the long way and the short one and returns what became of that, with the
// bytes of the block of a first output that opts adds; took tells whether there is a short way.
func bothWays(u Ufunc, in []*Array, opts func(...Option) []Option) (want, got string, took bool) {
	texts := [2]string{}
	for way, o := range [][]Option{opts(longWay), opts()} {
		var out []*Array
		if err := Try(func() { out = u.Apply(in, o...) }); err != nil {
			texts[way] = err.Error()
		}
		for _, r := range out {
			texts[way] += fmt.Sprintf("%s %v %v %v %x; ", r.DType(), r.Shape(), r.Strides(), r.Flags(), r.bytesInC())
			if len(o) > 1-way {
				texts[way] += fmt.Sprintf("in %x; ", r.buf.UnsafeBytes())
			}
		}
	}
	switch u := u.(type) {
	case Unary:
		took = quickRows1(u.op, in[0], nil)[0] != nil
	case Unary2:
		took = quickRows1(u.op, in[0], nil)[0] != nil
	case Binary:
		took = quickRows2(u.op, in[0], in[1], nil)[0] != nil
	case Binary2:
		took = quickRows2(u.op, in[0], in[1], nil)[0] != nil
	case Ternary:
		took = quickRows3(u.op, in[0], in[1], in[2], nil)[0] != nil
	}
	return texts[0], texts[1], took
}

// Where has one result, with one dtype, shape and strides, for conditions that are bools and
// for the same bytes as integers, which go the long way.
func TestQuickWhere(t *testing.T) {
	text := func(r *Array) string {
		return fmt.Sprintf("%s %v %v %v %x", r.DType(), r.Shape(), r.Strides(), r.Flags(), r.bytesInC())
	}
	quick := 0
	for _, pair := range [][2]dtype.DType{{dtype.Float64, dtype.Float64}, {dtype.Int32, dtype.Float32}, {dtype.Complex128, dtype.Uint8}, {dtype.Float16.Swapped(), dtype.Bool}, {dtype.Int64, dtype.Uint64}} {
		for _, shape := range [][2]int{{3, 5}, {7, 1}} {
			first, second := rowLayouts(pair[0], shape[0], shape[1]), rowLayouts(pair[1], shape[0], shape[1])
			for at, ints := range rowLayouts(dtype.Uint8, shape[0], shape[1]) {
				if ints.Writeable() {
					ints.Remainder(3, Out(ints)).Minimum(1, Out(ints))
				}
				if !ints.Writeable() || ints.buf.Len() == 0 {
					continue
				}
				mask := ints.View(dtype.Bool)
				for one, a := range first {
					for two, b := range second {
						if got, want := text(mask.Where(a, b)), text(ints.Where(a, b)); got != want {
							t.Fatalf("%v %v: %s of %s and %s: %s, want %s", pair, shape, at, one, two, got, want)
						}
						if quickWhere(mask, a, b) != nil {
							quick++
						}
					}
					for _, x := range []int{0, -3, 70000} {
						var got, want string
						short, long := Try(func() { got = text(mask.Where(a, x)) }), Try(func() { want = text(ints.Where(a, x)) })
						if got != want || fmt.Sprint(short) != fmt.Sprint(long) {
							t.Fatalf("%v %v: %s of %s and %d: %s %v, want %s %v", pair, shape, at, one, x, got, short, want, long)
						}
					}
					for _, x := range []float64{0.1, 1e300} {
						if got, want := text(mask.Where(x, a)), text(ints.Where(x, a)); got != want {
							t.Fatalf("%v %v: %s of %v and %s: %s, want %s", pair, shape, at, x, one, got, want)
						}
					}
				}
			}
		}
	}
	if quick < 1000 {
		t.Errorf("only %d went the short way", quick)
	}
	if err := Try(func() { Of([]bool{true, false}).Where(Arange(3), 1) }); err == nil {
		t.Error("shapes that do not fit were taken")
	}
	closed := Arange(2)
	closed.Release()
	if err := Try(func() { Of([]bool{true, false}).Where(closed, 1) }); err == nil {
		t.Error("a closed array was taken")
	}
}

// In place, in place with a broadcast operand, from and to parts that overlap, and into two
// outputs that do: as if the operands had been copied.
func TestQuickTilesOverlap(t *testing.T) {
	whole := func(dt dtype.DType) *Array { return Arange(60).Add(1).AsType(dt).Reshape(6, 10) }
	parts := []func(m *Array) *Array{
		func(m *Array) *Array { return m.Slice(To(3), To(3)) },
		func(m *Array) *Array { return m.Slice(To(3), To(3)).T() },
		func(m *Array) *Array { return m.Slice(R(1, 4), To(3)) },
		func(m *Array) *Array { return m.Slice(To(3), R(1, 4)) },
		func(m *Array) *Array { return m.Slice(To(3), R(0, 6, 2)) },
		func(m *Array) *Array { return m.Slice(R(3, 6), R(4, 7)) },
		func(m *Array) *Array { return m.Slice(I(1), To(3)) },
		func(m *Array) *Array { return m.Slice(To(3), R(1, 2)) },
		func(m *Array) *Array { return m.Slice(To(3), To(3)).Flip() },
	}
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Float64.Swapped(), dtype.Float32} {
		for i, one := range parts {
			for k, to := range parts {
				for j, two := range parts {
					var texts [2]string
					for way, o := range [][]Option{{longWay}, nil} {
						m := whole(dt)
						err := Try(func() { Add.Call(one(m), two(m), append(o, Out(to(m)))...) })
						texts[way] = fmt.Sprintf("%v %x", err, m.bytesInC())
					}
					if texts[0] != texts[1] {
						t.Fatalf("%s: parts %d and %d into %d differ", dt, i, j, k)
					}
				}
				var texts [2]string
				for way, o := range [][]Option{{longWay}, nil} {
					m := whole(dt)
					err := Try(func() { DivMod.Call(one(m), 3, append(o, Out(to(m), parts[5](m)))...) })
					texts[way] = fmt.Sprintf("%v %x", err, m.bytesInC())
				}
				if texts[0] != texts[1] {
					t.Fatalf("%s: divmod of part %d into %d differs", dt, i, k)
				}
			}
		}
	}
}

// Mistakes have one text by both ways, and change nothing.
func TestQuickTilesMistakes(t *testing.T) {
	a, i := Arange(10.0), Arange(10).AsType(dtype.Int32)
	closed, fixed := Arange(10.0), Zeros(dtype.Float64, 10)
	closed.Release()
	fixed.SetWriteable(false)
	for what, call := range map[string]func(o ...Option){
		"closed":             func(o ...Option) { i.Add(closed, o...) },
		"closed output":      func(o ...Option) { i.Add(a, append(o, Out(closed))...) },
		"read-only output":   func(o ...Option) { i.Add(a, append(o, Out(fixed))...) },
		"narrow output":      func(o ...Option) { i.Add(a, append(o, Out(i))...) },
		"shape":              func(o ...Option) { i.Add(a.Slice(To(9)), o...) },
		"shape of an output": func(o ...Option) { i.Add(a, append(o, Out(Zeros(dtype.Float64, 9)))...) },
		"negative powers":    func(o ...Option) { i.Slice(Step(2)).Power(i.Negative().Slice(Step(2)), o...) },
		"negative power":     func(o ...Option) { i.Slice(Step(2)).Power(-1, append(o, Out(i.Slice(Step(2))))...) },
		"no loop":            func(o ...Option) { i.BitwiseAnd(a, o...) },
	} {
		before := append([]byte(nil), i.bytesInC()...)
		long, short := Try(func() { call(longWay) }), Try(func() { call() })
		if long == nil || fmt.Sprint(short) != fmt.Sprint(long) || !bytes.Equal(i.bytesInC(), before) {
			t.Errorf("%s: %v, want %v", what, short, long)
		}
	}
	if r := Zeros(dtype.Int32, 0).Add(Zeros(dtype.Float64, 3, 0)); !slices.Equal(r.Shape(), []int{3, 0}) {
		t.Errorf("no items: shape %v", r.Shape())
	}
}
