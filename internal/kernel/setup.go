package kernel

// init fills the tables: first the loops, topic by topic, then the order of
// the entries, then what reductions need. Faster loops for particular machines
// are put in afterwards, by init functions of files whose names sort after
// this one.
func init() {
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
	for _, op := range []Op{Maximum, Minimum, Fmax, Fmin, Lcm} {
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
