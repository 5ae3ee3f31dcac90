package calc

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBrackets is the deepest nesting of brackets, as CPython's tokenizer has it.
const maxBrackets = 200

// maxIndents is the deepest nesting of blocks.
const maxIndents = 100

type bracket struct {
	ch   byte
	line int32
}

// scanner turns source text into tokens, indentation included.
type scanner struct {
	src      string
	pos      int
	line     int32
	indents  []int
	brackets []bracket
	toks     []token
	bare     bool     // an expression inside an f-string: no lines, no indentation
	open     *bracket // a bracket that the end of the source left open
}

// scan returns the tokens of src, the last of which is tokEOF,
// and the bracket that it leaves open, if any.
func scan(src string, bare bool) ([]token, *bracket) {
	s := &scanner{src: src, line: 1, indents: []int{0}, bare: bare}
	if i := strings.IndexByte(src, 0); i >= 0 {
		throw(excValueError, "source code string cannot contain null bytes")
	}
	if strings.HasPrefix(src, "\ufeff") {
		s.pos = 3
	}
	s.run()
	return s.toks, s.open
}

func (s *scanner) fail(format string, args ...any) {
	throwSyntax(excSyntaxError, int(s.line), format, args...)
}

func (s *scanner) emit(k tokenKind, text string) *token {
	s.toks = append(s.toks, token{kind: k, text: text, line: s.line, depth: int16(len(s.brackets))})
	return &s.toks[len(s.toks)-1]
}

func (s *scanner) run() {
	fresh := !s.bare // at the start of a logical line
	for {
		if fresh && len(s.brackets) == 0 {
			s.indentation()
			fresh = false
		}
		for s.pos < len(s.src) && (s.src[s.pos] == ' ' || s.src[s.pos] == '\t' || s.src[s.pos] == '\f') {
			s.pos++
		}
		if s.pos >= len(s.src) {
			s.finish()
			return
		}
		c := s.src[s.pos]
		switch {
		case c == '#':
			if s.bare {
				s.fail("f-string expression part cannot include '#'")
			}
			for s.pos < len(s.src) && s.src[s.pos] != '\n' && s.src[s.pos] != '\r' {
				s.pos++
			}
		case c == '\n' || c == '\r':
			if len(s.brackets) == 0 && !s.bare {
				s.emit(tokNewline, "\n")
				fresh = true
			}
			s.newline()
		case c == '\\':
			s.pos++
			if s.pos >= len(s.src) {
				s.fail("unexpected EOF while parsing")
			}
			if s.src[s.pos] != '\n' && s.src[s.pos] != '\r' {
				s.fail("unexpected character after line continuation character")
			}
			s.newline()
			if s.pos >= len(s.src) {
				s.fail("unexpected EOF while parsing")
			}
		case isDigit(c) || c == '.' && s.pos+1 < len(s.src) && isDigit(s.src[s.pos+1]):
			s.number()
		case c == '"' || c == '\'':
			s.stringLit("")
		case c == '_' || c >= utf8.RuneSelf || isLetter(c):
			s.name()
		default:
			s.operator()
		}
	}
}

// newline steps over "\n", "\r" or "\r\n".
func (s *scanner) newline() {
	if s.src[s.pos] == '\r' && s.pos+1 < len(s.src) && s.src[s.pos+1] == '\n' {
		s.pos++
	}
	s.pos++
	s.line++
}

// finish closes what is open at the end of the source.
func (s *scanner) finish() {
	if n := len(s.brackets); n > 0 {
		s.open = &s.brackets[n-1]
		if s.bare {
			s.fail("f-string: expecting '}'")
		}
	}
	if !s.bare {
		if n := len(s.toks); n > 0 && s.toks[n-1].kind != tokNewline && s.toks[n-1].kind != tokDedent {
			s.emit(tokNewline, "")
		}
		for range s.indents[1:] {
			s.emit(tokDedent, "")
		}
	}
	s.emit(tokEOF, "")
}

