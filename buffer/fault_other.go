//go:build !amd64

package buffer

// SettleCPU puts the CPU into the state that Go code expects. Whoever recovers
// from a fault on a goroutine of its own calls it; Guard.Done does. It has nothing
// to do here: the vector units of the other platforms have no state that slows
// plain code down.
func SettleCPU() {}
