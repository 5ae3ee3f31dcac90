package indexing

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/parallel"
)

// maskPart is the number of mask items from which a part pays for a goroutine.
const maskPart = 1 << 16

// Mask is a dense mask of bools, counted; a long one part by part, so that each
// part knows where the items that it keeps begin.
type Mask struct {
	bits  []byte
	count int   // the true items
	step  int   // items a part
	first []int // for each part, the number of true items before it; then all of them. nil for one part
}

// NewMask counts the true items of bits.
func NewMask(bits []byte) Mask {
	n := len(bits)
	count := kernel.CountNonzero(dtype.KindBool)
	parts := parallel.Split(n, maskPart)
	if parts <= 1 {
		m := Mask{bits: bits}
		if n > 0 {
			m.count = count(unsafe.Pointer(&bits[0]), 1, n)
		}
		return m
	}
	m := Mask{bits: bits, step: (n/parts + 64) &^ 63}
	parts = (n + m.step - 1) / m.step
	m.first = make([]int, parts+1)
	parallel.Do(parts, func(k int) {
		if b := m.part(k); len(b) > 0 {
			m.first[k+1] = count(unsafe.Pointer(&b[0]), 1, len(b))
		}
	})
	for k := range parts {
		m.first[k+1] += m.first[k]
	}
	m.count = m.first[parts]
	return m
}

func (m Mask) part(k int) []byte { return m.bits[k*m.step : min(len(m.bits), (k+1)*m.step)] }

// Count returns the number of true items.
func (m Mask) Count() int { return m.count }

// maskPiece is how many mask items are copied and counted again at a time.
const maskPiece = 4096

// maskRoom is where a walk keeps its copy of a piece, and the places of its true items.
type maskRoom struct {
	bits   [maskPiece]byte
	places [maskPiece]int
}

var maskRooms = sync.Pool{New: func() any { return new(maskRoom) }}

// A walk is what is done with the items that a mask selects. It is a value and not
// a function, so that a short walk allocates nothing.
type walk struct {
	what      byte // one of the constants below
	dst, src  unsafe.Pointer
	size      int
	step      int // bytes from one item of src to the next, of an expansion
	list      kernel.NonZero
	listPlace []int // where the places go, of a list of places
}

const (
	compressing = iota
	expanding
	listing
)

// piece is the walk over up to maskPiece bits, of which the first stands at from in
// the mask, and the true ones are those from lo to hi-1 of all.
func (w *walk) piece(room *maskRoom, bits []byte, from, lo, hi int) {
	switch w.what {
	case compressing:
		if w.size > kernel.CompressMost {
			at := room.places[:hi-lo]
			w.list(at, unsafe.Pointer(&bits[0]), 1, len(bits), 0)
			moveFrom(unsafe.Add(w.dst, lo*w.size), unsafe.Add(w.src, from*w.size), w.size, at)
			return
		}
		kernel.Compress(unsafe.Add(w.dst, lo*w.size), unsafe.Add(w.src, from*w.size), w.size, bits)
	case listing:
		w.list(w.listPlace[lo:hi], unsafe.Pointer(&bits[0]), 1, len(bits), from)
	case expanding:
		// A list without branches on mask items, then stores without any.
		at := room.places[:hi-lo]
		w.list(at, unsafe.Pointer(&bits[0]), 1, len(bits), 0)
		Put(unsafe.Add(w.dst, from*w.size), unsafe.Add(w.src, lo*w.step), w.size, w.size, w.step, len(bits), at)
	}
}

// moveFrom copies the items of size bytes at places of the contiguous src.
func moveFrom(dst, src unsafe.Pointer, size int, places []int) {
	if kernel.Part(size) == 16 {
		for k, p := range places {
			kernel.MoveParts[[16]byte](unsafe.Add(dst, k*size), unsafe.Add(src, p*size), size)
		}
		return
	}
	for k, p := range places {
		copy(unsafe.Slice((*byte)(unsafe.Add(dst, k*size)), size), unsafe.Slice((*byte)(unsafe.Add(src, p*size)), size))
	}
}

// part is the walk over those bits of the mask that begin at from, with hi-lo true
// ones after lo others. Another goroutine may change the mask after it was counted:
// each piece is copied, and the copy counted once more, so that no more is read and
// written than was counted. It reports whether the count was the same.
func (w *walk) part(bits []byte, from, lo, hi int) bool {
	count := kernel.CountNonzero(dtype.KindBool)
	room := maskRooms.Get().(*maskRoom)
	defer maskRooms.Put(room)
	for i := 0; i < len(bits); i += maskPiece {
		b := room.bits[:copy(room.bits[:], bits[i:])]
		n := count(unsafe.Pointer(&b[0]), 1, len(b))
		if n > hi-lo {
			return false
		}
		if n > 0 {
			w.piece(room, b, from+i, lo, lo+n)
		}
		lo += n
	}
	return lo == hi
}

// parts is the walk over all parts of a long mask.
func (m Mask) parts(w walk) bool {
	var changed atomic.Bool
	parallel.Do(len(m.first)-1, func(k int) {
		if lo, hi := m.first[k], m.first[k+1]; lo < hi && !w.part(m.part(k), k*m.step, lo, hi) {
			changed.Store(true)
		}
	})
	return !changed.Load()
}

// run is the walk over all of the mask. The error is ErrChanged if the mask is no
// longer what was counted; part of the result is then not written.
func (m Mask) run(w walk) error {
	same := m.count == 0
	switch {
	case m.first != nil:
		same = m.parts(w)
	case !same:
		same = w.part(m.bits, 0, 0, m.count)
	}
	if !same {
		return nderr.New("", nderr.ErrChanged, "the mask was changed while it was read")
	}
	return nil
}

// Compress copies the items of size bytes at src, contiguous, whose mask is true
// to the contiguous dst.
//
// Invariant of the unsafe use: src has as many items as the mask, dst as many as
// Count.
func (m Mask) Compress(dst, src unsafe.Pointer, size int) error {
	if size == 0 {
		return nil
	}
	return m.run(walk{what: compressing, dst: dst, src: src, size: size, list: kernel.Nonzero(dtype.KindBool)})
}

// Places writes the places of the true items to dst, which has room for Count.
func (m Mask) Places(dst []int) error {
	return m.run(walk{what: listing, listPlace: dst, list: kernel.Nonzero(dtype.KindBool)})
}

// Expand is the inverse of Compress: contiguous items at src go to the places of
// dst whose mask is true. step is the size of an item, or 0 to write the one item
// at src everywhere.
func (m Mask) Expand(dst, src unsafe.Pointer, size, step int) error {
	return m.run(walk{what: expanding, dst: dst, src: src, size: size, step: step, list: kernel.Nonzero(dtype.KindBool)})
}
