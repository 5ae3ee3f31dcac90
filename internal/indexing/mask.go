package indexing

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
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

// each calls f for each part that has true items: with its bits, the place of its
// first item, and the number of true items before it and up to its end.
func (m Mask) each(f func(bits []byte, from, lo, hi int)) {
	parallel.Do(len(m.first)-1, func(k int) {
		if m.first[k] < m.first[k+1] {
			f(m.part(k), k*m.step, m.first[k], m.first[k+1])
		}
	})
}

// Compress copies the items of size bytes at src, contiguous, whose mask is true
// to the contiguous dst.
//
// Invariant of the unsafe use: src has as many items as the mask, dst as many as
// are true.
func (m Mask) Compress(dst, src unsafe.Pointer, size int) {
	if m.first == nil {
		if m.count > 0 {
			kernel.Compress(dst, src, size, size, m.bits)
		}
		return
	}
	m.each(func(bits []byte, from, lo, _ int) {
		kernel.Compress(unsafe.Add(dst, lo*size), unsafe.Add(src, from*size), size, size, bits)
	})
}

// Places writes the places of the true items to dst, which has room for Count.
func (m Mask) Places(dst []int) {
	list := kernel.Nonzero(dtype.KindBool)
	if m.first == nil {
		if m.count > 0 {
			list(dst[:m.count], unsafe.Pointer(&m.bits[0]), 1, len(m.bits))
		}
		return
	}
	m.each(func(bits []byte, from, lo, hi int) {
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
func (m Mask) Expand(dst, src unsafe.Pointer, size, step int) {
	if m.first == nil {
		if m.count > 0 {
			expand(dst, src, size, step, m.bits)
		}
		return
	}
	m.each(func(bits []byte, from, lo, _ int) {
		expand(unsafe.Add(dst, from*size), unsafe.Add(src, lo*step), size, step, bits)
	})
}

// expandBlock is how many places are listed at a time: a list without branches on
// mask items, then stores without any.
const expandBlock = 1024

func expand(dst, src unsafe.Pointer, size, step int, mask []byte) {
	var places [expandBlock]int
	list := kernel.Nonzero(dtype.KindBool)
	for i := 0; i < len(mask); i += expandBlock {
		b := mask[i:min(len(mask), i+expandBlock)]
		n := list(places[:], unsafe.Pointer(&b[0]), 1, len(b))
		at := unsafe.Add(dst, i*size)
		Put(at, src, size, step, places[:n])
		if n > 0 && i+expandBlock < len(mask) {
			src = unsafe.Add(src, n*step)
		}
	}
}
