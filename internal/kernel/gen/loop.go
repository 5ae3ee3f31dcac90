package main

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"log"
	mathbits "math/bits"
	"slices"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/gotypes"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A step computes one vector: it reads the inputs at in, writes the output at
// out. k is nil or a mask of the lanes that exist.
type step func(g *gen, w int, in []mem, out mem, k op)

// mapping is a kernel dst[i] = f(a[i], …).
type mapping struct {
	name             string
	doc              string              // the plain Go loop's body
	in               []int               // bytes per item of each input; 0: one block of constants, for setup
	out              int                 // bytes per item of the output
	second           bool                // there is a second output, behind the first
	lanes            int                 // items per step; 0: as many as fill a vector
	lanes512, lanes2 int                 // the same for one level; 0: lanes
	unroll           int                 // steps a turn; 0: four
	loose            bool                // items may lie at any address: do not align the output
	pairs            bool                // items are pairs of lanes, which the loop counts
	bails            bool                // a step may jump to g.bail; the kernel returns how many items are left
	setup            func(g *gen, w int) // loads constants
	step             step
}

var inputNames = []string{"a", "b", "c"}

const (
	streamBytes = 16 << 20 // outputs of this size bypass the caches; StreamBytes of the package
	coldBit     = 62       // so do those of counts that have this bit; Cold of the package
	farBytes    = 1 << 20  // operands that together have this size lie beyond the second-level cache
)

// size suffixes of moves by lane: VMOVDQU8 and so on.
var laneMove = map[int]string{1: "VMOVDQU8", 2: "VMOVDQU16", 4: "VMOVDQU32", 8: "VMOVDQU64"}

// load reads a vector of w bytes with items of the given size, or those lanes
// that k has; the others are zero. In a far loop it reads two halves: on Zen 4 lines
// from beyond the second-level cache come 5 to 20 % sooner to loads of 32 bytes than
// to loads of 64, and at the same speed from within.
func (g *gen) load(w, size int, m mem, k op) reg.VecVirtual {
	r := g.vec(w)
	_, wide := k.(vec) // a mask of AVX2
	switch {
	case wide:
		g.do("VPMASKMOV"+intLetter[size], m, k, r)
	case k != nil:
		g.do(laneMove[size]+"_Z", m, k, r)
	case w == 64 && g.far:
		g.VMOVDQU64(m, r.AsY())
		m.Disp += 32
		g.VINSERTI64X4(operand.U8(1), m, r, r)
	case w == 64:
		g.VMOVDQU64(m, r)
	default:
		g.VMOVDQU(m, r)
	}
	return r
}

// store writes a vector, or those lanes that k has.
func (g *gen) store(w, size int, r op, m mem, k op) {
	_, wide := k.(vec)
	switch {
	case wide:
		g.do("VPMASKMOV"+intLetter[size], r, k, m)
	case k != nil:
		g.do(laneMove[size], r, k, m)
	case g.stream:
		g.VMOVNTDQ(r, m)
	case w == 64:
		g.VMOVDQU64(r, m)
	default:
		g.VMOVDQU(r, m)
	}
}

// scope is where signatures find unsafe.Pointer.
var scope = func() *types.Package {
	p := types.NewPackage("kernel", "kernel")
	p.Scope().Insert(types.NewPkgName(token.NoPos, p, "unsafe", types.Unsafe))
	return p
}()

// begin declares a function.
func (g *gen) begin(name, sig, doc string) {
	g.Function(name)
	g.labels = 0
	g.Attributes(attr.NOSPLIT)
	s, err := gotypes.ParseSignatureInPackage(scope, sig)
	if err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	g.Signature(s)
	g.Pragma("noescape")
	g.Doc(strings.Split(name+" "+doc, "\n")...)
}

// count512 is how many items a step of the kernel for AVX-512 takes.
func (s mapping) count512() int {
	switch {
	case s.lanes512 > 0:
		return s.lanes512
	case s.lanes > 0:
		return s.lanes
	}
	return 64 / max(s.out, slices.Max(s.in))
}

// turns is how many steps a turn of the loop takes.
func (s mapping) turns() int { return cmp.Or(s.unroll, 4) }

// whole tells whether each step of the kernel for AVX-512 fills a cache line of the
// output, which is aligned then, and can be streamed.
func (s mapping) whole() bool { return s.out*s.count512() == 64 && !s.loose }

// farItems is the count from which the operands have farBytes.
func (s mapping) farItems() uint64 {
	bytes := s.out
	for _, b := range s.in {
		bytes += b
	}
	return uint64(farBytes / bytes)
}

