package nd

import (
	"math"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/ufunc"
)

// Ufunc is an operation that works item by item on operands of any layout:
// Unary, Binary, Unary2, Binary2 or Ternary. The variables of this package
// (Add, Sin, …) bear NumPy's names.
//
// Operands are broadcast together. The dtype of the computation is the first in
// the operation's list to which every operand casts safely, Go numbers taking
// the dtype of the arrays they meet (NEP 50). Options of every call: Out, Where,
// Casting, DType, OrderIs. A fresh result lies in memory as the operands do (K).
// Operands may overlap Out; the result is as if they had been copied.
//
// A call panics with ErrShape if operands, Out and Where do not broadcast together,
// ErrType if there is no loop for the dtypes or a cast is forbidden (ErrCasting where
// NumPy has a UFuncTypeError), ErrOverflow for a Go integer outside the range of the
// dtype that it takes, ErrReadOnly for Out, and ErrClosed or ErrFault if the memory of
// an operand is gone.
type Ufunc interface {
	Name() string    // NumPy's name
	NIn() int        // operands
	NOut() int       // results
	Types() []string // the signatures, as NumPy's ufunc.types: "dd->d"
	Apply(in []*Array, opts ...Option) []*Array
}

// Unary is an operation with one operand and one result.
type Unary struct{ face }

// Binary is an operation with two operands and one result. It can also fold an
// array: Reduce, Accumulate, ReduceAt, and combine all pairs: Outer.
type Binary struct{ face }

// Unary2 is an operation with one operand and two results.
type Unary2 struct{ face }

// Binary2 is an operation with two operands and two results.
type Binary2 struct{ face }

// Ternary is an operation with three operands and one result.
type Ternary struct{ face }

// face is what all operations have in common.
type face struct{ op kernel.Op }

// Name returns NumPy's name of the operation.
func (u face) Name() string { return u.op.String() }

// NIn returns the number of operands.
func (u face) NIn() int { return kernel.Lookup(u.op).NIn }

// NOut returns the number of results.
func (u face) NOut() int { return kernel.Lookup(u.op).NOut }

// Types returns the operation's signatures in the order in which they are tried.
func (u face) Types() []string {
	t := kernel.Lookup(u.op)
	out := make([]string, len(t.Entries))
	for i := range t.Entries {
		e := &t.Entries[i]
		var b []byte
		for _, k := range e.In[:t.NIn] {
			b = append(b, dtype.OfKind(k).Char())
		}
		b = append(b, "->"...)
		for _, k := range e.Out[:t.NOut] {
			b = append(b, dtype.OfKind(k).Char())
		}
		out[i] = string(b)
	}
	return out
}

// Apply calls the operation on in, which must hold NIn arrays, and returns its
// NOut results.
func (u face) Apply(in []*Array, opts ...Option) []*Array {
	if r := u.short(in, opts); r[0] != nil {
		if r[1] == nil {
			return []*Array{r[0]}
		}
		return []*Array{r[0], r[1]}
	}
	p := ufunc.Borrow(u.op)
	if len(in) != p.NIn {
		fail(u.Name(), ErrType, "%s() takes from %d to %d positional arguments but %d were given", u.Name(), p.NIn, p.NIn+p.NOut, len(in))
	}
	var a [3]*Array
	for i, x := range in {
		a[i] = bind(p, i, x)
	}
	r0, r1 := run(p, &a, opts)
	return []*Array{r0, r1}[:p.NOut]
}

// short is the short way of Apply; nil if there is none.
func (u face) short(in []*Array, opts []Option) (r [2]*Array) {
	t := kernel.Lookup(u.op)
	if t.NIn != len(in) {
		return r
	}
	switch {
	case len(in) == 3:
		return quickRows3(u.op, in[0], in[1], in[2], opts)
	case t.NOut == 2 && len(in) == 1:
		return quickRows1(u.op, in[0], opts)
	case t.NOut == 2:
		return quickRows2(u.op, in[0], in[1], opts)
	case len(in) == 1:
		r[0] = short1(u.op, in[0], opts)
	default:
		r[0] = short2(u.op, in[0], in[1], opts)
	}
	return r
}

// UfuncNamed returns the operation of that name in NumPy, old names included
// ("true_divide", "abs").
func UfuncNamed(name string) (Ufunc, bool) {
	switch name {
	case "true_divide":
		name = "divide"
	case "abs":
		name = "absolute"
	case "mod":
		name = "remainder"
	case "conj":
		name = "conjugate"
	case "pow":
		name = "power"
	case "bitwise_not", "bitwise_invert":
		name = "invert"
	case "bitwise_left_shift":
		name = "left_shift"
	case "bitwise_right_shift":
		name = "right_shift"
	case "asin", "acos", "atan", "asinh", "acosh", "atanh", "atan2":
		name = "arc" + name[1:]
	}
	u, ok := ufuncs()[name]
	return u, ok
}

