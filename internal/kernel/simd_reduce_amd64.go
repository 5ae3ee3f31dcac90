package kernel

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// The vector loops of reductions take contiguous items; those at a distance are
// collected first, in pieces. Few items stay with the Go loops, and so does what a
// multiple of the lanes leaves at AVX2.

type (
	foldLoop  func(acc, a unsafe.Pointer, n int)     // order free
	foldFloat func(acc, a unsafe.Pointer, n int) int // and whether there was a NaN
	countLoop func(a unsafe.Pointer, n int) int
	findLoop  func(a unsafe.Pointer, n int) int
	findItem  func(a, item unsafe.Pointer, n int) int
)

// farBytes is the length from which items come from beyond the second-level cache,
// whence loads of 32 bytes get them 5 to 10 % sooner than loads of 64 (Zen 4).
var farBytes = 1 << 20

// A twoLoops has a loop for items in the caches and one, of AVX2, for long arrays.
type twoLoops[L foldLoop | foldFloat] struct{ near, far L }

type (
	foldLoops  = twoLoops[foldLoop]
	floatLoops = twoLoops[foldFloat]
)

// of returns the loop for n items of size bytes, and how many of them it takes: all if
// lanes are anyLanes.
func (l *twoLoops[L]) of(size, lanes, n int) (loop L, m int) {
	if n*size < farBytes {
		return l.near, whole(n, max(lanes, 0))
	}
	if lanes != anyLanes {
		lanes = 32 / size
	}
	return l.far, whole(n, max(lanes, 0))
}

// anyLanes are those of loops that at every level take any number of items from 8 on.
const anyLanes = -1

// minFold is the count from which a call of a vector fold pays.
const minFold = 8

// whole is how many of n items a loop takes: all, or a multiple of its lanes.
func whole(n, lanes int) int {
	if lanes == 0 {
		return n
	}
	return n &^ (lanes - 1)
}

// minPiece is the count from which collecting items pays; near tells whether it is
// a matter of whole vectors, without which a plain sum is as fast.
const minPiece = 128

func near(stride, size int) bool { return stride == -size || stride == 2*size }

// inPieces folds n items of size bytes, stride bytes apart, by f, which takes
// contiguous ones and does not mind where runs are cut.
func inPieces(f Reduce, acc, a unsafe.Pointer, stride, size, n int) {
	room := pieces.Get().(*[piece]uint64)
	p := unsafe.Pointer(room)
	most := min(piece, piece*8/size)
	for ; n > 0; n -= most {
		k := min(most, n)
		Gather(p, a, stride, size, k)
		f(acc, p, size, k)
		if n > k {
			a = unsafe.Add(a, k*stride)
		}
	}
	pieces.Put(room)
}

// foldInt makes a reduction of a fold that is exact in any order.
func foldInt(l foldLoops, rest Reduce, size, lanes int) Reduce {
	var self Reduce
	self = func(acc, a unsafe.Pointer, stride, n int) {
		if stride != size && n >= minPiece && (size == 4 || near(stride, size)) {
			inPieces(self, acc, a, stride, size, n)
			return
		}
		if stride != size || n < minFold {
			rest(acc, a, stride, n)
			return
		}
		f, m := l.of(size, lanes, n)
		f(acc, a, m)
		if m < n {
			rest(acc, unsafe.Add(a, m*size), stride, n-m)
		}
	}
	return self
}

// leaf adds a multiple of 8 items in NumPy's order.
type leaf[T float] func(a unsafe.Pointer, n int) T

// tree adds v vectors of 8 items in NumPy's order, where that is eight leaves.
type tree[T float] func(a unsafe.Pointer, v int) T

// The vectors that make a tree of exactly eight leaves: below, a pair of leaves
// would be one, above, a leaf two.
const (
	treeFrom = 4 * (pairwiseBlock/8 + 1)
	treeTo   = 8 * (pairwiseBlock / 8)
)

// sum is the pairwise sum of contiguous items.
type sum[T float] struct {
	leaf leaf[T]
	tree tree[T]
}

// pairwise adds n items, at least 8.
func (f *sum[T]) pairwise(a unsafe.Pointer, n int) T {
	size := int(unsafe.Sizeof(T(0)))
	if n > pairwiseBlock {
		if v := n / 8; n%8 == 0 && v >= treeFrom && v <= treeTo {
			return f.tree(a, v)
		}
		m := n / 2
		m -= m % 8
		left := f.pairwise(a, m)
		return left + f.pairwise(unsafe.Add(a, m*size), n-m)
	}
	m := n &^ 7
	s := f.leaf(a, m)
	for _, x := range items[T](a, n)[m:] {
		s += x
	}
	return s
}

