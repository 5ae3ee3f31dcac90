// Package draw draws the memory of arrays: the block as a row of cells, which
// cells each view touches and in which order, and the header of the view beside
// it. Text is for the terminal, SVG for a page.
//
// Terms:
//
//	cell    the largest piece of the block that no view cuts: the greatest common
//	        divisor of all item sizes, strides and offsets
//	touch   one item of a view on the cells it covers; touches are numbered in C
//	        order of the view, from 0
package draw

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
)

// Named is an array with the name under which the drawing shows it.
type Named struct {
	Name  string
	Array *nd.Array
}

// picture is the model that both forms draw.
type picture struct {
	block  *buffer.Buffer
	unit   int // bytes a cell
	cells  int // cells of the whole block
	from   int // first cell shown
	shown  int // cells shown
	values []string
	views  []track
}

// track is one view on the cells.
type track struct {
	Named
	starts [][]int // per shown cell: the touches whose item starts there, in order
	covers []int   // per shown cell: how many touches cover it
	span   int     // cells an item
	hidden int     // items outside the cells shown
}

// Limits of a drawing, so that a large array gives a small picture.
const (
	maxCells = 64
	maxItems = 1 << 16
)

// newPicture lays the views of one block over its cells.
func newPicture(views []Named) (*picture, error) {
	if len(views) == 0 {
		return nil, fmt.Errorf("draw: nothing to draw")
	}
	p := &picture{block: views[0].Array.Buffer()}
	if err := p.block.Err(); err != nil {
		return nil, err
	}
	for _, v := range views {
		if v.Array.Buffer() != p.block {
			return nil, fmt.Errorf("draw: %s lies in another block than %s", v.Name, views[0].Name)
		}
		p.measure(v.Array)
	}
	if p.unit == 0 {
		p.unit = max(p.block.Len(), 1)
	}
	p.cells = (p.block.Len() + p.unit - 1) / p.unit
	p.window(views)
	for _, v := range views {
		p.views = append(p.views, p.track(v))
	}
	p.values = p.cellValues(views)
	return p, nil
}

