package loop

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/nderr"
)

// A Mover carries runs of items of one dtype into runs of another: it copies,
// swaps bytes, casts, formats and parses, field by field where needed. The choice
// is made once, in NewMover; Move then has no decision per item except for text.
type Mover struct {
	how      how
	from, to side
	cast     func(dst, src unsafe.Pointer, n int) // byCast: native, aligned, contiguous
	item     func(dst, src unsafe.Pointer) error  // byItem
	parts    []part                               // byPart
	kinds    [2]dtype.Kind                        // byCast: from, to
	clear    int                                  // byPart: bytes of a sub-array item to clear first
	cold     bool                                 // contiguous destinations are in no cache, or parts of one that is too long
}

type how uint8

const (
	byMove how = iota // equal bytes
	bySwap            // equal values, the other byte order
	byCast            // numbers, through contiguous native blocks
	byText            // text of one kind and byte order, cut off or filled up
	byItem            // text and raw bytes, item by item
	byPart            // structures and sub-arrays: one Mover per part
)

// side describes the items of one end.
type side struct {
	size  int // bytes per item
	swap  int // bytes per swapped unit; 0 when native
	align int // what the native type asks for
}

// part is one field of a structure, or the items of a sub-array.
type part struct {
	m          *Mover
	to, from   int // offsets inside the item
	toN, fromN int // strides inside the item, for count > 1
	count      int
}

func sideOf(d dtype.DType) side {
	s := side{size: d.ItemSize(), align: d.Alignment()}
	if !d.IsNative() {
		switch {
		case d.IsComplex():
			s.swap = s.size / 2
		case d.Kind() == dtype.KindStr:
			s.swap = 4
		default:
			s.swap = s.size
		}
	}
	return s
}

// isNumber reports whether kernels know the kind: bool, integers, floats, complex.
func isNumber(k dtype.Kind) bool {
	return k >= dtype.KindBool && k <= dtype.KindComplex128
}

// NewMover chooses the way from items of src to items of dst. It fails where
// NumPy has no cast even with casting='unsafe'.
func NewMover(dst, src dtype.DType) (m Mover, err error) {
	err = m.choose(dst, src)
	return m, err
}

// choose is NewMover for a Mover that is there.
func (m *Mover) choose(dst, src dtype.DType) (err error) {
	*m = Mover{from: sideOf(src), to: sideOf(dst)}
	sk, dk := src.Kind(), dst.Kind()
	switch {
	case dst == src && !dst.IsStruct() && !dst.IsSubArray():
		m.how = byMove
	case isNumber(sk) && isNumber(dk):
		if sk == dk {
			m.how = byMove
			if m.from.swap != m.to.swap {
				m.how = bySwap
				m.from.swap |= m.to.swap
			}
			break
		}
		m.how, m.cast, m.kinds = byCast, kernel.Cast(sk, dk), [2]dtype.Kind{sk, dk}
	case dst.IsSubArray() || src.IsSubArray():
		*m, err = newSubArrayMover(dst, src)
	case dst.IsStruct() || src.IsStruct():
		*m, err = newStructMover(dst, src)
	case sk == dk && Textual(dst) && m.from.swap == m.to.swap:
		m.how = byText
	default:
		m.how = byItem
		m.item, err = itemFunc(dst, src)
	}
	return err
}

// Plain reports whether the items are copied as they are.
func (m *Mover) Plain() bool { return m.how == byMove }

// Direct reports whether contiguous, aligned items of d are already what a kernel
// for kind k takes.
func Direct(d dtype.DType, k dtype.Kind) bool { return d.Kind() == k && d.IsNative() }

// Move carries n items. Destination and source are dstStride and srcStride bytes
// apart and do not overlap, or are the same items of one size. s lends blocks
// number at and at+1.
func (m *Mover) Move(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int, s *Scratch, at int) error {
	switch m.how {
	case byMove:
		m.moveEqual(dst, dstStride, src, srcStride, n)
	case bySwap:
		m.moveSwapped(dst, dstStride, src, srcStride, n, s, at)
	case byCast:
		m.moveCast(dst, dstStride, src, srcStride, n, s, at)
	case byText:
		if n > 1 && srcStride == 0 && dstStride == m.to.size { // one text for all
			m.moveText(dst, 0, src, 0, 1)
			kernel.Fill(unsafe.Add(dst, dstStride), dst, dstStride, n-1)
			return nil
		}
		m.moveText(dst, dstStride, src, srcStride, n)
	case byItem:
		return m.moveItemwise(dst, dstStride, src, srcStride, n)
	case byPart:
		return m.moveParts(dst, dstStride, src, srcStride, n, s, at)
	}
	return nil
}

