package gemm

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

const (
	sharedBytes = 1 << 20   // of a matrix, from which on a vector times it uses all cores
	sharedRows  = 512 << 10 // the same where its rows are multiplied with the vector
	partBytes   = 128 << 10 // of the rows that one worker takes at a time
	stretch     = 1 << 15   // items of a long inner product that one worker sums
	sumPieces   = 4         // of the columns that are summed to a y of at most lineBytes
	gatherBytes = 16 << 10  // of rows that are copied at a time, to lie as the vector does
	fewColumns  = 16        // up to which they are copied column by column
	lineBytes   = 64 << 10  // of y that are summed at a time: long runs for the prefetcher, y in the second-level cache
)

// vector computes y = A·x, where x is one column and y, of m items, y.Row apart.
// Rows that lie one after another are multiplied with x; else columns that do
// are summed. Strided vectors are copied first.
func (e *engine) vector(y, a, x Matrix, m, k int) {
	s := borrow()
	defer s.giveBack()
	size := e.size
	out := y
	if y.Row != size && m > 1 {
		out = Matrix{P: room(&s.b, m*size), Row: size}
	}
	sums := a.Row == size && a.Col != size && m > 1
	if !sums && m <= 8 && k >= 2*stretch {
		e.longDots(out.P, a, x, m, k)
	} else {
		if x.Row != size && k > 1 {
			to := room(&s.a, k*size)
			kernel.Gather(to, x.P, x.Row, size, k)
			x = Matrix{P: to, Row: size}
		}
		switch {
		case sums:
			e.sumAll(out.P, a, x.P, m, k)
		case a.Col == size || k == 1:
			e.dotAll(out.P, a, x.P, m, k)
		default:
			e.gatherDots(out.P, a, x.P, m, k)
		}
	}
	if out != y {
		kernel.Scatter(y.P, out.P, y.Row, size, m)
	}
}

// each calls f(0) … f(parts-1), on all cores if the bytes to read are worth it.
func each(parts, bytes int, f func(i int)) {
	if bytes >= sharedBytes {
		parallel.Do(parts, f)
		return
	}
	for i := range parts {
		f(i)
	}
}

// longDots multiplies few long rows with x. They are cut into stretches, whose
// sums are added in order; strided ones are copied stretch by stretch.
func (e *engine) longDots(y unsafe.Pointer, a, x Matrix, m, k int) {
	pieces := k / stretch
	sums := make([]uint64, pieces*m*2)
	at := func(i int) unsafe.Pointer { return unsafe.Pointer(&sums[i*m*2]) }
	each(pieces, m*k*e.size, func(i int) {
		from, n := i*stretch, stretch
		if i == pieces-1 {
			n = k - from
		}
		col := x.at(from, 0)
		if x.Row == e.size && a.Col == e.size {
			e.dots(at(i), a.from(0, from), col, m, n, false)
			return
		}
		s := borrow()
		defer s.giveBack()
		if x.Row != e.size {
			col = room(&s.a, n*e.size)
			kernel.Gather(col, x.at(from, 0), x.Row, e.size, n)
		}
		for r := range m {
			row := a.at(r, from)
			if a.Col != e.size {
				row = room(&s.b, n*e.size)
				kernel.Gather(row, a.at(r, from), a.Col, e.size, n)
			}
			e.lines.dot()(unsafe.Add(at(i), r*e.size), row, col, n, 0, 1)
		}
	})
	for i := range pieces {
		e.addTo(y, at(i), m, i == 0)
	}
}

// addTo adds n items, or copies the first ones.
func (e *engine) addTo(y, x unsafe.Pointer, n int, first bool) {
	switch short := e.size/e.parts == 4; {
	case short && e.integer:
		addTo[uint32](y, x, n, first)
	case e.integer:
		addTo[uint64](y, x, n, first)
	case short:
		addTo[float32](y, x, n*e.parts, first)
	default:
		addTo[float64](y, x, n*e.parts, first)
	}
}

func addTo[T uint32 | uint64 | float32 | float64](y, x unsafe.Pointer, n int, first bool) {
	to, from := unsafe.Slice((*T)(y), n), unsafe.Slice((*T)(x), n)
	for i := range to {
		if first {
			to[i] = from[i]
		} else {
			to[i] += from[i]
		}
	}
}

// dotAll multiplies rows that lie in memory as x does.
func (e *engine) dotAll(y unsafe.Pointer, a Matrix, x unsafe.Pointer, m, k int) {
	unit := e.lines.some
	bytes := m * k * e.size
	parts, single := 1, kernel.OneByOne(m, a.Row)
	if threads := parallel.Threads(); threads > 1 && bytes >= sharedRows {
		parts = min(8*threads, bytes/partBytes, m/unit) // who comes late, or is held up, takes fewer
	}
	if parts <= 1 {
		e.dots(y, a, x, m, k, single)
		return
	}
	parallel.Do(parts, func(i int) {
		from, to := cut(m, unit, i, parts), cut(m, unit, i+1, parts)
		e.dots(unsafe.Add(y, from*e.size), a.from(from, 0), x, to-from, k, single)
	})
}

