package buffer

import (
	"reflect"
	"runtime"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// FromSlice returns a Foreign block over the items of s, without copying. The
// block keeps the slice's array alive; writes go both ways. It panics if T holds
// pointers, which bytes written through the block would destroy.
func FromSlice[T any](s []T) *Buffer {
	var zero T
	if !pointerFree(any(zero)) {
		if t := reflect.TypeFor[T](); holdsPointers(t) {
			panic(nderr.New("buffer", nderr.ErrType, "a slice of %s holds pointers", t))
		}
	}
	if len(s) == 0 {
		return born(&Buffer{kind: Foreign, base: emptyBase()})
	}
	return born(&Buffer{kind: Foreign, base: unsafe.Pointer(unsafe.SliceData(s)), n: len(s) * int(unsafe.Sizeof(zero))})
}

// pointerFree knows the frequent types of items without asking reflect.
func pointerFree(zero any) bool {
	switch zero.(type) {
	case bool, int8, int16, int32, int64, int, uint8, uint16, uint32, uint64, uint, float32, float64, complex64, complex128:
		return true
	}
	return false
}

// holdsPointers tells whether values of type t hold pointers.
func holdsPointers(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Int,
		reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint, reflect.Uintptr,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return false
	case reflect.Array:
		return t.Len() > 0 && holdsPointers(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsPointers(t.Field(i).Type) {
				return true
			}
		}
		return false
	}
	return true
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
