package calc

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// number scans a literal: 12, 1_000, 0xff, 0o17, 0b11, 1.5e3, 2j.
func (s *scanner) number() {
	start := s.pos
	if s.src[s.pos] == '0' && s.pos+1 < len(s.src) {
		base, name := 0, ""
		switch s.src[s.pos+1] {
		case 'x', 'X':
			base, name = 16, "hexadecimal"
		case 'o', 'O':
			base, name = 8, "octal"
		case 'b', 'B':
			base, name = 2, "binary"
		}
		if base != 0 {
			s.pos += 2
			s.radix(base, name)
			return
		}
	}
	s.decimals()
	isFloat := false
	if s.peekByte(0) == '.' {
		isFloat = true
		s.pos++
		if isDigit(s.peekByte(0)) {
			s.decimals()
		}
	}
	if c := s.peekByte(0); c == 'e' || c == 'E' {
		n := 1
		if d := s.peekByte(1); d == '+' || d == '-' {
			n = 2
		}
		if isDigit(s.peekByte(n)) {
			isFloat = true
			s.pos += n
			s.decimals()
		}
	}
	text := strings.ReplaceAll(s.src[start:s.pos], "_", "")
	if c := s.peekByte(0); c == 'j' || c == 'J' {
		s.pos++
		s.endNumber("imaginary")
		s.emitNumber(start, Complex(complex(0, parseFloatText(text))))
		return
	}
	s.endNumber("decimal")
	if isFloat {
		s.emitNumber(start, Float(parseFloatText(text)))
		return
	}
	if text[0] == '0' && strings.Trim(text, "0") != "" {
		s.fail("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
	}
	if len(text) > maxIntDigits {
		s.fail("Exceeds the limit (%d digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", maxIntDigits, len(text))
	}
	s.emitNumber(start, parseIntText(text, 10))
}

func (s *scanner) emitNumber(start int, v Value) {
	s.emit(tokNumber, s.src[start:s.pos]).value = v
}

func (s *scanner) peekByte(n int) byte {
	if s.pos+n < len(s.src) {
		return s.src[s.pos+n]
	}
	return 0
}

// decimals steps over digits with single underscores between them.
func (s *scanner) decimals() {
	for {
		for isDigit(s.peekByte(0)) {
			s.pos++
		}
		if s.peekByte(0) != '_' {
			return
		}
		if !isDigit(s.peekByte(1)) {
			s.fail("invalid decimal literal")
		}
		s.pos++
	}
}

func (s *scanner) radix(base int, name string) {
	start := s.pos - 2
	digits := 0
	for {
		c := s.peekByte(0)
		if c == '_' {
			if digitValue(s.peekByte(1)) >= base {
				s.fail("invalid %s literal", name)
			}
			s.pos++
			continue
		}
		if digitValue(c) >= base {
			if isDigit(c) {
				s.fail("invalid digit '%c' in %s literal", c, name)
			}
			break
		}
		digits++
		s.pos++
	}
	if digits == 0 {
		s.fail("invalid %s literal", name)
	}
	s.endNumber(name)
	text := strings.ReplaceAll(s.src[start+2:s.pos], "_", "")
	s.emitNumber(start, parseIntText(text, base))
}

// endNumber refuses a name glued to a number, except a keyword as in "1if x".
func (s *scanner) endNumber(name string) {
	c := s.peekByte(0)
	if c != '_' && !isLetter(c) {
		return
	}
	end := s.pos
	for end < len(s.src) && (isLetter(s.src[end]) || isDigit(s.src[end]) || s.src[end] == '_') {
		end++
	}
	switch s.src[s.pos:end] {
	case "and", "else", "for", "if", "in", "is", "not", "or":
		return
	}
	s.fail("invalid %s literal", name)
}

func digitValue(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		return int(c-'A') + 10
	}
	return 99
}

func parseIntText(text string, base int) Value {
	if n, err := strconv.ParseInt(text, base, 64); err == nil {
		return Int(n)
	}
	z, ok := new(big.Int).SetString(text, base)
	if !ok {
		throw(excValueError, "invalid literal for int()")
	}
	return newInt(z)
}

// parseFloatText parses digits that are known to be well formed; a number too
// large is infinite, as in Python.
func parseFloatText(text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(f, 0) && f != 0 {
		throw(excValueError, "could not convert string to float: '%s'", text)
	}
	return f
}
