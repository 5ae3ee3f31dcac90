package buffer

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// hugePage is the usual size of a large page.
const hugePage = 2 << 20

// asked holds the large pages, by number, that the system has been asked for. The
// addresses of the Go heap are used again and again.
var asked struct {
	sync.Mutex
	pages map[uintptr]struct{}
}

// askHuge asks the system to back the whole large pages inside a block with
// large pages; a refusal changes nothing but speed. The block's bytes, which
// nobody has seen yet, become zero where the addresses held small pages before:
// those would stay small.
func askHuge(base unsafe.Pointer, n int) {
	first := (uintptr(base) + hugePage - 1) / hugePage
	last := (uintptr(base) + uintptr(n)) / hugePage
	asked.Lock()
	defer asked.Unlock()
	if asked.pages == nil {
		asked.pages = map[uintptr]struct{}{}
	}
	for at := first; at < last; at++ {
		if _, known := asked.pages[at]; known {
			continue
		}
		end := at
		for end < last {
			if _, known := asked.pages[end]; known {
				break
			}
			asked.pages[end] = struct{}{}
			end++
		}
		// Invariant: these pages lie inside the block, which the caller owns alone.
		run := unsafe.Slice((*byte)(unsafe.Add(base, at*hugePage-uintptr(base))), (end-at)*hugePage)
		if unix.Madvise(run, unix.MADV_HUGEPAGE) == nil {
			unix.Madvise(run, unix.MADV_DONTNEED)
		}
		at = end - 1
	}
}

// around is a run of large pages that askAround has been through: the common case,
// which needs no lock.
var around atomic.Pointer[pageRun]

// pageRun is a run of large pages, by number.
type pageRun struct{ first, end uintptr }

// heapPiece is the least by which the runtime makes its heap longer, at a multiple of
// itself.
const heapPiece = 4 << 20

// askAround asks the system for large pages where a block of the Go heap lies that may
// be smaller than one. The system finds a large page in the time of a hundred small
// ones, a fifth of those that it holds, and a program has such blocks by the dozen
// between two collections. What else lies in those pages stays as it is. The asking goes on to the end of the piece of the
// heap, before anything there is touched: where there is a small page already, the
// system does not make a large one.
func askAround(base unsafe.Pointer, n int) {
	const pieces = heapPiece / hugePage
	first, end := uintptr(base)/hugePage, (uintptr(base)+uintptr(n)-1)/hugePage+1
	end = (end + pieces - 1) / pieces * pieces
	run := around.Load()
	if run != nil && run.first <= first && end <= run.end {
		return
	}
	asked.Lock()
	defer asked.Unlock()
	if asked.pages == nil {
		asked.pages = map[uintptr]struct{}{}
	}
	for at := first; at < end; at++ {
		if _, known := asked.pages[at]; !known {
			asked.pages[at] = struct{}{}
			unix.Syscall(unix.SYS_MADVISE, at*hugePage, hugePage, unix.MADV_HUGEPAGE)
		}
	}
	// The heap grows upwards as a rule: the run gets longer, or another one begins.
	if run = around.Load(); run != nil && run.first <= first && first <= run.end {
		first, end = run.first, max(run.end, end)
	}
	around.Store(&pageRun{first, end})
}
