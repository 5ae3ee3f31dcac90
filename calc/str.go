package calc

import (
	"strings"
	"unicode/utf8"
)

// A Str holds code points as UTF-8, with lone surrogates in their three-byte
// form, which UTF-8 proper forbids. The functions here know that form.

// decodeRune reads the first code point of s.
func decodeRune(s string) (rune, int) {
	r, w := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && w == 1 && len(s) >= 3 && s[0] == 0xed && s[1] >= 0xa0 {
		return rune(s[0]&0x0f)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return r, w
}

// encodeRune is the text of one code point.
func encodeRune(r rune) string {
	if r >= 0xd800 && r < 0xe000 {
		return string([]byte{0xe0 | byte(r>>12), 0x80 | byte(r>>6)&0x3f, 0x80 | byte(r)&0x3f})
	}
	return string(r)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runesOf splits a string into code points.
func runesOf(s string) []rune {
	out := make([]rune, 0, len(s))
	for len(s) > 0 {
		r, w := decodeRune(s)
		out = append(out, r)
		s = s[w:]
	}
	return out
}

func fromRunes(rs []rune) string {
	var b strings.Builder
	for _, r := range rs {
		if r >= 0xd800 && r < 0xe000 {
			b.WriteString(encodeRune(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// runeCount is the length of a string as Python counts it.
func runeCount(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i]&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// checkEncodable refuses lone surrogates in output.
func checkEncodable(s string) {
	if utf8.ValidString(s) {
		return
	}
	for i, r := range runesOf(s) {
		if r >= 0xd800 && r < 0xe000 {
			throw(excUnicodeEncodeError, "'utf-8' codec can't encode character '\\u%04x' in position %d: surrogates not allowed", r, i)
		}
	}
}

func (s Str) length(*Interp) int { return runeCount(string(s)) }

func (s Str) item(in *Interp, key Value) Value {
	text := string(s)
	if isASCII(text) {
		if k, ok := key.(*Slice); ok {
			start, _, step, n := k.resolve(in, len(text))
			in.charge(n)
			if step == 1 {
				return s[start : start+n]
			}
			out := make([]byte, n)
			for i := range out {
				out[i] = text[start+i*step]
			}
			return Str(out)
		}
		i := in.subscript(key, len(text), "string")
		if i < 0 {
			throw(excIndexError, "string index out of range")
		}
		return s[i : i+1]
	}
	rs := runesOf(text)
	in.charge(4 * len(rs))
	if k, ok := key.(*Slice); ok {
		start, _, step, n := k.resolve(in, len(rs))
		out := make([]rune, n)
		for i := range out {
			out[i] = rs[start+i*step]
		}
		return Str(fromRunes(out))
	}
	i := in.subscript(key, len(rs), "string")
	if i < 0 {
		throw(excIndexError, "string index out of range")
	}
	return Str(encodeRune(rs[i]))
}

func (s Str) repeat(in *Interp, n int) Value {
	in.repeated(len(s), n, 1)
	return Str(strings.Repeat(string(s), n))
}

// binary is the operator % of strings.
func (s Str) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	if op == opMod && !reflected {
		return Str(in.percent(string(s), other))
	}
	return NotImplemented
}

func (s Str) iterate(*Interp) Iterator { return &strIterator{string(s)} }

type strIterator struct{ rest string }

var typeStrIterator = newType("str_iterator", typeObject)

func (it *strIterator) Type() *Type { return typeStrIterator }

func (it *strIterator) Next(*Interp) (Value, bool) {
	if it.rest == "" {
		return nil, false
	}
	_, w := decodeRune(it.rest)
	v := Str(it.rest[:w])
	it.rest = it.rest[w:]
	return v, true
}

// strRepr quotes as Python does: single quotes unless the text has them and no
// double ones.
func strRepr(s string) string {
	quote := byte('\'')
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		quote = '"'
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	b.WriteByte(quote)
	for len(s) > 0 {
		r, w := decodeRune(s)
		switch {
		case r == rune(quote) || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString("\\n")
		case r == '\r':
			b.WriteString("\\r")
		case r == '\t':
			b.WriteString("\\t")
		case r < ' ' || r == 0x7f:
			b.WriteString("\\x" + string([]byte{hex[r>>4], hex[r&15]}))
		case r < 0x7f:
			b.WriteByte(byte(r))
		case !printable(r):
			b.WriteString(escapeRune(r))
		default:
			b.WriteString(s[:w])
		}
		s = s[w:]
	}
	b.WriteByte(quote)
	return b.String()
}

// escapeRune is \xXX, \uXXXX or \UXXXXXXXX.
func escapeRune(r rune) string {
	const hex = "0123456789abcdef"
	n, lead := 2, "\\x"
	if r > 0xffff {
		n, lead = 8, "\\U"
	} else if r > 0xff {
		n, lead = 4, "\\u"
	}
	out := []byte(lead)
	for i := n - 1; i >= 0; i-- {
		out = append(out, hex[(r>>(4*i))&15])
	}
	return string(out)
}

// asciiOnly escapes what is not ASCII, as the function ascii does to a repr.
func asciiOnly(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range runesOf(s) {
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
		} else {
			b.WriteString(escapeRune(r))
		}
	}
	return b.String()
}
