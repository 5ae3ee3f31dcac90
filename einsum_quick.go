package nd

// The short way of Einsum: sums and products that other calls know by themselves.

// quickEinsum is Einsum of two plain arrays of floats or complex numbers by frequent
// subscripts with an arrow; nil for any other, and for a mistake.
func quickEinsum(subscripts string, operands []*Array) *Array {
	if len(subscripts) > 12 {
		return nil
	}
	if len(operands) == 1 {
		return quickEinsum1(subscripts, operands[0])
	}
	if len(operands) != 2 {
		return nil
	}
	a, b := operands[0], operands[1]
	if a == nil || b == nil || !a.plain() || !b.plain() || a.dtype != b.dtype || !a.dtype.IsNative() || !a.dtype.IsFloat() && !a.dtype.IsComplex() {
		return nil
	}
	s, t := a.lay.Shape, b.lay.Shape
	is := func(n, m int) bool { return len(s) == n && len(t) == m && a.Size() > 0 && b.Size() > 0 }
	letters := asWritten(subscripts)
	switch string(letters[:len(subscripts)]) {
	case "ij,jk->ik":
		if is(2, 2) && s[1] == t[0] {
			return a.MatMul(b)
		}
	case "ij,j->i":
		if is(2, 1) && s[1] == t[0] {
			return a.MatMul(b)
		}
	case "i,ij->j":
		if is(1, 2) && s[0] == t[0] {
			return a.MatMul(b)
		}
	case "i,i->":
		if is(1, 1) && s[0] == t[0] {
			return a.MatMul(b)
		}
	case "ij,ij->":
		if is(2, 2) && sameShape(a, b) {
			return a.Reshape(-1).MatMul(b.Reshape(-1))
		}
	case "i,j->ij":
		if is(1, 1) {
			return a.OuterProduct(b)
		}
	case "i,i->i":
		if is(1, 1) && sameShape(a, b) {
			return a.Multiply(b)
		}
	case "ij,ij->ij":
		if is(2, 2) && sameShape(a, b) {
			return a.Multiply(b)
		}
	case "ij,ij->i":
		if is(2, 2) && sameShape(a, b) {
			return quickRowDots(a, b)
		}
	case "ijk,ikl->ijl":
		if is(3, 3) && s[0] == t[0] && s[2] == t[1] {
			return a.MatMul(b)
		}
	}
	return nil
}

// quickEinsum1 is quickEinsum of one array.
func quickEinsum1(subscripts string, a *Array) *Array {
	if a == nil || !a.plain() || !a.dtype.IsNative() || !a.dtype.IsFloat() && !a.dtype.IsComplex() || a.Size() == 0 {
		return nil
	}
	n := len(a.lay.Shape)
	letters := asWritten(subscripts)
	switch string(letters[:len(subscripts)]) {
	case "ii->":
		if n == 2 && a.lay.Shape[0] == a.lay.Shape[1] {
			return quickDiagonalSum(a)
		}
	case "ij->i":
		if n == 2 {
			return a.Sum(Axis(1))
		}
	case "ij->j":
		if n == 2 {
			return a.Sum(Axis(0))
		}
	case "i->":
		if n == 1 {
			return a.Sum()
		}
	case "ij->":
		if n == 2 {
			return a.Sum()
		}
	}
	return nil
}

// asWritten returns short subscripts with the letters i, j, k in the order in which they
// first stand there.
func asWritten(s string) (out [12]byte) {
	var seen [12]byte
	n := 0
	for p := range len(s) {
		c := s[p]
		if isLetter(c) {
			k := 0
			for k < n && seen[k] != c {
				k++
			}
			if k == n {
				seen[n] = c
				n++
			}
			c = 'i' + byte(k)
		}
		out[p] = c
	}
	return out
}
