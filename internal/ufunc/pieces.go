package ufunc

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// runPiece is how many items of a run are moved at once where that cannot be told
// from the answer: they stay in the first-level cache.
const runPiece = 1024

// foldPieces folds a run of n items, which load moves to buf from place first of
// the run on. A sum of floats takes the pieces into which its halves fall.
func (p *Plan) foldPieces(acc, buf unsafe.Pointer, load func(first, n int) error, n int) error {
	item := p.LoopIn[1]
	k, size, piece := item.Kind(), item.ItemSize(), n
	switch {
	case splitsInPairs(p.Op, k) && size == 4:
		sum, err := sumPieces[float32](p.Entry, buf, load, n)
		*(*float32)(acc) += sum
		return err
	case splitsInPairs(p.Op, k):
		sum, err := sumPieces[float64](p.Entry, buf, load, n)
		*(*float64)(acc) += sum
		return err
	case splitsAnywhere(p.Op, k):
		piece = runPiece
	}
	for first := 0; first < n; first += piece {
		some := min(piece, n-first)
		if err := load(first, some); err != nil {
			return err
		}
		p.foldRun(acc, buf, size, some)
	}
	return nil
}

// sumPieces is the pairwise sum of a run of n items.
func sumPieces[T float32 | float64](e *kernel.Entry, buf unsafe.Pointer, load func(first, n int) error, n int) (T, error) {
	var failed error
	var sum T
	total := inPairs(0, n, runPiece, func(first, n int) T {
		if failed == nil {
			failed = load(first, n)
		}
		if failed != nil {
			return 0
		}
		sum = T(math.Copysign(0, -1)) // to which adding changes nothing
		e.Reduce(unsafe.Pointer(&sum), buf, int(unsafe.Sizeof(sum)), n)
		return sum
	})
	return total, failed
}
