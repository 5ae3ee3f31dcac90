package calc

import (
	"runtime"
	"time"
)

// exports counts the loans of a block of bytes that must not move meanwhile.
// Loans that nobody gave back end with the garbage collector.
type exports struct{ n *exportCount }

type exportCount struct {
	live chan int // holds the count
}

func (e *exports) lend() (release func()) {
	if e.n == nil {
		e.n = &exportCount{live: make(chan int, 1)}
		e.n.live <- 0
	}
	c := e.n
	c.live <- <-c.live + 1
	done := false
	return func() {
		if !done {
			done = true
			c.live <- <-c.live - 1
		}
	}
}

// busy reports whether a loan lives. Before it says so it lets the collector
// find the views that the program has dropped.
func (e *exports) busy() bool {
	if e.n == nil {
		return false
	}
	count := func() int {
		n := <-e.n.live
		e.n.live <- n
		return n
	}
	for try := 0; count() > 0; try++ {
		if try == 3 {
			return true
		}
		runtime.GC()
		for wait := 0; wait < 5 && count() > 0; wait++ {
			time.Sleep(time.Duration(wait) * 500 * time.Microsecond)
		}
	}
	return false
}
