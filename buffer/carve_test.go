package buffer

import (
	"runtime"
	"testing"
	"unsafe"
)

func TestCarvedBlocksAreApart(t *testing.T) {
	var all []*Buffer
	for i := range 500 {
		b, err := Make(carveFrom + 73*i%carveMost)
		must(t, err)
		bytes := unsafe.Slice((*byte)(b.Pointer()), b.Len())
		if uintptr(b.Pointer())%64 != 0 {
			t.Fatalf("%d bytes at %p", b.Len(), b.Pointer())
		}
		for k := range bytes {
			if bytes[k] != 0 {
				t.Fatalf("block %d, byte %d is %d", i, k, bytes[k])
			}
			bytes[k] = byte(i)
		}
		all = append(all, b)
	}
	for i, b := range all {
		for k, v := range unsafe.Slice((*byte)(b.Pointer()), b.Len()) {
			if v != byte(i) {
				t.Fatalf("block %d, byte %d is %d", i, k, v)
			}
		}
	}
}

func TestChunksAreBounded(t *testing.T) {
	makeRoom()
	if chunksMost.Load() < 2*chunkBytes {
		t.Skip("no headroom: a memory limit is set, or there is next to no memory")
	}
	var kept []*Buffer
	for range 2 * chunksMost.Load() / carveMost {
		b, err := MakeUninit(carveMost)
		must(t, err)
		kept = append(kept, b)
	}
	if n := chunksLive.Load(); n > chunksMost.Load() {
		t.Errorf("%d bytes of chunks", n)
	}
	runtime.KeepAlive(kept)
	kept = nil
	for i := 0; chunksLive.Load() > chunkBytes*int64(runtime.GOMAXPROCS(0)+1); i++ {
		if i == 100 {
			t.Fatalf("%d bytes of chunks stay", chunksLive.Load())
		}
		runtime.GC()
	}
}

func TestBlocksOfNearlyTheSameLengthServe(t *testing.T) {
	for _, n := range []int{recycleFrom, 3000, 70_000, 1_000_000} {
		if room := roomOf(n); room < n || room > n+n/8 || room%64 != 0 {
			t.Errorf("room of %d for %d bytes", room, n)
		}
	}
	a, err := MakeUninit(1_000_000)
	must(t, err)
	at := a.Pointer()
	must(t, a.Close())
	b, err := MakeUninit(995_000)
	must(t, err)
	if b.Pointer() != at || b.Len() != 995_000 {
		t.Error("a released block does not serve a result that is a little shorter")
	}
	must(t, b.Close())
	if c, err := MakeUninit(1_003_000); err != nil || c.Pointer() != at {
		t.Error("nor one that is a little longer", err)
	}
}

// TestLateBlocksHoldAnything writes to blocks that come as they are, so that those
// asked for zeroed later find their bytes.
func TestLateBlocksHoldAnything(t *testing.T) {
	for round := range 4 {
		for _, n := range []int{recycleFrom, carveFrom, carveMost, carveMost + 1, zeroMost, zeroMost + 1} {
			for range 2 * chunkBytes / n {
				var late, zero Buffer
				must(t, late.Init(n, Late))
				if late.Len() != n || uintptr(late.Pointer())%64 != 0 {
					t.Fatalf("%d bytes at %p for %d", late.Len(), late.Pointer(), n)
				}
				must(t, zero.Init(n, Zeros))
				for k, v := range unsafe.Slice((*byte)(zero.Pointer()), n) {
					if v != 0 {
						t.Fatalf("round %d, %d bytes: byte %d is %d", round, n, k, v)
					}
				}
				for _, b := range [...]*Buffer{&late, &zero} {
					bytes := unsafe.Slice((*byte)(b.Pointer()), n)
					for k := range bytes {
						bytes[k] = 0xa5
					}
				}
			}
		}
		runtime.GC()
	}
}
