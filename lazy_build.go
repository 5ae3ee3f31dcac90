package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/ufunc"
)

// LazyCall returns the operation of that name in NumPy ("add", "sqrt", "clip";
// UfuncNames lists them) on args. It panics with ErrValue for an unknown name and
// with ErrType for another number of operands, or an operation with two results.
// Options: DType, Casting.
func LazyCall(name string, args []*Lazy, opts ...Option) *Lazy {
	u, ok := UfuncNamed(name)
	if !ok {
		fail("LazyCall", ErrValue, "there is no operation named '%s'", name)
	}
	switch {
	case u.NOut() != 1:
		fail(name, ErrType, "%s() has %d results and cannot be lazy", name, u.NOut())
	case len(args) != u.NIn():
		fail(name, ErrType, "%s() takes from %d to %d positional arguments but %d were given", name, u.NIn(), u.NIn()+1, len(args))
	}
	switch u := u.(type) {
	case Unary:
		return lazily(u.op, opts, args...)
	case Binary:
		return lazily(u.op, opts, args...)
	case Ternary:
		return lazily(u.op, opts, args...)
	}
	panic("nd: an operation of no known form")
}

// lazily builds the call of an operation: the loop is chosen and the result laid
// out as an eager call does it, so mistakes are found here.
func lazily(op kernel.Op, opts []Option, args ...*Lazy) *Lazy {
	if len(opts) == 0 {
		if e := quickLazy(op, args); e != nil {
			return e
		}
	}
	p := ufunc.Borrow(op)
	e := &Lazy{form: lazyCall, op: op, name: p.Table.Name, options: opts}
	e.args = e.room[:copy(e.room[:], args)]
	e.bind(p)
	must(e.name, p.Resolve())
	must(e.name, p.Broadcast())
	e.dtype, e.entry, e.in = p.LoopOut[0], p.Entry, p.LoopIn
	for i := range args {
		e.eager = e.eager || !args[i].dtype.IsNumeric()
	}
	_, err := layout.CheckedSize(p.Shape, e.dtype.ItemSize())
	must(e.name, err)
	e.lay = args[0].lay // which serves most often: layouts do not change
	if !slices.Equal(e.lay.Shape, p.Shape) {
		e.lay.Shape = slices.Clone(p.Shape)
	}
	var room [8]int
	strides := room[:]
	if len(p.Shape) > len(room) {
		strides = make([]int, len(p.Shape))
	}
	strides = strides[:len(p.Shape)]
	p.Strides('K', e.dtype.ItemSize(), strides)
	if !slices.Equal(e.lay.Strides, strides) {
		e.lay.Strides = slices.Clone(strides)
	}
	p.Return()
	return e
}

// quickLazy is lazily for operands of one native dtype and one shape in C order, and Go
// numbers that the dtype holds, nil for others: the loop and the layout are known (see
// quick.go).
func quickLazy(op kernel.Op, args []*Lazy) *Lazy {
	a := args[0]
	if a.isNumber() && len(args) > 1 {
		a = args[1]
	}
	if a.isNumber() || !a.inC() || !a.dtype.IsNative() {
		return nil
	}
	for _, x := range args {
		if x.isNumber() {
			if op == kernel.Power || !x.fits(a.dtype.Kind()) {
				return nil
			}
			continue
		}
		if x.eager || x.dtype != a.dtype || !slices.Equal(x.lay.Shape, a.lay.Shape) || !slices.Equal(x.lay.Strides, a.lay.Strides) {
			return nil
		}
	}
	l := ufunc.LoopOf(op, a.dtype.Kind())
	if l == nil || l.Out.ItemSize() > a.dtype.ItemSize() {
		return nil
	}
	e := &Lazy{form: lazyCall, op: op, name: kernel.Lookup(op).Name, entry: l.Entry, dtype: l.Out, lay: a.lay}
	e.args = e.room[:copy(e.room[:], args)]
	for i := range args {
		e.in[i] = a.dtype
	}
	if l.Out.ItemSize() < a.dtype.ItemSize() {
		e.lay.Strides = layout.KStrides(a.lay.Shape, a.lay.Strides, a.dtype.ItemSize(), l.Out.ItemSize())
	}
	return e
}

// isNumber reports whether e is a Go number.
func (e *Lazy) isNumber() bool { return e.form == lazyLeaf && e.array.weak != dtype.NotWeak }

// fits reports whether e, a Go number, is one that items of kind k hold.
func (e *Lazy) fits(k dtype.Kind) (ok bool) {
	switch a := e.array; a.dtype {
	case dtype.Int64:
		_, ok = intBits(*(*int64)(a.ptr()), k)
	case dtype.Float64:
		_, ok = floatBits(*(*float64)(a.ptr()), k)
	}
	return ok
}

