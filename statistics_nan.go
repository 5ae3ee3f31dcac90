package nd

import (
	"math"
	"slices"

	"github.com/stride-go/nd/dtype"
)

// NanMedian is Median of the items that are not NaN; NaN where there is none.
func (a *Array) NanMedian(opts ...Option) *Array {
	const op = "nanmedian"
	a.use(op)
	s := gather(op, optAxis|optKeepDims|optOut, opts)
	if a.Size() == 0 {
		return a.NanMean(s.again()...)
	}
	l := a.lanesToFold(op, &s)
	if d := l.rows.NDim() - 1; d > 0 && l.rows.dtype.IsFloat() && l.rows.lay.Shape[d] <= sortedLane {
		return l.finish(op, &s, nil, nanMedianOf(l.rows))
	}
	return l.finish(op, &s, nil, foldLanes(l.rows, nil, func(lane *Array) *Array {
		part := lane.withoutNaN()
		if part.Size() == 0 {
			return lane.along(op, 0, I(-1)).AsType(lane.dtype.Native())
		}
		return medianOf(part)
	}))
}

// sortedLane is how many items lanes have that are sooner sorted together than selected
// from one by one.
const sortedLane = 256

// nanMedianOf returns the medians of what is not NaN in the rows of a dense array, which
// it sorts: NaNs come last.
func nanMedianOf(rows *Array) *Array {
	d := rows.NDim() - 1
	rows.Sort()
	n := rows.IsNaN().LogicalNot().Sum(Axis(d), KeepDims()) // 0: both places hold NaN
	first, last := n.Subtract(1).FloorDivide(2), n.FloorDivide(2)
	two := rows.TakeAlongAxis(Concatenate([]*Array{first, last}, Axis(d)), d)
	mid := two.Mean(Axis(d))
	one := first.Equal(last).Squeeze(d) // of which the sum with itself may overflow
	return one.Where(two.along("nanmedian", d, I(0)), mid).AsType(mid.dtype)
}

// NanQuantile is Quantile of the items that are not NaN; NaN where there is none.
func (a *Array) NanQuantile[T Operand](q T, opts ...Option) *Array {
	return a.quantile("nanquantile", asArray(q), false, true, opts)
}

// NanPercentile is NanQuantile with q in percent.
func (a *Array) NanPercentile[T Operand](q T, opts ...Option) *Array {
	return a.quantile("nanpercentile", asArray(q), true, true, opts)
}

// ofLanes returns the quantiles of each row, NaNs left out.
func (f *fractions) ofLanes(op string, rows *Array) *Array {
	return foldLanes(rows, f.q.lay.Shape, func(lane *Array) *Array {
		part := lane.withoutNaN()
		if part.Size() == 0 {
			return Full(lane.dtype, math.NaN(), f.q.lay.Shape...)
		}
		return f.of(op, part)
	})
}

// foldLanes calls fold for every row of a dense array; the results have the shape
// lead, the dtype of the first, and their axes come first.
func foldLanes(rows *Array, lead []int, fold func(lane *Array) *Array) *Array {
	d := rows.NDim() - 1
	count, n := 1, rows.lay.Shape[d]
	for _, k := range rows.lay.Shape[:d] {
		count *= k
	}
	flat := rows.reshaped([]int{count, n})
	var out, at *Array
	for i := range count {
		r := fold(flat.row(i))
		if out == nil {
			out = Empty(r.dtype, append([]int{count}, lead...)...)
		}
		at = out.along("", 0, I(i))
		copyInto("nanquantile", at, r)
	}
	if out == nil {
		out = Empty(dtype.Float64, append([]int{0}, lead...)...)
	}
	out = out.MoveAxis(0, -1)
	return out.Reshape(append(slices.Clone(lead), rows.lay.Shape[:d]...)...)
}

// withoutNaN returns the items of a 1-d array that are not NaN, in a copy.
func (a *Array) withoutNaN() *Array {
	if !a.dtype.IsFloat() && !a.dtype.IsComplex() {
		return a.Copy()
	}
	return a.Compress(a.IsNaN().LogicalNot())
}
