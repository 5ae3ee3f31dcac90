package buffer

// Pages tells where the pages are on which a block lies. A count that the system
// does not tell is -1; on other systems than Linux all but the first two are.
type Pages struct {
	Size  int // bytes a page
	Count int // pages on which the block lies

	// Cached pages are in memory, whoever brought them there: for a mapped file
	// the pages in the system's page cache. Reading one does not wait for a disk.
	// Linux tells only those who may write the file.
	Cached int

	// Of a mapped or shared block: the pages that this process has touched through
	// the block's map, those of them that the file does not hold yet, and those
	// that are copies of its own (the writes of mode c).
	Touched, Dirty, Private int
}

// Unknown stands in Pages for a count that the system does not tell.
const Unknown = -1

// Pages asks the system about the block's pages now. It touches none of them.
func (b *Buffer) Pages() Pages {
	if b.n == 0 {
		return Pages{Size: pageSize}
	}
	p := Pages{Size: pageSize, Cached: Unknown, Touched: Unknown, Dirty: Unknown, Private: Unknown}
	lo := uintptr(b.base) &^ uintptr(pageSize-1)
	hi := (uintptr(b.base) + uintptr(b.n) + uintptr(pageSize-1)) &^ uintptr(pageSize-1)
	p.Count = int(hi-lo) / pageSize
	if m := b.mapped; m != nil {
		m.mu.Lock() // so that the range stays mapped
		defer m.mu.Unlock()
		if m.poisoned {
			return p
		}
	}
	if !b.Closed() {
		b.askPages(&p, lo, hi)
	}
	b.KeepAlive()
	return p
}
