package dtype

// castFlexible is castLevel where a string or raw memory is involved and neither
// dtype has parts.
func castFlexible(from, to DType) (Casting, bool) { return Unsafe, true }

// castParts is castLevel where a structure or a sub-array is involved.
func castParts(from, to DType) (Casting, bool) { return Unsafe, true }
