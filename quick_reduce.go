package nd

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short ways of reductions without a mask, an output or a start: of the items of an array
// of numbers, all or along one axis, that lie dense or are few.

// solid tells whether a's items, numbers, lie dense in some order for a kernel to take.
func (a *Array) solid() bool {
	return a.flags&Aligned != 0 && a.flags&(CContiguous|FContiguous) != 0 && a.weak == dtype.NotWeak && a.buf.Plain() && a.dtype.IsNative()
}

// rowRoom has room for a few items.
type rowRoom [rowBlock / 8]uint64

var rowRooms = sync.Pool{New: func() any { return new(rowRoom) }}

// sideBySide returns a's items, numbers, native and dense in C order: where they lie, or a few
// in a room that release takes back. It returns nil for no items and for all others.
func (a *Array) sideBySide() (unsafe.Pointer, *rowRoom) {
	n, size := a.Size(), a.dtype.ItemSize()
	if n == 0 || !a.dtype.IsNumeric() {
		return nil, nil
	}
	if a.plain() && a.dtype.IsNative() {
		return a.ptr(), nil
	}
	s, ok := a.side()
	if !ok || n*size > rowBlock || n > turnedMost && s.turned() && s.rows >= shortRow && s.cols >= shortRow {
		return nil, nil
	}
	room := rowRooms.Get().(*rowRoom)
	p := unsafe.Pointer(room)
	if s.dense(s.cols) {
		s.rows, s.cols = 1, n
	}
	s.pack(p, s.p, size, s.rows, s.cols)
	if !a.dtype.IsNative() {
		if a.dtype.IsComplex() {
			size, n = size/2, 2*n
		}
		kernel.ByteSwap(p, p, size, n)
	}
	return p, room
}

// release gives a room back, if there is one.
func (r *rowRoom) release() {
	if r != nil {
		rowRooms.Put(r)
	}
}

// asTheyLie is sideBySide in the order in which a sum meets the items: that of memory, where
// they are apart that of the one axis.
func (a *Array) asTheyLie() (unsafe.Pointer, *rowRoom) {
	switch {
	case a.solid() && a.Size() > 0:
		return a.ptr(), nil
	case len(a.lay.Shape) == 1:
		return a.sideBySide()
	}
	return nil, nil
}

// quickReduce is reduce of all items, nil if the way is longer.
func quickReduce(op kernel.Op, a *Array) *Array {
	f := ufunc.LaneFoldOf(op, a.dtype.Kind())
	if f == nil {
		return nil
	}
	p, room := a.asTheyLie()
	if p == nil {
		return nil
	}
	out := dense(f.Out, nil, 1, buffer.Soon)
	if f.Casts {
		l := ufunc.Lanes{Ptr: p, DType: a.dtype.Native(), Aligned: true, Count: 1, N: a.Size(), Stride: a.ItemSize()}
		if !f.Short(&l) {
			room.release()
			return nil
		}
		f.Along(out.ptr(), l)
	} else {
		f.Do(out.ptr(), p, a.Size())
	}
	room.release()
	a.doneOp(op)
	return out
}

// lanesOf describes a's items along an axis: times pieces, apart bytes from one to the next,
// that Fold.Along takes in turn. ok is false where the items are neither in C order nor have
// up to two axes, or may fault.
func (a *Array) lanesOf(axis int) (l ufunc.Lanes, times, apart int, ok bool) {
	l.DType, l.Aligned = a.dtype, a.flags.Has(Aligned)
	if !a.flags.Has(CContiguous) || a.weak != dtype.NotWeak || !a.buf.Plain() {
		s, ok := a.side()
		if len(a.lay.Shape) == 2 && axis == 0 {
			s.turn()
		}
		l.Ptr, l.Count, l.Step, l.N, l.Stride = s.p, s.rows, s.down, s.cols, s.along
		return l, 1, 0, ok
	}
	shape, size := a.lay.Shape, a.ItemSize()
	before, after := layout.Size(shape[:axis]), layout.Size(shape[axis+1:])
	l.Ptr, l.N = a.ptr(), shape[axis]
	if after == 1 {
		l.Count, l.Step, l.Stride = before, l.N*size, size
		return l, 1, 0, true
	}
	l.Count, l.Step, l.Stride = after, size, after*size
	return l, before, l.N * l.Stride, true
}

