//go:build amd64 && unix

package kernel

import (
	"syscall"
	"testing"
)

// A fence is memory that ends where access faults, so that a loop that reads or
// writes past its last item dies.
type fence []byte

const fenceBytes = 1 << 16

func newFence(t testing.TB) fence {
	page := syscall.Getpagesize()
	m, err := syscall.Mmap(-1, 0, fenceBytes+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mprotect(m[fenceBytes:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	return fence(m[:fenceBytes])
}
