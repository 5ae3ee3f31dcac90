package nd

import (
	"runtime"
	"slices"
	"sync"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/fuse"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/ufunc"
)

// Eval computes the expression and returns the result, which lies in memory as
// that of the last eager operation would. Option: Out, under the rules of the
// last operation (an expression that ends in AsType or Where: cast as same_kind).
// It panics with ErrClosed if an array has been closed, and with ErrFault if a
// mapped file turned out shorter than its map.
func (e *Lazy) Eval(opts ...Option) *Array {
	var out *Array
	if len(opts) > 0 {
		s := gather(e.name(), optOut, opts)
		out = s.out
		if out != nil {
			out.use(e.name())
		}
	}
	r := e.quickEval(out)
	if r == nil {
		var v evaluation
		r = v.eval(e, out)
	}
	runtime.KeepAlive(e)
	return r
}

// evaluation is one Eval.
type evaluation struct {
	done []part
}

// part is a part of an expression that has been computed into an array.
type part struct {
	e *Lazy
	a *Array
}

// known returns the array of a part that has been computed, nil for another.
func (v *evaluation) known(e *Lazy) *Array {
	for i := range v.done {
		if v.done[i].e == e {
			return v.done[i].a
		}
	}
	return nil
}

// eval computes e into out, or a fresh array if out is nil.
func (v *evaluation) eval(e *Lazy, out *Array) *Array {
	if e.form == lazyFold || e.form == lazyMean {
		return v.evalFold(e, out)
	}
	if out != nil && v.checkOut(e, out) {
		// Eager operations stretch their operands to the shape of out.
		return handed(e.name(), out, v.array(e))
	}
	switch {
	case e.form == lazyLeaf && out == nil:
		a := e.source()
		a.use(e.name())
		return a.AsType(e.dtype)
	case e.form == lazyLeaf:
		return handed(e.name(), out, e.source())
	case e.flags&lazyEager != 0:
		return v.evalEager(e, out)
	}
	fresh := out == nil
	if fresh {
		n, err := layout.CheckedSize(e.lay.Shape, e.dtype.ItemSize())
		must(e.name(), err)
		out = e.fresh(n)
	}
	b := v.builder(e)
	defer b.leave()
	b.prog.Mapped = b.prog.Mapped || out.mapped()
	b.prog.Cold = fresh && out.buf.Cold()
	r := b.as(e, e.dtype)
	// The program guards itself against faults, in each of its goroutines.
	must(e.name(), out.pinned(e.name(), false, func() error { return b.prog.Run(r, out.operand()) }))
	b.done(e.name())
	return out
}

// fresh returns an array for the n items of the result.
func (e *Lazy) fresh(n int) *Array {
	if e.flags&lazyC != 0 {
		if a := dense(e.dtype, e.lay.Shape, n, buffer.Streamed); a != nil {
			return a
		}
	}
	l := e.layout()
	return allocFill(e.name(), e.dtype, l.Shape, l.Strides, n, buffer.Streamed)
}

// checkOut panics unless out may take e's result, and reports whether the result
// must be stretched to its shape.
func (v *evaluation) checkOut(e *Lazy, out *Array) bool {
	if e.form == lazyCall && e.flags&lazyEager == 0 {
		if out.dtype == e.dtype && out.flags.Has(Writeable) && slices.Equal(out.lay.Shape, e.lay.Shape) {
			return false
		}
		p := ufunc.Borrow(e.op)
		e.bind(p)
		p.SetOut(0, out.operand())
		must(e.name(), p.Resolve())
		must(e.name(), p.Broadcast())
		p.Return()
		return !slices.Equal(out.lay.Shape, e.lay.Shape)
	}
	if !out.flags.Has(Writeable) {
		fail(e.name(), ErrReadOnly, "output array is read-only")
	}
	if !slices.Equal(out.lay.Shape, e.lay.Shape) {
		fail(e.name(), ErrShape, "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s",
			layout.ShapeString(out.lay.Shape), layout.ShapeString(e.lay.Shape))
	}
	if !dtype.CanCast(e.dtype, out.dtype, dtype.SameKind) {
		fail(e.name(), ErrType, "Cannot cast array data from %s to %s according to the rule '%s'", e.dtype.Repr(), out.dtype.Repr(), dtype.SameKind)
	}
	return false
}

