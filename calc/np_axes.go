package calc

import "github.com/stride-go/nd"

// coreAxes are the keywords of a product that say which axes it is formed over.
type coreAxes struct {
	axis, axes Value
	keep       bool
	to         []int // where the last axes of the result go
}

// takes reports whether a keyword is one of them.
func (c *coreAxes) takes(in *Interp, k Keyword) bool {
	switch k.Name {
	case "axis":
		if c.axis = k.Value; given(k.Value) {
			c.axis = Int(in.toInt(k.Value))
		}
	case "axes":
		c.axes = k.Value
	case "keepdims":
		c.keep = in.truth(k.Value)
	default:
		return false
	}
	return true
}

// move makes the axes meant the last ones of the operands.
func (c *coreAxes) move(in *Interp, p product, operands []*nd.Array, out bool) {
	if p.name == "matmul" {
		const signature = "(n?,k),(k,m?)->(n?,m?)"
		if c.keep {
			throw(excTypeError, "matmul does not support keepdims: its signature %s requires output 0 to have 2 core dimensions, but keepdims can only be used when all inputs have the same number of core dimensions and all outputs have no core dimensions.", signature)
		}
		if given(c.axis) {
			throw(excTypeError, "matmul: axis can only be used with a single shared core dimension, not with the 3 distinct ones implied by signature %s.", signature)
		}
	}
	if out && (c.keep || given(c.axis) || given(c.axes)) {
		throw(excNotImplementedError, "%s with axes and out is not supported", p.name)
	}
	entries := []Value{c.axis, c.axis, c.axis}
	if given(c.axes) {
		entries = in.listOf(c.axes)
		if n := len(entries); n != 3 && (n != 2 || p.name == "matmul") {
			throw(excValueError, "axes should be a list with an entry for all 3 inputs and outputs; entries for outputs can only be omitted if none of them has core axes.")
		}
	}
	for i, v := range entries {
		if !given(v) {
			continue
		}
		from := in.toAxes(v)
		last := []int{-2, -1}[2-min(2, len(from)):]
		if i == 2 {
			c.to = from
		} else {
			operands[i] = operands[i].MoveAxis(from, last)
		}
	}
	if c.keep && c.to == nil {
		c.to = []int{-1}
	}
}

// back gives the result the axes meant.
func (c *coreAxes) back(r *nd.Array) *nd.Array {
	if c.keep {
		r = r.ExpandDims(-1)
	} else if given(c.axis) {
		return r
	}
	if len(c.to) == 0 || r.NDim() < len(c.to) {
		return r
	}
	return r.MoveAxis([]int{-2, -1}[2-len(c.to):], c.to)
}
