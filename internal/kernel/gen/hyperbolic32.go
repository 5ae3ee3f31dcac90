package main

import "math"

// tanh32 returns the hyperbolic tangent by a polynomial for each half of a
// binade, around a point at which the tangent is nearly a float32; the first
// reaches from 0 to 1/4. From 9.5 on it is 1.
func (g *gen) tanh32(x vec) vec {
	a := g.arg2("VMIN", g.set(9.5), g.abs(x))
	j := g.shift("VPSRL", g.arg2("VMAX", g.set(0.1875), a), 22)
	at := func(i int) vec { return g.lookup(j, tanhNames[i], tableTanh32[i][:]) }
	d := g.sub(a, at(0))
	y := at(len(tableTanh32) - 1)
	for i := len(tableTanh32) - 2; i >= 2; i-- {
		y = g.fma(y, d, at(i))
	}
	// the constant, or where that is 0, d
	return g.withSign(g.fma(y, d, g.arg2("VMAX", d, at(1))), x)
}

var tanhNames = [...]string{"tanhAt", "tanhOf", "tanhTo1", "tanhTo2", "tanhTo3", "tanhTo4", "tanhTo5", "tanhTo6", "tanhTo7"}

func tanhTables() (t []heldTable) {
	for i, name := range tanhNames {
		t = append(t, heldTable{name, tableTanh32[i][:]})
	}
	return t
}

// expm132 returns e**x - 1 as twice (s - 1/2) + s*r + s*lo, s being half of the
// power of two: x = n*log(2) + r, e**r = 1 + r + lo. From -20 down it is -1.
func (g *gen) expm132(x vec) vec {
	x20 := g.clamp(x, -20, 89)
	t := g.fma(x20, math.Log2E, g.set(roundMagic32))
	n := g.sub(t, roundMagic32)
	h := g.fnma(n, ln2High32, x20)
	r := g.fnma(n, ln2Low32, h)
	rl := g.fnma(n, ln2Low32, g.sub(h, r))
	lo := g.fma(g.mul(r, r), g.poly(r, polyExp32[2:]), rl)
	s := g.addInt(g.shift("VPSLL", t, 23), g.bitsOf(0.5))
	a := g.sub(s, 0.5)
	hi := g.fma(s, r, a)
	rest := g.add(g.fms(s, r, g.sub(hi, a)), g.sub(g.sub(s, a), 0.5))
	y := g.add(hi, g.fma(s, lo, rest))
	y = g.add(y, y)
	return g.small(y, x, 0x1p-26)
}
