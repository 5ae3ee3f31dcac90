package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Tapes: small programs over an accumulator of eight vectors. The operations bear
// the numbers that tape.go of package kernel gives them; where an operation has a
// reversed form, its number follows.

// tapeOps are the operations in the order of their numbers; the loop's end is 0.
var tapeOps = []string{"end", "load", "store", "stream", "add", "addR", "subtract", "subtractR", "multiply", "multiplyR",
	"divide", "divideR", "maximum", "maximumR", "minimum", "minimumR", "square", "negative", "absolute", "sqrt", "reciprocal"}

const tapeVectors = 8

// tapes writes one loop for each kind of item and level.
func tapes(g *gen) {
	for _, s := range []int{8, 4} {
		for _, float := range []bool{true, false} {
			for _, w := range []int{64, 32} {
				if w == 64 || s == 4 || float { // AVX2 has no product of 64-bit integers
					tapeLoop(g, w, s, float)
				}
			}
		}
	}
}

// tape is one loop being written.
type tape struct {
	*gen
	w, s int
	acc  [tapeVectors]reg.VecVirtual
	p    reg.Register // the operand's address
}

func tapeLoop(g *gen, w, s int, float bool) {
	kind := "Int" + intLetter[s]
	if float {
		kind = floatKinds[s]
	}
	level := levelName[w]
	g.begin("tape"+kind+level, "func(code, at unsafe.Pointer, chunks int)",
		fmt.Sprintf("runs the tape at code chunks times over %d items of %d bytes; see tape.go.", tapeVectors*w/s, s))
	t := &tape{gen: g, w: w, s: s}
	code, at, chunks := g.arg("code"), g.arg("at"), g.arg("chunks")
	for i := range t.acc {
		t.acc[i] = g.vec(w)
	}
	off, ip, op, p := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	t.p = p
	for _, a := range t.acc {
		g.do(logic("VPXOR", w), a, a, a)
	}
	g.XORQ(off, off)
	g.Label("chunk")
	g.MOVQ(code, ip)
	g.Label("next")
	g.MOVBLZX(mem{Base: ip}, op.As32())
	g.MOVBQSX(mem{Base: ip, Disp: 1}, p)
	at32 := g.GP64()
	g.MOVL(mem{Base: ip, Disp: 4}, at32.As32())
	g.ANDQ(off, p)
	g.ADDQ(mem{Base: at, Index: at32, Scale: 8}, p)
	g.ADDQ(operand.U8(8), ip)

	steps := t.steps(float)
	steps["end"] = func() {
		g.ADDQ(operand.U32(uint64(tapeVectors*w)), off)
		g.SUBQ(operand.U8(1), chunks)
		g.jump("JNZ", "chunk")
		g.end()
	}
	var have []int
	for i, name := range tapeOps {
		if steps[name] != nil {
			have = append(have, i)
		}
	}
	var branch func(ops []int)
	branch = func(ops []int) {
		if len(ops) == 1 {
			name := tapeOps[ops[0]]
			g.Comment(name)
			steps[name]()
			if name != "end" {
				g.jump("JMP", "next")
			}
			return
		}
		half := len(ops) / 2
		right := g.label("op")
		g.CMPQ(op, operand.U8(uint64(ops[half])))
		g.jump("JGE", right)
		branch(ops[:half])
		g.Label(right)
		branch(ops[half:])
	}
	branch(have)
}

// each calls f for the accumulator's vectors and the operand's.
func (t *tape) each(f func(a reg.VecVirtual, m mem)) func() {
	return func() {
		for i, a := range t.acc {
			f(a, mem{Base: t.p, Disp: i * t.w})
		}
	}
}

// steps returns the code of the operations that a kind has.
func (t *tape) steps(float bool) map[string]func() {
	g, w, s := t.gen, t.w, t.s
	move := "VMOVDQU"
	if w == 64 {
		move = "VMOVDQU64"
	}
	m := map[string]func(){
		"load":   t.each(func(a reg.VecVirtual, m mem) { g.do(move, m, a) }),
		"store":  t.each(func(a reg.VecVirtual, m mem) { g.do(move, a, m) }),
		"stream": t.each(func(a reg.VecVirtual, m mem) { g.VMOVNTDQ(a, m) }),
	}
	// both writes an instruction in its two orders: acc = acc op x, acc = x op acc.
	// Of two NaNs the first is the result, so that the order matters for sums too.
	both := func(name, code string) {
		m[name] = t.each(func(a reg.VecVirtual, m mem) { g.do(code, m, a, a) })
		m[name+"R"] = t.each(func(a reg.VecVirtual, m mem) {
			x := g.vec(w)
			g.do(move, m, x)
			g.do(code, a, x, a)
		})
	}
	splat := func(v uint64) reg.VecVirtual {
		c := g.vec(w)
		g.VBROADCASTSD(g.const64(v), c)
		return c
	}
	if !float {
		l := intLetter[s]
		both("add", "VPADD"+l)
		both("subtract", "VPSUB"+l)
		both("multiply", "VPMULL"+l)
		m["square"] = t.each(func(a reg.VecVirtual, _ mem) { g.do("VPMULL"+l, a, a, a) })
		m["negative"] = func() {
			zero := g.zero(w)
			t.each(func(a reg.VecVirtual, _ mem) { g.do("VPSUB"+l, a, zero, a) })()
		}
		return m
	}
	p := "P" + floatLetter[s]
	for _, o := range []string{"add", "sub", "mul", "div"} {
		both(map[string]string{"add": "add", "sub": "subtract", "mul": "multiply", "div": "divide"}[o], "V"+strings.ToUpper(o)+p)
	}
	for name, code := range map[string]string{"maximum": "VMAX" + p, "minimum": "VMIN" + p} {
		// order is y = code(x, y), or x where that is NaN.
		order := func(x, y, to reg.VecVirtual) {
			r := g.vec(w)
			g.do(code, y, x, r)
			if w == 64 {
				hit := g.K()
				g.do("VCMP"+p, operand.U8(unordered), x, x, hit)
				g.do("VMOVAP"+floatLetter[s], x, hit, r)
				g.do("VMOVAP"+floatLetter[s], r, to)
				return
			}
			nan := g.vec(w)
			g.do("VCMP"+p, operand.U8(unordered), x, x, nan)
			g.do("VBLENDVP"+floatLetter[s], nan, x, r, to)
		}
		m[name] = t.each(func(a reg.VecVirtual, m mem) {
			y := g.vec(w)
			g.do(move, m, y)
			order(a, y, a)
		})
		m[name+"R"] = t.each(func(a reg.VecVirtual, m mem) {
			x := g.vec(w)
			g.do(move, m, x)
			order(x, a, a)
		})
	}
	m["square"] = t.each(func(a reg.VecVirtual, _ mem) { g.do("VMUL"+p, a, a, a) })
	m["sqrt"] = t.each(func(a reg.VecVirtual, _ mem) { g.do("VSQRT"+p, a, a) })
	with := func(v uint64, f func(c, a reg.VecVirtual)) func() {
		return func() {
			c := splat(v)
			t.each(func(a reg.VecVirtual, _ mem) { f(c, a) })()
		}
	}
	m["negative"] = with(signBit[s], func(c, a reg.VecVirtual) { g.do(logic("VPXOR", w), c, a, a) })
	m["absolute"] = with(^signBit[s], func(c, a reg.VecVirtual) { g.do(logic("VPAND", w), c, a, a) })
	m["reciprocal"] = with(oneBits[s], func(c, a reg.VecVirtual) { g.do("VDIV"+p, a, c, a) })
	return m
}
