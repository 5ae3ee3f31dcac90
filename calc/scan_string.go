package calc

import (
	"strings"
	"unicode/utf8"
)

// stringLit scans a literal whose opening quote is at pos. The prefix is in
// lower case.
func (s *scanner) stringLit(prefix string) {
	quote := s.src[s.pos : s.pos+1]
	long := strings.HasPrefix(s.src[s.pos:], quote+quote+quote)
	if long {
		quote += quote + quote
	}
	line := s.line
	s.pos += len(quote)
	start := s.pos
	for {
		if s.pos >= len(s.src) {
			end := s.line
			s.line = line
			if long {
				if end > line && strings.HasSuffix(s.src, "\n") {
					end--
				}
				s.fail("unterminated triple-quoted string literal (detected at line %d)", end)
			}
			s.fail("unterminated string literal (detected at line %d)", line)
		}
		c := s.src[s.pos]
		if strings.HasPrefix(s.src[s.pos:], quote) {
			break
		}
		switch {
		case c == '\\' && s.pos+1 < len(s.src):
			s.pos++
			if d := s.src[s.pos]; d == '\n' || d == '\r' {
				s.newline()
			} else {
				s.pos++
			}
		case c == '\n' || c == '\r':
			if !long {
				s.fail("unterminated string literal (detected at line %d)", line)
			}
			s.newline()
		default:
			s.pos++
		}
	}
	body := s.src[start:s.pos]
	s.pos += len(quote)
	if strings.Contains(body, "\r") {
		body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", "\n")
	}
	raw := strings.Contains(prefix, "r")
	tok := token{kind: tokString, text: body, raw: raw, line: line, depth: int16(len(s.brackets))}
	switch {
	case strings.Contains(prefix, "f"):
		tok.kind = tokFString
	case strings.Contains(prefix, "b"):
		for i := 0; i < len(body); i++ {
			if body[i] >= utf8.RuneSelf {
				s.fail("bytes can only contain ASCII literal characters")
			}
		}
		if raw {
			tok.value = Bytes(body)
		} else {
			tok.value = Bytes(s.unescape(body, true))
		}
	case raw:
		tok.value = Str(body)
	default:
		tok.value = Str(s.unescape(body, false))
	}
	s.toks = append(s.toks, tok)
}

var plainEscapes = map[byte]string{
	'\\': "\\", '\'': "'", '"': "\"", 'a': "\a", 'b': "\b", 'f': "\f",
	'n': "\n", 'r': "\r", 't': "\t", 'v': "\v", '\n': "",
}

// unescape resolves the backslash escapes of a literal. Unknown escapes stay as
// they are, which CPython also does.
func (s *scanner) unescape(body string, isBytes bool) string {
	i := strings.IndexByte(body, '\\')
	if i < 0 {
		return body
	}
	codec := "unicodeescape"
	var b strings.Builder
	b.WriteString(body[:i])
	for i < len(body) {
		c := body[i]
		if c != '\\' || i+1 >= len(body) {
			b.WriteByte(c)
			i++
			continue
		}
		e := body[i+1]
		if text, ok := plainEscapes[e]; ok {
			b.WriteString(text)
			i += 2
			continue
		}
		size := 0
		switch {
		case '0' <= e && e <= '7':
			j, v := i+1, 0
			for ; j < len(body) && j < i+4 && '0' <= body[j] && body[j] <= '7'; j++ {
				v = v*8 + int(body[j]-'0')
			}
			writeCode(&b, rune(v), isBytes)
			i = j
			continue
		case e == 'x':
			size = 2
		case e == 'u' && !isBytes:
			size = 4
		case e == 'U' && !isBytes:
			size = 8
		case e == 'N' && !isBytes:
			s.fail("(unicode error) '%s' codec can't decode bytes in position %d-%d: unknown Unicode character name", codec, i, i+1)
		default:
			b.WriteByte('\\')
			i++
			continue
		}
		v, j := 0, i+2
		for ; j < len(body) && j < i+2+size && digitValue(body[j]) < 16; j++ {
			v = v*16 + digitValue(body[j])
		}
		if j < i+2+size {
			if isBytes {
				s.fail("(value error) invalid \\x escape at position %d", i)
			}
			name := map[int]string{2: "\\xXX", 4: "\\uXXXX", 8: "\\UXXXXXXXX"}[size]
			s.fail("(unicode error) '%s' codec can't decode bytes in position %d-%d: truncated %s escape", codec, i, j-1, name)
		}
		if v > 0x10ffff {
			s.fail("(unicode error) '%s' codec can't decode bytes in position %d-%d: illegal Unicode character", codec, i, j-1)
		}
		writeCode(&b, rune(v), isBytes)
		i = j
	}
	return b.String()
}

// writeCode appends one code point, or one byte.
func writeCode(b *strings.Builder, r rune, isBytes bool) {
	if isBytes {
		b.WriteByte(byte(r))
		return
	}
	b.WriteString(encodeRune(r))
}
