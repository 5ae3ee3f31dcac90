package kernel

import (
	"testing"
	"unsafe"
)

// TestByteShifts holds the shifts of every byte by every count against Go's, at
// every level.
func TestByteShifts(t *testing.T) {
	defer SetLevel(CurrentLevel())
	const n = 1 << 16
	x, y, got := make([]uint8, n), make([]uint8, n), make([]uint8, n)
	for i := range x {
		x[i], y[i] = uint8(i), uint8(i>>8)
	}
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for _, op := range []Op{LeftShift, RightShift} {
			for _, e := range Lookup(op).Entries {
				if e.In[0] != kU8 && e.In[0] != kI8 {
					continue
				}
				e.Binary(unsafe.Pointer(&got[0]), unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0]), n)
				for i, z := range got {
					want := x[i] << y[i]
					switch {
					case op == RightShift && e.In[0] == kU8:
						want = x[i] >> y[i]
					case op == RightShift:
						want = uint8(int8(x[i]) >> y[i])
					}
					if z != want {
						t.Fatalf("%v at %v of %v: %#x by %d is %#x, want %#x", op, l, e.In[0], x[i], y[i], z, want)
					}
				}
			}
		}
	}
}
