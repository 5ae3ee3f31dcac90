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