// avx512 writes the kernel for AVX-512: s.turns() steps a turn, if that is more than one,
// then one, then a masked one. A destination that is not on a cache line is brought there
// by a masked step first; long operands have a loop of their own, and long results are
// streamed past the caches.
func (g *gen) avx512(s mapping) string {
	name := s.name + "AVX512"
	ptr, n := g.open(s, name)
	lanes := s.count512()
	unroll := s.turns()
	if s.setup != nil {
		s.setup(g, 64)
	}
	at := func(j int) (in []mem, out mem) {
		for i, b := range s.in {
			in = append(in, mem{Base: ptr[i+1], Disp: j * lanes * b})
		}
		return in, mem{Base: ptr[0], Disp: j * lanes * s.out}
	}
	advance := func(j int) {
		g.advance(s, ptr, j*lanes)
		g.SUBQ(operand.U32(uint64(j*lanes)), n)
	}
	body := func(j int) {
		for i := range j {
			in, out := at(i)
			s.step(g, 64, in, out, nil)
		}
		advance(j)
	}
	loop := func(label string) {
		g.Label(label)
		body(unroll)
		g.CMPQ(n, operand.U32(uint64(unroll*lanes)))
		g.jump("JGE", label)
	}

	one, tail, plain := g.label("one"), g.label("tail"), ""
	g.CMPQ(n, operand.U32(uint64(unroll*lanes)))
	g.jump("JLT", one)
	if s.whole() {
		aligned := g.label("aligned")
		g.CMPQ(n, operand.U32(uint64(16*lanes)))
		g.jump("JLT", aligned)
		head := g.GP64()
		g.MOVQ(ptr[0], head)
		g.NEGQ(head)
		g.ANDQ(operand.U8(63), head)
		g.jump("JEQ", aligned)
		if s.pairs { // one that lies across the line stays whole
			even := g.label("even")
			if plain = one; unroll > 1 {
				plain = g.label("loop")
			}
			g.TESTQ(operand.U32(uint64(s.out)), head)
			g.jump("JEQ", even)
			g.BTRQ(operand.U8(coldBit), n)
			g.jump("JMP", plain)
			g.Label(even)
		}
		if s.out > 1 {
			g.SHRQ(log2(s.out), head)
		}
		k := g.tailMask(head)
		in, out := at(0)
		s.step(g, 64, in, out, k)
		g.SUBQ(head, n)
		for i, b := range append([]int{s.out}, s.in...) {
			for ; b > 0; b -= 8 { // a scale is at most 8
				g.LEAQ(mem{Base: ptr[i], Index: head, Scale: uint8(min(b, 8))}, ptr[i])
			}
		}
		g.Label(aligned)
	}
	if unroll > 1 || s.whole() {
		far, within := g.label("far"), g.label("within")
		g.CMPQ(n, operand.U32(s.farItems()))
		if unroll > 1 {
			g.jump("JGE", far)
			loop(cmp.Or(plain, g.label("loop")))
			g.jump("JMP", one)
			g.Label(far)
		} else {
			g.jump("JLT", one)
		}
		g.far = true
		if s.whole() {
			past := g.label("past")
			g.BTRQ(operand.U8(coldBit), n)
			g.jump("JCS", past)
			g.CMPQ(n, operand.U32(streamBytes/uint64(s.out)))
			g.jump("JLT", within)
			g.Label(past)
			for i, b := range s.in {
				if b > 0 {
					g.CMPQ(ptr[0], ptr[i+1])
					g.jump("JEQ", within) // in place: the line is in the cache already
				}
			}
			g.stream = true
			loop(g.label("stream"))
			g.stream = false
			g.SFENCE()
			g.jump("JMP", one)
		}
		loop(within)
		g.far = false
	}
	back, single := g.label("back"), g.label("single")
	g.Label(one)
	g.SUBQ(operand.U32(uint64(lanes)), n)
	g.jump("JLT", tail)
	g.Label(single)
	g.bail = back
	in, out := at(0)
	s.step(g, 64, in, out, nil)
	advance(1)
	g.jump("JGE", single)
	g.Label(tail)
	g.rest(n, lanes, s.bails, back, func(k op) {
		in, out := at(0)
		s.step(g, 64, in, out, k)
	})
	return name
}

// rest emits the end of a kernel after a loop that took lanes from n once too
// often: step takes the items that are left, under a mask. In a kernel that bails,
// the steps of the loop bail to back.
func (g *gen) rest(n reg.GPVirtual, lanes int, bails bool, back string, step func(k op)) {
	done := g.label("done")
	g.ADDQ(operand.U32(uint64(lanes)), n)
	g.jump("JEQ", done)
	g.bail = g.label("left")
	step(g.firstLanes(n))
	if bails {
		g.XORQ(n, n)
		g.jump("JMP", done)
		g.Label(back)
		g.ADDQ(operand.U32(uint64(lanes)), n)
		g.Label(g.bail)
	}
	g.Label(done)
	if bails {
		g.MOVQ(n, g.result("left"))
	}
	g.end()
}

