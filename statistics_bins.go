package nd

import (
	"math"
	"slices"

	"github.com/stride-go/nd/dtype"
)

// ClosedRight makes Digitize close every bin on its right instead of its left.
func ClosedRight() Option { return Option{kind: optRight} }

// Digitize returns, as int64, for every item of a the number of the bin that it
// falls in: i with bins[i-1] <= x < bins[i], or with ClosedRight bins[i-1] < x <=
// bins[i]; 0 and len(bins) lie outside. bins is 1-d and ascends or descends, in
// which case the comparisons are turned round. It panics with ErrValue if bins
// does neither, ErrType for complex items.
func (a *Array) Digitize(bins *Array, opts ...Option) *Array {
	const op = "digitize"
	a.use(op)
	bins.use(op)
	s := gather(op, optRight, opts)
	if a.dtype.IsComplex() {
		fail(op, ErrType, "x may not be complex")
	}
	switch {
	case bins.NDim() > 1:
		fail(op, ErrValue, "object too deep for desired array")
	case bins.NDim() == 0:
		fail(op, ErrValue, "object of too small depth for desired array")
	}
	defer settle(op, nil, []*Array{bins})
	switch direction(items[float64](bins.inMemory(op, dtype.Float64))) {
	case 1:
		return bins.searchSorted(op, a, !s.has(optRight), nil)
	case -1:
		return asArray(bins.Size()).Subtract(bins.Flip().searchSorted(op, a, !s.has(optRight), nil))
	}
	fail(op, ErrValue, "bins must be monotonically increasing or decreasing")
	return nil
}

// direction returns 1 if the edges ascend or are all equal, -1 if they descend
// and 0 if they do neither. The first two that differ decide, NaN as if it were
// less than everything before it.
func direction(edges []float64) int {
	i := 1
	for i < len(edges) && edges[i] == edges[0] {
		i++
	}
	if i >= len(edges) {
		return 1
	}
	up := edges[0] < edges[i]
	for i++; i < len(edges); i++ {
		if up && edges[i-1] > edges[i] || !up && edges[i-1] < edges[i] {
			return 0
		}
	}
	if up {
		return 1
	}
	return -1
}

// HistRange sets the outer edges of a Histogram of a number of bins; items
// outside are not counted. Without it they are the least and the greatest item.
func HistRange(low, high float64) Option {
	return Option{kind: optRange, arr: Of([]float64{low, high})}
}

// Density makes Histogram return the probability density: the integral over the
// range is 1.
func Density() Option { return Option{kind: optDensity} }

const histogramOptions = optRange | optWeights | optDensity

// Histogram counts the items of a in bins, which are a number of equally wide
// ones or the edges of all, ascending. It returns the counts (int64, or the
// weights' dtype) and the edges, one more. A bin holds its left edge and not its
// right one, the last bin both. Options: HistRange, Weights, Density.
//
// It panics with ErrValue for fewer than one bin, edges that do not ascend, and
// a range that is not finite (NaN among the items, say).
func Histogram[B int | *Array](a *Array, bins B, opts ...Option) (counts, edges *Array) {
	const op = "histogram"
	s := gather(op, histogramOptions, opts)
	h := newHistogram(op, a, &s)
	switch b := any(bins).(type) {
	case int:
		h.equalBins(b)
		counts = h.countEqual(b)
	case *Array:
		h.givenBins(b)
		counts = h.countSorted()
	}
	if s.has(optDensity) {
		width := h.edges.Diff(1).AsType(dtype.Float64)
		counts = counts.Divide(width).Divide(counts.Sum())
	}
	return counts, h.edges
}

// HistogramBinEdges returns the edges of Histogram with the same arguments.
func HistogramBinEdges[B int | *Array](a *Array, bins B, opts ...Option) *Array {
	const op = "histogram_bin_edges"
	s := gather(op, histogramOptions, opts)
	h := newHistogram(op, a, &s)
	switch b := any(bins).(type) {
	case int:
		h.equalBins(b)
	case *Array:
		h.givenBins(b)
	}
	return h.edges
}

// histogram is one call of Histogram.
type histogram struct {
	op          string
	a, w        *Array // 1-d; w is nil without weights
	low, high   *Array // outer edges of equal bins, 0-d
	edges       *Array
	rangeOption *Option
}

