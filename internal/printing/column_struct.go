package printing

import (
	"unsafe"

	"github.com/stride-go/nd/internal/layout"
)

// structColumn writes records, (1, 2.5), each field by a column of its own.
type structColumn struct {
	offsets []int
	fields  []column
}

func newStructColumn(it items, o *style) *structColumn {
	c := &structColumn{}
	for i := range it.dtype.NumField() {
		f := it.dtype.FieldAt(i)
		c.offsets = append(c.offsets, f.Offset)
		part := it.part(f.Offset, f.DType)
		if f.DType.IsSubArray() {
			c.fields = append(c.fields, newSubArrayColumn(part, o))
		} else {
			c.fields = append(c.fields, newColumn(part, o))
		}
	}
	return c
}

func (c *structColumn) append(dst []byte, p unsafe.Pointer) []byte {
	dst = append(dst, '(')
	for i, f := range c.fields {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = f.append(dst, step(p, c.offsets[i]))
	}
	if len(c.fields) == 1 {
		dst = append(dst, ',')
	}
	return append(dst, ')')
}

// subArrayColumn writes sub-arrays on one line, [[1, 2], [3, 4]].
type subArrayColumn struct {
	item           column
	shape, strides []int
	summary        bool
	edge           int
}

func newSubArrayColumn(it items, o *style) *subArrayColumn {
	shape, base := it.dtype.SubShape(), it.dtype.Base()
	c := &subArrayColumn{shape: shape, strides: layout.CStrides(shape, base.ItemSize()), edge: max(o.EdgeItems, 0)}
	c.summary = layout.Size(shape) > o.Threshold
	axes := append([]axis{}, it.axes...)
	for i, n := range shape {
		axes = append(axes, axis{n, c.strides[i], n, 0})
	}
	c.item = newColumn(items{it.ptr, base, axes}, o)
	return c
}

func (c *subArrayColumn) append(dst []byte, p unsafe.Pointer) []byte { return c.appendAxis(dst, p, 0) }

func (c *subArrayColumn) appendAxis(dst []byte, p unsafe.Pointer, k int) []byte {
	if k == len(c.shape) {
		return c.item.append(dst, p)
	}
	n := c.shape[k]
	dst = append(dst, '[')
	for i := 0; i < n; i++ {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		if c.summary && i == c.edge && n > 2*c.edge {
			dst = append(dst, "..., "...)
			if c.edge > 0 { // NumPy shows all after the dots for no edge items
				i = n - c.edge
			}
		}
		dst = c.appendAxis(dst, step(p, i*c.strides[k]), k+1)
	}
	return append(dst, ']')
}
