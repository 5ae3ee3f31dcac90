package buffer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// extendTest makes a file of n counting bytes and maps it from offset on with a
// reservation.
func extendTest(t *testing.T, n int, o MapOptions) (*Buffer, *os.File) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.dat")
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(i % 251)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	b, err := MapWith(f, n-int(o.Offset), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b, f
}

func TestExtendWithinTheReservationMovesNothing(t *testing.T) {
	for _, offset := range []int64{0, 5, 70000} {
		for _, empty := range []bool{false, true} {
			n := 70010
			if empty {
				n = int(offset)
			}
			b, f := extendTest(t, n, MapOptions{Offset: offset, Mode: MapUpdate, Reserve: 1 << 24})
			blocks := []*Buffer{b}
			for size := b.Len() + 1; size < 1<<20; size = 2*size + 1 {
				if err := f.Truncate(offset + int64(size)); err != nil {
					t.Fatal(err)
				}
				longer, err := blocks[len(blocks)-1].Extend(f, size)
				if err != nil {
					t.Fatal(err)
				}
				if longer.Len() != size || longer.Closed() || longer.Kind() != Mapped {
					t.Fatal(longer.Len())
				}
				if mapsBeyondEnd && longer.Pointer() != b.Pointer() {
					t.Fatalf("offset %d: moved at %d bytes", offset, size)
				}
				raw := longer.UnsafeBytes()
				raw[size-1] = byte(size)
				blocks = append(blocks, longer)
			}
			last := blocks[len(blocks)-1].UnsafeBytes()
			for i, x := range blocks {
				raw := x.UnsafeBytes()
				if n := len(raw); mapsShareBytes && n > 0 && i > 0 && (raw[n-1] != byte(n) || last[n-1] != byte(n)) {
					t.Errorf("offset %d: block %d has lost its last byte", offset, i)
				}
			}
			if err := blocks[len(blocks)/2].Close(); err != nil {
				t.Error(err)
			}
			for i, x := range blocks {
				if !x.Closed() {
					t.Errorf("offset %d: block %d of %d survived Close", offset, i, len(blocks))
				}
			}
			if _, err := b.Extend(f, 1<<20); !errors.Is(err, nderr.ErrClosed) {
				t.Error(err)
			}
		}
	}
}

