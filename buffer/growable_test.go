package buffer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

func growable(t testing.TB, opts GrowOptions) *Growable {
	t.Helper()
	g, err := NewGrowable(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func exportOf(t testing.TB, g *Growable) *Buffer {
	t.Helper()
	b, err := g.Export()
	must(t, err)
	return b
}

// words8 returns the little numbers lo … hi-1 as native 8-byte words.
func words8(lo, hi int) []byte {
	var b []byte
	for i := lo; i < hi; i++ {
		b = binary.NativeEndian.AppendUint64(b, uint64(i))
	}
	return b
}

// Growing 1 GiB by appends of 4 KiB moves nothing, and every view taken on the
// way stays true.
func TestGrowByPagesMovesNothing(t *testing.T) {
	if !canReserve {
		t.Skip("no reservations here")
	}
	total := 1 << 30
	if testing.Short() || raceEnabled {
		total = 64 << 20
	}
	g := growable(t, GrowOptions{})
	page := make([]byte, 4096)
	var views []*Buffer
	first := exportOf(t, g)
	for at := 0; at < total; at += len(page) {
		binary.NativeEndian.PutUint64(page, uint64(at))
		must(t, g.Append(page))
		if at%(total/64) == 0 {
			views = append(views, exportOf(t, g))
		}
	}
	if g.Len() != total || g.Generation() != 0 {
		t.Fatalf("%d bytes, generation %d", g.Len(), g.Generation())
	}
	for _, v := range views {
		if v.Pointer() != first.Pointer() || v.Stale() || v.Closed() {
			t.Fatal("the base moved")
		}
		last := v.Len() - len(page)
		if got := *(*uint64)(unsafe.Add(v.Pointer(), last)); got != uint64(last) {
			t.Fatalf("view of %d bytes ends with page %d", v.Len(), got)
		}
	}
	must(t, g.Truncate0(t, views))
	must(t, g.Shrink())
	if g.Cap() != 0 {
		t.Errorf("capacity %d after Shrink", g.Cap())
	}
}

// Truncate0 closes the views and cuts g to nothing.
func (g *Growable) Truncate0(t *testing.T, views []*Buffer) error {
	if err := g.Truncate(4096); !errors.Is(err, nderr.ErrExported) {
		t.Errorf("Truncate under views: %v", err)
	}
	for _, v := range views {
		v.Close()
	}
	return g.Truncate(0)
}

// CPython's capacities, asked from Python 3.
func TestS14CPythonCapacities(t *testing.T) {
	g := growable(t, GrowOptions{Policy: CPython, Item: 8})
	var lengths, caps, moves []int
	for i := range 80 {
		before := g.Cap()
		must(t, g.Append(words8(i, i+1)))
		if g.Cap() != before {
			lengths, caps = append(lengths, i+1), append(caps, g.Cap()/8)
			moves = append(moves, g.Generation())
		}
	}
	wantLen, wantCap := []int{1, 5, 9, 17, 26, 35, 45, 55, 66, 78}, []int{4, 8, 16, 25, 34, 44, 54, 65, 77, 89}
	for i := range wantLen {
		if lengths[i] != wantLen[i] || caps[i] != wantCap[i] || moves[i] != i+1 {
			t.Fatalf("lengths %v capacities %v generations %v", lengths, caps, moves)
		}
	}
	if len(lengths) != len(wantLen) {
		t.Errorf("moved at %v", lengths)
	}
}

// bytearray's allocations for appends one by one, asked from Python 3:
// sys.getsizeof grows at these.
func TestS24ByteArrayCapacities(t *testing.T) {
	var got []int
	alloc := 0
	for n := 1; n < 34; n++ {
		if c := CPythonByteArrayCapacity(n, alloc); c != alloc {
			alloc = c
			got = append(got, c)
		}
	}
	want := []int{2, 5, 8, 12, 19, 27, 36}
	if len(got) < len(want) {
		t.Fatal(got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

func TestS15GenerationNotAddress(t *testing.T) {
	g := growable(t, GrowOptions{Policy: Detach, Item: 8})
	for i := range 100 {
		before, b := g.Generation(), exportOf(t, g)
		must(t, g.Append(words8(i, i+1)))
		if moved := g.Generation() != before; moved != b.Stale() {
			t.Fatalf("append %d: generation moved %v, view stale %v", i, moved, b.Stale())
		}
	}
}

func TestS17StrictRefusesWhileExported(t *testing.T) {
	for _, policy := range []Policy{Strict, CPython} {
		g := growable(t, GrowOptions{Policy: policy, Item: 8})
		must(t, g.Append(words8(0, 3)))
		b := exportOf(t, g)
		err := g.Append(words8(3, 4))
		if !errors.Is(err, nderr.ErrExported) || err.(*nderr.Error).Msg != "cannot resize an array that is exporting buffers" {
			t.Fatal(err)
		}
		if err := g.Truncate(8); !errors.Is(err, nderr.ErrExported) {
			t.Error(err)
		}
		if g.Exports() != 1 || g.Len() != 24 {
			t.Error(g.Exports(), g.Len())
		}
		b.Close()
		must(t, g.Append(words8(3, 4)))
		// A forgotten export does not count: the collector knows.
		b = exportOf(t, g)
		runtime.KeepAlive(b)
		b = nil
		must(t, g.Append(words8(4, 5)))
		if got := exportOf(t, g); !bytes.Equal(got.UnsafeBytes(), words8(0, 5)) {
			t.Error(got.UnsafeBytes())
		}
	}
}

func TestS18DetachKeepsTheOldBlock(t *testing.T) {
	g := growable(t, GrowOptions{Policy: Detach, Item: 8})
	must(t, g.Append(words8(0, 3)))
	old := exportOf(t, g)
	for i := 3; i < 100; i++ {
		must(t, g.Append(words8(i, i+1)))
	}
	if !old.Stale() || !bytes.Equal(old.UnsafeBytes(), words8(0, 3)) {
		t.Fatal(old.Stale(), old.UnsafeBytes())
	}
	old.UnsafeBytes()[0] = 99
	now := exportOf(t, g)
	if now.Stale() || !bytes.Equal(now.UnsafeBytes(), words8(0, 100)) {
		t.Error("the old block's write reached the new one")
	}
	must(t, g.Truncate(8)) // now reaches further: it keeps its block
	if !now.Stale() || len(now.UnsafeBytes()) != 800 || g.Len() != 8 {
		t.Error(now.Stale(), now.Len(), g.Len())
	}
	runtime.KeepAlive(old)
}

func TestGrowthOutOfReservationMoves(t *testing.T) {
	if !canReserve {
		t.Skip("no reservations here")
	}
	g := growable(t, GrowOptions{Reserve: 1 << 16})
	must(t, g.Append(make([]byte, 1<<16)))
	old := exportOf(t, g)
	must(t, g.Append([]byte("more")))
	if !old.Stale() || g.Generation() != 1 || g.Len() != 1<<16+4 {
		t.Error(old.Stale(), g.Generation(), g.Len())
	}
	if b := exportOf(t, g); string(b.UnsafeBytes()[1<<16:]) != "more" {
		t.Error("the new bytes are elsewhere")
	}
}

func TestGrowthBeyondTheMachineIsAnError(t *testing.T) {
	for _, opts := range []GrowOptions{{}, {Policy: Detach}, {Policy: Strict}, {Policy: CPython, Item: 8}} {
		g := growable(t, opts)
		must(t, g.Append([]byte("kept")))
		filled := false
		err := g.Extend(math.MaxInt/2, func([]byte) error { filled = true; return nil })
		if !errors.Is(err, nderr.ErrMemory) || filled {
			t.Errorf("%s: %v", opts.Policy, err)
		}
		if b := exportOf(t, g); string(b.UnsafeBytes()) != "kept" {
			t.Errorf("%s: %q", opts.Policy, b.UnsafeBytes())
		}
	}
}

func TestExtendThatFailsAddsNothing(t *testing.T) {
	g := growable(t, GrowOptions{})
	boom := errors.New("boom")
	if err := g.Extend(8, func([]byte) error { return boom }); err != boom {
		t.Error(err)
	}
	func() {
		defer func() { recover() }()
		g.Extend(8, func([]byte) error { panic("boom") })
	}()
	if g.Len() != 0 {
		t.Error(g.Len())
	}
	must(t, g.Append([]byte("ok"))) // no lock was left behind
}

func TestGrowableCloseEndsEveryExport(t *testing.T) {
	for _, policy := range []Policy{Stay, Strict, Detach} {
		g := growable(t, GrowOptions{Policy: policy})
		must(t, g.Append([]byte("hello")))
		b := exportOf(t, g)
		raw := b.UnsafeBytes()
		must(t, g.Close())
		if !b.Closed() || !errors.Is(b.Err(), nderr.ErrClosed) {
			t.Errorf("%s: the export lives on", policy)
		}
		if len(raw) != 5 || raw[0] != 0 && raw[0] != 'h' {
			t.Errorf("%s: a raw slice reads %q", policy, raw)
		}
		if err := g.Append(nil); !errors.Is(err, nderr.ErrClosed) {
			t.Errorf("%s: %v", policy, err)
		}
		if _, err := g.Export(); !errors.Is(err, nderr.ErrClosed) {
			t.Errorf("%s: %v", policy, err)
		}
	}
}

// Reservations go back by cleanup: far more Growables than ranges fit.
func TestReservationsAreReleased(t *testing.T) {
	if !canReserve || ^uint(0)>>32 == 0 {
		t.Skip("no large reservations here")
	}
	for range 400 {
		g, err := NewGrowable(GrowOptions{Reserve: 1 << (strconv.IntSize/2 + 8)})
		must(t, err)
		must(t, g.Append([]byte{1}))
	}
}

// One goroutine appends while others read the finished part.
func TestGrowthRacesWithReaders(t *testing.T) {
	for _, policy := range []Policy{Stay, Detach} {
		g := growable(t, GrowOptions{Policy: policy, Item: 8})
		const total = 20000
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for n := 0; n < total; {
					b, err := g.Export()
					if err != nil {
						t.Error(err)
						return
					}
					raw := b.UnsafeBytes()
					n = len(raw) / 8
					for i := max(0, n-50); i < n; i++ {
						if got := binary.NativeEndian.Uint64(raw[8*i:]); got != uint64(i) {
							t.Errorf("%s: item %d of %d is %d", policy, i, n, got)
							return
						}
					}
					runtime.Gosched()
				}
			})
		}
		for i := range total {
			if err := g.Append(words8(i, i+1)); err != nil {
				t.Fatal(err)
			}
		}
		wg.Wait()
	}
}

// Close while others read: errors, never a fault.
func TestGrowableCloseRacesWithReaders(t *testing.T) {
	for range 50 {
		g := growable(t, GrowOptions{})
		must(t, g.Append(words8(0, 10000)))
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				for {
					b, err := g.Export()
					if err != nil {
						return
					}
					sum := 0
					for i := 0; i < b.Len(); i += 512 {
						sum += int(*(*byte)(unsafe.Add(b.Pointer(), i)))
					}
					runtime.KeepAlive(b)
				}
			})
		}
		runtime.Gosched()
		must(t, g.Close())
		wg.Wait()
	}
}

