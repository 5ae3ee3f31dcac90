package calc

import (
	"slices"

	"github.com/stride-go/nd"
)

// folds are the reductions that end a pass over a tree, as methods and as functions
// of numpy.
var folds = map[string]func(e *nd.Lazy, opts ...nd.Option) *nd.Lazy{
	"sum": (*nd.Lazy).Sum, "prod": (*nd.Lazy).Prod, "max": (*nd.Lazy).Max, "min": (*nd.Lazy).Min,
	"amax": (*nd.Lazy).Max, "amin": (*nd.Lazy).Min, "any": (*nd.Lazy).AnyTrue, "all": (*nd.Lazy).AllTrue, "mean": (*nd.Lazy).Mean,
}

// keepsNothing lists the further methods, and functions of numpy, whose results never
// share memory with the array.
var keepsNothing = []string{"var", "std", "argmax", "argmin", "cumsum", "cumprod", "ptp", "count_nonzero", "median"}

// callTerm computes a call f(…) or x.f(…) as a node, if f is an operation of numpy
// or a reduction, else as a leaf.
func (in *Interp) callTerm(fr *frame, x *callExpr, fn *attrExpr) Value {
	_, fold := folds[fn.name]
	fold = fold || slices.Contains(keepsNothing, fn.name)
	if isNode(fn.x) && fold {
		in.step()
		v := in.evalTerm(fr, fn.x)
		if _, ok := v.(*term); ok {
			return in.foldTerm(fr, fn.name, v, x.args, func() Value { return in.getAttr(in.value(v), fn.name) })
		}
		in.settle()
		return in.callWith(fr, in.getAttr(v, fn.name), x)
	}
	name, ok := fn.x.(*nameExpr)
	if !ok {
		in.settle()
		return in.evalCall(fr, x)
	}
	m, ok := in.load(fr, name.name).(*Module)
	if !ok {
		in.settle()
		return in.evalCall(fr, x)
	}
	in.step()
	f := in.getAttr(m, fn.name)
	if u, out, ok := ufuncCall(f, x.args); ok {
		args := make([]Value, u.u.NIn())
		for i := range args {
			args[i] = in.evalTerm(fr, x.args[i].x)
		}
		if out != nil {
			o := in.eval(fr, out)
			if to, ok := o.(*Ndarray); ok && in.into(to, u.u.Name(), args) {
				return to
			}
			own := in.ownArrays(args)
			in.settle()
			r := in.call(u, args, []Keyword{{"out", o}})
			if !slices.ContainsFunc(args, func(v Value) bool { return !isSimple(v) }) {
				in.release(own, r)
			}
			return r
		}
		return in.node(u.u.Name(), args, func(v []Value) Value { return in.call(u, v, nil) })
	}
	if fold && f == numpy.dict[fn.name] && len(x.args) > 0 && x.args[0].name == "" && x.args[0].star == 0 && isNode(x.args[0].x) {
		v := in.evalTerm(fr, x.args[0].x)
		return in.foldTerm(fr, fn.name, v, x.args[1:], func() Value {
			return &Builtin{name: fn.name, raw: func(in *Interp, args []Value, kw []Keyword) Value {
				return in.call(f, append([]Value{in.value(v)}, args...), kw)
			}}
		})
	}
	in.settle()
	return in.callWith(fr, f, x)
}

// ufuncCall reports whether a call of f is one of an operation with its operands
// alone, or those and out=name.
func ufuncCall(f Value, args []argNode) (u *Ufunc, out expr, ok bool) {
	u, ok = f.(*Ufunc)
	if !ok || u.u.NOut() != 1 {
		return nil, nil, false
	}
	n := u.u.NIn()
	if len(args) == n+1 && args[n].name == "out" {
		if out, ok = args[n].x.(*nameExpr); !ok {
			return nil, nil, false
		}
		args = args[:n]
	}
	return u, out, len(args) == n && !slices.ContainsFunc(args, func(a argNode) bool { return a.name != "" || a.star > 0 })
}

// foldTerm computes the reduction of that name of v. Without a pass it is the call
// with args of what plain returns.
func (in *Interp) foldTerm(fr *frame, name string, v Value, args []argNode, plain func() Value) Value {
	t, ok := v.(*term)
	if ok && t.v == nil && folds[name] != nil {
		if r, ok := in.foldLazily(fr, name, t, args); ok {
			return r
		}
	}
	var own []*Ndarray
	if ok {
		in.value(t)
		own = append(own, t.v)
	}
	in.settle()
	r := in.callWith(fr, plain(), &callExpr{fn: nil, args: args})
	if _, sequence := r.(*Tuple); !sequence {
		in.release(own, r)
	}
	return r
}

// foldLazily makes one pass of t and the reduction, if the arguments are constants
// and no others than axis and keepdims.
func (in *Interp) foldLazily(fr *frame, name string, t *term, args []argNode) (Value, bool) {
	var r reduceArgs
	for i, a := range args {
		switch {
		case !isConst(a.x) || a.star > 0:
			return nil, false
		case a.name == "axis", a.name == "" && i == 0:
			r.axis = in.eval(fr, a.x)
		case a.name == "keepdims":
			r.keepdims = in.eval(fr, a.x)
		default:
			return nil, false
		}
	}
	var e *nd.Lazy
	if in.catch(func() { e = folds[name](t.e, in.reduceOpts(r)...) }) != nil {
		return nil, false // the plain call knows the words
	}
	in.terms = slices.DeleteFunc(in.terms, func(u *term) bool { return u == t })
	in.stepN(t.e.Size() / 256)
	if given(r.axis) {
		in.charge(t.e.Size() * t.e.DType().ItemSize())
	}
	a := e.Eval()
	t.drop(in)
	return in.scalarOrArray(a), true
}
