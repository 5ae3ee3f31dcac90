package indexing

import (
	"bytes"
	"testing"
	"unsafe"
)

func TestTake(t *testing.T) {
	const n, guard = 19, 8
	for _, size := range []int{1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 32, 33} {
		for _, stride := range []int{size, size + 1, 3 * size} {
			src := make([]byte, n*stride)
			for i := range src {
				src[i] = byte(i*7 + 1)
			}
			places := []int64{3, 0, 18, 3, 7, 1, 2, 5, -1, 4, 6, -19, 8, 9, 10, 11, 12}
			for count := range len(places) + 1 {
				want := make([]byte, count*size+guard)
				for i, p := range places[:count] {
					copy(want[i*size:(i+1)*size], src[(int(p)+n)%n*stride:])
				}
				dst := make([]byte, len(want))
				if bad := Take(unsafe.Pointer(&dst[0]), unsafe.Pointer(&src[0]), size, stride, n, places[:count], count%2 == 0); bad != -1 {
					t.Fatalf("size %d stride %d: place %d is called bad", size, stride, bad)
				}
				if !bytes.Equal(dst, want) {
					t.Fatalf("size %d stride %d count %d: %v, want %v", size, stride, count, dst, want)
				}
			}
			for at := range places {
				for _, out := range []int64{n, -n - 1, 1 << 62, -1 << 63} {
					wrong := append([]int64(nil), places...)
					wrong[at] = out
					dst := make([]byte, len(places)*size)
					if bad := Take(unsafe.Pointer(&dst[0]), unsafe.Pointer(&src[0]), size, stride, n, wrong, at%2 == 0); bad != at {
						t.Errorf("size %d stride %d: %d at %d is found at %d", size, stride, out, at, bad)
					}
				}
			}
		}
	}
}
