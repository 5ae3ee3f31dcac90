// Package parallel runs one call's work on all cores.
//
// Terms. A job is a function of a part's number and how many parts there are.
// The caller of Do works on its own job; helpers are goroutines that take parts
// beside it. A helper that finds no job looks out for one for a few
// microseconds, then parks; a parked helper costs nothing.
//
// A job is offered to helpers, never forced on them: the caller takes back an
// offer that no helper has accepted by the time all parts are done. So Do is
// never slower than the work itself plus a wake-up, and calls of Do from inside
// a part, or from many goroutines at once, cannot wait for each other in a ring.
//
// Which worker runs a part is left to chance. Results do not depend on it, nor
// on the number of threads, if parts are cut by the problem's size alone or
// each item is computed the same way whatever part it is in.
package parallel

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stride-go/nd/buffer"
)

// watch is how long a helper or a caller looks out before it parks: longer than the
// pause between two calls of a chain, and little more than it takes to wake a helper
// (30 µs on a virtual machine). Two that have to share a core wait that long for
// each other, so it must not be longer.
const watch = 50 * time.Microsecond

var threads atomic.Int32 // 0: as many as GOMAXPROCS

// init reads ND_THREADS.
func init() {
	if n, err := strconv.Atoi(os.Getenv("ND_THREADS")); err == nil && n > 0 {
		threads.Store(int32(min(n, 1<<16)))
	}
}

// SetThreads sets how many goroutines a call may use, the caller's included, and
// returns the number set before. 0 stands for GOMAXPROCS.
func SetThreads(n int) int { return int(threads.Swap(int32(min(max(n, 0), 1<<16)))) }

// Threads returns how many goroutines a call may use.
func Threads() int {
	if n := int(threads.Load()); n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}

// job is one call of Do.
type job struct {
	f        func(part int)
	parts    int
	next     atomic.Int64 // the next part to be taken
	left     atomic.Int32 // offers that are neither finished nor taken back
	done     chan struct{}
	waits    atomic.Bool // the caller is parked, or about to be
	panicked atomic.Pointer[any]
	onFault  bool // debug.SetPanicOnFault of the caller
}

// work takes parts until none is left.
func (j *job) work() {
	for {
		i := int(j.next.Add(1)) - 1
		if i >= j.parts {
			return
		}
		j.f(i)
	}
}

// workFor is work on a helper: faults panic as they do on the caller's side, and
// a panic is kept for the caller.
func (j *job) workFor() {
	old := debug.SetPanicOnFault(j.onFault)
	defer func() {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			buffer.SettleCPU()
			j.panicked.CompareAndSwap(nil, &r)
			j.next.Store(int64(j.parts))
		}
		if j.left.Add(-1) == 0 {
			j.done <- struct{}{}
			if j.waits.Load() {
				runtime.Gosched() // the caller runs here; no other core has to wake for it
			}
		}
	}()
	j.work()
}

// helper is a goroutine that takes jobs.
type helper struct {
	offer  atomic.Pointer[job]
	parked atomic.Bool
	wake   chan struct{}
}

func (h *helper) run() {
	for {
		if j := h.offer.Swap(nil); j != nil {
			j.workFor()
			continue
		}
		if lookOut(func() bool { return h.offer.Load() != nil }) {
			continue
		}
		h.parked.Store(true)
		if h.offer.Load() == nil {
			<-h.wake
		}
		h.parked.Store(false)
	}
}

// lookOut waits a little for a condition and reports whether it came true. Other
// goroutines go first every now and then, not at every look: where cores are idle,
// the runtime wakes one whenever a goroutine gives way.
func lookOut(ready func() bool) bool {
	start := time.Now()
	for way := time.Duration(0); ; {
		for range 64 {
			if ready() {
				return true
			}
		}
		switch d := time.Since(start); {
		case d > watch:
			return false
		case d > way:
			way = d + watch/8
			runtime.Gosched()
		}
	}
}