func BenchmarkAppend8(b *testing.B) {
	g := growable(b, GrowOptions{})
	item := make([]byte, 8)
	for b.Loop() {
		if err := g.Append(item); err != nil {
			b.Fatal(err)
		}
	}
}

// The allocations of array.array as it changes its length, asked from CPython 3.11:
// (sys.getsizeof(a) - sys.getsizeof(array('d'))) / 8.
func TestS14CPythonResize(t *testing.T) {
	g := growable(t, GrowOptions{Policy: CPython, Item: 8})
	for _, step := range [][2]int{{3, 6}, {7, 10}, {10, 10}, {100, 113}, {90, 113}, {85, 113}, {60, 70}, {59, 70}, {5, 12}, {1, 12}, {0, 12}} {
		must(t, g.Resize(8*step[0]))
		if g.Len() != 8*step[0] || g.Cap() != 8*step[1] {
			t.Errorf("%d items: room for %d, want %d", step[0], g.Cap()/8, step[1])
		}
	}
	must(t, g.Append(words8(0, 3)))
	must(t, g.Resize(32))
	if b := g.UnsafeBytes(); !bytes.Equal(b, append(words8(0, 3), make([]byte, 8)...)) {
		t.Errorf("new bytes are not zero: %v", b)
	}
	b := exportOf(t, g)
	if err := g.Resize(0); !errors.Is(err, nderr.ErrExported) || g.Len() != 32 {
		t.Error(err, g.Len())
	}
	if err := g.Resize(32); err != nil {
		t.Errorf("the same length: %v", err)
	}
	runtime.KeepAlive(b)
}

