package nd

import (
	"bufio"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// noise returns n repeatable numbers of mixed sign and magnitude: a linear
// congruence (Knuth's MMIX constants), its top bits as a fraction, scaled by a
// power of two. testdata/reduce.py makes the same ones.
func noise(n int) []float64 {
	out := make([]float64, n)
	x := uint64(42)
	for i := range out {
		x = x*6364136223846793005 + 1442695040888963407
		f := float64(int64(x>>11)-1<<52) / (1 << 52)
		out[i] = math.Ldexp(f, int(x>>58)%24-12)
	}
	return out
}

// TestReduceBits holds sums, means, variances, products and extremes against
// NumPy 2.4.6, bit for bit, over sizes around the lengths at which the pairwise
// sum and the iterator's buffer change their ways, and over layouts and casts.
func TestReduceBits(t *testing.T) {
	littleEndian(t)
	f, err := os.Open("testdata/reduce.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	n := 0
	for lines.Scan() {
		var c struct {
			Op, DType, To  string
			Shape, Cut     []int
			Perm, Axis     []int
			Flip, Fortran  bool
			Out            string
			OutShape       []int
			Bits           []uint64
			AxisNone, Keep bool
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		size := 1
		for _, d := range c.Shape {
			size *= d
		}
		a := Of(noise(size)).Reshape(c.Shape...)
		order := C
		if c.Fortran {
			order = F
		}
		dt := parseDType(t, c.DType)
		if dt.IsInteger() {
			a = a.Multiply(16)
		}
		a = a.AsType(dt, OrderIs(order))
		index := make([]Idx, len(c.Cut))
		for i, d := range c.Cut {
			index[i] = To(d)
			if c.Flip && i == len(c.Cut)-1 {
				index[i] = R(d-1, -c.Shape[i]-1, -1)
			}
		}
		a = a.Slice(index...)
		if len(c.Perm) > 0 {
			a = a.Transpose(c.Perm...)
		}
		var opts []Option
		if !c.AxisNone {
			opts = append(opts, Axis(c.Axis...))
		}
		if c.Keep {
			opts = append(opts, KeepDims())
		}
		if c.To != "" {
			opts = append(opts, DType(parseDType(t, c.To)))
		}
		var r *Array
		switch c.Op {
		case "sum":
			r = a.Sum(opts...)
		case "prod":
			r = a.Prod(opts...)
		case "max":
			r = a.Max(opts...)
		case "min":
			r = a.Min(opts...)
		case "mean":
			r = a.Mean(opts...)
		case "var":
			r = a.Var(opts...)
		case "std":
			r = a.Std(opts...)
		case "cumsum":
			r = a.CumSum(opts...)
		case "any":
			r = a.AnyTrue(opts...)
		}
		n++
		if got := r.DType().TypeStr(); got != c.Out {
			t.Errorf("%s: dtype %s, want %s", lines.Text()[:120], got, c.Out)
			continue
		}
		if shapeText(r.Shape()) != shapeText(c.OutShape) {
			t.Errorf("%s: shape %v, want %v", lines.Text()[:120], r.Shape(), c.OutShape)
			continue
		}
		for i, got := range wordsOf(r) {
			if got != c.Bits[i] {
				t.Errorf("%.200s: item %d is %x, want %x", lines.Text(), i, got, c.Bits[i])
				break
			}
		}
	}
	if n < 100 {
		t.Fatalf("%d cases", n)
	}
}

// wordsOf returns the bits of every item in C order, complex items as two words.
func wordsOf(a *Array) []uint64 {
	c := a.Copy()
	w := c.ItemSize()
	if c.dtype.IsComplex() {
		w /= 2
	}
	kinds := map[int]dtype.DType{1: dtype.Uint8, 2: dtype.Uint16, 4: dtype.Uint32, 8: dtype.Uint64}
	flat := newArray(c.buf, kinds[w], layout.Layout{Shape: []int{c.NBytes() / w}, Strides: []int{w}}, 0, nil).AsType(dtype.Uint64)
	out, _ := flat.Data[uint64]()
	return out
}

func TestReduceMessages(t *testing.T) {
	z := func(shape ...int) *Array { return Zeros(dtype.Float64, shape...) }
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { z(0, 3).Max() }, "zero-size array to reduction operation maximum which has no identity"},
		{func() { Maximum.Reduce(z(0, 3)) }, "zero-size array to reduction operation maximum which has no identity"},
		{func() { z(2, 3).Sum(Axis(2)) }, "axis 2 is out of bounds for array of dimension 2"},
		{func() { z(2, 3).Sum(Axis(0, 0)) }, "duplicate value in 'axis'"},
		{func() { Subtract.Reduce(z(2, 3), AllAxes()) }, "reduction operation 'subtract' is not reorderable, so at most one axis may be specified"},
		{func() { Less.Reduce(z(3)) }, "No loop matching the specified signature and casting was found for ufunc less"},
		{func() { z(3).Max(Where(Of([]bool{true, false, true}))) }, "reduction operation 'maximum' does not have an identity, so to use a where mask one has to specify 'initial'"},
		{func() { z(2, 3).Sum(Axis(0), Out(z(2))) }, "operands could not be broadcast together with remapped shapes [original->remapped]: (2,)->(2) (2,3) "},
		{func() { z(2, 3).Sum(Axis(1), Out(z(3))) }, "operands could not be broadcast together with remapped shapes [original->remapped]: (3,)->(3,newaxis) (2,3) "},
		{func() { z(2, 3).Sum(Axis(1), Out(z(3, 1))) }, "output parameter for reduction operation add has the wrong number of dimensions: Found 2 but expected 1"},
		{func() { Add.ReduceAt(z(3), []int{0, 3}) }, "index 3 out-of-bounds in add.reduceat [0, 3)"},
		{func() { z(2).Sum(DDof(1)) }, "sum() got an unexpected keyword argument 'ddof'"},
		{func() {
			r := z(2)
			r.SetWriteable(false)
			Add.At(r, 1, Ints(0))
		}, "assignment destination is read-only"},
	} {
		if got := message(c.f); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
	if got := Maximum.Reduce(z(0, 3), Axis(1)); got.Size() != 0 {
		t.Errorf("max along a full axis of nothing: %v", got.Shape())
	}
}

func TestAlong(t *testing.T) {
	a := Arange(10)
	m := Arange(6).Reshape(2, 3)
	for i, c := range []struct {
		got  *Array
		want string
	}{
		{Add.ReduceAt(a, []int{0, 4, 1, 9}), "6 4 36 9"},
		{Add.ReduceAt(m, []int{0, 2, 1}, Axis(1)), "1 2 3 7 5 9"},
		{Subtract.Accumulate(a.Slice(To(4))), "0 -1 -3 -6"},
		{Subtract.Reduce(a.Slice(R(1, 5))), "-8"},
		{Add.Accumulate(m), "0 1 2 3 5 7"},
		{Add.Accumulate(m.T()), "0 3 1 7 3 12"},
		{m.CumSum(), "0 1 3 6 10 15"},
		{m.CumSum(Axis(1)), "0 1 3 3 7 12"},
		{m.CumProd(Axis(0)), "0 1 2 0 4 10"},
		{LogicalAnd.Accumulate(Of([]int64{2, 3, 0, 4})), "True True False False"},
		{LogicalAnd.Reduce(Of([]int64{2, 3, 4})), "True"},
		{Multiply.Outer(a.Slice(R(1, 4)), a.Slice(R(2, 4))), "2 3 4 6 6 9"},
		{Maximum.Reduce(m, AllAxes()), "5"},
		{m.Sum(Axis(0), Where(Of([]bool{true, false, true}))), "3 0 7"},
		{m.Sum(Axis(1), Where(Of([]bool{true, false, true}))), "2 8"},
		{m.Max(Initial(4), Axis(1)), "4 5"},
		{m.Mean(Axis(0)), "1.5 2.5 3.5"},
		{m.Mean(Where(Of([]bool{true, false, true}))), "2.5"},
		{m.Var(Axis(1), DDof(1)), "1.0 1.0"},
		{m.Ptp(Axis(0)), "3 3 3"},
		{BitwiseAnd.Reduce(Of([]uint8{7, 14})), "6"},
		{Divide.Reduce(Of([]int64{8, 2, 2})), "2.0"},
		{Zeros(dtype.Int8, 0).Sum(), "0"},
		{Zeros(dtype.Bool, 0).AllTrue(), "True"},
		{m.Sum(Axis()), "0 1 2 3 4 5"},
		{Of([]bool{true, true}).Sum(), "2"},
		{Of([]int8{100, 100}).Sum(), "200"},
		{Of([]float64{1, 2}).Sum(DType(dtype.Int8)), "3"},
	} {
		if got := texts(c.got); got != c.want {
			t.Errorf("%d: %s, want %s", i, got, c.want)
		}
	}
	shift := Arange(5)
	Add.Accumulate(shift.Slice(To(4)), Out(shift.Slice(From(1))))
	if texts(shift) != "0 0 1 3 6" {
		t.Errorf("cumsum into its own shift: %s", texts(shift))
	}
}

func TestAt(t *testing.T) {
	a := Zeros(dtype.Float32, 4)
	Add.At(a, 1, Ints(0, 0, 3, -1))
	if texts(a) != "2.0 0.0 0.0 2.0" {
		t.Errorf("add.at: %s", texts(a))
	}
	b := Zeros(parseDType(t, ">i2"), 2, 3)
	Add.At(b, Of([]int64{1, 2, 3}), I(1), Ints(2, 2, 0))
	if texts(b) != "0 0 0 3 0 3" {
		t.Errorf("add.at on >i2: %s", texts(b))
	}
	Negative.At(b, Ints(1, 1))
	if texts(b) != "0 0 0 3 0 3" {
		t.Errorf("negative.at twice: %s", texts(b))
	}
	c := Of([]int64{0, 1})
	Add.At(c, 1.75, Ints(1, 1))
	if texts(c) != "0 3" {
		t.Errorf("add.at of fractions on int64, which are cut each time: %s", texts(c))
	}
}

// TestSumsOfIntegers holds the sums of bools and integers in 64 bits against those of
// items cast before, and their means, which are formed in float64, against the long way
// along an axis, bit for bit.
func TestSumsOfIntegers(t *testing.T) {
	defer SetThreads(SetThreads(2))
	r := rand.New(rand.NewPCG(7, 7))
	for k := dtype.KindBool; k <= dtype.KindUint64; k++ {
		dt, wide := dtype.OfKind(k), dtype.Uint64
		if dt.IsSigned() || k == dtype.KindBool {
			wide = dtype.Int64
		}
		same := func(what string, got, want *Array) {
			t.Helper()
			if got.DType() != want.DType() || !got.ArrayEqual(want) {
				t.Fatalf("%s of %v: %v, want %v", what, dt, got, want)
			}
		}
		for _, n := range []int{1, 7, 100, 8191, 8192, 8193, 20_000, 100_003, 1_200_001} {
			v := make([]uint64, n)
			for i := range v {
				v[i] = r.Uint64()
			}
			a := Of(v).AsType(dt, Casting(dtype.Unsafe))
			for _, threads := range []int{1, 2} {
				SetThreads(threads)
				same("sum", a.Sum(), a.AsType(wide).Sum())
				same("mean", a.Mean(), a.Mean(Axis(0)))
				same("sum with initial", a.Sum(Initial(5)), a.AsType(wide).Sum(Initial(5)))
			}
			if n < 100 {
				continue
			}
			m := a.Slice(To(n/50*50)).Reshape(n/50, 50)
			for name, x := range map[string]*Array{"rows": m, "columns": m.T(), "every second row": m.Slice(Step(2)), "some columns": m.Slice(All, R(3, 40)), "turned": m.Slice(All, Step(-1))} {
				for _, axis := range []int{0, 1} {
					same("sum of "+name, x.Sum(Axis(axis)), x.AsType(wide).Sum(Axis(axis)))
				}
			}
		}
	}
}
