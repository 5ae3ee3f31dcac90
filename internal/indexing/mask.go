package indexing

import (
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

// pieces calls f for every run of up to maskPiece bits with a copy of them, the
// place of the first, and the number of true items before the run and up to its
// end. Another goroutine may change the mask after it was counted: the copy is
// counted once more, and f is never called for more true items than Count has.
// The error is then ErrChanged, and part of the result is not written.
func (m Mask) pieces(f func(bits []byte, from, lo, hi int)) error {
	count := kernel.CountNonzero(dtype.KindBool)
	part := func(bits []byte, from, lo, hi int) bool {
		var own [maskPiece]byte
		for i := 0; i < len(bits); i += maskPiece {
			b := own[:copy(own[:], bits[i:])]
			n := count(unsafe.Pointer(&b[0]), 1, len(b))
			if n > hi-lo {
				return false
			}
			if n > 0 {
				f(b, from+i, lo, lo+n)
			}
			lo += n
		}
		return lo == hi
	}
	same := true
	if m.first == nil {
		same = m.count == 0 || part(m.bits, 0, 0, m.count)
	} else {
		var changed atomic.Bool
		parallel.Do(len(m.first)-1, func(k int) {
			if lo, hi := m.first[k], m.first[k+1]; lo < hi && !part(m.part(k), k*m.step, lo, hi) {
				changed.Store(true)
			}
		})
		same = !changed.Load()
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
	return m.pieces(func(bits []byte, from, lo, _ int) {
		kernel.Compress(unsafe.Add(dst, lo*size), unsafe.Add(src, from*size), size, size, bits)
	})
}

// Places writes the places of the true items to dst, which has room for Count.
func (m Mask) Places(dst []int) error {
	list := kernel.Nonzero(dtype.KindBool)
	return m.pieces(func(bits []byte, from, lo, hi int) {
		to := dst[lo:hi]
		list(to, unsafe.Pointer(&bits[0]), 1, len(bits))
		if from > 0 {
			for i := range to {
				to[i] += from
			}
		}
	})
}

// Expand is the inverse of Compress: contiguous items at src go to the places of
// dst whose mask is true. step is the size of an item, or 0 to write the one item
// at src everywhere.
func (m Mask) Expand(dst, src unsafe.Pointer, size, step int) error {
	list := kernel.Nonzero(dtype.KindBool)
	return m.pieces(func(bits []byte, from, lo, hi int) {
		// A list without branches on mask items, then stores without any.
		var places [maskPiece]int
		at := places[:hi-lo]
		list(at, unsafe.Pointer(&bits[0]), 1, len(bits))
		Put(unsafe.Add(dst, from*size), unsafe.Add(src, lo*step), size, step, at)
	})
}
