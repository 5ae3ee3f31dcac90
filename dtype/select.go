package dtype

import (
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/pyliteral"
)

// Select returns the structure with only the named fields, in the given order,
// each at its old offset in an item of the old size: the dtype of a view that
// shows some fields. Titles do not count as names. Errors: a name that is not
// there (ErrNotFound), a name given twice (ErrValue).
func (d DType) Select(names ...string) (DType, error) {
	if !d.IsStruct() {
		return DType{}, nderr.New("dtype", nderr.ErrNotFound, "There are no fields in dtype %s.", d)
	}
	fields := make([]Field, 0, len(names))
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		f, ok := d.Field(name)
		switch {
		case !ok:
			return DType{}, nderr.New("dtype", nderr.ErrNotFound, "%s", pyliteral.Quote(name))
		case f.Name != name:
			return DType{}, nderr.New("dtype", nderr.ErrNotFound, "'cannot use field titles in multi-field index'")
		case seen[name]:
			return DType{}, valueError("dtype", "duplicate field of name %s", pyliteral.Quote(name))
		}
		seen[name] = true
		fields = append(fields, f)
	}
	d.ext = intern(ext{fields: fields, aligned: d.ext.aligned, align: d.ext.align})
	return d, nil
}

// RepackOptions say how Repack lays out.
type RepackOptions struct {
	Align   bool // as a C compiler does, instead of without padding
	Recurse bool // nested structures too, also those in sub-arrays
}

// Repack returns the structure with the same fields laid out anew in their order,
// by default without padding. Other dtypes return as they are.
func (d DType) Repack(opts ...RepackOptions) DType {
	var o RepackOptions
	if len(opts) > 0 {
		o = opts[0]
	}
	if !d.IsStruct() {
		return d
	}
	fields := d.Fields()
	if o.Recurse {
		for i := range fields {
			fields[i].DType = fields[i].DType.repackPart(o)
		}
	}
	r, err := layOut(fields, StructOptions{Align: o.Align}, false)
	if err != nil { // overlapping fields, laid side by side, may exceed 2³¹-1 bytes
		panic(err)
	}
	return r
}

func (d DType) repackPart(o RepackOptions) DType {
	if !d.IsSubArray() {
		return d.Repack(o)
	}
	r, err := SubArray(d.ext.base.repackPart(o), d.ext.shape...)
	if err != nil {
		panic(err)
	}
	return r
}
