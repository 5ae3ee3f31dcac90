package buffer

import (
	"runtime"
	"unsafe"
	"weak"

	"github.com/stride-go/nd/internal/nderr"
)

// Export returns a Buffer over the finished part as it is now. Later growth does
// not change its length. The Buffer keeps its memory alive by itself: a Growable
// that becomes unreachable takes nothing away. Close on the Buffer ends this
// export alone. ErrClosed after Close of the Growable.
func (g *Growable) Export() (*Buffer, error) {
	g = g.it()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil, g.errClosed()
	}
	b := &Buffer{base: g.block.base, n: int(g.done.Load()), kind: Growing, owner: g.block}
	if len(g.exports) == cap(g.exports) {
		g.prune()
	}
	g.exports = append(g.exports, export{buf: weak.Make(b), n: b.n})
	return b, nil
}

// prune forgets the exports that ended.
func (g *Growable) prune() {
	kept := g.exports[:0]
	for _, e := range g.exports {
		if b := e.buf.Value(); b != nil && !b.Closed() {
			kept = append(kept, e)
		}
	}
	clear(g.exports[len(kept):])
	g.exports = kept
}

// liveExport tells whether an export longer than n bytes lives. It asks the
// garbage collector before it says yes. g.mu is held.
func (g *Growable) liveExport(n int) bool {
	found := func() bool {
		for _, e := range g.exports {
			if b := e.buf.Value(); e.n > n && b != nil && !b.Closed() {
				return true
			}
		}
		return false
	}
	g.prune()
	if !found() {
		return false
	}
	runtime.GC()
	g.prune()
	return found()
}

// Exports returns how many exports have not ended: neither closed, nor found
// unreachable by the garbage collector yet, nor left behind by a move.
func (g *Growable) Exports() int {
	g = g.it()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.prune()
	return len(g.exports)
}

// Stale tells whether the block is one that its Growable has moved away from: it
// keeps its old values, and writes to it no longer reach the Growable. It is
// false for other kinds of block.
func (b *Buffer) Stale() bool { return b.state.Load()&isStale != 0 }

// Truncate cuts the finished part to n bytes. The memory stays for later growth;
// Shrink returns it. Under Detach, views that reach further keep the old block;
// otherwise ErrExported while such a view lives (under Strict: any view).
// ErrValue if n is negative or greater than Len.
func (g *Growable) Truncate(n int) error {
	g = g.it()
	g.appending.Lock()
	defer g.appending.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	old := int(g.done.Load())
	switch {
	case g.closed:
		return g.errClosed()
	case n < 0 || n > old:
		return nderr.New("truncate", nderr.ErrValue, "length %d is out of bounds for a buffer of %d bytes", n, old)
	case n == old:
		return nil
	case g.policy.strict() && g.liveExport(0):
		return errExported()
	case g.liveExport(n):
		if g.policy != Detach {
			return errExported()
		}
		b, err := heapBlock(max(n, 8*g.item))
		if err != nil {
			return err
		}
		g.move(b, n)
	}
	g.done.Store(int64(n))
	return nil
}

// Resize sets the length of the finished part to n bytes; bytes that come new are
// zero. It is Truncate or Extend, but under CPython it follows array_resize to the
// letter: a length that falls by 16 items or more gives the spare memory back.
func (g *Growable) Resize(n int) error {
	g = g.it()
	old := g.Len()
	if n > old {
		return g.Extend(n-old, func(dst []byte) error { clear(dst); return nil })
	}
	if err := g.Truncate(n); err != nil || g.policy != CPython || old < n+16*g.item {
		return err
	}
	g.appending.Lock()
	defer g.appending.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed || g.liveExport(0) {
		return nil // the length is right; only the spare memory stays
	}
	b, err := heapBlock(CPythonCapacity(old/g.item, n/g.item) * g.item)
	if err == nil {
		g.move(b, n)
	}
	return err
}

// UnsafeBytes returns the finished part as it lies now. It is no export: nothing
// keeps the Growable from moving away from it, so it is for use at once.
func (g *Growable) UnsafeBytes() []byte {
	g = g.it()
	g.mu.Lock()
	defer g.mu.Unlock()
	return unsafe.Slice((*byte)(g.block.base), int(g.done.Load()))
}

// Shrink returns the memory beyond Len to the system, in whole pages; blocks in
// the Go heap move to a fresh block of just Len bytes, under Strict only while no
// export lives (ErrExported). Memory that a bare slice was taken of stays.
func (g *Growable) Shrink() error {
	g = g.it()
	g.appending.Lock()
	defer g.appending.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	n := int(g.done.Load())
	switch {
	case g.closed:
		return g.errClosed()
	case g.block.space != nil:
		return g.block.trimTo(n)
	case g.block.cap == n:
		return nil
	case g.policy.strict() && g.liveExport(0):
		return errExported()
	}
	b, err := heapBlock(n)
	if err != nil {
		return err
	}
	g.move(b, n)
	return nil
}

// Close ends the Growable and all its exports that are not stale, and gives the
// memory back at once: what still reads it through a raw slice sees zeros. A
// second Close does nothing.
func (g *Growable) Close() error {
	g = g.it()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil
	}
	g.closed = true
	for _, e := range g.exports {
		if b := e.buf.Value(); b != nil {
			b.state.Or(isClosed)
		}
	}
	g.exports = nil
	s := g.block.space
	leave(g.block.entry)
	g.block = noBlock()
	g.done.Store(0)
	if s != nil {
		return s.blank()
	}
	return nil
}
