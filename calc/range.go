package calc

import "fmt"

func (r *Range) length(in *Interp) int { return int(r.n) }

func (r *Range) repr(*Interp) string {
	if r.step == 1 {
		return fmt.Sprintf("range(%d, %d)", r.start, r.stop)
	}
	return fmt.Sprintf("range(%d, %d, %d)", r.start, r.stop, r.step)
}

func newRange(start, stop, step int64) *Range {
	r := &Range{start, stop, step, 0}
	switch {
	case step > 0 && start < stop:
		r.n = int64((uint64(stop)-uint64(start)-1)/uint64(step)) + 1
	case step < 0 && start > stop:
		r.n = int64((uint64(start)-uint64(stop)-1)/(-uint64(step))) + 1
	}
	if r.n < 0 {
		throw(excOverflowError, "Python int too large to convert to C ssize_t")
	}
	return r
}

func (r *Range) item(in *Interp, key Value) Value {
	if s, ok := key.(*Slice); ok {
		start, stop, step, _ := s.resolve(in, int(r.n))
		return newRange(r.start+int64(start)*r.step, r.start+int64(stop)*r.step, r.step*int64(step))
	}
	i := in.subscript(key, int(r.n), "range")
	if i < 0 {
		throw(excIndexError, "range object index out of range")
	}
	return Int(r.start + int64(i)*r.step)
}

// position is the index of n in the range, or -1.
func (r *Range) position(n int64) int64 {
	if r.n == 0 {
		return -1
	}
	d := n - r.start
	if d%r.step != 0 {
		return -1
	}
	if i := d / r.step; i >= 0 && i < r.n {
		return i
	}
	return -1
}

func (r *Range) iterate(*Interp) Iterator { return &rangeIterator{r.start, r.step, r.n} }

type rangeIterator struct{ next, step, left int64 }

var typeRangeIterator = newType("range_iterator", typeObject)

func (it *rangeIterator) Type() *Type { return typeRangeIterator }

func (it *rangeIterator) Next(*Interp) (Value, bool) {
	if it.left == 0 {
		return nil, false
	}
	v := Int(it.next)
	it.next += it.step
	it.left--
	return v, true
}

var _ = later(func() {
	t := typeRange
	t.construct("start, stop=?, step=?, /", func(in *Interp, a []Value) Value {
		word := func(v Value) int64 {
			x, ok := in.asIndex(v)
			if !ok {
				throw(excTypeError, "'%s' object cannot be interpreted as an integer", v.Type().tpName())
			}
			n, ok := x.(Int)
			if !ok {
				throw(excOverflowError, "Python int too large to convert to C ssize_t")
			}
			return int64(n)
		}
		start, stop, step := int64(0), word(a[0]), int64(1)
		if a[1] != nil {
			start, stop = stop, word(a[1])
		}
		if a[2] != nil {
			if step = word(a[2]); step == 0 {
				throw(excValueError, "range() arg 3 must not be zero")
			}
		}
		return newRange(start, stop, step)
	})
	t.get("start", func(in *Interp, v Value) Value { return Int(v.(*Range).start) })
	t.get("stop", func(in *Interp, v Value) Value { return Int(v.(*Range).stop) })
	t.get("step", func(in *Interp, v Value) Value { return Int(v.(*Range).step) })
	t.def("index", "self, value, /", func(in *Interp, a []Value) Value {
		if n, ok := a[1].(Int); ok {
			if i := a[0].(*Range).position(int64(n)); i >= 0 {
				return Int(i)
			}
		}
		throw(excValueError, "%s is not in range", in.Repr(a[1]))
		return nil
	})
	t.def("count", "self, value, /", func(in *Interp, a []Value) Value {
		return boolInt(Bool(in.contains(a[0], a[1])))
	})
})
