// Package loop walks operands: it orders and joins their axes, gathers, casts
// and scatters blocks, and copies one operand into another of any dtype.
//
// Terms. A nest is a set of loops over one shape with the strides of several
// operands. A mover carries a run of items of one dtype to another. A block is
// a piece of scratch memory that a run passes through when it cannot be used in
// place.
package loop

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/parallel"
)

// Assign writes src, broadcast to dst's shape, into dst: dst[...] = src. Leading
// axes of length 1 that src has too many are ignored. Where the two overlap the
// result is as if src had been copied first.
func Assign(dst, src operand.Operand) error {
	if dst.ReadOnly {
		return nderr.New("", nderr.ErrReadOnly, "assignment destination is read-only")
	}
	if err := fit(&src, &dst); err != nil {
		return err
	}
	shape, strides := src.Shape, src.Strides
	if src.Weak != dtype.NotWeak {
		if err := checkNumber(&dst, &src); err != nil {
			return err
		}
	}
	s := Borrow()
	defer s.Return()
	m, err := s.NewMover(dst.DType, src.DType)
	if err != nil {
		return err
	}
	if dst.Size() == 0 || src.Size() == 0 || dst.DType.ItemSize() == 0 {
		return nil
	}
	if m.how == byMove && len(shape) == len(dst.Shape) && equalInts(shape, dst.Shape) {
		// One memmove when both are one segment; it minds overlap by itself.
		size := dst.DType.ItemSize()
		if n := product(shape) * size; layout.IsC(dst.Shape, dst.Strides, size) && layout.IsC(shape, strides, size) && (n < 2*parallel.LeastBytes || Overlap(&dst, &src)) {
			copyBytes(dst.Ptr, src.Ptr, n, dst.Cold)
			return nil
		}
	}
	if (m.how == byCast || m.how == byItem && m.to.size <= BlockBytes) && src.Size() == 1 && dst.Size() >= castOnceFrom {
		one := operand.Operand{Ptr: s.Block(0), DType: dst.DType}
		if err := Assign(one, src); err != nil {
			return err
		}
		return Assign(dst, one)
	}
	m.cold = dst.Cold || product(dst.Shape)*dst.DType.ItemSize() >= kernel.StreamBytes && dst.Ptr != src.Ptr
	if Overlap(&dst, &src) && !SameItems(&dst, &src) {
		if src, err = CopyToTemp(src, s); err != nil {
			return err
		}
	}
	if m.how <= byCast {
		if axis, least := SpreadAxis(&dst); axis >= 0 {
			return assignSpread(axis, least, *m, dst, src)
		}
	}
	return run(m, &dst, &src, s)
}

// castOnceFrom is how many items one item is cast for before it is written to all.
const castOnceFrom = 64

// copyBytes copies n bytes, which may overlap if dst is not cold.
func copyBytes(dst, src unsafe.Pointer, n int, cold bool) {
	if cold {
		kernel.Assemble(dst, n, true, func(int) (unsafe.Pointer, int) { return src, n })
		return
	}
	kernel.CopyBytes(dst, src, n)
}

// fit takes the leading axes of length 1 away that o has too many, and checks that
// it broadcasts to dst's shape then.
func fit(o, dst *operand.Operand) error {
	for len(o.Shape) > len(dst.Shape) && o.Shape[0] == 1 {
		o.Shape, o.Strides = o.Shape[1:], o.Strides[1:]
	}
	if !BroadcastsTo(o.Shape, dst.Shape) {
		return nderr.New("", nderr.ErrShape, "could not broadcast input array from shape %s into shape %s",
			layout.ShapeString(o.Shape), layout.ShapeString(dst.Shape))
	}
	return nil
}

// assignSpread is run in parts on all cores.
func assignSpread(axis, least int, m Mover, dst, src operand.Operand) error {
	return spread(axis, least, &dst, []operand.Operand{src}, func(dst operand.Operand, from []operand.Operand) error {
		s := Borrow()
		defer s.Return()
		return run(&m, &dst, &from[0], s)
	})
}

// run walks dst and src, which do not disturb each other, and moves run by run.
func run(m *Mover, dst, src *operand.Operand, s *Scratch) error {
	n := &s.Nest
	n.Reset(dst.Shape)
	n.Add(dst.Shape, dst.Strides)
	n.Add(src.Shape, src.Strides)
	n.Sort()
	n.Flip()
	n.Coalesce()
	if n.Empty() {
		return nil
	}
	if m.how == byMove && n.N >= 2 && transposed(n, m.to.size) {
		for {
			moveTransposed(unsafe.Add(dst.Ptr, n.Off[0]), n.Stride[0][1], unsafe.Add(src.Ptr, n.Off[1]), n.Stride[1][0], m.to.size, n.Shape[0], n.Shape[1])
			if !n.Next(2) {
				return nil
			}
		}
	}
	if m.how == byMove && n.N >= 2 {
		m.moveRows(n, dst.Ptr, src.Ptr)
		return nil
	}
	if m.castsRows(n, dst.Ptr) {
		m.castRows(n, dst.Ptr, src.Ptr, s)
		return nil
	}
	for {
		if err := m.Move(unsafe.Add(dst.Ptr, n.Off[0]), n.Stride[0][0], unsafe.Add(src.Ptr, n.Off[1]), n.Stride[1][0], n.Shape[0], s, 0); err != nil {
			return err
		}
		if !n.Next(1) {
			return nil
		}
	}
}

