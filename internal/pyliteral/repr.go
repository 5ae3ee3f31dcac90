package pyliteral

import (
	"math"
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
		return floatText(x)
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
	return "<" + TypeName(v) + ">"
}

func reprs(items []any) string {
	parts := make([]string, len(items))
	for i, v := range items {
		parts[i] = Repr(v)
	}
	return strings.Join(parts, ", ")
}

// floatText is Python's repr of a float: the shortest digits that read back, in
// scientific notation below 1e-4 and from 1e16 on.
func floatText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 0):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64), "+"))
	case f != 0 && (math.Abs(f) < 1e-4 || math.Abs(f) >= 1e16):
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
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
