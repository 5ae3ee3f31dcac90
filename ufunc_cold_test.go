package nd

import (
	"bytes"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// A long fresh result bypasses the caches, straight from the loop or block by block. It
// has the bytes of one that was given: for all operations and kinds, at a length that
// leaves a rest in the last block, on one thread and on two.
func TestColdResults(t *testing.T) {
	defer SetThreads(SetThreads(1))
	n, names, least := 300_011, UfuncNames(), 500
	if testing.Short() {
		n, names, least = 263_011, []string{"add", "greater", "negative", "isnan", "bitwise_and", "clip"}, 40
	}
	cold := 0
	for _, name := range names {
		u, _ := UfuncNamed(name)
		if u.NOut() != 1 {
			continue
		}
		for _, k := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint16, dtype.Int32, dtype.Int64, dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex128} {
			in := make([]*Array, u.NIn())
			for i := range in {
				in[i] = Arange(i+1, n+i+1).Remainder(i + 7).AsType(k)
			}
			for threads := 1; threads <= 2; threads++ {
				SetThreads(threads)
				var fresh *Array
				if Try(func() { fresh = u.Apply(in)[0] }) != nil {
					continue // no loop for the kind
				}
				given := Zeros(fresh.DType(), n)
				u.Apply(in, Out(given))
				if fresh.Buffer().Cold() {
					cold++
				}
				x, errX := fresh.RawSpan()
				y, errY := given.RawSpan()
				if errX != nil || errY != nil || !bytes.Equal(x, y) {
					t.Errorf("%s of %s on %d threads: the fresh result differs", name, k, threads)
				}
			}
		}
	}
	if cold < least {
		t.Errorf("only %d results were cold", cold)
	}
}

// TestColdCopies: the same of copies and casts.
func TestColdCopies(t *testing.T) {
	kinds := []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint16, dtype.Int32, dtype.Int64, dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex128}
	const n = 300_011
	cold := 0
	for _, from := range kinds {
		a := Arange(n + 1).Remainder(101).AsType(from).Slice(From(1)) // not on a cache line
		for _, x := range []*Array{a, a.Copy()} {
			for _, to := range kinds {
				given := Zeros(to, n)
				given.Assign(x)
				fresh := x.AsType(to)
				if to == from {
					fresh = x.Copy()
				}
				if fresh.Buffer().Cold() {
					cold++
				}
				got, err := fresh.RawSpan()
				want, err2 := given.RawSpan()
				if err != nil || err2 != nil || !bytes.Equal(got, want) {
					t.Errorf("%s to %s: the fresh result differs", from, to)
				}
			}
		}
	}
	if cold < 100 {
		t.Errorf("only %d results were cold", cold)
	}
}

// TestColdPieces: the same of operands that come in pieces, whose rows are shorter and
// longer than what a loop streams by itself: a row for all, a number, rows with gaps.
func TestColdPieces(t *testing.T) {
	cold := 0
	for _, k := range []dtype.DType{dtype.Uint8, dtype.Int16, dtype.Float32, dtype.Float64, dtype.Complex128} {
		for _, cols := range []int{5, 33, 100, 511, 512, 515, 1500} {
			rows := 1_200_000/(cols*k.ItemSize()) + 1
			wide := Arange(rows*(cols+3)).Remainder(101).AsType(k).Reshape(rows, cols+3)
			a, row := wide.Slice(All, From(3)), wide.Slice(I(0), To(cols))
			for _, call := range []func(opts ...Option) *Array{
				func(opts ...Option) *Array { return a.Add(row, opts...) },
				func(opts ...Option) *Array { return row.Multiply(a, opts...) },
				func(opts ...Option) *Array { return a.Add(a, opts...) },
				func(opts ...Option) *Array { return a.Subtract(wide.Slice(I(1), I(1)), opts...) },
				func(opts ...Option) *Array { return a.NotEqual(row, opts...) },
			} {
				fresh := call()
				given := Zeros(fresh.DType(), rows, cols)
				call(Out(given))
				if fresh.Buffer().Cold() {
					cold++
				}
				x, errX := fresh.RawSpan()
				y, errY := given.RawSpan()
				if errX != nil || errY != nil || !bytes.Equal(x, y) {
					t.Errorf("%s, rows of %d: the fresh result differs", k, cols)
				}
			}
		}
	}
	if cold < 40 {
		t.Errorf("only %d results were cold", cold)
	}
}