// avx2 writes the kernel for AVX2, for a multiple of the lanes; the caller gives
// the rest to the Go loop. It returns the name and the number of lanes.
func (g *gen) avx2(s mapping) (string, int) {
	name := s.name + "AVX2"
	ptr, n := g.open(s, name)
	biggest := s.out
	for _, b := range s.in {
		biggest = max(biggest, b)
	}
	lanes := s.lanes
	if s.lanes2 > 0 {
		lanes = s.lanes2
	}
	if lanes == 0 {
		lanes = 32 / biggest
	}
	unroll := s.turns()
	if s.setup != nil {
		s.setup(g, 32)
	}
	body := func(j int) {
		for i := range j {
			var in []mem
			for q, b := range s.in {
				in = append(in, mem{Base: ptr[q+1], Disp: i * lanes * b})
			}
			s.step(g, 32, in, mem{Base: ptr[0], Disp: i * lanes * s.out}, nil)
		}
		g.advance(s, ptr, j*lanes)
	}
	if unroll > 1 {
		g.turns(n, unroll*lanes, func() { body(unroll) })
	}
	g.turns(n, lanes, func() { body(1) })
	g.end()
	return name, lanes
}

// advance moves the addresses on by n items.
func (g *gen) advance(s mapping, ptr []reg.GPVirtual, n int) {
	for i, b := range s.in {
		if b > 0 {
			g.ADDQ(operand.U32(uint64(n*b)), ptr[i+1])
		}
	}
	g.ADDQ(operand.U32(uint64(n*s.out)), ptr[0])
}

// open declares the function and loads its arguments.
func (g *gen) open(s mapping, name string) (ptr []reg.GPVirtual, n reg.GPVirtual) {
	names := []string{"dst"}
	if s.second {
		names = append(names, "second")
	}
	names = append(names, inputNames[:len(s.in)]...)
	result := ""
	if s.bails {
		result = " (left int)"
	}
	g.begin(name, "func("+strings.Join(names, ", ")+" unsafe.Pointer, n int)"+result, fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\t%s\n\t}", s.doc))
	for _, p := range names {
		ptr = append(ptr, g.arg(p))
	}
	g.block = ptr[len(ptr)-1]
	return ptr, g.arg("n")
}

// serve writes the kernel at both levels, or at those for which it has a step,
// and registers it for each operation and kind of uses.
func (g *gen) serve(s mapping, uses ...use) {
	g.serve512(s, uses...)
	g.serve2(s, uses...)
}

// use is an operation on inputs of a kind.
type use struct {
	op, kind string
	form     string // how the kernel is called; "" as it is
}

func (g *gen) serve512(s mapping, uses ...use) {
	name, streams := g.avx512(s), ""
	if s.whole() {
		streams = ", streams: true"
	}
	for _, u := range uses {
		g.row("{level: LevelAVX512, op: %s, kind: k%s, %s: %s%s%s}", u.op, u.kind, arity(s), name, u.form, streams)
	}
}

func (g *gen) serve2(s mapping, uses ...use) {
	name, lanes := g.avx2(s)
	for _, u := range uses {
		g.row("{level: LevelAVX2, op: %s, kind: k%s, %s: %s, lanes: %d%s}", u.op, u.kind, arity(s), name, lanes, u.form)
	}
}

func arity(s mapping) string {
	return [...]string{"", "unary", "binary", "ternary"}[len(s.in)] + map[bool]string{true: "2"}[s.second]
}

// arg loads an argument of 8 bytes.
func (g *gen) arg(name string) reg.GPVirtual {
	r := g.GP64()
	g.MOVQ(g.slot(name), r)
	return r
}

// slot is where an argument lies, result where a result does.
func (g *gen) slot(name string) mem   { return g.address(g.Param(name)) }
func (g *gen) result(name string) mem { return g.address(g.Return(name)) }

func (g *gen) address(c gotypes.Component) mem {
	p, err := c.Resolve()
	if err != nil {
		log.Fatal(err)
	}
	return p.Addr
}

// end returns with the upper parts of the vector registers cleared.
func (g *gen) end() {
	g.VZEROUPPER()
	g.RET()
}

// turns emits body for each time that by fits into n, which is then what is left.
func (g *gen) turns(n reg.GPVirtual, by int, body func()) {
	loop, done := g.label("loop"), g.label("done")
	g.Label(loop)
	g.SUBQ(operand.U32(uint64(by)), n)
	g.jump("JLT", done)
	body()
	g.jump("JMP", loop)
	g.Label(done)
	g.ADDQ(operand.U32(uint64(by)), n)
}

// log2 is the immediate by which to shift for a factor of 2, 4, …
func log2(n int) op { return operand.U8(uint64(mathbits.TrailingZeros(uint(n)))) }