var helpers struct {
	sync.Mutex // held to grow
	all        atomic.Pointer[[]*helper]
}

// atLeast returns the helpers, of which there are at least n.
func atLeast(n int) []*helper {
	if p := helpers.all.Load(); p != nil && len(*p) >= n {
		return *p
	}
	helpers.Lock()
	defer helpers.Unlock()
	var all []*helper
	if p := helpers.all.Load(); p != nil {
		all = append(all, *p...)
	}
	for len(all) < n {
		h := &helper{wake: make(chan struct{}, 1)}
		all = append(all, h)
		go h.run()
	}
	helpers.all.Store(&all)
	return all
}

// Do calls f(0) … f(parts-1), on several goroutines if SetThreads allows, and
// returns when all have returned. If one panics, parts not yet begun are left
// out and Do panics with the same value.
func Do(parts int, f func(part int)) {
	n := min(Threads(), parts) - 1
	if n <= 0 {
		for i := range parts {
			f(i)
		}
		return
	}
	j := &job{f: f, parts: parts, done: make(chan struct{}, 1)}
	j.onFault = debug.SetPanicOnFault(false)
	debug.SetPanicOnFault(j.onFault)
	j.share(n)
}

// share offers the job to n helpers and works on it beside them.
func (j *job) share(n int) {
	crew := atLeast(n)
	offered, woken := make([]*helper, 0, 16), false
	j.left.Store(int32(n) + 1) // one for the caller, so that nobody finishes early
	for _, h := range crew {
		if len(offered) == n {
			break
		}
		if !h.offer.CompareAndSwap(nil, j) {
			continue
		}
		offered = append(offered, h)
		if h.parked.Load() {
			select {
			case h.wake <- struct{}{}:
				woken = true
			default:
			}
		}
	}
	if woken {
		// The goroutine that was made ready last is in this processor's next slot, from
		// which another takes it only after a nap: 80 µs instead of 30 until it runs. One
		// with nothing to do takes that place.
		go func() {}()
	}
	j.left.Add(int32(len(offered) - n))
	defer func() {
		j.next.Store(int64(j.parts)) // matters if f panicked
		j.join(offered)
		if p := j.panicked.Load(); p != nil {
			panic(*p)
		}
	}()
	j.work()
}

// join takes back the offers that nobody accepted and waits for the others.
func (j *job) join(offered []*helper) {
	for _, h := range offered {
		if h.offer.CompareAndSwap(j, nil) {
			j.left.Add(-1)
		}
	}
	if j.left.Add(-1) == 0 {
		return
	}
	if !lookOut(func() bool { return j.left.Load() == 0 }) {
		j.waits.Store(true)
		<-j.done
	}
}

// partItems is what the bounds of the ranges of For are multiples of: whole
// vectors and cache lines of items of any size.
const partItems = 64

// Split returns into how many ranges For cuts n items, 1 if the work is to stay
// on one goroutine. least is the number of items below which a range does not pay.
func Split(n, least int) int {
	t := Threads()
	if t == 1 || n < 2*least {
		return 1
	}
	parts := min(4*t, n/max(least, partItems))
	if parts > t {
		parts -= parts % t // nobody waits for one last range
	}
	return parts
}

// For calls f for ranges lo:hi that make up 0:n, on several goroutines if
// SetThreads allows and the ranges would have least items or more. All bounds
// but n are multiples of 64, and no range but a whole one has a single item. Do's
// rules hold.
func For(n, least int, f func(lo, hi int)) {
	parts := Split(n, least)
	if parts <= 1 {
		f(0, n)
		return
	}
	step := (n/parts + partItems) &^ (partItems - 1)
	parts = (n + step - 2) / step
	Do(parts, func(k int) {
		hi := (k + 1) * step
		if k == parts-1 {
			hi = n
		}
		f(k*step, hi)
	})
}
