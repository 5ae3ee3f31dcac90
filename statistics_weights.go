package nd

import (
	"math"
	"slices"

	"github.com/stride-go/nd/dtype"
)

// weightedQuantile is Quantile with weights, lane by lane: the first item at
// which the weights so far, in sorted order, reach the fraction q of them all.
func (a *Array) weightedQuantile(op string, f *fractions, s *settings, w *Array, skipNaN bool) *Array {
	if f.method != MethodInvertedCDF {
		fail(op, ErrValue, "Only method 'inverted_cdf' supports weights. Got: %s.", f.method)
	}
	w = a.weightsFor(op, s, w)
	if w.Less(0).AnyTrue().Item[bool]() {
		fail(op, ErrValue, "Weights must be non-negative.")
	}
	l := a.lanesToFold(op, s)
	lw := w.lanesToFold(op, &settings{axes: s.axes})
	d := l.rows.NDim() - 1
	n := l.rows.lay.Shape[d]
	weights := lw.rows.AsType(dtype.Float64).reshaped([]int{l.rows.Size() / max(n, 1), n})
	i := 0
	return l.finish(op, s, f.q.lay.Shape, foldLanes(l.rows, f.q.lay.Shape, func(lane *Array) *Array {
		wt := weights.row(i)
		i++
		if skipNaN && (lane.dtype.IsFloat()) {
			good := lane.IsNaN().LogicalNot()
			lane, wt = lane.Compress(good), wt.Compress(good)
			if lane.Size() == 0 {
				return Full(lane.dtype, math.NaN(), f.q.lay.Shape...)
			}
		}
		return f.weighted(op, lane, wt)
	}))
}

// weighted returns the quantiles of one lane.
func (f *fractions) weighted(op string, lane, w *Array) *Array {
	if lane.Size() == 0 {
		fail(op, ErrIndex, "index -1 is out of bounds for axis 0 with size 0")
	}
	order := lane.ArgSort()
	lane = lane.Take(order)
	sum := items[float64](w.Take(order).CumSum())
	n := len(sum)
	total := sum[n-1]
	for i := range sum {
		if sum[i] /= total; sum[i] == 0 {
			sum[i] = -1 // an item without weight is not the quantile 0
		}
	}
	if math.IsNaN(sum[n-1]) {
		fail(op, ErrValue, "Weights included NaN, inf or were all zero.")
	}
	cdf := Of(sum)
	if f.q.dtype.IsFloat() {
		cdf = cdf.AsType(f.q.dtype)
	}
	at := cdf.searchSorted(op, f.q, false, nil).Minimum(n - 1)
	return f.checked(lane, lane.Take(at, Axis(0)))
}

// weightsFor returns w with a's shape: as it is, or stretched along the axes that
// s does not fold.
func (a *Array) weightsFor(op string, s *settings, w *Array) *Array {
	w.use(op)
	if slices.Equal(a.lay.Shape, w.lay.Shape) {
		return w
	}
	if s.axes == nil {
		fail(op, ErrType, "Axis must be specified when shapes of a and weights differ.")
	}
	axes := normTuple(op, "axis", s.axes, a.NDim())
	same := len(axes) == w.NDim()
	for i, k := range axes {
		same = same && w.lay.Shape[i] == a.lay.Shape[k]
	}
	if !same {
		fail(op, ErrValue, "Shape of weights must be consistent with shape of a along specified axis.")
	}
	sorted := slices.Clone(axes)
	slices.Sort(sorted)
	perm := make([]int, len(axes))
	shape := slices.Repeat([]int{1}, a.NDim())
	for i, k := range sorted {
		perm[i] = slices.Index(axes, k)
		shape[k] = a.lay.Shape[k]
	}
	return w.permuted(perm).Reshape(shape...).BroadcastTo(a.lay.Shape...)
}
