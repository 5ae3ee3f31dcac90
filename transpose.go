package nd

import (
	"slices"

	"github.com/stride-go/nd/internal/layout"
)

// OneOrMany is an argument that may be one integer or several.
type OneOrMany interface{ int | []int }

// many returns x as a list.
func many[T OneOrMany](x T) []int {
	switch v := any(x).(type) {
	case int:
		return []int{v}
	case []int:
		return v
	}
	return nil
}

// normTuple normalises axes as NumPy's normalize_axis_tuple does; name, if
// given, is the argument that the errors blame.
func normTuple(op, name string, axes []int, ndim int) []int {
	out := make([]int, len(axes))
	for i, axis := range axes {
		out[i] = namedAxis(op, name, axis, ndim)
	}
	for i, axis := range out {
		if slices.Contains(out[:i], axis) {
			if name == "" {
				fail(op, ErrValue, "repeated axis")
			}
			fail(op, ErrValue, "repeated axis in `%s` argument", name)
		}
	}
	return out
}

// namedAxis normalises an axis; the error starts with the argument's name.
func namedAxis(op, name string, axis, ndim int) int {
	k, err := layout.NormAxis(axis, ndim)
	if e, ok := err.(*Error); ok && name != "" {
		err = &Error{Err: e.Err, Msg: name + ": " + e.Msg}
	}
	must(op, err)
	return k
}

// Transpose puts the axes into another order: axis k of the result is axis
// axes[k] of a. Without axes it reverses them. It is a view. ErrValue if the axes
// are not all of a's, each once; ErrAxis if one is out of bounds.
func (a *Array) Transpose(axes ...int) *Array { return a.transpose("transpose", axes) }

// PermuteDims is Transpose, by the name of the array API standard.
func (a *Array) PermuteDims(axes ...int) *Array { return a.transpose("permute_dims", axes) }

func (a *Array) transpose(op string, axes []int) *Array {
	a.use(op)
	if len(axes) == 0 {
		return a.T()
	}
	ndim := a.NDim()
	if len(axes) != ndim {
		fail(op, ErrValue, "axes don't match array")
	}
	seen := make([]bool, ndim)
	perm := make([]int, ndim)
	for i, axis := range axes {
		k := normAxis(op, axis, ndim)
		if seen[k] {
			fail(op, ErrValue, "repeated axis in transpose")
		}
		seen[k], perm[i] = true, k
	}
	return a.permuted(perm)
}

// permuted is transpose for axes that are known to be a permutation. It makes its header
// without newArray: the items are a's.
func (a *Array) permuted(perm []int) *Array {
	v := newHeader(len(perm))
	for i, k := range perm {
		v.lay.Shape[i], v.lay.Strides[i] = a.lay.Shape[k], a.lay.Strides[k]
	}
	v.lay.Offset = a.lay.Offset
	v.viewOf(a)
	return v
}

// T returns a view with the order of the axes reversed.
func (a *Array) T() *Array {
	a.use("transpose")
	v := newHeader(a.NDim())
	last := a.NDim() - 1
	for k, n := range a.lay.Shape {
		v.lay.Shape[last-k], v.lay.Strides[last-k] = n, a.lay.Strides[k]
	}
	v.lay.Offset = a.lay.Offset
	v.viewOf(a)
	return v
}

// MT returns a view with the last two axes exchanged: each matrix of a stack is
// transposed. ErrValue if there are fewer than two.
func (a *Array) MT() *Array {
	n := a.NDim()
	if n < 2 {
		fail("mT", ErrValue, "matrix transpose with ndim < 2 is undefined")
	}
	return a.SwapAxes(n-2, n-1)
}

// SwapAxes exchanges two axes. It is a view. ErrAxis if one is out of bounds.
func (a *Array) SwapAxes(axis1, axis2 int) *Array {
	a.use("swapaxes")
	i := namedAxis("swapaxes", "axis1", axis1, a.NDim())
	j := namedAxis("swapaxes", "axis2", axis2, a.NDim())
	var room [inlineDims]int
	perm := room[:0]
	for k := range a.NDim() {
		perm = append(perm, k)
	}
	perm[i], perm[j] = j, i
	return a.permuted(perm)
}

// MoveAxis moves the axes source to the places destination of the result; the
// others keep their order. It is a view. ErrAxis if an axis is out of bounds,
// ErrValue if one is named twice or the two lists differ in length.
func (a *Array) MoveAxis[S OneOrMany](source, destination S) *Array {
	const op = "moveaxis"
	a.use(op)
	from := normTuple(op, "source", many(source), a.NDim())
	to := normTuple(op, "destination", many(destination), a.NDim())
	if len(from) != len(to) {
		fail(op, ErrValue, "`source` and `destination` arguments must have the same number of elements")
	}
	rest := make([]int, 0, a.NDim())
	for k := range a.NDim() {
		if !slices.Contains(from, k) {
			rest = append(rest, k)
		}
	}
	perm := make([]int, a.NDim())
	for k := range perm {
		if i := slices.Index(to, k); i >= 0 {
			perm[k] = from[i]
		} else {
			perm[k], rest = rest[0], rest[1:]
		}
	}
	return a.permuted(perm)
}

// RollAxis moves an axis back until it lies before the axis start (0 if left
// out; NDim() moves it to the end). MoveAxis is easier to read. It is a view.
// ErrAxis if either is out of bounds.
func (a *Array) RollAxis(axis int, start ...int) *Array {
	const op = "rollaxis"
	a.use(op)
	n, to := a.NDim(), optional(op, "start", start, 0)
	k := normAxis(op, axis, n)
	if to < 0 {
		to += n
	}
	if to < 0 || to > n {
		fail(op, ErrAxis, "'start' arg requires %d <= start < %d, but %d was passed in", -n, n+1, to)
	}
	if k < to {
		to--
	}
	perm := make([]int, 0, n)
	for i := range n {
		if i != k {
			perm = append(perm, i)
		}
	}
	return a.permuted(slices.Insert(perm, to, k))
}
