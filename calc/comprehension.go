package calc

// evalComp runs a comprehension. Its targets live in a frame of their own; the
// first iterable belongs to the frame around it.
func (in *Interp) evalComp(fr *frame, x *compExpr) Value {
	inner := &frame{vars: make(map[string]Value, len(x.targets)), names: x.targets, parent: fr, kind: frameComprehension}
	first := in.iterate(in.eval(fr, x.clauses[0].iter))
	g := &generator{fr: inner, node: x, iters: make([]Iterator, len(x.clauses))}
	g.iters[0] = first
	switch x.kind {
	case '(':
		return g
	case '[':
		l := &List{}
		for g.advance(in) {
			in.charge(itemBytesInList)
			l.items = append(l.items, in.eval(inner, x.item))
		}
		return l
	case '{':
		s := newSet()
		for g.advance(in) {
			s.add(in, in.eval(inner, x.item))
		}
		return s
	}
	d := newDict()
	for g.advance(in) {
		k := in.eval(inner, x.item)
		d.set(in, k, in.eval(inner, x.value))
	}
	return d
}

// generator is a comprehension that runs on demand: its state is the iterators
// of the clauses that are open, level the innermost of them.
type generator struct {
	fr      *frame
	node    *compExpr
	iters   []Iterator
	level   int
	running bool
	done    bool
}

func (g *generator) Type() *Type { return typeGenerator }

// advance binds the targets to the next combination of items.
func (g *generator) advance(in *Interp) bool {
	for g.level >= 0 {
		in.step()
		cl := &g.node.clauses[g.level]
		v, ok := g.iters[g.level].Next(in)
		if !ok {
			g.level--
			continue
		}
		in.assign(g.fr, cl.target, v)
		pass := true
		for _, cond := range cl.conds {
			if !in.truth(in.eval(g.fr, cond)) {
				pass = false
				break
			}
		}
		if !pass {
			continue
		}
		if g.level == len(g.iters)-1 {
			return true
		}
		g.level++
		g.iters[g.level] = in.iterate(in.eval(g.fr, g.node.clauses[g.level].iter))
	}
	return false
}

// Next computes the next item of a generator.
func (g *generator) Next(in *Interp) (Value, bool) {
	if g.running {
		throw(excValueError, "generator already executing")
	}
	if g.done {
		return nil, false
	}
	in.enter()
	g.running, g.done = true, true // an exception ends the generator
	defer func() { g.running = false }()
	if !g.advance(in) {
		in.leave()
		return nil, false
	}
	v := in.eval(g.fr, g.node.item)
	g.done = false
	in.leave()
	return v, true
}
