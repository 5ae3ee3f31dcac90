package calc

// fromGoArray accepts arrays of the library.
func (in *Interp) fromGoArray(v any) (Value, bool) { return nil, false }
