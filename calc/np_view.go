package calc

import (
	"github.com/stride-go/nd/dtype"
)

// a.view: another dtype, another class, or both, over the same memory.
var _ = later(func() {
	typeNdarray.def("view", "self, dtype=?, type=?", func(in *Interp, a []Value) Value {
		x := a[0].(*Ndarray)
		as, dt, class := x.as, a[1], a[2]
		if t, ok := dt.(*Type); ok && t.isSub(typeNdarray) && class == nil {
			dt, class = nil, dt
		}
		if class != nil {
			t, ok := class.(*Type)
			if !ok || !t.isSub(typeNdarray) {
				throw(excTypeError, "Type must be a sub-type of ndarray type")
			}
			switch as = t; t {
			case typeNdarray:
				if as = nil; x.Type() == typeMemmap {
					as = typeNdarray
				}
			case typeMemmap:
				as = x.as
			}
		}
		switch dt {
		case Value(Str("O")), Value(Str("object")), Value(typeObject):
			throw(excTypeError, "Cannot change data-type for array of references.")
		}
		to, rec := x.a.DType(), x.rec
		if dt != nil {
			to, rec = in.recordDType(dt)
		}
		r := &Ndarray{a: x.a.View(to), file: x.file, as: as, rec: rec && x.a.DType().IsStruct()}
		if r.a.DType().IsStruct() && (as == typeRecarray || rec) {
			r.rec = true
		}
		return r
	})
})

// recordDType is toDType with the mark of record dtypes.
func (in *Interp) recordDType(v Value) (dtype.DType, bool) {
	switch x := v.(type) {
	case *DType:
		return x.dt, x.rec
	case *Tuple:
		if len(x.items) == 2 && x.items[0] == Value(typeRecord) {
			return in.toDType(x.items[1]), true
		}
	}
	return in.toDType(v), false
}
