package draw

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Sizes of the SVG in pixels, and its colours. charWide is the advance of one
// character of a monospaced font of 12 pixels.
const (
	charWide  = 7.25
	leastCell = 30
	mostCell  = 44 // for the sake of values of several cells
	cellHigh  = 30
	laneHigh  = 22
	fieldHigh = 19
	tickHigh  = 14
	rowGap    = 14
	lineWide  = 760 // of the cells
	pageWide  = 960 // up to which the headers stand beside the cells, not below
	margin    = 16
	textHigh  = 16
	cardChars = 44
	cardGap   = 14
)

var palette = []string{"#4c78a8", "#c8413f", "#3f8a3c", "#9a5f94", "#c76a0a"}

const legend = "above a cell: its byte; below: number of the item, in C order, that lies there, and its value"

const ink, faint = "#222222", "#777777"

// SVG writes the drawing of one or several views of one block as an SVG document
// that needs nothing else: the cells with what they hold, below them a bar for
// each item of a view with its number, the fields of records with padding
// hatched, and the headers: beside the cells if there is room, else below. The
// errors are Text's.
func SVG(w io.Writer, views ...Named) error {
	p, err := newPicture(views)
	if err != nil {
		return err
	}
	s := &sheet{picture: p}
	s.measure()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="12">`+"\n", s.wide, s.high, s.wide, s.high)
	b.WriteString(`<defs><pattern id="pad" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#eeeeee"/><rect width="2" height="6" fill="#bbbbbb"/></pattern></defs>` + "\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", s.wide, s.high)
	text(&b, margin, margin+10, "start", ink, "", p.title())
	text(&b, margin, margin+10+textHigh, "start", faint, ` font-size="11"`, legend)
	top := margin + 2*textHigh + 8
	for lo := 0; lo < len(p.columns); lo += s.perRow {
		s.row(&b, lo, min(lo+s.perRow, len(p.columns)), top)
		top += s.rowHigh
	}
	if s.beside {
		top = margin + 2*textHigh + 8
	}
	s.cards(&b, top)
	b.WriteString("</svg>\n")
	_, err = io.WriteString(w, b.String())
	return err
}

// sheet is a picture with its measures on the page.
type sheet struct {
	*picture
	cell, perRow int // width of a cell, cells a row
	rowHigh      int
	left         int // of the cells
	wide, high   int
	headers      [][]string // of the views, wrapped
	cardWide     int
	cardsPerRow  int
	cardsX       int // of the first card
	beside       bool
}

func (s *sheet) measure() {
	name := 0
	s.cell = leastCell
	fit := func(text string) { s.cell = max(s.cell, charsWide(utf8.RuneCountInString(text))+8) }
	lanes := 0
	for i, c := range s.columns {
		fit(s.values[i])
		fit(fmt.Sprint(c * s.unit))
	}
	for _, t := range s.views {
		for k, l := range t.lanes {
			name = max(name, utf8.RuneCountInString(short(l.name, maxName)))
			lanes += laneStep(k)
			if k > 0 {
				continue
			}
			for _, text := range l.labels {
				fit(text)
			}
			for _, r := range s.runs(&l, 0, len(s.columns)) { // room for values, within reason
				wide := charsWide(utf8.RuneCountInString(l.long[r.lo])) + 10
				s.cell = max(s.cell, min(wide/(r.hi-r.lo)+1, mostCell))
			}
		}
	}
	s.left = margin + charsWide(name) + 10
	s.perRow = wholeItems(max(1, lineWide/s.cell), s.period)
	s.rowHigh = tickHigh + cellHigh + 4 + lanes + rowGap
	rows := (len(s.columns) + s.perRow - 1) / s.perRow

	s.cardWide = 0
	for i := range s.views {
		var lines []string
		for k, line := range append([]string{s.views[i].Name}, s.views[i].header()...) {
			indent := 8
			if k == 0 {
				indent = 0
			}
			lines = append(lines, wrap(line, cardChars, indent)...)
		}
		s.headers = append(s.headers, lines)
		for _, line := range lines {
			s.cardWide = max(s.cardWide, charsWide(utf8.RuneCountInString(line))+16)
		}
	}
	cells := s.left + min(s.perRow, len(s.columns))*s.cell
	s.wide = max(cells+margin, 2*margin+charsWide(max(utf8.RuneCountInString(s.title()), len(legend)-8)))
	s.high = margin + 2*textHigh + 8 + rows*s.rowHigh
	s.cardsX = margin
	if all := len(s.views)*(s.cardWide+cardGap) - cardGap; rows > 0 && cells+2*cardGap+all+margin <= pageWide {
		s.beside, s.cardsX, s.cardsPerRow = true, cells+2*cardGap, len(s.views)
		s.wide = max(s.wide, s.cardsX+all+margin)
		s.high = max(s.high, margin+2*textHigh+8+s.cardHigh(0)+margin)
		return
	}
	s.wide = max(s.wide, 2*margin+min(len(s.views), 3)*(s.cardWide+cardGap)-cardGap)
	s.cardsPerRow = max(1, (s.wide-2*margin+cardGap)/(s.cardWide+cardGap))
	for i := 0; i < len(s.headers); i += s.cardsPerRow {
		s.high += s.cardHigh(i) + cardGap
	}
	s.high += margin - cardGap
}

