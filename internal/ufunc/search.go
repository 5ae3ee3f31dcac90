package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// Search writes, for each lane of a along an axis, the place that find names into
// out, a native int64 array of a's shape without that axis. The items of a are
// native and aligned, and no lane is empty.
func Search(out, a operand.Operand, axis int, find kernel.Arg) {
	n, stride := a.Shape[axis], a.Strides[axis]
	lanes := slice(a, axis, 0, 1)
	spreadOut := out
	spreadOut.Shape = lanes.Shape
	spreadOut.Strides = make([]int, len(lanes.Shape))
	for i, k := 0, 0; i < len(lanes.Shape); i++ {
		if i != axis {
			spreadOut.Strides[i] = out.Strides[k]
			k++
		}
	}
	s := loop.Borrow()
	defer s.Return()
	w := &s.Nest
	w.Reset(lanes.Shape)
	w.Add(spreadOut.Shape, spreadOut.Strides)
	w.Add(lanes.Shape, lanes.Strides)
	if w.Empty() {
		return
	}
	for {
		*(*int64)(unsafe.Add(out.Ptr, w.Off[0])) = int64(find(unsafe.Add(a.Ptr, w.Off[1]), stride, n))
		if !w.Next(0) {
			return
		}
	}
}
