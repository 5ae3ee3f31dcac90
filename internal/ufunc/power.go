package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/loop"
)

// shortPower takes the loop for the exponent where it is a number that floats are raised
// to.
func (p *Plan) shortPower() {
	y, k := &p.Ops[1], p.Entry.In[1]
	if y.Weak == dtype.NotWeak || p.Entry.Number == nil || k != dtype.KindFloat32 && k != dtype.KindFloat64 {
		return
	}
	n := loop.ReadNumber(y.Ptr, y.DType)
	x := n.Re
	if n.Kind <= dtype.KindUint64 {
		x = float64(n.I)
	}
	b := unsafe.Pointer(&p.number[2])
	if k == dtype.KindFloat32 {
		*(*float32)(b) = float32(x)
	} else {
		*(*float64)(b) = x
	}
	if e := p.Entry.Number(b); e != nil {
		p.Entry = e
	}
}
