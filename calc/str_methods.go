package calc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stride-go/nd/dtype"
)

func printable(r rune) bool {
	if r >= 0xd800 && r < 0xe000 {
		return false
	}
	return r == ' ' || unicode.IsPrint(r)
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f
}

// plainText makes text of NumPy's, which is text of the language too, the language's own.
func plainText(v Value) Value {
	if x, ok := v.(*Scalar); ok {
		switch x.a.DType().Kind() {
		case dtype.KindStr, dtype.KindBytes:
			return (*Interp)(nil).itemOf(x.a)
		}
	}
	return v
}

// strArg demands a str argument.
func strArg(v Value, what string) string {
	s, ok := plainText(v).(Str)
	if !ok {
		throw(excTypeError, "%s, not %s", what, v.Type().tpName())
	}
	return string(s)
}

// splitText is str.split and bytes.split. A nil sep splits at runs of blanks.
func (in *Interp) splitText(s string, sep *string, most int, space func(rune) bool) []string {
	if most < 0 {
		most = 1<<62 - 1
	}
	var out []string
	if sep != nil {
		if *sep == "" {
			throw(excValueError, "empty separator")
		}
		for most > 0 {
			i := strings.Index(s, *sep)
			if i < 0 {
				break
			}
			out = append(out, s[:i])
			s = s[i+len(*sep):]
			most--
		}
		out = append(out, s)
	} else {
		for {
			s = strings.TrimLeftFunc(s, space)
			if s == "" {
				break
			}
			i := strings.IndexFunc(s, space)
			if most <= 0 || i < 0 {
				if most <= 0 {
					i = -1
				}
				if i < 0 {
					if most > 0 {
						s = strings.TrimRightFunc(s, space)
					} else {
						s = strings.TrimRightFunc(s, space)
					}
					out = append(out, s)
					break
				}
			}
			out = append(out, s[:i])
			s = s[i:]
			most--
		}
	}
	in.charge(32 * len(out))
	return out
}

// rsplitText splits from the right.
func (in *Interp) rsplitText(s string, sep *string, most int, space func(rune) bool) []string {
	if most < 0 {
		return in.splitText(s, sep, -1, space)
	}
	var back []string
	if sep != nil {
		if *sep == "" {
			throw(excValueError, "empty separator")
		}
		for ; most > 0; most-- {
			i := strings.LastIndex(s, *sep)
			if i < 0 {
				break
			}
			back = append(back, s[i+len(*sep):])
			s = s[:i]
		}
		back = append(back, s)
	} else {
		for {
			s = strings.TrimRightFunc(s, space)
			if s == "" {
				break
			}
			i := strings.LastIndexFunc(s, space)
			if most <= 0 || i < 0 {
				back = append(back, strings.TrimLeftFunc(s, space))
				break
			}
			_, w := utf8.DecodeRuneInString(s[i:])
			back = append(back, s[i+w:])
			s = s[:i]
			most--
		}
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	in.charge(32 * len(back))
	return back
}

func strList(parts []string) *List {
	l := &List{make([]Value, len(parts))}
	for i, p := range parts {
		l.items[i] = Str(p)
	}
	return l
}

// splitLines splits at line ends; keep leaves them on.
func splitLines(s string, keep, onlyCR bool) []string {
	var out []string
	for start, i := 0, 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		end := r == '\n' || r == '\r'
		if !onlyCR {
			end = end || r == '\v' || r == '\f' || r >= 0x1c && r <= 0x1e || r == 0x85 || r == 0x2028 || r == 0x2029
		}
		if !end {
			i += w
			if i >= len(s) {
				out = append(out, s[start:])
			}
			continue
		}
		next := i + w
		if r == '\r' && next < len(s) && s[next] == '\n' {
			next++
		}
		if keep {
			out = append(out, s[start:next])
		} else {
			out = append(out, s[start:i])
		}
		start, i = next, next
	}
	return out
}

// capitalized maps the case of a text word by word.
func titled(s string) string {
	var b strings.Builder
	prev := false
	for _, r := range s {
		if prev {
			b.WriteRune(unicode.ToLower(r))
		} else {
			if r == 'ß' {
				b.WriteString("Ss")
			} else {
				b.WriteRune(unicode.ToTitle(r))
			}
		}
		prev = unicode.IsLetter(r)
	}
	return b.String()
}

func swapCase(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToLower(r)
	}
	return unicode.ToUpper(r)
}

// allRunes reports whether s is not empty and every code point satisfies f.
func allRunes(s string, f func(rune) bool) bool {
	for _, r := range s {
		if !f(r) {
			return false
		}
	}
	return s != ""
}

// cased reports isupper or islower.
func cased(s string, want, other func(rune) bool) bool {
	found := false
	for _, r := range s {
		if other(r) || unicode.IsTitle(r) {
			return false
		}
		found = found || want(r)
	}
	return found
}

func isTitled(s string) bool {
	prev, found := false, false
	for _, r := range s {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			if prev {
				return false
			}
			prev, found = true, true
		case unicode.IsLower(r):
			if !prev {
				return false
			}
			found = true
		default:
			prev = false
		}
	}
	return found
}

func isIdentifier(s string) bool {
	for i, r := range s {
		if !isNameRune(r, i == 0) {
			return false
		}
	}
	return s != ""
}

// pad fills a text of n characters to width. align is '<', '>' or '^'.
func (in *Interp) pad(s, fill string, width int, align byte) string {
	n := runeCount(s)
	if width <= n {
		return s
	}
	in.charge(width * len(fill))
	room := width - n
	left := 0
	switch align {
	case '>':
		left = room
	case '^':
		left = room / 2
	case 'c': // str.center rounds the other way for odd widths
		left = room/2 + room&width&1
	}
	return strings.Repeat(fill, left) + s + strings.Repeat(fill, room-left)
}

func zfill(s string, width int) string {
	n := runeCount(s)
	if width <= n {
		return s
	}
	sign := ""
	if s != "" && (s[0] == '+' || s[0] == '-') {
		sign, s = s[:1], s[1:]
	}
	return sign + strings.Repeat("0", width-n) + s
}

// expandTabs replaces tabs by blanks.
func expandTabs(s string, size int) string {
	var b strings.Builder
	col := 0
	for _, r := range s {
		switch r {
		case '\t':
			if size > 0 {
				n := size - col%size
				b.WriteString(strings.Repeat(" ", n))
				col += n
			}
		case '\n', '\r':
			b.WriteRune(r)
			col = 0
		default:
			b.WriteRune(r)
			col++
		}
	}
	return b.String()
}

// findText searches sub in s[start:stop], all counted in code points; last
// searches from the end.
func (in *Interp) findText(s, sub string, start, stop Value, last bool) int {
	sl := &Slice{start, stop, None}
	if isASCII(s) {
		from, to, _, _ := sl.resolve(in, len(s))
		if from > to || in.beyond(start, len(s)) {
			return -1
		}
		i := index(s[from:to], sub, last)
		if i < 0 {
			return -1
		}
		return from + i
	}
	rs := runesOf(s)
	from, to, _, _ := sl.resolve(in, len(rs))
	if from > to || in.beyond(start, len(rs)) {
		return -1
	}
	text := fromRunes(rs[from:to])
	i := index(text, sub, last)
	if i < 0 {
		return -1
	}
	return from + runeCount(text[:i])
}

func (in *Interp) beyond(start Value, n int) bool {
	i, ok := in.sliceBound(start)
	return ok && i > n
}

func index(s, sub string, last bool) int {
	if last {
		return strings.LastIndex(s, sub)
	}
	return strings.Index(s, sub)
}
