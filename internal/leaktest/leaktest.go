// Package leaktest fails a package's tests when blocks outside of the Go heap
// outlive them: maps, shared memory, growable and anonymous blocks are closed, or
// unreachable and found so.
//
//	func TestMain(m *testing.M) { os.Exit(leaktest.Run(m)) }
//
// With ND_TRACE set in the environment the report names the places where the
// blocks were made, at the price of slower tests.
package leaktest

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/stride-go/nd/buffer"
)

// Run runs the tests of m, a *testing.M, and returns their exit status: 1 also
// when all of them pass and blocks are left.
func Run(m interface{ Run() int }) int {
	if os.Getenv("ND_TRACE") != "" {
		buffer.Trace(true)
	}
	status := m.Run()
	if left := Left(10 * time.Second); status == 0 && left != "" {
		fmt.Fprintf(os.Stderr, "blocks that outlive the tests (ND_TRACE=1 names the places):\n%s", left)
		return 1
	}
	return status
}

// Left collects garbage until no block outside of the Go heap is left, at most for
// the time given, and lists those that remain.
func Left(patience time.Duration) string {
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		runtime.GC() // cleanups run after it, in a goroutine of their own
		var left strings.Builder
		for _, l := range buffer.Live() {
			if l.Kind != buffer.Heap && l.Kind != buffer.Foreign {
				fmt.Fprintln(&left, l)
			}
		}
		if left.Len() == 0 || time.Since(start) > patience {
			return left.String()
		}
	}
}
