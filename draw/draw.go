// Package draw draws the memory of arrays: the block as a row of cells, which
// cells each view touches and in which order, the fields and the padding of
// records, and the header of each view. Text is for the terminal, SVG for a page.
//
// Terms:
//
//	cell    the largest piece of the block that no view cuts: the greatest common
//	        divisor of all sizes, strides and offsets of items and fields
//	touch   one item of a view on the cells it covers; touches are numbered in C
//	        order of the view, from 0
//	column  a cell that is shown, or a gap: cells of a long block that are not
//	lane    one row of bars below the cells: a view's items, or their fields
package draw

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Named is an array with the name under which the drawing shows it.
type Named struct {
	Name  string
	Array *nd.Array
}

// picture is the model that both forms draw.
type picture struct {
	block   *buffer.Buffer
	unit    int   // bytes a cell
	cells   int   // cells of the whole block
	columns []int // the cell in each column, rising; gap where cells are left out
	order   []int // the columns that are no gap
	period  int   // cells after which a line had best end: the longest item
	values  []string
	views   []track
}

// gap is the column that stands for the cells between its neighbours.
const gap = -1

// Limits of a drawing, so that a large array gives a small picture in a short time.
const (
	maxCells = 96 // of a block that is shown whole
	fewCells = 48 // of a longer one
	maxItems = 1 << 16
)

// newPicture lays the views of one block over its cells.
func newPicture(views []Named) (p *picture, err error) {
	if len(views) == 0 {
		return nil, fmt.Errorf("draw: nothing to draw")
	}
	p = &picture{block: views[0].Array.Buffer(), period: 1}
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
	p.choose(views)
	for i, c := range p.columns {
		if c != gap {
			p.order = append(p.order, i)
		}
	}
	for _, v := range views {
		p.period = max(p.period, v.Array.ItemSize()/p.unit)
	}
	// Values are read by the library's own reads, which report a fault of a mapped
	// file and a block that was closed meanwhile.
	err = nd.Try(func() {
		for _, v := range views {
			p.views = append(p.views, p.track(v, views))
		}
		p.values = p.cellValues(views)
	})
	return p, err
}

// measure refines the unit so that items and fields begin and end on cells.
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
	for _, f := range leaves(a.DType()) {
		p.unit = gcd(gcd(p.unit, f.offset), f.dtype.ItemSize())
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// choose fills the columns: all cells, or of a long block those of the views'
// first and last items, in turns until the drawing is full.
func (p *picture) choose(views []Named) {
	if p.cells <= maxCells {
		for c := range p.cells {
			p.columns = append(p.columns, c)
		}
		return
	}
	chosen := map[int]bool{}
	take := func(v Named, i int) {
		first := offsetOf(v.Array, i) / p.unit
		for c := first; c < first+max(1, v.Array.ItemSize()/p.unit) && c < p.cells && len(chosen) < fewCells; c++ {
			chosen[c] = true
		}
	}
	longest := 0
	for _, v := range views {
		n := v.Array.Size()
		longest = max(longest, n)
		if n > 0 && v.Array.ItemSize()/p.unit*2*len(views) <= fewCells {
			take(v, n-1)
		}
	}
	for i := 0; i < min(longest, maxItems) && len(chosen) < fewCells; i++ {
		for _, v := range views {
			if i < v.Array.Size() {
				take(v, i)
			}
		}
	}
	if len(chosen) == 0 {
		chosen[0] = true
	}
	cells := make([]int, 0, len(chosen))
	for c := range chosen {
		cells = append(cells, c)
	}
	slices.Sort(cells)
	for i, c := range cells {
		before := -1
		if i > 0 {
			before = cells[i-1]
		}
		switch c - before {
		case 1:
		case 2:
			p.columns = append(p.columns, c-1) // a gap would take as much room
		default:
			p.columns = append(p.columns, gap)
		}
		p.columns = append(p.columns, c)
	}
	if last := cells[len(cells)-1]; last < p.cells-1 {
		p.columns = append(p.columns, gap)
	}
}

// offsetOf returns the byte of the block at which item i of a, in C order, begins.
func offsetOf(a *nd.Array, i int) int {
	off := a.Offset()
	shape, strides := a.Shape(), a.Strides()
	for k := len(shape) - 1; k >= 0; k-- {
		off += i % shape[k] * strides[k]
		i /= shape[k]
	}
	return off
}

// cellValues returns what the cells hold: the value of the first view's item
// where an item is one cell, else the bytes in hexadecimal, in the order in which
// they lie.
func (p *picture) cellValues(views []Named) []string {
	out := make([]string, len(p.columns))
	whole := func(dt dtype.DType) *nd.Array {
		a, err := nd.Over(p.block, dt, []int{p.block.Len() / dt.ItemSize()}, nil, 0)
		if err != nil {
			panic(err)
		}
		return a
	}
	for _, v := range views {
		dt := v.Array.DType()
		if dt.ItemSize() != p.unit || dt.IsStruct() || dt.IsSubArray() {
			continue
		}
		items := whole(dt)
		for i, c := range p.columns {
			if c != gap && c < items.Size() {
				out[i] = short(valueText(items.Slice(nd.I(c))), maxValue)
			}
		}
		return out
	}
	bytes := whole(dtype.Uint8)
	for i, c := range p.columns {
		if c == gap {
			continue
		}
		lo := c * p.unit
		hi := min(lo+min(p.unit, maxValue), bytes.Size())
		data, _ := bytes.Slice(nd.R(lo, hi)).Copy().Data[uint8]()
		out[i] = fmt.Sprintf("%x", data)
		if p.unit > maxValue/2 {
			out[i] = short(out[i]+"…", maxValue)
		}
	}
	return out
}

// maxValue is how many characters of a value are shown.
const maxValue = 9

// short cuts s to n characters.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// title describes the block in one line.
func (p *picture) title() string {
	kind := fmt.Sprintf("%s block of %d bytes", p.block.Kind(), p.block.Len())
	switch p.block.Kind() {
	case buffer.Heap:
		kind = fmt.Sprintf("block of %d bytes on the heap", p.block.Len())
	case buffer.Foreign:
		kind = fmt.Sprintf("block of %d bytes of another owner", p.block.Len())
	case buffer.Mapped:
		kind = fmt.Sprintf("block of %d bytes of a mapped file", p.block.Len())
		if m, ok := p.block.MapInfo(); ok {
			kind += fmt.Sprintf(" (%s, from byte %d on, mode %s)", filepath.Base(m.Path), m.Offset, m.Mode)
		}
	}
	s := fmt.Sprintf("%s, cells of %d", kind, p.unit)
	if len(p.order) < p.cells {
		s += fmt.Sprintf("; %d cells of %d", len(p.order), p.cells)
	}
	return s
}
