package memmap_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

// A map of ones is closed, or its file cut, under every kind of work, in several
// goroutines each with workers: the answer is right, or ErrClosed, or ErrFault.
func TestTortureKernels(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	defer nd.SetThreads(nd.SetThreads(2))
	const n, rows = 1 << 17, 256
	dir := t.TempDir()
	path := filepath.Join(dir, "x")
	all := func(a *nd.Array, want float64) error {
		if lo, hi := a.Min().At[float64](), a.Max().At[float64](); lo != want || hi != want {
			return fmt.Errorf("items from %v to %v, want %v", lo, hi, want)
		}
		return nil
	}
	works := map[string]func(a *nd.Array) error{
		"Sum":      func(a *nd.Array) error { return all(a.Sum(), n) },
		"Sum 0":    func(a *nd.Array) error { return all(a.Reshape(rows, -1).Sum(nd.Axis(0)), rows) },
		"Add":      func(a *nd.Array) error { return all(a.Add(a), 2) },
		"reversed": func(a *nd.Array) error { return all(a.Index("::-1").Multiply(a), 1) },
		"Sort":     func(a *nd.Array) error { a.Sort(); return nil },
		"Sorted":   func(a *nd.Array) error { return all(nd.Sorted(a), 1) },
		"ArgSort": func(a *nd.Array) error {
			if !a.ArgSort().ArrayEqual(nd.Arange(n)) {
				return errors.New("ArgSort is not stable")
			}
			return nil
		},
		"Partition":    func(a *nd.Array) error { a.Partition(n / 2); return nil },
		"Median":       func(a *nd.Array) error { return all(a.Median(), 1) },
		"SearchSorted": func(a *nd.Array) error { return all(a.SearchSorted(1.0).AsType(dtype.Float64), 0) },
		"MatMul": func(a *nd.Array) error {
			m := a.Reshape(rows, -1)
			return all(m.Index(":, :64").MatMul(m.Index(":64")), 64)
		},
		"Lazy": func(a *nd.Array) error { return all(a.Lazy().Multiply(2.0).Add(1.0).Eval(), 3) },
		"String": func(a *nd.Array) error {
			if s := a.String(); s != "[1. 1. 1. ... 1. 1. 1.]" && !strings.Contains(s, "closed") && !strings.Contains(s, "fault") {
				return fmt.Errorf("printed %q", s)
			}
			a.Sum() // ends the loop
			return nil
		},
		"Save": func(a *nd.Array) error { return npy.Save(filepath.Join(dir, "saved.npy"), a) },
		"Mask": func(a *nd.Array) error { return all(a.Pick(nd.By(a.Greater(0.5))), 1) },
		"Take": func(a *nd.Array) error { return all(a.Take(nd.Arange(n)), 1) },
	}
	ones := nd.Ones(dtype.Float64, n)
	rounds := 3
	if testing.Short() {
		rounds = 1
	}
	for round := range rounds {
		for name, work := range works {
			for _, cut := range []bool{false, true} {
				if err := ones.ToFile(path); err != nil {
					t.Fatal(err)
				}
				a, err := memmap.Open(path, memmap.ReadWrite, dtype.Float64)
				if err != nil {
					t.Fatal(err)
				}
				var workers sync.WaitGroup
				for range 2 {
					workers.Go(func() {
						var err error
						for begin := time.Now(); err == nil && time.Since(begin) < 20*time.Second; {
							if terr := nd.Try(func() { err = work(a) }); terr != nil {
								err = terr
							}
						}
						if want := map[bool]error{false: nd.ErrClosed, true: nd.ErrFault}[cut]; !errors.Is(err, want) {
							t.Errorf("%s: %v, want %v", name, err, want)
						}
					})
				}
				time.Sleep(time.Duration(round) * time.Millisecond)
				if cut {
					err = os.Truncate(path, 0) // no page is left whose end reads as zeros
				} else {
					err = memmap.Close(a)
				}
				if err != nil {
					t.Error(err)
				}
				workers.Wait()
				memmap.Close(a) // may fail: there is less to flush
			}
		}
	}
}
