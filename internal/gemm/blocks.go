package gemm

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// Block lengths. A block of k is such that a panel of B (three vectors wide) and
// a strip of A stay near the first-level cache; a block of A stays in the second
// level, a block of B in the third.
const (
	depthMost  = 384
	depthShort = 64        // for few rows, when B streams by once
	fewRows    = 16        // rows of A up to which B is not worth a copy
	blockA     = 512 << 10 // bytes
	blockB     = 4 << 20
	blockBFew  = 256 << 10
	small      = 1 << 20 // bytes of A up to which it is read as it lies
	farDepth   = 128     // rows of a panel from which on it is brought nearer beforehand
	farRow     = 4096    // bytes from row to row that are far
	aheadRow   = 512     // bytes of a row of A from which on the next ones are brought nearer
	packedDear = 4       // times what reading takes, to pack
)

// plan says how a product is cut. It follows from the shapes and strides alone.
type plan struct {
	*engine
	c, a, b      Matrix
	depth        int
	block        int // of k
	packA, packB bool
	lower        bool // only tiles that reach below the diagonal
}

// begin says how a product that is not short runs, and returns in how many parts.
func (p *plan) begin(c, a, b Matrix, m, n int) (parts int) {
	p.c, p.a, p.b = c, a, b
	if !p.packB && m <= fewRows && abs(b.Row) >= farRow {
		p.block = depthShort
	}
	blocks := (p.depth + p.block - 1) / p.block
	p.block = (p.depth + blocks - 1) / blocks
	work := m * n * p.depth * p.cost
	if work < Shared {
		return 1
	}
	if parts = parallel.Threads(); work >= 4*Shared && parts > 1 {
		parts *= 2 // so that a core that is busy elsewhere holds up less
	}
	return parts
}

// choose says what is packed of matrices that lie like a and b.
func (p *plan) choose(a, b Matrix, m, n int) {
	p.block = depthMost
	deep := min(p.depth, depthMost) // what is read at a time
	again := deep
	if m > 2*n && n > 3*p.items { // B is read often, and not as it lies: a copy pays sooner
		again = p.depth
	}
	p.packB = b.Col != p.size || m > fewRows && (n*again*p.size > p.near || abs(b.Row) > farRow && m > 4*fewRows)
	p.packA = n > 2*fewRows && (m*deep*p.size > small || abs(a.Row) >= farRow || abs(a.Col) > farRow)
}

// isShort tells whether the matrices are read as they lie, in one go.
func (p *plan) isShort(m, n int) bool {
	return m*n*p.depth*p.cost < Shared && p.depth <= depthMost && !p.packA && !p.packB
}

// mul is Mul on vectors, for m, n, depth > 0.
func (e *engine) mul(c, a, b Matrix, m, n, depth int) {
	if n == 1 {
		e.vector(c, a, b, m, depth)
		return
	}
	if m == 1 {
		e.vector(c.turned(), b.turned(), a.turned(), n, depth)
		return
	}
	if e.isGram(a, b, m, n) {
		e.gram(c, a, n, depth)
		return
	}
	e.product(c, a, b, m, n, depth)
}

// product is mul for more than one row and column.
func (e *engine) product(c, a, b Matrix, m, n, depth int) {
	p := plan{engine: e, depth: depth}
	p.choose(a, b, m, n)
	if p.isShort(m, n) {
		p.tilesOf(c, a, b, m, n, depth, -n, false)
		return
	}
	parts := p.begin(c, a, b, m, n)
	down, across := p.grid(parts, m, n)
	if parts = down * across; parts == 1 {
		p.run(0, m, 0, n)
		return
	}
	shared := p // p stays on the stack if nobody shares it
	parallel.Do(parts, func(i int) {
		shared.run(cut(m, e.high, i/across, down), cut(m, e.high, i/across+1, down),
			cut(n, e.items, i%across, across), cut(n, e.items, i%across+1, across))
	})
}

// grid cuts an m × n matrix into about parts pieces, of which none is smaller
// than a tile, so that as little as possible is read, and above all packed, twice.
func (p *plan) grid(parts, m, n int) (down, across int) {
	dearA, dearB := 1, 1
	if p.packA {
		dearA = packedDear
	}
	if p.packB {
		dearB = packedDear
	}
	down, across = 1, 1
	best := math.MaxInt
	for d := 1; d <= parts; d++ {
		w := parts / d
		if d > 1 && m/d < p.high || w > 1 && n/w < 3*p.items {
			continue
		}
		lost := (parts - d*w) * (m + n) * parts
		if cost := dearA*m*w + dearB*n*d + max(dearA, dearB)*lost; cost < best {
			best, down, across = cost, d, w
		}
	}
	return down, across
}