// apart is pairwise of items stride bytes apart, through room for a piece.
func (f *sum[T]) apart(room, a unsafe.Pointer, stride, n int) T {
	if n > piece {
		m := n / 2
		m -= m % 8
		left := f.apart(room, a, stride, m)
		return left + f.apart(room, unsafe.Add(a, m*stride), stride, n-m)
	}
	Gather(room, a, stride, int(unsafe.Sizeof(T(0))), n)
	return f.pairwise(room, n)
}

// installHalfSum makes the sum of float16 of that of float32, in which it is formed.
func installHalfSum(f *sum[float32]) {
	foldWith(kF16, func(rest Reduce) Reduce {
		return func(acc, a unsafe.Pointer, stride, n int) {
			if n < minHalves {
				rest(acc, a, stride, n)
				return
			}
			room := pieces.Get().(*[piece]uint64)
			r := (*half)(acc)
			*r = float16.FromFloat32(r.Float32() + f.widened(room, a, stride, n))
			pieces.Put(room)
		}
	}, Add)
}

// widened is pairwise of items of float16, stride bytes apart, through room for a piece of
// them and of what they become.
func (f *sum[T]) widened(room *[piece]uint64, a unsafe.Pointer, stride, n int) T {
	if n > piece {
		m := n / 2
		m -= m % 8
		left := f.widened(room, a, stride, m)
		return left + f.widened(room, unsafe.Add(a, m*stride), stride, n-m)
	}
	if stride != 2 {
		Gather(unsafe.Pointer(&room[piece/2]), a, stride, 2, n)
		a = unsafe.Pointer(&room[piece/2])
	}
	casts[kF16][kF32](unsafe.Pointer(room), a, n)
	return f.pairwise(unsafe.Pointer(room), n)
}

func sumLoop[T float](f *sum[T], rest Reduce) Reduce {
	return func(acc, a unsafe.Pointer, stride, n int) {
		switch size := int(unsafe.Sizeof(T(0))); {
		case stride == size && n >= 8:
			*(*T)(acc) += f.pairwise(a, n)
		case near(stride, size) && n >= 4*minPiece:
			room := pieces.Get().(*[piece]uint64)
			*(*T)(acc) += f.apart(unsafe.Pointer(room), a, stride, n)
			pieces.Put(room)
		default:
			rest(acc, a, stride, n)
		}
	}
}

// until makes an all or an any: it looks for the first item that decides.
func until(stop bool, find findLoop, rest Reduce, size, lanes int) Reduce {
	var self Reduce
	self = func(acc, a unsafe.Pointer, stride, n int) {
		r := (*bool)(acc)
		switch {
		case (*(*uint8)(acc) != 0) == stop: // any byte but 0 is true
			return
		case stride != size && n >= 2*minPiece:
			rest(acc, a, stride, minPiece) // often the first items decide
			for i := minPiece; i < n && (*(*uint8)(acc) != 0) != stop; i += piece {
				inPieces(self, acc, unsafe.Add(a, i*stride), stride, size, min(piece, n-i))
			}
			return
		case stride != size || n < minFold:
			rest(acc, a, stride, n)
			return
		}
		m := whole(n, lanes)
		switch {
		case find(a, m) < m:
			*r = stop
		case m < n:
			rest(acc, unsafe.Add(a, m*size), stride, n-m)
		}
	}
	return self
}

func countItems(f countLoop, rest Count, size, lanes int) Count {
	return func(a unsafe.Pointer, stride, n int) int {
		if stride != size || n < minFold {
			return rest(a, stride, n)
		}
		m := whole(n, lanes)
		c := f(a, m)
		if m < n {
			c += rest(unsafe.Add(a, m*size), stride, n-m)
		}
		return c
	}
}

// argBlock is how many of n items are searched for their extreme before the next: so
// few have to be searched once more in the end, and so many that starting anew with
// each block does not count.
func argBlock(size, n int) int {
	return min(max(n*size/256, 16<<10), 256<<10) &^ 63 / size
}

// cells are room for one item: a variable whose address goes to a loop would be an
// allocation for every row.
var cells = sync.Pool{New: func() any { return new(uint64) }}

// argLoop finds the extreme of each block, and in the end its place in the best.
func argLoop[T realNumber](l floatLoops, better func(x, y T) bool, nan findLoop, find findItem, rest Arg, lanes int) Arg {
	size := int(unsafe.Sizeof(T(0)))
	return func(a unsafe.Pointer, stride, n int) int {
		if stride != size || n < 2*minFold {
			return rest(a, stride, n)
		}
		f, m := l.of(size, lanes, n)
		if m == 0 {
			return rest(a, stride, n)
		}
		best, at := *(*T)(a), 0
		if best != best {
			return 0
		}
		block := argBlock(size, n)
		room := cells.Get().(*uint64)
		defer cells.Put(room)
		cell := (*T)(unsafe.Pointer(room))
		for i := 0; i < m; i += block {
			p, k := unsafe.Add(a, i*size), min(block, m-i)
			*cell = best
			if f(unsafe.Pointer(room), p, k) != 0 {
				return i + nan(p, k)
			}
			if better(*cell, best) {
				best, at = *cell, i
			}
		}
		*cell = best
		at += find(unsafe.Add(a, at*size), unsafe.Pointer(room), min(block, m-at))
		for i := m; i < n; i++ {
			switch x := items[T](a, n)[i]; {
			case x != x:
				return i
			case better(x, best):
				best, at = x, i
			}
		}
		return at
	}
}

