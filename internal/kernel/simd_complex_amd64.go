package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Truth and extremes of complex numbers by loops over many of them.

// ofPairs makes a loop over complex numbers of one over their parts that tells of two of
// them at once.
func ofPairs(f func(a unsafe.Pointer, n int) int) func(a unsafe.Pointer, n int) int {
	return func(a unsafe.Pointer, n int) int { return f(a, 2*n) / 2 }
}

// installPairs puts the places of extremes into the searches of complex numbers of kind k,
// whose parts are of type F, and into their folds. part finds the first part that is NaN.
func installPairs[F float](k dtype.Kind, maxRows, minRows ArgRows, part findLoop, lanes int) {
	s, tw := &searches[k], &twins.searches[k]
	nan := func(a unsafe.Pointer, n int) int {
		m := whole(2*n, lanes)
		i := part(a, m) / 2
		if 2*i < m {
			return i
		}
		for !nanComplex(*(*cx[F])(unsafe.Add(a, i*itemSizes[k]))) {
			i++
		}
		return i
	}
	s.argmax = Extreme{Place: placeInRow(maxRows, nan, tw.argmax.Place, itemSizes[k]), Rows: maxRows}
	s.argmin = Extreme{Place: placeInRow(minRows, nan, tw.argmin.Place, itemSizes[k]), Rows: minRows}
	for _, o := range []struct {
		op    Op
		place Arg
		skips bool
	}{{Maximum, s.argmax.Place, false}, {Minimum, s.argmin.Place, false}, {Fmax, s.argmax.Place, true}, {Fmin, s.argmin.Place, true}} {
		foldWith(k, func(rest Reduce) Reduce { return foldPlace[F](o.place, o.skips, rest) }, o.op)
	}
}

// placeInRow makes the search in one row of that in many.
func placeInRow(rows ArgRows, nan findLoop, rest Arg, size int) Arg {
	return func(a unsafe.Pointer, stride, n int) int {
		if stride != size || n < minFold || n >= 1<<31 {
			return rest(a, stride, n)
		}
		room := cells.Get().(*uint64)
		defer cells.Put(room)
		if rows(unsafe.Pointer(room), a, stride, n, 1) == 0 {
			return nan(a, n)
		}
		return int(*room)
	}
}

// foldPlace makes a fold that is one of its items of the search for it, which stops at a
// NaN; skips tells whether the fold passes over those.
func foldPlace[F float](place Arg, skips bool, rest Reduce) Reduce {
	size := int(unsafe.Sizeof(cx[F]{}))
	var self Reduce
	self = func(acc, a unsafe.Pointer, stride, n int) {
		switch {
		case stride != size && n >= minPiece:
			inPieces(self, acc, a, stride, size, n)
			return
		case stride == size && n >= minFold:
			best := unsafe.Add(a, place(a, stride, n)*size)
			if !skips || !nanComplex(*(*cx[F])(best)) {
				a, n = best, 1
			}
		}
		rest(acc, a, stride, n)
	}
	return self
}

// sumPairs is the pairwise sum of contiguous complex items, of a leaf that adds a multiple
// of 4 in NumPy's order.
type sumPairs[F float] func(a unsafe.Pointer, n int) (re, im F)

// pairwise adds n items, at least 4.
func (leaf sumPairs[F]) pairwise(a unsafe.Pointer, n int) cx[F] {
	size := int(unsafe.Sizeof(cx[F]{}))
	if n > pairwiseBlock/2 {
		m := n &^ 7 / 2
		left := leaf.pairwise(a, m)
		return addComplex(left, leaf.pairwise(unsafe.Add(a, m*size), n-m))
	}
	m := n &^ 3
	var s cx[F]
	s.re, s.im = leaf(a, m)
	for _, x := range items[cx[F]](a, n)[m:] {
		s = addComplex(s, x)
	}
	return s
}

// installSumPairs puts the sum into the fold of complex numbers of kind k. Those that do
// not lie side by side are collected, a piece of the tree of sums at a time.
func installSumPairs[F float](k dtype.Kind, leaf sumPairs[F]) {
	size := itemSizes[k]
	foldWith(k, func(rest Reduce) Reduce {
		return func(acc, a unsafe.Pointer, stride, n int) {
			r := (*cx[F])(acc)
			switch {
			case stride == size && n >= 4:
				*r = addComplex(*r, leaf.pairwise(a, n))
			case near(stride, size) && n >= minPiece:
				room := pieces.Get().(*[piece]uint64)
				*r = addComplex(*r, leaf.apart(unsafe.Pointer(room), a, stride, n))
				pieces.Put(room)
			default:
				rest(acc, a, stride, n)
			}
		}
	}, Add)
}

// apart is pairwise of items stride bytes apart, through room for a piece.
func (leaf sumPairs[F]) apart(room, a unsafe.Pointer, stride, n int) cx[F] {
	size := int(unsafe.Sizeof(cx[F]{}))
	if n > piece*8/size {
		m := n &^ 7 / 2
		left := leaf.apart(room, a, stride, m)
		return addComplex(left, leaf.apart(room, unsafe.Add(a, m*stride), stride, n-m))
	}
	Gather(room, a, stride, size, n)
	return leaf.pairwise(room, n)
}
