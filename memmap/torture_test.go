package memmap

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// torture returns rounds, or more of them for as long as ND_TORTURE says (a
// duration such as 10m): the loop ends when it returns false.
func torture(rounds int) func(i int) bool {
	more, err := time.ParseDuration(os.Getenv("ND_TORTURE"))
	if err != nil || testing.Short() {
		if testing.Short() {
			rounds /= 10
		}
		return func(i int) bool { return i < rounds }
	}
	end := time.Now().Add(more)
	return func(i int) bool { return i < rounds || time.Now().Before(end) }
}

var faultAt = regexp.MustCompile(`^nd: (?:[\w.]+: )?(.*): memory fault at offset (\d+) of the file under its map, which now has (\d+) bytes$`)

// checkFault tells whether err is a fault of path behind size bytes of n.
func checkFault(err error, path string, size, n int) error {
	if !errors.Is(err, nd.ErrFault) {
		return fmt.Errorf("no fault: %w", err)
	}
	m := faultAt.FindStringSubmatch(err.Error())
	if m == nil {
		return fmt.Errorf("a fault that does not say where: %w", err)
	}
	at, _ := strconv.Atoi(m[2])
	if have, _ := strconv.Atoi(m[3]); m[1] != path || at < size || at >= n || have != size {
		return fmt.Errorf("truncated to %d of %d bytes: %w", size, n, err)
	}
	return nil
}

// A file is truncated 200 times under goroutines that read, compute, write and
// hand its bytes to the system. Every fault is an error with path and offset.
func TestTortureTruncation(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	defer nd.SetThreads(nd.SetThreads(2))
	const n = 1 << 20
	sink, err := os.Create(filepath.Join(t.TempDir(), "sink"))
	if err != nil {
		t.Fatal(err)
	}
	defer sink.Close()
	works := map[string]func(a, out *nd.Array, r *rand.Rand) error{
		"sum":       func(a, _ *nd.Array, _ *rand.Rand) error { a.Sum(); return nil },
		"sum 0":     func(a, _ *nd.Array, _ *rand.Rand) error { a.Reshape(256, -1).Sum(nd.Axis(0)); return nil },
		"add":       func(a, out *nd.Array, _ *rand.Rand) error { a.Add(1.5, nd.Out(out)); return nil },
		"add to it": func(a, out *nd.Array, _ *rand.Rand) error { out.Add(1.5, nd.Out(a)); return nil },
		"in place":  func(a, _ *nd.Array, _ *rand.Rand) error { a.Multiply(2.0, nd.Out(a)); return nil },
		"sqrt":      func(a, out *nd.Array, _ *rand.Rand) error { a.Sqrt(nd.Out(out)); return nil },
		"copy":      func(a, _ *nd.Array, _ *rand.Rand) error { a.Copy(); return nil },
		"reversed":  func(a, out *nd.Array, _ *rand.Rand) error { out.Assign(a.Index("::-1")); return nil },
		"cast":      func(a, _ *nd.Array, _ *rand.Rand) error { a.AsType(dtype.Float32); return nil },
		"fill":      func(a, _ *nd.Array, _ *rand.Rand) error { a.Fill(3.5); return nil },
		"at":        func(a, _ *nd.Array, r *rand.Rand) error { a.At[float64](r.IntN(n / 8)); return nil },
		"set":       func(a, _ *nd.Array, r *rand.Rand) error { a.Set(1.5, r.IntN(n/8)); return nil },
		"write":     func(a, _ *nd.Array, _ *rand.Rand) error { _, err := a.WriteTo(new(bytes.Buffer)); return err },
		"to a file": func(a, _ *nd.Array, _ *rand.Rand) error {
			_, err := a.WriteTo(io.NewOffsetWriter(sink, 0))
			return err
		},
		"all": func(a, _ *nd.Array, _ *rand.Rand) error {
			s := 0.0
			for _, x := range a.All[float64]() {
				s += x
			}
			return nil
		},
	}
	var names []string
	for name := range works {
		names = append(names, name)
	}
	path := filepath.Join(t.TempDir(), "x")
	more, r := torture(200), rand.New(rand.NewPCG(1, 2))
	start := time.Now()
	for i := 0; more(i) && !t.Failed(); i++ {
		write(t, path, n)
		a, err := Open(path, ReadWrite, dtype.Float64)
		if err != nil {
			t.Fatal(err)
		}
		size := r.IntN(n - 2*os.Getpagesize())
		type result struct {
			name string
			err  error
		}
		done := make(chan result)
		for range 3 {
			name, seed := names[r.IntN(len(names))], r.Uint64()
			go func() {
				r, out := rand.New(rand.NewPCG(seed, 0)), nd.Empty(dtype.Float64, n/8)
				var err error
				for begin := time.Now(); err == nil && time.Since(begin) < 20*time.Second; runtime.Gosched() {
					if terr := nd.Try(func() { err = works[name](a, out, r) }); terr != nil {
						err = terr
					}
				}
				done <- result{name, err}
			}()
		}
		time.Sleep(time.Duration(r.IntN(2)) * time.Millisecond)
		if err := os.Truncate(path, int64(size)); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			got := <-done
			if err := checkFault(got.err, path, size, n); err != nil {
				t.Errorf("round %d, %s: %v", i, got.name, err)
			}
		}
		if err := Check(a); !errors.Is(err, nd.ErrFault) {
			t.Errorf("Check: %v", err)
		}
		if i%2 == 0 {
			Close(a) // may fail: there is less to flush
		}
	}
	t.Logf("%v", time.Since(start))
}
