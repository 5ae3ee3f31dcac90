package nd

import (
	"math"

	"github.com/stride-go/nd/dtype"
)

const spaceOptions = optDType | optEndpoint | optAxis

// Linspace returns num numbers from start to stop, both included: item i is
// i·step + start with step = (stop-start)/(num-1), and the last is stop itself.
// Endpoint(false) leaves stop out. The dtype is float64, or that of arrays of
// floats or complex numbers; with DType an integer result is rounded down, not
// towards zero.
//
// Arrays are broadcast together, and the numbers lie along a new axis, the first
// unless Axis names its place.
func Linspace[T, U Operand](start T, stop U, num int, opts ...Option) *Array {
	const op = "linspace"
	s := gather(op, spaceOptions, opts)
	if x, ok := frequentFloat(start); ok { // without arrays of the ends
		if y, ok := frequentFloat(stop); ok {
			r, _ := linspaceNumbers(op, x, y, num, &s)
			return r.placed(&s)
		}
	}
	return linspace(op, asArray(start), asArray(stop), num, &s)
}

// frequentFloat returns a float64 or an int as a float64; ok is false for anything else.
func frequentFloat[T Operand](x T) (f float64, ok bool) {
	switch v := any(x).(type) {
	case float64:
		return v, true
	case int:
		return float64(v), true
	}
	return 0, false
}

// LinspaceStep is Linspace of two numbers that returns the step as well, NaN if
// there is none.
func LinspaceStep(start, stop float64, num int, opts ...Option) (*Array, float64) {
	const op = "linspace"
	s := gather(op, optDType|optEndpoint, opts)
	return linspaceNumbers(op, start, stop, num, &s)
}

// Base sets the base of Logspace.
func Base[T Operand](x T) Option { return Option{kind: optBase, arr: asArray(x)} }

// Logspace returns num numbers whose logarithms are evenly spaced: 10 to the powers
// that Linspace has from start to stop. Base names another base than 10; one with
// axes is broadcast with start and stop. Options: Base, Endpoint, DType, Axis.
func Logspace[T, U Operand](start T, stop U, num int, opts ...Option) *Array {
	const op = "logspace"
	s := gather(op, spaceOptions|optBase, opts)
	a, b, base := asArray(start), asArray(stop), asArray(10.0)
	if o := s.rarely(optBase); o != nil {
		base = o.arr
	}
	if base.NDim() > 0 {
		n := max(a.NDim(), b.NDim(), base.NDim())
		a, b, base = a.leading(n), b.leading(n), base.leading(n).ExpandDims(s.newAxis())
	}
	t := s
	t.given &^= optDType
	r := Power.Call(base, linspace(op, a, b, num, &t))
	if s.has(optDType) {
		r = r.AsType(s.dtype, CopyIs(false))
	}
	return r
}

// Geomspace returns num numbers from start to stop, both included and of one sign,
// each the same multiple of the one before. Of complex numbers they lie on a
// spiral. It computes in float64 at least. Options: Endpoint, DType, Axis. It
// panics with ErrValue for a zero: "Geometric sequence cannot include zero".
func Geomspace[T, U Operand](start T, stop U, num int, opts ...Option) *Array {
	const op = "geomspace"
	s := gather(op, spaceOptions, opts)
	a, b := asArray(start), asArray(stop)
	spaceable(op, a, b)
	if truthOf(a.Equal(0).AnyTrue()) || truthOf(b.Equal(0).AnyTrue()) {
		fail(op, ErrValue, "Geometric sequence cannot include zero")
	}
	dt := dtype.Float64
	for _, d := range []dtype.DType{a.dtype, b.dtype, s.dtype} {
		if d.IsValid() {
			var err error
			dt, err = dtype.Promote(dt, d)
			must(op, err)
		}
	}
	if !s.has(optDType) {
		s.dtype = dt
	}
	// The signs, or directions in the plane, of start are taken out and put back.
	a, b = a.AsType(dt), b.AsType(dt)
	sign := a.Sign()
	a, b = a.Divide(sign), b.Divide(sign)
	r := Power.Call(10.0, linspace(op, a.Log10(), b.Log10(), num, &settings{op: op, endpoint: s.endpoint}))
	if num > 0 {
		r.SetSubscript(a, I(0), Ellipsis)
		if num > 1 && s.endpoint {
			r.SetSubscript(b, I(-1), Ellipsis)
		}
	}
	return r.Multiply(sign).placed(&s).AsType(s.dtype, CopyIs(false))
}

