package npy

import (
	"runtime"
	"time"

	"github.com/stride-go/nd/buffer"
)

// leaked collects garbage until no such block is left, at most for the time
// given, and lists what remains.
func leaked(patience time.Duration) (left string) {
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		runtime.GC() // cleanups run after it, in a goroutine of their own
		left = ""
		for _, l := range buffer.Live() {
			if l.Kind != buffer.Heap && l.Kind != buffer.Foreign {
				left += l.String() + "\n"
			}
		}
		if left == "" || time.Since(start) > patience {
			return left
		}
	}
}
