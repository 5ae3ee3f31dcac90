package calc

import (
	"math"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/internal/nderr"
)

// np.einsum_path: the order of an einsum's products, as a list and as a report.
var _ = later(func() {
	npFunc("einsum_path", "*operands, optimize='greedy'", func(in *Interp, a []Value) Value {
		order, steps := in.pathOrder(a[1])
		subscripts, operands := in.pathOperands(a[0].(*Tuple).items)
		in.chargePath(order.Rule, len(operands))
		var path [][]int
		var report string
		if err := nd.Try(func() { path, report = nd.EinsumPath(subscripts, operands, order) }); err != nil {
			in.refusePath(err.(*nderr.Error), a[1])
		}
		if order.Path == nil {
			for _, at := range path {
				var t Tuple
				for _, i := range at {
					t.items = append(t.items, Int(i))
				}
				steps = append(steps, &t)
			}
		} else if _, ok := a[1].(*Tuple); ok {
			throw(excTypeError, `can only concatenate list (not "tuple") to list`)
		}
		return &Tuple{[]Value{&List{append([]Value{Str("einsum_path")}, steps...)}, Str(report)}}
	})
})

// refusePath raises what NumPy does where the library has no class for it.
func (in *Interp) refusePath(err *nderr.Error, optimize Value) {
	switch {
	case strings.HasPrefix(err.Msg, "Path name "):
		panic(&Exception{typ: excKeyError, args: []Value{Str("Path name %s not found"), in.pathRule(optimize)}})
	case strings.HasPrefix(err.Msg, "Invalid einsum_path"):
		throw(excRuntimeError, "%s", err.Msg)
	}
	panic(err)
}

// pathRule is the name in optimize, alone or before a limit.
func (in *Interp) pathRule(v Value) Value {
	if _, ok := v.(Str); ok {
		return v
	}
	return in.listOf(v)[0]
}

// pathOrder reads optimize; steps are those of a path that is given, as they are.
func (in *Interp) pathOrder(v Value) (o nd.EinsumOrder, steps []Value) {
	rule := func(name Str) string {
		if name == "greedy" || name == "optimal" {
			return string(name)
		}
		return "unknown"
	}
	var items []Value
	switch v := v.(type) {
	case NoneType:
		o.Rule = "all"
		return o, nil
	case Bool:
		if !v {
			o.Rule = "all"
		}
		return o, nil
	case Str:
		o.Rule = rule(v)
		return o, nil
	case *List:
		items = v.items
	case *Tuple:
		items = v.items
	default:
		throw(excTypeError, "object of type '%s' has no len()", v.Type().tpName())
	}
	if len(items) > 0 && items[0] == Value(Str("einsum_path")) {
		o.Path = [][]int{}
		for _, step := range items[1:] {
			at := []int{}
			for _, i := range in.listOf(step) {
				at = append(at, in.toIndex(i))
			}
			o.Path = append(o.Path, at)
		}
		return o, items[1:]
	}
	if len(items) == 2 {
		name, named := items[0].(Str)
		if limit, ok := pathLimit(items[1]); named && ok {
			o.Rule, o.Limit = rule(name), limit
			return o, nil
		}
	}
	throw(excTypeError, "Did not understand the path: %s", in.Str(v))
	return o, nil
}

// pathLimit is a number of items that is not 0: no product has fewer than one.
func pathLimit(v Value) (int, bool) {
	n := 0.0
	switch v := v.(type) {
	case Int:
		n = float64(v)
	case Bool:
		n = float64(boolInt(v))
	case Float:
		floatToInt(float64(v)) // refuses what is no number
		n = math.Trunc(float64(v))
	default:
		return 0, false
	}
	if n < 1 {
		n = -1
	}
	return int(min(n, 1<<62)), true
}

// pathOperands reads the subscripts and operands of einsum_path, which takes what
// einsum takes and complains in other words.
func (in *Interp) pathOperands(args []Value) (subscripts string, operands []*nd.Array) {
	if len(args) == 0 {
		throw(excValueError, "No input operands")
	}
	if s, ok := args[0].(Str); ok {
		for _, v := range args[1:] {
			operands = append(operands, in.toArray(v))
		}
		return string(s), operands
	}
	var s strings.Builder
	for i := 0; i+1 < len(args); i += 2 {
		operands = append(operands, in.toArray(args[i]))
		if i > 0 {
			s.WriteByte(',')
		}
		in.pathLetters(&s, args[i+1])
	}
	if len(args)%2 == 1 {
		s.WriteString("->")
		in.pathLetters(&s, args[len(args)-1])
	}
	return s.String(), operands
}

// pathLetters writes a list of numbers of axes as the letters that stand for them.
func (in *Interp) pathLetters(s *strings.Builder, v Value) {
	const symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	for _, w := range in.listOf(v) {
		if w == Value(Ellipsis) {
			s.WriteString("...")
			continue
		}
		if _, ok := in.asIndex(w); !ok {
			throw(excTypeError, "For this input type lists must contain either int or Ellipsis")
		}
		k := in.toIndex(w)
		if k < 0 {
			k += len(symbols)
		}
		if k < 0 || k >= len(symbols) {
			throw(excIndexError, "string index out of range")
		}
		s.WriteByte(symbols[k])
	}
}

// chargePath counts the pairs that are looked at: every order's, if all are tried.
func (in *Interp) chargePath(rule string, n int) {
	pairs, orders := 0.0, 1.0
	for ; n > 1; n-- {
		here := float64(n) * float64(n-1) / 2
		orders *= here
		if pairs += here; rule == "optimal" {
			pairs += orders
		}
	}
	in.stepN(int(min(pairs, math.MaxInt32*1024)))
}
