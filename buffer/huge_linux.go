package buffer

import (
	"sync"
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
