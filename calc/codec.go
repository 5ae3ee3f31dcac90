package calc

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

func codecName(v Value) string {
	if v == nil {
		return "utf-8"
	}
	s := strArg(v, "encode() argument 'encoding' must be str")
	name := strings.ReplaceAll(strings.ToLower(s), "_", "-")
	switch name {
	case "utf-8", "utf8", "u8":
		return "utf-8"
	case "ascii", "us-ascii", "646":
		return "ascii"
	case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1":
		return "latin-1"
	case "utf-16-le", "utf-16le":
		return "utf-16-le"
	case "utf-16-be", "utf-16be":
		return "utf-16-be"
	case "utf-16", "utf16":
		return "utf-16"
	case "utf-32-le", "utf-32le":
		return "utf-32-le"
	case "utf-32-be", "utf-32be":
		return "utf-32-be"
	case "utf-32", "utf32":
		return "utf-32"
	}
	throw(excLookupError, "unknown encoding: %s", s)
	return ""
}

func errorsName(v Value) string {
	if v == nil {
		return "strict"
	}
	return strArg(v, "encode() argument 'errors' must be str")
}

// encode turns text into bytes.
func (in *Interp) encode(s string, encoding, errors Value) string {
	name, mode := codecName(encoding), errorsName(errors)
	in.charge(4 * len(s))
	rs := runesOf(s)
	var b strings.Builder
	bad := func(i int, r rune, reason string) {
		switch mode {
		case "strict":
			throw(excUnicodeEncodeError, "'%s' codec can't encode character '%s' in position %d: %s", name, escapeRune(r), i, reason)
		case "ignore":
		case "replace":
			b.WriteByte('?')
		case "backslashreplace":
			b.WriteString(escapeRune(r))
		default:
			throw(excLookupError, "unknown error handler name '%s'", mode)
		}
	}
	switch name {
	case "utf-8":
		if utf8.ValidString(s) {
			return s
		}
		for i, r := range rs {
			if r >= 0xd800 && r < 0xe000 {
				bad(i, r, "surrogates not allowed")
				continue
			}
			b.WriteRune(r)
		}
	case "ascii", "latin-1":
		limit, reason := rune(128), "ordinal not in range(128)"
		if name == "latin-1" {
			limit, reason = 256, "ordinal not in range(256)"
		}
		for i, r := range rs {
			if r >= limit {
				bad(i, r, reason)
				continue
			}
			b.WriteByte(byte(r))
		}
	default:
		wide, order := strings.HasPrefix(name, "utf-32"), name[len(name)-2:]
		if order != "be" && order != "le" {
			order = "le"
			rs = append([]rune{0xfeff}, rs...)
		}
		put := func(u uint32, n int) {
			for i := range n {
				shift := 8 * i
				if order == "be" {
					shift = 8 * (n - 1 - i)
				}
				b.WriteByte(byte(u >> shift))
			}
		}
		for _, r := range rs {
			switch {
			case wide:
				put(uint32(r), 4)
			case r > 0xffff:
				hi, lo := utf16.EncodeRune(r)
				put(uint32(hi), 2)
				put(uint32(lo), 2)
			default:
				put(uint32(r), 2)
			}
		}
	}
	return b.String()
}

// decode turns bytes into text.
func (in *Interp) decode(s string, encoding, errors Value) string {
	name, mode := codecName(encoding), errorsName(errors)
	in.charge(2 * len(s))
	var b strings.Builder
	bad := func(i int, reason string) {
		switch mode {
		case "strict":
			throw(excUnicodeDecodeError, "'%s' codec can't decode byte 0x%02x in position %d: %s", name, s[i], i, reason)
		case "ignore":
		case "replace":
			b.WriteRune('\ufffd')
		case "backslashreplace":
			b.WriteString(escapeRune(rune(s[i])))
		default:
			throw(excLookupError, "unknown error handler name '%s'", mode)
		}
	}
	switch name {
	case "utf-8":
		if utf8.ValidString(s) {
			return s
		}
		for i := 0; i < len(s); {
			r, w := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || w > 1 {
				b.WriteString(s[i : i+w])
				i += w
				continue
			}
			reason, skip := badUTF8(s[i:])
			bad(i, reason)
			i += skip
		}
	case "ascii", "latin-1":
		for i := 0; i < len(s); i++ {
			if s[i] >= 128 && name == "ascii" {
				bad(i, "ordinal not in range(128)")
				continue
			}
			b.WriteRune(rune(s[i]))
		}
	default:
		in.decodeWide(&b, s, name)
	}
	return b.String()
}

// badUTF8 says why a sequence is wrong and how many bytes it spoils.
func badUTF8(s string) (reason string, skip int) {
	c := s[0]
	need := 0
	switch {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c >= 0xe0 && c <= 0xef:
		need = 2
	case c >= 0xf0 && c <= 0xf4:
		need = 3
	default:
		return "invalid start byte", 1
	}
	for i := 1; i <= need; i++ {
		if i >= len(s) {
			return "unexpected end of data", i
		}
		low, high := byte(0x80), byte(0xbf)
		if i == 1 {
			switch c {
			case 0xe0:
				low = 0xa0
			case 0xed:
				high = 0x9f
			case 0xf0:
				low = 0x90
			case 0xf4:
				high = 0x8f
			}
		}
		if s[i] < low || s[i] > high {
			return "invalid continuation byte", i
		}
	}
	return "invalid continuation byte", 1
}

// decodeWide reads UTF-16 and UTF-32.
func (in *Interp) decodeWide(b *strings.Builder, s, name string) {
	size := 2
	if strings.HasPrefix(name, "utf-32") {
		size = 4
	}
	big := strings.HasSuffix(name, "be")
	if len(s)%size != 0 {
		throw(excUnicodeDecodeError, "'%s' codec can't decode byte 0x%02x in position %d: truncated data", name, s[len(s)-len(s)%size], len(s)-len(s)%size)
	}
	unit := func(i int) rune {
		u := uint32(0)
		for j := range size {
			shift := 8 * j
			if big {
				shift = 8 * (size - 1 - j)
			}
			u |= uint32(s[i+j]) << shift
		}
		return rune(u)
	}
	i := 0
	if !strings.HasSuffix(name, "le") && !big && len(s) >= size {
		switch unit(0) {
		case 0xfeff:
			i = size
		case 0xfffe, 0x7ffe0000, -0x20000:
			big = true
			i = size
		}
	}
	for ; i < len(s); i += size {
		r := unit(i)
		if size == 2 && utf16.IsSurrogate(r) && i+4 <= len(s) {
			if full := utf16.DecodeRune(r, unit(i+2)); full != utf8.RuneError {
				r = full
				i += 2
			}
		}
		if r < 0 || r > 0x10ffff {
			throw(excUnicodeDecodeError, "'%s' codec can't decode bytes in position %d-%d: code point not in range(0x110000)", name, i, i+3)
		}
		b.WriteString(encodeRune(r))
	}
}
