package pyliteral

import (
	"strconv"
	"strings"
)

// Repr returns the Python literal of a value that Parse returns: Python's repr.
func Repr(v any) string {
	switch x := v.(type) {
	case nil:
		return "None"
	case bool:
		if x {
			return "True"
		}
		return "False"
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		s := strconv.FormatFloat(x, 'g', -1, 64)
		if !strings.ContainsAny(s, ".en") {
			s += ".0"
		}
		return s
	case string:
		return Quote(x)
	case Bytes:
		return "b" + bytesText(string(x))
	case List:
		return "[" + reprs(x) + "]"
	case Tuple:
		if len(x) == 1 {
			return "(" + Repr(x[0]) + ",)"
		}
		return "(" + reprs(x) + ")"
	case Dict:
		parts := make([]string, len(x))
		for i, p := range x {
			parts[i] = Repr(p.Key) + ": " + Repr(p.Value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "<" + typeName(v) + ">"
}

func reprs(items []any) string {
	parts := make([]string, len(items))
	for i, v := range items {
		parts[i] = Repr(v)
	}
	return strings.Join(parts, ", ")
}

// bytesText quotes bytes: what is not printable ASCII as \xhh.
func bytesText(s string) string {
	q := byte('\'')
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		q = '"'
	}
	b := []byte{q}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == q || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < ' ' || c > '~':
			b = append(b, '\\', 'x', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, q))
}
