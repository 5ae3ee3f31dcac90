package ufunc

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
)

// shortPower takes the loop for the exponent where that is a number of the program: of
// floats and complex numbers another operation, for which the result may tell, so that this
// is settled before the way of the call is; an expression (Lazy) knows it, too.
func (p *Plan) shortPower() {
	y, k := &p.Ops[1], p.Entry.In[1]
	if y.Weak == dtype.NotWeak || p.Entry.Number == nil {
		return
	}
	room := &p.number[2]
	from, b := dtype.KindComplex128, unsafe.Pointer(room)
	switch n := loop.ReadNumber(y.Ptr, y.DType); {
	case n.Kind >= dtype.KindFloat16:
		room[0], room[1] = math.Float64bits(n.Re), math.Float64bits(n.Im)
	case n.I < 0 && n.Kind == dtype.KindUint64 || k <= dtype.KindUint64 && !loop.Fits(n.I, k):
		return
	default:
		from, room[0] = dtype.KindInt64, uint64(n.I)
	}
	kernel.Cast(from, k)(b, b, 1)
	if e := p.Entry.Number(b); e != nil {
		p.Entry, p.one = e, true
	}
}
