//go:build unix

package buffer

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

func sum(p []byte) (s int, err error) {
	defer Watch().Done(&err)
	for _, x := range p {
		s += int(x)
	}
	return s, nil
}

func TestTruncatedFileIsAnError(t *testing.T) {
	b, path := mapTest(t, 20000, 0, MapRead)
	if err := os.Truncate(path, 100); err != nil {
		t.Fatal(err)
	}
	_, err := sum(b.UnsafeBytes())
	if !errors.Is(err, nderr.ErrFault) {
		t.Fatal(err)
	}
	for _, part := range []string{path, "offset ", "now has 100 bytes"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q lacks %q", err, part)
		}
	}
	if _, err := sum(b.UnsafeBytes()[:100]); err != nil {
		t.Errorf("bytes still there: %v", err)
	}
}

func TestCopyOverFaultIsAnError(t *testing.T) {
	b, path := mapTest(t, 20000, 4096, MapRead)
	if err := os.Truncate(path, 4096); err != nil {
		t.Fatal(err)
	}
	move := func() (err error) {
		defer Watch().Done(&err)
		copy(make([]byte, b.Len()), b.UnsafeBytes())
		return nil
	}
	if err := move(); !errors.Is(err, nderr.ErrFault) {
		t.Fatal(err)
	}
}

func TestWriteToReadOnlyMapIsAnError(t *testing.T) {
	b, path := mapTest(t, 100, 0, MapRead)
	write := func() (err error) {
		defer Watch().Done(&err)
		b.UnsafeBytes()[3] = 1
		return nil
	}
	if err := write(); !errors.Is(err, nderr.ErrFault) || !strings.Contains(err.Error(), path) {
		t.Fatal(err)
	}
}

// Row X7: after Close a stale slice must never show another map's bytes.
func TestStaleSliceFaults(t *testing.T) {
	b, _ := mapTest(t, 20000, 0, MapRead)
	stale := b.UnsafeBytes()
	b.Close()
	for range 20 {
		mapTest(t, 20000, 0, MapRead)
	}
	if _, err := sum(stale); !errors.Is(err, nderr.ErrClosed) {
		t.Fatalf("stale slice: %v", err)
	}
}

func TestOtherPanicsPass(t *testing.T) {
	defer func() {
		if r := recover(); r != "mine" {
			t.Errorf("recovered %v", r)
		}
	}()
	func() (err error) {
		defer Watch().Done(&err)
		panic("mine")
	}()
	t.Error("the panic was swallowed")
}

func TestWatchDoesNotAllocate(t *testing.T) {
	p := make([]byte, 8)
	if n := testing.AllocsPerRun(100, func() { sum(p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkWatch(b *testing.B) {
	for b.Loop() {
		sum(nil)
	}
}