// foldWith puts a fold into the entries of some operations on items of kind k.
func foldWith(k dtype.Kind, make func(rest Reduce) Reduce, ops ...Op) {
	for _, op := range ops {
		e := tables[op].Find(k, k)
		e.Reduce = make(twin(op, e).Reduce)
	}
}

// installRows puts the sums of several rows into the entry of Add.
func installRows(k dtype.Kind, f Rows, lanes int) {
	e, size := tables[Add].Find(k, k), itemSizes[k]
	e.Rows = func(acc, a unsafe.Pointer, stride, n int) {
		m := whole(n, lanes)
		f(acc, a, stride, m)
		if m < n {
			for range RowsAtOnce {
				e.Binary(unsafe.Add(acc, m*size), unsafe.Add(acc, m*size), unsafe.Add(a, m*size), n-m)
				a = unsafe.Add(a, stride)
			}
		}
	}
}

// truthLoops are the kernels over the truth of items of one size or kind.
type truthLoops struct {
	count            countLoop
	truth, falsehood findLoop
}

func installTruth(k dtype.Kind, t truthLoops, lanes int) {
	size := itemSizes[k]
	foldWith(k, func(rest Reduce) Reduce { return until(false, t.falsehood, rest, size, lanes) }, LogicalAnd)
	foldWith(k, func(rest Reduce) Reduce { return until(true, t.truth, rest, size, lanes) }, LogicalOr)
	searches[k].count = countItems(t.count, twins.searches[k].count, size, lanes)
}

type intFolds struct {
	k        dtype.Kind
	add      foldLoops
	max, min foldLoops
	find     findItem
}

type floatFolds[T float] struct {
	k        dtype.Kind
	sum      sum[T]
	rows     Rows
	max, min floatLoops
	nan      findLoop
	find     findItem
}

func installInt[T integer](f intFolds, lanes int) {
	size := itemSizes[f.k]
	with := func(l foldLoops, lanes int) func(Reduce) Reduce {
		return func(rest Reduce) Reduce { return foldInt(l, rest, size, lanes) }
	}
	foldWith(f.k, with(f.add, lanes), Add)
	foldWith(f.k, with(f.max, anyLanes), Maximum, Fmax)
	foldWith(f.k, with(f.min, anyLanes), Minimum, Fmin)
	never := func(l foldLoops) floatLoops {
		return floatLoops{
			func(acc, a unsafe.Pointer, n int) int { l.near(acc, a, n); return 0 },
			func(acc, a unsafe.Pointer, n int) int { l.far(acc, a, n); return 0 },
		}
	}
	s := &searches[f.k]
	s.argmax.Place = argLoop(never(f.max), func(x, y T) bool { return x > y }, nil, f.find, twins.searches[f.k].argmax.Place, lanes)
	s.argmin.Place = argLoop(never(f.min), func(x, y T) bool { return x < y }, nil, f.find, twins.searches[f.k].argmin.Place, lanes)
}

func installFloat[T float](f floatFolds[T], lanes int) {
	installRows(f.k, f.rows, lanes)
	foldWith(f.k, func(rest Reduce) Reduce { return sumLoop(&f.sum, rest) }, Add)
	foldWith(f.k, func(rest Reduce) Reduce { return foldExtreme[T](f.max, f.nan, rest, lanes) }, Maximum)
	foldWith(f.k, func(rest Reduce) Reduce { return foldExtreme[T](f.min, f.nan, rest, lanes) }, Minimum)
	foldWith(f.k, func(rest Reduce) Reduce { return foldNumber[T](f.max, rest, lanes) }, Fmax)
	foldWith(f.k, func(rest Reduce) Reduce { return foldNumber[T](f.min, rest, lanes) }, Fmin)
	s := &searches[f.k]
	s.argmax.Place = argLoop(f.max, func(x, y T) bool { return x > y }, f.nan, f.find, twins.searches[f.k].argmax.Place, lanes)
	s.argmin.Place = argLoop(f.min, func(x, y T) bool { return x < y }, f.nan, f.find, twins.searches[f.k].argmin.Place, lanes)
}
