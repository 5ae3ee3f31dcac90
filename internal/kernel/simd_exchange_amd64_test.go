package kernel

import (
	"bytes"
	endian "encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestExchangesAgreeWithTwins holds the steps of networks against those in Go: all
// places and one, pairs that follow from each other, many equal items.
func TestExchangesAgreeWithTwins(t *testing.T) {
	const guard = 64
	r := rand.New(rand.NewPCG(21, 22))
	atLevel(t, func(t *testing.T, _ Level) {
		if !FastExchanges() {
			t.Fatal("no loops")
		}
		check := func(name string, second, size int, f, twin Exchange) {
			for _, count := range []int{2, 3, 64, 256} {
				for _, n := range []int{0, 1, 2, 7, 500} {
					got := make([]byte, second+count*PlaceBytes+2*guard)
					for i := range got {
						got[i] = byte(r.Uint32())
					}
					for i := guard; i < len(got)-guard; i += size { // equal ones, and least and greatest
						if v := r.IntN(4); v < 2 {
							copy(got[i:i+size], bytes.Repeat([]byte{byte(-v)}, size))
						}
					}
					want := bytes.Clone(got)
					pairs := make([][2]uint8, n)
					for i := range pairs {
						x := r.IntN(count)
						pairs[i] = [2]uint8{uint8(x), uint8((x + 1 + r.IntN(count-1)) % count)}
					}
					p := unsafe.Pointer(unsafe.SliceData(pairs))
					f(unsafe.Pointer(&got[guard]), p, n)
					twin(unsafe.Pointer(&want[guard]), p, n)
					if !bytes.Equal(got, want) {
						t.Fatalf("%s: %d steps on %d places differ", name, n, count)
					}
				}
			}
		}
		for _, size := range []int{1, 2, 4, 8} {
			got, want := PlacesOf(size), &exchangesInGo.items[size]
			check(fmt.Sprintf("%d bytes", size), 0, size, got.Exchange, want.Exchange)
			checkTurns(t, r, size, got, want)
		}
		check("pairs", SecondBytes, 8, ExchangePairs(), exchangesInGo.pairs)
	})
}

// checkTurns holds the loops that turn bits against those in Go, and lets each item of
// a few places be the odd one.
func checkTurns(t *testing.T, r *rand.Rand, size int, got, want *Places) {
	for n := range 4 {
		b := make([]byte, n*PlaceBytes+64)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		p := bytes.Clone(b)
		for name, f := range map[string][2]func(places unsafe.Pointer, n int){"signs": {got.TurnSigns, want.TurnSigns}, "floats": {got.TurnFloats, want.TurnFloats}} {
			if f[0] == nil && f[1] == nil {
				continue
			}
			f[0](unsafe.Pointer(&b[0]), n)
			f[1](unsafe.Pointer(&p[0]), n)
			if !bytes.Equal(b, p) {
				t.Fatalf("%s of %d bytes in %d places differ", name, size, n)
			}
		}
		if size == 1 {
			continue
		}
		inf := map[int]uint64{2: 0x7c00, 4: 0x7f800000, 8: 0x7ff0000000000000}[size]
		sign := uint64(1) << (8*size - 1)
		floats := make([]byte, n*PlaceBytes)
		put := func(i int, bits uint64) {
			var w [8]byte
			endian.LittleEndian.PutUint64(w[:], bits)
			copy(floats[i*size:(i+1)*size], w[:size])
		}
		for i := range len(floats) / size {
			put(i, []uint64{0, 1, inf, inf | sign, inf - 1, sign | 1, 1 << (8*size - 3)}[r.IntN(7)])
		}
		first := unsafe.Pointer(unsafe.SliceData(floats))
		if got.OddFloats(first, n) != 0 || want.OddFloats(first, n) != 0 {
			t.Fatalf("floats of %d bytes in %d places are odd", size, n)
		}
		for i := range len(floats) / size {
			for _, odd := range []uint64{sign, inf + 1, inf + 1 | sign, sign - 1, ^uint64(0)} {
				put(i, odd)
				if got.OddFloats(first, n) == 0 || want.OddFloats(first, n) == 0 {
					t.Fatalf("float %x of %d bytes at %d is not odd", odd, size, i)
				}
				put(i, 1)
			}
		}
	}
}
