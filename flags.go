package nd

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd/internal/layout"
)

// Flags tell how an array's memory may be used. The bits have NumPy's values.
type Flags uint16

// The bits of Flags.
const (
	CContiguous     Flags = 0x1    // the items lie one after another, last axis fastest
	FContiguous     Flags = 0x2    // the items lie one after another, first axis fastest
	OwnData         Flags = 0x4    // the header was made together with its block
	Aligned         Flags = 0x100  // every item starts at a multiple of its alignment
	Writeable       Flags = 0x400  // the items may be written through this header
	WriteBackIfCopy Flags = 0x2000 // never set: nd has no arrays that are written back
)

// Has tells whether all bits of f are set.
func (fl Flags) Has(f Flags) bool { return fl&f == f }

// Behaved tells whether the items are aligned and writeable.
func (fl Flags) Behaved() bool { return fl.Has(Aligned | Writeable) }

// CArray tells whether the array is behaved and C-contiguous.
func (fl Flags) CArray() bool { return fl.Has(Aligned | Writeable | CContiguous) }

// FArray tells whether the array is behaved and Fortran-contiguous, and not
// C-contiguous too.
func (fl Flags) FArray() bool { return fl.Has(Aligned|Writeable|FContiguous) && !fl.Has(CContiguous) }

// FNC tells whether the array is Fortran-contiguous and not C-contiguous.
func (fl Flags) FNC() bool { return fl.Has(FContiguous) && !fl.Has(CContiguous) }

// Forc tells whether the array is contiguous in either order.
func (fl Flags) Forc() bool { return fl&(FContiguous|CContiguous) != 0 }

// String prints the six lines that NumPy prints.
func (fl Flags) String() string {
	var b strings.Builder
	for _, row := range [...]struct {
		name string
		flag Flags
	}{
		{"C_CONTIGUOUS", CContiguous}, {"F_CONTIGUOUS", FContiguous}, {"OWNDATA", OwnData},
		{"WRITEABLE", Writeable}, {"ALIGNED", Aligned}, {"WRITEBACKIFCOPY", WriteBackIfCopy},
	} {
		text := "False"
		if fl.Has(row.flag) {
			text = "True"
		}
		fmt.Fprintf(&b, "  %s : %s\n", row.name, text)
	}
	return b.String()
}

// Flags returns the array's flags.
func (a *Array) Flags() Flags { return a.flags }

// Writeable tells whether items may be written through this header.
func (a *Array) Writeable() bool { return a.flags.Has(Writeable) }

// Aligned tells whether every item starts at a multiple of its alignment.
func (a *Array) Aligned() bool { return a.flags.Has(Aligned) }

// OwnData tells whether the header was made together with its block, which
// makes it no view.
func (a *Array) OwnData() bool { return a.flags.Has(OwnData) }

// SetWriteable switches the writeable flag of this header alone: a view taken
// earlier keeps its own flag, a view taken later inherits the new one. Switching
// it on needs an owner that may be written; otherwise SetWriteable returns an
// error that wraps ErrReadOnly (NumPy: "cannot set WRITEABLE flag to True of
// this array"). It must not race with other uses of the same header.
func (a *Array) SetWriteable(on bool) error {
	if !on {
		a.flags &^= Writeable
		return nil
	}
	owner := a
	if a.base != nil {
		owner = a.base
	}
	if a.buf.ReadOnly() || owner != a && !owner.Writeable() {
		return &Error{Op: "SetWriteable", Err: ErrReadOnly, Msg: "cannot set WRITEABLE flag to True of this array"}
	}
	a.flags |= Writeable
	return nil
}

// contiguity returns the three flags that follow from the layout.
func contiguity(lay layout.Layout, addr uintptr, item, align int) Flags {
	shape, strides := lay.Shape, lay.Strides
	if len(strides) < len(shape) {
		panic("nd: a layout with fewer strides than lengths")
	}
	fl := CContiguous | FContiguous
	// All addresses are multiples of a power of two if the first one and every
	// step are: their bitwise or has no low bit.
	bits := addr
	up, down := item, item // the strides of dense items, from the first axis on and from the last
	for k, d := range shape {
		if d == 0 {
			return CContiguous | FContiguous | Aligned
		}
		if d > 1 {
			bits |= uintptr(strides[k])
			if strides[k] != up {
				fl &^= FContiguous
			}
			up *= d
		}
	}
	for k := len(shape) - 1; k >= 0; k-- {
		if d := shape[k]; d > 1 {
			if strides[k] != down {
				fl &^= CContiguous
				break
			}
			down *= d
		}
	}
	if bits&uintptr(align-1) == 0 {
		fl |= Aligned
	}
	return fl
}
