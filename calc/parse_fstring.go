package calc

import "strings"

// fstring splits the body of an f-string into constants and fields. Format
// specifications may hold fields themselves, two levels deep.
func (p *parser) fstring(t *token, body string, level int) []expr {
	if level > 1 {
		p.fail("f-string: expressions nested too deeply")
	}
	var parts []expr
	text := func(s string) {
		if s == "" {
			return
		}
		if !t.raw {
			s = (&scanner{line: t.line}).unescape(s, false)
		}
		parts = append(parts, &constExpr{Str(s)})
	}
	start := 0
	for i := 0; i < len(body); {
		switch c := body[i]; {
		case c == '\\' && !t.raw && strings.HasPrefix(body[i:], "\\N{"):
			p.fail("(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: unknown Unicode character name")
		case c == '\\' && !t.raw && i+1 < len(body) && body[i+1] != '{' && body[i+1] != '}':
			i += 2
		case c == '{' && level == 0 && strings.HasPrefix(body[i:], "{{"),
			c == '}' && level == 0 && strings.HasPrefix(body[i:], "}}"):
			text(body[start : i+1])
			i += 2
			start = i
		case c == '{':
			text(body[start:i])
			i = p.field(t, body, i+1, level, &parts)
			start = i
		case c == '}':
			p.fail("f-string: single '}' is not allowed")
		default:
			i++
		}
	}
	text(body[start:])
	return parts
}

// field parses one replacement field whose "{" is before i; it returns the
// position after its "}".
func (p *parser) field(t *token, body string, i, level int, parts *[]expr) int {
	start := i
	quote, depth := "", 0
	for ; i < len(body); i++ {
		c := body[i]
		if c == '\\' {
			p.fail("f-string expression part cannot include a backslash")
		}
		if quote != "" {
			if strings.HasPrefix(body[i:], quote) {
				i += len(quote) - 1
				quote = ""
			}
			continue
		}
		if c == '\'' || c == '"' {
			quote = body[i : i+1]
			if strings.HasPrefix(body[i:], quote+quote+quote) {
				quote += quote + quote
				i += 2
			}
			continue
		}
		if c == '(' || c == '[' || c == '{' {
			if depth++; depth > maxBrackets {
				p.fail("f-string: too many nested parenthesis")
			}
			continue
		}
		if depth > 0 {
			if c == ')' || c == ']' || c == '}' {
				depth--
			}
			continue
		}
		if (c == '!' || c == '=' || c == '<' || c == '>') && i+1 < len(body) && body[i+1] == '=' {
			i++
			continue
		}
		if c == '<' || c == '>' {
			continue
		}
		if c == ':' || c == '}' || c == '!' || c == '=' || c == ')' || c == ']' {
			break
		}
	}
	if quote != "" {
		p.fail("f-string: unterminated string")
	}
	if i >= len(body) {
		p.fail("f-string: expecting '}'")
	}
	src := body[start:i]
	if strings.TrimSpace(src) == "" {
		p.fail("f-string: empty expression not allowed")
	}
	f := &fieldExpr{x: p.subExpression(src, t)}
	if body[i] == '=' {
		i++
		for i < len(body) && (body[i] == ' ' || body[i] == '\t') {
			i++
		}
		*parts = append(*parts, &constExpr{Str(body[start:i])})
		f.conv = 'r'
		if i < len(body) && body[i] == ':' {
			f.conv = 0
		}
	}
	if i < len(body) && body[i] == '!' {
		i++
		if i >= len(body) || body[i] != 'r' && body[i] != 's' && body[i] != 'a' {
			p.fail("f-string: invalid conversion character: expected 's', 'r', or 'a'")
		}
		f.conv = body[i]
		i++
	}
	if i < len(body) && body[i] == ':' {
		i++
		j, depth := i, 0
		for ; j < len(body) && (depth > 0 || body[j] != '}'); j++ {
			if body[j] == '{' {
				depth++
			} else if body[j] == '}' {
				depth--
			}
		}
		f.spec = &fstringExpr{p.fstring(t, body[i:j], level+1)}
		i = j
	}
	if i >= len(body) || body[i] != '}' {
		p.fail("f-string: expecting '}'")
	}
	*parts = append(*parts, f)
	return i + 1
}

// subExpression parses the source of a field with this parser's scopes.
func (p *parser) subExpression(src string, t *token) expr {
	q := &parser{scopes: p.scopes, depth: p.depth + 1, bare: true}
	q.toks, _ = scan(src, true)
	for i := range q.toks {
		q.toks[i].line = t.line
	}
	q.enter()
	x := q.expressionList()
	if q.peek().kind != tokEOF {
		if q.startsOperand(q.peek()) {
			q.fail("f-string: invalid syntax. Perhaps you forgot a comma?")
		}
		q.invalid()
	}
	return x
}
