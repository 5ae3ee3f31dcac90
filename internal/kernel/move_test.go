package kernel

import (
	"bytes"
	"testing"
	"unsafe"
)

var moveSizes = []int{1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 32, 33}

func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + 1)
	}
	return b
}

func ptr(b []byte, i int) unsafe.Pointer { return unsafe.Pointer(&b[i]) }

// TestMoves compares every move with its definition, at addresses of every
// misalignment, for strides longer than an item, negative and zero.
func TestMoves(t *testing.T) {
	const n = 19
	for _, size := range moveSizes {
		for _, stride := range []int{size, size + 1, 3 * size, -size, -2*size - 1, 0} {
			for off := range 3 {
				step := max(stride, -stride)
				src := pattern(n*step + size + 8)
				first := off
				if stride < 0 {
					first += (n - 1) * step
				}
				item := func(b []byte, i int) []byte { return b[first+i*stride:][:size] }

				dst := make([]byte, n*size+8)
				Gather(ptr(dst, off), ptr(src, first), stride, size, n)
				want := make([]byte, len(dst))
				for i := range n {
					copy(want[off+i*size:], item(src, i))
				}
				if !bytes.Equal(dst, want) {
					t.Fatalf("Gather size %d stride %d", size, stride)
				}

				flat := pattern(n*size + 8)
				dst = make([]byte, len(src))
				Scatter(ptr(dst, first), ptr(flat, off), stride, size, n)
				want = make([]byte, len(dst))
				for i := range n {
					copy(item(want, i), flat[off+i*size:])
				}
				if !bytes.Equal(dst, want) {
					t.Fatalf("Scatter size %d stride %d", size, stride)
				}
			}
		}
	}
}

// TestCompress has a byte mask pick items of every length, with nothing written behind.
func TestCompress(t *testing.T) {
	mask := []byte{1, 0, 0, 2, 255, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1}
	for size := 1; size <= CompressMost; size++ {
		for off := range 3 {
			src, dst, want := pattern(len(mask)*size+8), make([]byte, len(mask)*size+8), make([]byte, len(mask)*size+8)
			k := 0
			for i, m := range mask {
				if m != 0 {
					copy(want[off+k*size:], src[1+i*size:][:size])
					k++
				}
			}
			if got := Compress(ptr(dst, off), ptr(src, 1), size, mask); got != k || !bytes.Equal(dst[:off+k*size], want[:off+k*size]) {
				t.Fatalf("size %d: %d items, want %d", size, got, k)
			}
		}
	}
}

// TestCopyMovesOnce: items that go down by one place in their own memory, as if the runs were
// allowed to meet, are where they belong after one pass and nowhere else.
func TestCopyMovesOnce(t *testing.T) {
	const n = 19
	for _, size := range moveSizes {
		stride := 2*size + 1
		got := pattern((n + 1) * stride)
		want := bytes.Clone(got)
		for i := range n {
			copy(want[i*stride:][:size], want[(i+1)*stride:][:size])
		}
		Copy(ptr(got, 0), stride, ptr(got, stride), stride, size, n)
		if !bytes.Equal(got, want) {
			t.Errorf("items of %d bytes were not copied once", size)
		}
	}
}

func TestFill(t *testing.T) {
	for _, size := range moveSizes {
		for n := range 41 {
			item := pattern(size)
			dst := make([]byte, n*size+9)
			Fill(ptr(dst, 1), ptr(item, 0), size, n)
			if want := "\x00" + string(bytes.Repeat(item, n)) + "\x00\x00\x00\x00\x00\x00\x00\x00"; string(dst) != want {
				t.Fatalf("size %d, %d items", size, n)
			}
		}
	}
}

func TestByteSwap(t *testing.T) {
	for _, size := range moveSizes {
		for n := range 41 {
			src := pattern(n*size + 9)
			want := bytes.Clone(src)
			for i := range n {
				for j := range size {
					want[1+i*size+j] = src[1+i*size+size-1-j]
				}
			}
			dst := bytes.Clone(src)
			ByteSwap(ptr(dst, 1), ptr(src, 1), size, n)
			if !bytes.Equal(dst, want) {
				t.Fatalf("size %d, %d words", size, n)
			}
			ByteSwap(ptr(src, 1), ptr(src, 1), size, n)
			if !bytes.Equal(src, want) {
				t.Fatalf("size %d, %d words in place", size, n)
			}
		}
	}
}

// TestCopyBytes: runs longer than what is copied at a time, apart and over one another.
func TestCopyBytes(t *testing.T) {
	const n = 3*nearCopy + 77
	for _, shift := range []int{0, 1, 63, nearCopy - 1, nearCopy, 2*nearCopy + 5, n - 1, n, n + 1} {
		for _, up := range []bool{true, false} {
			mem := make([]byte, n+shift+2)
			for i := range mem {
				mem[i] = byte(i*7>>3 ^ i>>11) // no two pieces are alike
			}
			from, to := 1, 1+shift
			if !up {
				from, to = to, from
			}
			want := append([]byte(nil), mem...)
			copy(want[to:to+n], want[from:from+n])
			CopyBytes(unsafe.Pointer(&mem[to]), unsafe.Pointer(&mem[from]), n)
			if !bytes.Equal(mem, want) {
				t.Errorf("%d bytes, from %d to %d: not those of copy", n, from, to)
			}
		}
	}
}
