package printing

import (
	"strings"
	"unicode"

	"github.com/stride-go/nd/internal/pyliteral"
)

// PyStrRepr returns Python's repr of a str: 'x', "it's". Bytes of s that are not
// UTF-8 print as the surrogates that Python decodes them to.
func PyStrRepr(s string) string { return pyliteral.Quote(s) }

// PyBytesRepr returns Python's repr of bytes: b'x', b"it's", b'\xff'.
func PyBytesRepr(b []byte) string { return string(appendBytesRepr(nil, b)) }

// PyFloatRepr returns Python's repr of a float: 1.5, 1e+16, inf.
func PyFloatRepr(x float64) string { return string(appendFloatStr(nil, x, 64)) }

// PyComplexRepr returns Python's repr of a complex: (1+2j), 2j.
func PyComplexRepr(c complex128) string {
	return string(appendComplexStr(nil, real(c), imag(c), 64))
}

const (
	lowerHex = "0123456789abcdef"
	upperHex = "0123456789ABCDEF"
)

// quoteFor chooses Python's quote: single, unless there is a single and no
// double quote inside.
func quoteFor(single, double bool) byte {
	if single && !double {
		return '"'
	}
	return '\''
}

// appendEscape writes what both literals escape by a letter.
func appendEscape(dst []byte, r rune, quote byte) ([]byte, bool) {
	switch r {
	case '\\', rune(quote):
		return append(dst, '\\', byte(r)), true
	case '\n':
		return append(dst, '\\', 'n'), true
	case '\r':
		return append(dst, '\\', 'r'), true
	case '\t':
		return append(dst, '\\', 't'), true
	}
	return dst, false
}

func appendBytesRepr(dst, b []byte) []byte {
	quote := quoteFor(strings.ContainsRune(string(b), '\''), strings.ContainsRune(string(b), '"'))
	dst = append(dst, 'b', quote)
	for _, c := range b {
		var done bool
		if dst, done = appendEscape(dst, rune(c), quote); done {
			continue
		}
		if c < ' ' || c >= 0x7f {
			dst = append(dst, '\\', 'x', lowerHex[c>>4], lowerHex[c&15])
		} else {
			dst = append(dst, c)
		}
	}
	return append(dst, quote)
}

// appendRunesRepr writes Python's repr of a str given as code points, which may
// be surrogates or none at all.
func appendRunesRepr(dst []byte, text []rune) []byte {
	var single, double bool
	for _, r := range text {
		single = single || r == '\''
		double = double || r == '"'
	}
	quote := quoteFor(single, double)
	dst = append(dst, quote)
	for _, r := range text {
		var done bool
		if dst, done = appendEscape(dst, r, quote); done {
			continue
		}
		if unicode.IsPrint(r) {
			dst = append(dst, string(r)...)
			continue
		}
		digits := 8
		dst = append(dst, '\\')
		switch u := uint32(r); {
		case u < 0x100:
			dst, digits = append(dst, 'x'), 2
		case u < 0x10000:
			dst, digits = append(dst, 'u'), 4
		default:
			dst = append(dst, 'U')
		}
		for i := digits - 1; i >= 0; i-- {
			dst = append(dst, lowerHex[uint32(r)>>(4*i)&15])
		}
	}
	return append(dst, quote)
}

// appendVoid writes NumPy's text of a void item: every byte as \xhh, upper case.
func appendVoid(dst, b []byte) []byte {
	dst = append(dst, 'b', '\'')
	for _, c := range b {
		dst = append(dst, '\\', 'x', upperHex[c>>4], upperHex[c&15])
	}
	return append(dst, '\'')
}
