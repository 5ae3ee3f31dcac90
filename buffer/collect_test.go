package buffer

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestWhenLargeBlocksAreCollected(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		name    string
		g       garbage
		n, live uint64
		cycle   uint64
		percent uint64
		want    bool
		made    uint64
	}{
		{"enough", garbage{made: 60 * mb, cycle: 5}, 4 * mb, 100 * mb, 5, 100, true, 64 * mb},
		{"too little", garbage{made: 60 * mb, cycle: 5}, 4*mb - 1, 100 * mb, 5, 100, false, 64*mb - 1},
		{"one large block", garbage{cycle: 5}, 80 * mb, 100 * mb, 5, 100, true, 80 * mb},
		{"collected meanwhile", garbage{made: 60 * mb, cycle: 5}, 30 * mb, 100 * mb, 6, 100, false, 30 * mb},
		{"a large heap", garbage{made: 200 * mb, cycle: 5}, 40 * mb, 1000 * mb, 5, 100, false, 240 * mb},
		{"a quarter of it", garbage{made: 200 * mb, cycle: 5}, 50 * mb, 1000 * mb, 5, 100, true, 250 * mb},
		{"which may grow by less", garbage{made: 100 * mb, cycle: 5}, 25 * mb, 1000 * mb, 5, 50, true, 125 * mb},
		{"the collector is off", garbage{made: 5000 * mb, cycle: 5}, 25 * mb, 1000 * mb, 5, math.MaxUint64, false, 5025 * mb},
		{"a long collection", garbage{made: 90 * mb, cycle: 5, took: 5 * time.Millisecond}, 4 * mb, 100 * mb, 5, 100, false, 94 * mb},
		{"that is worth it", garbage{made: 94 * mb, cycle: 5, took: 5 * time.Millisecond}, 4 * mb, 100 * mb, 5, 100, true, 98 * mb},
	} {
		if got := c.g.due(c.n, c.cycle, c.live, c.percent); got != c.want || c.g.made != c.made {
			t.Errorf("%s: %t with %d bytes made, want %t with %d", c.name, got, c.g.made, c.want, c.made)
		}
	}
}

// Blocks of 64 MB, one after the other, are collected each, and not where the program
// has switched the collector off. Nobody touches them, so they take no memory.
func TestLargeBlocksAreCollected(t *testing.T) {
	collections := func(blocks int) uint32 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range blocks {
			if _, err := MakeUninit(64 << 20); err != nil {
				t.Skip(err)
			}
		}
		runtime.ReadMemStats(&after)
		return after.NumForcedGC - before.NumForcedGC
	}
	large.Lock()
	large.took = 0 // however long the last one took
	large.Unlock()
	// A collection that takes 3 ms and more is not done for every block.
	if got := collections(4); got == 0 {
		t.Error("no collection for 4 blocks")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	if got := collections(3); got != 0 {
		t.Errorf("%d collections with the collector off", got)
	}
}
