package calc

import "strings"

var augmented = map[string]binOp{
	"+=": opAdd, "-=": opSub, "*=": opMul, "/=": opDiv, "//=": opFloorDiv, "%=": opMod,
	"**=": opPow, "@=": opMatMul, "&=": opAnd, "|=": opOr, "^=": opXor, "<<=": opLsh, ">>=": opRsh,
}

// simple parses one statement that fits on a line.
func (p *parser) simple() stmt {
	t := p.peek()
	line := int(t.line)
	if t.kind == tokKeyword {
		switch t.text {
		case "pass":
			p.pos++
			return stmt{line, &passStmt{}}
		case "break", "continue":
			if p.loops == 0 {
				if t.text == "break" {
					p.fail("'break' outside loop")
				}
				p.fail("'continue' not properly in loop")
			}
			p.pos++
			if t.text == "break" {
				return stmt{line, &breakStmt{}}
			}
			return stmt{line, &continueStmt{}}
		case "return":
			if len(p.scopes) == 1 {
				p.fail("'return' outside function")
			}
			p.pos++
			s := &returnStmt{}
			if p.startsExpression() {
				s.x = p.expressionList()
			}
			return stmt{line, s}
		case "del":
			p.pos++
			return stmt{line, p.del()}
		case "import":
			p.pos++
			return p.importNames(line)
		case "from":
			p.pos++
			return stmt{line, p.fromImport()}
		case "assert":
			p.pos++
			s := &assertStmt{test: p.expression()}
			if p.acceptOp(",") {
				s.msg = p.expression()
			}
			return stmt{line, s}
		case "raise":
			p.pos++
			s := &raiseStmt{}
			if p.startsExpression() {
				s.x = p.expression()
				if p.acceptKeyword("from") {
					s.cause = p.expression()
				}
			}
			return stmt{line, s}
		case "global", "nonlocal":
			p.pos++
			p.scopeNames(t.text)
			return stmt{line, &scopeStmt{}}
		}
	}
	return stmt{line, p.expressionStatement()}
}

// expressionStatement parses an expression, an assignment or an augmented one.
func (p *parser) expressionStatement() any {
	if p.peek().kind == tokName && (p.peek().text == "print" || p.peek().text == "exec") {
		if n := p.peekAt(1); p.startsOperand(n) && n.depth == 0 {
			p.fail("Missing parentheses in call to '%s'. Did you mean %s(...)?", p.peek().text, p.peek().text)
		}
	}
	x := p.expressionListOrStar()
	t := p.peek()
	if t.kind != tokOp {
		return p.lone(x)
	}
	if op, ok := augmented[t.text]; ok {
		switch x.(type) {
		case *nameExpr, *attrExpr, *indexExpr:
		default:
			p.fail("'%s' is an illegal expression for augmented assignment", describe(x))
		}
		p.pos++
		p.bindTarget(x, "assign to")
		return &augStmt{x, op, p.expressionList()}
	}
	switch t.text {
	case ":":
		p.pos++
		p.expression() // an annotation has no meaning here
		if !p.isOp("=") {
			return &passStmt{}
		}
	case ":=":
		p.invalid()
	}
	if !p.isOp("=") {
		return p.lone(x)
	}
	s := &assignStmt{}
	for p.acceptOp("=") {
		verb := "assign to"
		if s.targets != nil {
			verb = "assign to " // a later target gets no advice
		}
		p.bindTarget(x, verb)
		s.targets = append(s.targets, x)
		if p.isKeyword("yield") {
			p.fail("'yield' is not part of the calculator's language")
		}
		x = p.expressionListOrStar()
	}
	if _, ok := x.(*starExpr); ok {
		p.fail("can't use starred expression here")
	}
	s.value = x
	return s
}

func (p *parser) lone(x expr) any {
	if _, ok := x.(*starExpr); ok {
		p.fail("can't use starred expression here")
	}
	return &exprStmt{x}
}

// expressionListOrStar lets "*a, = x" and "*a, b = x" through.
func (p *parser) expressionListOrStar() expr {
	if !p.isOp("*") {
		return p.expressionList()
	}
	x := p.starOr(p.expression)
	if !p.isOp(",") {
		return x
	}
	items := []expr{x}
	for p.acceptOp(",") {
		if !p.startsExpression() {
			break
		}
		items = append(items, p.starOr(p.expression))
	}
	return &tupleExpr{items}
}

// targetList parses the targets of for: "a", "a, b", "(a, b), c".
func (p *parser) targetList() expr {
	x := p.primaryTarget()
	if !p.isOp(",") {
		return x
	}
	items := []expr{x}
	for p.acceptOp(",") {
		if !p.startsExpression() {
			break
		}
		items = append(items, p.primaryTarget())
	}
	return &tupleExpr{items}
}

func (p *parser) primaryTarget() expr {
	if p.acceptOp("*") {
		return &starExpr{p.primary()}
	}
	return p.primary()
}

