package dtype

import "github.com/stride-go/nd/internal/pyliteral"

// Casting is a level of permission for conversions; each level includes the ones
// before it.
type Casting uint8

// The levels, with NumPy's names.
const (
	No       Casting = iota // no change at all
	Equiv                   // byte order may change
	Safe                    // every value is kept
	SameKind                // a loss within a kind, such as float64 to float32, may happen
	Unsafe                  // any conversion
)

var castingNames = [...]string{"no", "equiv", "safe", "same_kind", "unsafe"}

// String returns NumPy's name of the level.
func (c Casting) String() string {
	if int(c) < len(castingNames) {
		return castingNames[c]
	}
	return "invalid"
}

// ParseCasting returns the level that NumPy calls by this name. Error: ErrValue.
func ParseCasting(s string) (Casting, error) {
	for i, name := range castingNames {
		if s == name {
			return Casting(i), nil
		}
	}
	return No, valueError("casting", "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value' (got %s)", pyliteral.Quote(s))
}

// CanCast reports whether items of dtype from may be converted to dtype to at
// level c. An invalid dtype casts to nothing, and no cast is allowed at a level that
// there is not.
func CanCast(from, to DType, c Casting) bool {
	level, ok := castLevel(from, to)
	return ok && level <= c && c <= Unsafe
}

// castLevel returns the lowest level at which from converts to to; ok is false
// when no level does.
func castLevel(from, to DType) (level Casting, ok bool) {
	switch {
	case !from.IsValid() || !to.IsValid():
		return Unsafe, false
	case from == to:
		return No, true
	case from.ext != nil || to.ext != nil:
		return castParts(from, to)
	case from.kind == to.kind && from.kind <= KindComplex128:
		return Equiv, true // the byte order differs, or from == to
	case from.kind <= KindComplex128 && to.kind <= KindComplex128:
		return castNumbers(from.kind, to.kind), true
	}
	return castFlexible(from, to)
}

// castNumbers is castLevel of two different numeric kinds. A cast is safe when
// promotion leads to its target. Losses stay of the same kind up the classes
// bool, unsigned, signed, float, complex.
func castNumbers(from, to Kind) Casting {
	switch {
	case promoted[from][to] == to:
		return Safe
	case classRank(from) <= classRank(to):
		return SameKind
	}
	return Unsafe
}

func classRank(k Kind) int {
	switch k.Class() {
	case 'b':
		return 0
	case 'u':
		return 1
	case 'i':
		return 2
	case 'f':
		return 3
	}
	return 4
}
