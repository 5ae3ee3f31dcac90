package nd

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestAtRows holds the operation at rows, some of them named twice, against one call for
// each row.
func TestAtRows(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for _, op := range []Binary{Add, Subtract, Multiply, Maximum, Minimum, LeftShift} {
		for _, dt := range []dtype.DType{dtype.Int8, dtype.Int32, dtype.Uint64, dtype.Float32, dtype.Float64, dtype.Float64.Swapped(), dtype.Complex64} {
			if op == LeftShift && !dt.IsInteger() {
				continue
			}
			for _, width := range []int{1, 2, 5, 40} {
				rows := make([]int64, 50)
				for i := range rows {
					rows[i] = r.Int64N(7)
				}
				b := Arange(len(rows)*width).Remainder(11).Reshape(len(rows), width).AsType(dt)
				for name, got := range map[string]*Array{
					"dense":    Ones(dt, 7, width),
					"stepped":  Ones(dt, 7, 2*width).Slice(All, Step(2)),
					"reversed": Ones(dt, 7, width).Slice(All, Step(-1)),
				} {
					want := got.Copy()
					op.At(got, b, By(Of(rows)))
					for i, k := range rows {
						row := want.Slice(I(int(k)))
						op.Call(row, b.Slice(I(i)), Out(row))
					}
					if !got.ArrayEqual(want) {
						t.Errorf("%s at %s rows of %d %s:\n%v\nwant\n%v", op.Name(), name, width, dt, got, want)
					}
				}
			}
		}
	}
}

// TestAtPlaces holds the operation at places of a vector, by int64 in memory and by other
// indices, against one call for each place.
func TestAtPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 7))
	for _, op := range []Binary{Add, Subtract, Multiply, Maximum, Divide} {
		for _, dt := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint64, dtype.Float32, dtype.Float64, dtype.Complex128} {
			if dt != dtype.Float64 && op == Divide || dt == dtype.Bool && op == Subtract {
				continue
			}
			for _, n := range []int{0, 1, 7, atBlock, 3*atBlock + 5} {
				places := make([]int64, n)
				for i := range places {
					places[i] = r.Int64N(26) - 13
				}
				b, by := Arange(n).Remainder(3).Add(1).AsType(dt), Of(places)
				for _, same := range []bool{true, false} {
					got, want := Ones(dt, 13), Ones(dt, 13)
					if same {
						op.At(got, b, By(by))
					} else {
						op.At(got, 2, By(by))
					}
					for i, k := range places {
						item := want.Slice(I(int(k)), NewAxis)
						if same {
							op.Call(item, b.Slice(I(i)), Out(item), Casting(dtype.Unsafe))
						} else {
							op.Call(item, 2, Out(item), Casting(dtype.Unsafe))
						}
					}
					if !got.ArrayEqual(want, true) {
						t.Errorf("%s at %d places of %s, items of an array %v:\n%v\nwant\n%v", op.Name(), n, dt, same, got, want)
					}
				}
			}
		}
	}
}

// TestAtLeavesAlone: nothing has changed where a place is outside, and what is read may be
// what is written.
func TestAtLeavesAlone(t *testing.T) {
	a := Zeros(dtype.Float64, 5)
	for _, far := range []int64{5, -6, 1 << 62, -1 << 63} {
		if err := Try(func() { Add.At(a, 1, By(Of([]int64{0, 1, far}))) }); !errors.Is(err, ErrIndex) {
			t.Errorf("place %d: %v", far, err)
		}
	}
	if a.AnyTrue().Item[bool]() {
		t.Errorf("a failed call has changed %v", a)
	}
	p := Of([]int64{1, 1, 0, 3})
	Add.At(p, p, By(p))
	if want := Of([]int64{1, 3, 0, 6}); !p.ArrayEqual(want) {
		t.Errorf("an index that is worked on: %v, want %v", p, want)
	}
}
