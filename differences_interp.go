package nd

import (
	"math"
	"sort"

	"github.com/stride-go/nd/dtype"
)

// Below sets the value of Interp left of the first point; the first value by
// default.
func Below[T Operand](x T) Option { return Option{kind: optBelow, arr: asArray(x)} }

// Above sets the value of Interp right of the last point; the last value by
// default.
func Above[T Operand](x T) Option { return Option{kind: optAbove, arr: asArray(x)} }

// Period makes the points of Interp repeat: they are taken modulo p and sorted.
func Period(p float64) Option { return Option{kind: optPeriod, num: p} }

// Interp returns, for every item of x, the value there of the function that is
// linear between the points (xp, fp), in float64 or, for complex fp, complex128.
// xp ascends; that is not checked. NaN stays NaN. Options: Below, Above, Period.
// It panics with ErrValue for points of different lengths or none.
func Interp[T Operand](x T, xp, fp *Array, opts ...Option) *Array {
	const op = "interp"
	s := gather(op, optBelow|optAbove|optPeriod, opts)
	at := asArray(x).searchableCopy(op, dtype.Float64)
	xp.use(op)
	fp.use(op)
	xs := xp.inMemory(op, dtype.Float64)
	dt := dtype.Float64
	if fp.dtype.IsComplex() {
		dt = dtype.Complex128
	}
	ys := fp.inMemory(op, dt)
	left, right := s.rarely(optBelow), s.rarely(optAbove)
	if o := s.rarely(optPeriod); o != nil {
		if o.num == 0 {
			fail(op, ErrValue, "period must be a non-zero value")
		}
		left, right = nil, nil
		at, xs, ys = wrapPoints(op, math.Abs(o.num), at, xs, ys)
	}
	checkPoints(op, xs, ys)
	out := Empty(dt, at.lay.Shape...)
	part := func(of func(*Array) *Array, unknown float64) {
		y := items[float64](of(ys).searchable(op, dtype.Float64))
		lo, hi := y[0], y[len(y)-1]
		outside := func(o *Option, v *float64) {
			if o != nil {
				*v = of(o.arr.AsType(dt)).Item[float64]()
			}
		}
		outside(left, &lo)
		outside(right, &hi)
		line := polyline{xs: items[float64](xs), ys: y, below: lo, above: hi, unknown: unknown, complex: dt.IsComplex()}
		r := line.at(items[float64](at))
		copyInto(op, of(out), overFloats(r).Reshape(at.lay.Shape...))
	}
	if dt == dtype.Float64 {
		part(func(a *Array) *Array { return a }, math.NaN())
		return out
	}
	part((*Array).Real, math.NaN())
	part((*Array).Imag, 0)
	return out
}

// overFloats returns a float64 array over s, which may be empty.
func overFloats(s []float64) *Array {
	if len(s) == 0 {
		return Empty(dtype.Float64, 0)
	}
	return Of(s)
}

func checkPoints(op string, xs, ys *Array) {
	switch {
	case xs.NDim() > 1 || ys.NDim() > 1:
		fail(op, ErrValue, "object too deep for desired array")
	case xs.NDim() == 0 || ys.NDim() == 0:
		fail(op, ErrValue, "object of too small depth for desired array")
	case xs.Size() == 0:
		fail(op, ErrValue, "array of sample points is empty")
	case xs.Size() != ys.Size():
		fail(op, ErrValue, "fp and xp are not of the same length.")
	}
}

// wrapPoints takes everything modulo the period, sorts the points, and repeats
// the last one before and the first one behind them.
func wrapPoints(op string, period float64, at, xs, ys *Array) (x, xp, fp *Array) {
	if xs.NDim() != 1 || ys.NDim() != 1 {
		fail(op, ErrValue, "Data points must be 1-D sequences")
	}
	if xs.Size() != ys.Size() {
		fail(op, ErrValue, "fp and xp are not of the same length")
	}
	xs = xs.Remainder(period)
	order := xs.ArgSort()
	xs, ys = xs.Take(order), ys.Take(order)
	first, last := To(1), From(-1)
	xs = Concatenate([]*Array{xs.along(op, 0, last).Subtract(period), xs, xs.along(op, 0, first).Add(period)})
	ys = Concatenate([]*Array{ys.along(op, 0, last), ys, ys.along(op, 0, first)})
	return at.Remainder(period), xs, ys
}

// polyline is a function that is linear between points; one part of it if its
// values are complex.
type polyline struct {
	xs, ys       []float64
	below, above float64 // left of the first and right of the last point
	unknown      float64 // at NaN
	complex      bool
}

// at returns the values at xs. The explicit conversions keep the compiler from
// fusing products and sums, which NumPy does not.
func (l *polyline) at(xs []float64) []float64 {
	out := make([]float64, len(xs))
	last := len(l.xs) - 1
	for i, x := range xs {
		switch {
		case x > l.xs[last]:
			out[i] = l.above
		case x < l.xs[0]:
			out[i] = l.below
		case last == 0:
			out[i] = l.ys[0]
		case x != x:
			out[i] = l.unknown
		default:
			out[i] = l.between(x)
		}
	}
	return out
}

// between returns the value at an x that is not outside the points.
func (l *polyline) between(x float64) float64 {
	xs, ys := l.xs, l.ys
	j := max(sort.Search(len(xs), func(k int) bool { return xs[k] > x })-1, 0)
	if j == len(xs)-1 || xs[j] == x {
		return ys[j]
	}
	slope := (ys[j+1] - ys[j]) / (xs[j+1] - xs[j])
	if l.complex {
		slope = (ys[j+1] - ys[j]) * (1 / (xs[j+1] - xs[j]))
	}
	y := float64(slope*(x-xs[j])) + ys[j]
	if y != y { // from the other side
		if y = float64(slope*(x-xs[j+1])) + ys[j+1]; y != y && ys[j] == ys[j+1] {
			y = ys[j]
		}
	}
	return y
}
