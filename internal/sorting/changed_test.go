//go:build !race

package sorting

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/nderr"
)

// Items that somebody else changes while they are sorted, as another process can
// in a mapped file, lead nowhere but to other items: what lies around them and the
// places stay, and every place is one of the items'.
func TestItemsThatChange(t *testing.T) {
	const n, guard = 3000, 256
	for _, name := range []string{"u1", "i2", "u4", "i8", "f2", "f4", "f8", "c16", "S3", ">i4,u1"} {
		dt, err := dtype.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		size := dt.ItemSize()
		words := make([]uint64, (2*guard+n*size)/8+1)
		whole := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), 2*guard+n*size)
		for i := range whole {
			whole[i] = 0xa5
		}
		before, items, behind := whole[:guard], whole[guard:guard+n*size], whole[guard+n*size:]
		var stop atomic.Bool
		var writer sync.WaitGroup
		writer.Go(func() {
			r := rand.New(rand.NewPCG(1, 2))
			for !stop.Load() {
				for range 64 {
					x := r.Uint64()
					copy(items[r.IntN(len(items)):], unsafe.Slice((*byte)(unsafe.Pointer(&x)), 8))
				}
			}
		})
		p, order, out, kth := unsafe.Pointer(&items[0]), make([]int64, n), make([]int64, n), []int{3, n / 2, n - 1}
		places := func(what string, order []int64, most int64) {
			for _, i := range order {
				if i < 0 || i > most {
					t.Fatalf("%s of %s: place %d", what, name, i)
				}
			}
		}
		for range 20 {
			if err := Sort(dt, p, n); err != nil && !errors.Is(err, nderr.ErrChanged) {
				t.Fatal(err)
			}
			ArgSort(dt, p, order)
			places("ArgSort", order, n-1)
			Search(dt, p, n, order, p, out, true)
			places("Search", out, n)
			Search(dt, p, n, nil, p, out, false)
			places("Search of sorted items", out, n)
			ArgPartition(dt, p, order, kth)
			places("ArgPartition", order, n-1)
			Partition(dt, p, n, kth)
			Firsts(Compare(dt), HasNaN(dt), size, p, n)
		}
		stop.Store(true)
		writer.Wait()
		if want := bytes.Repeat([]byte{0xa5}, guard); !bytes.Equal(before, want) || !bytes.Equal(behind, want) {
			t.Errorf("%s: bytes around the items were written", name)
		}
	}
}

// Zeros that are gone when the order is found: their signs have no places to go to.
// (A writer beside hits this moment too rarely to prove it.)
func TestZerosThatAreGone(t *testing.T) {
	s := []uint64{0xa5, floatKey(math.Float64bits(1)), floatKey(math.Float64bits(0)), 0x5a}
	fromKeys(s[1:3], zeros{true, false, true})
	if want := []uint64{0xa5, math.Float64bits(1), math.Float64bits(math.Copysign(0, -1)), 0x5a}; !slices.Equal(s, want) {
		t.Errorf("%x, want %x", s, want)
	}
}