// A fill goes on writing when another goroutine closes the Growable and the collector
// finds its memory.
func TestCloseWhileFilled(t *testing.T) {
	g, err := NewGrowable(GrowOptions{Reserve: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	err = g.Extend(64<<10, func(dst []byte) error {
		g.Close()
		for range 3 {
			runtime.GC()
			time.Sleep(2 * time.Millisecond)
		}
		clear(dst)
		return nil
	})
	if !errors.Is(err, nderr.ErrClosed) {
		t.Error(err)
	}
}

// An export that was closed is no reason not to shrink, but somebody may still be
// reading it.
func TestShrinkUnderAReader(t *testing.T) {
	g := growable(t, GrowOptions{})
	must(t, g.Append(bytes.Repeat([]byte{7}, 1<<20)))
	b := exportOf(t, g)
	must(t, b.Close())
	must(t, g.Truncate(0))
	must(t, g.Shrink())
	defer func() {
		if r := recover(); r != nil {
			t.Error("a reader of the closed export faults:", r)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	if x := *(*byte)(unsafe.Add(b.Pointer(), 1<<19)); x != 0 {
		t.Errorf("it reads %d", x)
	}
	must(t, g.Append([]byte{1, 2}))
	if got := g.UnsafeBytes(); !bytes.Equal(got, []byte{1, 2}) {
		t.Error(got)
	}
}
