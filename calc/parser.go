package calc

// maxNesting is the deepest nesting of expressions that is not made of
// brackets, and the longest chain of operators: the evaluator recurses on both.
const maxNesting = 1000

// parser turns tokens into a tree.
type parser struct {
	toks  []token
	pos   int
	depth int
	// chain counts the operators of left-leaning trees in one expression.
	scopes []*funcNode // functions being parsed, outermost first
	loops  int
	bare   bool // inside an f-string
	open   *bracket
}

// parseProgram parses a whole source text.
func parseProgram(src string) (body []stmt, scope *funcNode) {
	p := &parser{}
	p.toks, p.open = scan(src, false)
	top := &funcNode{name: "<module>", locals: map[string]bool{}}
	p.scopes = append(p.scopes, top)
	for p.peek().kind != tokEOF {
		if p.peek().kind == tokNewline {
			p.pos++
			continue
		}
		body = p.statement(body)
	}
	return body, top
}

func (p *parser) peek() *token { return &p.toks[p.pos] }

func (p *parser) peekAt(n int) *token {
	if p.pos+n >= len(p.toks) {
		return &p.toks[len(p.toks)-1]
	}
	return &p.toks[p.pos+n]
}

func (p *parser) isOp(text string) bool {
	t := p.peek()
	return t.kind == tokOp && t.text == text
}

func (p *parser) isKeyword(text string) bool {
	t := p.peek()
	return t.kind == tokKeyword && t.text == text
}

func (p *parser) acceptOp(text string) bool {
	if p.isOp(text) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) acceptKeyword(text string) bool {
	if p.isKeyword(text) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) fail(format string, args ...any) {
	throwSyntax(excSyntaxError, int(p.peek().line), format, args...)
}

// invalid reports a token that fits nowhere.
func (p *parser) invalid() {
	switch t := p.peek(); t.kind {
	case tokIndent:
		throwSyntax(excIndentationError, int(t.line), "unexpected indent")
	case tokDedent:
		p.fail("invalid syntax")
	}
	if p.bare {
		p.fail("f-string: invalid syntax")
	}
	if p.open != nil && (p.peek().line > p.open.line || p.atEnd()) {
		throwSyntax(excSyntaxError, int(p.open.line), "'%c' was never closed", p.open.ch)
	}
	p.fail("invalid syntax")
}

// atEnd reports whether only the end of the source is left.
func (p *parser) atEnd() bool {
	for _, t := range p.toks[p.pos:] {
		if t.kind != tokNewline && t.kind != tokDedent && t.kind != tokEOF {
			return false
		}
	}
	return true
}

func (p *parser) expectOp(text string) {
	if !p.acceptOp(text) {
		p.missing(text)
	}
}

// missing reports that text was expected where another token stands.
func (p *parser) missing(text string) {
	t := p.peek()
	switch {
	case p.open != nil && p.atEnd():
	case text == ":" && !(t.kind == tokOp && t.text == "="):
		p.fail("expected ':'")
	case t.depth > 0 && p.startsOperand(t):
		p.fail("invalid syntax. Perhaps you forgot a comma?")
	}
	p.invalid()
}

// startsOperand reports whether an expression could begin with t.
func (p *parser) startsOperand(t *token) bool {
	switch t.kind {
	case tokName, tokNumber, tokString, tokFString:
		return true
	case tokKeyword:
		return t.text == "None" || t.text == "True" || t.text == "False"
	}
	return false
}

func (p *parser) expectKeyword(text string) {
	if !p.acceptKeyword(text) {
		p.invalid()
	}
}

func (p *parser) name() string {
	t := p.peek()
	if t.kind != tokName {
		p.invalid()
	}
	p.pos++
	return t.text
}

// enter guards a recursion.
func (p *parser) enter() {
	if p.depth++; p.depth > maxNesting {
		throwSyntax(excRecursionError, int(p.peek().line), "maximum recursion depth exceeded during compilation")
	}
}

func (p *parser) leave() { p.depth-- }

// bind records that the current function assigns the name.
func (p *parser) bind(name string) {
	s := p.scopes[len(p.scopes)-1]
	if !s.globals[name] && !s.nonlocal[name] {
		s.locals[name] = true
	}
}

// block parses ":" and an indented body, or statements on the same line.
func (p *parser) block(after string) []stmt {
	line := p.peekAt(-1).line
	p.expectOp(":")
	var body []stmt
	if p.peek().kind != tokNewline {
		return p.simpleLine(body)
	}
	p.pos++
	if p.peek().kind != tokIndent {
		throwSyntax(excIndentationError, int(p.peek().line), "expected an indented block after %s on line %d", after, line)
	}
	p.pos++
	p.enter()
	for p.peek().kind != tokDedent {
		if p.peek().kind == tokEOF {
			p.invalid()
		}
		body = p.statement(body)
	}
	p.leave()
	p.pos++
	return body
}

// simpleLine parses small statements separated by ";" up to the end of the line.
func (p *parser) simpleLine(body []stmt) []stmt {
	for {
		body = append(body, p.simple())
		if p.acceptOp(";") {
			if p.peek().kind == tokNewline {
				p.pos++
				return body
			}
			continue
		}
		switch p.peek().kind {
		case tokNewline:
			p.pos++
			return body
		case tokEOF:
			return body
		}
		p.invalid()
	}
}
