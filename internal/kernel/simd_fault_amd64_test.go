//go:build amd64 && unix

package kernel

import (
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestFaultsUnderSpills lets loops with a frame of their own fault, as on a file that was cut
// short: the collector may look at the stack before the panic has left them.
func TestFaultsUnderSpills(t *testing.T) {
	in := newFence(t)
	atLevel(t, func(t *testing.T, _ Level) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		for _, op := range []Op{Tanh, Arcsin, Log1p} {
			for _, k := range []dtype.Kind{kC64, kC128} {
				out := make([]byte, 1<<10)
				func() {
					defer func() {
						runtime.GC()
						if deep(1000); recover() == nil {
							t.Errorf("%v %s reads what is not there", op, letters[k])
						}
					}()
					tables[op].Find(k).Unary(first(out), first(in.last(8*itemSizes[k])), 16)
				}()
			}
		}
	})
}

// deep uses a stack of n frames.
func deep(n int) (sum int) {
	var room [64]int
	if room[n%64] = n; n > 0 {
		sum = deep(n - 1)
	}
	return sum + room[n%64]
}
