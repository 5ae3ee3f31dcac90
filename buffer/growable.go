package buffer

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
	"weak"

	"github.com/stride-go/nd/internal/nderr"
)

// Policy says what a Growable does when it has to grow while somebody looks.
type Policy uint8

// The policies.
const (
	// Stay reserves address space once and commits memory as it is needed, so
	// that the base never moves and every view stays true. Where the system
	// cannot reserve (js, wasip1), or the reservation is used up, growth moves as
	// under Detach.
	Stay Policy = iota
	// Strict refuses with ErrExported to change the length while a view lives, as
	// Python does: "cannot resize an array that is exporting buffers".
	Strict
	// Detach moves the bytes when they outgrow the block. Earlier views keep the
	// old block, read its values for ever, and are Stale.
	Detach
	// CPython is Strict with the capacities of Python's array.array.
	CPython
)

var policyNames = [...]string{"stay", "strict", "detach", "cpython"}

// String returns the policy's name in lower case.
func (p Policy) String() string { return nameOf(policyNames[:], uint8(p)) }

func (p Policy) strict() bool { return p == Strict || p == CPython }

// GrowOptions says how a Growable grows. The zero value is Stay with a
// reservation of twice the machine's memory.
type GrowOptions struct {
	Policy  Policy
	Item    int // bytes that are appended at a time; capacities are multiples of it. 0 means 1
	Reserve int // bytes of address space to reserve under Stay. 0 lets the package choose
}

// Growable is a block that grows at its end.
//
//	finished  the bytes before Len: complete, and visible to Export
//	capacity  the bytes that can be written without asking the system
//	export    a Buffer over the finished part as it was when Export returned
//	moved     growth put the bytes elsewhere
//
// One goroutine may append while any number export and read: bytes become part
// of Len, atomically, after they have been written. Several appenders take turns.
//
// Which exports live is known from weak pointers, so an answer never depends on
// a forgotten Close: before a Growable refuses to change because of an export it
// runs the garbage collector once, and refuses only if the export is reachable
// still. A bare slice of an export does not count: its bytes stay readable, but
// only the Buffer (or an array over it) is watched.
//
// A copy made by assignment is the same Growable. The zero Growable is a closed one.
type Growable struct {
	self   *Growable // the Growable that was made; copies hold nothing else that counts
	policy Policy
	item   int

	appending sync.Mutex   // held through an append; taken before mu
	done      atomic.Int64 // Len
	moves     atomic.Int64

	mu      sync.Mutex // guards what follows; held shortly
	block   *systemBlock
	exports []export
	closed  bool
}

// export is one Buffer that was handed out. It does not keep it reachable.
type export struct {
	buf weak.Pointer[Buffer]
	n   int
}

// NewGrowable returns an empty Growable. ErrMemory if no address space is left,
// ErrValue if an option is negative.
func NewGrowable(opts GrowOptions) (*Growable, error) {
	if opts.Item < 0 || opts.Reserve < 0 {
		return nil, nderr.New("growable", nderr.ErrValue, "negative item size or reservation")
	}
	g := &Growable{policy: opts.Policy, item: max(opts.Item, 1)}
	g.self = g
	if opts.Policy == Stay && canReserve {
		b, err := reserveBlock(opts.Reserve)
		if err != nil {
			return nil, err
		}
		g.block = b
		return g, nil
	}
	b, err := heapBlock(0)
	g.block = b
	return g, err
}

// it returns the Growable that g is, or a copy of; for one that was never made, a
// closed one.
func (g *Growable) it() *Growable {
	if g == nil || g.self == nil {
		return neverMade
	}
	return g.self
}

var neverMade = &Growable{item: 1, closed: true, block: noBlock()}

// noBlock returns what a closed Growable has: an address, and no bytes.
func noBlock() *systemBlock {
	return &systemBlock{base: unsafe.Pointer(new([16]byte)), entry: newRecord(Growing, 0)}
}

// reserveBlock reserves size bytes, or half of that, or a quarter, …: a limit on
// address space is no reason to fail while a smaller range is to be had.
func reserveBlock(size int) (*systemBlock, error) {
	least := size
	if size == 0 {
		size, least = defaultReserve(), leastReserve
	}
	b, err := newSystemBlock(Growing, size)
	for err != nil && size/2 >= least {
		size /= 2
		b, err = newSystemBlock(Growing, size)
	}
	// Ranges that wait for their cleanup may be in the way.
	for wait := time.Millisecond; err != nil && wait < 100*time.Millisecond; wait *= 2 {
		runtime.GC()
		time.Sleep(wait)
		b, err = newSystemBlock(Growing, size)
	}
	return b, err
}

// leastReserve is the smallest reservation that is made unasked.
const leastReserve = 64 << 20

// defaultReserve returns twice the memory of the machine, which no Growable can
// fill, between 1 GiB and 1 TiB. Fewer than 128 ranges of 1 TiB fit.
func defaultReserve() int {
	if ^uint(0)>>32 == 0 {
		return 256 << 20 // a 32-bit address space
	}
	size, total := int64(1<<30), totalMemory()
	for size < 2*total && size < 1<<40 {
		size <<= 1
	}
	return int(size)
}

// heapBlock returns a block of n bytes in the Go heap.
func heapBlock(n int) (*systemBlock, error) {
	h, err := MakeUninit(n)
	if err != nil {
		return nil, err
	}
	b := &systemBlock{base: h.base, cap: n, entry: newRecord(Growing, n)}
	enter(b.entry)
	runtime.AddCleanup(b, leave, b.entry)
	return b, nil
}

