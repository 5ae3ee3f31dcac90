package nd

// CopyMode says whether an array made from another may share its memory. The
// zero value is NumPy 2's copy=None.
type CopyMode uint8

// The modes of copying.
const (
	CopyIfNeeded CopyMode = iota // copy=None: share if dtype and order allow
	CopyNever                    // copy=False: share, or ErrValue
	CopyAlways                   // copy=True
)

// AsArray returns a with the dtype and the memory order that the options DType
// and OrderIs ask for (default: its own): a itself when nothing needs to change
// and the mode allows, else a copy, cast as AsType casts. Under CopyNever a
// change panics with ErrValue: "Unable to avoid copy while creating an array as
// requested." (NumPy: np.array(a, copy=…), np.asarray(a).)
func AsArray(a *Array, mode CopyMode, opts ...Option) *Array {
	if mode > CopyAlways {
		fail("asarray", ErrValue, "copy must be CopyIfNeeded, CopyNever or CopyAlways (got CopyMode(%d))", mode)
	}
	return arrayFrom("asarray", a, mode, K, optDType|optOrder, opts)
}

// arrayFrom is AsArray for a call of the name op, which allows the given options and asks
// for a memory order itself.
func arrayFrom(op string, a *Array, mode CopyMode, order Order, allowed optKind, opts []Option) *Array {
	s := settings{order: order, dtype: a.dtype}
	if len(opts) > 0 {
		s = gather(op, allowed, opts)
		if !s.has(optDType) {
			s.dtype = a.dtype
		}
		if !s.has(optOrder) {
			s.order = order
		}
	}
	a.use(op)
	fits := s.dtype == a.dtype && a.inOrder(s.order)
	switch {
	case fits && mode != CopyAlways:
		return a
	case mode == CopyNever:
		fail(op, ErrValue, "Unable to avoid copy while creating an array as requested.")
	}
	return a.AsType(s.dtype, OrderIs(s.order))
}

// AsContiguousArray returns a C-contiguous array of at least one axis: a itself
// or a view if it is one already, else a copy. The option DType asks for a dtype.
func AsContiguousArray(a *Array, opts ...Option) *Array {
	return arrayFrom("ascontiguousarray", a, CopyIfNeeded, C, optDType, opts).AtLeast1D()
}

// AsFortranArray is AsContiguousArray for Fortran order.
func AsFortranArray(a *Array, opts ...Option) *Array {
	return arrayFrom("asfortranarray", a, CopyIfNeeded, F, optDType, opts).AtLeast1D()
}

// Require returns an array whose flags hold all of want, of the bits CContiguous,
// FContiguous, Aligned, Writeable and OwnData: a itself if it has them, else a
// copy. The option DType asks for a dtype. ErrValue: 'Cannot specify both "C" and
// "F" order', and any other bit.
func Require(a *Array, want Flags, opts ...Option) *Array {
	const op = "require"
	order := A
	if rest := want &^ (CContiguous | FContiguous | Aligned | Writeable | OwnData); rest != 0 {
		fail(op, ErrValue, "no array can be made to have the flags %#x", uint16(rest))
	}
	switch want & (CContiguous | FContiguous) {
	case CContiguous | FContiguous:
		fail(op, ErrValue, `Cannot specify both "C" and "F" order`)
	case CContiguous:
		order = C
	case FContiguous:
		order = F
	}
	b := arrayFrom(op, a, CopyIfNeeded, order, optDType, opts)
	if !b.flags.Has(want) {
		b = b.Copy(order)
	}
	return b
}