// array returns the result of e as an array.
func (v *evaluation) array(e *Lazy) *Array {
	if e.form == lazyLeaf {
		return e.source()
	}
	a := v.known(e)
	if a == nil {
		if a = e.quickEval(nil); a == nil {
			a = v.eval(e, nil)
		}
		v.done = append(v.done, part{e, a})
	}
	return a
}

// evalEager computes the last operation of e as an array operation.
func (v *evaluation) evalEager(e *Lazy, out *Array) *Array {
	var in [3]*Array
	for i, x := range e.inputs() {
		in[i] = v.array(x)
	}
	switch e.form {
	case lazyCast:
		return handed(e.name(), out, in[0].AsType(e.dtype))
	case lazyWhere:
		return handed(e.name(), out, in[0].Where(in[1], in[2]))
	}
	p := ufunc.Borrow(e.op)
	for i := range e.inputs() {
		bind(p, i, in[i])
	}
	opts := slices.Clone(e.options())
	if out != nil {
		opts = append(opts, Out(out))
	}
	r, _ := run(p, &in, opts)
	return r
}

// builder makes the program of an expression.
type builder struct {
	v      *evaluation
	prog   fuse.Program
	size   int // items of the expression
	values []valued
	used   []*Array // that the program reads
}

// valued is an operation and its value.
type valued struct {
	e *Lazy
	v fuse.Value
}

var builders = sync.Pool{New: func() any { return new(builder) }}

// done is Array.done for all that the program has read.
func (b *builder) done(op string) {
	for _, a := range b.used {
		a.done(op)
	}
}

func (v *evaluation) builder(e *Lazy) *builder {
	b := builders.Get().(*builder)
	b.v, b.size = v, e.Size()
	return b
}

// leave gives the builder back; it keeps nothing alive.
func (b *builder) leave() {
	clear(b.values)
	clear(b.used)
	b.v, b.values, b.used = nil, b.values[:0], b.used[:0]
	b.prog.Reset()
	builders.Put(b)
}

// as returns the value of e, cast to dt.
func (b *builder) as(e *Lazy, dt dtype.DType) fuse.Value {
	if e.form == lazyLeaf && e.array == nil {
		return b.prog.Load(e.operand(), dt.Kind())
	}
	if e.apart(b.size) {
		a := b.v.array(e)
		a.use(e.name())
		b.used = append(b.used, a)
		b.prog.Mapped = b.prog.Mapped || a.mapped()
		return b.prog.Load(a.operand(), dt.Kind())
	}
	return b.prog.Cast(b.once(e), dt.Kind())
}

// once returns the value of the operation e, the same one if it is met again.
func (b *builder) once(e *Lazy) fuse.Value {
	for i := len(b.values) - 1; i >= 0; i-- {
		if b.values[i].e == e {
			return b.values[i].v
		}
	}
	r := b.value(e)
	b.values = append(b.values, valued{e, r})
	return r
}

// apart reports whether e enters an expression of size items as an array.
func (e *Lazy) apart(size int) bool {
	return e.form == lazyLeaf || e.form >= lazyFold || e.flags&lazyEager != 0 || e.Size() != size
}

// value returns the value of the operation e, of the kind of its result.
func (b *builder) value(e *Lazy) fuse.Value {
	switch e.form {
	case lazyCast:
		return b.as(e.args[0], e.dtype)
	case lazyWhere:
		return b.prog.Pick(b.as(e.args[0], dtype.Bool), b.as(e.args[1], e.dtype), b.as(e.args[2], e.dtype))
	}
	var in [3]fuse.Value
	inputs := e.inputs()
	for i, x := range inputs {
		in[i] = b.as(x, dtype.OfKind(e.entry.In[i]))
	}
	if e.op == kernel.Clip && e.args[1].isBound() && e.args[2].isBound() {
		// Steps that a tape has. Of two zeros both keep the item's, and so does clip.
		k := e.entry.In[0]
		least, most := kernel.Lookup(kernel.Maximum).Find(k, k), kernel.Lookup(kernel.Minimum).Find(k, k)
		if kernel.TapeChunk(k) > 0 && least.Tape != kernel.TapeEnd {
			return b.prog.Call(most, in[2], b.prog.Call(least, in[1], in[0]))
		}
	}
	return b.prog.Call(e.entry, in[:len(inputs)]...)
}

// isBound reports whether e is a Go number other than NaN.
func (e *Lazy) isBound() bool {
	if !e.isNumber() || e.dtype.Kind() >= dtype.KindComplex64 {
		return false
	}
	x := e.source().AsType(dtype.Float64).Item[float64]()
	return x == x
}