// Policy returns the policy that the Growable was made with.
func (g *Growable) Policy() Policy { return g.it().policy }

// Len returns the bytes of the finished part.
func (g *Growable) Len() int { return int(g.it().done.Load()) }

// Cap returns the bytes that fit before the system is asked again.
func (g *Growable) Cap() int {
	g = g.it()
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.block.cap
}

// Generation counts how often the bytes moved to another block. Under Stay it
// remains 0 unless the reservation ran out.
func (g *Growable) Generation() int { return int(g.it().moves.Load()) }

// Append adds b at the end. See Extend for the errors.
func (g *Growable) Append(b []byte) error {
	return g.Extend(len(b), func(dst []byte) error { copy(dst, b); return nil })
}

// Extend adds n bytes at the end, which fill writes: dst is where they lie, and
// holds no particular values before. When fill returns an error or panics, the
// length does not change. ErrMemory if the machine cannot hold them (what there
// was stays as it was), ErrExported under Strict while an export lives, ErrClosed
// after Close. fill must not use the Growable itself.
func (g *Growable) Extend(n int, fill func(dst []byte) error) error {
	if n < 0 {
		return nderr.New("append", nderr.ErrValue, "negative length %d", n)
	}
	g = g.it()
	g.appending.Lock()
	defer g.appending.Unlock()
	old := int(g.done.Load())
	dst, block, err := g.room(old, n)
	if err != nil || n == 0 {
		return err
	}
	err = fill(dst)
	runtime.KeepAlive(block) // which a Close meanwhile has taken from g
	if err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return g.errClosed()
	}
	if g.policy.strict() && g.liveExport(0) { // taken while fill was at work
		return errExported()
	}
	g.done.Store(int64(old + n))
	return nil
}

// room returns the n bytes after the first old, making place for them, and the block
// that they lie in, which the bytes alone do not keep.
func (g *Growable) room(old, n int) ([]byte, *systemBlock, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil, nil, g.errClosed()
	}
	need := old + n
	if need < old {
		return nil, nil, nderr.New("append", nderr.ErrMemory, "Unable to allocate an array of more than %s", Human(old))
	}
	if n > 0 && g.policy.strict() && g.liveExport(0) {
		return nil, nil, errExported()
	}
	if need > g.block.cap {
		if err := g.grow(old, need); err != nil {
			return nil, nil, err
		}
	}
	// Invariant: need ≤ cap, and cap bytes at base are usable.
	return unsafe.Slice((*byte)(unsafe.Add(g.block.base, old)), n), g.block, nil
}

// grow makes the capacity at least need. g.mu is held.
func (g *Growable) grow(old, need int) error {
	if s := g.block.space; s != nil && need <= s.size {
		// A generous step, then the least one if memory is short.
		err := g.block.commitTo(min(need+min(max(need, 64<<10), 256<<20), s.size))
		if err != nil {
			err = g.block.commitTo(need)
		}
		return err
	}
	if g.policy == Stay && canReserve {
		if err := checkCommit(need); err != nil {
			return err
		}
		if b, err := reserveBlock(max(need, 2*need)); err == nil {
			if err := b.commitTo(need); err != nil {
				return err
			}
			g.move(b, old)
			return nil
		}
	}
	items := (need + g.item - 1) / g.item
	size := max(items+items/4, 8)
	switch {
	case g.policy == CPython:
		size = CPythonCapacity(old/g.item, items)
	case need < 64<<20:
		size = max(2*items, 8)
	}
	if size > int(^uint(0)>>1)/g.item {
		return nderr.New("append", nderr.ErrMemory, "Unable to allocate an array of more than %s", Human(need))
	}
	b, err := heapBlock(size * g.item)
	if err != nil {
		b, err = heapBlock(need)
	}
	if err != nil {
		return err
	}
	g.move(b, old)
	return nil
}

// move puts the first n bytes into another block, which every live export but
// those of the new block is told. g.mu is held.
func (g *Growable) move(to *systemBlock, n int) {
	copy(unsafe.Slice((*byte)(to.base), n), unsafe.Slice((*byte)(g.block.base), n))
	for _, e := range g.exports {
		if b := e.buf.Value(); b != nil {
			b.state.Or(isStale)
		}
	}
	g.exports = g.exports[:0]
	g.block = to
	g.moves.Add(1)
}

// errClosed and errExported are what the methods report. g.mu may be held.
func (g *Growable) errClosed() error {
	return nderr.New("", nderr.ErrClosed, "the growable buffer is closed")
}

func errExported() error {
	return nderr.New("", nderr.ErrExported, "cannot resize an array that is exporting buffers")
}

// CPythonCapacity returns the capacity in items to which Python's array.array
// reallocates when it grows from length items to need of them: 4, 8, 16, 25, 34,
// 44, … for appends one by one. Source of the rule: CPython's array_resize.
func CPythonCapacity(length, need int) int {
	if need == 0 {
		return 0
	}
	if length < 8 {
		return need + need/16 + 3
	}
	return need + need/16 + 7
}

// CPythonByteArrayCapacity returns the bytes that Python's bytearray allocates
// when it grows to length bytes and had alloc. Source of the rule: CPython's
// PyByteArray_Resize.
func CPythonByteArrayCapacity(length, alloc int) int {
	if length+1 <= alloc {
		return alloc
	}
	if float64(length) <= float64(alloc)*1.125 {
		if length < 9 {
			return length + length/8 + 3
		}
		return length + length/8 + 6
	}
	return length + 1
}