func newHistogram(op string, a *Array, s *settings) *histogram {
	a.use(op)
	h := &histogram{op: op, rangeOption: s.rarely(optRange)}
	if o := s.rarely(optWeights); o != nil {
		w := o.array(op)
		if !slices.Equal(w.lay.Shape, a.lay.Shape) {
			fail(op, ErrValue, "weights should have the same shape as a.")
		}
		h.w = w.flat(op)
	}
	if a.dtype.Kind() == dtype.KindBool {
		a = a.AsType(dtype.Uint8)
	}
	h.a = a.flat(op)
	return h
}

func (h *histogram) givenBins(edges *Array) {
	edges.use(h.op)
	defer settle(h.op, nil, []*Array{edges})
	if edges.NDim() != 1 {
		fail(h.op, ErrValue, "`bins` must be 1d, when an array")
	}
	if edges.Size() > 1 && edges.along(h.op, 0, To(-1)).Greater(edges.along(h.op, 0, From(1))).AnyTrue().Item[bool]() {
		fail(h.op, ErrValue, "`bins` must increase monotonically, when an array")
	}
	h.edges = edges
}

func (h *histogram) equalBins(n int) {
	if n < 1 {
		fail(h.op, ErrValue, "`bins` must be positive, when an integer")
	}
	if n == math.MaxInt {
		fail(h.op, ErrMemory, "Unable to allocate the edges of %d bins", n)
	}
	h.outerEdges()
	dt, err := dtype.Promote(h.low.dtype, h.a.dtype)
	if h.low.weak != dtype.NotWeak {
		dt, err = dtype.PromoteWeak(h.low.weak, h.a.dtype), nil
	}
	must(h.op, err)
	if dt.IsInteger() {
		dt = dtype.Float64
	}
	h.edges = spaced(h.low, h.high, n).AsType(dt)
	if h.edges.along(h.op, 0, To(-1)).GreaterEqual(h.edges.along(h.op, 0, From(1))).AnyTrue().Item[bool]() {
		fail(h.op, ErrValue, "Too many bins for data range. Cannot create %d finite-sized bins.", n)
	}
}

// outerEdges finds the edges between which equal bins lie.
func (h *histogram) outerEdges() {
	what := "supplied"
	switch {
	case h.rangeOption != nil:
		r := items[float64](h.rangeOption.arr)
		if r[0] > r[1] {
			fail(h.op, ErrValue, "max must be larger than min in range parameter.")
		}
		h.low, h.high = asArray(r[0]), asArray(r[1])
	case h.a.Size() == 0:
		h.low, h.high = asArray(0), asArray(1)
	default:
		what = "autodetected"
		h.low, h.high = h.a.Min(), h.a.Max()
	}
	if !h.low.IsFinite().LogicalAnd(h.high.IsFinite()).Item[bool]() {
		fail(h.op, ErrValue, "%s range of [%s, %s] is not finite", what, h.low.String(), h.high.String())
	}
	if h.low.Equal(h.high).Item[bool]() {
		weak := h.low.weak
		h.low, h.high = h.low.Subtract(0.5), h.high.Add(0.5)
		if weak != dtype.NotWeak {
			h.low, h.high = Weak(h.low), Weak(h.high)
		}
	}
}

// spaced returns n+1 numbers from low to high at equal distances, computed in the
// dtype of the two as np.linspace does.
func spaced(low, high *Array, n int) *Array {
	strong := func(x *Array) *Array {
		if x.dtype.IsInteger() {
			return x.AsType(dtype.Float64)
		}
		return x.view(x.dtype, x.lay)
	}
	low, high = strong(low), strong(high)
	steps := Arange(n + 1).AsType(low.dtype)
	span := high.Subtract(low)
	r := steps.Multiply(span.Divide(n))
	if span.Divide(n).Equal(0).Item[bool]() {
		r = steps.Divide(n).Multiply(span)
	}
	r = r.Add(low)
	copyInto("linspace", r.along("linspace", 0, I(n)), high)
	return r
}

// histogramBlock is the number of items that NumPy counts at a time; sums of
// weights depend on it. Counts do not: what lies between the steps stays in the
// caches where there are few.
const (
	histogramBlock = 65536
	countedBlock   = 4096
)

