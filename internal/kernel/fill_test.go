package kernel

import (
	"bytes"
	"testing"
	"unsafe"
)

// TestFillBlocks: items of any size, few and many, and nothing behind them.
func TestFillBlocks(t *testing.T) {
	for _, size := range []int{1, 2, 3, 4, 8, 16, 100, fillBlock + 1} {
		for _, bytesMade := range []int{1, 100, fillBlock - 1, fillBlock, 3*fillBlock + 7} {
			n := bytesMade/size + 1
			for _, first := range []byte{0, 1} { // of zeros, and of others
				item := make([]byte, size)
				for i := range item {
					item[i] = first * byte(i+1)
				}
				got := bytes.Repeat([]byte{0xa5}, n*size+16)
				Fill(unsafe.Pointer(&got[0]), unsafe.Pointer(&item[0]), size, n)
				if want := append(bytes.Repeat(item, n), bytes.Repeat([]byte{0xa5}, 16)...); !bytes.Equal(got, want) {
					t.Fatalf("%d items of %d bytes are wrong", n, size)
				}
			}
		}
	}
}
