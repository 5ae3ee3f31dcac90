package calc

// statement parses one statement, or a line of small ones, onto body.
func (p *parser) statement(body []stmt) []stmt {
	t := p.peek()
	line := int(t.line)
	one := func(n any) []stmt { return append(body, stmt{line, n}) }
	if t.kind == tokIndent {
		p.invalid()
	}
	if t.kind == tokOp && t.text == "@" {
		return one(p.decorated())
	}
	if t.kind != tokKeyword {
		return p.simpleLine(body)
	}
	switch t.text {
	case "if":
		return one(p.ifStatement())
	case "for":
		p.pos++
		s := &forStmt{target: p.targetList()}
		p.bindTarget(s.target, "")
		p.expectKeyword("in")
		s.iter = p.expressionList()
		s.body, s.other = p.loopBody("'for' statement")
		return one(s)
	case "while":
		p.pos++
		s := &whileStmt{test: p.named()}
		s.body, s.other = p.loopBody("'while' statement")
		return one(s)
	case "def":
		return one(p.def(nil))
	case "class":
		return one(p.class(nil))
	case "try":
		return one(p.tryStatement())
	case "with":
		return one(p.withStatement())
	case "async":
		p.fail("'async' is not part of the calculator's language")
	}
	return p.simpleLine(body)
}

func (p *parser) loopBody(after string) (body, other []stmt) {
	p.loops++
	body = p.block(after)
	p.loops--
	if p.acceptKeyword("else") {
		other = p.block("'else' statement")
	}
	return body, other
}

func (p *parser) ifStatement() any {
	s := &ifStmt{}
	word := "'if' statement"
	for {
		p.pos++
		s.tests = append(s.tests, p.named())
		s.bodies = append(s.bodies, p.block(word))
		if !p.isKeyword("elif") {
			break
		}
		word = "'elif' statement"
	}
	if p.acceptKeyword("else") {
		s.other = p.block("'else' statement")
	}
	return s
}

func (p *parser) tryStatement() any {
	p.pos++
	s := &tryStmt{body: p.block("'try' statement")}
	for p.isKeyword("except") {
		p.pos++
		if len(s.handlers) > 0 && s.handlers[len(s.handlers)-1].class == nil {
			p.fail("default 'except:' must be last")
		}
		var h handlerNode
		if !p.isOp(":") {
			if p.isOp("*") {
				p.fail("'except*' is not part of the calculator's language")
			}
			h.class = p.expression()
			if p.isOp(",") {
				p.fail("multiple exception types must be parenthesized")
			}
			if p.acceptKeyword("as") {
				h.name = p.name()
				p.bind(h.name)
			}
		}
		h.body = p.block("'except' statement")
		s.handlers = append(s.handlers, h)
	}
	if len(s.handlers) > 0 && p.acceptKeyword("else") {
		s.other = p.block("'else' statement")
	}
	if p.acceptKeyword("finally") {
		s.finally = p.block("'finally' statement")
	} else if len(s.handlers) == 0 {
		p.fail("expected 'except' or 'finally' block")
	}
	return s
}

func (p *parser) withStatement() any {
	p.pos++
	s := &withStmt{}
	for {
		item := withItem{x: p.expression()}
		if p.acceptKeyword("as") {
			item.as = p.primaryTarget()
			p.bindTarget(item.as, "")
		}
		s.items = append(s.items, item)
		if !p.acceptOp(",") {
			break
		}
	}
	s.body = p.block("'with' statement")
	return s
}

func (p *parser) decorated() any {
	var decorators []expr
	for p.acceptOp("@") {
		decorators = append(decorators, p.named())
		if p.peek().kind != tokNewline {
			p.invalid()
		}
		p.pos++
	}
	switch {
	case p.isKeyword("def"):
		return p.def(decorators)
	case p.isKeyword("class"):
		return p.class(decorators)
	}
	p.invalid()
	return nil
}

func (p *parser) def(decorators []expr) any {
	p.pos++
	fn := &funcNode{name: p.name(), locals: map[string]bool{}}
	fn.qual = p.qualify(fn.name)
	p.bind(fn.name)
	if !p.acceptOp("(") {
		p.fail("expected '('")
	}
	p.parameters(fn, ")", true)
	p.expectOp(")")
	if p.acceptOp("->") {
		p.expression()
	}
	loops := p.loops
	p.loops = 0
	p.scopes = append(p.scopes, fn)
	fn.body = p.block("function definition")
	p.scopes = p.scopes[:len(p.scopes)-1]
	p.loops = loops
	return &defStmt{fn, decorators}
}

// qualify prefixes a name with the scopes around it.
func (p *parser) qualify(name string) string {
	s := p.scopes[len(p.scopes)-1]
	switch {
	case len(p.scopes) == 1:
		return name
	case s.isClass:
		return s.qual + "." + name
	}
	return s.qual + ".<locals>." + name
}

func (p *parser) class(decorators []expr) any {
	p.pos++
	c := &classStmt{name: p.name(), decorators: decorators}
	p.bind(c.name)
	if p.acceptOp("(") {
		c.bases = p.arguments()
	}
	loops := p.loops
	p.loops = 0
	p.scopes = append(p.scopes, &funcNode{name: c.name, qual: p.qualify(c.name), isClass: true, locals: map[string]bool{}})
	c.body = p.block("class definition")
	p.scopes = p.scopes[:len(p.scopes)-1]
	p.loops = loops
	return c
}

// parameters parses a parameter list up to, not including, the end token.
func (p *parser) parameters(fn *funcNode, end string, annotated bool) {
	seen := map[string]bool{}
	name := func() string {
		n := p.name()
		if seen[n] {
			p.fail("duplicate argument '%s' in function definition", n)
		}
		seen[n] = true
		fn.locals[n] = true
		if annotated && p.acceptOp(":") {
			p.expression()
		}
		return n
	}
	keywordOnly, defaulted := false, false
	for first := true; !p.isOp(end); first = false {
		if !first {
			p.expectOp(",")
			if p.isOp(end) {
				break
			}
		}
		switch {
		case p.acceptOp("**"):
			fn.dstar = name()
			p.acceptOp(",")
			if !p.isOp(end) {
				p.fail("arguments cannot follow var-keyword argument")
			}
		case p.acceptOp("*"):
			if keywordOnly {
				p.fail("* argument may appear only once")
			}
			keywordOnly = true
			if p.isOp(",") {
				if n := p.peekAt(1); n.kind == tokOp && n.text != "," {
					p.fail("named arguments must follow bare *")
				}
			} else if p.isOp(end) {
				p.fail("named arguments must follow bare *")
			} else {
				fn.star = name()
			}
		case p.acceptOp("/"):
			if len(fn.params) == 0 {
				p.fail("at least one argument must precede /")
			}
			fn.posOnly = len(fn.params)
		default:
			pn := paramNode{name: name()}
			if p.acceptOp("=") {
				pn.def = p.expression()
				defaulted = true
			} else if defaulted && !keywordOnly {
				p.fail("non-default argument follows default argument")
			}
			fn.params = append(fn.params, pn)
			if !keywordOnly {
				fn.numPos = len(fn.params)
			}
		}
	}
}
