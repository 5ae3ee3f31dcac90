package calc

import (
	"math"
	"strings"

	"github.com/stride-go/nd"
)

// Products over named axes and chains of matrices.
var _ = later(func() {
	const sig = "*operands, out=None, optimize=False, dtype=None, order='K', casting='safe'"
	names := paramNames(sig)
	npC("einsum", sig, func(in *Interp, a []Value) Value {
		text, operands := in.einsumArgs(a[0].(*Tuple).items)
		in.einsumOrder(a[2])
		in.chargeEinsum(text, operands)
		for i, plain := range map[int]Str{4: "K", 5: "safe"} {
			if a[i] == Value(plain) {
				a[i] = nil // a view stays one
			}
		}
		opts := in.options(names, a, 1)
		return in.result(nd.EinsumWith(text, operands, opts...), a[1])
	})
	npFunc("kron", "a, b", func(in *Interp, a []Value) Value {
		x, y := in.toArray(a[0]), in.toArray(a[1])
		in.chargeArray(promote(x.DType(), y.DType()), []int{x.Size(), y.Size()})
		return in.scalarOrArray(view(x.Kron(y)))
	})
	linalg := npSub("linalg")
	linalg.dict["LinAlgError"] = excLinAlgError
	linalg.python("matrix_power", "a, n", func(in *Interp, a []Value) Value {
		x, n := in.toArray(a[0]), in.toInt(a[1])
		in.chargeArray(x.DType(), append(x.Shape(), 2))
		if x.NDim() > 0 && n > 0 {
			for range int(math.Log2(float64(n))) + 1 {
				in.stepN(x.Size() / 64 * max(1, x.Dim(-1)) / 16)
			}
		}
		return in.fromArray(x.MatrixPower(n))
	})
	linalg.python("multi_dot", "arrays, *, out=None", func(in *Interp, a []Value) Value {
		var arrays []*nd.Array
		for _, v := range in.listOf(a[0]) {
			arrays = append(arrays, in.toArray(v))
		}
		for i := 1; i < len(arrays); i++ {
			in.chargeMatMul(arrays[i-1 : i+1])
		}
		r := nd.MultiDot(arrays...)
		if given(a[1]) {
			out := in.toArray(a[1])
			out.Assign(r)
			return a[1]
		}
		if arrays[0].NDim() == 1 || arrays[len(arrays)-1].NDim() == 1 {
			r = view(r)
		}
		return in.scalarOrArray(r)
	})
})

// einsumArgs reads the subscripts and operands of einsum: a string and arrays, or
// arrays each with the list of its axes' numbers, and at the end that of the
// result's.
func (in *Interp) einsumArgs(args []Value) (subscripts string, operands []*nd.Array) {
	if len(args) == 0 {
		throw(excValueError, "must specify the einstein sum subscripts string and at least one operand, or at least one operand and its corresponding subscripts list")
	}
	if s, ok := plainText(args[0]).(Str); ok {
		if len(args) == 1 {
			throw(excValueError, "must specify the einstein sum subscripts string and at least one operand")
		}
		for _, v := range args[1:] {
			operands = append(operands, in.toArray(v))
		}
		return string(s), operands
	}
	if len(args) == 1 {
		throw(excValueError, "must provide at least an operand and a subscripts list to einsum")
	}
	var s strings.Builder
	for i := 0; i+1 < len(args); i += 2 {
		operands = append(operands, in.toArray(args[i]))
		if i > 0 {
			s.WriteByte(',')
		}
		in.einsumList(&s, args[i+1])
	}
	if len(args)%2 == 1 {
		s.WriteString("->")
		in.einsumList(&s, args[len(args)-1])
	}
	return s.String(), operands
}

// einsumList writes a list of numbers of axes as the letters that stand for them.
func (in *Interp) einsumList(s *strings.Builder, v Value) {
	if _, ok := in.iterator(v); !ok {
		throw(excTypeError, "the subscripts for each operand must be a list or a tuple")
	}
	dots := false
	for _, w := range in.listOf(v) {
		if w == Value(Ellipsis) {
			if dots {
				throw(excValueError, "each subscripts list may have only one ellipsis")
			}
			dots = true
			s.WriteString("...")
			continue
		}
		n, ok := in.asIndex(w)
		if _, truth := w.(Bool); !ok || truth {
			throw(excTypeError, "each subscript must be either an integer or an ellipsis")
		}
		switch k := in.toInt(n); {
		case k < 0 || k >= 52:
			throw(excValueError, "subscript is not within the valid range [0, 52)")
		case k < 26:
			s.WriteByte('A' + byte(k))
		default:
			s.WriteByte('a' + byte(k-26))
		}
	}
}

// einsumOrder checks optimize. The order in which operands are multiplied is the
// library's own, so that the value changes nothing.
func (in *Interp) einsumOrder(v Value) {
	switch v.(type) {
	case Bool, NoneType, Str, *List, *Tuple:
	default:
		throw(excTypeError, "object of type '%s' has no len()", v.Type().tpName())
	}
}

// chargeEinsum counts the time of a sum over all letters and the room of a result
// over the letters that remain; letters that do not fit are the library's to
// refuse.
func (in *Interp) chargeEinsum(subscripts string, operands []*nd.Array) {
	inputs, output, explicit := strings.Cut(strings.ReplaceAll(subscripts, " ", ""), "->")
	lengths, seen := map[rune]int{}, map[rune]int{}
	all, room := 1.0, 1.0
	for i, letters := range strings.Split(inputs, ",") {
		if i >= len(operands) {
			return
		}
		shape := operands[i].Shape()
		names := []rune(strings.ReplaceAll(letters, "...", ""))
		if len(names) > len(shape) {
			return
		}
		for k, r := range names {
			seen[r]++
			lengths[r] = max(lengths[r], shape[len(shape)-len(names)+k])
		}
		for _, d := range shape[:len(shape)-len(names)] {
			all *= float64(max(d, 1))
			room *= float64(max(d, 1))
		}
	}
	for r, n := range lengths {
		all *= float64(max(n, 1))
		if explicit && strings.ContainsRune(output, r) || !explicit && seen[r] == 1 {
			room *= float64(max(n, 1))
		}
	}
	in.stepN(int(min(all/1024, math.MaxInt32)))
	if room < math.MaxInt32*1024 {
		in.charge(int(room) * 16)
	} else {
		throw(excArrayMemoryError, "Unable to allocate the result of einsum")
	}
}
