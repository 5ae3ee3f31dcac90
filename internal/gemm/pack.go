package gemm

import (
	"sync"
	"unsafe"
)

// scratch is the memory of packed blocks of one worker.
type scratch struct{ a, b []uint64 }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func borrow() *scratch       { return scratches.Get().(*scratch) }
func (s *scratch) giveBack() { scratches.Put(s) }

// room returns n bytes that begin on a cache line, in *buf.
func room(buf *[]uint64, n int) unsafe.Pointer {
	if words := n/8 + 8; len(*buf) < words {
		*buf = make([]uint64, words)
	}
	p := unsafe.Pointer(&(*buf)[0])
	return unsafe.Add(p, -uintptr(p)&63)
}

// packPanels copies a d × w block of B, panel after panel, each row of a panel
// after the row before. Panels are whole vectors wide; what lies beyond the last
// column is not used.
func (p *plan) packPanels(s *scratch, b Matrix, d, w int) unsafe.Pointer {
	dst := room(&s.b, d*(w+p.items)*p.size)
	for j := 0; j < w; {
		vecs, cols := p.panel(w - j)
		at := unsafe.Add(dst, j*d*p.size)
		if b.Col == p.size && cols == vecs*p.items {
			p.rows[vecs](at, b.at(0, j), cols*p.size, b.Row, d)
		} else {
			p.pack(at, b.from(0, j).turned(), cols, d, vecs*p.items)
		}
		j += cols
	}
	return dst
}

// packStrips copies an h × d block of A in strips of as many rows as a tile has,
// each column of a strip after the column before. Rows beyond the last are not
// used.
func (p *plan) packStrips(s *scratch, a Matrix, h, d int) unsafe.Pointer {
	dst := room(&s.a, (h+p.high)*d*p.size)
	i := 0
	if a.Row == p.size {
		i = h - h%p.high
		switch strips := i / p.high; p.high * p.size {
		case 16:
			spread[[2]uint64](dst, a, strips, d)
		case 32:
			spread[[4]uint64](dst, a, strips, d)
		case 64:
			spread[[8]uint64](dst, a, strips, d)
		default:
			i = 0
		}
	}
	for ; i < h; i += p.high {
		p.pack(unsafe.Add(dst, i*d*p.size), a.from(i, 0), min(p.high, h-i), d, p.high)
	}
	return dst
}

// spread is packStrips of strips as high as a T, from columns without gaps: each is
// read in one go.
func spread[T any](dst unsafe.Pointer, a Matrix, strips, d int) {
	size := int(unsafe.Sizeof(*new(T)))
	for j := range d {
		to := unsafe.Add(dst, j*size)
		from := unsafe.Slice((*T)(a.at(0, j)), strips)
		for i := range from {
			*(*T)(unsafe.Add(to, i*d*size)) = from[i]
		}
	}
}

// pack copies an h × d matrix so that its columns, room for wide items each, lie
// one after another.
func (p *plan) pack(dst unsafe.Pointer, x Matrix, h, d, wide int) {
	i, done := 0, 0
	if x.Col == p.size && p.transpose != nil {
		done = d &^ (p.turn - 1)
		for ; i+p.turn <= h && done > 0; i += p.turn {
			p.transpose(unsafe.Add(dst, i*p.size), x.at(i, 0), wide*p.size, x.Row, done)
			if done < d {
				p.move(unsafe.Add(dst, (done*wide+i)*p.size), x.from(i, done), p.turn, d-done, wide)
			}
		}
	}
	if i < h {
		p.move(unsafe.Add(dst, i*p.size), x.from(i, 0), h-i, d, wide)
	}
}

// move is pack, item by item.
func (p *plan) move(dst unsafe.Pointer, x Matrix, h, d, wide int) {
	switch p.size {
	case 4:
		move[uint32](dst, x, h, d, wide)
	case 8:
		move[uint64](dst, x, h, d, wide)
	case 16:
		move[[2]uint64](dst, x, h, d, wide)
	}
}

func move[T any](dst unsafe.Pointer, x Matrix, h, d, wide int) {
	size := int(unsafe.Sizeof(*new(T)))
	if abs(x.Row) <= abs(x.Col) {
		for j := range d {
			to, from := unsafe.Slice((*T)(unsafe.Add(dst, j*wide*size)), h), x.at(0, j)
			for i := range to {
				to[i] = *(*T)(unsafe.Add(from, i*x.Row))
			}
		}
		return
	}
	for i := range h {
		to, from := unsafe.Add(dst, i*size), x.at(i, 0)
		for j := range d {
			*(*T)(unsafe.Add(to, j*wide*size)) = *(*T)(unsafe.Add(from, j*x.Col))
		}
	}
}