// cut returns where the i-th of parts pieces of n begins, a multiple of unit or n.
func cut(n, unit, i, parts int) int {
	if i == parts {
		return n
	}
	return (n / unit) * i / parts * unit
}

// run computes rows i0 … i1 and columns j0 … j1 of C.
func (p *plan) run(i0, i1, j0, j1 int) {
	if i0 == i1 || j0 == j1 {
		return
	}
	var s *scratch
	wide, tall := j1-j0, i1-i0
	if p.packB {
		room := blockB
		if tall < 4*fewRows {
			room = blockBFew
		}
		unit := 3 * p.items
		wide = min(wide, max(room/(p.block*p.size)/unit*unit, unit))
	}
	if p.packA {
		tall = min(tall, max(blockA/(p.block*p.size)/p.high*p.high, p.high))
	}
	if p.packA || p.packB {
		s = borrow()
		defer s.giveBack()
	}
	for j := j0; j < j1; j += wide {
		w := min(wide, j1-j)
		for k := 0; k < p.depth; k += p.block {
			d := min(p.block, p.depth-k)
			panels := p.b.from(k, j)
			if p.packB {
				panels = Matrix{P: p.packPanels(s, panels, d, w)}
			}
			i := i0
			if p.lower && j > i0 {
				i += (j - i0) / p.high * p.high
			}
			for ; i < i1; i += tall {
				h := min(tall, i1-i)
				strips := p.a.from(i, k)
				if p.packA {
					strips = Matrix{P: p.packStrips(s, strips, h, d), Row: p.size, Col: p.high * p.size}
				}
				diagonal := -w
				if p.lower {
					diagonal = j - i
				}
				p.tilesOf(p.c.from(i, j), strips, panels, h, w, d, diagonal, k > 0)
			}
		}
	}
}

// tilesOf computes h × w items of C from a block of A and one of B, either of
// which may be packed; of column j only those from the tile of row diagonal+j on.
func (p *plan) tilesOf(c, a, b Matrix, h, w, d, diagonal int, more bool) {
	strip := p.high * a.Row
	if p.packA {
		strip = p.high * p.size * d
	}
	for j := 0; j < w; {
		tile := max(diagonal+j, 0) / p.high
		top := tile * p.high
		if top >= h {
			return
		}
		vecs, cols := p.panel(w - j)
		panel := Matrix{P: unsafe.Add(b.P, j*p.size), Row: b.Row}
		strips := Matrix{unsafe.Add(a.P, tile*strip), a.Row, a.Col}
		var next ahead
		switch {
		case p.packB:
			panel = Matrix{P: unsafe.Add(b.P, j*p.size*d), Row: vecs * p.items * p.size}
			if d >= farDepth && j+cols < w {
				// The next panel comes from the third level while this one is used.
				v, _ := p.panel(w - j - cols)
				next.far = uintptr(panel.P) + uintptr(d*panel.Row)
				next.last = next.far + uintptr(d*v*p.items*p.size)
				next.lines = (d*v*p.items*p.size/64 + h - top - 1) / (h - top)
			}
		case j == 0 && cols == w && !p.packA && a.Col == p.size && a.Row >= aheadRow && kernel.OneByOne(h-top, a.Row):
			// A comes from memory in order while the strips before are used.
			next = ahead{uintptr(strips.P) + uintptr(2*strip), uintptr(strips.P) + uintptr((h-top)*a.Row), a.Row/64 + 1}
		}
		p.column(c.from(top, j), strips, panel, h-top, vecs, cols, d, strip, next, more)
		j += cols
	}
}

// ahead is memory that is brought nearer meanwhile, so many lines a row of C. It is only
// looked at, never used: its place is no pointer.
type ahead struct {
	far, last uintptr
	lines     int
}

// column computes h rows of C, as wide as a panel of B. It is a function for the
// collector's sake: goroutines stop where functions begin, not in assembly, and one that
// waits long for them all wastes the others.
//
//go:noinline
func (p *plan) column(c, a, b Matrix, h, vecs, cols, d, strip int, next ahead, more bool) {
	add := 0
	if more {
		add = 1
	}
	p.columns[vecs](c.P, a.P, b.P, h, d, c.Row, a.Row, a.Col, b.Row, strip, p.lanes(vecs, cols), add,
		next.far, next.last, next.lines)
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}
