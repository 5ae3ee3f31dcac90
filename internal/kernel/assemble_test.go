package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// Pieces of all lengths at all starts are written one after another, by both ways, and
// nothing beside them.
func TestAssemble(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	src := make([]byte, 1<<16)
	for i := range src {
		src[i] = byte(rng.Uint32())
	}
	const guard = 64
	for round := range 400 {
		most := []int{7, 90, 700, 9000, 40000}[round%5]
		n, at := rng.IntN(60000), rng.IntN(130)
		var starts, lengths []int
		var want []byte
		for len(want) < n {
			m := min(1+rng.IntN(most), len(src))
			s := rng.IntN(len(src) - m + 1)
			if round%3 == 0 {
				s &^= 63
			}
			starts, lengths = append(starts, s), append(lengths, m)
			want = append(want, src[s:s+m]...)
		}
		want = want[:n]
		end, more := len(starts), 0
		if round%7 == 6 && end > 1 { // the pieces come to an end
			end, more = rng.IntN(end), 1000
			n = 0
			for _, m := range lengths[:end] {
				n += m
			}
			want = want[:min(n, len(want))]
		}
		for _, past := range []bool{false, true} {
			dst := bytes.Repeat([]byte{0xa5}, at+len(want)+guard+60000)
			got := Assemble(unsafe.Pointer(&dst[at]), len(want)+more, past, func(i int) (unsafe.Pointer, int) {
				if i >= end {
					return nil, 0
				}
				return unsafe.Pointer(&src[starts[i]]), lengths[i]
			})
			if got != len(want) || !bytes.Equal(dst[at:at+got], want) {
				t.Fatalf("%d bytes at %d in pieces of up to %d, past %t: wrong, %d written", len(want), at, most, past, got)
			}
			if s := bytes.Trim(dst[:at], "\xa5"); len(s) > 0 {
				t.Fatalf("bytes before dst were written")
			}
			if s := bytes.Trim(dst[at+got:], "\xa5"); len(s) > 0 {
				t.Fatalf("bytes after dst were written")
			}
		}
	}
}
