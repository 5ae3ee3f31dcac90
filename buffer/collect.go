package buffer

import (
	"math"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"
)

// Large results that nobody holds any more are better collected before the heap has
// doubled: a block of 80 MB that has just been found dead is in memory already, and the
// system takes longer to find new memory for the next one than a loop to fill it. With
// two arrays of 80 MB at hand, add into a fresh block took 11 ms on average and the
// process 570 MB; with these collections it takes 7 ms and 250 MB.

// collectFrom is how many bytes of large blocks are made before a collection.
const collectFrom = headroomMost

// collectPart is the part of the live heap that such blocks must come to: a program that
// keeps what it makes is not held up at every block.
const collectPart = 4

// collectRate is what a collection must be worth: this many bytes for each nanosecond it
// takes. The system finds about ten bytes of new memory in a nanosecond.
const collectRate = 20

// garbage counts the large blocks since the last collection.
type garbage struct {
	made  uint64        // bytes
	cycle uint64        // the number of that collection
	took  time.Duration // what the last one of ours took
}

// due counts a block of n bytes and tells whether it is time to collect, in the cycle of
// that number with so many bytes alive and a heap that may grow by percent.
func (g *garbage) due(n, cycle, live, percent uint64) bool {
	if cycle != g.cycle {
		g.cycle, g.made = cycle, 0
	}
	g.made += n
	return percent != math.MaxUint64 && g.made >= collectFrom &&
		float64(g.made) >= float64(live)*float64(percent)/100/collectPart &&
		g.made >= collectRate*uint64(g.took)
}

var large struct {
	sync.Mutex
	garbage
	reads []metrics.Sample
}

// countLarge counts a block that is about to be made and collects the ones before it if
// it is time. A program that has switched the collector off goes without.
func countLarge(n int) {
	if !large.TryLock() {
		return // somebody is collecting
	}
	defer large.Unlock()
	if large.reads == nil {
		large.reads = []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}, {Name: "/gc/heap/live:bytes"}, {Name: "/gc/gogc:percent"}}
	}
	metrics.Read(large.reads)
	if read := large.reads; !large.due(uint64(n), read[0].Value.Uint64(), read[1].Value.Uint64(), read[2].Value.Uint64()) {
		return
	}
	start := time.Now()
	runtime.GC()
	large.took = time.Since(start)
	large.made = uint64(n)
	metrics.Read(large.reads[:1])
	large.cycle = large.reads[0].Value.Uint64()
}
