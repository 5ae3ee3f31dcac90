package nd

import (
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestLazySums compares sums of expressions of all kinds of lengths with those of the
// arrays, bit by bit: the pairwise tree has to be the same, however it is computed.
func TestLazySums(t *testing.T) {
	defer SetThreads(SetThreads(0))
	lengths := []int{7, 8, 9, 33, 127, 128, 129, 543, 544, 1000, 1023, 1024, 1025, 1040, 2048, 4099, 8192, 32767, 65536, 65537, 65600, 100_000, 131_073, 300_007, 1 << 19}
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32} {
		for _, n := range lengths {
			a := Arange(n).AsType(dt).Multiply(0.37).Remainder(17)
			b := Arange(n).AsType(dt).Multiply(0.11).Sin()
			row, even := b.Slice(R(0, 1)), a.Slice(R(0, n, 2))
			for _, threads := range []int{1, 3} {
				SetThreads(threads)
				for name, pair := range map[string][2]*Array{
					"square":  {a.Lazy().Subtract(b).Power(2).Sum().Eval(), a.Subtract(b).Power(2).Sum()},
					"twice":   {a.Lazy().Multiply(b).Add(b.Lazy().Multiply(3)).Sum().Eval(), a.Multiply(b).Add(b.Multiply(3)).Sum()},
					"number":  {b.Lazy().Multiply(row).Negative().Sum().Eval(), b.Multiply(row).Negative().Sum()},
					"mean":    {a.Lazy().Multiply(b).Mean().Eval(), a.Multiply(b).Mean()},
					"strided": {even.Lazy().Multiply(2).Sum().Eval(), even.Multiply(2).Sum()},
					"widened": {a.Lazy().Multiply(Arange(n).AsType(dtype.Int32)).Add(b.AsType(dtype.Float32)).Sum().Eval(), a.Multiply(Arange(n).AsType(dtype.Int32)).Add(b.AsType(dtype.Float32)).Sum()},
					"cast":    {a.Lazy().Multiply(b.AsType(dtype.Float32)).Sum().Eval(), a.Multiply(b.AsType(dtype.Float32)).Sum()},
					"double":  {a.Lazy().Subtract(b).Sum(DType(dtype.Float64)).Eval(), a.Subtract(b).Sum(DType(dtype.Float64))},
				} {
					got, want := pair[0].AsType(dtype.Float64).Item[float64](), pair[1].AsType(dtype.Float64).Item[float64]()
					if math.Float64bits(got) != math.Float64bits(want) {
						t.Errorf("%s of %d %s on %d threads: %v, eager %v", name, n, dt, threads, got, want)
					}
				}
			}
		}
	}
}

// TestLazyCounts sums bools, whose items may be any byte.
func TestLazyCounts(t *testing.T) {
	for _, n := range []int{0, 1, 100, 5000, 100_003} {
		a := Arange(n).AsType(dtype.Float64).Remainder(7)
		odd := Arange(n).Remainder(5).AsType(dtype.Uint8).View(dtype.Bool)
		for name, e := range map[string]*Lazy{
			"and":  a.Lazy().Greater(2).BitwiseAnd(a.Lazy().Less(6)),
			"view": odd.Lazy().LogicalOr(false),
			"raw":  odd.Lazy().BitwiseAnd(odd),
		} {
			for _, opts := range [][]Option{nil, {DType(dtype.Uint64)}, {DType(dtype.Int8)}, {DType(dtype.Float64)}, {KeepDims()}} {
				got, want := e.Sum(opts...).Eval(), e.Eval().Sum(opts...)
				if got.String() != want.String() || got.DType() != want.DType() {
					t.Errorf("%s of %d: %v %s, eager %v %s", name, n, got, got.DType(), want, want.DType())
				}
			}
		}
	}
}

// TestLazyCold compares fresh results, which bypass the caches, with those written into
// a given array: arithmetic that a tape does, and steps over blocks.
func TestLazyCold(t *testing.T) {
	defer SetThreads(SetThreads(0))
	cold := 0
	for _, n := range []int{33_011, 131_072, 300_011} {
		for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Int32, dtype.Int64} {
			a, b := Arange(n).Remainder(1001).AsType(dt), Arange(n).Remainder(77).AsType(dt)
			for i, e := range []*Lazy{
				a.Lazy().Multiply(b).Add(a.Lazy().Multiply(3)).Subtract(b),
				a.Lazy().Greater(b).BitwiseAnd(a.Lazy().Less(500)),
				a.Lazy().Greater(b).Where(a.Lazy().Add(b), b),
				a.AsType(dtype.Float64).Lazy().Multiply(b.AsType(dtype.Float32)).Add(Arange(n).AsType(dtype.Int32)).Subtract(b.AsType(dtype.Float32)),
				a.Lazy().Add(Arange(n).Remainder(5).AsType(dtype.Int16)).Multiply(b).AsType(dtype.Float64).Sqrt(),
			} {
				for _, threads := range []int{1, 2} {
					SetThreads(threads)
					fresh, given := e.Eval(), Zeros(e.DType(), n)
					e.Eval(Out(given))
					if fresh.Buffer().Cold() {
						cold++
					}
					if !fresh.Equal(given).AllTrue().Item[bool]() {
						t.Errorf("expression %d over %d %s on %d threads: the fresh result differs", i, n, dt, threads)
					}
				}
			}
		}
	}
	if cold < 30 {
		t.Errorf("only %d results were cold", cold)
	}
}
