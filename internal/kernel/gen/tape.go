package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/gotypes"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Tapes: small programs over an accumulator of a few vectors. The operations bear
// the numbers that tape.go of package kernel gives them; where an operation has a
// reversed form, its number follows.
//
// Each operation is a piece of code of its own that ends with a jump to the next
// one's, whose address a table has: a jump from one place for all would be foreseen
// less well, and a search for the operation takes longer than its arithmetic. The
// pieces share registers, which are fixed for that reason. A chunk is four lines of a
// cache: with eight, loops over operands in memory take 1.3 times as long on Zen 4.

// tapeOps are the operations in the order of their numbers; the loop's end is 0.
var tapeOps = []string{"end", "load", "store", "stream", "room", "add", "addR", "subtract", "subtractR", "multiply", "multiplyR",
	"divide", "divideR", "maximum", "maximumR", "minimum", "minimumR", "maximumU", "minimumU", "and", "or", "xor",
	"square", "negative", "absolute", "sqrt", "reciprocal", "floor", "ceil", "rint", "trunc", "invert",
	"loadF32", "loadF16", "loadI32", "loadU32", "loadI16", "loadU16", "loadI8", "loadU8", "loadBool",
	"equal", "notEqual", "less", "greater", "lessEqual", "greaterEqual", "lessU", "greaterU", "lessEqualU", "greaterEqualU",
	"isnan", "isinf", "isfinite", "signbit",
	"maskAnd", "maskOr", "maskXor", "maskNot", "maskKeep", "maskTake", "maskLoad", "maskStore", "then", "else", "number"}

const tapeBytes = 256 // of a chunk

// The registers of tapes.
var (
	tapeCode   = reg.RAX // the first step
	tapeAt     = reg.RCX // the table of addresses
	tapeChunks = reg.RDX // left
	tapeOff    = reg.RBX // of the chunk
	tapeStep   = reg.RSI // the next one
	tapeOp     = reg.RDI
	tapeIndex  = reg.R9
	tapeP      = reg.R8  // the operand's address
	tapeJumps  = reg.R10 // the table of operations
	tapeRoom   = reg.R11 // where the step "room" writes
)

// tapes writes one loop for each kind of item and level.
func tapes(g *gen) {
	for _, s := range []int{8, 4} {
		for _, float := range []bool{true, false} {
			for _, w := range []int{64, 32} {
				tapeLoop(g, w, s, float)
			}
		}
	}
}

// tape is one loop being written.
type tape struct {
	*gen
	w, s int
	acc  []reg.Register
	x    [4]reg.Register // beside the accumulator
}

// address is that of a piece of code.
type address struct {
	operand.U64
	code string
}

// Asm is how the assembler writes the address.
func (a address) Asm() string { return "$·" + a.code + "(SB)" }

func tapeLoop(g *gen, w, s int, float bool) {
	kind := "Int" + intLetter[s]
	if float {
		kind = floatKinds[s]
	}
	name := "tape" + kind + levelName[w]
	g.begin(name, "func(code, at, room unsafe.Pointer, off, chunks int)",
		fmt.Sprintf("runs the tape at code for so many chunks of %d items of %d bytes, the first off bytes from the beginning; see tape.go.", tapeBytes/s, s))
	t := &tape{gen: g, w: w, s: s}
	vector := func(i int) reg.Register {
		if w == 64 {
			return []reg.Register{reg.Z0, reg.Z1, reg.Z2, reg.Z3, reg.Z4, reg.Z5, reg.Z6, reg.Z7}[i]
		}
		return []reg.Register{reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5, reg.Y6, reg.Y7, reg.Y8, reg.Y9, reg.Y10, reg.Y11}[i]
	}
	for i := range tapeBytes / w {
		t.acc = append(t.acc, vector(i))
	}
	for i := range t.x {
		t.x[i] = vector(len(t.acc) + i)
	}
	g.MOVQ(g.slot("code"), tapeCode)
	g.MOVQ(g.slot("at"), tapeAt)
	g.MOVQ(g.slot("room"), tapeRoom)
	g.MOVQ(g.slot("off"), tapeOff)
	g.MOVQ(g.slot("chunks"), tapeChunks)
	steps := t.steps(float)
	steps["end"] = func() {
		g.ADDQ(operand.U32(tapeBytes), tapeOff)
		g.SUBQ(operand.U8(1), tapeChunks)
		g.jump("JEQ", "done")
		g.MOVQ(tapeCode, tapeStep)
		t.next()
		g.Label("done")
		g.end()
	}
	jumps := g.StaticGlobal(name + "Ops")
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	for i, op := range tapeOps {
		if steps[op] == nil {
			op = "end" // no tape has it
		}
		g.AddDatum(8*i, address{code: name + op + "<>"})
	}
	g.MOVQ(tapeCode, tapeStep)
	g.LEAQ(jumps, tapeJumps)
	t.next()
	for _, op := range tapeOps {
		if steps[op] == nil {
			continue
		}
		g.Function(name + op + "<>")
		g.Attributes(attr.NOSPLIT)
		g.Signature(gotypes.NewSignatureVoid())
		steps[op]()
		if op != "end" {
			t.next()
		}
	}
}

