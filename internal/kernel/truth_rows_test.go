package kernel

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestTruthRows holds rows of any bytes and zeros of both signs against the count of their
// true items.
func TestTruthRows(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	for _, k := range []dtype.Kind{kBool, kI8, kU8, kI16, kU16, kF16, kI32, kU32, kF32, kI64, kU64, kF64} {
		size := itemSizes[k]
		truth := searches[k].count
		for m := range TruthRowsMost + 1 {
			const rows, gap, step = 7, 3, 2
			stride := (m + gap) * size
			b := make([]byte, rows*stride+size)
			for i := range b {
				b[i] = byte(r.Uint32())
			}
			for i := 0; i < len(b); i += size {
				if r.IntN(max(m, 1)) > 0 == (m%2 > 0) {
					clear(b[i : i+size])
					if (k == kF16 || k == kF32 || k == kF64) && r.IntN(2) > 0 {
						b[i+size-1] = 0x80 // on little-endian machines a negative zero
					}
				}
			}
			for _, op := range []Op{LogicalOr, LogicalAnd} {
				var acc, want [rows * step]bool
				for i := range acc {
					acc[i] = r.IntN(2) > 0
				}
				want = acc
				for i := range rows {
					n := 0
					if m > 0 {
						n = truth(unsafe.Pointer(&b[i*stride]), size, m)
					}
					if op == LogicalOr {
						want[i*step] = want[i*step] || n > 0
					} else {
						want[i*step] = want[i*step] && n == m
					}
				}
				TruthRowsOf(op, k)(unsafe.Pointer(&acc), step, unsafe.Pointer(&b[0]), stride, m, rows)
				if acc != want {
					t.Fatalf("%v of rows of %d %s: %v, want %v", op, m, letters[k], acc, want)
				}
			}
		}
	}
	if TruthRowsOf(Add, kBool) != nil || TruthRowsOf(LogicalOr, kC64) != nil {
		t.Error("loops that there are not")
	}
}