func TestExtendWithoutReservationMapsAnew(t *testing.T) {
	b, f := extendTest(t, 10000, MapOptions{Mode: MapUpdate})
	if err := f.Truncate(1 << 20); err != nil {
		t.Fatal(err)
	}
	c, err := b.Extend(f, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	c.UnsafeBytes()[9] = 77
	if mapsShareBytes && b.UnsafeBytes()[9] != 77 || b.Stale() == mapsShareBytes {
		t.Error("the old block has parted from the file")
	}
	if err := f.Truncate(1<<20 + 5); err != nil {
		t.Fatal(err)
	}
	d, err := c.Extend(f, 1<<20+5)
	if err != nil {
		t.Fatal(err)
	}
	if mapsBeyondEnd && d.Pointer() != c.Pointer() {
		t.Error("the second growth moved: the first should have reserved")
	}
	if err := b.Close(); err != nil || !c.Closed() || !d.Closed() {
		t.Error("Close of the first block left the others", err)
	}
	if raw, err := os.ReadFile(f.Name()); err != nil || raw[9] != 77 {
		t.Error("the file missed a write", err)
	}
}

func TestExtendRefuses(t *testing.T) {
	b, f := extendTest(t, 100, MapOptions{Mode: MapUpdate})
	other, err := os.Create(filepath.Join(t.TempDir(), "other"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.Truncate(1000)
	if _, err := b.Extend(other, 200); !errors.Is(err, fs.ErrInvalid) {
		t.Error("another file:", err)
	}
	if _, err := b.Extend(f, 101); !errors.Is(err, fs.ErrInvalid) {
		t.Error("a file too short:", err)
	}
	if _, err := b.Extend(f, 99); !errors.Is(err, nderr.ErrValue) {
		t.Error("fewer bytes:", err)
	}
	c, g := extendTest(t, 100, MapOptions{Mode: MapCopy, Reserve: 1 << 40})
	if _, err := c.Extend(g, 100); !errors.Is(err, nderr.ErrValue) {
		t.Error("a private map:", err)
	}
	heap, _ := Make(10)
	if _, err := heap.Extend(f, 20); !errors.Is(err, nderr.ErrValue) {
		t.Error("a heap block:", err)
	}
}

// More address space than there is is no reason to fail.
func TestReserveTooMuch(t *testing.T) {
	b, f := extendTest(t, 100, MapOptions{Mode: MapUpdate, Reserve: 1 << (32 + 30*(^uint(0)>>63))})
	if err := f.Truncate(4096); err != nil {
		t.Fatal(err)
	}
	c, err := b.Extend(f, 4096)
	if err != nil {
		t.Fatal(err)
	}
	if mapsBeyondEnd && c.Pointer() != b.Pointer() {
		t.Error("no address space was reserved at all")
	}
}

// Dropping every block of a family unmaps its ranges and closes the held file.
func TestFamiliesAreCollected(t *testing.T) {
	before := restingRanges()
	path := filepath.Join(t.TempDir(), "x")
	var held []*os.File
	for range 5 {
		func() {
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			f.Truncate(100)
			b, err := MapWith(f, 100, MapOptions{Mode: MapUpdate, Hold: f})
			if err != nil {
				t.Fatal(err)
			}
			if b.Held() != f {
				t.Error("not held")
			}
			f.Truncate(200)
			c, err := b.Extend(f, 200)
			if err != nil {
				t.Fatal(err)
			}
			f.Truncate(300)
			if _, err = c.Extend(f, 300); err != nil {
				t.Fatal(err)
			}
			held = append(held, f)
		}()
	}
	if got := waitRanges(before); got > before {
		t.Errorf("%d ranges left, want %d", got, before)
	}
	for _, f := range held {
		if _, err := f.Stat(); !errors.Is(err, fs.ErrClosed) {
			t.Error("a held file is open still:", err)
		}
	}
}

func TestHeldFileIsClosedWithTheMap(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := MapWith(f, -1, MapOptions{Hold: f}); err == nil {
		t.Fatal("mapped -1 bytes")
	}
	if _, err := f.Stat(); err != nil {
		t.Error("a failure took the file:", err)
	}
	b, err := MapWith(f, 0, MapOptions{Mode: MapUpdate, Hold: f})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Stat(); !errors.Is(err, fs.ErrClosed) {
		t.Error("Close left the file open:", err)
	}
}

func TestAdvise(t *testing.T) {
	for _, mode := range []MapMode{MapRead, MapUpdate, MapCopy} {
		b, _ := mapTest(t, 100000, 5000, mode)
		if mode != MapRead {
			b.UnsafeBytes()[50000] = 1
		}
		for _, how := range []Advice{Sequential, Random, WillNeed, DontNeed, Normal} {
			if err := b.Advise(40000, 20000, how); err != nil {
				t.Errorf("%s %d: %v", mode, how, err)
			}
		}
		if got := b.UnsafeBytes()[50000]; got != 1 && mode != MapRead {
			t.Errorf("%s: advice changed a byte to %d", mode, got)
		}
		if err := b.Advise(95000, 1, Random); !errors.Is(err, nderr.ErrValue) {
			t.Errorf("out of bounds: %v", err)
		}
		for _, how := range []Advice{DontNeed + 1, 255} {
			if err := b.Advise(0, 1, how); !errors.Is(err, nderr.ErrValue) {
				t.Errorf("advice %d: %v", how, err)
			}
		}
		b.Close()
		if err := b.Advise(0, 1, Random); !errors.Is(err, nderr.ErrClosed) {
			t.Error(err)
		}
	}
	heap, _ := Make(10)
	if err := heap.Advise(0, 10, WillNeed); err != nil {
		t.Error(err)
	}
}

// Close, growth and the collector do not trip over one another.
func TestExtendRacesWithClose(t *testing.T) {
	for range 20 {
		b, f := extendTest(t, 4096, MapOptions{Mode: MapUpdate})
		f.Truncate(1 << 22)
		done := make(chan error)
		for k := range 3 {
			go func() {
				x := b
				for i := 1; ; i++ {
					longer, err := x.Extend(f, min(4096*i*(k+1), 1<<22))
					if err != nil {
						done <- err
						return
					}
					if i%2 == 0 {
						x = longer
					}
					if i > 300 {
						done <- nil
						return
					}
				}
			}()
		}
		runtime.Gosched()
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		for range 3 {
			if err := <-done; err != nil && !errors.Is(err, nderr.ErrClosed) && !errors.Is(err, nderr.ErrValue) {
				t.Error(err)
			}
		}
	}
}
