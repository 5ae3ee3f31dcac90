package buffer

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

// TestMain fails when blocks outside of the Go heap outlive all tests: maps,
// shared memory and growable blocks are closed, or unreachable and found so.
func TestMain(m *testing.M) {
	status := m.Run()
	if left := leaked(10 * time.Second); status == 0 && left != "" {
		fmt.Fprintf(os.Stderr, "blocks that outlive the tests:\n%s", left)
		status = 1
	}
	os.Exit(status)
}

// leaked collects garbage until no such block is left, at most for the time
// given, and lists what remains.
func leaked(patience time.Duration) (left string) {
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		runtime.GC() // cleanups run after it, in a goroutine of their own
		left = ""
		for _, l := range Live() {
			if l.Kind != Heap && l.Kind != Foreign {
				left += l.String() + "\n"
			}
		}
		if left == "" || time.Since(start) > patience {
			return left
		}
	}
}
