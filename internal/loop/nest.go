package loop

// MaxDims is the largest number of axes an operand may have (NumPy's 64).
const MaxDims = 64

// MaxOps is the largest number of operands of one nest: two outputs, two
// inputs, a mask and one to spare.
const MaxOps = 6

// Nest is a nest of loops over one shape and the strides of several operands.
// Axis 0 is the innermost. Axes are ordered as NumPy's iterator orders them
// (npyiter_find_best_axis_ordering): by the absolute strides of the operands,
// the earlier axis of a C-ordered walk winning every conflict.
//
// A Nest is large and lives in a pooled Scratch; Reset makes it ready without
// clearing it.
type Nest struct {
	N      int                  // axes left
	Shape  [MaxDims]int         // items per axis
	Stride [MaxOps][MaxDims]int // bytes per axis of each operand; 0 on axes of length 1
	Off    [MaxOps]int          // bytes from each operand's item [0,…,0] to the present item
	Perm   [MaxDims]int         // Perm[i] is the original axis, counted from the last, of axis i before coalescing
	ops    int
	idx    [MaxDims]int
}

// Reset makes a nest of one loop per axis of shape, the last axis innermost.
func (n *Nest) Reset(shape []int) {
	n.N, n.ops = len(shape), 0
	for d, s := range shape {
		i := n.N - 1 - d
		n.Shape[i], n.Perm[i], n.idx[i] = s, i, 0
	}
}

// Add adds an operand by its strides over the nest's shape and returns its number.
// Missing leading axes are broadcast.
func (n *Nest) Add(shape, strides []int) int {
	k := n.ops
	n.ops++
	n.Off[k] = 0
	st := &n.Stride[k]
	for i := 0; i < n.N; i++ {
		d := len(strides) - 1 - i
		if d < 0 || shape[d] == 1 {
			st[i] = 0
		} else {
			st[i] = strides[d]
		}
	}
	return k
}

// Sort orders the axes by the operands' strides, the smallest innermost.
func (n *Nest) Sort() {
	if n.N < 2 {
		return
	}
	for i0 := 1; i0 < n.N; i0++ {
		pos := i0
		for i1 := i0 - 1; i1 >= 0; i1-- {
			ambiguous, swap := true, false
			for k := 0; k < n.ops; k++ {
				// Axis i0 has not moved yet; axes before it are sorted.
				s0, s1 := n.Stride[k][i0], n.Stride[k][i1]
				if s0 == 0 || s1 == 0 {
					continue
				}
				if abs(s1) <= abs(s0) {
					swap = false
				} else if ambiguous {
					swap = true
				}
				ambiguous = false
			}
			if !ambiguous {
				if !swap {
					break
				}
				pos = i1
			}
		}
		if pos != i0 {
			n.rotate(pos, i0)
		}
	}
}

// rotate moves axis from to position to, which lies before it.
func (n *Nest) rotate(to, from int) {
	s, p := n.Shape[from], n.Perm[from]
	copy(n.Shape[to+1:from+1], n.Shape[to:from])
	copy(n.Perm[to+1:from+1], n.Perm[to:from])
	n.Shape[to], n.Perm[to] = s, p
	for k := 0; k < n.ops; k++ {
		st := &n.Stride[k]
		v := st[from]
		copy(st[to+1:from+1], st[to:from])
		st[to] = v
	}
}

// Swap exchanges axis i and the next one out.
func (n *Nest) Swap(i int) { n.rotate(i, i+1) }

// Shift goes on by so many places along an axis, which the caller takes back before Next.
func (n *Nest) Shift(axis, by int) {
	for k := range n.ops {
		n.Off[k] += by * n.Stride[k][axis]
	}
}

// Reverse makes the first axis the innermost: the walk in Fortran order.
func (n *Nest) Reverse() {
	for i, j := 0, n.N-1; i < j; i, j = i+1, j-1 {
		n.Shape[i], n.Shape[j] = n.Shape[j], n.Shape[i]
		n.Perm[i], n.Perm[j] = n.Perm[j], n.Perm[i]
		for k := 0; k < n.ops; k++ {
			st := &n.Stride[k]
			st[i], st[j] = st[j], st[i]
		}
	}
}

// Flip turns round every axis on which no operand's stride is positive and one
// is negative, so that memory is walked upwards.
func (n *Nest) Flip() {
	for i := 0; i < n.N; i++ {
		neg := false
		for k := 0; k < n.ops; k++ {
			s := n.Stride[k][i]
			if s > 0 {
				neg = false
				break
			}
			neg = neg || s < 0
		}
		if !neg || n.Shape[i] == 0 {
			continue
		}
		for k := 0; k < n.ops; k++ {
			n.Off[k] += n.Stride[k][i] * (n.Shape[i] - 1)
			n.Stride[k][i] = -n.Stride[k][i]
		}
	}
}

// Coalesce joins neighbouring axes that every operand walks with one stride,
// and drops axes of length 1. At least one axis is left.
func (n *Nest) Coalesce() {
	if n.N == 0 {
		n.N = 1
		n.Shape[0], n.idx[0], n.Perm[0] = 1, 0, 0
		for k := 0; k < n.ops; k++ {
			n.Stride[k][0] = 0
		}
		return
	}
	w := 0
	for r := 1; r < n.N; r++ {
		can := true
		for k := 0; k < n.ops && can; k++ {
			st := &n.Stride[k]
			can = n.Shape[w] == 1 && st[w] == 0 || n.Shape[r] == 1 && st[r] == 0 ||
				st[w]*n.Shape[w] == st[r]
		}
		if can {
			for k := 0; k < n.ops; k++ {
				st := &n.Stride[k]
				if n.Shape[w] == 1 {
					st[w] = st[r]
				}
			}
			n.Shape[w] *= n.Shape[r]
			continue
		}
		w++
		n.Shape[w] = n.Shape[r]
		for k := 0; k < n.ops; k++ {
			n.Stride[k][w] = n.Stride[k][r]
		}
	}
	n.N = w + 1
}

// Next steps the axes from axis on, the walk inside them being the caller's,
// and reports whether there is a next position.
func (n *Nest) Next(axis int) bool {
	for i := axis; i < n.N; i++ {
		n.idx[i]++
		if n.idx[i] < n.Shape[i] {
			for k := 0; k < n.ops; k++ {
				n.Off[k] += n.Stride[k][i]
			}
			return true
		}
		n.idx[i] = 0
		for k := 0; k < n.ops; k++ {
			n.Off[k] -= n.Stride[k][i] * (n.Shape[i] - 1)
		}
	}
	return false
}

// Size returns the number of positions.
func (n *Nest) Size() int {
	size := 1
	for i := range n.N {
		size *= n.Shape[i]
	}
	return size
}

// Dense reports whether operand k, of items of size bytes, is walked from one item to
// the next.
func (n *Nest) Dense(k, size int) bool {
	for i := range n.N {
		if n.Shape[i] > 1 && n.Stride[k][i] != size {
			return false
		}
		size *= n.Shape[i]
	}
	return true
}

// Empty reports whether some axis has no items.
func (n *Nest) Empty() bool {
	for i := 0; i < n.N; i++ {
		if n.Shape[i] == 0 {
			return true
		}
	}
	return false
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

// Index returns the present position along an axis.
func (n *Nest) Index(axis int) int { return n.idx[axis] }
