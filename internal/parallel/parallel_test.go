package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestEveryPartRunsOnce(t *testing.T) {
	defer SetThreads(SetThreads(0))
	for _, threads := range []int{1, 2, 3, 8} {
		SetThreads(threads)
		for _, parts := range []int{0, 1, 2, 3, 7, 100} {
			for range 50 {
				ran := make([]atomic.Int32, parts)
				Do(parts, func(i int) { ran[i].Add(1) })
				for i := range ran {
					if n := ran[i].Load(); n != 1 {
						t.Fatalf("%d threads: part %d of %d ran %d times", threads, i, parts, n)
					}
				}
			}
		}
	}
}

// TestWritesAreSeen lets the race detector judge the hand-over.
func TestWritesAreSeen(t *testing.T) {
	defer SetThreads(SetThreads(4))
	x := make([]int, 64)
	for round := range 300 {
		Do(len(x), func(i int) { x[i]++ })
		for i, v := range x {
			if v != round+1 {
				t.Fatalf("item %d is %d in round %d", i, v, round)
			}
		}
		if round%50 == 0 {
			time.Sleep(200 * time.Microsecond) // let the helpers park
		}
	}
}

func TestNestedAndConcurrent(t *testing.T) {
	defer SetThreads(SetThreads(3))
	var total atomic.Int64
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for range 20 {
				Do(4, func(int) { Do(5, func(i int) { total.Add(int64(i)) }) })
			}
		})
	}
	wg.Wait()
	if want := int64(6 * 20 * 4 * 10); total.Load() != want {
		t.Errorf("total is %d, want %d", total.Load(), want)
	}
}

func TestPanicReachesTheCaller(t *testing.T) {
	defer SetThreads(SetThreads(4))
	for bad := range 8 {
		func() {
			defer func() {
				if r := recover(); r != bad {
					t.Errorf("recovered %v, want %d", r, bad)
				}
			}()
			Do(8, func(i int) {
				if i == bad {
					panic(bad)
				}
				runtime.Gosched()
			})
			t.Error("no panic")
		}()
	}
	n := 0
	SetThreads(1)
	Do(3, func(int) { n++ })
	if n != 3 {
		t.Error("the pool is broken after panics")
	}
}

func TestHelpersPark(t *testing.T) {
	defer SetThreads(SetThreads(4))
	Do(4, func(int) {})
	deadline := time.Now().Add(5 * time.Second)
	for _, h := range *helpers.all.Load() {
		for !h.parked.Load() {
			if time.Now().After(deadline) {
				t.Fatal("a helper still runs")
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func BenchmarkDo(b *testing.B) {
	defer SetThreads(SetThreads(2))
	for b.Loop() {
		Do(2, func(int) {})
	}
}