// moveRows copies items row by row.
func (m *Mover) moveRows(n *Nest, dst, src unsafe.Pointer) {
	size, count, rows, to, from := m.to.size, n.Shape[0], n.Shape[1], n.Stride[0][0], n.Stride[1][0]
	dense := to == size && from == size
	if wide := size * count; dense && wide <= kernel.PartsMost { // rows that are items, as pixels are
		pixel := Mover{how: byMove, from: side{size: wide}, to: side{size: wide}, cold: m.cold}
		for {
			pixel.moveEqual(unsafe.Add(dst, n.Off[0]), n.Stride[0][1], unsafe.Add(src, n.Off[1]), n.Stride[1][1], rows)
			if !n.Next(2) {
				return
			}
		}
	}
	if !dense && count <= fewColumns && rows >= fewRows {
		m.moveColumns(n, dst, src)
		return
	}
	if !dense && n.N > 2 && count*rows*size <= fewBytes && n.Shape[2] >= fewRows/4 {
		m.moveMatrices(n, dst, src)
		return
	}
	if !dense && count <= fewItems && size <= 16 && size&(size-1) == 0 && count*rows >= fewRows/4 {
		for {
			kernel.CopyRows(unsafe.Add(dst, n.Off[0]), [2]int{n.Stride[0][1], to}, unsafe.Add(src, n.Off[1]), [2]int{n.Stride[1][1], from}, size, rows, count)
			if !n.Next(2) {
				return
			}
		}
	}
	if dense && m.cold && n.Dense(0, size) {
		j := 0
		kernel.Assemble(unsafe.Add(dst, n.Off[0]), n.Size()*size, true, func(int) (unsafe.Pointer, int) {
			if j == rows {
				n.Next(2)
				j = 0
			}
			j++
			return unsafe.Add(src, n.Off[1]+(j-1)*n.Stride[1][1]), count * size
		})
		return
	}
	for {
		d, s := unsafe.Add(dst, n.Off[0]), unsafe.Add(src, n.Off[1])
		for j := range rows {
			d, s := unsafe.Add(d, j*n.Stride[0][1]), unsafe.Add(s, j*n.Stride[1][1])
			if dense {
				copy(unsafe.Slice((*byte)(d), count*size), unsafe.Slice((*byte)(s), count*size))
				continue
			}
			m.moveEqual(d, to, s, from, count)
		}
		if !n.Next(2) {
			return
		}
	}
}

// Rows of fewColumns items or less, as of pixels whose channels change places, are copied
// column by column, the columns of so many rows at a time that they stay in the caches.
const (
	fewColumns  = 4
	fewItems    = 16 // items of a row for which a call is too much
	fewRows     = 32
	fewBytes    = 256 // of a small matrix: the lines of larger ones are fetched too often
	columnsRows = 2048
)

func (m *Mover) moveColumns(n *Nest, dst, src unsafe.Pointer) {
	down, up := n.Stride[0][1], n.Stride[1][1]
	for {
		for j := 0; j < n.Shape[1]; j += columnsRows {
			k := min(columnsRows, n.Shape[1]-j)
			for i := range n.Shape[0] {
				moveItems(unsafe.Add(dst, n.Off[0]+j*down+i*n.Stride[0][0]), down, unsafe.Add(src, n.Off[1]+j*up+i*n.Stride[1][0]), up, m.to.size, k)
			}
		}
		if !n.Next(2) {
			return
		}
	}
}

// moveMatrices copies many small matrices, a block of them at a time: first the items that
// each has at one place, then those at the next.
func (m *Mover) moveMatrices(n *Nest, dst, src unsafe.Pointer) {
	down, up, most := n.Stride[0][2], n.Stride[1][2], BlockBytes/(n.Shape[0]*n.Shape[1]*m.to.size)
	for {
		for first := 0; first < n.Shape[2]; first += most {
			k := min(most, n.Shape[2]-first)
			for j := range n.Shape[1] {
				d := unsafe.Add(dst, n.Off[0]+first*down+j*n.Stride[0][1])
				s := unsafe.Add(src, n.Off[1]+first*up+j*n.Stride[1][1])
				for i := range n.Shape[0] {
					moveItems(unsafe.Add(d, i*n.Stride[0][0]), down, unsafe.Add(s, i*n.Stride[1][0]), up, m.to.size, k)
				}
			}
		}
		if !n.Next(3) {
			return
		}
	}
}