// CanTurn reports whether MoveTurned carries n × items items.
func (m *Mover) CanTurn(n, items int) bool {
	switch {
	case m.how == byMove:
		return kernel.CanTranspose(m.to.size, n, items)
	case m.how == byCast && m.from.swap|m.to.swap == 0:
		return kernel.CanTranspose(m.from.size, n, items)
	}
	return false
}

// MoveTurned carries item (i, j) of those n × items from src + i*srcStride + j*size to
// place j*n + i of dst. raw has room for them before they are cast.
func (m *Mover) MoveTurned(dst, src unsafe.Pointer, srcStride, n, items int, raw unsafe.Pointer) {
	if m.how == byMove {
		kernel.Transpose(dst, n*m.to.size, src, srcStride, m.to.size, n, items)
		return
	}
	kernel.Transpose(raw, n*m.from.size, src, srcStride, m.from.size, n, items)
	m.cast(dst, raw, n*items)
}

// moveEqual is Move of items that stay what they are.
func (m *Mover) moveEqual(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int) {
	if m.cold && srcStride != 0 && n > 0 {
		kernel.CopyPast(dst, dstStride, src, srcStride, m.to.size, n)
		return
	}
	moveItems(dst, dstStride, src, srcStride, m.to.size, n)
}

// inBlocks calls fill for the blocks by which n items go to a contiguous destination.
func (m *Mover) inBlocks(dst unsafe.Pointer, n int, fill func(to unsafe.Pointer, first, n int)) {
	if m.cold && n*m.to.size >= kernel.ColdBytes && n*m.to.size < kernel.StreamBytes {
		kernel.InColdBlocks(dst, m.to.size, n, fill)
		return
	}
	kernel.InBlocks(dst, m.to.size, n, fill)
}

// moveItems copies n items of size bytes.
func moveItems(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n int) {
	switch {
	case size == 0 || n == 0:
	case srcStride == 0 && dstStride == size:
		kernel.Fill(dst, src, size, n)
	default:
		kernel.Copy(dst, dstStride, src, srcStride, size, n)
	}
}

// moveSwapped copies n items and turns the bytes of each unit round.
func (m *Mover) moveSwapped(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int, s *Scratch, at int) {
	size, unit := m.to.size, m.from.swap
	switch {
	case dstStride == size && srcStride == size && m.cold:
		kernel.ByteSwapPast(dst, src, unit, n*(size/unit))
		return
	case dstStride == size && srcStride == size:
		kernel.ByteSwap(dst, src, unit, n*(size/unit))
		return
	case dstStride == size:
		m.inBlocks(dst, n, func(to unsafe.Pointer, first, n int) { m.swapTo(to, unsafe.Add(src, first*srcStride), srcStride, n) })
		return
	}
	tmp, most := s.Block(at), BlockBytes/size
	for i := 0; i < n; i += most {
		k := min(most, n-i)
		moveItems(tmp, size, unsafe.Add(src, i*srcStride), srcStride, size, k)
		kernel.ByteSwap(tmp, tmp, unit, k*(size/unit))
		moveItems(unsafe.Add(dst, i*dstStride), dstStride, tmp, size, size, k)
	}
}

// swapTo is moveSwapped to a contiguous destination.
func (m *Mover) swapTo(dst, src unsafe.Pointer, srcStride, n int) {
	size, unit := m.to.size, m.from.swap
	most := BlockBytes / size
	for i := 0; i < n; i += most {
		k, p := min(most, n-i), unsafe.Add(dst, i*size)
		moveItems(p, size, unsafe.Add(src, i*srcStride), srcStride, size, k)
		kernel.ByteSwap(p, p, unit, k*(size/unit))
	}
}

// moveCast converts n numbers in blocks: gather, swap, cast, swap, scatter, each
// step left out where the end is already contiguous, aligned and native.
func (m *Mover) moveCast(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int, s *Scratch, at int) {
	if dstStride == m.to.size && m.to.swap == 0 && uintptr(dst)&uintptr(m.to.align-1) == 0 {
		if m.readsDirect(src, srcStride) {
			if m.cold && n*m.to.size >= kernel.ColdBytes {
				kernel.InColdBlocks(dst, m.to.size, n, func(to unsafe.Pointer, first, n int) { m.cast(to, unsafe.Add(src, first*m.from.size), n) })
			} else {
				m.cast(dst, src, n)
			}
			return
		}
		if srcStride == 2*m.from.size && m.from.swap == 0 {
			if lo, hi := kernel.CastSecond(m.kinds[0], m.kinds[1], dst, src, n, m.cold); lo < hi {
				m.castTo(dst, src, srcStride, lo, s, at)
				m.castTo(unsafe.Add(dst, hi*m.to.size), unsafe.Add(src, hi*srcStride), srcStride, n-hi, s, at)
				return
			}
		}
		m.inBlocks(dst, n, func(to unsafe.Pointer, first, n int) {
			m.castTo(to, unsafe.Add(src, first*srcStride), srcStride, n, s, at)
		})
		return
	}
	b, most := s.Block(at+1), BlockBytes/max(m.from.size, m.to.size)
	for i := 0; i < n; i += most {
		k := min(most, n-i)
		m.castTo(b, unsafe.Add(src, i*srcStride), srcStride, k, s, at)
		if u := m.to.swap; u != 0 {
			kernel.ByteSwap(b, b, u, k*(m.to.size/u))
		}
		moveItems(unsafe.Add(dst, i*dstStride), dstStride, b, m.to.size, m.to.size, k)
	}
}