// cardHigh returns the height of the row of cards that begins with view i.
func (s *sheet) cardHigh(i int) int {
	n := 0
	for _, lines := range s.headers[i:min(i+s.cardsPerRow, len(s.headers))] {
		n = max(n, len(lines))
	}
	return n*textHigh + 14
}

func laneStep(k int) int {
	if k == 0 {
		return laneHigh
	}
	return fieldHigh
}

func charsWide(n int) int { return int(float64(n)*charWide + 0.99) }

// wrap breaks a line at blanks, or anywhere, into lines of at most n characters;
// those after the first are indented.
func wrap(line string, n, indent int) []string {
	var out []string
	rest := []rune(line)
	for len(rest) > n {
		cut := n
		for k := n; k > n/2; k-- {
			if rest[k] == ' ' {
				cut = k
				break
			}
		}
		out = append(out, string(rest[:cut]))
		rest = append([]rune(strings.Repeat(" ", indent)), []rune(strings.TrimLeft(string(rest[cut:]), " "))...)
		if len(out) == 5 {
			return append(out, strings.Repeat(" ", indent)+"…")
		}
	}
	return append(out, string(rest))
}

// row draws the cells lo…hi-1 with the lanes of the views below.
func (s *sheet) row(b *strings.Builder, lo, hi, top int) {
	x := func(c int) int { return s.left + (c-lo)*s.cell }
	y := top + tickHigh
	for i := lo; i < hi; i++ {
		c := s.columns[i]
		if c == gap {
			text(b, x(i)+s.cell/2, y+cellHigh/2+4, "middle", faint, "", "…")
			continue
		}
		text(b, x(i)+2, top+tickHigh-4, "start", faint, ` font-size="10"`, fmt.Sprint(c*s.unit))
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#f4f4f4" stroke="#999999"/>`+"\n", x(i), y, s.cell, cellHigh)
		text(b, x(i)+s.cell/2, y+cellHigh/2+4, "middle", ink, "", s.values[i])
	}
	y += cellHigh + 4
	for v := range s.views {
		colour := palette[v%len(palette)]
		for k := range s.views[v].lanes {
			l := &s.views[v].lanes[k]
			if name := short(l.name, maxName); name != "" {
				text(b, margin, y+13, "start", colour, "", name)
			}
			for _, r := range s.runs(l, lo, hi) {
				s.bar(b, l, r, x(r.lo), y, x(r.hi)-x(r.lo), k > 0, colour)
			}
			y += laneStep(k)
		}
	}
}

// bar draws an item or a field of wide pixels; its text is as long as fits.
func (s *sheet) bar(b *strings.Builder, l *lane, r run, x, y, wide int, field bool, colour string) {
	label, fill, onFill, high := "", colour, "#ffffff", laneHigh-5
	opacity := "0.9"
	if field {
		high, opacity, onFill = fieldHigh-4, "0.22", ink
	}
	room := int(float64(wide-6) / charWide)
	if r.head {
		label = l.labels[r.lo]
		if long := l.long[r.lo]; long != "" && utf8.RuneCountInString(long) <= room {
			label = long
		}
		label = short(label, max(room, 1))
	}
	if r.pad {
		fill, opacity, label = "url(#pad)", "1", ""
	}
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="3" fill="%s" fill-opacity="%s"/>`+"\n", x+2, y, wide-4, high, fill, opacity)
	if label != "" {
		text(b, x+wide/2, y+high-4, "middle", onFill, "", label)
	}
}

// cards draws the headers, side by side.
func (s *sheet) cards(b *strings.Builder, top int) {
	for i, lines := range s.headers {
		if i > 0 && i%s.cardsPerRow == 0 {
			top += s.cardHigh(i-s.cardsPerRow) + cardGap
		}
		row := i / s.cardsPerRow * s.cardsPerRow
		x := s.cardsX + (i-row)*(s.cardWide+cardGap)
		colour := palette[i%len(palette)]
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#fbfbfb" stroke="%s"/>`+"\n", x, top, s.cardWide, s.cardHigh(row), colour)
		names := len(wrap(s.views[i].Name, cardChars, 0))
		for k, line := range lines {
			fill, extra := ink, ""
			if k < names {
				fill, extra = colour, ` font-weight="bold"`
			}
			text(b, x+8, top+(k+1)*textHigh+2, "start", fill, extra, line)
		}
	}
}

// text writes one line of text at (x, y).
func text(b *strings.Builder, x, y int, anchor, colour, extra, s string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="%s" fill="%s"%s xml:space="preserve">`, x, y, anchor, colour, extra)
	xml.EscapeText(b, []byte(s))
	b.WriteString("</text>\n")
}
