package ufunc

import (
	"math"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// Fold is a reduction of all items of a dense native array into one, where the
// accumulator and the items are of one kind, or the answer is a truth or a sum in 64
// bits.
type Fold struct {
	entry    *kernel.Entry // whose Reduce takes the items
	rows     *kernel.Entry // whose Binary takes a row of them, cast to its kind
	Out      dtype.DType
	size     int       // of an item
	identity [2]uint64 // room for one accumulator
	starts   bool      // identity is one
	tree     bool      // a sum of floats, formed in pairs
	parts    bool      // any cut gives the same answer
	wide     bool      // a sum of small integers, in 64 bits
	Casts    bool      // items are cast first, which Along does
	kind     dtype.Kind
}

var folds [kernel.NumOps][dtype.KindBytes]atomic.Pointer[Fold]

var noFold Fold

// FoldOf returns the fold of op over items of kind k, nil if the way to it is
// longer.
func FoldOf(op kernel.Op, k dtype.Kind) *Fold {
	if f := LaneFoldOf(op, k); f != nil && !f.Casts {
		return f
	}
	return nil
}

// LaneFoldOf is FoldOf for Along, which casts items where op folds them in another kind; Do
// is not for those folds.
func LaneFoldOf(op kernel.Op, k dtype.Kind) *Fold {
	if k >= dtype.KindBytes {
		return nil
	}
	f := folds[op][k].Load()
	if f == nil {
		f = findFold(op, k)
		folds[op][k].Store(f)
	}
	if f == &noFold {
		return nil
	}
	return f
}

func findFold(op kernel.Op, k dtype.Kind) *Fold {
	p := Borrow(op)
	defer p.Return()
	d := dtype.OfKind(k)
	p.Ops[0].DType = d
	if p.NIn != 2 || p.NOut != 1 || !p.Table.Reorderable || p.ResolveReduce(dtype.DType{}, dtype.DType{}) != nil {
		return &noFold
	}
	if op == kernel.Add && kernel.WideSumOf(k) != nil {
		return &Fold{entry: p.Entry, rows: p.Entry, Out: p.LoopOut[0], size: d.ItemSize(), starts: true, wide: true, kind: k}
	}
	e := p.Entry
	switch {
	case p.LoopIn[1] != d && (p.LoopIn[1] != p.LoopOut[0] || p.Table.Identity == kernel.NoIdentity):
		return &noFold
	case p.LoopIn[1] == d && e.In[1] != k: // a logical operation on items of their own kind
		e = p.Table.Find(k, k)
	case p.LoopIn[1] == d && p.LoopOut[0] != d:
		return &noFold
	}
	if e == nil || e.Reduce == nil || p.Entry.Reduce == nil {
		return &noFold
	}
	f := &Fold{entry: e, rows: p.Entry, Out: p.LoopOut[0], size: d.ItemSize(), kind: k}
	f.starts, f.Casts = p.Table.Identity != kernel.NoIdentity, p.LoopIn[1] != d
	if f.starts {
		identity(p.Table.Identity, f.Out, unsafe.Pointer(&f.identity))
	}
	f.tree = splitsInPairs(op, k)
	f.parts = splitsAnywhere(op, k)
	return f
}

func splitsInPairs(op kernel.Op, k dtype.Kind) bool {
	return op == kernel.Add && (k == dtype.KindFloat32 || k == dtype.KindFloat64)
}

func splitsAnywhere(op kernel.Op, k dtype.Kind) bool {
	switch op {
	case kernel.Maximum, kernel.Minimum, kernel.Fmax, kernel.Fmin:
		return k != dtype.KindFloat16 && !dtype.OfKind(k).IsComplex()
	case kernel.LogicalAnd, kernel.LogicalOr, kernel.BitwiseAnd, kernel.BitwiseOr:
		return true
	case kernel.Add, kernel.Multiply, kernel.BitwiseXor:
		return k > dtype.KindBool && k <= dtype.KindUint64
	}
	return false
}

// Do folds the n items at a, n > 0, into acc. NumPy's order of additions is kept.
func (f *Fold) Do(acc, a unsafe.Pointer, n int) {
	if f.wide {
		*(*uint64)(acc) = wideSum(kernel.WideSumOf(f.kind), a, f.size, n)
		return
	}
	if f.starts {
		copy(unsafe.Slice((*byte)(acc), f.Out.ItemSize()), unsafe.Slice((*byte)(unsafe.Pointer(&f.identity)), 16))
	} else {
		copy(unsafe.Slice((*byte)(acc), f.size), unsafe.Slice((*byte)(a), f.size))
		a, n = beyond(a, f.size, n)
	}
	if n > 0 {
		foldLong(f.entry, f.tree, f.parts, acc, a, f.size, n)
	}
}

// beyond steps over the first of n items, if there is another.
func beyond(a unsafe.Pointer, size, n int) (unsafe.Pointer, int) {
	if n > 1 {
		a = unsafe.Add(a, size)
	}
	return a, n - 1
}

// foldLong folds n contiguous items of size bytes into acc, on all cores where
// that pays and the answer cannot tell.
func foldLong(e *kernel.Entry, tree, parts bool, acc, a unsafe.Pointer, size, n int) {
	if n*size < 2*parallel.LeastFolded || !tree && !parts || parallel.Split(n*size, parallel.LeastFolded) <= 1 {
		e.Reduce(acc, a, size, n)
		return
	}
	switch {
	case !tree:
		foldParts(e, acc, a, size, n)
	case size == 4:
		foldTree[float32](e, acc, a, size, n)
	default:
		foldTree[float64](e, acc, a, size, n)
	}
}

// cut returns into how many parts the n items of a fold on all cores are cut, and how many
// each has but the last.
func cut(n, size int) (parts, step int) {
	step = (n/parallel.Split(n*size, parallel.LeastFolded) + 64) &^ 63
	return (n + step - 1) / step, step
}

// foldParts folds parts from their first items on, then the results in their order.
func foldParts(e *kernel.Entry, acc, a unsafe.Pointer, size, n int) {
	parts, step := cut(n, size)
	room := make([][2]uint64, parts)
	if e.Out[0] == dtype.KindBool { // truths: each part begins undecided, as acc is
		for i := range room {
			*(*byte)(unsafe.Pointer(&room[i])) = *(*byte)(acc)
		}
		parallel.Do(parts, func(k int) {
			e.Reduce(unsafe.Pointer(&room[k]), unsafe.Add(a, k*step*size), size, min(step, n-k*step))
		})
		first := *(*byte)(acc)
		for i := range room {
			if b := *(*byte)(unsafe.Pointer(&room[i])); b != first {
				*(*byte)(acc) = b
			}
		}
		return
	}
	parallel.Do(parts, func(k int) {
		to, from := unsafe.Pointer(&room[k]), unsafe.Add(a, k*step*size)
		m := min(step, n-k*step)
		copy(unsafe.Slice((*byte)(to), size), unsafe.Slice((*byte)(from), size))
		if from, m = beyond(from, size, m); m > 0 {
			e.Reduce(to, from, size, m)
		}
	})
	for i := range room {
		e.Reduce(acc, unsafe.Pointer(&room[i]), size, 1)
	}
}

// pairLeaf is the number of items from which a pairwise sum is cut no more.
const pairLeaf = 1 << 15

// inPairs is NumPy's pairwise sum (rule 2.8.2) of n items from place first on; leaf
// adds the pieces, of at most most items, from left to right.
func inPairs[T float32 | float64](first, n, most int, leaf func(first, n int) T) T {
	if n <= most {
		return leaf(first, n)
	}
	m := n / 2
	m -= m % 8
	left := inPairs(first, m, most, leaf)
	return left + inPairs(first+m, n-m, most, leaf)
}

// spreadPairs is inPairs with leaves of pairLeaf on all cores.
func spreadPairs[T float32 | float64](n int, leaf func(first, n int) T) T {
	type piece struct {
		first, n int
		sum      T
	}
	pieces := make([]piece, 0, 2*(n/pairLeaf+1))
	inPairs(0, n, pairLeaf, func(first, n int) T {
		pieces = append(pieces, piece{first: first, n: n})
		return 0
	})
	parallel.Do(len(pieces), func(k int) { pieces[k].sum = leaf(pieces[k].first, pieces[k].n) })
	k := -1
	return inPairs(0, n, pairLeaf, func(_, _ int) T { k++; return pieces[k].sum })
}

// foldTree forms the sums of the leaves of NumPy's tree on all cores, then those
// of the branches.
func foldTree[T float32 | float64](e *kernel.Entry, acc, a unsafe.Pointer, size, n int) {
	*(*T)(acc) += spreadPairs(n, func(first, n int) T {
		sum := T(math.Copysign(0, -1)) // to which adding changes nothing
		e.Reduce(unsafe.Pointer(&sum), unsafe.Add(a, first*size), size, n)
		return sum
	})
}

// squareLeaf is the piece of a variance whose differences stay in the cache.
const squareLeaf = 1024

// SumSquares returns the sum of the squares of the differences from mean of the n
// items of kind from at a, dense and native: computed in kind k (float32 or
// float64), rounded as if the differences and the squares had been stored whole.
// mean is of kind k, or of that of complex items, whose parts are of kind k.
func SumSquares(k, from dtype.Kind, a unsafe.Pointer, n int, mean unsafe.Pointer) float64 {
	if k == dtype.KindFloat32 {
		return float64(sumSquares[float32](k, from, a, n, mean))
	}
	return sumSquares[float64](k, from, a, n, mean)
}

func sumSquares[T float32 | float64](k, from dtype.Kind, a unsafe.Pointer, n int, mean unsafe.Pointer) T {
	s := squareSum[T]{
		sub: kernel.Lookup(kernel.Subtract).Find(k, k).Binary,
		mul: kernel.Lookup(kernel.Multiply).Find(k, k).Binary,
		add: kernel.Lookup(kernel.Add).Find(k, k),
		a:   a, size: int(unsafe.Sizeof(T(0))), width: dtype.OfKind(from).ItemSize(), parts: 1, most: squareLeaf,
	}
	switch {
	case dtype.OfKind(from).IsComplex():
		s.parts, s.most = 2, squareLeaf/2
	case from != k:
		s.cast = kernel.Cast(from, k)
	}
	r := squares.Get().(*squareRoom)
	defer squares.Put(r)
	s.means = unsafe.Pointer(&r.means)
	kernel.Fill(s.means, mean, s.parts*s.size, min(n, s.most))
	if parallel.Split(n, pairLeaf) <= 1 {
		return 0 + s.leaf(0, n)
	}
	return 0 + s.spread(n)
}

// squareSum sums the squares of the distances of items, of width bytes and of parts numbers
// of size bytes each, from means.
type squareSum[T float32 | float64] struct {
	sub, mul                 kernel.Binary
	add                      *kernel.Entry
	cast                     kernel.Unary // nil for items of kind T
	a, means                 unsafe.Pointer
	size, width, parts, most int // most items are summed at once
}

// leaf is the pairwise sum of n items from place first on.
func (s *squareSum[T]) leaf(first, n int) T {
	r := squares.Get().(*squareRoom)
	defer squares.Put(r)
	room, total := unsafe.Pointer(&r.items), (*T)(unsafe.Pointer(&r.total))
	return inPairs(first, n, s.most, func(first, n int) T {
		p := unsafe.Add(s.a, first*s.width)
		if s.cast != nil {
			s.cast(room, p, n)
			p = room
		}
		s.sub(room, p, s.means, s.parts*n)
		s.mul(room, room, room, s.parts*n)
		if s.parts == 2 {
			re, im := unsafe.Pointer(&r.apart[0]), unsafe.Pointer(&r.apart[1])
			kernel.Gather(re, room, 2*s.size, s.size, n)
			kernel.Gather(im, unsafe.Add(room, s.size), 2*s.size, s.size, n)
			s.add.Binary(room, re, im, n)
		}
		*total = T(math.Copysign(0, -1))
		s.add.Reduce(unsafe.Pointer(total), room, s.size, n)
		return *total
	})
}

// spread is leaf of all items on all cores.
func (s squareSum[T]) spread(n int) T { return spreadPairs(n, s.leaf) }

// squareRoom is the working memory of SumSquares on one goroutine.
type squareRoom struct {
	items, means [squareLeaf]float64
	apart        [2][squareLeaf / 2]float64 // real and imaginary parts
	total        float64
}

var squares = sync.Pool{New: func() any { return new(squareRoom) }}

// Count returns how many of the n items of kind k at a, dense and native, are not
// zero.
func Count(k dtype.Kind, a unsafe.Pointer, n int) int {
	count, size := kernel.CountNonzero(k), dtype.OfKind(k).ItemSize()
	if parallel.Split(n*size, parallel.LeastFolded) <= 1 {
		return count(a, size, n)
	}
	return countParts(count, a, size, n)
}

func countParts(count kernel.Count, a unsafe.Pointer, size, n int) int {
	var sum atomic.Int64
	parallel.For(n, parallel.LeastFolded/size, func(lo, hi int) {
		sum.Add(int64(count(unsafe.Add(a, lo*size), size, hi-lo)))
	})
	return int(sum.Load())
}

// Running returns the loop that accumulates, nil if there is none.
func (f *Fold) Running() kernel.Accumulate { return f.entry.Accumulate }

// Extreme returns the place that find names among n items of size bytes at a,
// n > 0, dense and native.
func Extreme(find kernel.Arg, a unsafe.Pointer, size, n int) int {
	if parallel.Split(n*size, parallel.LeastFolded) <= 1 {
		return find(a, size, n)
	}
	return extremeParts(find, a, size, n)
}

// extremeParts finds the place in each part, then the part among the items found:
// the first of equals is in the first of the parts that have it.
func extremeParts(find kernel.Arg, a unsafe.Pointer, size, n int) int {
	parts, step := cut(n, size)
	places := make([]int, parts)
	found := make([][2]uint64, parts)
	parallel.Do(parts, func(k int) {
		lo := k * step
		places[k] = lo + find(unsafe.Add(a, lo*size), size, min(step, n-lo))
		copy(unsafe.Slice((*byte)(unsafe.Pointer(&found[k])), size), unsafe.Slice((*byte)(unsafe.Add(a, places[k]*size)), size))
	})
	return places[find(unsafe.Pointer(&found[0]), 16, parts)]
}
