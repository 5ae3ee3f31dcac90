package loop

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Stand-ins until the kernel package has its own.

type stand struct{}

var kern stand

func (stand) Fill(dst, item unsafe.Pointer, size, n int) { moveStrided(dst, size, item, 0, size, n) }
func (stand) Gather(dst, src unsafe.Pointer, stride, size, n int) {
	moveStrided(dst, size, src, stride, size, n)
}
func (stand) Scatter(dst, src unsafe.Pointer, stride, size, n int) {
	moveStrided(dst, stride, src, size, size, n)
}
func (stand) ByteSwap(dst, src unsafe.Pointer, size, n int) {
	b := unsafe.Slice((*byte)(dst), size*n)
	if dst != src {
		copy(b, unsafe.Slice((*byte)(src), size*n))
	}
	swapUnits(b, size)
}
func (stand) Cast(from, to dtype.Kind) func(dst, src unsafe.Pointer, n int) {
	f, t := dtype.OfKind(from), dtype.OfKind(to)
	return func(dst, src unsafe.Pointer, n int) {
		for i := range n {
			v := ReadNumber(unsafe.Add(src, i*f.ItemSize()), f)
			if f.IsInteger() || from == dtype.KindBool {
				v.Re = float64(v.I)
				if from == dtype.KindUint64 {
					v.Re = float64(uint64(v.I))
				}
				if to == dtype.KindBool && v.I != 0 {
					v.I = 1
				}
			} else {
				v.I = int64(v.Re)
				if to == dtype.KindBool {
					v.I = 0
					if v.Re != 0 || v.Im != 0 {
						v.I = 1
					}
				}
			}
			v.Kind = to
			WriteNumber(unsafe.Add(dst, i*t.ItemSize()), t, v)
		}
	}
}
