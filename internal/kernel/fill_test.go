package kernel

import (
	"bytes"
	"testing"
	"unsafe"
)

// TestFillBlocks: items of any size, few and many, and nothing before or behind them.
func TestFillBlocks(t *testing.T) {
	check := func(t *testing.T, size, n, before int, zero bool) {
		item := make([]byte, size)
		for i := range item {
			if !zero {
				item[i] = byte(i + 1)
			}
		}
		guard := bytes.Repeat([]byte{0xa5}, 80)
		got := bytes.Repeat([]byte{0xa5}, before+n*size+len(guard))
		Fill(unsafe.Pointer(&got[before]), unsafe.Pointer(&item[0]), size, n)
		want := append(bytes.Repeat([]byte{0xa5}, before), bytes.Repeat(item, n)...)
		if want = append(want, guard...); !bytes.Equal(got, want) {
			t.Fatalf("%d items of %d bytes from byte %d on are wrong", n, size, before)
		}
	}
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for _, size := range []int{1, 2, 3, 4, 8, 16, 100, fillBlock + 1} {
			for _, bytesMade := range []int{1, 100, fillBlock - 1, fillBlock, 3*fillBlock + 7, fillMost + 5} {
				check(t, size, bytesMade/size+1, 0, false)
				check(t, size, bytesMade/size+1, 0, true)
			}
			for n := 0; n <= 300 && size <= 16; n++ {
				check(t, size, n, n%67, false)
			}
		}
	}
}
