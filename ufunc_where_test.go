package nd

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestWhereKeepsTheRest holds operations under masks that let many, few and no items
// through against Where over all items: what the mask leaves out stays as it was.
func TestWhereKeepsTheRest(t *testing.T) {
	const rows, n = 3, 2500
	count := Arange(rows*2*n).Reshape(rows, 2*n)
	densities := []int{1, 2, 5, 7, 9, 40, rows * 2 * n}
	if testing.Short() { // an emulated processor takes a minute for all
		densities = []int{2, 40}
	}
	for _, every := range densities {
		wide := count.Remainder(every).Equal(0)
		for _, mask := range []*Array{wide.Slice(All, To(n)).Copy(), wide.Slice(All, Step(2)), wide.Slice(I(0), To(n)), wide.Slice(All, R(0, 1))} {
			for _, k := range []string{"<f8", ">f8", "<f4", "<i4", "u1", "<c16", "<f2"} {
				dt := dtype.MustParse(k)
				a := count.Remainder(50).AsType(dt)
				x, y := a.Slice(All, To(n)).Copy(), a.Slice(All, R(n, 2*n)).Copy()
				outs := func() []*Array {
					return []*Array{Full(dt, 77, rows, n), Full(dt, 77, rows, 2*n).Slice(All, Step(2)), Full(dt, 77, n, rows).T(), Full(dtype.Complex128, 77, rows, n)}
				}
				for _, in := range [][2]*Array{{x, y}, {a.Slice(All, Step(2)), y}, {x, y.Slice(I(1))}, {x, y.Slice(I(1), I(7))}} {
					for _, op := range []Binary{Add, Multiply, FloorDivide} {
						if op == FloorDivide && dt.IsComplex() {
							continue
						}
						for i, out := range outs() {
							want := mask.BroadcastTo(rows, n).Where(op.Call(in[0], in[1]), out)
							if op.Call(in[0], in[1], Out(out), Where(mask)); !out.ArrayEqual(want, true) {
								t.Fatalf("%s %s, one in %d, out %d", op.Name(), k, every, i)
							}
						}
					}
					for i, out := range outs() {
						want := mask.BroadcastTo(rows, n).Where(in[0].Negative(), out)
						if in[0].Negative(Out(out), Where(mask)); !out.ArrayEqual(want, true) {
							t.Fatalf("negative %s, one in %d, out %d", k, every, i)
						}
					}
				}
				want := mask.BroadcastTo(rows, n).Where(x.Add(y), x)
				if x.Add(y, Out(x), Where(mask)); !x.ArrayEqual(want) {
					t.Fatalf("in place %s, one in %d", k, every)
				}
			}
		}
	}
	// A mistake that the mask leaves out is none.
	base, power := Full(dtype.Int64, 2, n), Full(dtype.Int64, 3, n)
	power.Slice(I(5)).Fill(-1)
	on := Ones(dtype.Bool, n)
	if err := Try(func() { base.Power(power, Where(on), Out(Zeros(dtype.Int64, n))) }); !errors.Is(err, ErrValue) {
		t.Error(err)
	}
	on.Slice(I(5)).Fill(false)
	if out := Zeros(dtype.Int64, n); base.Power(power, Where(on), Out(out)).Sum().Item[int64]() != 8*(n-1) {
		t.Error(out)
	}
}
