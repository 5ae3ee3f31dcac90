package ufunc

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// The short way of a reduction of a few items along one of two axes. It calls the loops that
// Plan.Reduce calls, on the same items: lanes whose items lie closer together than the lanes
// are folded one by one, others side by side, row by row.

// AlongBytes is the most that the items of a lane, or those beside each other in all lanes,
// may take, in the dtype in which they are folded too.
const AlongBytes = 4096

var alongRooms = sync.Pool{New: func() any { return new([2][AlongBytes / 8]uint64) }}

// Lanes are the numbers that Along folds: count lanes step bytes apart, of n items stride
// bytes apart each.
type Lanes struct {
	Ptr         unsafe.Pointer
	DType       dtype.DType
	Aligned     bool
	Count, Step int
	N, Stride   int
}

// Short tells whether Along folds the lanes.
func (f *Fold) Short(l *Lanes) bool {
	size := max(l.DType.ItemSize(), f.Out.ItemSize())
	if l.N == 0 || l.Count == 0 || l.N*size > AlongBytes || l.Count*size > AlongBytes {
		return false
	}
	return l.N == 1 || l.Count == 1 || l.Step != 0 && l.Stride != 0 && abs(l.Step) != abs(l.Stride)
}

// Along folds each lane into an item of out, which lie side by side. Items are of f's kind,
// or cast to it where f begins with its identity.
func (f *Fold) Along(out unsafe.Pointer, l Lanes) {
	room := alongRooms.Get().(*[2][AlongBytes / 8]uint64)
	k, size, to := l.DType.Kind(), l.DType.ItemSize(), f.Out.ItemSize()
	if f.starts {
		kernel.Fill(out, unsafe.Pointer(&f.identity), to, l.Count)
	} else {
		l.load(out, k, l.Ptr, l.Step, l.Count, room)
		if l.N--; l.N > 0 { // else no address follows
			l.Ptr = unsafe.Add(l.Ptr, l.Stride)
		}
	}
	native := l.Aligned && l.DType.IsNative()
	switch {
	case l.N == 0:
	case l.Count > 1 && (l.N == 1 || abs(l.Stride) > abs(l.Step)):
		e := f.rows
		direct, j := native && l.Step == size && e.In[1] == k, 0
		for ; direct && e.Rows != nil && j+kernel.RowsAtOnce <= l.N; j += kernel.RowsAtOnce {
			e.Rows(out, unsafe.Add(l.Ptr, j*l.Stride), l.Stride, l.Count)
		}
		for ; j < l.N; j++ {
			x := unsafe.Add(l.Ptr, j*l.Stride)
			if !direct {
				l.load(unsafe.Pointer(&room[1]), e.In[1], x, l.Step, l.Count, room)
				x = unsafe.Pointer(&room[1])
			}
			e.Binary(out, out, x, l.Count)
		}
	default:
		e := f.entry
		for i := range l.Count {
			acc, x, stride := unsafe.Add(out, i*to), unsafe.Add(l.Ptr, i*l.Step), l.Stride
			if f.wide && native && stride == size && k == f.kind {
				*(*uint64)(acc) = kernel.WideSumOf(k)(x, l.N)
				continue
			}
			if !native || e.In[1] != k {
				l.load(unsafe.Pointer(&room[1]), e.In[1], x, stride, l.N, room)
				x, stride = unsafe.Pointer(&room[1]), dtype.OfKind(e.In[1]).ItemSize()
			}
			e.Reduce(acc, x, stride, l.N)
		}
	}
	alongRooms.Put(room)
}

// load brings n items from p on, stride bytes apart, to dst as items of kind k.
func (l *Lanes) load(dst unsafe.Pointer, k dtype.Kind, p unsafe.Pointer, stride, n int, room *[2][AlongBytes / 8]uint64) {
	size := l.DType.ItemSize()
	cast := k != l.DType.Kind()
	if !cast || stride != size || !l.Aligned || !l.DType.IsNative() {
		to := dst
		if cast {
			to = unsafe.Pointer(&room[0])
		}
		kernel.Copy(to, size, p, stride, size, n)
		if !l.DType.IsNative() {
			parts := 1
			if l.DType.IsComplex() {
				parts = 2
			}
			kernel.ByteSwap(to, to, size/parts, n*parts)
		}
		p = to
	}
	if cast {
		kernel.Cast(l.DType.Kind(), k)(dst, p, n)
	}
}
