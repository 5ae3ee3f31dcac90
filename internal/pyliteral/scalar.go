package pyliteral

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// number reads a signed integer or float. A trailing L or l, as Python 2 wrote
// its long integers into old npy headers, is dropped.
func (p *parser) number() (any, error) {
	start := p.i
	if c := p.peek(); c == '-' || c == '+' {
		p.i++
		p.space()
	}
	sign := p.s[start:min(start+1, p.i)]
	begin := p.i
	for p.i < len(p.s) {
		c := p.s[p.i]
		exponent := (c == '-' || c == '+') && p.i > begin && (p.s[p.i-1] == 'e' || p.s[p.i-1] == 'E') &&
			!strings.HasPrefix(strings.ToLower(p.s[begin:p.i]), "0x")
		if !isWord(c) && c != '.' && !exponent {
			break
		}
		p.i++
	}
	text := strings.TrimRight(p.s[begin:p.i], "lL")
	end := p.i
	p.i = start
	lower := strings.ToLower(text)
	based := len(lower) > 1 && lower[0] == '0' && strings.IndexByte("xob", lower[1]) >= 0
	switch {
	case text == "" || text[0] == '_' || text[0] > '9':
		return nil, p.fail("expected a number, got %s", Quote(p.s[start:end]))
	case based || !strings.ContainsAny(text, ".eE"):
		if !based && len(text) > 1 && text[0] == '0' && strings.Trim(text, "0_") != "" {
			return nil, p.fail("leading zeros in the number %s", Quote(text))
		}
		if !based { // Go's base 0 would read 00 as octal
			if !separated(text) {
				return nil, p.fail("malformed number %s", Quote(text))
			}
			lower = strings.ReplaceAll(text, "_", "")
		}
		base := 10
		if based {
			base = 0
		}
		u, err := strconv.ParseInt(sign+lower, base, 64)
		if err != nil {
			if e, ok := err.(*strconv.NumError); ok && e.Err == strconv.ErrRange {
				return nil, p.fail("the integer does not fit into 64 bits")
			}
			return nil, p.fail("malformed number %s", Quote(text))
		}
		p.i = end
		return u, nil
	}
	if !separated(text) {
		return nil, p.fail("malformed number %s", Quote(text))
	}
	f, err := strconv.ParseFloat(sign+strings.ReplaceAll(text, "_", ""), 64)
	if err != nil && !math.IsInf(f, 0) { // Python too reads 1e999 as infinity
		return nil, p.fail("malformed number %s", Quote(text))
	}
	p.i = end
	return f, nil
}

// separated reports whether every underscore stands between two digits.
func separated(s string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := range len(s) {
		if s[i] == '_' && !(digit(i-1) && digit(i+1)) {
			return false
		}
	}
	return true
}

// text reads a string with its prefix, and any strings that follow it: adjacent
// strings are one.
func (p *parser) text() (any, error) {
	var b strings.Builder
	var bytes bool
	for first := true; ; first = false {
		mark := p.i
		p.space()
		start := p.i
		for p.i < len(p.s) && p.i-start < 2 && isWord(p.s[p.i]) {
			p.i++
		}
		prefix := strings.ToLower(p.s[start:p.i])
		if c := p.peek(); c != '\'' && c != '"' || prefix != "" && strings.IndexByte("bru", prefix[0]) < 0 {
			p.i = mark
			if bytes {
				return Bytes(b.String()), nil
			}
			return b.String(), nil
		}
		var raw, isBytes bool
		switch prefix {
		case "", "u":
		case "r":
			raw = true
		case "b":
			isBytes = true
		case "rb", "br":
			raw, isBytes = true, true
		default:
			p.i = start
			return nil, p.fail("unknown string prefix %s", Quote(prefix))
		}
		if !first && isBytes != bytes {
			return nil, p.fail("cannot mix bytes and nonbytes literals")
		}
		bytes = isBytes
		if err := p.quoted(&b, raw, isBytes); err != nil {
			return nil, err
		}
	}
}

// quoted reads from the opening quote to the closing one.
func (p *parser) quoted(b *strings.Builder, raw, bytes bool) error {
	open := p.i
	q := p.s[p.i]
	p.i++
	if p.i+1 < len(p.s) && p.s[p.i] == q && p.s[p.i+1] == q {
		return p.fail("triple-quoted strings are not supported")
	}
	for p.i < len(p.s) {
		c := p.s[p.i]
		switch {
		case c == q:
			p.i++
			return nil
		case c == '\n' || c == '\r':
			return p.fail("line end inside a string")
		case bytes && c >= utf8.RuneSelf:
			return p.fail("bytes can only contain ASCII literal characters")
		case c == '\\' && raw && p.i+1 < len(p.s):
			b.WriteString(p.s[p.i : p.i+2])
			p.i += 2
		case c == '\\' && !raw:
			if err := p.escape(b, bytes); err != nil {
				return err
			}
		default:
			b.WriteByte(c)
			p.i++
		}
	}
	p.i = open
	return p.fail("unterminated string")
}

// simple are the escapes that stand for one character.
var simple = map[byte]string{'\n': "", '\\': "\\", '\'': "'", '"': "\"", 'a': "\a", 'b': "\b",
	'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v"}

// escape reads one escape sequence. An unknown one stands for itself, as in Python.
func (p *parser) escape(b *strings.Builder, bytes bool) error {
	if p.i+1 >= len(p.s) {
		return p.fail("unterminated string")
	}
	c := p.s[p.i+1]
	if s, ok := simple[c]; ok {
		b.WriteString(s)
		p.i += 2
		return nil
	}
	digits, base, from := 0, 16, p.i+2
	switch {
	case c == 'x':
		digits = 2
	case c == 'u' && !bytes:
		digits = 4
	case c == 'U' && !bytes:
		digits = 8
	case c >= '0' && c <= '7':
		base, from = 8, p.i+1
		for digits < 3 && from+digits < len(p.s) && p.s[from+digits] >= '0' && p.s[from+digits] <= '7' {
			digits++
		}
	default:
		b.WriteByte('\\')
		p.i++
		return nil
	}
	if from+digits > len(p.s) {
		return p.fail("truncated escape sequence")
	}
	r, err := strconv.ParseUint(p.s[from:from+digits], base, 32)
	switch {
	case err != nil:
		return p.fail("malformed escape sequence")
	case bytes:
		b.WriteByte(byte(r))
	case r >= 0xdc80 && r <= 0xdcff: // Python's stand-in for a byte that is not UTF-8
		b.WriteByte(byte(r))
	case r > utf8.MaxRune || r >= 0xd800 && r < 0xe000:
		return p.fail("U+%04X is not a character", r)
	default:
		b.WriteRune(rune(r))
	}
	p.i = from + digits
	return nil
}
