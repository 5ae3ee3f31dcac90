package nd

import (
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// The short way of Einsum gives what the long one gives, with its layout.
func TestQuickEinsum(t *testing.T) {
	shapes := [][]int{{3}, {4}, {1}, {3, 4}, {4, 3}, {3, 3}, {1, 4}, {4, 1}, {0, 3}, {0}, {}}
	short := 0
	for _, subs := range []string{"ij,jk->ik", "ab,bc->ac", "kj,ji->ki", "ij,j->i", "i,ij->j", "i,i->", "ij,ij->", "i,j->ij", "i,i->i", "ij,ij->ij", "ij,ij->i", "ba,ba->b", "ij,jk->ki", "ij,ji->", "j,i->ij", "i,j->ji", "ij,kj->ik", "ii,i->i", "i,j,->ij"} {
		for _, dt := range []dtype.DType{dtype.Float64, dtype.Complex64, dtype.Float16, dtype.Int64} {
			for _, s := range shapes {
				for _, u := range shapes {
					a, b := Arange(12).AsType(dt).Slice(To(layout.Size(s))).Reshape(s...), Arange(12).Add(3).AsType(dt).Slice(To(layout.Size(u))).Reshape(u...)
					r := quickEinsum(subs, []*Array{a, b})
					if r == nil {
						continue
					}
					short++
					want := EinsumWith(subs, []*Array{a, b}, Casting(dtype.Safe))
					if r.DType() != want.DType() || !slices.Equal(r.Shape(), want.Shape()) || !slices.Equal(r.Strides(), want.Strides()) || r.Flags() != want.Flags() || !r.ArrayEqual(want) {
						t.Errorf("%s of %v and %v: %v %v, want %v %v", subs, s, u, r, r.Flags(), want, want.Flags())
					}
				}
			}
		}
	}
	for _, subs := range []string{"ii->", "ij->i", "ij->j", "i->", "ij->", "ij->ji", "ji->i", "ii->i"} {
		for _, dt := range []dtype.DType{dtype.Float64, dtype.Complex64, dtype.Float16, dtype.Int64} {
			for _, s := range append(shapes, []int{40, 40}, []int{3, 90}) {
				a := Arange(layout.Size(s)).AsType(dt).Divide(7).AsType(dt, Casting(dtype.Unsafe)).Reshape(s...)
				if r := quickEinsum(subs, []*Array{a}); r != nil {
					short++
					if diff := r.otherThan(EinsumWith(subs, []*Array{a}, Casting(dtype.Safe))); diff != "" {
						t.Errorf("%s of %s %v: %s", subs, dt, s, diff)
					}
				}
			}
		}
	}
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Complex64} {
		a := Arange(24).AsType(dt).Divide(7).Reshape(2, 3, 4)
		b := Arange(24).AsType(dt).Divide(3).Reshape(2, 4, 3)
		r := quickEinsum("bij,bjk->bik", []*Array{a, b})
		if diff := r.otherThan(EinsumWith("bij,bjk->bik", []*Array{a, b}, Casting(dtype.Safe))); diff != "" {
			t.Error(diff)
		}
	}
	if short < 100 {
		t.Errorf("only %d went the short way", short)
	}
}
