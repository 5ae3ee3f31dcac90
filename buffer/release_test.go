package buffer

import (
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

func TestClosedHeapBlockIsReused(t *testing.T) {
	a, err := Make(100 << 10)
	must(t, err)
	*(*byte)(a.Pointer()) = 7
	at := a.Pointer()
	must(t, a.Close())
	must(t, a.Close())
	if !a.Closed() || !errors.Is(a.Err(), nderr.ErrClosed) {
		t.Fatal("not closed")
	}
	b, err := Make(100 << 10)
	must(t, err)
	if b.Pointer() != at {
		t.Error("the block was not taken again")
	}
	if *(*byte)(b.Pointer()) != 0 {
		t.Error("the block taken again is not zeroed")
	}
	c, err := Make(100 << 10)
	must(t, err)
	if c.Pointer() == at {
		t.Error("one block for two")
	}
	runtime.KeepAlive(b)
}

func TestEscapedHeapBlockIsNotReused(t *testing.T) {
	a, err := MakeUninit(50 << 10)
	must(t, err)
	raw := a.UnsafeBytes()
	must(t, a.Close())
	b, err := MakeUninit(50 << 10)
	must(t, err)
	if b.Pointer() == unsafe.Pointer(&raw[0]) {
		t.Error("a block with a slice over it was given away")
	}
}

func TestReleasedBlocksDoNotOutliveTheCollector(t *testing.T) {
	a, err := Make(70 << 10)
	must(t, err)
	must(t, a.Close())
	for i := 0; released.n.Load() != 0; i++ {
		if i == 100 {
			t.Fatal("released blocks wait for ever")
		}
		runtime.GC()
	}
}

func TestManyReleasedBlocks(t *testing.T) {
	for i := range 3 * maxReleased {
		a, err := Make(1000 + 8*i)
		must(t, err)
		must(t, a.Close())
	}
	if n := released.n.Load(); n > maxReleased {
		t.Error(n)
	}
	if reuse(-1) != nil {
		t.Error("a block of -1 bytes")
	}
}

func TestAnonymous(t *testing.T) {
	b, err := MakeAnonymous(100000)
	must(t, err)
	if b.Len() != 100000 || b.Kind() != Anonymous || uintptr(b.Pointer())%uintptr(pageSize) != 0 {
		t.Error(b.Len(), b.Kind())
	}
	raw := b.UnsafeBytes()
	raw[99999] = 5
	must(t, b.Close())
	if !b.Closed() || raw[99999] == 5 && runtime.GOOS != "windows" {
		t.Error("the memory is still there")
	}
	if _, err := MakeAnonymous(math.MaxInt / 2); !errors.Is(err, nderr.ErrMemory) {
		t.Error(err)
	}
	if _, err := MakeAnonymous(-1); !errors.Is(err, nderr.ErrMemory) {
		t.Error(err)
	}
	empty, err := MakeAnonymous(0)
	must(t, err)
	must(t, empty.Close())
}

// liveBytes returns the listed blocks of one kind and length.
func liveOf(kind Kind, n int) (list []LiveBlock) {
	for _, l := range Live() {
		if l.Kind == kind && l.Bytes == n {
			list = append(list, l)
		}
	}
	return list
}

func TestLiveNamesThePlace(t *testing.T) {
	defer Trace(Trace(true))
	a, err := Make(123457)
	must(t, err)
	list := liveOf(Heap, 123457)
	if len(list) != 1 || !strings.Contains(list[0].Place, "release_test.go") || list[0].Age < 0 {
		t.Fatalf("%v", list)
	}
	if report := LiveReport(); !strings.Contains(report, "release_test.go") || !strings.Contains(report, "heap") {
		t.Error(report)
	}
	must(t, a.Close())
	if len(liveOf(Heap, 123457)) != 0 {
		t.Error("a closed block is listed")
	}
	b := FromSlice(make([]byte, 123459))
	if len(liveOf(Foreign, 123459)) != 1 {
		t.Error("a foreign block is not listed")
	}
	runtime.KeepAlive(b)
	for i := 0; len(liveOf(Foreign, 123459)) != 0; i++ {
		if i == 100 {
			t.Fatal("an unreachable block stays listed")
		}
		runtime.GC()
	}
}

func TestLiveListsSystemMemoryUnasked(t *testing.T) {
	b, err := MakeAnonymous(777 * pageSize)
	must(t, err)
	if len(liveOf(Anonymous, 777*pageSize)) != 1 {
		t.Error("not listed")
	}
	must(t, b.Close())
	if len(liveOf(Anonymous, 777*pageSize)) != 0 {
		t.Error("listed after Close")
	}
}
