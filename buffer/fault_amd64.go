package buffer

import "golang.org/x/sys/cpu"

// settle puts the CPU into the state that Go code expects, after a fault has
// ended a loop halfway: string instructions go upwards, and with avx the upper
// halves of the vector registers are clear. Loops leave them dirty on purpose and
// clear them at their end; as long as they are dirty, every SSE instruction of
// this thread waits for them (math.Exp has been seen 160 times slower).
//
//go:noescape
func settle(avx bool)

// SettleCPU puts the CPU into the state that Go code expects. Whoever recovers
// from a fault on a goroutine of its own calls it; Guard.Done does.
func SettleCPU() { settle(cpu.X86.HasAVX) }
