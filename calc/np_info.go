package calc

import (
	"fmt"
	"strings"
)

// np.info prints the header of an array. What NumPy prints for everything else is
// its documentation, which is not here.
func init() {
	npFunc("info", "object=None, maxwidth=76, output=None, toplevel='numpy'", func(in *Interp, a []Value) Value {
		x, ok := a[0].(*Ndarray)
		if !ok {
			throw(excNotImplementedError, "np.info describes arrays; documentation is not included")
		}
		in.print(in.info(x))
		return None
	})
}

func (in *Interp) info(x *Ndarray) string {
	word := func(b bool) string { return in.Repr(Bool(b)) }
	fl := &flagsValue{x}
	flag := func(name string) string {
		b, _ := fl.named(name)
		return word(b)
	}
	order, swapped := nativeOrderName(), false
	if s := x.a.DType().TypeStr(); !x.a.DType().IsStruct() && !x.a.DType().IsNative() {
		order, swapped = map[byte]string{'>': "big", '<': "little"}[s[0]], true
	}
	var b strings.Builder
	fmt.Fprintf(&b, "class:  %s\n", x.Type().shownName())
	fmt.Fprintf(&b, "shape:  %s\n", in.Repr(intTuple(x.a.Shape())))
	fmt.Fprintf(&b, "strides:  %s\n", in.Repr(intTuple(x.a.Strides())))
	fmt.Fprintf(&b, "itemsize:  %d\n", x.a.ItemSize())
	fmt.Fprintf(&b, "aligned:  %s\n", flag("aligned"))
	fmt.Fprintf(&b, "contiguous:  %s\n", flag("contiguous"))
	fmt.Fprintf(&b, "fortran:  %s\n", flag("fortran"))
	fmt.Fprintf(&b, "data pointer: 0x%x\n", x.a.DataPtr())
	fmt.Fprintf(&b, "byteorder:  %s\n", order)
	fmt.Fprintf(&b, "byteswap:  %s\n", word(swapped))
	fmt.Fprintf(&b, "type: %s\n", in.Str(&DType{x.a.DType(), x.rec}))
	return b.String()
}
