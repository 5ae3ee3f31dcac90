package fuse

import (
	"slices"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/operand"
)

// Short programs over operands that are C-contiguous, or a single item: their values
// are computed one after another, each whole, by the loops of single operations. That
// needs no schedule, which would take longer than the items.

const (
	smallItems  = 16 << 10
	smallBytes  = 16 << 10  // of a value, or
	smallRoomed = 112 << 10 // of all values but operands
	smallValues = 24
)

// smallRoom is where a short program lies.
type smallRoom struct {
	at     [smallValues]unsafe.Pointer
	memory []uint64
}

var smallRooms = sync.Pool{New: func() any { return new(smallRoom) }}

// leave gives the room back; it keeps no operand alive.
func (r *smallRoom) leave() {
	clear(r.at[:])
	smallRooms.Put(r)
}

// small computes result, n items over shape, into to if that is not nil, and returns
// the room, which has its address. It returns nil if the program is not a short one.
func (p *Program) small(result Value, shape []int, n int, to unsafe.Pointer) (*smallRoom, error) {
	if p.Mapped || len(p.values) > smallValues || int(result) != len(p.values)-1 || n == 0 || n > smallItems {
		return nil, nil
	}
	bytes, widest := 64, 0
	for i := range p.values {
		x := &p.values[i]
		size := n * sizeOf(x.kind)
		widest = max(widest, size)
		if x.how == load {
			o := &p.leaves[x.leaf]
			if !isSmall(o) || !slices.Equal(o.Shape, shape) && o.Size() != 1 {
				return nil, nil
			}
			if o.DType.Kind() == x.kind && o.Size() == n {
				continue // where it lies
			}
		}
		bytes += (size + 63) &^ 63
	}
	if widest > smallBytes && bytes > smallRoomed {
		return nil, nil
	}
	r := smallRooms.Get().(*smallRoom)
	if len(r.memory)*8 < bytes {
		r.memory = make([]uint64, bytes/8)
	}
	room := unsafe.Pointer(unsafe.SliceData(r.memory))
	room = unsafe.Add(room, -uintptr(room)&63)
	for i := range p.values {
		x := &p.values[i]
		size := sizeOf(x.kind)
		dst := room
		if Value(i) == result && to != nil {
			dst = to
		}
		r.at[i] = dst
		a, b, c := r.at[x.args[0]], r.at[x.args[1]], r.at[x.args[2]]
		switch x.how {
		case load:
			o := &p.leaves[x.leaf]
			k, m := o.DType.Kind(), o.Size()
			switch {
			case k == x.kind && m == n && (Value(i) != result || to == nil):
				r.at[i] = o.Ptr
				continue
			case k == x.kind:
				kernel.Copy(dst, size, o.Ptr, size, size, m)
			default:
				castLoop(k, x.kind)(dst, o.Ptr, m)
			}
			repeat(dst, size, m, n)
		case cast:
			castLoop(p.Kind(x.args[0]), x.kind)(dst, a, n)
		case pick:
			kernel.Choose(dst, a, b, c, size, n)
		case call:
			if err := callLoop(x.entry, dst, a, b, c, n); err != nil {
				r.leave()
				return nil, err
			}
		}
		if dst == room {
			room = unsafe.Add(room, (n*size+63)&^63)
		}
	}
	return r, nil
}

// isSmall reports whether o is native, aligned and C-contiguous.
func isSmall(o *operand.Operand) bool {
	return o.DType == dtype.OfKind(o.DType.Kind()) && uintptr(o.Ptr)&uintptr(o.DType.Alignment()-1) == 0 &&
		layout.IsC(o.Shape, o.Strides, o.DType.ItemSize())
}

// foldSmall folds the n items of v, which have been computed, into acc.
func (p *Program) foldSmall(f *Fold, items unsafe.Pointer, n int, acc unsafe.Pointer) {
	size := sizeOf(f.Items)
	if !f.start(acc) {
		copy(unsafe.Slice((*byte)(acc), size), unsafe.Slice((*byte)(items), size))
		items, n = unsafe.Add(items, size), n-1
	}
	if n > 0 {
		f.reducer().Reduce(acc, items, size, n)
	}
}
