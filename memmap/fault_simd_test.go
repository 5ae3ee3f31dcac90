package memmap

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// scalarTime returns the least time of a few loops of scalar floating-point work
// on this thread.
func scalarTime() time.Duration {
	best, x := time.Hour, 0.5
	for range 30 {
		start := time.Now()
		for range 2000 {
			x = math.Exp(-x)
		}
		best = min(best, time.Since(start))
	}
	if x == 0 {
		panic("lost")
	}
	return best
}

// A fault in the middle of a vector loop leaves no trace in the CPU: scalar work
// after it is as fast and as right as before.
func TestFaultInAVectorLoopLeavesNoTrace(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	defer nd.SetThreads(nd.SetThreads(1))
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const n = 1 << 16
	path := filepath.Join(t.TempDir(), "x")
	loops := map[string]func(a, out *nd.Array){
		"add":      func(a, out *nd.Array) { a.Add(out, nd.Out(out)) },
		"multiply": func(a, out *nd.Array) { a.Multiply(1.5, nd.Out(out)) },
		"sum":      func(a, out *nd.Array) { a.Sum() },
		"less":     func(a, out *nd.Array) { a.Less(out) },
		"maximum":  func(a, out *nd.Array) { a.Maximum(out, nd.Out(out)) },
		"sqrt":     func(a, out *nd.Array) { a.Sqrt(nd.Out(out)) },
		"store":    func(a, out *nd.Array) { out.Add(1.0, nd.Out(a)) },
		"copy":     func(a, out *nd.Array) { out.Assign(a) },
		"shift":    func(a, out *nd.Array) { a.Index("1:").Assign(a.Index(":-1")) }, // backwards
	}
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32} {
		for name, loop := range loops {
			write(t, path, n*dt.ItemSize())
			a, err := Open(path, ReadWrite, dt)
			if err != nil {
				t.Fatal(err)
			}
			a.Fill(1)
			out := nd.Zeros(dt, n)
			loop(a, out)
			before := scalarTime()
			if err := os.Truncate(path, int64(n/2*dt.ItemSize())); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if err := nd.Try(func() { loop(a, out) }); !errors.Is(err, nd.ErrFault) {
					t.Fatalf("%s %s: %v", name, dt, err)
				}
			}
			if after := scalarTime(); after > 5*before {
				t.Errorf("%s %s: 2000 exponentials took %v before the fault, %v after it", name, dt, before, after)
			}
			// Memory is cleared and copied upwards still.
			b := make([]byte, 5000)
			for i := range b {
				b[i] = 7
			}
			clear(b[100:4900])
			copy(b[200:], b[:100])
			if b[99] != 7 || b[100] != 0 || b[4899] != 0 || b[4900] != 7 || b[299] != 7 || b[300] != 0 {
				t.Fatalf("%s: bytes are cleared in the wrong direction", name)
			}
			Close(a)
		}
	}
}
