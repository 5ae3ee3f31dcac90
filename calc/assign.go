package calc

// assign binds a target to a value.
func (in *Interp) assign(fr *frame, target expr, v Value) {
	switch t := target.(type) {
	case *nameExpr:
		in.store(fr, t.name, v)
	case *attrExpr:
		in.setAttr(in.eval(fr, t.x), t.name, v)
	case *indexExpr:
		x := in.eval(fr, t.x)
		in.setItem(x, in.evalKey(fr, t.key), v)
	case *tupleExpr:
		in.unpack(fr, t.items, v)
	case *listExpr:
		in.unpack(fr, t.items, v)
	case *starExpr:
		throw(excSyntaxError, "starred assignment target must be in a list or tuple")
	default:
		throw(excSyntaxError, "cannot assign to %s", describe(target))
	}
}

// unpack assigns the items of v to the targets, one of which may be starred.
func (in *Interp) unpack(fr *frame, targets []expr, v Value) {
	star := -1
	for i, t := range targets {
		if _, ok := t.(*starExpr); ok {
			star = i
		}
	}
	it, ok := in.iterator(v)
	if !ok {
		throw(excTypeError, "cannot unpack non-iterable %s object", v.Type().tpName())
	}
	n := len(targets)
	var items []Value
	for star >= 0 || len(items) <= n {
		w, ok := it.Next(in)
		if !ok {
			break
		}
		in.charge(itemBytesInList)
		items = append(items, w)
	}
	if star < 0 {
		if len(items) > n {
			throw(excValueError, "too many values to unpack (expected %d)", n)
		}
		if len(items) < n {
			throw(excValueError, "not enough values to unpack (expected %d, got %d)", n, len(items))
		}
		for i, t := range targets {
			in.assign(fr, t, items[i])
		}
		return
	}
	if len(items) < n-1 {
		throw(excValueError, "not enough values to unpack (expected at least %d, got %d)", n-1, len(items))
	}
	extra := len(items) - (n - 1)
	for i, t := range targets {
		switch {
		case i < star:
			in.assign(fr, t, items[i])
		case i == star:
			in.assign(fr, t.(*starExpr).x, &List{append([]Value(nil), items[star:star+extra]...)})
		default:
			in.assign(fr, t, items[i+extra-1])
		}
	}
}

// augment runs x op= y: the target is evaluated once, and values that change in
// place do so.
func (in *Interp) augment(fr *frame, n *augStmt) {
	switch t := n.target.(type) {
	case *nameExpr:
		v := in.load(fr, t.name)
		in.store(fr, t.name, in.augmented(fr, n.op, v, n.value))
	case *attrExpr:
		x := in.eval(fr, t.x)
		v := in.getAttr(x, t.name)
		in.setAttr(x, t.name, in.augmented(fr, n.op, v, n.value))
	case *indexExpr:
		x := in.eval(fr, t.x)
		key := in.evalKey(fr, t.key)
		v := in.getItem(x, key)
		in.setItem(x, key, in.augmented(fr, n.op, v, n.value))
	}
}

func (in *Interp) delete(fr *frame, target expr) {
	switch t := target.(type) {
	case *nameExpr:
		h := in.home(fr, t.name)
		if _, ok := h.vars[t.name]; !ok {
			if h.kind == frameFunction {
				throw(excUnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", t.name)
			}
			throw(excNameError, "name '%s' is not defined", t.name)
		}
		delete(h.vars, t.name)
	case *attrExpr:
		in.setAttr(in.eval(fr, t.x), t.name, nil)
	case *indexExpr:
		x := in.eval(fr, t.x)
		in.delItem(x, in.evalKey(fr, t.key))
	case *tupleExpr:
		for _, y := range t.items {
			in.delete(fr, y)
		}
	case *listExpr:
		for _, y := range t.items {
			in.delete(fr, y)
		}
	}
}
