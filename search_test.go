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
