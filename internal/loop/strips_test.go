package loop

import (
	"bytes"
	"testing"
	"unsafe"
)

// TestLongTransposes holds transposed copies that go past the caches, and those of
// rows that do not begin at cache lines, against copies by strips.
func TestLongTransposes(t *testing.T) {
	for _, size := range []int{4, 8, 16} {
		for _, c := range []struct{ n, m, gap, off int }{
			{1024, 9 << 20 / 1024 / size, 0, 0},     // whole squares, lines
			{1031, 9<<20/1031/size + 3, 0, 0},       // neither
			{1031, 17<<20/1031/size + 3, 0, 0},      // nor lines, and longer than the caches
			{1027, 9<<20/1027/size + 5, 1, 0},       // lines by way of a gap
			{1040, 9 << 20 / 1040 / size, 2, size},  // lines, but not at their start
			{1040, 17 << 20 / 1040 / size, 2, size}, // the same, long
		} {
			ds := c.n * size
			switch c.gap {
			case 1:
				ds = (ds + 63) &^ 63
			case 2:
				ds = (ds+63)&^63 + 64
			}
			src := make([]byte, c.n*c.m*size)
			for i := range src {
				src[i] = byte(i ^ i>>7 ^ i>>15)
			}
			got, want := make([]byte, c.m*ds+128), make([]byte, c.m*ds+128)
			at := int(-uintptr(unsafe.Pointer(&got[0]))&63) + c.off
			moveTransposed(unsafe.Pointer(&got[at]), ds, unsafe.Pointer(&src[0]), c.m*size, size, c.n, c.m)
			moveStrips(unsafe.Pointer(&want[at]), ds, unsafe.Pointer(&src[0]), c.m*size, size, c.n, c.m)
			if !bytes.Equal(got, want) {
				t.Fatalf("size %d, %+v", size, c)
			}
		}
	}
}