// indentation measures the blanks before a logical line and emits the change.
// Blank lines and comments do not count.
func (s *scanner) indentation() {
	for {
		col, p := 0, s.pos
	blanks:
		for ; p < len(s.src); p++ {
			switch s.src[p] {
			case ' ':
				col++
			case '\t':
				col = (col/8 + 1) * 8
			case '\f':
				col = 0
			default:
				break blanks
			}
		}
		s.pos = p
		if p < len(s.src) && s.src[p] == '#' {
			for s.pos < len(s.src) && s.src[s.pos] != '\n' && s.src[s.pos] != '\r' {
				s.pos++
			}
		}
		if s.pos >= len(s.src) {
			return
		}
		if c := s.src[s.pos]; c == '\n' || c == '\r' {
			s.newline()
			continue
		}
		top := s.indents[len(s.indents)-1]
		switch {
		case col > top:
			if len(s.indents) >= maxIndents {
				throwSyntax(excIndentationError, int(s.line), "too many levels of indentation")
			}
			s.indents = append(s.indents, col)
			s.emit(tokIndent, "")
		case col < top:
			for col < s.indents[len(s.indents)-1] {
				s.indents = s.indents[:len(s.indents)-1]
				s.emit(tokDedent, "")
			}
			if col != s.indents[len(s.indents)-1] {
				throwSyntax(excIndentationError, int(s.line), "unindent does not match any outer indentation level")
			}
		}
		return
	}
}

func (s *scanner) operator() {
	rest := s.src[s.pos:]
	for _, op := range operators {
		if !strings.HasPrefix(rest, op) {
			continue
		}
		s.pos += len(op)
		if len(op) == 1 {
			switch c := op[0]; c {
			case '(', '[', '{':
				if len(s.brackets) >= maxBrackets {
					s.fail("too many nested parentheses")
				}
				s.emit(tokOp, op)
				s.brackets = append(s.brackets, bracket{c, s.line})
				return
			case ')', ']', '}':
				s.closing(c)
			}
		}
		s.emit(tokOp, op)
		return
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if r < utf8.RuneSelf {
		s.fail("invalid syntax")
	}
	s.fail("invalid character '%c' (U+%04X)", r, r)
}

func (s *scanner) closing(c byte) {
	n := len(s.brackets)
	if n == 0 {
		if s.bare {
			s.fail("f-string: unmatched '%c'", c)
		}
		s.fail("unmatched '%c'", c)
	}
	open := s.brackets[n-1]
	if want := map[byte]byte{'(': ')', '[': ']', '{': '}'}[open.ch]; want != c {
		at := ""
		if open.line != s.line {
			at = fmt.Sprintf(" on line %d", open.line)
		}
		s.fail("closing parenthesis '%c' does not match opening parenthesis '%c'%s", c, open.ch, at)
	}
	s.brackets = s.brackets[:n-1]
}

// name scans an identifier, a keyword, or the prefix of a string.
func (s *scanner) name() {
	start := s.pos
	for s.pos < len(s.src) {
		r, w := utf8.DecodeRuneInString(s.src[s.pos:])
		if r == utf8.RuneError && w <= 1 {
			s.fail("invalid non-printable character U+FFFD")
		}
		if !isNameRune(r, s.pos == start) {
			break
		}
		s.pos += w
	}
	if s.pos == start {
		r, _ := utf8.DecodeRuneInString(s.src[s.pos:])
		if !unicode.IsPrint(r) {
			s.fail("invalid non-printable character U+%04X", r)
		}
		s.fail("invalid character '%c' (U+%04X)", r, r)
	}
	word := s.src[start:s.pos]
	if s.pos < len(s.src) && (s.src[s.pos] == '"' || s.src[s.pos] == '\'') && len(word) <= 2 {
		switch strings.ToLower(word) {
		case "r", "b", "u", "f", "br", "rb", "fr", "rf":
			s.stringLit(strings.ToLower(word))
			return
		}
	}
	if keywords[word] {
		s.emit(tokKeyword, word)
	} else {
		s.emit(tokName, word)
	}
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isNameRune(r rune, first bool) bool {
	if r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) {
		return true
	}
	return !first && (unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Pc, r))
}
