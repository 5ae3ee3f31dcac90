package calc

// Binding powers of the binary operators, Python's table from "or" upwards.
const (
	powOr = iota + 1
	powAnd
	powNot
	powCompare
	powBitOr
	powBitXor
	powBitAnd
	powShift
	powSum
	powProduct
	powUnary
	powPower
)

var binaryPower = map[string]struct {
	power int
	op    binOp
}{
	"|": {powBitOr, opOr}, "^": {powBitXor, opXor}, "&": {powBitAnd, opAnd},
	"<<": {powShift, opLsh}, ">>": {powShift, opRsh},
	"+": {powSum, opAdd}, "-": {powSum, opSub},
	"*": {powProduct, opMul}, "/": {powProduct, opDiv}, "//": {powProduct, opFloorDiv},
	"%": {powProduct, opMod}, "@": {powProduct, opMatMul},
}

var comparePower = map[string]cmpOp{
	"<": cmpLT, "<=": cmpLE, "==": cmpEQ, "!=": cmpNE, ">": cmpGT, ">=": cmpGE,
}

// expression parses one expression: lambda, a conditional, or an operator tree.
func (p *parser) expression() expr {
	p.enter()
	defer p.leave()
	if p.isKeyword("lambda") {
		return p.lambda()
	}
	x := p.operators(powOr)
	if p.isKeyword("if") {
		p.pos++
		test := p.operators(powOr)
		if !p.acceptKeyword("else") {
			p.fail("expected 'else' after 'if' expression")
		}
		return &condExpr{test, x, p.expression()}
	}
	return x
}

// named parses an expression that may be name := value.
func (p *parser) named() expr {
	if t := p.peek(); t.kind == tokName && p.peekAt(1).kind == tokOp && p.peekAt(1).text == ":=" {
		p.pos += 2
		p.bind(t.text)
		return &walrusExpr{t.text, p.expression()}
	}
	return p.expression()
}

// operators is the Pratt loop: it parses operators that bind at least as
// tightly as min.
func (p *parser) operators(min int) expr {
	p.enter()
	defer p.leave()
	x := p.prefix(min)
	for chain := 0; ; chain++ {
		if chain > maxNesting {
			throwSyntax(excRecursionError, int(p.peek().line), "maximum recursion depth exceeded during compilation")
		}
		t := p.peek()
		switch {
		case t.kind == tokOp:
			if b, ok := binaryPower[t.text]; ok {
				if b.power < min {
					return x
				}
				p.pos++
				x = &binaryExpr{b.op, x, p.operators(b.power + 1)}
				continue
			}
			if _, ok := comparePower[t.text]; ok && min <= powCompare {
				x = p.comparison(x)
				continue
			}
			return x
		case t.kind == tokKeyword:
			switch {
			case (t.text == "and" && min <= powAnd) || (t.text == "or" && min <= powOr):
				or := t.text == "or"
				power := powAnd
				if or {
					power = powOr
				}
				b := &boolExpr{or: or, items: []expr{x}}
				for p.acceptKeyword(t.text) {
					b.items = append(b.items, p.operators(power+1))
				}
				x = b
				continue
			case min <= powCompare && (t.text == "in" || t.text == "is" || t.text == "not" && p.peekAt(1).text == "in"):
				x = p.comparison(x)
				continue
			}
			return x
		default:
			return x
		}
	}
}

// prefix parses a unary operator or a power.
func (p *parser) prefix(min int) expr {
	t := p.peek()
	if t.kind == tokKeyword && t.text == "not" {
		if min > powNot {
			p.invalid()
		}
		p.pos++
		return &unaryExpr{opNot, p.operators(powNot)}
	}
	if t.kind == tokOp {
		op := unaryOp(0)
		switch t.text {
		case "-":
			op = opNeg
		case "+":
			op = opPos
		case "~":
			op = opInvert
		}
		if op != 0 {
			p.pos++
			x := p.operators(powUnary)
			if c, ok := x.(*constExpr); ok && op == opNeg {
				switch v := c.v.(type) {
				case Float:
					return &constExpr{-v}
				case Int:
					if v > 0 {
						return &constExpr{-v}
					}
				}
			}
			return &unaryExpr{op, x}
		}
	}
	x := p.primary()
	if p.acceptOp("**") {
		x = &binaryExpr{opPow, x, p.operators(powUnary)}
	}
	return x
}

func (p *parser) comparison(x expr) expr {
	c := &compareExpr{x: x}
	for {
		t := p.peek()
		op, ok := cmpOp(0), false
		if t.kind == tokOp {
			op, ok = comparePower[t.text]
		} else if t.kind == tokKeyword {
			switch t.text {
			case "in":
				op, ok = cmpIn, true
			case "is":
				op, ok = cmpIs, true
				if n := p.peekAt(1); n.kind == tokKeyword && n.text == "not" {
					op = cmpIsNot
					p.pos++
				}
			case "not":
				if n := p.peekAt(1); n.kind == tokKeyword && n.text == "in" {
					op, ok = cmpNotIn, true
					p.pos++
				}
			}
		}
		if !ok {
			return c
		}
		p.pos++
		c.ops = append(c.ops, op)
		c.items = append(c.items, p.operators(powCompare+1))
	}
}

// expressionList parses "a, b, *c" as a tuple, or a single expression alone.
func (p *parser) expressionList() expr {
	x := p.starOr(p.named)
	if !p.isOp(",") {
		if _, ok := x.(*starExpr); ok {
			p.fail("can't use starred expression here")
		}
		return x
	}
	items := []expr{x}
	for p.acceptOp(",") {
		if !p.startsExpression() {
			break
		}
		items = append(items, p.starOr(p.named))
	}
	return &tupleExpr{items}
}

// starOr parses "*x" or what f parses.
func (p *parser) starOr(f func() expr) expr {
	if p.acceptOp("*") {
		return &starExpr{p.operators(powBitOr)}
	}
	return f()
}

func (p *parser) startsExpression() bool {
	t := p.peek()
	switch t.kind {
	case tokName, tokNumber, tokString, tokFString:
		return true
	case tokKeyword:
		switch t.text {
		case "None", "True", "False", "not", "lambda", "await", "yield":
			return true
		}
	case tokOp:
		switch t.text {
		case "(", "[", "{", "-", "+", "~", "...", "*":
			return true
		}
	}
	return false
}

// lambda parses lambda parameters: expression.
func (p *parser) lambda() expr {
	p.pos++
	fn := &funcNode{name: "<lambda>", qual: p.qualify("<lambda>"), locals: map[string]bool{}}
	p.parameters(fn, ":", false)
	p.expectOp(":")
	p.scopes = append(p.scopes, fn)
	fn.result = p.expression()
	p.scopes = p.scopes[:len(p.scopes)-1]
	return &lambdaExpr{fn}
}