// bindTarget checks that x can be assigned (or deleted) and binds its names.
func (p *parser) bindTarget(x expr, verb string) {
	if verb == "" {
		verb = "assign to"
	}
	switch x := x.(type) {
	case *nameExpr:
		p.bind(x.name)
	case *attrExpr, *indexExpr:
	case *starExpr:
		if verb == "delete" {
			p.fail("cannot %s starred", verb)
		}
		p.bindTarget(x.x, verb)
	case *tupleExpr:
		p.bindTargets(x.items, verb)
	case *listExpr:
		p.bindTargets(x.items, verb)
	default:
		hint := ""
		if verb == "assign to" {
			hint = " here. Maybe you meant '==' instead of '='?"
			if c, ok := x.(*constExpr); ok {
				switch c.v.(type) {
				case NoneType, Bool, EllipsisType:
					hint = ""
				}
			}
		}
		p.fail("cannot %s %s%s", strings.TrimSpace(verb), describe(x), hint)
	}
}

func (p *parser) bindTargets(items []expr, verb string) {
	stars := 0
	for _, y := range items {
		if _, ok := y.(*starExpr); ok {
			if stars++; stars > 1 {
				p.fail("multiple starred expressions in assignment")
			}
		}
		p.bindTarget(y, verb)
	}
}

// describe names an expression as CPython's messages do.
func describe(x expr) string {
	switch x := x.(type) {
	case *constExpr:
		switch v := x.v.(type) {
		case NoneType:
			return "None"
		case Bool:
			if v {
				return "True"
			}
			return "False"
		case EllipsisType:
			return "ellipsis"
		}
		return "literal"
	case *tupleExpr:
		return "tuple"
	case *listExpr:
		return "list"
	case *setExpr:
		return "set display"
	case *dictExpr:
		return "dict literal"
	case *callExpr:
		return "function call"
	case *unaryExpr, *binaryExpr, *boolExpr:
		return "expression"
	case *compareExpr:
		return "comparison"
	case *condExpr:
		return "conditional expression"
	case *lambdaExpr:
		return "lambda"
	case *walrusExpr:
		return "named expression"
	case *fstringExpr:
		return "f-string expression"
	case *compExpr:
		switch x.kind {
		case '[':
			return "list comprehension"
		case '{':
			return "set comprehension"
		case ':':
			return "dict comprehension"
		}
		return "generator expression"
	case *attrExpr:
		return "attribute"
	case *indexExpr:
		return "subscript"
	case *starExpr:
		return "starred"
	}
	return "name"
}

func (p *parser) del() any {
	x := p.targetList()
	p.bindTarget(x, "delete")
	if t, ok := x.(*tupleExpr); ok {
		return &delStmt{t.items}
	}
	return &delStmt{[]expr{x}}
}

func (p *parser) dotted() string {
	parts := []string{p.name()}
	for p.acceptOp(".") {
		parts = append(parts, p.name())
	}
	return strings.Join(parts, ".")
}

// importNames parses "import a, b.c as d".
func (p *parser) importNames(line int) stmt {
	var list []stmt
	for {
		s := &importStmt{path: p.dotted()}
		if p.acceptKeyword("as") {
			s.as = p.name()
			p.bind(s.as)
		} else {
			first, _, _ := strings.Cut(s.path, ".")
			p.bind(first)
		}
		list = append(list, stmt{line, s})
		if !p.acceptOp(",") {
			break
		}
	}
	if len(list) == 1 {
		return list[0]
	}
	return stmt{line, list}
}

func (p *parser) fromImport() any {
	s := &fromStmt{module: p.dotted()}
	p.expectKeyword("import")
	if p.acceptOp("*") {
		s.wildcard = true
		if len(p.scopes) > 1 {
			p.fail("import * only allowed at module level")
		}
		return s
	}
	paren := p.acceptOp("(")
	for {
		n := p.name()
		as := n
		if p.acceptKeyword("as") {
			as = p.name()
		}
		p.bind(as)
		s.names = append(s.names, [2]string{n, as})
		if !p.acceptOp(",") {
			break
		}
		if paren && p.isOp(")") {
			break
		}
	}
	if paren {
		p.expectOp(")")
	}
	return s
}

// scopeNames records global and nonlocal declarations.
func (p *parser) scopeNames(word string) {
	s := p.scopes[len(p.scopes)-1]
	for {
		n := p.name()
		if len(p.scopes) == 1 {
			if word == "nonlocal" {
				p.fail("nonlocal declaration not allowed at module level")
			}
		} else if word == "global" {
			if s.globals == nil {
				s.globals = map[string]bool{}
			}
			if s.locals[n] {
				p.fail("name '%s' is assigned to before global declaration", n)
			}
			s.globals[n] = true
		} else {
			if s.nonlocal == nil {
				s.nonlocal = map[string]bool{}
			}
			if s.locals[n] {
				p.fail("name '%s' is assigned to before nonlocal declaration", n)
			}
			found := false
			for _, outer := range p.scopes[1 : len(p.scopes)-1] {
				found = found || outer.locals[n]
			}
			if !found {
				p.fail("no binding for nonlocal '%s' found", n)
			}
			s.nonlocal[n] = true
		}
		if !p.acceptOp(",") {
			return
		}
	}
}
