package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// operands returns items of dt that most operations take: small, some negative,
// some zero, some fractions; n of them.
func operands(dt dtype.DType, n, seed int) *Array {
	a := Arange(n).Multiply(7).Add(seed).Remainder(23).Subtract(5)
	switch {
	case dt.Kind() == dtype.KindBool:
		return a.Remainder(3).AsType(dt)
	case dt.IsInteger():
		if !dt.IsSigned() {
			a = a.Absolute()
		}
		return a.AsType(dt)
	case dt.IsComplex():
		return a.Divide(4.0).Add(a.Remainder(3).Multiply(0.5i)).AsType(dt)
	}
	return a.Divide(4.0).AsType(dt)
}

// TestEveryLayout runs every operation on every dtype that it takes, in every
// layout, into fresh results, into outputs of every layout and under a mask, and
// compares with the contiguous result, bit for bit.
func TestEveryLayout(t *testing.T) {
	shapes := [][]int{{3, 5}, {2, 3, 4}, {}, {0, 3}, {1, 7}}
	if testing.Short() {
		shapes = shapes[:1]
	}
	for _, name := range UfuncNames() {
		u, _ := UfuncNamed(name)
		for _, dt := range numericDTypes {
			for k, shape := range shapes {
				n := prod(shape)
				in := make([]*Array, u.NIn())
				for i := range in {
					in[i] = operands(dt, n, 3*i).Reshape(shape...)
				}
				if name == "power" && dt.IsInteger() {
					in[1] = in[1].Absolute()
				}
				var want []*Array
				if Try(func() { want = u.Apply(in) }) != nil {
					break // this operation does not take this dtype
				}
				if k == 0 {
					maskedLayouts(t, u, in)
				}
				sets := make([][]presented, len(in))
				for i := range in {
					sets[i] = layouts(in[i])
				}
				for j := range sets[0] {
					args := make([]*Array, len(in))
					for i := range in {
						args[i] = sets[i][(j+i)%len(sets[i])].array
					}
					same(t, name, dt, sets[0][j].name, u.Apply(args), want)
					if u.NOut() > 1 || sets[0][j].name == "read-only" {
						continue
					}
					out := layouts(want[0])[j].array
					out.Fill(0)
					u.Apply(args, Out(out))
					same(t, name, dt, sets[0][j].name+" with out", []*Array{out}, want)
				}
				if len(in) == 2 && len(shape) == 2 && n > 0 {
					row := in[1].Slice(To(1))
					full := row.BroadcastTo(shape...).Copy()
					want := u.Apply([]*Array{in[0], full})
					for _, l := range layouts(row) {
						same(t, name, dt, "broadcast "+l.name, u.Apply([]*Array{in[0], l.array}), want)
					}
				}
			}
		}
	}
}

// maskedLayouts checks where= against computing all and choosing.
func maskedLayouts(t *testing.T, u Ufunc, in []*Array) {
	if u.NOut() > 1 {
		return
	}
	mask := Arange(in[0].Size()).Remainder(3).Greater(0).Reshape(in[0].Shape()...)
	all := u.Apply(in)[0]
	want := mask.Where(all, Zeros(all.DType()))
	for i, l := range layouts(in[0]) {
		args := append([]*Array{l.array}, in[1:]...)
		out := layouts(all)[i%7].array
		out.Fill(0)
		u.Apply(args, Out(out), Where(layouts(mask)[i].array))
		same(t, u.Name(), in[0].DType(), "masked "+l.name, []*Array{out}, []*Array{want})
	}
}

func same(t *testing.T, name string, dt dtype.DType, layout string, got, want []*Array) {
	t.Helper()
	for i := range want {
		g, w := wordsOf(got[i].AsType(want[i].DType())), wordsOf(want[i])
		for k := range w {
			if g[k] != w[k] {
				t.Errorf("%s of %s, %s: item %d of result %d is %x, want %x", name, dt, layout, k, i, g[k], w[k])
				return
			}
		}
	}
}

// TestReduceEveryLayout folds along each axis in every layout.
func TestReduceEveryLayout(t *testing.T) {
	for _, name := range UfuncNames() {
		u, _ := UfuncNamed(name)
		f, ok := u.(Binary)
		if !ok || name == "ldexp" { // its items and its accumulator differ
			continue
		}
		for _, dt := range numericDTypes {
			a := operands(dt, 60, 1).Reshape(3, 4, 5)
			if name == "power" && dt.IsInteger() {
				a = a.Absolute()
			}
			if Try(func() { f.Reduce(a) }) != nil {
				continue
			}
			for axis := range 3 {
				// The definition: item after item along the axis, in the accumulator's dtype.
				r := f.Reduce(a, Axis(axis))
				acc := f.Accumulate(a, Axis(axis))
				last := acc.along("test", axis, From(-1)).Squeeze(axis)
				// Sums, and folds of float16, are rounded in the order of memory.
				rounded := name == "add" && !dt.IsInteger() || dt == dtype.Float16
				if !rounded {
					same(t, name+".reduce against accumulate", dt, "C", []*Array{last}, []*Array{r})
				}
				at := f.ReduceAt(a, []int{0}, Axis(axis))
				if dt.IsInteger() {
					same(t, name+".reduceat", dt, "C", []*Array{at.Squeeze(axis)}, []*Array{r})
				}
				for _, l := range layouts(a) {
					if l.name == "F" || l.name == "stepped" || l.name == "reversed" {
						if rounded {
							continue
						}
					}
					same(t, name+".reduce", dt, l.name, []*Array{f.Reduce(l.array, Axis(axis))}, []*Array{r})
					same(t, name+".accumulate", dt, l.name, []*Array{f.Accumulate(l.array, Axis(axis))}, []*Array{acc})
				}
			}
		}
	}
}
