package buffer

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// asksFor tells whether the system has been asked for large pages at an address.
func asksFor(t *testing.T, at uintptr) bool {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	inside := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			inside = from <= at && at < to
		} else if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && inside {
			return strings.Contains(flags+" ", " hg ")
		}
	}
	t.Skip("the system does not tell")
	return false
}

// mapArea returns n bytes at a multiple of heapPiece, outside the heap. It skips the test
// where asking for large pages leaves no trace, as in an emulator.
func mapArea(t *testing.T, n int) []byte {
	t.Helper()
	area, err := unix.Mmap(-1, 0, n+heapPiece, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	must(t, err)
	t.Cleanup(func() { unix.Munmap(area) })
	skip := -int(uintptr(unsafe.Pointer(&area[0]))) & (heapPiece - 1)
	aligned := area[skip : skip+n]
	err = unix.Madvise(aligned[:hugePage], unix.MADV_HUGEPAGE)
	if err != nil || !asksFor(t, uintptr(unsafe.Pointer(&aligned[0]))) {
		t.Skip("the system keeps no note of large pages: ", err)
	}
	must(t, unix.Madvise(aligned[:hugePage], unix.MADV_NOHUGEPAGE))
	return aligned
}

// Small blocks lie in large pages, those around them up to the end of a piece of the
// heap included, and what was there stays.
func TestLargePagesAroundSmallBlocks(t *testing.T) {
	area := mapArea(t, 4*heapPiece)
	area[3*hugePage] = 7
	at := func(page int) uintptr { return uintptr(unsafe.Pointer(&area[page*hugePage])) }
	ask := func(offset, n int) { askAround(unsafe.Pointer(&area[offset]), n) }
	check := func(when string, want string) {
		t.Helper()
		for page, w := range want {
			if got := asksFor(t, at(page)); got != (w == 'x') {
				t.Errorf("%s: large page %d asked for: %t", when, page, got)
			}
		}
	}
	defer around.Store(around.Load())
	around.Store(nil)
	check("before", "........")
	ask(3*hugePage+100, 5000)
	check("one block", "...x....")
	ask(6*hugePage-10, 20) // over the border of two pieces
	check("apart", "...x.xxx")
	ask(3*hugePage, 100)
	ask(2*hugePage, 1)
	check("below", "..xx.xxx")
	if run := around.Load(); run.first*hugePage != at(2) || run.end*hugePage != at(3)+hugePage {
		t.Errorf("the run is %x", *run)
	}
	ask(4*hugePage, 1)
	check("next to it", "..xxxxxx")
	if run := around.Load(); run.first*hugePage != at(2) || run.end*hugePage != at(5)+hugePage {
		t.Errorf("the run is %x", *run)
	}
	if area[3*hugePage] != 7 {
		t.Error("a byte is lost")
	}
	for page := range 8 {
		delete(asked.pages, at(page)/hugePage)
	}
}

// Blocks of every size between the small and the large ones are asked for. The first may
// be old ones, which other tests have given back.
func TestBlocksLieInLargePages(t *testing.T) {
	mapArea(t, heapPiece)
	makeRoom()
	if !roomy() {
		t.Skip("no headroom: a memory limit is set, or there is next to no memory")
	}
	for _, n := range []int{carveMost + 8, zeroMost, zeroMost + 8, 1 << 20, hugeFrom - 8} {
		for _, fill := range []Fill{Zeros, Soon, Late, Streamed} {
			var held []*Buffer
			for asked := false; !asked; {
				b := new(Buffer)
				must(t, b.Init(n, fill))
				held = append(held, b)
				if asked = asksFor(t, uintptr(b.base)); !asked && len(held) == 20 {
					t.Fatalf("blocks of %d bytes, fill %d, are not in large pages", n, fill)
				}
			}
			runtime.KeepAlive(held)
		}
	}
	if base := carve(carveMost); base != nil && !asksFor(t, uintptr(base)) {
		t.Error("a chunk is not in large pages")
	}
}
