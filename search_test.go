package nd

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestArgMaxAcross holds the places along axes that lie across memory, which are
// searched in tiles, against those of copies of the lanes: with many equal items, with
// NaN, and with more rows and columns than a tile has.
func TestArgMaxAcross(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for k := dtype.KindBool; k <= dtype.KindComplex128; k++ {
		dt := dtype.OfKind(k)
		if !dt.IsNumeric() {
			continue
		}
		for _, shape := range [][3]int{{1, 700, 70}, {3, 33, 20}, {2, 16, 16}, {1, 300, 530}, {1, 17, 1100}} {
			n := shape[0] * shape[1] * shape[2]
			v := make([]float64, n)
			for i := range v {
				v[i] = float64(r.IntN(1 + r.IntN(120)))
				if dt.IsFloat() && r.IntN(400) == 0 {
					v[i] = math.NaN()
				}
				if dt.IsFloat() && r.IntN(9) == 0 {
					v[i] = math.Copysign(0, -1)
				}
			}
			a := Of(v).AsType(dt, Casting(dtype.Unsafe)).Reshape(shape[0], shape[1], shape[2])
			for name, x := range map[string]*Array{"C": a, "turned": a.Slice(All, Step(-1)), "every second": a.Slice(All, Step(2)), "part": a.Slice(All, All, From(3))} {
				most, least := x.ArgMax(Axis(1)), x.ArgMin(Axis(1))
				for i := range x.Dim(0) {
					for j := 0; j < x.Dim(2); j += 1 + r.IntN(7) {
						lane := x.Slice(I(i), All, I(j)).Copy()
						if got, want := most.At[int64](i, j), lane.ArgMax().Item[int64](); got != want {
							t.Fatalf("%v %s %v: most of lane %d %d at %d, want %d", dt, name, shape, i, j, got, want)
						}
						if got, want := least.At[int64](i, j), lane.ArgMin().Item[int64](); got != want {
							t.Fatalf("%v %s %v: least of lane %d %d at %d, want %d", dt, name, shape, i, j, got, want)
						}
					}
				}
			}
		}
	}
}

// TestSearchOfScatteredItems holds the places in long arrays that do not lie as they are
// searched, and so are copied in parts, against those of a copy.
func TestSearchOfScatteredItems(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for _, name := range []string{"?", "i1", "u2", "i4", "u8", "f2", "f4", "f8", "c8", "c16"} {
		for _, most := range []int{2, 7, 1000} { // many equals, and few
			d := dtype.MustParse(name)
			b := Zeros(dtype.Int64, 47*900)
			x, _ := b.Data[int64]()
			for i := range x {
				x[i] = int64(r.IntN(most))
			}
			a := b.AsType(d)
			if d.IsFloat() && most == 7 {
				a.Set(math.NaN(), 47*900-r.IntN(900))
			}
			apart := Zeros(dtype.MustParse("[('p','u1'),('v','"+name+"')]"), 47*900)
			apart.Field("v").Assign(a)
			m := a.Reshape(47, 900)
			for how, v := range map[string]*Array{"transposed": m.T(), "cubic": a.Reshape(47, 30, 30).SwapAxes(0, 2), "stepped": a.Slice(Step(3)), "backwards": a.Flip(), "swapped": a.AsType(d.NewByteOrder('>')),
				"transposed, swapped": m.AsType(d.NewByteOrder('>')).T(), "packed": apart.Field("v")} {
				c := v.AsType(d).Copy(C)
				for at, f := range []func(*Array) *Array{func(a *Array) *Array { return a.ArgMax() }, func(a *Array) *Array { return a.ArgMin() }} {
					if got, want := f(v).At[int64](), f(c).At[int64](); got != want {
						t.Errorf("%s of %s %s among %d: %d, want %d", []string{"argmax", "argmin"}[at], how, name, most, got, want)
					}
				}
				if v.NDim() == 1 {
					if got, want := v.ArgMax(Axis(0), KeepDims()), c.ArgMax(KeepDims()); !got.Equal(want).AllTrue().Item[bool]() || got.NDim() != 1 {
						t.Errorf("argmax of %s %s along its axis: %v, want %v", how, name, got, want)
					}
				}
			}
		}
	}
}

// TestArgMaxOfMatrices holds the places along both axes of matrices of every small shape
// against those of their lanes.
func TestArgMaxOfMatrices(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	for k := dtype.KindBool; k <= dtype.KindComplex128; k++ {
		dt := dtype.OfKind(k)
		if !dt.IsNumeric() {
			continue
		}
		for _, shape := range [][2]int{{1, 1}, {1, 5}, {5, 1}, {3, 3}, {7, 20}, {20, 7}, {16, 16}, {31, 33}, {2, 1030}, {1100, 3}, {5, 9000}} {
			v := make([]float64, shape[0]*shape[1])
			for i := range v {
				v[i] = float64(r.IntN(9) - 3)
				if dt.IsFloat() && r.IntN(90) == 0 {
					v[i] = math.NaN()
				}
			}
			a := Of(v).AsType(dt, Casting(dtype.Unsafe)).Reshape(shape[0], shape[1])
			for axis := range 2 {
				most, least := a.ArgMax(Axis(axis)), a.ArgMin(Axis(axis-2))
				for i := range shape[1-axis] {
					lane := a.SwapAxes(0, 1-axis).Slice(I(i)).Copy()
					if got, want := most.At[int64](i), lane.ArgMax().Item[int64](); got != want {
						t.Fatalf("%v %v: most of lane %d along %d at %d, want %d", dt, shape, i, axis, got, want)
					}
					if got, want := least.At[int64](i), lane.ArgMin().Item[int64](); got != want {
						t.Fatalf("%v %v: least of lane %d along %d at %d, want %d", dt, shape, i, axis, got, want)
					}
				}
			}
		}
	}
}
