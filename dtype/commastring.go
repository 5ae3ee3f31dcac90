package dtype

import (
	"strconv"
	"strings"

	"github.com/stride-go/nd/internal/pyliteral"
)

// The comma string is a list of formats: each an optional byte order, a repeat
// count or a shape in brackets, the byte order here if not before, and a type:
// 'i4, (2,3)>f8, 3S5'. One format without a comma is that type or a sub-array of
// it; a comma, even a trailing one, makes a structure with fields f0, f1, ….

// isCommaString reports whether NumPy reads s as a comma string: it begins with
// a count or with empty brackets, either after a byte order perhaps, or has a
// comma outside square brackets.
func isCommaString(s string) bool {
	t := s
	if len(t) > 1 && strings.IndexByte("<>=|", t[0]) >= 0 {
		t = t[1:]
	}
	if t != "" && t[0] >= '0' && t[0] <= '9' || strings.HasPrefix(t, "()") {
		return true
	}
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			depth--
		case ',':
			if depth == 0 {
				return true
			}
		}
	}
	return false
}

func parseCommaString(s string, align bool) (DType, error) {
	var fields []Field
	islist := false
	for i := 0; i < len(s); {
		bad := func() error {
			return valueError("dtype", "format number %d of \"%s\" is not recognized", len(fields)+1, s)
		}
		item, n := splitFormat(s[i:])
		i += n
		if i < len(s) {
			rest := strings.TrimLeft(s[i:], " \t\n\v\f\r")
			switch {
			case rest == "":
				i = len(s)
			case rest[0] == ',':
				rest = strings.TrimLeft(rest[1:], " \t\n\v\f\r")
				i = len(s) - len(rest)
				islist = true
			default:
				return DType{}, bad()
			}
		}
		order, err := item.order()
		if err != nil {
			return DType{}, err
		}
		d, ok := parsePlain(order + item.name)
		if !ok {
			return DType{}, notUnderstood(order + item.name)
		}
		if item.repeats != "" {
			count, ok := item.count()
			if !ok {
				return DType{}, bad()
			}
			if d, err = repeated(d, count); err != nil {
				return DType{}, err
			}
		}
		fields = append(fields, Field{Name: "f" + strconv.Itoa(len(fields)), DType: d})
	}
	if !islist {
		return fields[0].DType, nil
	}
	return layOut(fields, StructOptions{Align: align}, false)
}

// format is one item of a comma string.
type format struct{ before, repeats, after, name string }

// splitFormat cuts the longest item off the start of s; n is its length.
func splitFormat(s string) (f format, n int) {
	take := func(ok func(c byte) bool, limit int) string {
		from := n
		for n < len(s) && n-from < limit && ok(s[n]) {
			n++
		}
		return s[from:n]
	}
	any := len(s)
	order := func(c byte) bool { return strings.IndexByte("<>=|", c) >= 0 }
	f.before = take(order, 1)
	from := n
	take(func(c byte) bool { return c == ' ' }, any)
	take(func(c byte) bool { return c == '(' }, 1)
	take(func(c byte) bool { return c == ' ' || c == ',' || c >= '0' && c <= '9' }, any)
	take(func(c byte) bool { return c == ')' }, 1)
	take(func(c byte) bool { return c == ' ' }, any)
	f.repeats = s[from:n]
	f.after = take(order, 1)
	f.name = take(func(c byte) bool {
		return c == '.' || c == '?' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}, any)
	if n < len(s) && s[n] == '[' { // a unit, as of M8[ns]
		if end := strings.IndexByte(s[n:], ']'); end > 1 {
			f.name += s[n : n+end+1]
			n += end + 1
		}
	}
	return f, n
}

// order returns the item's byte order, "" for native. Two orders must agree.
func (f format) order() (string, error) {
	resolve := func(o string) string {
		if o == "=" {
			return Native.String()
		}
		return o
	}
	o := f.before + f.after
	if len(o) == 2 {
		a, b := resolve(f.before), resolve(f.after)
		if a != b {
			return "", valueError("dtype", "inconsistent byte-order specification %s and %s", a, b)
		}
		o = a
	}
	if o == "|" || resolve(o) == Native.String() {
		return "", nil
	}
	return o, nil
}

// count reads the repeats as Python would: a number, or a tuple with or without
// its brackets.
func (f format) count() (any, bool) {
	text := strings.TrimLeft(f.repeats, " ")
	if !strings.HasPrefix(text, "(") && strings.Contains(text, ",") {
		text = "(" + text + ")"
	}
	v, err := pyliteral.Parse(text)
	return v, err == nil
}
