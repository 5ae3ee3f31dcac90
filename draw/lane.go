package draw

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// track is one view on the cells.
type track struct {
	Named
	base   string // the name of the drawn array that is the view's base
	lanes  []lane // the items; for records their fields below
	shown  int    // items whose first cell is shown
	partly bool   // only the first items of the view were looked at
}

// lane is a row of bars, by column.
type lane struct {
	name   string
	labels []string // where a bar begins: what it says
	long   []string // where a bar begins: what it says if there is room; may be empty
	covers []int    // bars that lie on the column
	ends   []bool   // a bar ends with the column
	pads   []bool   // the bar that begins here is padding
}

func (p *picture) newLane(name string) lane {
	n := len(p.columns)
	return lane{name: name, labels: make([]string, n), long: make([]string, n), covers: make([]int, n), ends: make([]bool, n), pads: make([]bool, n)}
}

// put lays a bar over span cells from cell on. It returns the bar's first column,
// or -1 if that is not shown.
func (p *picture) put(l *lane, cell, span int) int {
	start, last := -1, cell+max(1, span)-1
	first := sort.Search(len(p.order), func(i int) bool { return p.columns[p.order[i]] >= cell })
	for _, i := range p.order[first:] {
		c := p.columns[i]
		if c > last {
			break
		}
		l.covers[i]++
		l.ends[i] = l.ends[i] || c == last
		if c == cell {
			start = i
		}
	}
	return start
}

// track notes the cells that a view's items touch.
func (p *picture) track(v Named, all []Named) track {
	a := v.Array
	t := track{Named: v}
	for _, o := range all {
		if a.Base() != nil && a.Base() == o.Array {
			t.base = o.Name
		}
	}
	items := p.newLane(v.Name)
	touches := make([][]int, len(p.columns))
	size, span := a.Size(), a.ItemSize()/p.unit
	put := func(cell, i, times int) {
		if at := p.put(&items, cell, span); at >= 0 {
			touches[at] = append(touches[at], i)
			t.shown += times
		}
	}
	switch in := newInverse(a); {
	case a.ItemSize() == 0: // touches nothing
	case size <= maxItems:
		for i := range size {
			put(offsetOf(a, i)/p.unit, i, 1)
		}
	case in.unique:
		seen := map[int]bool{}
		for _, column := range p.order {
			first, begin, ok := in.at(p.columns[column] * p.unit)
			if !ok || seen[first] {
				continue
			}
			seen[first] = true
			put(begin/p.unit, first, in.repeats)
			for k := 1; k < min(in.repeats, maxTouches); k++ {
				put(begin/p.unit, in.again(first, k), 0)
			}
		}
	default:
		t.partly = true
		for i := range maxItems {
			put(offsetOf(a, i)/p.unit, i, 1)
		}
	}
	var fields []lane
	for c, list := range touches {
		if len(list) == 0 {
			continue
		}
		items.labels[c] = label(list)
		switch {
		case a.DType().IsStruct():
			fields = p.putFields(fields, item(a, list[0]), p.columns[c])
		case span > 1:
			items.long[c] = items.labels[c] + ": " + valueText(item(a, list[0]))
		}
	}
	t.lanes = append([]lane{items}, fields...)
	return t
}

// maxTouches is how many touches of a cell are looked at: label prints three.
const maxTouches = 4

// valueText prints a 0-d array in one line.
func valueText(a *nd.Array) string {
	if a.DType().Kind() == dtype.KindBytes {
		return short(strings.Trim(a.Reshape(1).String(), "[]"), 24)
	}
	return short(strings.Join(strings.Fields(a.String()), " "), 24)
}

// item returns item i of a, in C order, as a 0-d view.
func item(a *nd.Array, i int) *nd.Array {
	shape := a.Shape()
	at := make([]nd.Idx, len(shape))
	for k := len(shape) - 1; k >= 0; k-- {
		at[k] = nd.I(i % shape[k])
		i /= shape[k]
	}
	return a.Slice(append(at, nd.Ellipsis)...)
}

// label names the touches that begin at a cell: "3", "0,4,8", or "0,4…" for more.
func label(touches []int) string {
	if len(touches) > 3 {
		return fmt.Sprintf("%d,%d…", touches[0], touches[1])
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(touches), " ", ","), "[]")
}

// leaf is a field that is no record itself, with its dotted name.
type leaf struct {
	path   []string
	offset int
	dtype  dtype.DType
}

// leaves lists the fields of a record dtype, nested ones too, in the order of
// their bytes.
func leaves(dt dtype.DType) []leaf {
	var out []leaf
	var walk func(path []string, dt dtype.DType, at int)
	walk = func(path []string, dt dtype.DType, at int) {
		for _, f := range dt.Fields() {
			p := append(slices.Clone(path), f.Name)
			if f.DType.IsStruct() {
				walk(p, f.DType, at+f.Offset)
			} else if f.DType.ItemSize() > 0 {
				out = append(out, leaf{p, at + f.Offset, f.DType})
			}
		}
	}
	walk(nil, dt, 0)
	slices.SortStableFunc(out, func(a, b leaf) int { return a.offset - b.offset })
	return out
}

// maxLanes is how many lanes overlapping fields may take.
const maxLanes = 4

// putFields lays the fields of one record, which begins at cell, into lanes: one
// unless fields overlap. What no field covers is padding, in the first lane.
func (p *picture) putFields(lanes []lane, record *nd.Array, cell int) []lane {
	var ends [maxLanes]int // bytes of the record that each lane has used
	bar := func(n, from, size int) (*lane, int) {
		for len(lanes) <= n {
			name := ""
			if n == 0 {
				name = "  fields"
			}
			lanes = append(lanes, p.newLane(name))
		}
		return &lanes[n], p.put(&lanes[n], cell+from/p.unit, size/p.unit)
	}
	end := 0 // of all fields so far
	pad := func(to int) {
		if to > end {
			if l, at := bar(0, end, to-end); at >= 0 {
				l.labels[at], l.pads[at] = "pad", true
			}
			ends[0] = to
		}
	}
	for _, f := range leaves(record.DType()) {
		pad(f.offset)
		n := slices.IndexFunc(ends[:], func(e int) bool { return e <= f.offset })
		if n < 0 {
			continue
		}
		ends[n] = f.offset + f.dtype.ItemSize()
		end = max(end, ends[n])
		l, at := bar(n, f.offset, f.dtype.ItemSize())
		if at < 0 {
			continue
		}
		value := record
		for _, name := range f.path {
			value = value.Field(name)
		}
		l.labels[at] = strings.Join(f.path, ".")
		l.long[at] = l.labels[at] + ": " + valueText(value)
	}
	pad(record.ItemSize())
	return lanes
}

// run is a bar, or the part of one, on neighbouring columns of a line.
type run struct {
	lo, hi     int  // columns
	head, tail bool // the bar begins and ends here
	pad        bool
}

// runs returns the bars on the columns lo…hi-1.
func (p *picture) runs(l *lane, lo, hi int) []run {
	var out []run
	for c := lo; c < hi; c++ {
		if l.covers[c] == 0 {
			continue
		}
		r := run{lo: c, hi: c + 1, head: l.labels[c] != "", pad: l.pads[c]}
		for r.hi < hi && l.labels[r.hi] == "" && l.covers[r.hi] > 0 && (!l.ends[r.hi-1] || l.covers[r.hi-1] > 1) {
			r.hi++
		}
		r.tail = l.ends[r.hi-1]
		out = append(out, r)
		c = r.hi - 1
	}
	return out
}
