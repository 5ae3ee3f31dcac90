package ufunc

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
)

// squared are the entries of power that a weak exponent 2 takes instead of the
// general ones: x*x, as NumPy's loop does for an exponent that does not change.
// The exponent is not read.
var squared = sync.OnceValue(func() *[dtype.NumKinds]kernel.Entry {
	entries := new([dtype.NumKinds]kernel.Entry)
	for _, k := range []dtype.Kind{dtype.KindFloat32, dtype.KindFloat64} {
		square := kernel.Lookup(kernel.Square).Find(k)
		entries[k] = kernel.Entry{In: [3]dtype.Kind{k, k}, Out: [2]dtype.Kind{k},
			Binary: func(dst, a, _ unsafe.Pointer, n int) { square.Unary(dst, a, n) }, Tape: square.Tape}
	}
	return entries
})

// shortPower takes x*x for the power of floats to the number 2.
func (p *Plan) shortPower() {
	y := &p.Ops[1]
	if y.Weak == dtype.NotWeak {
		return
	}
	e := &squared()[p.Entry.Out[0]]
	if e.Binary == nil || p.Entry.In != e.In {
		return
	}
	if n := loop.ReadNumber(y.Ptr, y.DType); n.Kind <= dtype.KindUint64 && n.I == 2 || n.Kind == dtype.KindFloat64 && n.Re == 2 {
		p.Entry = e
	}
}