// ufuncs are the operations by their names.
var ufuncs = sync.OnceValue(func() map[string]Ufunc {
	named := map[string]Ufunc{}
	for op := range kernel.NumOps {
		t := kernel.Lookup(op)
		var u Ufunc = Ternary{face{op}}
		switch {
		case len(t.Entries) == 0:
			continue
		case t.NOut == 2 && t.NIn == 1:
			u = Unary2{face{op}}
		case t.NOut == 2:
			u = Binary2{face{op}}
		case t.NIn == 1:
			u = Unary{face{op}}
		case t.NIn == 2:
			u = Binary{face{op}}
		}
		named[op.String()] = u
	}
	return named
})

// Call computes the operation of every item of x.
func (u Unary) Call[X Operand](x X, opts ...Option) *Array {
	if a, ok := any(x).(*Array); ok {
		if r := short1(u.op, a, opts); r != nil {
			return r
		}
	}
	p := ufunc.Borrow(u.op)
	a := [3]*Array{bind(p, 0, x)}
	r, _ := run(p, &a, opts)
	return r
}

// Call computes the operation of every pair of items of x and y.
func (u Binary) Call[X, Y Operand](x X, y Y, opts ...Option) *Array {
	if a, ok := any(x).(*Array); ok {
		if b, ok := any(y).(*Array); ok {
			if r := quick2(u.op, a, b, opts); r != nil {
				return r
			}
		} else if r := quickNumber(u.op, a, y, false, opts); r != nil {
			return r
		}
	} else if b, ok := any(y).(*Array); ok {
		if r := quickNumber(u.op, b, x, true, opts); r != nil {
			return r
		}
	}
	if r := quickRowsPair(u.op, x, y, opts); r[0] != nil {
		return r[0]
	}
	p := ufunc.Borrow(u.op)
	a := [3]*Array{bind(p, 0, x), bind(p, 1, y)}
	r, _ := run(p, &a, opts)
	return r
}

// Call computes the two results of every item of x.
func (u Unary2) Call[X Operand](x X, opts ...Option) (*Array, *Array) {
	if a, ok := any(x).(*Array); ok {
		if r := quickRows1(u.op, a, opts); r[0] != nil {
			return r[0], r[1]
		}
	}
	p := ufunc.Borrow(u.op)
	a := [3]*Array{bind(p, 0, x)}
	return run(p, &a, opts)
}

// Call computes the two results of every pair of items of x and y.
func (u Binary2) Call[X, Y Operand](x X, y Y, opts ...Option) (*Array, *Array) {
	if r := quickRowsPair(u.op, x, y, opts); r[0] != nil {
		return r[0], r[1]
	}
	p := ufunc.Borrow(u.op)
	a := [3]*Array{bind(p, 0, x), bind(p, 1, y)}
	return run(p, &a, opts)
}

// Call computes the operation of every three items of x, y and z.
func (u Ternary) Call[X, Y, Z Operand](x X, y Y, z Z, opts ...Option) *Array {
	if a, ok := any(x).(*Array); ok {
		if r := quickRows3(u.op, a, y, z, opts)[0]; r != nil {
			return r
		}
	}
	p := ufunc.Borrow(u.op)
	a := [3]*Array{bind(p, 0, x), bind(p, 1, y), bind(p, 2, z)}
	r, _ := run(p, &a, opts)
	return r
}

// bind makes x the i-th operand of p and returns it if it is an array. The
// frequent Go numbers are kept inside the plan, so they cost no memory.
func bind[T Operand](p *ufunc.Plan, i int, x T) *Array {
	if bindNumber(p, i, x) {
		return nil
	}
	a := asArray(x)
	a.use(p.Table.Name)
	p.Ops[i] = a.operand()
	return a
}

// bindNumber is bind for int and float64. The interface made of x does not leave
// this function, and so lives on the stack.
func bindNumber[T Operand](p *ufunc.Plan, i int, x T) bool {
	switch v := any(x).(type) {
	case int:
		n := int64(v)
		p.SetNumber(i, dtype.Int64, dtype.WeakInt, unsafe.Pointer(&n))
	case float64:
		p.SetNumber(i, dtype.Float64, dtype.WeakFloat, unsafe.Pointer(&v))
	default:
		return false
	}
	return true
}

