package kernel

import (
	"bytes"
	"testing"
	"unsafe"
)

func TestStream(t *testing.T) {
	const guard = 64
	for _, n := range []int{0, 1, 127, 128, 129, 300, 4096, 5000} {
		for _, off := range []int{0, 8} { // aligned and not
			src, to := make([]uint64, n/8+24), make([]uint64, n/8+64)
			s, d := unsafe.Slice((*byte)(unsafe.Pointer(&src[0])), len(src)*8), unsafe.Slice((*byte)(unsafe.Pointer(&to[0])), len(to)*8)
			s = s[-uintptr(unsafe.Pointer(&s[0]))&63:][:n+64]
			d = d[-uintptr(unsafe.Pointer(&d[0]))&63:][:n+2*guard+64]
			for i := range s {
				s[i] = byte(i*7 + 1)
			}
			at := guard + off
			Stream(unsafe.Pointer(&d[at]), unsafe.Pointer(&s[0]), n)
			if !bytes.Equal(d[at:at+n], s[:n]) {
				t.Errorf("n=%d, offset %d: wrong bytes", n, off)
			}
			if !bytes.Equal(d[:at], make([]byte, at)) || !bytes.Equal(d[at+n:], make([]byte, len(d)-at-n)) {
				t.Errorf("n=%d, offset %d: wrote outside", n, off)
			}
		}
	}
}
