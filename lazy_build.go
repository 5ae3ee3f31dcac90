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
	e := new(Lazy)
	e.call(op, opts, args...)
	return e
}

// lazily2 is lazily for e and another operand.
func lazily2[T LazyOperand](op kernel.Op, opts []Option, e *Lazy, b T) *Lazy {
	if x, ok := any(b).(*Lazy); ok {
		return lazily(op, opts, e, x.given())
	}
	r := new(lazyPair)
	setLeaf(&r.leaf, b)
	r.call(op, opts, e, &r.leaf)
	return &r.Lazy
}

// call makes e, which is zero, the call of an operation.
func (e *Lazy) call(op kernel.Op, opts []Option, args ...*Lazy) {
	e.form, e.op = lazyCall, op
	copy(e.args[:], args)
	if len(opts) == 0 {
		if e.quickCall() {
			return
		}
	} else {
		e.more = &lazyMore{options: slices.Clone(opts)}
	}
	name := op.String()
	p := ufunc.Borrow(op)
	e.bind(p)
	must(name, p.Resolve())
	must(name, p.Broadcast())
	e.dtype, e.entry = p.LoopOut[0], p.Entry
	for _, x := range args {
		if !x.dtype.IsNumeric() {
			e.flags |= lazyEager
		}
	}
	_, err := layout.CheckedSize(p.Shape, e.dtype.ItemSize())
	must(name, err)
	strides := p.Strides('K', e.dtype.ItemSize())
	e.lay = args[0].lay // which serves most often: layouts do not change
	if !slices.Equal(e.lay.Shape, p.Shape) || !slices.Equal(e.lay.Strides, strides) {
		e.lay = &layout.Layout{Shape: slices.Clone(p.Shape), Strides: slices.Clone(strides)}
	}
	p.Return()
	e.settle()
}

// settle notes what is known of e, a result whose strides are e.lay's.
func (e *Lazy) settle() {
	if f := lazyOrder(e.dtype, e.lay); f&lazyC != 0 {
		e.flags |= f
		e.shorten()
	}
}

// bind gives the plan the operands and options of a call.
func (e *Lazy) bind(p *ufunc.Plan) {
	for i, x := range e.inputs() {
		p.Ops[i] = x.operand()
	}
	if opts := e.options(); opts != nil {
		s := gather(e.name(), optCasting|optDType, opts)
		p.Casting, p.DType = s.casting, s.dtype
	}
}

// AsType returns e with its items cast to dt. Options: Casting (default Unsafe).
func (e *Lazy) AsType(dt dtype.DType, opts ...Option) *Lazy {
	if e.isNumber() {
		return e.source().AsType(dt, opts...).Lazy() // a number that does not fit is a mistake
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
	r := &Lazy{form: lazyCast, dtype: dt, lay: e.lay}
	r.args[0] = e
	if e.flags&lazyC != 0 && dt.IsNumeric() {
		r.flags = lazyC | lazyOrdered
		r.shorten()
		return r
	}
	if e.flags&lazyEager != 0 || !dt.IsNumeric() {
		r.flags = lazyEager
	}
	l := e.layout()
	r.lay = &layout.Layout{Shape: l.Shape, Strides: layout.KStrides(l.Shape, l.Strides, e.dtype.ItemSize(), dt.ItemSize())}
	return r
}

// Where is np.where(e, x, y): x where e is not zero, else y, broadcast together.
func (e *Lazy) Where[X, Y LazyOperand](x X, y Y) *Lazy {
	r := new(lazyTriple)
	return r.where(e, operandOf(x, &r.leaves[0]), operandOf(y, &r.leaves[1]))
}

// operandOf returns x, which may be laid at room.
func operandOf[T LazyOperand](x T, room *Lazy) *Lazy {
	if v, ok := any(x).(*Lazy); ok {
		return v.given()
	}
	setLeaf(room, x)
	return room
}

// where makes e the choice between a and b.
func (e *Lazy) where(cond, a, b *Lazy) *Lazy {
	e.form = lazyWhere
	e.args = [3]*Lazy{cond, a, b}
	if e.quickWhere() {
		return e
	}
	dt := commonOf("where", a.typed(), b.typed())
	shape, err := layout.Broadcast(cond.lay.Shape, a.lay.Shape, b.lay.Shape)
	must("where", err)
	if layout.Size(shape) > 0 {
		a, b = a.settled("where", dt), b.settled("where", dt)
	}
	var strides [3][]int
	e.args = [3]*Lazy{cond, a, b}
	for i, o := range e.args {
		l := o.layout()
		strides[i], err = layout.BroadcastStrides(l.Shape, l.Strides, shape)
		must("where", err)
		e.flags |= o.flags & lazyEager
	}
	_, err = layout.CheckedSize(shape, dt.ItemSize())
	must("where", err)
	e.dtype = dt
	e.lay = &layout.Layout{Shape: shape, Strides: layout.PermStrides(shape, layout.Order(shape, strides[:]...), dt.ItemSize())}
	if e.flags&lazyEager == 0 {
		e.settle()
	}
	return e
}

// typed returns a header that takes part in promotions as e does.
func (e *Lazy) typed() *Array {
	h := e.header()
	h.weak = e.weak
	return h
}

// settled returns e, a Go number as an array of dtype dt.
func (e *Lazy) settled(op string, dt dtype.DType) *Lazy {
	if !e.isNumber() {
		return e
	}
	x := e.source()
	return x.view(x.dtype, x.lay).copied(op, dt, C).Lazy() // which wraps around: a view is not weak
}

// Clip limits the items to the range from low to high. A nil *Array or *Lazy
// leaves that side open; a Go integer outside the range of an integer dtype also
// does.
func (e *Lazy) Clip[L, H LazyOperand](low L, high H) *Lazy {
	r := new(lazyTriple)
	lo, hi := lazyBound(low, &r.leaves[0]), lazyBound(high, &r.leaves[1])
	if e.dtype.IsInteger() {
		k := e.dtype.Kind()
		if lo != nil && lo.weakInt() && atFloor(lo.source(), k) {
			lo = nil
		}
		if hi != nil && hi.weakInt() && atCeiling(hi.source(), k) {
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
	r.call(kernel.Clip, nil, e, lo, hi)
	return &r.Lazy
}

func lazyBound[T LazyOperand](x T, room *Lazy) *Lazy {
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
	return operandOf(x, room)
}

func (e *Lazy) weakInt() bool { return e.form == lazyLeaf && e.weak == dtype.WeakInt }

// isNumber reports whether e is a Go number.
func (e *Lazy) isNumber() bool { return e.form == lazyLeaf && e.weak != dtype.NotWeak }