// quickFold is reduce of a few items along one axis, of which keep leaves one place. floats
// says that they are summed in float64. It returns nil if the way is longer.
func quickFold(op kernel.Op, a *Array, axis int, keep, floats bool) *Array {
	nd := len(a.lay.Shape)
	if axis < 0 {
		axis += nd
	}
	if nd == 1 && axis == 0 && !keep && !floats {
		return quickReduce(op, a)
	}
	k := a.dtype.Kind()
	if floats {
		k = dtype.KindFloat64
	}
	f := ufunc.LaneFoldOf(op, k)
	if f == nil || axis < 0 || axis >= nd || nd > inlineDims || keep && nd > 1 && !a.flags.Has(CContiguous) {
		return nil
	}
	l, times, apart, ok := a.lanesOf(axis)
	if n := times * l.Count; !ok || n == 0 || n*l.N > rowsMost || !f.Short(&l) {
		return nil
	}
	var room [inlineDims]int
	shape := append(room[:0], a.lay.Shape[:axis]...)
	if keep {
		shape = append(shape, 1)
	}
	out := dense(f.Out, append(shape, a.lay.Shape[axis+1:]...), times*l.Count, buffer.Soon)
	if out == nil {
		return nil
	}
	to, step := out.ptr(), l.Count*f.Out.ItemSize()
	for i := range times {
		f.Along(unsafe.Add(to, i*step), l)
		if i+1 < times {
			l.Ptr = unsafe.Add(l.Ptr, apart)
		}
	}
	a.doneOp(op)
	return out
}

// quickMean is mean for floats of 32 and 64 bits, integers and bools.
func quickMean(a *Array) *Array {
	var out *Array
	switch k := a.dtype.Kind(); {
	case k == dtype.KindFloat64 || k == dtype.KindFloat32:
		out = quickReduce(kernel.Add, a)
	case k >= dtype.KindBool && k <= dtype.KindUint64:
		p, room := a.asTheyLie()
		if p == nil {
			return nil
		}
		out = dense(dtype.Float64, nil, 1, buffer.Soon)
		*(*float64)(out.ptr()) = ufunc.FloatSum(k, p, a.Size())
		room.release()
		a.doneOp(kernel.Add)
	}
	if out != nil {
		out.divideItem(float64(a.Size()))
	}
	return out
}

// divideItem divides the item of a 0-d array of floats in double precision.
func (a *Array) divideItem(by float64) {
	if a.dtype == dtype.Float32 {
		p := (*float32)(a.ptr())
		*p = float32(float64(*p) / by)
		return
	}
	*(*float64)(a.ptr()) /= by
}

// quickVariance is variance with a correction, for numbers that are averaged as
// they are or in float64. It reads the items twice and stores no differences.
func quickVariance(a *Array, ddof float64) *Array {
	if !a.dtype.IsNumeric() || a.dtype.Kind() == dtype.KindFloat16 {
		return nil
	}
	p, room := a.asTheyLie()
	if p == nil {
		return nil
	}
	defer room.release()
	var mean *Array
	if a.dtype.IsComplex() {
		if mean = quickReduce(kernel.Add, a); mean == nil {
			return nil
		}
		a.divideByCount(mean, &settings{}, false)
	} else if mean = quickMean(a); mean == nil {
		return nil
	}
	return a.varianceAbout(p, mean, ddof)
}

// varianceAbout is the variance of a's items, which lie at p dense and native, about their
// mean, an item as quickVariance averages.
func (a *Array) varianceAbout(p unsafe.Pointer, mean *Array, ddof float64) *Array {
	n, k := a.Size(), dtype.KindFloat64
	if c := a.dtype.Kind(); c == dtype.KindFloat32 || c == dtype.KindComplex64 {
		k = dtype.KindFloat32
	}
	sum := ufunc.SumSquares(k, a.dtype.Kind(), p, n, mean.ptr())
	a.done("var")
	r := mean
	if a.dtype.IsComplex() {
		r = dense(dtype.OfKind(k), nil, 1, buffer.Soon)
	}
	if k == dtype.KindFloat32 {
		*(*float32)(r.ptr()) = float32(sum)
	} else {
		*(*float64)(r.ptr()) = sum
	}
	r.divideItem(max(float64(n)-ddof, 0))
	return r
}

