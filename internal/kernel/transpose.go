package kernel

import "unsafe"

// transposeLoop turns rows of items into columns: as many rows as a tile has, and a
// multiple of that many columns.
type transposeLoop func(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, m int)

// transposeLoops are the vector loops by item size; nil: there is none.
var transposeLoops struct {
	side           [17]int // of a tile: the items of a cache line, or eight
	cached, stream [17]transposeLoop
}

const (
	// transposeStream is the length of a result from which its lines go past the
	// caches: lines far apart are dear to fetch, only to be overwritten.
	transposeStream = 8 << 20
	// transposeBand is how many rows of the result are written in turn: as many pages
	// as a processor's tables of them hold.
	transposeBand = 1024
)

// CanTranspose reports whether Transpose copies n × m items of size bytes.
func CanTranspose(size, n, m int) bool {
	l := &transposeLoops
	return size > 0 && size < len(l.cached) && l.cached[size] != nil && min(n, m) >= l.side[size]
}

// Transpose copies item (i, j) of n × m items of size bytes from src + i*srcStride +
// j*size to dst + i*size + j*dstStride, or none where CanTranspose says no, which it
// reports. The two must not overlap: items that fill no tile go with one that has
// others of them once more.
func Transpose(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n, m int) bool {
	if !CanTranspose(size, n, m) {
		return false
	}
	near := transposeLoops.cached[size]
	f, stream := near, n*m*size >= transposeStream && (uintptr(dst)|uintptr(dstStride))&63 == 0
	if stream = stream && transposeLoops.stream[size] != nil; stream {
		f = transposeLoops.stream[size]
	}
	side := transposeLoops.side[size]
	rows, cols := n&^(side-1), m&^(side-1)
	tiles := func(f transposeLoop, i, j, m int) {
		f(unsafe.Add(dst, i*size+j*dstStride), dstStride, unsafe.Add(src, i*srcStride+j*size), srcStride, m)
	}
	for j := 0; j < cols; j += transposeBand {
		for i := 0; i < rows; i += side {
			tiles(f, i, j, min(transposeBand, cols-j))
		}
	}
	if stream {
		EndStream()
	}
	if cols < m {
		for i := 0; i < rows; i += side {
			tiles(near, i, m-side, side)
		}
	}
	if rows < n {
		tiles(near, n-side, 0, cols)
		if cols < m {
			tiles(near, n-side, m-side, side)
		}
	}
	return true
}
