package buffer

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// Memory of the system outside the Go heap. A space is a range of addresses that
// may not be touched until it is committed:
//
//	reserved   the addresses are ours, no memory is behind them
//	committed  the first bytes of the range, readable and writable; the system
//	           finds memory for a page when it is first touched
//
// Lifetime. A systemBlock holds the space; Buffers over it hold the systemBlock.
// When none of them is reachable a cleanup gives the addresses back, unless a
// bare slice escaped. Before that nothing takes them away, so that reading a
// block that was closed meanwhile sees zeros, and never faults.
type space struct {
	addr      unsafe.Pointer
	size      int // reserved
	mu        sync.Mutex
	committed int // from addr on; a multiple of the page
	escaped   atomic.Bool
	//lint:ignore U1000 not every system needs it
	heap []uint64 // the memory itself where the system has no such calls
}

// systemBlock is a block of a Growable or an anonymous one. space is nil for a
// block in the Go heap, which base then keeps alive.
type systemBlock struct {
	base  unsafe.Pointer
	cap   int // bytes that may be used
	space *space
	entry *record
}

// newSystemBlock reserves size bytes. The block has no usable bytes yet.
func newSystemBlock(kind Kind, size int) (*systemBlock, error) {
	s := &space{size: roundUp(max(size, 1), pageSize)}
	if s.size < size {
		return nil, nderr.New("", nderr.ErrMemory, "Unable to reserve %s", Human(size))
	}
	if err := s.reserve(); err != nil {
		return nil, &nderr.Error{Err: nderr.ErrMemory, Msg: "Unable to reserve " + Human(s.size) + " of address space: " + err.Error()}
	}
	b := &systemBlock{base: s.addr, space: s, entry: newRecord(kind, 0)}
	enter(b.entry)
	runtime.AddCleanup(b, (*space).release, s)
	runtime.AddCleanup(b, leave, b.entry)
	return b, nil
}

// release gives the addresses back when nothing can refer to them any more.
func (s *space) release() {
	if !s.escaped.Load() {
		s.unmap()
	}
}

// blank gives the committed memory back to the system. The addresses stay
// readable.
func (s *space) blank() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.committed == 0 {
		return nil
	}
	return s.discard(0)
}

// commitTo makes the first n bytes usable. It refuses what the machine cannot
// hold: the system itself would agree, and end the process later.
func (b *systemBlock) commitTo(n int) error {
	s := b.space
	s.mu.Lock()
	defer s.mu.Unlock()
	to := roundUp(n, pageSize)
	if to > s.size || to < n {
		return nderr.New("", nderr.ErrMemory, "Unable to commit %s: %s are reserved", Human(n), Human(s.size))
	}
	if to > s.committed {
		if err := checkCommit(to - s.committed); err != nil {
			return err
		}
		if err := s.commit(to); err != nil {
			return &nderr.Error{Err: nderr.ErrMemory, Msg: "Unable to commit " + Human(to-s.committed) + ": " + err.Error()}
		}
		s.committed = to
	}
	b.cap = s.committed
	b.entry.bytes.Store(int64(s.committed))
	return nil
}

// trimTo gives the memory after the first n bytes back to the system. Its addresses
// stay readable: of an export that was closed somebody may still be reading.
func (b *systemBlock) trimTo(n int) error {
	s := b.space
	s.mu.Lock()
	defer s.mu.Unlock()
	to := roundUp(n, pageSize)
	if to >= s.committed || s.escaped.Load() {
		return nil
	}
	if err := s.discard(to); err != nil {
		return err
	}
	s.committed, b.cap = to, to
	b.entry.bytes.Store(int64(to))
	return nil
}

// checkCommit is checkAvailable with a threshold fit for memory that grows in
// steps.
func checkCommit(n int) error {
	if n < 1<<20 {
		return nil
	}
	return checkFree(n)
}

// MakeAnonymous returns a block of n zero bytes of system memory outside the Go
// heap, at a page boundary. The garbage collector neither scans nor counts it;
// Close gives the memory back at once, and without Close a cleanup does when the
// Buffer is unreachable. It returns an error that wraps nd.ErrMemory when the
// machine cannot hold n bytes.
func MakeAnonymous(n int) (*Buffer, error) {
	if n < 0 {
		return nil, checkAvailable(n)
	}
	if err := checkCommit(n); err != nil {
		return nil, err
	}
	s, err := newSystemBlock(Anonymous, n)
	if err != nil {
		return nil, err
	}
	if err := s.commitTo(n); err != nil {
		return nil, err
	}
	return &Buffer{base: s.base, n: n, kind: Anonymous, owner: s}, nil
}

// roundUp returns the least multiple of the power of two m that is at least n.
func roundUp(n, m int) int { return (n + m - 1) &^ (m - 1) }