// inC reports whether there are items and the strides are those of C order, along axes of
// length 1 too.
func (e *Lazy) inC() bool {
	size := e.dtype.ItemSize()
	for i := len(e.lay.Shape) - 1; i >= 0; i-- {
		if e.lay.Shape[i] == 0 || e.lay.Strides[i] != size {
			return false
		}
		size *= e.lay.Shape[i]
	}
	return true
}

// bind gives the plan the operands and options of a call.
func (e *Lazy) bind(p *ufunc.Plan) {
	for i, x := range e.args {
		p.Ops[i] = x.operand()
	}
	if len(e.options) > 0 {
		s := gather(e.name, optCasting|optDType, e.options)
		p.Casting, p.DType = s.casting, s.dtype
	}
}

// AsType returns e with its items cast to dt. Options: Casting (default Unsafe).
func (e *Lazy) AsType(dt dtype.DType, opts ...Option) *Lazy {
	if e.isNumber() {
		return e.array.AsType(dt, opts...).Lazy() // a number that does not fit is a mistake
	}
	s := settings{casting: dtype.Unsafe}
	if len(opts) > 0 {
		if s = gather("astype", optCasting, opts); !s.has(optCasting) {
			s.casting = dtype.Unsafe
		}
	}
	if dt.ItemSize() == 0 {
		dt = e.header().textDType(dt)
	}
	if !dtype.CanCast(e.dtype, dt, s.casting) {
		fail("astype", ErrType, "Cannot cast array data from %s to %s according to the rule '%s'", e.dtype.Repr(), dt.Repr(), s.casting)
	}
	if dt.IsSubArray() {
		fail("astype", ErrType, "a lazy expression cannot be cast to the sub-array dtype %s", dt)
	}
	lay := layout.Layout{Shape: e.lay.Shape, Strides: layout.KStrides(e.lay.Shape, e.lay.Strides, e.dtype.ItemSize(), dt.ItemSize())}
	return &Lazy{form: lazyCast, name: "astype", args: []*Lazy{e}, eager: e.eager || !dt.IsNumeric(), dtype: dt, lay: lay}
}

// Where is np.where(e, x, y): x where e is not zero, else y, broadcast together.
func (e *Lazy) Where[X, Y LazyOperand](x X, y Y) *Lazy {
	a, b := LazyOf(x), LazyOf(y)
	dt := commonOf("where", a.typed(), b.typed())
	shape, err := layout.Broadcast(e.lay.Shape, a.lay.Shape, b.lay.Shape)
	must("where", err)
	if layout.Size(shape) > 0 {
		a, b = a.settled("where", dt), b.settled("where", dt)
	}
	var strides [3][]int
	for i, o := range []*Lazy{e, a, b} {
		strides[i], err = layout.BroadcastStrides(o.lay.Shape, o.lay.Strides, shape)
		must("where", err)
	}
	_, err = layout.CheckedSize(shape, dt.ItemSize())
	must("where", err)
	lay := layout.Layout{Shape: shape, Strides: layout.PermStrides(shape, layout.Order(shape, strides[:]...), dt.ItemSize())}
	return &Lazy{form: lazyWhere, name: "where", args: []*Lazy{e, a, b}, eager: e.eager || a.eager || b.eager, dtype: dt, lay: lay}
}

// typed returns a header that takes part in promotions as e does.
func (e *Lazy) typed() *Array {
	if e.form == lazyLeaf {
		return e.array
	}
	return e.header()
}

// settled returns e, a Go number as an array of dtype dt.
func (e *Lazy) settled(op string, dt dtype.DType) *Lazy {
	if !e.isNumber() {
		return e
	}
	a := Zeros(dt)
	copyInto(op, a, e.array)
	return a.Lazy()
}

// Clip limits the items to the range from low to high. A nil *Array or *Lazy
// leaves that side open; a Go integer outside the range of an integer dtype also
// does.
func (e *Lazy) Clip[L, H LazyOperand](low L, high H) *Lazy {
	lo, hi := lazyBound(low), lazyBound(high)
	if e.dtype.IsInteger() {
		k := e.dtype.Kind()
		if lo != nil && lo.weakInt() && atFloor(lo.array, k) {
			lo = nil
		}
		if hi != nil && hi.weakInt() && atCeiling(hi.array, k) {
			hi = nil
		}
	}
	switch {
	case lo == nil && hi == nil:
		return lazily(kernel.Positive, nil, e)
	case lo == nil:
		return lazily(kernel.Minimum, nil, e, hi)
	case hi == nil:
		return lazily(kernel.Maximum, nil, e, lo)
	}
	return lazily(kernel.Clip, nil, e, lo, hi)
}

func lazyBound[T LazyOperand](x T) *Lazy {
	switch v := any(x).(type) {
	case *Array:
		if v == nil {
			return nil
		}
	case *Lazy:
		if v == nil {
			return nil
		}
	}
	return LazyOf(x)
}

func (e *Lazy) weakInt() bool { return e.form == lazyLeaf && e.array.weak == dtype.WeakInt }
