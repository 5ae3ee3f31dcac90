package nd

import (
	"math"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/sorting"
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
	where := asArray(x)
	where.use(op)
	at := where.inMemory(op, dtype.Float64)
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
		if !line.complex {
			line.at(items[float64](out), items[float64](at))
			return
		}
		r := Empty(dtype.Float64, at.lay.Shape...)
		line.at(items[float64](r), items[float64](at))
		copyInto(op, of(out), r)
	}
	if dt == dtype.Float64 {
		part(func(a *Array) *Array { return a }, math.NaN())
	} else {
		part((*Array).Real, math.NaN())
		part((*Array).Imag, 0)
	}
	for _, a := range []*Array{where, xp, fp} {
		a.done(op)
	}
	return out
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
	slopes       []float64 // nil where there are fewer places than points
}

// interpBlock is how many places of Interp are looked up at a time, and interpFew how many
// among a few points.
const (
	interpBlock = 64
	interpFew   = 16 * interpBlock
)

// at writes the values at xs to out.
func (l *polyline) at(out, xs []float64) {
	if len(l.xs) <= len(xs) {
		l.slopes = make([]float64, len(l.xs)-1)
		for j := range l.slopes {
			l.slopes[j] = l.slope(j)
		}
	}
	if len(xs) > interpFew && len(l.xs) <= sorting.Few {
		l.inBlocks(out, xs, make([]int64, interpFew))
		return
	}
	var room [interpBlock]int64
	l.inBlocks(out, xs, room[:])
}

// slope is that behind the point numbered j. NumPy takes another way to those of complex
// values.
func (l *polyline) slope(j int) float64 {
	run := l.xs[j+1] - l.xs[j]
	if l.complex {
		return (l.ys[j+1] - l.ys[j]) * (1 / run)
	}
	return (l.ys[j+1] - l.ys[j]) / run
}

// inBlocks is at for as many places at a time as room has.
func (l *polyline) inBlocks(out, xs []float64, room []int64) {
	for lo, from := 0, 0; lo < len(xs); lo += len(room) {
		x := xs[lo:min(lo+len(room), len(xs))]
		behind := room[:len(x)]
		l.lookUp(x, behind, from)
		from = max(int(behind[len(x)-1])-1, 0)
		l.values(out[lo:], x, behind)
	}
}

// lookUp writes to behind how many points are not right of each of xs. It walks on from the
// point numbered from as long as there are few points between neighbours of xs; what is then
// left is searched.
func (l *polyline) lookUp(xs []float64, behind []int64, from int) {
	const most = 4
	p, j := l.xs, from
	for i, x := range xs {
		for s := 0; s < most && j+1 < len(p) && p[j+1] <= x; s++ {
			j++
		}
		if !(p[j] <= x) || j+1 < len(p) && !(x < p[j+1]) {
			sorting.PlacesBehind(p, xs[i:], behind[i:])
			return
		}
		behind[i] = int64(j + 1)
	}
}

// values writes to out the values at xs, of which behind tells the points. The explicit
// conversions keep the compiler from fusing products and sums, which NumPy does not.
func (l *polyline) values(out, xs []float64, behind []int64) {
	px, py, slopes := l.xs, l.ys, l.slopes
	out, behind = out[:len(xs)], behind[:len(xs)]
	for i, x := range xs {
		j := int(behind[i]) - 1
		if uint(j) >= uint(len(px)-1) || uint(j+1) >= uint(len(py)) {
			out[i] = l.end(x)
			continue
		}
		x0, y0 := px[j], py[j]
		if x0 == x {
			out[i] = y0
			continue
		}
		var slope float64
		if j < len(slopes) {
			slope = slopes[j]
		} else {
			slope = l.slope(j)
		}
		y := float64(slope*(x-x0)) + y0
		if y != y { // from the other side
			if y = float64(slope*(x-px[j+1])) + py[j+1]; y != y && y0 == py[j+1] {
				y = y0
			}
		}
		out[i] = y
	}
}

// end returns the value at an x that lies between no two points.
func (l *polyline) end(x float64) float64 {
	last := len(l.xs) - 1
	switch {
	case x > l.xs[last]:
		return l.above
	case x < l.xs[0]:
		return l.below
	case x != x && last > 0:
		return l.unknown
	}
	return l.ys[last]
}
