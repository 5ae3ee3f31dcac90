package buffer

import (
	"testing"
	"unsafe"
)

// Small blocks are counted by a sample of their addresses; whatever their distance,
// the sample must come near the truth.
func TestSmallBlocksAreCounted(t *testing.T) {
	defer roomSettled.Store(roomSettled.Load())
	defer blocksMade.Store(0)
	for _, size := range []int{16, 48, 176, 192, 240, 288} {
		const pages = 4096
		var seen int64
		var page [8192]byte
		start := uintptr(unsafe.Pointer(&page))
		for p := range uintptr(pages) {
			for at := 0; at+size <= 8192; at += size {
				roomSettled.Store(false)
				blocksMade.Store(-1 << 40)
				countSmall(start&^8191 + p*8192 + uintptr(at))
				if blocksMade.Load() > -1<<40 {
					seen++
				}
			}
		}
		made := int64(pages * (8192 / size))
		if seen*64 < made/2 || seen*64 > 2*made {
			t.Errorf("of %d blocks of %d bytes %d are seen", made, size, seen)
		}
	}
}
