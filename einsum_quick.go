package nd

// The short way of Einsum: sums and products that other calls know by themselves.

// quickEinsum is Einsum of one or two plain arrays of floats or complex numbers by frequent
// subscripts with an arrow; nil for any other, and for a mistake.
func quickEinsum(subscripts string, operands []*Array) *Array {
	if len(subscripts) > 12 || len(operands) == 0 || len(operands) > 2 {
		return nil
	}
	a, b := operands[0], operands[len(operands)-1]
	for _, x := range operands {
		if !x.plain() || x.dtype != a.dtype || !x.dtype.IsNative() || !hasNaN(x.dtype) || x.Size() == 0 {
			return nil
		}
	}
	s, t := a.lay.Shape, b.lay.Shape
	if len(operands) == 1 {
		t = nil
	}
	letters, axes := asWritten(subscripts)
	if axes[0] != len(s) || axes[1] != len(t) {
		return nil
	}
	switch string(letters[:len(subscripts)]) {
	case "i->", "ij->":
		return a.Sum()
	case "ij->i":
		return a.Sum(Axis(1))
	case "ij->j":
		return a.Sum(Axis(0))
	case "ii->":
		if s[0] == s[1] {
			return quickDiagonalSum(a)
		}
	case "i,j->ij":
		return a.OuterProduct(b)
	case "i,i->", "i,ij->j":
		if s[0] == t[0] {
			return a.MatMul(b)
		}
	case "ij,j->i", "ij,jk->ik":
		if s[1] == t[0] {
			return a.MatMul(b)
		}
	case "ijk,ikl->ijl":
		if s[0] == t[0] && s[2] == t[1] {
			return a.MatMul(b)
		}
	case "i,i->i", "ij,ij->ij":
		if sameShape(a, b) {
			return a.Multiply(b)
		}
	case "ij,ij->":
		if sameShape(a, b) {
			return a.Reshape(-1).MatMul(b.Reshape(-1))
		}
	case "ij,ij->i":
		if sameShape(a, b) {
			return quickRowDots(a, b)
		}
	}
	return nil
}

// asWritten returns short subscripts with the letters i, j, k in the order in which they
// first stand there, and how many the first and the second operand have.
func asWritten(s string) (out [12]byte, axes [3]int) {
	var seen [12]byte
	n, operand := 0, 0
	for p := range len(s) {
		c := s[p]
		switch {
		case isLetter(c):
			k := 0
			for k < n && seen[k] != c {
				k++
			}
			if k == n {
				seen[n] = c
				n++
			}
			c = 'i' + byte(k)
			axes[operand]++
		case c == ',':
			operand = min(operand+1, 2)
		case c == '-':
			operand = 2
		}
		out[p] = c
	}
	return out, axes
}
