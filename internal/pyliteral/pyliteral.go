// Package pyliteral reads and writes Python literals: the notation of npy
// headers and of structured dtypes. It reads what Python's ast.literal_eval
// reads, except sets, complex numbers, triple-quoted strings and comments.
//
// Python's values become these Go values:
//
//	None            nil
//	True, False     bool
//	3, -0x1f, 1_000 int64 (larger integers are an error)
//	1.5, 2e-3       float64
//	'text'          string, UTF-8; '\udc80' … '\udcff' become the byte they stand for
//	b'text'         Bytes
//	[a, b]          List
//	(a, b)          Tuple
//	{k: v}          Dict, in order of writing
package pyliteral

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/stride-go/nd/internal/nderr"
)

// List is a Python list.
type List []any

// Tuple is a Python tuple.
type Tuple []any

// Bytes is a Python bytes object.
type Bytes string

// Pair is one entry of a Dict.
type Pair struct{ Key, Value any }

// Dict is a Python dict in order of insertion. A key that is written twice keeps
// its first place and its last value, as in Python.
type Dict []Pair

// Lookup returns the value of a text key.
func (d Dict) Lookup(key string) (any, bool) {
	for _, p := range d {
		if k, ok := p.Key.(string); ok && k == key {
			return p.Value, true
		}
	}
	return nil, false
}

// Limits of what Parse reads: nesting as in CPython's own parser, and a length
// far beyond any header that a person or a program has reason to write.
const (
	MaxDepth  = 200
	MaxLength = 1 << 20
)

// Parse reads one literal that makes up the whole of s, spaces and line ends
// around it aside. Errors (ErrFormat) say what was expected and at which byte.
func Parse(s string) (any, error) {
	v, rest, err := ParsePrefix(s)
	if err != nil {
		return nil, err
	}
	if rest != "" {
		p := parser{s: s, i: len(s) - len(rest)}
		return nil, p.fail("unexpected %s after the literal", p.here())
	}
	return v, nil
}

// ParsePrefix reads one literal at the start of s and returns what follows it
// and the spaces behind it.
func ParsePrefix(s string) (v any, rest string, err error) {
	if len(s) > MaxLength {
		return nil, "", nderr.New("literal", nderr.ErrFormat, "Python literal of %d bytes exceeds the limit of %d", len(s), MaxLength)
	}
	p := parser{s: s}
	p.space()
	v, err = p.value(0)
	if err != nil {
		return nil, "", err
	}
	p.space()
	return v, s[p.i:], nil
}

type parser struct {
	s string
	i int
}

func (p *parser) fail(format string, args ...any) error {
	return nderr.New("literal", nderr.ErrFormat, "malformed Python literal at byte "+strconv.Itoa(p.i)+": "+format, args...)
}

// peek returns the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

// here names the next character for an error message.
func (p *parser) here() string {
	if p.i >= len(p.s) {
		return "end of text"
	}
	r, n := utf8.DecodeRuneInString(p.s[p.i:])
	if r == utf8.RuneError && n == 1 {
		return "byte 0x" + strconv.FormatUint(uint64(p.s[p.i]), 16)
	}
	return Quote(string(r))
}

func (p *parser) space() {
	for p.i < len(p.s) && strings.IndexByte(" \t\r\n\f", p.s[p.i]) >= 0 {
		p.i++
	}
}

// value reads a literal at the current byte; depth counts the brackets around it.
func (p *parser) value(depth int) (any, error) {
	if depth > MaxDepth {
		return nil, p.fail("too many nested brackets (limit %d)", MaxDepth)
	}
	switch c := p.peek(); {
	case c == '[':
		items, _, err := p.items(']', depth)
		return List(items), err
	case c == '(':
		items, comma, err := p.items(')', depth)
		if err == nil && len(items) == 1 && !comma {
			return items[0], nil // brackets around one value
		}
		return Tuple(items), err
	case c == '{':
		return p.dict(depth)
	case c == '\'' || c == '"':
		return p.text()
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		return p.number()
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
		return p.word()
	}
	return nil, p.fail("expected a value, got %s", p.here())
}

// items reads the values between brackets; comma reports whether any comma was
// written.
func (p *parser) items(end byte, depth int) (items []any, comma bool, err error) {
	p.i++
	items = []any{}
	for {
		p.space()
		if p.peek() == end {
			p.i++
			return items, comma, nil
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, false, err
		}
		items = append(items, v)
		p.space()
		switch p.peek() {
		case ',':
			comma = true
			p.i++
		case end:
		default:
			return nil, false, p.fail("expected ',' or '%c', got %s", end, p.here())
		}
	}
}

func (p *parser) dict(depth int) (any, error) {
	p.i++
	d := Dict{}
	place := map[any]int{}
	for {
		p.space()
		if p.peek() == '}' {
			p.i++
			return d, nil
		}
		key, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		switch key.(type) {
		case List, Tuple, Dict:
			return nil, p.fail("a %s as a key is not supported", TypeName(key))
		}
		p.space()
		if p.peek() != ':' {
			return nil, p.fail("expected ':' after the key, got %s", p.here())
		}
		p.i++
		p.space()
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if i, ok := place[key]; ok {
			d[i].Value = v
		} else {
			place[key] = len(d)
			d = append(d, Pair{key, v})
		}
		p.space()
		switch p.peek() {
		case ',':
			p.i++
		case '}':
		default:
			return nil, p.fail("expected ',' or '}', got %s", p.here())
		}
	}
}

// word reads a constant, or the prefix of a string.
func (p *parser) word() (any, error) {
	start := p.i
	for p.i < len(p.s) && isWord(p.s[p.i]) {
		p.i++
	}
	w := p.s[start:p.i]
	if c := p.peek(); (c == '\'' || c == '"') && len(w) <= 2 {
		p.i = start
		return p.text()
	}
	switch w {
	case "None":
		return nil, nil
	case "True":
		return true, nil
	case "False":
		return false, nil
	}
	p.i = start
	if len(w) > 40 {
		w = w[:40] + "…"
	}
	return nil, p.fail("unknown name %s", Quote(w))
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// TypeName returns Python's name of the type of v, for messages.
func TypeName(v any) string {
	switch v.(type) {
	case nil:
		return "NoneType"
	case bool:
		return "bool"
	case int64:
		return "int"
	case float64:
		return "float"
	case string:
		return "str"
	case Bytes:
		return "bytes"
	case List:
		return "list"
	case Tuple:
		return "tuple"
	case Dict:
		return "dict"
	}
	return "object"
}