// countEqual counts in n equally wide bins: the bin is computed, then corrected
// by comparing with the edges.
func (h *histogram) countEqual(n int) *Array {
	defer settle(h.op, nil, []*Array{h.a, h.w})
	denom := h.high.Subtract(h.low)
	if denom.dtype.IsInteger() {
		denom = denom.view(denom.dtype.Native(), denom.lay).AsType(unsignedOf(denom.dtype))
	}
	edges := items[float64](h.edges.searchable(h.op, dtype.Float64))
	counts := Zeros(dtype.Int64, n)
	if h.w != nil {
		counts = Zeros(h.w.dtype.Native(), n)
	}
	size, inBin := histogramBlock, []int64(nil)
	if h.w == nil {
		size, inBin = countedBlock, items[int64](counts)
	}
	var scaled, where *Array
	for at := 0; at < h.a.Size(); at += size {
		block := R(at, min(at+size, h.a.Size()))
		x := h.a.along(h.op, 0, block)
		var keep *Array
		if h.w != nil || h.rangeOption != nil { // else all are between the least and the greatest
			keep = x.GreaterEqual(h.low).LogicalAnd(x.LessEqual(h.high))
			x = x.Compress(keep)
		}
		x = x.inMemory(h.op, h.edges.dtype)
		if scaled == nil || scaled.Size() != x.Size() {
			scaled, where = Empty(h.edges.dtype, x.Size()), Empty(dtype.Int64, x.Size())
		}
		x.Subtract(h.low, Out(scaled)).Divide(denom, Out(scaled)).Multiply(n, Out(scaled))
		copyInto(h.op, where, scaled)
		bin := items[int64](where)
		for i, v := range items[float64](x.searchable(h.op, dtype.Float64)) {
			k := bin[i]
			if k == int64(n) {
				k--
			}
			if v < edges[k] {
				k--
			}
			if v >= edges[k+1] && k != int64(n-1) {
				k++
			}
			if bin[i] = k; inBin != nil {
				inBin[k]++
			}
		}
		x.done(h.op)
		if h.w != nil {
			counts.Add(h.weigh(where, block, keep, n), Out(counts), Casting(dtype.Unsafe))
		}
	}
	return counts
}

// weigh returns the sum of the weights of the items in each bin.
func (h *histogram) weigh(bin *Array, block Idx, keep *Array, n int) *Array {
	w := h.w.along(h.op, 0, block).Compress(keep)
	if !w.dtype.IsComplex() {
		return BinCount(bin, MinLength(n), Weights(w)).AsType(h.w.dtype.Native())
	}
	sum := Zeros(dtype.Complex128, n)
	copyInto(h.op, sum.Real(), BinCount(bin, MinLength(n), Weights(w.Real())))
	copyInto(h.op, sum.Imag(), BinCount(bin, MinLength(n), Weights(w.Imag())))
	return sum
}

// unsignedOf returns the unsigned integer dtype of the same size.
func unsignedOf(dt dtype.DType) dtype.DType {
	switch dt.ItemSize() {
	case 1:
		return dtype.Uint8
	case 2:
		return dtype.Uint16
	case 4:
		return dtype.Uint32
	}
	return dtype.Uint64
}

// countSorted counts between given edges: how many items lie below each, in
// sorted order.
func (h *histogram) countSorted() *Array {
	n := h.edges.Size()
	dt := dtype.Int64
	if h.w != nil {
		dt = h.w.dtype.Native()
	}
	below := Zeros(dt, n)
	for at := 0; at < h.a.Size(); at += histogramBlock {
		block := R(at, min(at+histogramBlock, h.a.Size()))
		x := h.a.along(h.op, 0, block)
		order := x.ArgSort()
		sorted := x.Take(order)
		places := sorted.searchSorted(h.op, h.edges, false, nil)
		if n > 0 {
			last := h.edges.along(h.op, 0, From(-1))
			copyInto(h.op, places.along(h.op, 0, From(-1)), sorted.searchSorted(h.op, last, true, nil))
		}
		if h.w == nil {
			below.Add(places, Out(below))
			continue
		}
		sums := h.w.along(h.op, 0, block).Take(order).CumSum()
		sums = Concatenate([]*Array{Zeros(dt, 1), sums})
		below.Add(sums.Take(places), Out(below), Casting(dtype.Unsafe))
	}
	return below.Diff(1)
}
