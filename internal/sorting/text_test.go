package sorting

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestTextByWords compares sorts by words with one by comparisons: of text that differs
// late or not at all, of characters that are wide and narrow, in both byte orders.
func TestTextByWords(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for _, wide := range []int{1, 3, 7, 8, 9, 12, 17, 30, 300} {
		for _, dt := range []dtype.DType{dtype.Bytes(wide), dtype.Str(wide), dtype.Str(wide).Swapped()} {
			for _, most := range []uint32{1, 2, 26, 255, 0x17f, 0x10ffff, 1<<32 - 1} {
				for _, n := range []int{2, fewMost, fewMost + 1, 100, 3001} {
					words := make([]uint64, n*dt.ItemSize()/8+2)
					b := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), 8*len(words))[n%2:][:n*dt.ItemSize()] // aligned or not
					same := r.IntN(wide + 1)
					for i := range n * wide {
						c := r.Uint32N(most)
						if i%wide < same {
							c = 1
						}
						switch {
						case dt.Kind() == dtype.KindBytes:
							b[i] = byte(c)
						default:
							*(*[4]byte)(b[4*i:]) = *(*[4]byte)(unsafe.Pointer(&c))
							if !dt.IsNative() {
								slices.Reverse(b[4*i : 4*i+4])
							}
						}
					}
					p := unsafe.Pointer(&b[0])
					got, want := make([]int64, n), make([]int64, n)
					ArgSort(dt, p, got)
					ArgSortBy(Compare(dt), dt.ItemSize(), p, want)
					if !slices.Equal(got, want) {
						t.Fatalf("%d items of %s, characters below %d, %d alike: %v, want %v", n, dt, most, same, got[:min(n, 20)], want[:min(n, 20)])
					}
					sorted := slices.Clone(b)
					permute(unsafe.Pointer(&sorted[0]), dt.ItemSize(), want)
					if err := Sort(dt, p, n); err != nil || !slices.Equal(b, sorted) {
						t.Fatalf("%d items of %s, characters below %d, %d alike: sorted other than by the order of their places (%v)", n, dt, most, same, err)
					}
				}
			}
		}
	}
}

// TestSearchText holds the search by words against that by a comparison.
func TestSearchText(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 3))
	for _, dt := range []dtype.DType{dtype.Bytes(1), dtype.Bytes(7), dtype.Bytes(8), dtype.Bytes(9), dtype.Str(1), dtype.Str(4), dtype.Str(9), dtype.Str(9).Swapped(), dtype.Str(12)} {
		for _, highest := range []uint32{2, '9', 0xff, 0x10ffff, 0xffffffff} {
			const n, m = 120, 400
			size := dt.ItemSize()
			block := make([]uint32, (n+m)*size)
			p := unsafe.Pointer(&block[0])
			b := unsafe.Slice((*byte)(p), (n+m)*size)
			for i := range b {
				switch c := r.Uint32N(highest) & r.Uint32(); {
				case dt.Kind() == dtype.KindBytes:
					b[i] = byte(c)
				case dt.IsNative():
					block[i] = c
				default:
					block[i] = bits.ReverseBytes32(c)
				}
			}
			Sort(dt, p, n)
			v := unsafe.Pointer(&b[n*size])
			for _, right := range []bool{false, true} {
				got, want := make([]int64, m), make([]int64, m)
				Search(dt, p, n, nil, v, got, right)
				searchItems(Compare(dt), size, p, n, nil, v, want, right)
				if !slices.Equal(got, want) {
					t.Errorf("%v up to %x right %v:\n%v\nwant\n%v", dt, highest, right, got, want)
				}
			}
		}
	}
}
