//go:build !linux

package buffer

import (
	"math"
	"runtime"
	"runtime/debug"
)

// available returns a bound that no machine of today exceeds: the platform has
// no cheap honest answer, and the address space is what the runtime can reserve.
func available() (int64, bool) {
	if math.MaxInt == math.MaxInt32 {
		return 1 << 30, true
	}
	if runtime.GOARCH == "wasm" {
		return 2 << 30, true // addresses of 32 bits, whatever the width of an int
	}
	return 1 << 38, true
}

// Reclaim returns the garbage of the Go heap to the system.
func Reclaim() { debug.FreeOSMemory() }
