package calc

// primary parses an atom with its trailing calls, subscripts and attributes.
func (p *parser) primary() expr {
	x := p.atom()
	for chain := 0; ; chain++ {
		if chain > maxNesting {
			throwSyntax(excRecursionError, int(p.peek().line), "maximum recursion depth exceeded during compilation")
		}
		switch {
		case p.acceptOp("."):
			x = &attrExpr{x, p.name()}
		case p.acceptOp("("):
			x = &callExpr{x, p.arguments()}
		case p.acceptOp("["):
			key := p.subscript()
			p.expectOp("]")
			x = &indexExpr{x, key}
		default:
			return x
		}
	}
}

func (p *parser) atom() expr {
	p.enter()
	defer p.leave()
	t := p.peek()
	switch t.kind {
	case tokName:
		p.pos++
		return &nameExpr{t.text}
	case tokNumber:
		p.pos++
		return &constExpr{t.value}
	case tokString, tokFString:
		return p.strings()
	case tokKeyword:
		switch t.text {
		case "None":
			p.pos++
			return &constExpr{None}
		case "True", "False":
			p.pos++
			return &constExpr{Bool(t.text == "True")}
		case "yield", "await":
			p.fail("'%s' is not part of the calculator's language", t.text)
		}
	case tokOp:
		switch t.text {
		case "(":
			p.pos++
			return p.parenthesis()
		case "[":
			p.pos++
			return p.listDisplay()
		case "{":
			p.pos++
			return p.braceDisplay()
		case "...":
			p.pos++
			return &constExpr{Ellipsis}
		}
	}
	p.invalid()
	return nil
}

// strings joins adjacent literals.
func (p *parser) strings() expr {
	var parts []expr
	var text []byte
	isBytes, isField := p.peek().value != nil, false
	if isBytes {
		_, isBytes = p.peek().value.(Bytes)
	}
	for t := p.peek(); t.kind == tokString || t.kind == tokFString; t = p.peek() {
		_, b := t.value.(Bytes)
		if b != isBytes {
			p.fail("cannot mix bytes and nonbytes literals")
		}
		switch v := t.value.(type) {
		case Bytes:
			text = append(text, v...)
		case Str:
			text = append(text, v...)
		default:
			isField = true
			for _, part := range p.fstring(t, t.text, 0) {
				if c, ok := part.(*constExpr); ok {
					text = append(text, c.v.(Str)...)
					continue
				}
				if len(text) > 0 {
					parts = append(parts, &constExpr{Str(text)})
					text = nil
				}
				parts = append(parts, part)
			}
		}
		p.pos++
	}
	if isBytes {
		return &constExpr{Bytes(text)}
	}
	if !isField {
		return &constExpr{Str(text)}
	}
	if len(text) > 0 {
		parts = append(parts, &constExpr{Str(text)})
	}
	return &fstringExpr{parts}
}

// parenthesis parses what follows "(": a tuple, a group or a generator.
func (p *parser) parenthesis() expr {
	if p.acceptOp(")") {
		return &tupleExpr{}
	}
	if p.isKeyword("yield") {
		p.fail("'yield' is not part of the calculator's language")
	}
	mark := p.scopeMark()
	x := p.starOr(p.named)
	if p.isKeyword("for") {
		c := p.comprehension('(', x, nil, mark)
		p.expectOp(")")
		return c
	}
	if p.isOp(",") {
		items := []expr{x}
		for p.acceptOp(",") {
			if p.isOp(")") {
				break
			}
			items = append(items, p.starOr(p.named))
		}
		p.expectOp(")")
		return &tupleExpr{items}
	}
	p.expectOp(")")
	if _, ok := x.(*starExpr); ok {
		p.fail("cannot use starred expression here")
	}
	return x
}

func (p *parser) listDisplay() expr {
	if p.acceptOp("]") {
		return &listExpr{}
	}
	mark := p.scopeMark()
	x := p.starOr(p.named)
	if p.isKeyword("for") {
		c := p.comprehension('[', x, nil, mark)
		p.expectOp("]")
		return c
	}
	items := []expr{x}
	for p.acceptOp(",") {
		if p.isOp("]") {
			break
		}
		items = append(items, p.starOr(p.named))
	}
	p.expectOp("]")
	return &listExpr{items}
}

// braceDisplay parses what follows "{": a dict, a set, or a comprehension.
func (p *parser) braceDisplay() expr {
	if p.acceptOp("}") {
		return &dictExpr{}
	}
	mark := p.scopeMark()
	if !p.isOp("**") {
		x := p.starOr(p.named)
		if !p.isOp(":") {
			if p.isKeyword("for") {
				c := p.comprehension('{', x, nil, mark)
				p.expectOp("}")
				return c
			}
			items := []expr{x}
			for p.acceptOp(",") {
				if p.isOp("}") {
					break
				}
				items = append(items, p.starOr(p.named))
			}
			p.expectOp("}")
			return &setExpr{items}
		}
		p.pos++
		v := p.expression()
		if p.isKeyword("for") {
			c := p.comprehension(':', x, v, mark)
			p.expectOp("}")
			return c
		}
		return p.dictDisplay(&dictExpr{[]expr{x}, []expr{v}})
	}
	p.pos++
	return p.dictDisplay(&dictExpr{[]expr{nil}, []expr{p.operators(powBitOr)}})
}

