package nd

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/nderr"
)

// Field returns one field of an array of records: the same shape and strides,
// the field's dtype, and for a field that is a sub-array its axes after a's. It
// is a view. The name may be the field's title. ErrNotFound, which is also an
// ErrValue here, if there is no such field, ErrIndex if a's items are no records.
func (a *Array) Field(name string) *Array {
	const op = "field"
	a.use(op)
	a.wantRecords(op)
	f, ok := a.dtype.Field(name)
	if !ok {
		fail(op, nderr.ErrNoField, "no field of name %s", name)
	}
	lay := a.lay
	if a.Size() > 0 {
		lay.Offset += f.Offset
	}
	if f.DType.IsSubArray() {
		return a.subArrayView(f.DType, lay)
	}
	return a.within(f.DType, lay)
}

// Fields returns an array of records that show only the named fields, in that
// order, at the offsets and in the item size they have in a. It is a view; since
// its items keep the gaps, Repack makes a smaller copy. ErrNotFound if there is
// no such field, ErrValue if one is named twice, ErrIndex if a's items are no
// records.
func (a *Array) Fields(names ...string) *Array {
	const op = "fields"
	a.use(op)
	a.wantRecords(op)
	dt, err := a.dtype.Select(names...)
	must(op, err)
	return a.within(dt, a.lay)
}

// Repack returns an array of records without gaps between the fields (numpy's
// rfn.repack_fields): a copy in order K, or a itself if its records have no
// gaps, or are no records.
func (a *Array) Repack() *Array {
	const op = "repack_fields"
	a.use(op)
	if !a.dtype.IsStruct() {
		return a
	}
	dt, err := dtype.Struct(a.dtype.Fields())
	must(op, err)
	if dt == a.dtype {
		return a
	}
	c := allocLike(op, dt, a, K, true)
	for _, f := range dt.Fields() {
		copyInto(op, c.Field(f.Name), a.Field(f.Name))
	}
	return c
}

func (a *Array) wantRecords(op string) {
	if !a.dtype.IsStruct() {
		fail(op, ErrIndex, "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices")
	}
}
