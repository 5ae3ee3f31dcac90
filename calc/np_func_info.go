package calc

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

var _ = later(func() {
	npFunc("info", "object=None, maxwidth=76, output=None, toplevel='numpy'", func(in *Interp, a []Value) Value {
		x, ok := a[0].(*Ndarray)
		if !ok {
			throw(excTypeError, "np.info tells of arrays here, not of '%s' objects: there are no docstrings", a[0].Type().tpName())
		}
		if given(a[2]) {
			throw(excTypeError, "np.info prints to the standard output only")
		}
		in.print(in.infoText(x))
		return None
	})
})

// infoText describes an array's header in NumPy's eleven lines.
func (in *Interp) infoText(x *Ndarray) string {
	fl, dt := x.a.Flags(), x.a.DType()
	order, machine := "little", "little"
	if dtype.Native == dtype.Big {
		machine = "big"
	}
	if o := dt.Order(); o == dtype.Big {
		order = "big"
	} else if o == dtype.NoOrder { // of items without one, as of records, it is the machine's
		order = machine
	}
	return fmt.Sprintf("class:  %s\nshape:  %s\nstrides:  %s\nitemsize:  %d\naligned:  %s\ncontiguous:  %s\nfortran:  %s\ndata pointer: %#x\nbyteorder:  %s\nbyteswap:  %s\ntype: %s\n",
		x.Type().name, in.Repr(intTuple(x.a.Shape())), in.Repr(intTuple(x.a.Strides())), x.a.ItemSize(),
		in.Repr(Bool(fl.Has(nd.Aligned))), in.Repr(Bool(fl.Has(nd.CContiguous))), in.Repr(Bool(fl.Has(nd.FContiguous))),
		x.a.DataPtr(), order, in.Repr(Bool(order != machine)), in.Str(in.getAttr(x, "dtype")))
}
