package draw

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Sizes of the SVG in pixels, and its colours.
const (
	cellWide  = 46
	cellHigh  = 30
	trackHigh = 22
	perRow    = 16
	margin    = 16
	lineHigh  = 16
)

var palette = []string{"#4c78a8", "#e45756", "#54a24b", "#b279a2", "#f58518"}

// SVG writes the drawing of one or several views of one block as an SVG document
// that needs nothing else: the cells with what they hold, below them a bar for
// each item of a view with its number, and the headers. The errors are Text's.
func SVG(w io.Writer, views ...Named) error {
	p, err := newPicture(views)
	if err != nil {
		return err
	}
	rows := max(1, (p.shown+perRow-1)/perRow)
	rowHigh := 14 + cellHigh + len(p.views)*trackHigh + 12
	columns := min(p.shown, perRow)
	headers := 0
	for i := range p.views {
		headers = max(headers, len(p.views[i].header()))
	}
	headWide := 300
	nameWide := p.nameWide()
	wide := max(2*margin+nameWide+columns*cellWide, 2*margin+len(p.views)*headWide)
	high := 2*margin + lineHigh + rows*rowHigh + (headers+2)*lineHigh

	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">`+"\n", wide, high, wide, high)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", wide, high)
	text(&b, margin, margin+4, "start", "#333333", p.title())
	for r := range rows {
		p.svgRow(&b, r, margin+lineHigh+r*rowHigh)
	}
	top := margin + 2*lineHigh + rows*rowHigh
	for i := range p.views {
		t := &p.views[i]
		x := margin + i*headWide
		text(&b, x, top, "start", palette[i%len(palette)], t.Name)
		for k, line := range t.header() {
			text(&b, x, top+(k+1)*lineHigh, "start", "#333333", line)
		}
	}
	b.WriteString("</svg>\n")
	_, err = io.WriteString(w, b.String())
	return err
}

// nameWide returns the room that the views' names take.
func (p *picture) nameWide() int {
	wide := 0
	for i := range p.views {
		wide = max(wide, 8*utf8.RuneCountInString(p.views[i].Name))
	}
	return wide + 12
}

// svgRow draws one row of cells with the tracks of the views below.
func (p *picture) svgRow(b *strings.Builder, r, top int) {
	lo, hi := r*perRow, min((r+1)*perRow, p.shown)
	left := margin + p.nameWide()
	for c := lo; c < hi; c++ {
		x := left + (c-lo)*cellWide
		text(b, x+2, top+10, "start", "#888888", fmt.Sprint((p.from+c)*p.unit))
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="#f4f4f4" stroke="#999999"/>`+"\n", x, top+14, cellWide, cellHigh)
		value := p.values[c]
		if len([]rune(value)) > 6 {
			value = string([]rune(value)[:5]) + "…"
		}
		text(b, x+cellWide/2, top+14+cellHigh/2+4, "middle", "#111111", value)
	}
	for i := range p.views {
		t := &p.views[i]
		y := top + 14 + cellHigh + 4 + i*trackHigh
		colour := palette[i%len(palette)]
		text(b, margin, y+13, "start", colour, t.Name)
		for c := lo; c < hi; c++ {
			if len(t.starts[c]) == 0 && !(c == lo && t.covers[c] > 0) {
				continue
			}
			end := c + 1
			for end < hi && len(t.starts[end]) == 0 && t.covers[end] > 0 {
				end++
			}
			x := left + (c-lo)*cellWide
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="3" fill="%s" fill-opacity="0.85"/>`+"\n", x+2, y, (end-c)*cellWide-4, trackHigh-5, colour)
			text(b, x+(end-c)*cellWide/2, y+13, "middle", "#ffffff", label(t.starts[c]))
		}
	}
}

// text writes one line of text at (x, y).
func text(b *strings.Builder, x, y int, anchor, colour, s string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="%s" fill="%s" xml:space="preserve">`, x, y, anchor, colour)
	xml.EscapeText(b, []byte(s))
	b.WriteString("</text>\n")
}
