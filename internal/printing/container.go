package printing

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// container writes the items of an array between brackets.
//
// The text before the first item on a line is the hanging indent: one character
// for every bracket that is open, after those of the prefix. Widths count code
// points.
type container struct {
	out       []byte
	lineStart int // index in out of the line being written
	col       int // characters on it, the first line's unwritten indent included
	column    column
	shape     []int
	strides   []int
	separator string
	rowEnd    string // the separator without spaces at its end
	edge      int
	summary   bool
	tall      bool // the column's words may have several lines
}

// write appends the array's text. indent is the hanging indent of this axis,
// width the characters that its lines may use.
func (c *container) write(p unsafe.Pointer, k, indent, width int) {
	if k == len(c.shape) {
		c.out = c.column.append(c.out, p)
		return
	}
	c.out = append(c.out, '[')
	if k == len(c.shape)-1 {
		c.row(p, k, indent, width-max(utf8.RuneCountInString(c.rowEnd), 1))
	} else {
		c.rows(p, k, indent, width)
	}
	c.out = append(c.out, ']')
}

// ends returns how many items to show first, and from which on after the dots.
// Without dots they follow each other. The last item always shows, even with no
// edge items.
func (c *container) ends(n int) (head, tail int, dots bool) {
	if c.summary && n > 2*c.edge {
		return c.edge, n - max(c.edge, 1), true
	}
	return n, n, false
}

// rows writes all axes but the last: items on lines of their own, an empty line
// more for every axis further in.
func (c *container) rows(p unsafe.Pointer, k, indent, width int) {
	n := c.shape[k]
	head, tail, dots := c.ends(n)
	first := true
	start := func() {
		if !first {
			c.out = append(c.out, c.rowEnd...)
			c.out = appendRepeat(c.out, '\n', len(c.shape)-k-1)
			c.out = appendRepeat(c.out, ' ', indent)
		}
		first = false
	}
	for i := range head {
		start()
		c.write(step(p, i*c.strides[k]), k+1, indent+1, width-1)
	}
	if dots {
		start()
		c.out = append(c.out, "..."...)
	}
	for i := tail; i < n; i++ {
		start()
		c.write(step(p, i*c.strides[k]), k+1, indent+1, width-1)
	}
}

// row writes the last axis: items one after the other, wrapped at width.
func (c *container) row(p unsafe.Pointer, k, indent, width int) {
	c.lineStart, c.col = len(c.out), indent
	n := c.shape[k]
	head, tail, dots := c.ends(n)
	var word []byte
	item := func(i int) {
		word = c.column.append(word[:0], step(p, i*c.strides[k]))
		if c.tall {
			c.extendTall(string(word), indent, width)
		} else {
			c.extend(word, indent, width)
		}
		if i < n-1 {
			c.separate()
		}
	}
	for i := range head {
		item(i)
	}
	if dots {
		c.extend([]byte("..."), indent, width)
		c.separate()
	}
	for i := tail; i < n; i++ {
		item(i)
	}
}

func (c *container) separate() {
	c.out = append(c.out, c.separator...)
	c.col += utf8.RuneCountInString(c.separator)
}

// extend adds a word to the line, or to a new one if it does not fit and a new
// line has more room.
func (c *container) extend(word []byte, indent, width int) {
	n := utf8.RuneCount(word)
	if c.col+n > width && c.col > indent {
		c.wrap(indent)
	}
	c.out = append(c.out, word...)
	c.col += n
}

// wrap ends the line and starts one with n spaces.
func (c *container) wrap(n int) {
	line := bytes.TrimRightFunc(c.out[c.lineStart:], isPySpace)
	c.out = append(c.out[:c.lineStart+len(line)], '\n')
	c.lineStart, c.col = len(c.out), n
	c.out = appendRepeat(c.out, ' ', n)
}

// extendTall adds a word that may have several lines, which are aligned under
// each other.
func (c *container) extendTall(word string, indent, width int) {
	lines := pyLines(word)
	if len(lines) < 2 {
		c.extend([]byte(word), indent, width)
		return
	}
	widest := 0
	for _, l := range lines {
		widest = max(widest, utf8.RuneCountInString(l))
	}
	if c.col+widest > width && c.col > indent {
		c.wrap(indent)
	}
	start := c.col
	for i, l := range lines {
		if i > 0 {
			c.wrap(start)
		}
		c.out = append(c.out, l...)
		c.col = start + utf8.RuneCountInString(l)
	}
	c.out = appendRepeat(c.out, ' ', start+widest-c.col)
	c.col = start + widest
}

// pyLines is Python's str.splitlines.
func pyLines(s string) []string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var lines []string
	for s != "" {
		i := strings.IndexAny(s, "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029")
		if i < 0 {
			return append(lines, s)
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		lines = append(lines, s[:i])
		s = s[i+n:]
	}
	return lines
}

// isPySpace is Python's str.isspace.
func isPySpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }
