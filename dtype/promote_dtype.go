package dtype

// Promote returns the smallest dtype that holds the items of both, in native
// byte order: NumPy's promote_types.
func Promote(a, b DType) (DType, error) {
	switch {
	case !a.IsValid() || !b.IsValid():
		return DType{}, typeError("promote", "promotion of an invalid dtype")
	case a == b:
		return a.Native(), nil
	case a.IsNumeric() && b.IsNumeric():
		return plain(promoted[a.kind][b.kind]), nil
	}
	return DType{}, typeError("promote", "no common dtype of %s and %s", a, b)
}