const callOptions = optOut | optWhere | optCasting | optDType | optOrder

// run executes the plan p, whose operands in have been bound, and returns its
// results; the second is nil where there is one.
func run(p *ufunc.Plan, in *[3]*Array, opts []Option) (*Array, *Array) {
	name := p.Table.Name
	order := K
	var out, given [2]*Array
	var where *Array
	mapped := false
	if len(opts) > 0 {
		s := gather(name, callOptions, opts)
		out = takeOptions(p, &s)
		order, where, given = s.order, s.where, out
		mapped = where != nil && where.mapped()
	}
	must(name, p.Resolve())
	must(name, p.Broadcast())
	for i := range p.NOut {
		if out[i] == nil {
			out[i] = fresh(p, i, in, order)
			p.SetOut(i, out[i].operand())
			p.Cold = out[i].buf.Cold()
		} else {
			mapped = mapped || out[i].mapped()
		}
	}
	for _, a := range in {
		mapped = mapped || a != nil && a.mapped()
	}
	if len(opts) == 0 {
		must(name, protect(mapped, func() error { return p.Run() }))
	} else {
		must(name, runPinned(p, given, mapped))
		if where != nil {
			where.done(name)
		}
	}
	for _, a := range in {
		if a != nil {
			a.done(name)
		}
	}
	p.Return()
	return out[0], out[1]
}

// runPinned runs p with the blocks of the given outputs pinned.
func runPinned(p *ufunc.Plan, given [2]*Array, mapped bool) error {
	if a := pinAll(&given); a != nil {
		a.use(p.Table.Name)
	}
	defer unpinAll(&given)
	return protect(mapped, func() error { return p.Run() })
}

// takeOptions sets the options of a call and returns the given outputs.
func takeOptions(p *ufunc.Plan, s *settings) (out [2]*Array) {
	name := p.Table.Name
	p.Casting = s.casting
	p.DType = s.dtype
	if s.has(optOut) {
		if s.numOuts > p.NOut || s.numOuts == 0 {
			fail(name, ErrValue, "The 'out' tuple must have exactly one entry per ufunc output")
		}
		for i, o := range s.outs {
			if o == nil {
				continue
			}
			o.use(name)
			out[i] = o
			p.SetOut(i, o.operand())
		}
		if out[0] != nil && out[1] != nil && layout.Shares(out[0].place(), out[1].place(), 1) == layout.Yes {
			fail(name, ErrValue, "the two outputs share memory")
		}
	}
	if s.where != nil {
		w := s.where
		w.use(name)
		if !dtype.CanCast(w.dtype, dtype.Bool, dtype.Safe) {
			fail(name, ErrType, "Cannot cast array data from %s to dtype('bool') according to the rule 'safe'", w.dtype.Repr())
		}
		p.Where = w.operand()
		p.Masked = true
	}
	return out
}

// fresh allocates output i of a plan that is ready but for it. Items that a mask
// leaves out are zero.
func fresh(p *ufunc.Plan, i int, in *[3]*Array, order Order) *Array {
	dt := p.LoopOut[i]
	if order == A {
		order = F
		for _, a := range in {
			if a != nil && !a.flags.Has(FContiguous) {
				order = C
			}
		}
	}
	n, err := layout.CheckedSize(p.Shape, dt.ItemSize())
	must(p.Table.Name, err)
	fill := buffer.Soon
	switch {
	case p.Masked:
		fill = buffer.Zeros
	case p.Entry.Streams:
		fill = buffer.Streamed
	}
	return allocFill(p.Table.Name, dt, p.Shape, p.Strides(byte(order), dt.ItemSize()), n, fill)
}

// UfuncNames returns the names of all operations, in alphabetical order.
func UfuncNames() []string {
	var names []string
	for op := range kernel.NumOps {
		if len(kernel.Lookup(op).Entries) > 0 {
			names = append(names, op.String())
		}
	}
	return names
}

// Identity returns what a fold of no items gives: 0 for Add, 1 for Multiply, -1
// (every bit set) for BitwiseAnd, -Inf for LogAddExp. ok is false for an
// operation without one, such as Maximum.
func (u Binary) Identity() (x float64, ok bool) {
	switch kernel.Lookup(u.op).Identity {
	case kernel.IdentityZero:
		return 0, true
	case kernel.IdentityOne:
		return 1, true
	case kernel.IdentityMinusOne:
		return -1, true
	case kernel.IdentityMinusInf:
		return math.Inf(-1), true
	}
	return 0, false
}
