package draw

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// header returns the lines that describe a view's header.
func (t *track) header() []string {
	a := t.Array
	lines := []string{
		"dtype   " + a.DType().String(),
		"shape   " + dtype.ShapeText(a.Shape()),
		"strides " + dtype.ShapeText(a.Strides()),
		fmt.Sprintf("offset  %d", a.Offset()),
		"flags   " + flagText(a.Flags()),
		"base    " + t.baseText(),
	}
	if pad := padding(a); pad > 0 {
		lines = append(lines, fmt.Sprintf("record  %d of %d bytes are no field's", pad, a.ItemSize()))
	}
	switch n := a.Size(); {
	case n == 0:
		lines = append(lines, "(no items)")
	case a.ItemSize() == 0:
		lines = append(lines, "(items of no bytes)")
	case t.partly:
		lines = append(lines, fmt.Sprintf("(only the first %d of %d items were looked at)", maxItems, n))
	case t.shown < n:
		lines = append(lines, fmt.Sprintf("(%d of %d items are not shown)", n-t.shown, n))
	}
	return lines
}

func (t *track) baseText() string {
	switch {
	case t.base != "":
		return t.base
	case t.Array.Base() != nil:
		return "an array that is not drawn"
	case t.Array.OwnData():
		return "none: it owns the block"
	}
	switch t.Array.Buffer().Kind() {
	case buffer.Mapped:
		return "the mapped file"
	case buffer.Shared:
		return "the shared segment"
	}
	return "none: the block is another's"
}

// padding returns the bytes of a record that no field covers.
func padding(a *nd.Array) int {
	if !a.DType().IsStruct() {
		return 0
	}
	n, end := 0, 0
	for _, f := range leaves(a.DType()) {
		n += max(0, f.offset-end)
		end = max(end, f.offset+f.dtype.ItemSize())
	}
	return n + max(0, a.ItemSize()-end)
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