// CopyToTemp copies o to fresh memory as one C-contiguous native-layout block of
// the same dtype.
func CopyToTemp(o operand.Operand, s *Scratch) (operand.Operand, error) {
	return CopyTo(o, Temp(o.Size()*o.DType.ItemSize()), make([]int, len(o.Shape)), s)
}

// CopyTo is CopyToTemp to the memory at p, with room for the strides.
func CopyTo(o operand.Operand, p unsafe.Pointer, strides []int, s *Scratch) (operand.Operand, error) {
	size := o.DType.ItemSize()
	t := o
	t.ReadOnly = false
	t.Ptr, t.Strides = p, strides
	for i := len(strides) - 1; i >= 0; i-- {
		strides[i] = size
		size *= o.Shape[i]
	}
	size = o.DType.ItemSize()
	m := Mover{how: byMove, from: side{size: size}, to: side{size: size}}
	err := run(&m, &t, &o, s)
	return t, err
}

// BroadcastsTo reports whether shape broadcasts to exactly to.
func BroadcastsTo(shape, to []int) bool {
	k := len(to) - len(shape)
	if k < 0 {
		return false
	}
	for i, d := range shape {
		if d != 1 && d != to[i+k] {
			return false
		}
	}
	return true
}

// Overlap reports whether the bytes of a and b may meet, by their bounds, and by the steps
// that both go in: columns of one table lie side by side in each.
func Overlap(a, b *operand.Operand) bool {
	alo, ahi := layout.Span(a.Shape, a.Strides, a.DType.ItemSize())
	blo, bhi := layout.Span(b.Shape, b.Strides, b.DType.ItemSize())
	if alo == ahi || blo == bhi {
		return false
	}
	pa, pb := uintptr(a.Ptr), uintptr(b.Ptr)
	if pa+uintptr(alo) >= pb+uintptr(bhi) || pb+uintptr(blo) >= pa+uintptr(ahi) {
		return false
	}
	step := commonStep(commonStep(0, a), b)
	if step == 0 {
		return true
	}
	apart := int(pb-pa) % step // the spans meet: the distance is no more than a block is long
	if apart < 0 {
		apart += step
	}
	return apart < a.DType.ItemSize() || apart+b.DType.ItemSize() > step
}

// commonStep returns the greatest number of bytes of which step and o's strides are multiples.
func commonStep(step int, o *operand.Operand) int {
	for i, d := range o.Shape {
		if d > 1 {
			for s := o.Strides[i]; s != 0; {
				step, s = s, step%s
			}
		}
	}
	return max(step, -step)
}

// sameWalk reports whether a and b have equal shapes and equal strides on the
// axes longer than 1.
func sameWalk(a, b *operand.Operand) bool {
	if !equalInts(a.Shape, b.Shape) {
		return false
	}
	for i, d := range a.Shape {
		if d > 1 && a.Strides[i] != b.Strides[i] {
			return false
		}
	}
	return true
}

// SameItems reports whether a and b are the same items, one by one: writing item
// i of one only disturbs item i of the other.
func SameItems(a, b *operand.Operand) bool {
	return a.Ptr == b.Ptr && a.DType.ItemSize() == b.DType.ItemSize() && sameWalk(a, b)
}

// checkNumber refuses a number of the program that dst's items cannot hold, where
// an array of such numbers would be cast without a word.
func checkNumber(dst, src *operand.Operand) error {
	d := dst.DType
	n := ReadNumber(src.Ptr, src.DType)
	switch {
	case d.IsInteger() && src.Weak == dtype.WeakInt:
		big := n.Kind == dtype.KindUint64 && n.I < 0
		switch {
		case big && d.Kind() == dtype.KindInt64:
			return nderr.New("", nderr.ErrOverflow, "Python int too large to convert to C long")
		case big && d.Kind() != dtype.KindUint64, !big && !Fits(n.I, d.Kind()):
			return nderr.New("", nderr.ErrOverflow, "Python integer %s out of bounds for %s", n.Text(), d.Name())
		}
	case d.IsInteger() && src.Weak == dtype.WeakFloat:
		switch {
		case math.IsNaN(n.Re):
			return nderr.New("", nderr.ErrValue, "cannot convert float NaN to integer")
		case math.IsInf(n.Re, 0):
			return nderr.New("", nderr.ErrOverflow, "cannot convert float infinity to integer")
		case !fitsFloat(n.Re, d.Kind()):
			if x := math.Trunc(n.Re); x >= -1<<63 && x < 1<<63 {
				return nderr.New("", nderr.ErrOverflow, "Python integer %d out of bounds for %s", int64(x), d.Name())
			}
			return nderr.New("", nderr.ErrOverflow, "Python int too large to convert to C long")
		}
	case src.Weak == dtype.WeakComplex && d.IsInteger():
		return nderr.New("", nderr.ErrType, "int() argument must be a string, a bytes-like object or a real number, not 'complex'")
	case src.Weak == dtype.WeakComplex && d.IsFloat():
		return nderr.New("", nderr.ErrType, "float() argument must be a string or a real number, not 'complex'")
	}
	return nil
}