// shortRow is the number of items of a row up to which rows are cast together.
const shortRow = 128

// castsRows reports whether castRows does the walk: where short rows that no kernel
// can read make up dense rows of the destination.
func (m *Mover) castsRows(n *Nest, dst unsafe.Pointer) bool {
	count := n.Shape[0]
	if n.Stride[1][0] == 2*m.from.size && m.from.swap == 0 && kernel.CanCastSecond(m.kinds[0], m.kinds[1], count) {
		return false
	}
	return m.how == byCast && n.N >= 2 && count > 1 && count < shortRow && n.Stride[1][0] != m.from.size && m.to.swap == 0 &&
		n.Stride[0][0] == m.to.size && n.Stride[0][1] == count*m.to.size && uintptr(dst)&uintptr(m.to.align-1) == 0
}

// castRows collects as many rows as fit into a block and casts them at once.
func (m *Mover) castRows(n *Nest, dst, src unsafe.Pointer, s *Scratch) {
	count, size, b := n.Shape[0], m.from.size, s.Block(0)
	most := BlockBytes / (count * size)
	for {
		for j := 0; j < n.Shape[1]; j += most {
			rows := min(most, n.Shape[1]-j)
			for c := 0; c < count && count <= fewColumns; c++ {
				moveItems(unsafe.Add(b, c*size), count*size, unsafe.Add(src, n.Off[1]+j*n.Stride[1][1]+c*n.Stride[1][0]), n.Stride[1][1], size, rows)
			}
			for r := 0; r < rows && count > fewColumns; r++ {
				moveItems(unsafe.Add(b, r*count*size), size, unsafe.Add(src, n.Off[1]+(j+r)*n.Stride[1][1]), n.Stride[1][0], size, count)
			}
			if u := m.from.swap; u != 0 {
				kernel.ByteSwap(b, b, u, rows*count*(size/u))
			}
			m.cast(unsafe.Add(dst, n.Off[0]+j*n.Stride[0][1]), b, rows*count)
		}
		if !n.Next(2) {
			return
		}
	}
}

// readsDirect reports whether a kernel can read the items at src.
func (m *Mover) readsDirect(src unsafe.Pointer, stride int) bool {
	return stride == m.from.size && m.from.swap == 0 && uintptr(src)&uintptr(m.from.align-1) == 0
}

// castTo converts n numbers to what a kernel writes at dst.
func (m *Mover) castTo(dst, src unsafe.Pointer, srcStride, n int, s *Scratch, at int) {
	size := m.from.size
	if m.readsDirect(src, srcStride) {
		m.cast(dst, src, n)
		return
	}
	b, most := s.Block(at), BlockBytes/size
	for i := 0; i < n; i += most {
		k := min(most, n-i)
		moveItems(b, size, unsafe.Add(src, i*srcStride), srcStride, size, k)
		if u := m.from.swap; u != 0 {
			kernel.ByteSwap(b, b, u, k*(size/u))
		}
		m.cast(unsafe.Add(dst, i*m.to.size), b, k)
	}
}

func (m *Mover) moveItemwise(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int) error {
	for i := range n {
		if err := m.item(unsafe.Add(dst, i*dstStride), unsafe.Add(src, i*srcStride)); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mover) moveParts(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int, s *Scratch, at int) error {
	if m.clear > 0 {
		for i := range n {
			clear(unsafe.Slice((*byte)(unsafe.Add(dst, i*dstStride)), m.clear))
		}
	}
	for j := range m.parts {
		p := &m.parts[j]
		if p.count == 1 {
			if err := p.m.Move(unsafe.Add(dst, p.to), dstStride, unsafe.Add(src, p.from), srcStride, n, s, at); err != nil {
				return err
			}
			continue
		}
		for i := range n {
			d, f := unsafe.Add(dst, i*dstStride+p.to), unsafe.Add(src, i*srcStride+p.from)
			if err := p.m.Move(d, p.toN, f, p.fromN, p.count, s, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// cannotCast is the error for dtypes between which there is no cast at all.
func cannotCast(dst, src dtype.DType) error {
	return nderr.New("astype", nderr.ErrType, "Cannot cast array data from %s to %s according to the rule 'unsafe'", src.Repr(), dst.Repr())
}
