package calc

import (
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Trees of arithmetic over arrays, such as 2*a + 3*b*c - d or np.sqrt(x*x + y*y).
//
// Terms. A tree is an expression whose nodes are operators, comparisons and calls
// of operations of NumPy, and whose leaves are anything else. A term is the array
// that a node inside a tree gives. Nobody but the tree sees a term, so two things
// are done with it that a program cannot tell from the plain evaluation:
//
//   - A large term is not computed at once: it becomes a part of the one pass that
//     computes the whole tree (nd.Lazy), without an array of its own.
//   - A term that has been computed into an array gives its block back when the
//     node above it is done.
//
// What is put off must not be seen to be: terms are put off over plain arrays and
// numbers only, mistakes of shape and dtype show when the node is built, in the
// words of the operation, and before anything runs that might change an array or
// has an effect of its own (a leaf that is more than a name, a constant or a view
// of an array, an operator of an instance) the terms so far are computed. Where in
// doubt, the node is computed as if it stood alone.

// term is the value of a node inside a tree. It never leaves the tree.
type term struct {
	e *nd.Lazy // put off
	n int      // operations in e
	v *Ndarray // computed
	t []*term  // terms with blocks that e reads
}

// Type makes a term a Value.
func (*term) Type() *Type { return typeNdarray }

// Below these sizes a plain evaluation is as fast. Tests set them to 1.
var (
	lazyItems = 1 << 12 // of a term that is put off: fewer lie in the cache anyway
	freeBytes = 4 << 10 // of a block that is given back
)

const lazyOps = 24 // of one pass

// isTree reports whether an operand of the node x is a node of a tree too.
func isTree(x expr) bool {
	switch x := x.(type) {
	case *binaryExpr:
		return isNode(x.x) || isNode(x.y)
	case *unaryExpr:
		return isNode(x.x)
	case *compareExpr:
		return len(x.ops) == 1 && (isNode(x.x) || isNode(x.items[0]))
	case *callExpr:
		f, ok := x.fn.(*attrExpr)
		if !ok {
			return false
		}
		for i := range x.args {
			if isNode(x.args[i].x) {
				return true
			}
		}
		return isNode(f.x)
	}
	return false
}

func isNode(x expr) bool {
	switch x := x.(type) {
	case *binaryExpr, *unaryExpr, *compareExpr:
		return true
	case *callExpr:
		_, ok := x.fn.(*attrExpr)
		return ok && len(x.args) > 0
	}
	return false
}

// evalTree computes a tree.
func (in *Interp) evalTree(fr *frame, x expr) Value {
	defer in.noTerms()
	return in.value(in.evalTerm(fr, x))
}

// noTerms ends a tree, which an exception may have cut short.
func (in *Interp) noTerms() {
	clear(in.terms)
	in.terms = in.terms[:0]
}

// augmented computes v op= x, the tree x in one pass with the operation where v is
// an array.
func (in *Interp) augmented(fr *frame, op binOp, v Value, x expr) Value {
	a, ok := v.(*Ndarray)
	if !ok || !isNode(x) {
		return in.inplace(op, v, in.eval(fr, x))
	}
	defer in.noTerms()
	args := []Value{a, in.evalTerm(fr, x)}
	if op != opMatMul && in.into(a, ufuncOfOp[op], args) {
		return a
	}
	own := in.ownArrays(args)
	in.settle()
	r := in.inplace(op, a, args[1])
	if isSimple(args[1]) {
		in.release(own, r)
	}
	return r
}

// into computes an operation on values, some of which are terms that have been put
// off, into out, and reports whether it did: for out of just the dtype and shape of
// the result.
func (in *Interp) into(out *Ndarray, name string, args []Value) bool {
	late := false
	for _, v := range args {
		t, ok := v.(*term)
		late = late || ok && t.v == nil
	}
	if !late || out.Type() != typeNdarray || !out.a.Writeable() || out.a.Buffer().Kind() != buffer.Heap || out.a.Buffer().Err() != nil {
		return false
	}
	t := in.putOff(name, args)
	if t == nil {
		return false
	}
	in.terms = slices.DeleteFunc(in.terms, func(u *term) bool { return u == t })
	if t.e.DType() != out.a.DType() || !slices.Equal(t.e.Shape(), out.a.Shape()) {
		return false // the operands are terms still
	}
	in.settle()
	t.e.Eval(nd.Out(out.a))
	t.drop(in)
	return true
}

// evalTerm computes a node or a leaf. The result may be a term.
func (in *Interp) evalTerm(fr *frame, x expr) Value {
	switch x := x.(type) {
	case *nameExpr, *constExpr:
		return in.eval(fr, x)
	case *binaryExpr:
		in.step()
		a := in.evalTerm(fr, x.x)
		b := in.evalTerm(fr, x.y)
		if !in.concerns(a, b) {
			return in.binary(x.op, a, b)
		}
		name := ufuncOfOp[x.op]
		if x.op == opMatMul {
			name = "" // not item by item
		}
		args := [2]Value{a, b}
		if t := in.putOff(name, args[:]); t != nil {
			return t
		}
		own, simple := in.ready(args[:])
		return in.ended(own, simple, in.binary(x.op, args[0], args[1]))
	case *unaryExpr:
		in.step()
		a := in.evalTerm(fr, x.x)
		if !in.concerns(a, nil) {
			return in.unary(x.op, a)
		}
		return in.node(ufuncOfUnary[x.op], []Value{a}, func(v []Value) Value { return in.unary(x.op, v[0]) })
	case *compareExpr:
		if len(x.ops) > 1 {
			break
		}
		in.step()
		a := in.evalTerm(fr, x.x)
		b := in.evalTerm(fr, x.items[0])
		op := x.ops[0]
		if !in.concerns(a, b) {
			return in.compareOp(op, a, b)
		}
		args := [2]Value{a, b}
		if t := in.putOff(ufuncOfCmp[op], args[:]); t != nil {
			return t
		}
		own, simple := in.ready(args[:])
		return in.ended(own, simple, in.compareOp(op, args[0], args[1]))
	case *callExpr:
		if fn, ok := x.fn.(*attrExpr); ok {
			return in.callTerm(fr, x, fn)
		}
	}
	if !in.isView(fr, x) {
		in.settle()
	}
	return in.eval(fr, x)
}

// concerns reports whether a node on a and b is the business of the tree.
func (in *Interp) concerns(a, b Value) bool {
	if len(in.terms) > 0 {
		return true
	}
	for _, v := range [2]Value{a, b} {
		switch v.(type) {
		case *Ndarray, *term:
			return true
		}
	}
	return false
}

// isView reports whether x is a view of an array that has a name, by constant
// subscripts or .T: computing it has no effect.
func (in *Interp) isView(fr *frame, x expr) bool {
	switch x := x.(type) {
	case *attrExpr:
		return x.name == "T" && in.isView(fr, x.x)
	case *indexExpr:
		return isConst(x.key) && in.isView(fr, x.x)
	case *nameExpr:
		v, ok := in.load(fr, x.name).(*Ndarray)
		return ok && v.Type() == typeNdarray
	}
	return false
}

// isConst reports whether x is a constant subscript or argument.
func isConst(x expr) bool {
	switch x := x.(type) {
	case nil, *constExpr:
		return true
	case *unaryExpr:
		return isConst(x.x)
	case *sliceExpr:
		return isConst(x.start) && isConst(x.stop) && isConst(x.step)
	case *tupleExpr:
		for _, y := range x.items {
			if !isConst(y) {
				return false
			}
		}
		return true
	}
	return false
}

// node computes the operation of that name on values, some of which may be terms.
// plain computes it on arrays; it is the meaning of the node.
func (in *Interp) node(name string, args []Value, plain func(v []Value) Value) Value {
	if t := in.putOff(name, args); t != nil {
		return t
	}
	own, simple := in.ready(args)
	return in.ended(own, simple, plain(args))
}

// ready replaces the terms among args by their arrays, and returns those whose blocks may be
// given back, and whether all args are simple.
func (in *Interp) ready(args []Value) (own []*Ndarray, simple bool) {
	own, simple = in.ownArrays(args), true
	for _, v := range args {
		simple = simple && isSimple(v)
	}
	if !simple {
		in.settle()
	}
	return own, simple
}

// ended returns the value r of a node on what ready gave, as a term if nobody else has it.
func (in *Interp) ended(own []*Ndarray, simple bool, r Value) Value {
	x, ok := r.(*Ndarray)
	if !ok || !simple || x.Type() != typeNdarray || x.base != nil || !x.a.OwnData() {
		if simple {
			in.release(own, r)
		}
		return r
	}
	in.release(own, r)
	return &term{v: x}
}

// isSimple reports whether v is a number or a plain array, whose operators are
// those of this package and keep none of their operands.
func isSimple(v Value) bool {
	switch x := v.(type) {
	case Bool, Int, Float, Complex, *BigInt, *Scalar, *term:
		return true
	case *Ndarray:
		return x.Type() == typeNdarray
	}
	return false
}

// ownArrays replaces the terms among args by their arrays and returns those that are worth
// giving back.
func (in *Interp) ownArrays(args []Value) (own []*Ndarray) {
	for i, v := range args {
		if t, ok := v.(*term); ok {
			if args[i] = in.value(t); t.v.a.NBytes() >= freeBytes {
				own = append(own, t.v)
			}
		}
	}
	return own
}

// release gives the blocks of terms back that the result r does not share.
func (in *Interp) release(own []*Ndarray, r Value) {
	for _, x := range own {
		if !x.a.OwnData() || x.a.Buffer().Kind() != buffer.Heap {
			continue
		}
		if a, ok := arrayOf(r); ok && a.Buffer() == x.a.Buffer() {
			continue
		}
		x.a.Release()
	}
}

// putOff makes the term of an operation that is not computed yet, or nil.
func (in *Interp) putOff(name string, args []Value) *term {
	size, n := 0, 1
	for _, v := range args {
		switch x := v.(type) {
		case *term:
			size, n = max(size, x.size()), n+x.n
		case *Ndarray:
			size = max(size, x.a.Size())
		}
	}
	if size < lazyItems || n > lazyOps || name == "" || !isSafe(name, args) {
		return nil
	}
	t := &term{n: n}
	operands := make([]*nd.Lazy, len(args))
	for i, v := range args {
		e := in.lazyOperand(v, t)
		if e == nil {
			return nil
		}
		operands[i] = e
	}
	if nd.Try(func() { t.e = nd.LazyCall(name, operands) }) != nil || t.e.Size() < lazyItems || t.e.NDim() == 0 {
		return nil // plain knows the words, and what is no mistake
	}
	in.stepN(t.e.Size() / 1024)
	in.terms = slices.DeleteFunc(in.terms, func(u *term) bool { return slices.Contains(args, Value(u)) }) // they are parts of t now
	in.terms = append(in.terms, t)
	return t
}

// isSafe reports whether the operation on these values has no mistakes but those
// that show when it is built: powers of integers have some.
func isSafe(name string, args []Value) bool {
	if name != "power" {
		return true
	}
	if n, ok := args[1].(Int); ok && n >= 0 {
		return dtypeOf(args[0]).Kind() != dtype.KindBool
	}
	return dtypeOf(args[0]).IsFloat() || dtypeOf(args[0]).IsComplex()
}

// dtypeOf is the dtype of an array, a term or a NumPy scalar; of others none.
func dtypeOf(v Value) dtype.DType {
	if t, ok := v.(*term); ok && t.v == nil {
		return t.e.DType()
	} else if ok {
		v = t.v
	}
	if a, ok := arrayOf(v); ok {
		return a.DType()
	}
	return dtype.DType{}
}

// lazyOperand is v as an operand of t, nil if a plain evaluation is called for.
func (in *Interp) lazyOperand(v Value, t *term) *nd.Lazy {
	switch x := v.(type) {
	case *term:
		t.t = append(t.t, x)
		if x.v == nil {
			return x.e
		}
		return x.v.a.Lazy()
	case *Ndarray:
		if x.Type() == typeNdarray && x.a.DType().IsNumeric() && x.a.Buffer().Kind() == buffer.Heap && x.a.Buffer().Err() == nil {
			return x.a.Lazy()
		}
	case *Scalar:
		if x.a.DType().IsNumeric() {
			return x.a.Lazy()
		}
	case Bool, Int, Float, Complex:
		return in.operand(v).Lazy()
	}
	return nil
}

func (t *term) size() int {
	if t.v != nil {
		return t.v.a.Size()
	}
	return t.e.Size()
}

// value is v, a term as the array that it stands for.
func (in *Interp) value(v Value) Value {
	t, ok := v.(*term)
	if !ok {
		return v
	}
	if t.v == nil {
		in.charge(t.e.Size()*t.e.DType().ItemSize() + 128)
		t.v = &Ndarray{a: t.e.Eval()}
		t.drop(in)
	}
	return t.v
}

// drop gives back the blocks that a term has been computed from.
func (t *term) drop(in *Interp) {
	for _, u := range t.t {
		if u.v != nil {
			in.release([]*Ndarray{u.v}, nil)
		}
		u.drop(in)
	}
	t.e, t.t, t.n = nil, nil, 0
}

// settle computes the terms that have been put off.
func (in *Interp) settle() {
	for _, t := range in.terms {
		in.value(t)
	}
	in.terms = in.terms[:0]
}
