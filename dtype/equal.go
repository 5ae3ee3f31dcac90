package dtype

import "slices"

// Equal reports whether items of both dtypes have the same bytes for the same
// values under the same names: NumPy's ==. It differs from Go's == in one point:
// the aligned flags of structures need not agree, if the offsets and sizes do.
func (d DType) Equal(o DType) bool {
	switch {
	case d == o:
		return true
	case d.ext == nil || o.ext == nil || d.size != o.size:
		return false
	case d.IsSubArray() || o.IsSubArray():
		return d.IsSubArray() && o.IsSubArray() && slices.Equal(d.ext.shape, o.ext.shape) && d.ext.base.Equal(o.ext.base)
	}
	return slices.EqualFunc(d.ext.fields, o.ext.fields, func(f, g Field) bool {
		return f.Name == g.Name && f.Title == g.Title && f.Offset == g.Offset && f.DType.Equal(g.DType)
	})
}
