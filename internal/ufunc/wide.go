package ufunc

import (
	"math"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/parallel"
)

// Sums of items that are wider than the items: nothing is stored in between.

// wideSum returns the sum of n dense native items, in 64 bits, on all cores where that
// pays.
func wideSum(sum kernel.WideSum, a unsafe.Pointer, size, n int) uint64 {
	if n*size < 2*parallel.LeastFolded || parallel.Split(n*size, parallel.LeastFolded) <= 1 {
		return sum(a, n)
	}
	return wideParts(sum, a, size, n)
}

func wideParts(sum kernel.WideSum, a unsafe.Pointer, size, n int) uint64 {
	var total atomic.Uint64
	parallel.For(n, parallel.LeastFolded/size, func(lo, hi int) {
		total.Add(sum(unsafe.Add(a, lo*size), hi-lo))
	})
	return total.Load()
}

// wideRuns returns the loop that adds the runs of items of n, which walks accumulators
// and items, as they lie; nil if they have to be cast first.
func (p *Plan) wideRuns(a *operand.Operand, n *loop.Nest) kernel.WideSum {
	k := p.LoopOut[0].Kind()
	if p.Op != kernel.Add || p.Masked || k != dtype.KindInt64 && k != dtype.KindUint64 ||
		n.Stride[1][0] != a.DType.ItemSize() || !a.DType.IsNative() || !usable(a, a.DType) {
		return nil
	}
	return kernel.WideSumOf(a.DType.Kind())
}

// foldWide adds the runs of items to their accumulators.
func foldWide(sum kernel.WideSum, acc, a unsafe.Pointer, n *loop.Nest) {
	for {
		*(*uint64)(unsafe.Add(acc, n.Off[0])) += sum(unsafe.Add(a, n.Off[1]), n.Shape[0])
		if !n.Next(1) {
			return
		}
	}
}

// FloatSum returns the sum in float64 of the n items of kind k at a, integers or bools,
// dense and native, rounded as NumPy's, whose iterator casts bufferItems at a time.
func FloatSum(k dtype.Kind, a unsafe.Pointer, n int) float64 {
	f := floatSum{
		cast: kernel.Cast(k, dtype.KindFloat64),
		sum:  kernel.Lookup(kernel.Add).Find(dtype.KindFloat64, dtype.KindFloat64).Reduce,
		a:    a, size: dtype.OfKind(k).ItemSize(), n: n,
	}
	total := 0.0
	if parallel.Split(n, pairLeaf) > 1 {
		for _, x := range f.spread() {
			total += x
		}
		return total
	}
	r := squares.Get().(*squareRoom)
	for first := 0; first < n; first += bufferItems {
		total += f.buffer(r, first)
	}
	squares.Put(r)
	return total
}

type floatSum struct {
	cast    kernel.Unary
	sum     kernel.Reduce
	a       unsafe.Pointer
	size, n int
}

// buffer is the pairwise sum of the bufferItems items from place first on, or of those
// that are left.
func (f *floatSum) buffer(r *squareRoom, first int) float64 {
	room := unsafe.Pointer(&r.items)
	return inPairs(first, min(bufferItems, f.n-first), squareLeaf, func(first, n int) float64 {
		f.cast(room, unsafe.Add(f.a, first*f.size), n)
		r.total = math.Copysign(0, -1) // to which adding changes nothing
		f.sum(unsafe.Pointer(&r.total), room, 8, n)
		return r.total
	})
}

// spread returns the sums of all buffers, formed on all cores.
func (f floatSum) spread() []float64 {
	sums := make([]float64, (f.n+bufferItems-1)/bufferItems)
	parallel.For(len(sums), pairLeaf/bufferItems, func(lo, hi int) {
		r := squares.Get().(*squareRoom)
		for i := lo; i < hi; i++ {
			sums[i] = f.buffer(r, i*bufferItems)
		}
		squares.Put(r)
	})
	return sums
}