// measure refines the unit so that the view's items begin and end on cells.
func (p *picture) measure(a *nd.Array) {
	if a.Size() == 0 || a.ItemSize() == 0 {
		return
	}
	p.unit = gcd(gcd(p.unit, a.ItemSize()), a.Offset())
	shape, strides := a.Shape(), a.Strides()
	for k, n := range shape {
		if n > 1 {
			p.unit = gcd(p.unit, strides[k])
		}
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// window chooses the cells to show: all, or as many as fit from the first cell
// that a view touches on.
func (p *picture) window(views []Named) {
	if p.cells <= maxCells {
		p.shown = p.cells
		return
	}
	first := p.cells
	for _, v := range views {
		if lo, _, ok := bounds(v.Array); ok {
			first = min(first, lo/p.unit)
		}
	}
	p.shown = maxCells
	p.from = max(0, min(first, p.cells-maxCells))
}

// bounds returns the block offsets of the first byte and behind the last byte of
// a's items.
func bounds(a *nd.Array) (lo, hi int, ok bool) {
	if a.Size() == 0 {
		return 0, 0, false
	}
	lo, hi = a.Offset(), a.Offset()+a.ItemSize()
	shape, strides := a.Shape(), a.Strides()
	for k, n := range shape {
		if d := (n - 1) * strides[k]; d < 0 {
			lo += d
		} else {
			hi += d
		}
	}
	return lo, hi, true
}

// track walks a view in C order and notes the cells it touches.
func (p *picture) track(v Named) track {
	a := v.Array
	t := track{Named: v, starts: make([][]int, p.shown), covers: make([]int, p.shown), span: a.ItemSize() / p.unit}
	shape, strides := a.Shape(), a.Strides()
	at := make([]int, len(shape))
	off := a.Offset()
	for i := range a.Size() {
		if i >= maxItems {
			t.hidden += a.Size() - i
			break
		}
		cell := off/p.unit - p.from
		if cell >= 0 && cell < p.shown {
			t.starts[cell] = append(t.starts[cell], i)
			for c := cell; c < min(cell+t.span, p.shown); c++ {
				t.covers[c]++
			}
		} else {
			t.hidden++
		}
		for k := len(at) - 1; k >= 0; k-- {
			at[k]++
			off += strides[k]
			if at[k] < shape[k] {
				break
			}
			off -= at[k] * strides[k]
			at[k] = 0
		}
	}
	return t
}

// cellValues returns what the cells hold: the value of the first view's item
// where an item is one cell, else the bytes in hexadecimal.
func (p *picture) cellValues(views []Named) []string {
	out := make([]string, p.shown)
	bytes := p.block.UnsafeBytes()
	for c := range out {
		lo := (p.from + c) * p.unit
		hi := min(lo+p.unit, len(bytes))
		if lo < hi {
			out[c] = fmt.Sprintf("%x", bytes[lo:hi])
		}
	}
	for _, v := range views {
		a := v.Array
		if a.ItemSize() != p.unit || a.DType().IsStruct() {
			continue
		}
		whole, err := nd.Over(p.block, a.DType(), []int{len(bytes) / p.unit}, nil, 0)
		if err != nil {
			continue
		}
		for c := range out {
			if i := p.from + c; i < whole.Size() {
				out[c] = whole.Slice(nd.I(i)).String()
			}
		}
		return out
	}
	for c, s := range out {
		if len(s) > 8 {
			out[c] = s[:6] + "…"
		}
	}
	return out
}

// label names the touches that begin at a cell: "3", "0,4", or "0,4…" for more.
func label(touches []int) string {
	switch len(touches) {
	case 0:
		return ""
	case 1:
		return fmt.Sprint(touches[0])
	case 2:
		return fmt.Sprintf("%d,%d", touches[0], touches[1])
	}
	return fmt.Sprintf("%d,%d…", touches[0], touches[1])
}

// header returns the lines that describe a view's header.
func (t *track) header() []string {
	a := t.Array
	lines := []string{
		"dtype   " + a.DType().String(),
		"shape   " + tuple(a.Shape()),
		"strides " + tuple(a.Strides()),
		fmt.Sprintf("offset  %d", a.Offset()),
		"flags   " + flagText(a.Flags()),
	}
	switch {
	case a.Base() != nil:
		lines = append(lines, "base    the owner of the block")
	case a.OwnData():
		lines = append(lines, "base    none: it owns the block")
	default:
		lines = append(lines, "base    none: the block is another's")
	}
	if t.hidden > 0 {
		lines = append(lines, fmt.Sprintf("(%d of %d items lie outside the drawing)", t.hidden, a.Size()))
	}
	return lines
}

// flagText lists the flags that are set.
func flagText(fl nd.Flags) string {
	var on []string
	for _, f := range []struct {
		flag nd.Flags
		name string
	}{{nd.CContiguous, "C"}, {nd.FContiguous, "F"}, {nd.OwnData, "own"}, {nd.Writeable, "write"}, {nd.Aligned, "aligned"}} {
		if fl.Has(f.flag) {
			on = append(on, f.name)
		}
	}
	if len(on) == 0 {
		return "none"
	}
	return strings.Join(on, " ")
}

func tuple(v []int) string {
	parts := make([]string, len(v))
	for i, n := range v {
		parts[i] = fmt.Sprint(n)
	}
	if len(v) == 1 {
		return "(" + parts[0] + ",)"
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// title describes the block in one line.
func (p *picture) title() string {
	s := fmt.Sprintf("block of %d bytes on the %s", p.block.Len(), p.block.Kind())
	if p.block.Kind() == buffer.Mapped {
		s = fmt.Sprintf("block of %d bytes of a mapped file", p.block.Len())
		if m, ok := p.block.MapInfo(); ok && m.Path != "" {
			s += " (" + m.Path + ")"
		}
	} else if p.block.Kind() != buffer.Heap {
		s = fmt.Sprintf("%s block of %d bytes", p.block.Kind(), p.block.Len())
	}
	s += fmt.Sprintf(", cells of %d", p.unit)
	if p.shown < p.cells {
		s += fmt.Sprintf("; cells %d to %d of %d", p.from, p.from+p.shown-1, p.cells)
	}
	return s
}
