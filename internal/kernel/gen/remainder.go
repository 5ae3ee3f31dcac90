package main

// remainders writes fmod, remainder and floor_divide of floats.
func remainders(g *gen) {
	for _, f := range []function{
		{op: "Fmod", doc: "dst[i] = fmod(a[i], b[i])", f: of2(g.fmod)},
		{op: "Remainder", doc: "dst[i] = remainder(a[i], b[i])", f: of2(g.remainder)},
		{op: "FloorDivide", doc: "dst[i] = floorDivide(a[i], b[i])", f: of2(g.floorDivide)},
	} {
		f.inputs, f.bails, f.exact = 2, true, true
		for _, f.size = range []int{4, 8} {
			g.write(f, 64)
			g.write(f, 32)
		}
	}
}

// fmod is exact: the quotient, if it has no more bits than a fraction, is off by one at
// most when it is rounded, and a remainder fused from it is a multiple of the last place
// of y below y. A greater quotient is for the Go loop.
func (g *gen) fmod(x, y vec) vec {
	a, b := g.abs(x), g.abs(y)
	q := g.div(a, b)
	r := g.fnma(g.rounded(q, toZero), b, a)
	most := map[int]float64{4: 1 << 23, 8: 1 << 52}[g.size]
	// Where there is no remainder, r is NaN as it should be.
	g.bailIf(g.both(g.where(q, isNotLess, most), g.where(r, isNumber, r)))
	g.putOf("VADD", r, r, b, g.where(r, isLess, 0.0))
	g.putOf("VSUB", r, r, b, g.where(r, isAtLeast, b))
	g.put(r, a, g.where(a, isLess, b)) // beside an infinite y, too
	return g.withSign(r, x)
}

// remainder is fmod, moved to the side of y; a zero has its sign.
func (g *gen) remainder(x, y vec) vec {
	r := g.fmod(x, y)
	g.putOf("VADD", r, r, y, g.apart(r, y))
	g.put(r, g.and(y, g.sign()), g.where(r, isEqual, 0.0))
	return r
}

// floorDivide rounds (x - remainder) / y to an integer, which it nearly is.
func (g *gen) floorDivide(x, y vec) vec {
	r := g.fmod(x, y)
	q := g.div(g.sub(x, r), y)
	g.putOf("VSUB", q, q, g.set(1), g.apart(r, y))
	n := g.rounded(q, toFloor)
	g.putOf("VADD", n, n, g.set(1), g.where(g.sub(q, n), isGreater, 0.5))
	sign := g.and(g.arg2("VXOR", x, y), g.sign())
	g.put(n, sign, g.where(q, isEqual, 0.0))
	g.put(n, g.div(x, y), g.where(y, isEqual, 0.0))
	return n
}

// apart returns a mask of the lanes where r is not zero and of another sign than y.
func (g *gen) apart(r, y vec) op {
	return g.both(g.negative(g.arg2("VXOR", r, y)), g.where(r, isNotZero, g.none()))
}
