package nd

import (
	"bytes"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// A long fresh result bypasses the caches, block by block. It has the bytes of one
// that was given: for all operations and kinds, at a length that leaves a rest in the
// last block, on one thread and on two.
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