func (p *parser) dictDisplay(d *dictExpr) expr {
	for p.acceptOp(",") {
		if p.isOp("}") {
			break
		}
		if p.acceptOp("**") {
			d.keys = append(d.keys, nil)
			d.values = append(d.values, p.operators(powBitOr))
			continue
		}
		d.keys = append(d.keys, p.expression())
		if !p.isOp(":") {
			p.fail("':' expected after dictionary key")
		}
		p.pos++
		d.values = append(d.values, p.expression())
	}
	p.expectOp("}")
	return d
}

// scopeMark is where a comprehension's own names begin; see comprehension.
func (p *parser) scopeMark() int { return p.pos }

// comprehension parses the for and if clauses after the item. The targets
// belong to the comprehension and not to the function around it.
func (p *parser) comprehension(kind byte, item, value expr, _ int) expr {
	if _, ok := item.(*starExpr); ok {
		p.fail("iterable unpacking cannot be used in comprehension")
	}
	c := &compExpr{kind: kind, item: item, value: value, targets: map[string]bool{}}
	for p.acceptKeyword("for") {
		var cl compClause
		cl.target = p.targetList()
		collectNames(cl.target, c.targets)
		p.expectKeyword("in")
		cl.iter = p.operators(powOr)
		if p.isKeyword("if") {
			// A conditional needs brackets here, so an "if" starts a filter.
			for p.acceptKeyword("if") {
				cl.conds = append(cl.conds, p.operators(powOr))
			}
		}
		c.clauses = append(c.clauses, cl)
	}
	return c
}

// collectNames adds the names that a target binds.
func collectNames(x expr, into map[string]bool) {
	switch x := x.(type) {
	case *nameExpr:
		into[x.name] = true
	case *starExpr:
		collectNames(x.x, into)
	case *tupleExpr:
		for _, y := range x.items {
			collectNames(y, into)
		}
	case *listExpr:
		for _, y := range x.items {
			collectNames(y, into)
		}
	}
}

// arguments parses the arguments of a call after "(".
func (p *parser) arguments() []argNode {
	var args []argNode
	keyword, double := false, false
	var names map[string]bool // of the keyword arguments
	for !p.acceptOp(")") {
		if len(args) > 0 {
			p.expectOp(",")
			if p.acceptOp(")") {
				break
			}
		}
		switch {
		case p.acceptOp("*"):
			if double {
				p.fail("iterable argument unpacking follows keyword argument unpacking")
			}
			args = append(args, argNode{x: p.expression(), star: 1})
		case p.acceptOp("**"):
			keyword, double = true, true
			args = append(args, argNode{x: p.expression(), star: 2})
		case p.peek().kind == tokName && p.peekAt(1).kind == tokOp && p.peekAt(1).text == "=":
			name := p.name()
			p.pos++
			if keyword = true; names == nil {
				names = map[string]bool{}
			}
			if names[name] {
				p.fail("keyword argument repeated: %s", name)
			}
			names[name] = true
			if !p.startsExpression() {
				p.fail("expected argument value expression")
			}
			args = append(args, argNode{x: p.expression(), name: name})
		default:
			mark := p.scopeMark()
			x := p.named()
			if p.isKeyword("for") {
				x = p.comprehension('(', x, nil, mark)
				if len(args) > 0 || p.isOp(",") && !(p.peekAt(1).kind == tokOp && p.peekAt(1).text == ")") {
					p.fail("Generator expression must be parenthesized")
				}
			} else if p.isOp("=") {
				p.fail("expression cannot contain assignment, perhaps you meant \"==\"?")
			}
			if double {
				p.fail("positional argument follows keyword argument unpacking")
			}
			if keyword {
				p.fail("positional argument follows keyword argument")
			}
			args = append(args, argNode{x: x})
		}
	}
	return args
}

// subscript parses the key between "[" and "]".
func (p *parser) subscript() expr {
	x := p.subscriptItem()
	if !p.isOp(",") {
		if s, ok := x.(*starExpr); ok {
			return &tupleExpr{[]expr{s}}
		}
		return x
	}
	items := []expr{x}
	for p.acceptOp(",") {
		if p.isOp("]") {
			break
		}
		items = append(items, p.subscriptItem())
	}
	return &tupleExpr{items}
}

func (p *parser) subscriptItem() expr {
	var s sliceExpr
	if !p.isOp(":") {
		x := p.starOr(p.named)
		if !p.isOp(":") {
			return x
		}
		s.start = x
	}
	p.expectOp(":")
	end := func() bool { return p.isOp(":") || p.isOp(",") || p.isOp("]") }
	if !end() {
		s.stop = p.expression()
	}
	if p.acceptOp(":") && !end() {
		s.step = p.expression()
	}
	return &s
}
