package nd

// StandIn returns a header with the dtype and layout of v, a view of a, that
// takes a's place: it owns the block if a does, and has a's base and writeable
// flag. It is what an interpreter needs where NumPy changes an array object
// itself (a.shape = …); a Go program just uses the view.
//
// It panics with ErrValue if v is not over a's block.
func (a *Array) StandIn(v *Array) *Array {
	a.use("StandIn")
	if v.buf != a.buf {
		fail("StandIn", ErrValue, "the view is over another block")
	}
	return newArray(a.buf, v.dtype, v.lay, a.flags&(OwnData|Writeable), a.base)
}
