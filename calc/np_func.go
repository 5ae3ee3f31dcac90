package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// The functions of the module np stand in tables, by topic, in the files
// np_func_*.go, each with NumPy's own parameter names and defaults.

// npC adds a function that words its errors as NumPy's C functions do; npFunc
// adds one that words them as a def does.
func npC(name, sig string, fn func(in *Interp, a []Value) Value) { numpy.def(name, sig, fn) }

// paramNames are the names of the parameters of a signature.
func paramNames(sig string) []string {
	var names []string
	for _, p := range parseSignature(sig).params {
		names = append(names, p.name)
	}
	return names
}

// optionOf turns a keyword argument that is given into an option of the library.
var optionOf = map[string]func(in *Interp, v Value) (nd.Option, bool){
	"axis": func(in *Interp, v Value) (nd.Option, bool) { return nd.Axis(in.toAxes(v)...), true },
	"dtype": func(in *Interp, v Value) (nd.Option, bool) {
		return nd.DType(in.toDType(v)), true
	},
	"out":      func(in *Interp, v Value) (nd.Option, bool) { return nd.Out(in.outArrays(v)...), true },
	"keepdims": func(in *Interp, v Value) (nd.Option, bool) { return nd.KeepDims(), in.truth(v) },
	"initial":  func(in *Interp, v Value) (nd.Option, bool) { return nd.Initial(in.operand(v)), true },
	"where": func(in *Interp, v Value) (nd.Option, bool) {
		if v == Value(Bool(true)) {
			return nd.Option{}, false
		}
		mask, ok := arrayOf(v)
		if !ok {
			mask = in.toArrayAs(v, dtype.Bool)
		}
		if mask.DType() != dtype.Bool {
			throw(excTypeError, "Cannot cast array data from %s to %s according to the rule 'safe'", mask.DType().Repr(), dtype.Bool.Repr())
		}
		return nd.Where(mask), true
	},
	"ddof":       func(in *Interp, v Value) (nd.Option, bool) { return nd.DDof(in.toFloat(v)), true },
	"correction": func(in *Interp, v Value) (nd.Option, bool) { return nd.DDof(in.toFloat(v)), true },
	"casting":    func(in *Interp, v Value) (nd.Option, bool) { return nd.Casting(in.toCasting(v)), true },
	"order": func(in *Interp, v Value) (nd.Option, bool) {
		return nd.OrderIs(in.toOrder(v, nd.K)), true
	},
	"mode": func(in *Interp, v Value) (nd.Option, bool) { return nd.Mode(in.toMode(v)), true },
}

// options collects the options among the arguments a, whose parameters are
// named; the first skip are the operands.
func (in *Interp) options(names []string, a []Value, skip int) []nd.Option {
	var opts []nd.Option
	for i := skip; i < len(names); i++ {
		if !given(a[i]) {
			continue
		}
		if f, ok := optionOf[names[i]]; ok {
			if o, ok := f(in, a[i]); ok {
				opts = append(opts, o)
			}
		}
	}
	return opts
}

// outArrays reads an out argument: an array or a tuple of arrays.
func (in *Interp) outArrays(v Value) []*nd.Array {
	items := []Value{v}
	if t, ok := v.(*Tuple); ok {
		items = t.items
	}
	outs := make([]*nd.Array, len(items))
	for i, w := range items {
		if w == Value(None) {
			continue
		}
		x, ok := w.(*Ndarray)
		if !ok {
			throw(excTypeError, "return arrays must be of ArrayType")
		}
		outs[i] = x.a
	}
	return outs
}

func (in *Interp) arrays(v Value) []*nd.Array {
	items := in.listOf(v)
	out := make([]*nd.Array, len(items))
	for i, w := range items {
		out[i] = in.toArray(w)
	}
	return out
}

func (in *Interp) listOfArrays(arrays []*nd.Array) *List {
	return &List{in.arrayTuple(arrays).(*Tuple).items}
}

func (in *Interp) toCasting(v Value) dtype.Casting {
	s, ok := v.(Str)
	if !ok {
		throw(excTypeError, "casting must be str, not %s", v.Type().tpName())
	}
	c, err := dtype.ParseCasting(string(s))
	if err != nil {
		panic(err)
	}
	return c
}

// chargeCopy counts a copy of an array.
func (in *Interp) chargeCopy(a *nd.Array) { in.chargeArray(a.DType(), a.Shape()) }

// likeDevice refuses the arguments device and like, which have no meaning here.
func (in *Interp) likeDevice(device, like Value) {
	if given(device) {
		if s, ok := device.(Str); !ok || s != "cpu" {
			throw(excValueError, "Device not understood. Only \"cpu\" is allowed, but received: %s", in.Str(device))
		}
	}
	if given(like) {
		if _, ok := like.(*Ndarray); !ok {
			throw(excTypeError, "The `like` argument must be an array-like that implements the `__array_function__` protocol.")
		}
	}
}

func onesOf(n int) []int {
	ones := make([]int, n)
	for i := range ones {
		ones[i] = 1
	}
	return ones
}

// castArray casts an array that is not of the dtype yet.
func (in *Interp) castArray(a *nd.Array, dt dtype.DType) *nd.Array {
	if a.DType() == dt {
		return a
	}
	in.chargeArray(dt, a.Shape())
	return a.AsType(dt, nd.CopyIs(false), nd.Casting(dtype.Unsafe))
}

// work counts the time that a pass over the items of arrays takes: as many items
// as a view may repeat cost no memory.
func (in *Interp) work(arrays ...*nd.Array) {
	for _, a := range arrays {
		in.stepN(a.Size() / 256)
	}
}

// view is another header over a's memory: what NumPy's own functions in Python
// return where they reshape what they made.
func view(a *nd.Array) *nd.Array { return a.View(a.DType()) }

// asCount is asIndex, but an array with axes is none.
func (in *Interp) asCount(v Value) (Value, bool) {
	if a, ok := arrayOf(v); ok && a.NDim() > 0 {
		return nil, false
	}
	return in.asIndex(v)
}

// toInts converts an argument of places; numbers of the language are truncated.
func (in *Interp) toInts(v Value) *nd.Array {
	a := in.placesArg(v)
	if _, isArray := arrayOf(v); !isArray && a.DType().IsFloat() {
		return in.toArrayAs(v, dtype.Int64)
	}
	return a
}
