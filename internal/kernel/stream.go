package kernel

import "unsafe"

// streamLoop copies n bytes, a multiple of 128, between addresses that are
// multiples of 32, with stores that bypass the caches; nil if there is none.
var streamLoop func(dst, src unsafe.Pointer, n int)

// CanStream reports whether Stream bypasses the caches.
func CanStream() bool { return streamLoop != nil }

// Stream copies n bytes from src, a multiple of 64, to dst, past the caches where
// the machine can and dst is a multiple of 64: for results so large that none of
// them would be found in a cache later.
func Stream(dst, src unsafe.Pointer, n int) {
	m := 0
	if streamLoop != nil && uintptr(dst)&63 == 0 && uintptr(src)&63 == 0 {
		m = n &^ 127
		streamLoop(dst, src, m)
	}
	if m < n {
		copy(unsafe.Slice((*byte)(unsafe.Add(dst, m)), n-m), unsafe.Slice((*byte)(unsafe.Add(src, m)), n-m))
	}
}
