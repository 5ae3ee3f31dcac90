package nd

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// TestThreadsSweep prints what two goroutines gain over one by the amount of work,
// for the thresholds in internal/parallel/thresholds.go. It asserts nothing about times and runs only if asked:
//
//	ND_SWEEP=1 go test . -run ThreadsSweep -v
//
// In the column warm one call follows another; in cold the helper has parked before
// each call. Ratios above 1 are gains; both are medians of interleaved calls.
func TestThreadsSweep(t *testing.T) {
	if os.Getenv("ND_SWEEP") == "" {
		t.Skip("measures for seconds; asked for by ND_SWEEP")
	}
	defer SetThreads(SetThreads(2))
	const most = 1 << 21
	x, y, z := Ones(dtype.Float64, most), Ones(dtype.Float64, most), Ones(dtype.Float64, most)
	at := func(a *Array, lo int) unsafe.Pointer { return unsafe.Add(a.ptr(), 8*lo) }
	add := kernel.Lookup(kernel.Add).Find(dtype.KindFloat64, dtype.KindFloat64)
	exp := kernel.Lookup(kernel.Exp).Find(dtype.KindFloat64)
	sqrt := kernel.Lookup(kernel.Sqrt).Find(dtype.KindFloat64)
	var sums [4096][8]float64
	works := []struct {
		name string
		f    func(lo, hi int)
	}{
		{"add", func(lo, hi int) { add.Binary(at(z, lo), at(x, lo), at(y, lo), hi-lo) }},
		{"sum", func(lo, hi int) { add.Reduce(unsafe.Pointer(&sums[lo>>10&4095]), at(x, lo), 8, hi-lo) }},
		{"copy", func(lo, hi int) {
			copy(unsafe.Slice((*float64)(at(z, lo)), hi-lo), unsafe.Slice((*float64)(at(x, lo)), hi-lo))
		}},
		{"sqrt", func(lo, hi int) { sqrt.Unary(at(z, lo), at(x, lo), hi-lo) }},
		{"exp", func(lo, hi int) { exp.Unary(at(z, lo), at(x, lo), hi-lo) }},
	}
	for _, w := range works {
		for n := 1 << 12; n <= most; n *= 2 {
			rounds := max(15, min(400, 1<<22/n))
			measure := func(pause time.Duration) (one, gain float64) {
				var ones, ratios []float64
				for range rounds {
					time.Sleep(pause)
					start := time.Now()
					w.f(0, n)
					a := float64(time.Since(start))
					time.Sleep(pause)
					start = time.Now()
					parallel.For(n, n/2, w.f)
					ones, ratios = append(ones, a), append(ratios, a/float64(time.Since(start)))
				}
				slices.Sort(ones)
				slices.Sort(ratios)
				return ones[len(ones)/2], ratios[len(ratios)/2]
			}
			one, warm := measure(0)
			_, cold := measure(300 * time.Microsecond)
			fmt.Printf("%-5s %8d items %9.1f us on one  warm %.2f  cold %.2f\n", w.name, n, one/1e3, warm, cold)
		}
	}
}
