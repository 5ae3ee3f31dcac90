package calc

import (
	"strings"
)

// noPositional marks format_map, whose fields all have names.
const noPositional = -2

// strFormat is str.format.
func (in *Interp) strFormat(text string, args []Value, kw *Dict, next int) string {
	return in.expandFormat(text, args, kw, &next, 2)
}

// expandFormat replaces the fields of text. next counts automatic numbering; it
// is -1 once a field has been numbered by hand.
func (in *Interp) expandFormat(text string, args []Value, kw *Dict, next *int, depth int) string {
	if depth == 0 {
		throw(excValueError, "Max string recursion exceeded")
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		c := text[i]
		if c != '{' && c != '}' {
			b.WriteByte(c)
			i++
			continue
		}
		if i+1 < len(text) && text[i+1] == c {
			b.WriteByte(c)
			i += 2
			continue
		}
		if c == '}' {
			throw(excValueError, "Single '}' encountered in format string")
		}
		if i+1 >= len(text) {
			throw(excValueError, "Single '{' encountered in format string")
		}
		i++
		start, nest := i, 1
		bracket := false
		for ; i < len(text); i++ {
			switch text[i] {
			case '[':
				bracket = true
			case ']':
				bracket = false
			case '{':
				nest++
			case '}':
				nest--
			}
			if nest == 0 {
				break
			}
		}
		_ = bracket
		if nest != 0 {
			throw(excValueError, "expected '}' before end of string")
		}
		b.WriteString(in.formatField(text[start:i], args, kw, next, depth))
		in.charge(b.Len() / 8)
		i++
	}
	return b.String()
}

func (in *Interp) formatField(field string, args []Value, kw *Dict, next *int, depth int) string {
	name, spec, conv := field, "", byte(0)
	inside := false
split:
	for i := 0; i < len(field); i++ {
		switch field[i] {
		case '[':
			inside = true
		case ']':
			inside = false
		case '!', ':':
			if inside {
				continue
			}
			name = field[:i]
			rest := field[i:]
			if rest[0] == '!' {
				if len(rest) < 2 {
					throw(excValueError, "end of string while looking for conversion specifier")
				}
				conv = rest[1]
				rest = rest[2:]
				if rest != "" && rest[0] != ':' {
					throw(excValueError, "expected ':' after conversion specifier")
				}
				if conv != 'r' && conv != 's' && conv != 'a' {
					throw(excValueError, "Unknown conversion specifier %c", conv)
				}
			}
			if rest != "" {
				spec = rest[1:]
			}
			break split
		}
	}
	v := in.formatArg(name, args, kw, next)
	if strings.ContainsAny(spec, "{}") {
		spec = in.expandFormat(spec, args, kw, next, depth-1)
	}
	return in.format(in.convert(v, conv), spec)
}

// formatArg finds the value that a field names: "0", "x", "x.y[z]" or "".
func (in *Interp) formatArg(name string, args []Value, kw *Dict, next *int) Value {
	end := strings.IndexAny(name, ".[")
	if end < 0 {
		end = len(name)
	}
	first, rest := name[:end], name[end:]
	var v Value
	n, isNumber := 0, first != ""
	for i := 0; i < len(first); i++ {
		if !isDigit(first[i]) {
			isNumber = false
		} else if n = n*10 + int(first[i]-'0'); n > 1<<31 {
			throw(excValueError, "Too many decimal digits in format string")
		}
	}
	switch {
	case first == "" || isNumber:
		if *next == noPositional {
			throw(excValueError, "Format string contains positional fields")
		}
		if first == "" {
			if *next < 0 {
				throw(excValueError, "cannot switch from manual field specification to automatic field numbering")
			}
			n = *next
			*next++
		} else {
			if *next > 0 {
				throw(excValueError, "cannot switch from automatic field numbering to manual field specification")
			}
			*next = -1
		}
		if n >= len(args) {
			throw(excIndexError, "Replacement index %d out of range for positional args tuple", n)
		}
		v = args[n]
	default:
		x, ok := kw.get(in, Str(first))
		if !ok {
			throwKey(Str(first))
		}
		v = x
	}
	for rest != "" {
		if rest[0] == '.' {
			end := strings.IndexAny(rest[1:], ".[") + 1
			if end == 0 {
				end = len(rest)
			}
			if end == 1 {
				throw(excValueError, "Empty attribute in format string")
			}
			v = in.getAttr(v, rest[1:end])
			rest = rest[end:]
			continue
		}
		if rest[0] != '[' {
			throw(excValueError, "Only '.' or '[' may follow ']' in format field specifier")
		}
		end := strings.IndexByte(rest, ']')
		if end < 0 {
			throw(excValueError, "Missing ']' in format string")
		}
		key := rest[1:end]
		if key == "" {
			throw(excValueError, "Empty attribute in format string")
		}
		if n, ok := in.parseInt(key, 10); ok && isDigit(key[0]) {
			v = in.getItem(v, n)
		} else {
			v = in.getItem(v, Str(key))
		}
		rest = rest[end+1:]
	}
	return v
}
