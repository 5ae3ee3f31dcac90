package buffer

import (
	"runtime"
	"unsafe"
)

// FromSlice returns a Foreign block over the items of s, without copying. The
// block keeps the slice's array alive; writes go both ways. T must not hold
// pointers (dtype.Of checks that before anybody calls this).
func FromSlice[T any](s []T) *Buffer {
	var zero T
	if len(s) == 0 {
		return born(&Buffer{kind: Foreign, base: emptyBase()})
	}
	return born(&Buffer{kind: Foreign, base: unsafe.Pointer(unsafe.SliceData(s)), n: len(s) * int(unsafe.Sizeof(zero))})
}

// FromString returns a read-only Foreign block over the bytes of s, without
// copying.
func FromString(s string) *Buffer {
	if len(s) == 0 {
		return born(&Buffer{kind: Foreign, base: emptyBase(), readOnly: true})
	}
	return born(&Buffer{kind: Foreign, base: unsafe.Pointer(unsafe.StringData(s)), n: len(s), readOnly: true})
}

// UnsafeForeign returns a block over n bytes at p, memory of somebody else.
// owner keeps that memory alive while the block is reachable and must not be
// nil. The caller vouches that the n bytes at p are mapped as long as owner
// lives.
func UnsafeForeign(p unsafe.Pointer, n int, readOnly bool, owner any) *Buffer {
	if owner == nil {
		panic("buffer: a foreign block needs an owner")
	}
	if p == nil {
		p = emptyBase()
	}
	return born(&Buffer{kind: Foreign, base: p, n: n, readOnly: readOnly, owner: owner})
}

// emptyBase returns an address for a block of no bytes.
func emptyBase() unsafe.Pointer { return unsafe.Pointer(new([16]byte)) }

// KeepAlive keeps the block reachable up to the call, for code that works on
// the bare address.
func (b *Buffer) KeepAlive() { runtime.KeepAlive(b) }
