package kernel

import (
	"sync"
	"sync/atomic"
)

// ready fills the tables of operations, casts and searches when one is first asked
// for: a program that computes nothing, such as nd info, does not wait for some
// thousand small objects. Loops that stand in variables of their own (moves, streams,
// tapes) are there from the start.
func ready() {
	if !tablesFull.Load() {
		fill()
	}
}

var tablesFull atomic.Bool

var fill = sync.OnceFunc(fillTables)

func fillTables() {
	setUp()
	keepTwins()
	installTables(level)
	installNumbers()
	tablesFull.Store(true)
}

// setUp fills the tables with the Go loops: first the loops, topic by topic, then
// the order of the entries, then what reductions need.
func setUp() {
	registerArith()
	registerBits()
	registerCompare()
	registerComplex()
	registerDivide()
	registerLogical()
	registerOrder()
	registerParts()
	registerPower()
	registerRound()
	registerTranscend()
	for op := range tables {
		tables[op].Name = opNames[op]
		if Op(op) != Ldexp { // NumPy lists its loops by the exponent's kind
			sortEntries(Op(op))
		}
	}
	sortLdexp()
	registerReductions()
	registerAccumulates()
	registerAt()
	registerCasts()
	registerTapes()

	for op, id := range map[Op]Identity{
		Add: IdentityZero, BitwiseOr: IdentityZero, BitwiseXor: IdentityZero, Gcd: IdentityZero,
		Hypot: IdentityZero, LogicalOr: IdentityZero, LogicalXor: IdentityZero,
		Multiply: IdentityOne, LogicalAnd: IdentityOne, BitwiseAnd: IdentityMinusOne,
		Logaddexp: IdentityMinusInf, Logaddexp2: IdentityMinusInf,
	} {
		tables[op].Identity = id
		tables[op].Reorderable = true
	}
	for _, op := range []Op{Maximum, Minimum, Fmax, Fmin} {
		tables[op].Reorderable = true
	}
}

// sortLdexp puts the loops in NumPy's order: ei fi el fl di dl.
func sortLdexp() {
	t := &tables[Ldexp]
	var list []Entry
	for _, in := range [][2]int{{int(kF16), int(kI32)}, {int(kF32), int(kI32)}, {int(kF16), int(kI64)},
		{int(kF32), int(kI64)}, {int(kF64), int(kI32)}, {int(kF64), int(kI64)}} {
		for _, e := range t.Entries {
			if int(e.In[0]) == in[0] && int(e.In[1]) == in[1] {
				list = append(list, e)
			}
		}
	}
	t.Entries = list
}
