//go:build !linux

package buffer

// totalMemory returns a bound that fits many reservations into any 64-bit
// address space: these platforms have no portable answer.
func totalMemory() int64 { return 1 << 37 }

const noReserve = 0

const receiveFlags = 0
