package nd

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

func TestDotMessages(t *testing.T) {
	z := func(shape ...int) *Array { return Zeros(dtype.Float64, shape...) }
	mismatch := "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)"
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { z(2, 3).MatMul(z(2, 3)) }, mismatch},
		{func() { z(3).MatMul(z(2)) }, mismatch},
		{func() { z(2, 3).MatMul(z(2)) }, mismatch},
		{func() { z(5, 2, 3).MatMul(z(4, 3, 2)) }, "operands could not be broadcast together with remapped shapes [original->remapped]: (5,2,3)->(5,newaxis,newaxis) (4,3,2)->(4,newaxis,newaxis)  and requested shape (2,2)"},
		{func() { z().MatMul(z(2)) }, "matmul: Input operand 0 does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)"},
		{func() { z(2, 3).MatMul(z(3, 2), Out(z(2, 3))) }, "matmul: Output operand 0 has a mismatch in its core dimension 1, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 3 is different from 2)"},
		{func() { z(2, 3).MatMul(z(3, 2), Out(Zeros(dtype.Int32, 2, 2))) }, "Cannot cast ufunc 'matmul' output from dtype('float64') to dtype('int32') with casting rule 'same_kind'"},
		{func() { z(2, 3).Dot(z(2, 3)) }, "shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)"},
		{func() { z(3).Dot(z(2)) }, "shapes (3,) and (2,) not aligned: 3 (dim 0) != 2 (dim 0)"},
		{func() { z(2, 3, 4).Dot(z(3, 5, 5)) }, "shapes (2,3,4) and (3,5,5) not aligned: 4 (dim 2) != 5 (dim 1)"},
		{func() { z(2, 3).Inner(z(4, 2)) }, "shapes (2,3) and (2,4) not aligned: 3 (dim 1) != 2 (dim 0)"},
		{func() { z(2, 3, 4).TensorDotN(z(3, 5, 5), 2) }, "shape-mismatch for sum"},
		{func() { z(2, 3).Dot(z(3, 2), Out(Zeros(dtype.Float32, 2, 2))) }, "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)"},
	} {
		if got := message(c.f); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

// TestMatMul compares products with the sum of elementwise products, which is
// exact for small integers, over kinds, shapes and layouts.
func TestMatMul(t *testing.T) {
	for _, dt := range numericDTypes {
		for _, c := range [][2][]int{{{2, 3}, {3, 4}}, {{5, 7}, {7, 1}}, {{1, 300}, {300, 3}}, {{3, 2, 5}, {5, 2}}, {{2, 1, 2, 6}, {3, 6, 2}}, {{4}, {4, 2}}, {{2, 4}, {4}}, {{4}, {4}}, {{2, 0}, {0, 2}}, {{9, 5}, {5, 270}}} {
			a, b := Arange(prod(c[0])).Remainder(3).AsType(dt).Reshape(c[0]...), Arange(prod(c[1])).Remainder(2).AsType(dt).Reshape(c[1]...)
			if dt.Kind() == dtype.KindBool {
				continue
			}
			x, y := a, b
			if x.NDim() == 1 {
				x = x.ExpandDims(0)
			}
			if y.NDim() == 1 {
				y = y.ExpandDims(1)
			}
			want := x.ExpandDims(x.NDim()).Multiply(y.ExpandDims(y.NDim()-2)).Sum(Axis(-2), DType(dt))
			for _, la := range layouts(a) {
				for _, lb := range layouts(b) {
					got := la.array.MatMul(lb.array)
					if got.DType() != dt || texts(got) != texts(want) {
						t.Fatalf("%s %v @ %v, %s and %s: %s, want %s", dt, c[0], c[1], la.name, lb.name, texts(got), texts(want))
					}
				}
			}
		}
	}
	a := Arange(24).Reshape(2, 3, 4)
	if d := a.Dot(Arange(60).Reshape(3, 4, 5)); shapeText(d.Shape()) != "(2, 3, 3, 5)" || texts(d.Slice(I(1), I(2), I(1), I(3))) != "2648" {
		t.Errorf("dot: %v %s", d.Shape(), texts(d.Slice(I(1), I(2), I(1), I(3))))
	}
	if d := a.TensorDotN(Arange(60).Reshape(3, 4, 5), 2); texts(d) != "2530 2596 2662 2728 2794 6490 6700 6910 7120 7330" {
		t.Errorf("tensordot: %s", texts(d))
	}
	v := Of([]complex128{1i, 2})
	if texts(v.VDot(v)) != "(5+0j)" || texts(v.VecDot(v)) != "(5+0j)" {
		t.Errorf("vdot: %s", texts(v.VDot(v)))
	}
	o := Of([]bool{true, false, true}).Reshape(1, 3)
	if texts(o.MatMul(o.T())) != "True" || o.MatMul(o.T()).DType() != dtype.Bool {
		t.Error("bool product")
	}
}

func prod(s []int) int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

// TestDotOfVectors holds the short way of two dense vectors of one kind against the long
// way, which a given dtype asks for.
func TestDotOfVectors(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 9))
	for k := dtype.KindBool; k <= dtype.KindComplex128; k++ {
		dt := dtype.OfKind(k)
		if !dt.IsNumeric() {
			continue
		}
		for _, n := range []int{1, 2, 3, 7, 8, 17, 100, 1000, 1003, 70_001} {
			v := make([]float64, 2*n)
			for i := range v {
				v[i] = float64(r.IntN(64))/8 - 2
			}
			w := Of(v).AsType(dt, Casting(dtype.Unsafe))
			a, b := w.Slice(To(n)), w.Slice(From(n))
			want := a.MatMul(b, DType(dt))
			for _, got := range []*Array{a.Dot(b), a.MatMul(b)} {
				if got.DType() != dt || got.NDim() != 0 || !got.ArrayEqual(want) {
					t.Fatalf("%v n=%d: %v, want %v", dt, n, got, want)
				}
			}
			func() {
				defer func() {
					if e, ok := recover().(*Error); !ok || !errors.Is(e, ErrShape) {
						t.Fatalf("%v: vectors of %d and %d items: %v", dt, n, n+1, e)
					}
				}()
				a.Dot(w.Slice(To(n + 1)))
			}()
		}
	}
}