// leading returns a with axes of length 1 before its own, n in all.
func (a *Array) leading(n int) *Array {
	for a.NDim() < n {
		a = a.ExpandDims(0)
	}
	return a
}

// newAxis is the place of the axis along which a call spaces its numbers.
func (s *settings) newAxis() int {
	if !s.has(optAxis) {
		return 0
	}
	return oneAxis(s.op, s.axes)
}

// placed moves the first axis to the place that a call asks for.
func (a *Array) placed(s *settings) *Array {
	if k := s.newAxis(); k != 0 {
		return a.MoveAxis(0, namedAxis(s.op, "destination", k, a.NDim()))
	}
	return a
}

// linspace is Linspace for a call of the name op.
func linspace(op string, a, b *Array, num int, s *settings) *Array {
	if a.weak != dtype.NotWeak && b.weak != dtype.NotWeak && !a.dtype.IsComplex() && !b.dtype.IsComplex() {
		y, _ := linspaceNumbers(op, a.AsType(dtype.Float64).Item[float64](), b.AsType(dtype.Float64).Item[float64](), num, s)
		return y.placed(s)
	}
	div := spaces(op, num, s)
	spaceable(op, a, b)
	dt := commonOf(op, a, b)
	if !dt.IsFloat() && !dt.IsComplex() {
		var err error
		dt, err = dtype.Promote(dt, dtype.Float64)
		must(op, err)
	}
	dt = dt.Native()
	a, b = a.AsType(dt), b.AsType(dt)
	delta := b.Subtract(a)
	y := Arange(num).AsType(dt)
	for range delta.NDim() {
		y = y.ExpandDims(-1)
	}
	by := delta
	if div > 0 {
		by = delta.Divide(float64(div))
	}
	if div > 0 && truthOf(by.Equal(0).AnyTrue()) { // too small to be told from zero
		y = y.Divide(float64(div)).Multiply(delta)
	} else {
		y = y.Multiply(by)
	}
	y = y.Add(a)
	if s.endpoint && num > 1 {
		y.SetSubscript(b, I(-1), Ellipsis)
	}
	y = y.placed(s)
	if !s.has(optDType) {
		return y
	}
	if s.dtype.IsInteger() && !dt.IsComplex() {
		y.Floor(Out(y))
	}
	return y.AsType(s.dtype, CopyIs(false))
}

// spaceable refuses ends that are closed, or no numbers.
func spaceable(op string, ends ...*Array) {
	for _, a := range ends {
		a.use(op)
		if !a.dtype.IsNumeric() {
			fail(op, ErrPromotion, "The DType %s could not be promoted by %s. This means that no common DType exists for the given inputs.", a.dtype.Repr(), dtype.Float64.Repr())
		}
	}
}

// spaces returns how many spaces lie between num numbers.
func spaces(op string, num int, s *settings) int {
	if num < 0 {
		fail(op, ErrValue, "Number of samples, %d, must be non-negative.", num)
	}
	if s.endpoint {
		return num - 1
	}
	return num
}

// linspaceNumbers is Linspace of two numbers, tile by tile, and the step.
func linspaceNumbers(op string, start, stop float64, num int, s *settings) (*Array, float64) {
	div := spaces(op, num, s)
	delta, step := stop-start, math.NaN()
	if div > 0 {
		step = delta / float64(div)
	}
	dt := dtype.Float64
	if s.has(optDType) {
		dt = s.dtype
	}
	out := alloc(op, dt, []int{num}, C, !dt.IsNumeric())
	fill := func(y []float64, first int) {
		switch {
		case div <= 0:
			onLine(y, first, start, delta)
		case step == 0:
			for i := range y {
				y[i] = float64(float64(first+i)/float64(div)*delta) + start
			}
		default:
			onLine(y, first, start, step)
		}
		if s.endpoint && num > 1 && first+len(y) == num {
			y[len(y)-1] = stop
		}
	}
	if dt == dtype.Float64 {
		fill(items[float64](out), 0)
		return out, step
	}
	tile := Empty(dtype.Float64, min(num, linspaceTile))
	for at := 0; at < num; at += linspaceTile {
		part := tile.span(0, min(num-at, linspaceTile))
		y := items[float64](part)
		fill(y, at)
		if dt.IsInteger() {
			part.Floor(Out(part))
		}
		copyInto(op, out.span(at, at+len(y)), part)
	}
	return out, step
}

// linspaceTile is how many numbers are cast at a time: they stay in the caches.
const linspaceTile = 4096
