package nd

// The short way of Einsum: the products of two arrays that MatMul knows by itself.

// quickEinsum is Einsum of two plain arrays of floats or complex numbers by frequent
// subscripts with an arrow; nil for any other, and for a mistake.
func quickEinsum(subscripts string, operands []*Array) *Array {
	if len(operands) != 2 || len(subscripts) > 12 {
		return nil
	}
	a, b := operands[0], operands[1]
	if a == nil || b == nil || !a.plain() || !b.plain() || a.dtype != b.dtype || !a.dtype.IsNative() || !a.dtype.IsFloat() && !a.dtype.IsComplex() {
		return nil
	}
	s, t := a.lay.Shape, b.lay.Shape
	is := func(n, m int) bool { return len(s) == n && len(t) == m && a.Size() > 0 && b.Size() > 0 }
	switch asWritten(subscripts) {
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
			return a.Reshape(-1, 1).Multiply(b)
		}
	}
	return nil
}

// asWritten returns short subscripts with the letters i, j, k in the order in which they
// first stand there.
func asWritten(s string) string {
	var out, seen [12]byte
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
	return string(out[:len(s)])
}
