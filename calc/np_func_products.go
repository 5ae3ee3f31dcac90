package calc

import (
	"math"
	"strings"

	"github.com/stride-go/nd"
)

// Products over named axes and chains of matrices.
func init() {
	npC("einsum", "subscripts, *operands, optimize=False", func(in *Interp, a []Value) Value {
		text, ok := a[0].(Str)
		if !ok {
			throw(excNotImplementedError, "einsum takes its subscripts as a string here")
		}
		var operands []*nd.Array
		for _, v := range a[1].(*Tuple).items {
			operands = append(operands, in.toArray(v))
		}
		in.chargeEinsum(string(text), operands)
		return in.scalarOrArray(nd.Einsum(string(text), operands...))
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
