package draw

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// lineWidth is how wide the terminal is taken to be.
const lineWidth = 78

// Text writes the drawing of one or several views of one block as text.
//
// The rows, from the top: the byte at which each cell begins; the cells with what
// they hold; for each view the number of the item that begins at the cell, and
// dashes where an item goes on; last the headers. It returns an error if the
// views lie in different blocks or the block is closed.
func Text(w io.Writer, views ...Named) error {
	p, err := newPicture(views)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintln(&b, p.title())
	width, names := p.columns()
	perLine := max(1, (lineWidth-names-1)/(width+1))
	for lo := 0; lo < p.shown; lo += perLine {
		p.textLine(&b, lo, min(lo+perLine, p.shown), width, names)
	}
	for i := range p.views {
		t := &p.views[i]
		fmt.Fprintf(&b, "\n%s\n", t.Name)
		for _, line := range t.header() {
			fmt.Fprintln(&b, "  "+line)
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// columns returns the width of a cell and of the names before them.
func (p *picture) columns() (width, names int) {
	width, names = 3, len("byte")
	for c := range p.shown {
		width = max(width, utf8.RuneCountInString(p.values[c]), len(fmt.Sprint((p.from+c)*p.unit)))
		for i := range p.views {
			width = max(width, utf8.RuneCountInString(label(p.views[i].starts[c])))
		}
	}
	for i := range p.views {
		names = max(names, utf8.RuneCountInString(p.views[i].Name))
	}
	return width, names
}

// textLine writes the cells lo…hi-1 and the views' rows below.
func (p *picture) textLine(b *strings.Builder, lo, hi, width, names int) {
	row := func(name, edge string, cell func(c int) string) {
		line := pad(name, names) + " "
		for c := lo; c < hi; c++ {
			text := cell(c)
			line += edge + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text))) + text
		}
		fmt.Fprintln(b, strings.TrimRight(line+edge, " "))
	}
	rule := pad("", names) + " +" + strings.Repeat(strings.Repeat("-", width)+"+", hi-lo)
	row("byte", " ", func(c int) string { return fmt.Sprint((p.from + c) * p.unit) })
	fmt.Fprintln(b, rule)
	row("", "|", func(c int) string { return p.values[c] })
	fmt.Fprintln(b, rule)
	for i := range p.views {
		t := &p.views[i]
		row(t.Name, " ", func(c int) string {
			switch {
			case len(t.starts[c]) > 0:
				return label(t.starts[c])
			case t.covers[c] > 0:
				return strings.Repeat("-", width)
			}
			return "."
		})
	}
}

// pad right-pads s to n characters.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}
