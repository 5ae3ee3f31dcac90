package nd

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// letters returns a U1 array.
func letters(s string) *Array { return Of([]byte(s)).View(dtype.Bytes(1)).AsType(dtype.Str(1)) }

// TestStats holds the answers of NumPy 2.4.6: dtype, shape, items.
func TestStats(t *testing.T) {
	littleEndian(t)
	nan, inf := math.NaN(), math.Inf(1)
	f := Of([]float64{1.5, nan, 3.25, nan, -2.5, 0.125}).Reshape(2, 3)
	i := Arange(6).Reshape(2, 3)
	none := (*Array)(nil)
	i1, u1, f2, f4 := dtype.Int8, dtype.Uint8, dtype.Float16, dtype.Float32
	rec := func(dt string, a, b, c int) *Array {
		r := Zeros(parseDType(t, dt), 1)
		r.Field("a").Assign(a)
		r.Field("b").Assign(Of([]int{b, c}))
		return r
	}
	records := rec("[('a','i4'),('b','i2',(2,))]", 1, 2, 3)
	two := Zeros(parseDType(t, "[('a','f8'),('b','i2',(2,))]"), 2)
	two.Slice(To(1)).Assign(records)
	two.Slice(From(1)).Assign(rec("[('a','i4'),('b','i2',(2,))]", 1, 2, 4))
	for n, c := range []struct {
		got  *Array
		want string
	}{
		{f.NanSum(Axis(0)), "float64 (3,) 1.5 -2.5 3.375"},
		{f.NanProd(), "float64 () -1.5234375"},
		{f.NanMax(Axis(1)), "float64 (2,) 3.25 0.125"},
		{f.NanMin(), "float64 () -2.5"},
		{f.NanMean(Axis(1)), "float64 (2,) 2.375 -1.1875"},
		{f.NanVar(Axis(1)), "float64 (2,) 0.765625 1.72265625"},
		{f.NanStd(DDof(1)), "float64 () 2.4267927222296235"},
		{f.NanArgMax(Axis(1)), "int64 (2,) 2 2"},
		{f.NanArgMin(), "int64 () 4"},
		{f.NanCumSum(), "float64 (6,) 1.5 1.5 4.75 4.75 2.25 2.375"},
		{f.NanVar(Axis(0), DDof(1)), "float64 (3,) nan nan 4.8828125"},
		{Of([]float64{nan, nan}).NanMax(), "float64 () nan"},
		{f.ArgMax(), "int64 () 1"},
		{i.ArgMax(Axis(0)), "int64 (3,) 1 1 1"},
		{i.FlipLR().ArgMin(Axis(1), KeepDims()), "int64 (2, 1) 2 2"},
		{letters("bca").ArgMax(), "int64 () 1"},
		{i.CountNonzero(), "int64 () 5"},
		{i.CountNonzero(Axis(0)), "int64 (3,) 1 2 2"},
		{Of([]float64{1.15, 2.675, .15, 2.5, -0.5}).Round(1), "float64 (5,) 1.2 2.7 0.2 2.5 -0.5"},
		{Of([]int64{15, 25, -35, 1234}).Round(-1), "int64 (4,) 20 20 -40 1230"},
		{Of([]int8{15, 25, -35, 127}).Round(-1), "int8 (4,) 20 20 -40 -126"},
		{Of([]complex128{1.15 + 2.675i}).Round(1), "complex128 (1,) (1.2+2.7j)"},
		{Of([]float32{12345.678}).Round(-2), "float32 (1,) 12300.0"},
		{Of([]float64{1.25}).AsType(f2).Round(1).AsType(dtype.Float64), "float64 (1,) 1.2001953125"},
		{i.Round(0), "int64 (2, 3) 0 1 2 3 4 5"},
		{i.Clip(1, 4), "int64 (2, 3) 1 1 2 3 4 4"},
		{i.AsType(u1).Clip(-5, 300), "uint8 (2, 3) 0 1 2 3 4 5"},
		{i.AsType(u1).Clip(3, 300), "uint8 (2, 3) 3 3 3 3 4 5"},
		{i.Clip(none, 2), "int64 (2, 3) 0 1 2 2 2 2"},
		{f.Clip(0, 1), "float64 (2, 3) 1.0 nan 1.0 nan 0.0 0.125"},
		{i.Clip(1.5, 3.5), "float64 (2, 3) 1.5 1.5 2.0 3.0 3.5 3.5"},
		{Of([]float64{1, nan}).Clip(nan, 2), "float64 (2,) nan nan"},
		{Of([]float64{1, 1 + 1e-9, nan, inf}).IsClose(Of([]float64{1, 1, nan, inf})), "bool (4,) True True False True"},
		{Of([]float64{nan}).IsClose(nan, Tolerances{EqualNaN: true}), "bool (1,) True"},
		{i.Greater(2).Where(i, -1), "int64 (2, 3) -1 -1 -1 3 4 5"},
		{Of([]bool{true, false}).Where(1, 2.5), "float64 (2,) 1.0 2.5"},
		{i.AsType(i1).Greater(2).Where(i.AsType(f4), 1), "float32 (2, 3) 1.0 1.0 1.0 3.0 4.0 5.0"},
		{i.Greater(2).Where(letters("a"), letters("b")), "<U1 (2, 3) b b b a a a"},
		{i.Average(Of([]int64{1, 2, 3}), Axis(1)), "float64 (2,) 1.3333333333333333 4.333333333333333"},
		{i.Average(i), "float64 () 3.6666666666666665"},
		{i.Diff(1, Axis(0)), "int64 (1, 3) 3 3 3"},
		{Of([]int64{1, 4, 9, 16}).Diff(2), "int64 (2,) 2 2"},
		{Of([]bool{true, false, false}).Diff(1), "bool (2,) True False"},
		{i.Trace(0, nil), "int64 () 4"},
		{i.Trace(1, nil), "int64 () 6"},
		{i.Ptp(Axis(1)), "int64 (2,) 2 2"},
		{Of([]float32{float32(nan), float32(inf), 1.5}).NanToNum(), "float32 (3,) 0.0 3.4028235e+38 1.5"},
		{Of([]float64{nan, inf, -inf, 1.5}).NanToNum(NaNIs(-1), PosInfIs(inf), NegInfIs(Of([]int{1, 2, 3, 4}))), "float64 (4,) -1.0 inf 3.0 1.5"},
		{records.Equal(two), "bool (2,) True False"},
		{records.NotEqual(two), "bool (2,) False True"},
		{letters("ab").Equal(letters("ac")), "bool (2,) True False"},
		{letters("ab").Equal(1), "bool (2,) False False"},
		{i.NotEqual(letters("a")), "bool (2, 3) True True True True True True"},
		{Of([]float64{1, 2}).AsType(f2).Mean(), "float16 () 1.5"},
		{Of([]complex128{1 + 2i, 3 - 1i}).Var(), "float64 () 3.25"},
		{Of([]float64{}).Max(Initial(3)), "float64 () 3.0"},
		{i.Sum(Axis(0, 1), KeepDims()), "int64 (1, 1) 15"},
		{Of([]uint8{2, 3}).Prod(), "uint64 () 6"},
		{Of([]int8{100, 100}).CumSum(), "int64 (2,) 100 200"},
		{f.AnyTrue(Axis(0)), "bool (3,) True True True"},
		{Of([]int64{1, 0}).AllTrue(), "bool () False"},
	} {
		dt := c.got.DType().String()
		if got := dt + " " + shapeText(c.got.Shape()) + " " + texts(c.got); got != c.want {
			t.Errorf("%d: got  %s\nwant %s", n, got, c.want)
		}
	}
	if s := i.T().Greater(2).Where(i.T().AsType(f4), 1).Strides(); s[0] != 4 || s[1] != 12 {
		t.Errorf("where of transposed operands: strides %v", s)
	}
	for n, c := range []struct {
		f    func()
		want string
	}{
		{func() { Zeros(dtype.Float64, 0).ArgMax() }, "attempt to get argmax of an empty sequence"},
		{func() { Zeros(dtype.Float64, 3, 0).ArgMax(Axis(1)) }, "attempt to get argmax of an empty sequence"},
		{func() { Of([]float64{nan}).NanArgMax() }, "All-NaN slice encountered"},
		{func() { i.Average(Zeros(dtype.Int64, 2, 3)) }, "Weights sum to zero, can't be normalized"},
		{func() { letters("a").Less(1) }, "ufunc 'less' did not contain a loop with signature matching types (<class 'numpy.dtypes.StrDType'>, <class 'numpy.dtypes._PyLongDType'>) -> None"},
		{func() { records.Equal(Zeros(parseDType(t, "[('z','i4')]"), 1)) }, "Cannot compare structured arrays unless they have a common dtype.  I.e. `np.result_type(arr1, arr2)` must be defined."},
	} {
		if got := message(c.f); got != c.want {
			t.Errorf("%d: got %q, want %q", n, got, c.want)
		}
	}
	if !i.ArrayEqual(i.Add(0.0)) || i.ArrayEqual(i.Add(1)) || i.ArrayEqual(i.T()) || !f.ArrayEqual(f, true) || f.ArrayEqual(f) || !i.AllClose(i.Add(1e-12)) {
		t.Error("ArrayEqual or AllClose")
	}
}

// TestCumSumOfIntegers holds the short way of integers, summed in 64 bits, against the
// long way along an axis, at lengths that end anywhere and where a fresh result is
// stored past the caches.
func TestCumSumOfIntegers(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for k := dtype.KindInt8; k <= dtype.KindUint64; k++ {
		dt := dtype.OfKind(k)
		want := dtype.Uint64
		if dt.IsSigned() {
			want = dtype.Int64
		}
		for _, n := range []int{1, 2, 7, 8, 9, 63, 64, 65, 1000, 4099, 40_000, 100_003} {
			v := make([]uint64, n)
			for i := range v {
				v[i] = r.Uint64()
			}
			a := Of(v).AsType(dt, Casting(dtype.Unsafe))
			quick, long := a.CumSum(), a.CumSum(Axis(0))
			if quick.DType() != want || !quick.ArrayEqual(long) {
				t.Fatalf("%v n=%d: %v, want %v", dt, n, quick, long)
			}
		}
	}
}
