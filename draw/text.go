package draw

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// lineWidth is how wide the terminal is taken to be, maxName how many characters
// of a view's name stand before its row.
const (
	lineWidth = 78
	maxName   = 20
)

// Text writes the drawing of one or several views of one block as text.
//
// The rows, from the top: the byte at which each cell begins; the cells with what
// they hold; for each view the number of the item that begins at the cell. An
// item of several cells is [number: value---], and the fields of a record stand
// in a row of their own, padding as ~~~. Last come the headers. It returns an
// error if the views lie in different blocks, the block is closed, or reading it
// faults.
func Text(w io.Writer, views ...Named) error {
	p, err := newPicture(views)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintln(&b, p.title())
	width, names := p.widths()
	perLine := wholeItems((lineWidth-names-1)/(width+1), p.period)
	for lo := 0; lo < len(p.columns); lo += perLine {
		p.textLine(&b, lo, min(lo+perLine, len(p.columns)), width, names)
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

// wholeItems returns how many of the n columns that fit a line shall have, so
// that items of period cells are not cut.
func wholeItems(n, period int) int {
	if n >= period {
		return n / period * period
	}
	return max(1, n)
}

// widths returns the width of a cell and of the names before them.
func (p *picture) widths() (width, names int) {
	width, names = 3, len("byte")
	if p.unit == 1 {
		width = 2
	}
	for i, c := range p.columns {
		width = max(width, utf8.RuneCountInString(p.values[i]), len(fmt.Sprint(c*p.unit)))
		for _, t := range p.views {
			if t.lanes[0].labels[i] != "" {
				width = max(width, utf8.RuneCountInString(t.lanes[0].labels[i]))
			}
		}
	}
	for _, t := range p.views {
		for _, l := range t.lanes {
			names = max(names, utf8.RuneCountInString(short(l.name, maxName)))
		}
	}
	return width, names
}

// textLine writes the columns lo…hi-1 and the views' rows below.
func (p *picture) textLine(b *strings.Builder, lo, hi, width, names int) {
	row := func(name, edge string, cell func(i int) string) {
		line := pad(name, names) + " "
		for i := lo; i < hi; i++ {
			text := cell(i)
			line += edge + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text))) + text
		}
		fmt.Fprintln(b, strings.TrimRight(line+edge, " "))
	}
	row("byte", " ", func(i int) string {
		if p.columns[i] == gap {
			return "…"
		}
		return fmt.Sprint(p.columns[i] * p.unit)
	})
	rule := pad("", names) + " +" + strings.Repeat(strings.Repeat("-", width)+"+", hi-lo)
	fmt.Fprintln(b, rule)
	row("", "|", func(i int) string {
		if p.columns[i] == gap {
			return "…"
		}
		return p.values[i]
	})
	fmt.Fprintln(b, rule)
	for _, t := range p.views {
		for k := range t.lanes {
			p.textLane(b, &t.lanes[k], t.none(), lo, hi, width, names)
		}
	}
}

// none marks a cell that no item touches, or of which that is not known.
func (t *track) none() string {
	if t.partly {
		return "?"
	}
	return "."
}

// textLane writes one lane: a number for an item of one cell, [number---] for an
// item of several, none where there is none.
func (p *picture) textLane(b *strings.Builder, l *lane, none string, lo, hi, width, names int) {
	line := []rune(pad(short(l.name, maxName), names) + strings.Repeat(" ", 2+(hi-lo)*(width+1)))
	at := func(c int) int { return names + 2 + (c-lo)*(width+1) } // where column c begins
	write := func(from, room int, s string) {
		r := []rune(s)
		copy(line[from+max(0, room-len(r)):from+room], r)
	}
	for c := lo; c < hi; c++ {
		if l.covers[c] == 0 && p.columns[c] != gap {
			write(at(c), width, none)
		}
	}
	for _, r := range p.runs(l, lo, hi) {
		from, room := at(r.lo), at(r.hi)-at(r.lo)-1
		text := l.labels[r.lo]
		switch {
		case r.pad:
			write(from, room, strings.Repeat("~", room))
		case r.head && r.tail && r.hi == r.lo+1:
			write(from, room, short(text, room))
		default:
			if long := l.long[r.lo]; long != "" && utf8.RuneCountInString(long) <= room-2 {
				text = long
			}
			bar := []rune(strings.Repeat("-", room))
			if r.head {
				bar[0] = '['
				copy(bar[1:], []rune(short(text, max(1, room-2))))
			}
			if r.tail {
				bar[room-1] = ']'
			}
			write(from, room, string(bar))
		}
	}
	fmt.Fprintln(b, strings.TrimRight(string(line), " "))
}

// pad right-pads s to n characters.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}