// dots multiplies rows with x, several at a time or one by one.
func (e *engine) dots(y unsafe.Pointer, a Matrix, x unsafe.Pointer, m, k int, single bool) {
	i := 0
	if single {
		i = m - m%e.lines.some
		e.lines.alone(y, a.P, x, k, a.Row, i)
	}
	if k < len(e.lines.short) && e.lines.short[k] != nil && a.Row == k*e.size && m >= e.items {
		i = m - m%e.items
		e.lines.short[k](y, a.P, x, i)
	}
	for _, l := range e.lines.dots {
		if n := (m - i) / l.rows * l.rows; n > 0 {
			l.line(unsafe.Add(y, i*e.size), a.at(i, 0), x, k, a.Row, n)
			i += n
		}
	}
}

// sumAll sums columns that lie in memory as y does, weighted by x, a stretch of
// y after the other.
func (e *engine) sumAll(y unsafe.Pointer, a Matrix, x unsafe.Pointer, m, k int) {
	if m <= 3*e.items {
		// The tile runs down all of k by itself.
		p := plan{engine: e}
		p.tilesOf(Matrix{P: y, Col: e.size}, Matrix{P: x, Col: e.size}, Matrix{P: a.P, Row: a.Col}, 1, m, k, -m, false)
		return
	}
	single := kernel.OneByOne(k, a.Col)
	if m*e.size <= lineBytes && k >= 8*sumPieces && m*k*e.size >= sharedBytes {
		e.sumPiecewise(y, a, x, m, k, single)
		return
	}
	unit := lineBytes / e.size
	parts := 1
	if m*k*e.size >= sharedBytes {
		parts = parallel.Threads()
	}
	if parts > 1 {
		for unit > 64 && m < unit*parts {
			unit /= 2
		}
	}
	lines := (m + unit - 1) / unit
	line := func(i int) {
		from := i * unit
		e.sums(unsafe.Add(y, from*e.size), a.from(from, 0), x, min(unit, m-from), k, single)
	}
	if parts > 1 {
		parallel.Do(lines, line)
		return
	}
	for i := range lines {
		line(i)
	}
}

// sumPiecewise sums a short y, of many columns, in pieces of so many columns that
// each core reads memory from one end to the other; the pieces are added in order.
func (e *engine) sumPiecewise(y unsafe.Pointer, a Matrix, x unsafe.Pointer, m, k int, single bool) {
	s := borrow()
	defer s.giveBack()
	step := (m*e.size + 63) &^ 63
	more := room(&s.a, (sumPieces-1)*step)
	at := func(i int) unsafe.Pointer {
		if i == 0 {
			return y
		}
		return unsafe.Add(more, (i-1)*step)
	}
	unit := e.lines.sums[0].rows
	parallel.Do(sumPieces, func(i int) {
		from, to := cut(k, unit, i, sumPieces), cut(k, unit, i+1, sumPieces)
		e.sums(at(i), a.from(0, from), unsafe.Add(x, from*e.size), m, to-from, single)
	})
	for i := 1; i < sumPieces; i++ {
		e.addTo(y, at(i), m, false)
	}
}

// sums adds columns to y, several at a time or one by one.
func (e *engine) sums(y unsafe.Pointer, a Matrix, x unsafe.Pointer, m, k int, single bool) {
	add, j, lines := 0, 0, e.lines.sums
	if single {
		lines = lines[len(lines)-1:]
	}
	for _, l := range lines {
		for ; j+l.rows <= k; j += l.rows {
			l.line(y, unsafe.Add(x, j*e.size), a.at(0, j), m, e.size, a.Col, add)
			add = 1
		}
	}
}

// gatherDots copies rows to lie as x does.
func (e *engine) gatherDots(y unsafe.Pointer, a Matrix, x unsafe.Pointer, m, k int) {
	parts := min(parallel.Threads(), m)
	if parts <= 1 || m*k*e.size < sharedBytes {
		e.gatherSome(y, a, x, 0, m, k)
		return
	}
	parallel.Do(parts, func(i int) {
		e.gatherSome(y, a, x, cut(m, e.lines.some, i, parts), cut(m, e.lines.some, i+1, parts), k)
	})
}

// gatherSome is gatherDots of rows from … to-1, some at a time.
func (e *engine) gatherSome(y unsafe.Pointer, a Matrix, x unsafe.Pointer, from, to, k int) {
	s := borrow()
	line := k * e.size
	most := max(1, gatherBytes/line/8) * 8
	b := Matrix{P: room(&s.b, min(most, max(to-from, 1))*line), Row: line, Col: e.size}
	for i := from; i < to; i += most {
		n := min(most, to-i)
		if k <= fewColumns {
			for p := range k {
				kernel.Copy(b.at(0, p), line, a.at(i, p), a.Row, e.size, n)
			}
		} else {
			for r := range n {
				kernel.Gather(b.at(r, 0), a.at(i+r, 0), a.Col, e.size, k)
			}
		}
		e.dots(unsafe.Add(y, i*e.size), b, x, n, k, false)
	}
	s.giveBack()
}
