//go:build !linux

package buffer

import "unsafe"

// askHuge does nothing: these systems choose page sizes by themselves.
func askHuge(unsafe.Pointer, int) {}

// askAround does nothing either.
func askAround(unsafe.Pointer, int) {}