// VDot of whole numbers is exact, whichever loop sums them.
func TestVDotConjugates(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Complex64, dtype.Complex128} {
		for _, n := range []int{1, 2, 3, 7, 16, 61, 1000, 70_001} {
			x, y, want := make([]complex128, n), make([]complex128, n), complex128(0)
			for i := range x {
				x[i], y[i] = complex(float64(i%5-2), float64(i%7-3)), complex(float64(i%3-1), float64(i%11-5))
				want += complex(real(x[i]), -imag(x[i])) * y[i]
			}
			a, b := Of(x).AsType(dt), Of(y).AsType(dt)
			if got := a.VDot(b); got.dtype != dt || got.NDim() != 0 || got.AsType(dtype.Complex128).At[complex128]() != want {
				t.Errorf("%s, %d items: %v, want %v", dt, n, got, want)
			}
			if got := a.Flip().VDot(b.Flip()).AsType(dtype.Complex128).At[complex128](); got != want {
				t.Errorf("%s, %d items backwards: %v, want %v", dt, n, got, want)
			}
		}
	}
}

// TestCopiesForProductsEnd computes what copies its operands for the product and releases
// the copies: neither operands nor earlier results are among them.
func TestCopiesForProductsEnd(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Complex128, dtype.Int64} {
		a := Arange(7*8*9).Reshape(7, 8, 9).AsType(dt)
		b := a.Add(1).Transpose(1, 0, 2)
		m := a.Reshape(7, 72).T()
		for _, f := range []func() *Array{
			func() *Array { return a.TensorDot(b, []int{0, 1}, []int{1, 0}) },
			func() *Array { return b.TensorDot(a, []int{1, 2}, []int{0, 2}) },
			func() *Array { return a.TensorDot(a, []int{0, 2}, []int{0, 2}) },
			func() *Array { return Einsum("ijk,jil->kl", a, b) },
			func() *Array { return Einsum("ijk,jil,ijm->klm", a, b, a) },
			func() *Array { return Cov(m, nil) },
			func() *Array { return Cov(m, m, RowVar(false)) },
		} {
			was, of := f(), a.Copy()
			want := was.Copy()
			for range 3 {
				if again := f(); !again.ArrayEqual(want) || !was.ArrayEqual(want) || !a.ArrayEqual(of) {
					t.Fatalf("%v: %v, then %v", dt, want, again)
				}
			}
		}
	}
}
