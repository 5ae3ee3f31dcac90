package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
)

// sameItems is a == b, or a != b, as the operator compares where the operation
// Equal has no loop: records field by field, raw bytes as they are, and strings
// with numbers, which are never equal. ok is false where the loop decides.
func sameItems(op kernel.Op, a, b *Array) (r *Array, ok bool) {
	if op != kernel.Equal && op != kernel.NotEqual || a.dtype.IsNumeric() && b.dtype.IsNumeric() {
		return nil, false
	}
	ak, bk := a.dtype.Kind(), b.dtype.Kind()
	switch {
	case ak == dtype.KindVoid && bk == dtype.KindVoid:
		r = sameRecords(a, b)
	case ak == bk:
		return nil, false
	default:
		shape, err := layout.Broadcast(a.lay.Shape, b.lay.Shape)
		must(op.String(), err)
		r = Zeros(dtype.Bool, shape...)
	}
	if op == kernel.NotEqual {
		r = r.LogicalNot()
	}
	return r, true
}

func sameRecords(a, b *Array) *Array {
	if !a.dtype.IsStruct() && !b.dtype.IsStruct() {
		if a.ItemSize() != b.ItemSize() {
			fail("equal", ErrType, "cannot compare unstructured voids of different length. Use bytes to compare. (This may return array of False in the future.)")
		}
		return Equal.Call(a.asBytes(), b.asBytes())
	}
	n := a.dtype.NumField()
	same := a.dtype.IsStruct() && b.dtype.IsStruct() && n == b.dtype.NumField()
	for i := 0; same && i < n; i++ {
		same = a.dtype.FieldAt(i).Name == b.dtype.FieldAt(i).Name
	}
	if !same {
		fail("equal", ErrType, "Cannot compare structured arrays unless they have a common dtype.  I.e. `np.result_type(arr1, arr2)` must be defined.")
	}
	var r *Array
	for i := range n {
		name := a.dtype.FieldAt(i).Name
		x, y := a.Field(name), b.Field(name)
		e := fieldsEqual(x, y, a.NDim(), b.NDim())
		if r == nil {
			r = e
		} else {
			r = r.LogicalAnd(e)
		}
	}
	if r == nil {
		shape, err := layout.Broadcast(a.lay.Shape, b.lay.Shape)
		must("equal", err)
		r = Ones(dtype.Bool, shape...)
	}
	return r
}

// fieldsEqual compares one field of two record arrays with and nb axes; the axes
// of a sub-array must all agree.
func fieldsEqual(x, y *Array, na, nb int) *Array {
	inner := x.NDim() - na
	if inner != y.NDim()-nb || !slices.Equal(x.lay.Shape[na:], y.lay.Shape[nb:]) {
		fail("equal", ErrType, "Cannot compare structured arrays unless they have a common dtype.  I.e. `np.result_type(arr1, arr2)` must be defined.")
	}
	// Record axes are aligned on the right before the sub-array's axes follow.
	for na < nb {
		x, na = x.ExpandDims(0), na+1
	}
	for nb < na {
		y, nb = y.ExpandDims(0), nb+1
	}
	e := x.Equal(y)
	for range inner {
		e = e.AllTrue(Axis(-1))
	}
	return e
}

// asBytes reads raw items as byte strings, whose comparison ignores only the
// padding that equal lengths do not have.
func (a *Array) asBytes() *Array { return a.view(dtype.Bytes(a.ItemSize()), a.lay) }