// next goes to the next step, with its operand's address.
func (t *tape) next() {
	t.MOVBQSX(mem{Base: tapeStep, Disp: 1}, tapeP)
	t.MOVL(mem{Base: tapeStep, Disp: 4}, tapeIndex.As32())
	t.MOVBLZX(mem{Base: tapeStep}, tapeOp.As32())
	t.ANDQ(tapeOff, tapeP)
	t.ADDQ(mem{Base: tapeAt, Index: tapeIndex, Scale: 8}, tapeP)
	t.ADDQ(operand.U8(8), tapeStep)
	t.Instruction(&ir.Instruction{Opcode: "JMP", Operands: []op{mem{Base: tapeJumps, Index: tapeOp, Scale: 8}}, IsTerminal: true})
}

// each calls f for the accumulator's vectors and the operand's.
func (t *tape) each(f func(a reg.Register, m mem)) func() {
	return func() {
		for i, a := range t.acc {
			f(a, mem{Base: tapeP, Disp: i * t.w})
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
		"load":   t.each(func(a reg.Register, m mem) { g.do(move, m, a) }),
		"store":  t.each(func(a reg.Register, m mem) { g.do(move, a, m) }),
		"stream": t.each(func(a reg.Register, m mem) { g.VMOVNTDQ(a, m) }),
		"room": func() {
			for i, a := range t.acc {
				g.do(move, a, mem{Base: tapeRoom, Disp: i * w})
			}
			g.ADDQ(operand.U32(tapeBytes), tapeRoom)
		},
	}
	// both writes an instruction in its two orders: acc = acc op x, acc = x op acc.
	// Of two NaNs the first is the result, so that the order matters for sums too.
	both := func(name, code string) {
		m[name] = t.each(func(a reg.Register, m mem) { g.do(code, m, a, a) })
		m[name+"R"] = t.each(func(a reg.Register, m mem) {
			g.do(move, m, t.x[0])
			g.do(code, a, t.x[0], a)
		})
	}
	if !float {
		l := intLetter[s]
		both("add", "VPADD"+l)
		both("subtract", "VPSUB"+l)
		one := func(name, code string) { m[name] = t.each(func(a reg.Register, m mem) { g.do(code, m, a, a) }) }
		if w == 32 && s == 8 {
			t.quads(m)
		} else {
			both("multiply", "VPMULL"+l)
			both("maximum", "VPMAXS"+l)
			both("minimum", "VPMINS"+l)
			one("maximumU", "VPMAXU"+l)
			one("minimumU", "VPMINU"+l)
			m["square"] = t.each(func(a reg.Register, _ mem) { g.do("VPMULL"+l, a, a, a) })
		}
		one("and", logic("VPAND", w))
		one("or", logic("VPOR", w))
		one("xor", logic("VPXOR", w))
		m["invert"] = func() {
			ones := t.x[0]
			if w == 64 {
				g.VPTERNLOGQ(operand.U8(0xff), ones, ones, ones)
			} else {
				g.VPCMPEQD(ones, ones, ones)
			}
			t.each(func(a reg.Register, _ mem) { g.do(logic("VPXOR", w), ones, a, a) })()
		}
		m["negative"] = func() {
			zero := t.x[0]
			g.do(logic("VPXOR", w), zero, zero, zero)
			t.each(func(a reg.Register, _ mem) { g.do("VPSUB"+l, a, zero, a) })()
		}
		t.widenings(m, float)
		t.maskSteps(m, float)
		return m
	}
	p := "P" + floatLetter[s]
	for _, o := range []string{"add", "sub", "mul", "div"} {
		both(map[string]string{"add": "add", "sub": "subtract", "mul": "multiply", "div": "divide"}[o], "V"+strings.ToUpper(o)+p)
	}
	for name, code := range map[string]string{"maximum": "VMAX" + p, "minimum": "VMIN" + p} {
		// order is y = code(x, y), or x where that is NaN.
		order := func(x, y, to reg.Register) {
			r, nan := t.x[2], t.x[3]
			g.do(code, y, x, r)
			if w == 64 {
				hit := reg.K1
				g.do("VCMP"+p, operand.U8(unordered), x, x, hit)
				g.do("VMOVAP"+floatLetter[s], x, hit, r)
				g.do("VMOVAP"+floatLetter[s], r, to)
				return
			}
			g.do("VCMP"+p, operand.U8(unordered), x, x, nan)
			g.do("VBLENDVP"+floatLetter[s], nan, x, r, to)
		}
		m[name] = t.each(func(a reg.Register, m mem) {
			g.do(move, m, t.x[0])
			order(a, t.x[0], a)
		})
		m[name+"R"] = t.each(func(a reg.Register, m mem) {
			g.do(move, m, t.x[0])
			order(t.x[0], a, a)
		})
	}
	m["square"] = t.each(func(a reg.Register, _ mem) { g.do("VMUL"+p, a, a, a) })
	m["sqrt"] = t.each(func(a reg.Register, _ mem) { g.do("VSQRT"+p, a, a) })
	with := func(v uint64, f func(c, a reg.Register)) func() {
		return func() {
			c := t.x[0]
			g.VBROADCASTSD(g.const64(v), c)
			t.each(func(a reg.Register, _ mem) { f(c, a) })()
		}
	}
	m["negative"] = with(signBit[s], func(c, a reg.Register) { g.do(logic("VPXOR", w), c, a, a) })
	m["absolute"] = with(^signBit[s], func(c, a reg.Register) { g.do(logic("VPAND", w), c, a, a) })
	m["reciprocal"] = with(oneBits[s], func(c, a reg.Register) { g.do("VDIV"+p, a, c, a) })
	round := "VROUND" + p
	if w == 64 {
		round = "VRNDSCALE" + p
	}
	for how, name := range []string{"rint", "floor", "ceil", "trunc"} { // exceptions are masked
		m[name] = t.each(func(a reg.Register, _ mem) { g.do(round, operand.U8(8+how), a, a) })
	}
	t.widenings(m, float)
	t.maskSteps(m, float)
	return m
}

// maskSteps adds the operations whose result or operand is a mask.
func (t *tape) maskSteps(m map[string]func(), float bool) {
	if t.w == 64 {
		t.masks(m, float)
	} else {
		t.byteMasks(m, float)
	}
}

// quads adds the operations of 64-bit integers that AVX2 has no instruction for.
func (t *tape) quads(m map[string]func()) {
	g, x := t.gen, t.x
	multiply := func(a, b reg.Register) { byHalves(g, a, b, x[1], x[2]) }
	m["square"] = t.each(func(a reg.Register, _ mem) { multiply(a, a) })
	m["multiply"] = t.each(func(a reg.Register, m mem) {
		g.VMOVDQU(m, x[0])
		multiply(a, x[0])
	})
	m["multiplyR"] = m["multiply"]
	for _, unsigned := range []bool{false, true} {
		// extreme leaves in a the one of a and the operand that the signs tell.
		extreme := func(greater bool) func() {
			return func() {
				if unsigned {
					g.VBROADCASTSD(g.const64(signBit[8]), x[3])
				}
				t.each(func(a reg.Register, m mem) {
					g.VMOVDQU(m, x[0])
					p, q := a, x[0]
					if unsigned {
						g.VPXOR(x[3], a, x[1])
						g.VPXOR(x[3], x[0], x[2])
						p, q = x[1], x[2]
					}
					if greater {
						p, q = q, p
					}
					g.VPCMPGTQ(q, p, x[1]) // the operand takes the place of a
					g.VBLENDVPD(x[1], x[0], a, a)
				})()
			}
		}
		u := map[bool]string{true: "U"}[unsigned]
		m["maximum"+u], m["minimum"+u] = extreme(true), extreme(false)
	}
	m["maximumR"], m["minimumR"] = m["maximum"], m["minimum"]
}
