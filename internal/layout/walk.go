package layout

// Walk is an order in which to visit the items of N operands of one shape
// together. Init makes one; the zero Walk is ready for that, and a Walk that is
// used again keeps its memory.
type Walk struct {
	// Shape holds the lengths of the loops, the outermost first. There is at
	// least one loop. No loop has length 1 unless it is the only one.
	Shape []int
	// Strides[op][k] is the step of operand op in bytes in loop k.
	Strides [][]int
	// Offsets[op] leads from item [0,…,0] of operand op to the first item
	// visited. It is 0 unless the walk was turned around.
	Offsets []int

	room []int
	perm []int
}

// InitC visits the items in C order of shape. Neighbouring loops that step
// through every operand like one longer loop become one. Each operand has a
// stride for each axis of shape (0 where it is broadcast).
func (w *Walk) InitC(shape []int, strides ...[]int) {
	w.clear(len(shape), len(strides))
	for k := range shape {
		w.push(shape[k], k, strides)
	}
	w.finish()
}

// InitK visits the items in the order that suits memory: the loops are sorted
// as by Order, a loop in which no operand moves forward and some operand moves
// back is turned around, and neighbouring loops are merged where possible. Every
// item is visited once, but in no order that the caller may rely on.
func (w *Walk) InitK(shape []int, strides ...[]int) {
	w.clear(len(shape), len(strides))
	w.perm = append(w.perm[:0], shape...) // grown to length
	order(w.perm, shape, strides)
	for _, k := range w.perm {
		w.push(shape[k], k, strides)
	}
	w.flip()
	w.finish()
}

// Size returns the number of items that the walk visits.
func (w *Walk) Size() int { return Size(w.Shape) }

// Inner returns the length of the innermost loop.
func (w *Walk) Inner() int { return w.Shape[len(w.Shape)-1] }

func (w *Walk) clear(ndim, nops int) {
	ndim = max(ndim, 1)
	if need := ndim*(nops+1) + nops; cap(w.room) < need {
		w.room = make([]int, need)
	}
	if cap(w.Strides) < nops {
		w.Strides = make([][]int, nops)
	}
	w.Strides = w.Strides[:nops]
	room := w.room[:cap(w.room)]
	w.Shape, room = room[:0:ndim], room[ndim:]
	for op := range w.Strides {
		w.Strides[op], room = room[:0:ndim], room[ndim:]
	}
	w.Offsets = room[:nops:nops]
	clear(w.Offsets)
}

// push adds a loop inside those there are.
func (w *Walk) push(n, axis int, strides [][]int) {
	if n == 1 {
		return
	}
	w.Shape = append(w.Shape, n)
	for op := range strides {
		w.Strides[op] = append(w.Strides[op], strides[op][axis])
	}
}

// flip turns around the loops along which memory is only walked backwards.
func (w *Walk) flip() {
	for k, n := range w.Shape {
		back, forth := false, false
		for _, s := range w.Strides {
			back = back || s[k] < 0
			forth = forth || s[k] > 0
		}
		if !back || forth || n == 0 {
			continue
		}
		for op, s := range w.Strides {
			w.Offsets[op] += (n - 1) * s[k]
			s[k] = -s[k]
		}
	}
}

// finish merges loops and sees to it that there is one.
func (w *Walk) finish() {
	if len(w.Shape) == 0 {
		w.Shape = append(w.Shape, 1)
		for op := range w.Strides {
			w.Strides[op] = append(w.Strides[op], 0)
		}
		return
	}
	for _, n := range w.Shape {
		if n == 0 {
			w.keep(1)
			w.Shape[0] = 0
			return
		}
	}
	at := 0 // the loop that the next one may be merged into
	for k := 1; k < len(w.Shape); k++ {
		if w.mergeable(at, k) {
			w.Shape[at] *= w.Shape[k]
		} else {
			at++
			w.Shape[at] = w.Shape[k]
		}
		for _, s := range w.Strides {
			s[at] = s[k]
		}
	}
	w.keep(at + 1)
}

// mergeable reports whether a step of loop a equals, for every operand, a whole
// run of the loop b inside it.
func (w *Walk) mergeable(a, b int) bool {
	n := w.Shape[b]
	for _, s := range w.Strides {
		if s[a] != s[b]*n {
			return false
		}
	}
	return true
}

func (w *Walk) keep(n int) {
	w.Shape = w.Shape[:n]
	for op := range w.Strides {
		w.Strides[op] = w.Strides[op][:n]
	}
}
