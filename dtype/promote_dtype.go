package dtype

import (
	"slices"
	"strings"

	"github.com/stride-go/nd/internal/pyliteral"
)

// Promote returns the smallest dtype that holds the items of both, in native
// byte order: NumPy's promote_types.
//
// Numbers follow the lattice of NEP 50. A number and a string give a string that
// is long enough for the number's text; byte strings and Unicode strings give
// Unicode. Raw memory promotes with its own length only. Structures promote field
// by field when their names and titles agree, and the result is laid out anew,
// without padding unless one of them is aligned; sub-arrays promote their bases
// when their shapes agree. Everything else is an error (ErrPromotion).
func Promote(a, b DType) (DType, error) {
	switch {
	case !a.IsValid() || !b.IsValid():
		return DType{}, typeError("promote", "promotion of an invalid dtype")
	case a.IsNumeric() && b.IsNumeric():
		return plain(promoted[a.kind][b.kind]), nil
	case a.kind == KindVoid && b.kind == KindVoid:
		return promoteVoid(a, b)
	case a.kind == KindVoid || b.kind == KindVoid:
		return DType{}, promotionError("The DTypes %s and %s do not have a common DType. For example they cannot be stored in a single array unless the dtype is `object`.", a.class(), b.class())
	}
	n := max(a.characters(), b.characters())
	if a.kind == KindStr || b.kind == KindStr {
		return Str(min(n, maxItem/4)), nil
	}
	return Bytes(n), nil
}

func promoteVoid(a, b DType) (DType, error) {
	switch {
	case a.IsStruct() && b.IsStruct():
		return promoteStructs(a, b)
	case a.IsSubArray() && b.IsSubArray():
		if !slices.Equal(a.ext.shape, b.ext.shape) {
			return DType{}, promotionError("invalid type promotion with subarray datatypes (shape mismatch).")
		}
		base, err := Promote(a.ext.base, b.ext.base)
		if err != nil {
			return DType{}, err
		}
		return SubArray(base, a.ext.shape...)
	case a.ext != nil || b.ext != nil:
		return DType{}, promotionError("invalid type promotion with structured datatype(s).")
	case a.size != b.size:
		return DType{}, promotionError("Invalid type promotion with void datatypes of different lengths. Use the `np.bytes_` datatype instead to pad the shorter value with trailing zero bytes.")
	}
	return a, nil
}

func promoteStructs(a, b DType) (DType, error) {
	if !slices.Equal(a.Names(), b.Names()) {
		return DType{}, promotionError("field names `%s` and `%s` mismatch.", namesText(a), namesText(b))
	}
	fields := a.Fields()
	for i := range fields {
		f, g := &fields[i], &b.ext.fields[i]
		var err error
		if f.DType, err = Promote(f.DType, g.DType); err != nil {
			return DType{}, err
		}
		if f.Title != g.Title {
			return DType{}, promotionError("field titles of field %s mismatch", pyliteral.Quote(f.Name))
		}
	}
	return layOut(fields, StructOptions{Align: a.ext.aligned || b.ext.aligned}, false)
}

// namesText is the Python tuple of the field names.
func namesText(d DType) string {
	quoted := d.Names()
	for i, n := range quoted {
		quoted[i] = pyliteral.Quote(n)
	}
	if len(quoted) == 1 {
		return "(" + quoted[0] + ",)"
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}

// class is how Python prints the class of d: <class 'numpy.dtypes.Float64DType'>.
func (d DType) class() string {
	name := d.kind.String()
	switch d.kind {
	case KindUint8, KindUint16, KindUint32, KindUint64:
		name = "UInt" + name[4:]
	default:
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	return "<class 'numpy.dtypes." + name + "DType'>"
}
