package calc

import (
	"math"
	"slices"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Ufunc is the value of an operation such as np.add.
type Ufunc struct{ u nd.Ufunc }

var typeUfunc = newModuleType("numpy", "ufunc", typeObject)

func (*Ufunc) Type() *Type { return typeUfunc }

func (u *Ufunc) repr(*Interp) string { return "<ufunc '" + u.u.Name() + "'>" }

func (u *Ufunc) identity() any { return u.u }

// ufuncAliases are the further names of operations.
var ufuncAliases = map[string]string{
	"abs": "absolute", "true_divide": "divide", "mod": "remainder", "conj": "conjugate", "pow": "power",
	"bitwise_not": "invert", "bitwise_invert": "invert", "bitwise_left_shift": "left_shift",
	"bitwise_right_shift": "right_shift", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
	"asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "atan2": "arctan2",
}

// ufuncIdentity is what a fold of no items gives.
var ufuncIdentity = map[string]Value{
	"add": Int(0), "bitwise_and": Int(-1), "bitwise_or": Int(0), "bitwise_xor": Int(0), "gcd": Int(0), "hypot": Int(0),
	"logaddexp": Float(math.Inf(-1)), "logaddexp2": Float(math.Inf(-1)), "logical_and": Bool(true),
	"logical_or": Bool(false), "logical_xor": Bool(false), "multiply": Int(1),
}

var _ = later(func() {
	numpy.dict["ufunc"] = typeUfunc
	for _, name := range nd.UfuncNames() {
		u, ok := nd.UfuncNamed(name)
		if ok && name != "clip" { // np.clip is a function over it
			numpy.dict[name] = &Ufunc{u}
		}
	}
	for _, p := range []product{{"matmul", (*nd.Array).MatMul}, {"vecdot", vecDot}} {
		if _, ok := numpy.dict[p.name]; !ok {
			numpy.dict[p.name] = &Ufunc{p}
		}
	}
	for alias, name := range ufuncAliases {
		numpy.dict[alias] = numpy.dict[name]
	}
	get := func(name string, f func(u nd.Ufunc) Value) {
		typeUfunc.get(name, func(in *Interp, v Value) Value { return f(v.(*Ufunc).u) })
	}
	get("nin", func(u nd.Ufunc) Value { return Int(u.NIn()) })
	get("nout", func(u nd.Ufunc) Value { return Int(u.NOut()) })
	get("nargs", func(u nd.Ufunc) Value { return Int(u.NIn() + u.NOut()) })
	get("ntypes", func(u nd.Ufunc) Value { return Int(len(u.Types())) })
	get("types", func(u nd.Ufunc) Value {
		l := &List{}
		for _, t := range u.Types() {
			l.items = append(l.items, Str(t))
		}
		return l
	})
	get("identity", func(u nd.Ufunc) Value {
		if v, ok := ufuncIdentity[u.Name()]; ok {
			return v
		}
		return None
	})
	get("signature", func(u nd.Ufunc) Value {
		if s, ok := map[string]Str{"matmul": "(n?,k),(k,m?)->(n?,m?)", "vecdot": "(n),(n)->()"}[u.Name()]; ok {
			return s
		}
		return None
	})
	get("__name__", func(u nd.Ufunc) Value { return Str(u.Name()) })
	get("__qualname__", func(u nd.Ufunc) Value { return Str(u.Name()) })
	get("__doc__", func(u nd.Ufunc) Value { return None })

	typeUfunc.def("reduce", "self, array, axis=0, dtype=None, out=None, keepdims=False, initial=?, where=True", func(in *Interp, a []Value) Value {
		u := a[0].(*Ufunc).fold("reduce")
		opts := in.reduceOpts(reduceArgs{axis: a[2], dtype: a[3], out: a[4], keepdims: a[5], initial: a[6], where: a[7]})
		x := in.toArray(a[1])
		in.work(x)
		return in.result(u.Reduce(x, opts...), a[4])
	})
	typeUfunc.def("accumulate", "self, array, axis=0, dtype=None, out=None", func(in *Interp, a []Value) Value {
		u := a[0].(*Ufunc).fold("accumulate")
		x := in.toArray(a[1])
		in.chargeArray(dtype.Float64, x.Shape())
		return in.result(u.Accumulate(x, in.reduceOpts(reduceArgs{axis: a[2], dtype: a[3], out: a[4]})...), a[4])
	})
	typeUfunc.def("reduceat", "self, array, indices, axis=0, dtype=None, out=None", func(in *Interp, a []Value) Value {
		u := a[0].(*Ufunc).fold("reduceat")
		x := in.toArray(a[1])
		places := in.toPlaces(a[2])
		in.chargeAlong(dtype.Float64, x, []int{len(places)}, a[3])
		return in.result(u.ReduceAt(x, places, in.reduceOpts(reduceArgs{axis: a[3], dtype: a[4], out: a[5]})...), a[5])
	})
	outer := method(typeUfunc, "outer", "self, A=?, B=?, /, **kwargs", func(in *Interp, a []Value) Value {
		if a[2] == nil {
			throw(excTypeError, "exactly two arguments expected")
		}
		if a[0].(*Ufunc).u.NIn() != 2 {
			throw(excValueError, "outer product only supported for binary functions")
		}
		x, y := in.operand(a[1]), in.operand(a[2])
		in.chargeArray(dtype.Float64, append(x.Shape(), y.Shape()...))
		return a[0].(*Ufunc).call(in, []Value{in.outerLeft(a[1], x, y.NDim()), a[2]}, keywordsOf(a[3].(*Dict)))
	})
	typeUfunc.dict["outer"] = outer
	typeUfunc.def("at", "self, a, indices, b=?, /", func(in *Interp, a []Value) Value {
		in.ufuncAt(a[0].(*Ufunc).u, a[1], a[2], a[3])
		return None
	})
})

// fold returns the operation with one result and two operands, which alone folds.
func (u *Ufunc) fold(method string) nd.Binary {
	b, ok := u.u.(nd.Binary)
	if !ok {
		if u.u.NIn() == 2 {
			throw(excValueError, "%s only supported for functions returning a single value", method)
		}
		throw(excValueError, "%s only supported for binary functions", method)
	}
	return b
}

// outerLeft is the left operand of an outer product: n axes of length 1 follow
// its own. A number of the language stays one.
func (in *Interp) outerLeft(v Value, x *nd.Array, n int) Value {
	if x.NDim() == 0 {
		return v
	}
	return in.fromArray(x.Reshape(append(x.Shape(), onesOf(n)...)...))
}

func keywordsOf(d *Dict) []Keyword {
	var kw []Keyword
	for _, e := range d.entries {
		if e.key != nil {
			kw = append(kw, Keyword{string(e.key.(Str)), e.value})
		}
	}
	return kw
}

// toPlaces converts indices to a list of ints.
func (in *Interp) toPlaces(v Value) []int {
	a := in.placesArg(v)
	if !a.DType().IsInteger() {
		throw(excTypeError, "Cannot cast array data from %s to dtype('int64') according to the rule 'safe'", a.DType().Repr())
	}
	in.chargeArray(dtype.Int64, a.Shape()) // the casted items
	in.chargeArray(dtype.Int64, a.Shape())
	places := make([]int, 0, a.Size())
	for _, i := range a.AsType(dtype.Int64).Ravel().All[int64]() {
		places = append(places, int(i))
	}
	return places
}

// call computes u(x, …, out=None, *, where=True, casting='same_kind', order='K',
// dtype=None, subok=True, signature=None).
func (u *Ufunc) call(in *Interp, args []Value, kw []Keyword) Value {
	name, nin, nout := u.u.Name(), u.u.NIn(), u.u.NOut()
	if len(args) < nin || len(args) > nin+nout {
		verb := "were"
		if len(args) == 1 {
			verb = "was"
		}
		throw(excTypeError, "%s() takes from %d to %d positional arguments but %d %s given", name, nin, nin+nout, len(args), verb)
	}
	var out Value
	if len(args) > nin {
		out = &Tuple{append([]Value(nil), args[nin:]...)}
	}
	var opts []nd.Option
	var core coreAxes
	p, isProduct := u.u.(product)
	for _, k := range kw {
		switch k.Name {
		case "out":
			if out != nil {
				throw(excTypeError, "cannot specify 'out' as both a positional and keyword argument")
			}
			out = in.outTuple(k.Value, nout)
		case "where", "casting", "order":
			if isProduct && k.Name == "where" {
				throw(excTypeError, "%s() got an unexpected keyword argument 'where'", name)
			}
			if o, ok := optionOf[k.Name](in, k.Value); ok {
				opts = append(opts, o)
			}
		case "dtype":
			if given(k.Value) {
				opts = append(opts, nd.DType(in.toDType(k.Value)))
			}
		case "signature", "sig":
			if given(k.Value) {
				opts = append(opts, nd.DType(in.signatureDType(u.u, k.Value)))
			}
		case "subok":
		default:
			if isProduct && core.takes(in, k) {
				continue
			}
			throw(excTypeError, "%s() got an unexpected keyword argument '%s'", name, k.Name)
		}
	}
	if v, ok := in.objectUfunc(name, args[:nin]); ok {
		return v
	}
	outs, some := in.outArgs(out, nout)
	if some && name == "vecdot" && outs[0] != nil {
		outs[0] = outs[0].ExpandDims(-1).ExpandDims(-1)
	}
	if some {
		opts = append(opts, nd.Out(outs...))
	}
	if v, ok := in.hugeUfunc(name, args[:nin]); ok && !some {
		return v
	}
	operands := make([]*nd.Array, nin)
	floats := slices.ContainsFunc(args[:nin], isFloating)
	for i, v := range args[:nin] {
		if floats {
			v = tamed(v)
		}
		operands[i] = in.operand(v)
	}
	if name == "matmul" || name == "vecdot" {
		in.chargeMatMul(operands)
	} else if !some {
		in.chargeResult(operands)
	}
	if name == "power" {
		operands[1] = complexPower(operands[0], operands[1], args[1])
	}
	if isProduct {
		core.move(in, p, operands, some)
	}
	results := u.u.Apply(operands, opts...)
	values := make([]Value, nout)
	for i, r := range results {
		values[i] = in.scalarOrArray(core.back(r))
		if some && outs[i] != nil {
			values[i] = out.(*Tuple).items[i]
		}
	}
	if nout == 1 {
		return values[0]
	}
	return &Tuple{values}
}

// hugeUfunc compares with integers beyond 64 bits.
func (in *Interp) hugeUfunc(name string, args []Value) (Value, bool) {
	for op, n := range ufuncOfCmp {
		if n == name && len(args) == 2 {
			return in.hugeCompare(op, args[0], args[1])
		}
	}
	return nil, false
}

// objectUfunc does with values that no array holds what NumPy's loops for
// objects do: the operator of the language.
func (in *Interp) objectUfunc(name string, args []Value) (Value, bool) {
	object := false
	for _, v := range args {
		if !in.foreignOperand(v) {
			_, isInstance := v.(*Instance)
			object = object || !isInstance
		}
	}
	if !object || len(args) != 2 {
		return nil, false
	}
	for op, n := range ufuncOfOp {
		if n == name {
			return in.binary(op, args[0], args[1]), true
		}
	}
	return nil, false
}

// outTuple normalises the keyword out to a tuple of nout.
func (in *Interp) outTuple(v Value, nout int) Value {
	if t, ok := v.(*Tuple); ok {
		if len(t.items) != nout {
			throw(excValueError, "The 'out' tuple must have exactly one entry per ufunc output")
		}
		return t
	}
	if v == Value(None) {
		return nil
	}
	if nout > 1 {
		throw(excTypeError, "'out' must be a tuple of arrays")
	}
	return newTuple(v)
}

func (in *Interp) outArgs(out Value, nout int) (outs []*nd.Array, some bool) {
	if out == nil {
		return nil, false
	}
	outs = make([]*nd.Array, nout)
	for i, v := range out.(*Tuple).items {
		if v == Value(None) {
			continue
		}
		x, ok := v.(*Ndarray)
		if !ok {
			throw(excTypeError, "return arrays must be of ArrayType")
		}
		outs[i], some = x.a, true
	}
	return outs, some
}

// signatureDType reads a signature such as 'dd->d' of one dtype throughout.
func (in *Interp) signatureDType(u nd.Ufunc, v Value) dtype.DType {
	if s, ok := v.(Str); ok {
		if _, out, ok := strings.Cut(string(s), "->"); ok {
			return in.toDType(Str(out[:1]))
		}
		return in.toDType(s)
	}
	if t, ok := v.(*Tuple); ok && len(t.items) > 0 {
		for _, w := range t.items {
			if given(w) {
				return in.toDType(w)
			}
		}
	}
	throw(excTypeError, "the signature object to ufunc must be a string or a tuple.")
	return dtype.DType{}
}

// chargeMatMul counts the result of a matrix product.
func (in *Interp) chargeMatMul(args []*nd.Array) {
	if args[0].NDim() == 0 || args[1].NDim() == 0 {
		return
	}
	n := 1
	for i, a := range args {
		for k, d := range a.Shape() {
			if last := a.NDim() - 1 - k; last > 1 || last == 1-i {
				n *= max(1, d)
			}
		}
	}
	in.stepN(n / 64 * max(1, args[0].Dim(-1)) / 16)
	in.charge(8*n + 128)
}

// ufuncAt is ufunc.at: unbuffered, so that places named twice count twice.
func (in *Interp) ufuncAt(u nd.Ufunc, target, indices, b Value) {
	x, ok := target.(*Ndarray)
	if !ok {
		throw(excTypeError, "first operand must be array")
	}
	index, _, _, _ := in.indexList(indices, x.a.NDim())
	switch u := u.(type) {
	case nd.Unary:
		u.At(x.a, index...)
	case nd.Binary:
		if b == nil {
			throw(excValueError, "second operand needed for ufunc")
		}
		u.At(x.a, in.toArray(b), index...)
	default:
		throw(excValueError, "Only unary and binary ufuncs supported at this time")
	}
}

// product is a ufunc over whole axes, which the library has as a method.
type product struct {
	name string
	f    func(a, b *nd.Array, opts ...nd.Option) *nd.Array
}

// vecDot is VecDot with the options of MatMul; Out has the two axes of that product more.
func vecDot(a, b *nd.Array, opts ...nd.Option) *nd.Array {
	if len(opts) == 0 || a.NDim() == 0 || b.NDim() == 0 {
		return a.VecDot(b)
	}
	if a.DType().IsComplex() {
		a = a.Conjugate()
	}
	return a.ExpandDims(-2).MatMul(b.ExpandDims(-1), opts...).Squeeze(-2, -1)
}

func (p product) Name() string { return p.name }
func (p product) NIn() int     { return 2 }
func (p product) NOut() int    { return 1 }

func (p product) Types() []string {
	u, _ := nd.UfuncNamed("multiply")
	return u.Types()
}

func (p product) Apply(in []*nd.Array, opts ...nd.Option) []*nd.Array {
	return []*nd.Array{p.f(in[0], in[1], opts...)}
}