// quickCount is CountNonzero.
func quickCount(a *Array) *Array {
	p, room := a.sideBySide()
	if p == nil {
		return nil
	}
	out := dense(dtype.Int64, nil, 1, buffer.Soon)
	*(*int64)(out.ptr()) = int64(ufunc.Count(a.dtype.Kind(), p, a.Size()))
	room.release()
	a.done("count_nonzero")
	return out
}

// quickArg is ArgMax or ArgMin, as name says.
func quickArg(name string, a *Array, find func(dtype.Kind) kernel.Extreme) *Array {
	p, room := a.sideBySide()
	if p == nil {
		return nil
	}
	out := dense(dtype.Int64, nil, 1, buffer.Soon)
	*(*int64)(out.ptr()) = int64(ufunc.Extreme(find(a.dtype.Kind()).Place, p, a.ItemSize(), a.Size()))
	room.release()
	a.done(name)
	return out
}

// quickArgAlong is quickArg along an axis of a vector or a matrix.
func quickArgAlong(name string, a *Array, find func(dtype.Kind) kernel.Extreme, axis int) *Array {
	shape := a.lay.Shape
	if len(shape) == 1 && (axis == 0 || axis == -1) {
		return quickArg(name, a, find)
	}
	if len(shape) != 2 || axis < -2 || axis > 1 || a.Size() == 0 || !a.solid() || !a.dtype.IsNumeric() {
		return nil
	}
	axis &= 1
	out := dense(dtype.Int64, shape[1-axis:2-axis], shape[1-axis], buffer.Soon)
	if out == nil {
		return nil
	}
	rows, cols := shape[0], shape[1]
	if !a.flags.Has(CContiguous) {
		rows, cols, axis = cols, rows, 1-axis
	}
	if !ufunc.SearchMatrix(out.ptr(), a.ptr(), a.ItemSize(), rows, cols, axis, find(a.dtype.Kind())) {
		return nil
	}
	a.done(name)
	return out
}

// quickCumulate is CumSum or CumProd over the items in C order, which for those that are
// apart is along their one axis.
func quickCumulate(op kernel.Op, a *Array) *Array {
	p, room := a.sideBySide()
	if p == nil {
		return nil
	}
	defer room.release()
	n, k := a.Size(), a.dtype.Kind()
	if run, start := kernel.RunningFoldOf(op, k); run != nil {
		dt := dtype.Int64
		if a.dtype.IsUnsigned() {
			dt = dtype.Uint64
		}
		out := dense(dt, []int{n}, n, buffer.Soon)
		if out == nil {
			return nil
		}
		run(out.ptr(), p, n, start, out.buf.Cold())
		a.doneOp(op)
		return out
	}
	f := ufunc.FoldOf(op, k)
	if f == nil || f.Running() == nil || f.Out.Kind() != k {
		return nil
	}
	out := dense(f.Out, []int{n}, n, buffer.Soon)
	if out == nil {
		return nil
	}
	size := a.ItemSize()
	copy(unsafe.Slice((*byte)(out.ptr()), size), unsafe.Slice((*byte)(p), size))
	f.Running()(out.ptr(), size, p, size, n)
	a.doneOp(op)
	return out
}

// quickDot is the inner product of two vectors of one dtype, nil if a and b are not
// such.
func quickDot(a, b *Array) *Array {
	if !plainVectors(a, b) {
		return nil
	}
	out := dense(a.dtype, nil, 1, buffer.Soon)
	ufunc.Dot(a.dtype.Kind(), out.ptr(), a.ptr(), b.ptr(), a.ItemSize(), a.Size())
	a.done("matmul")
	b.done("matmul")
	return out
}

// plainVectors tells whether a and b are equally long vectors, not empty, of one
// native numeric dtype, whose items lie dense.
func plainVectors(a, b *Array) bool {
	return len(a.lay.Shape) == 1 && len(b.lay.Shape) == 1 && a.dtype == b.dtype && a.Size() == b.Size() && a.Size() > 0 &&
		a.plain() && b.plain() && a.dtype.IsNative() && a.dtype.IsNumeric()
}
