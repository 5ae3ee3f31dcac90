package nd

import (
	"cmp"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
)

// Memory says which memory an array has to do with, in bytes.
type Memory struct {
	Owned  int // the block, if this header was made together with it; else 0
	Viewed int // that the items cover
	Pinned int // of the block, which this header keeps alive
	Kind   buffer.Kind
}

// String prints "viewed 80 bytes of 8.00 MiB (heap)".
func (m Memory) String() string {
	s := "viewed " + buffer.Human(m.Viewed) + " of " + buffer.Human(m.Pinned) + " (" + m.Kind.String() + ")"
	if m.Owned > 0 {
		s += ", owned"
	}
	return s
}

// Memory returns what the array owns, views and pins. A small view that pins a
// large block is a leak in waiting: Compact cures it. Viewed counts bytes that
// several items share once where that follows from the strides, and is an upper
// bound for other overlapping layouts. A block over a Go slice counts the slice,
// not the Go array behind it. A block of 1 to 32 KiB counts its own bytes, though the
// memory of its neighbours, 256 KiB together, may stay with it: never more than
// 48 MiB in a whole program.
func (a *Array) Memory() Memory {
	m := Memory{Pinned: a.buf.Len(), Kind: a.buf.Kind()}
	if a.flags.Has(OwnData) {
		m.Owned = m.Pinned
	}
	if a.Size() > 0 {
		m.Viewed = a.ItemSize()
		for k, d := range a.lay.Shape {
			if a.lay.Strides[k] != 0 {
				m.Viewed *= d
			}
		}
		lo, hi := a.place().Bounds()
		m.Viewed = min(m.Viewed, int(hi-lo))
	}
	return m
}

// Compact returns an array of the same items that pins no more than they need:
// a itself if its items cover the whole of a block that it owns, else a copy in
// a's memory order (K) with a block of its own. A copy is writeable.
func (a *Array) Compact() *Array {
	a.use("Compact")
	if m := a.Memory(); m.Owned > 0 && m.Viewed == m.Pinned {
		return a
	}
	return a.Copy(K)
}

// RawSpan returns the bytes of the items as they lie in memory, without copying,
// if they are one dense ascending segment: contiguous in C or Fortran order or
// under any order of the axes. (NumPy: string_at(a.ctypes.data, a.nbytes), which
// reads foreign bytes where this reports ErrValue: for gaps, reversed axes and
// repeated items. ByteBounds serves those.) It returns ErrReadOnly for a read-only
// array, because a slice cannot be, and ErrValue for a mapped file, which may
// shrink or be closed behind the slice; UnsafeRawSpan overrides both.
func (a *Array) RawSpan() ([]byte, error) {
	if !a.flags.Has(Writeable) {
		return nil, &Error{Op: "RawSpan", Err: ErrReadOnly, Msg: "the array is read-only"}
	}
	if a.mapped() {
		return nil, &Error{Op: "RawSpan", Err: ErrValue, Msg: "the block is a mapped file, which may shrink or be closed behind a bare slice"}
	}
	return a.UnsafeRawSpan()
}

// UnsafeRawSpan is RawSpan for read-only and mapped arrays too, with the risks of
// UnsafeData.
func (a *Array) UnsafeRawSpan() ([]byte, error) {
	if err := a.buf.Err(); err != nil {
		return nil, err
	}
	if !a.oneSegment() {
		return nil, &Error{Op: "RawSpan", Err: ErrValue, Msg: sprintf("items of shape %s with strides %s are not one dense ascending segment",
			shapeText(a.lay.Shape), shapeText(a.lay.Strides))}
	}
	if err := a.buf.Escape(); err != nil {
		return nil, err
	}
	// Invariant: dense items cover NBytes bytes from item [0,…,0] on.
	return unsafe.Slice((*byte)(a.ptr()), a.NBytes()), nil
}

// oneSegment tells whether the items fill one segment that starts with item [0,…,0].
func (a *Array) oneSegment() bool {
	if a.Size() == 0 || a.flags.Forc() {
		return true
	}
	type axis struct{ n, stride int }
	var axes []axis
	for k, d := range a.lay.Shape {
		if d > 1 {
			axes = append(axes, axis{d, a.lay.Strides[k]})
		}
	}
	slices.SortFunc(axes, func(x, y axis) int { return cmp.Compare(x.stride, y.stride) })
	step := a.ItemSize()
	for _, x := range axes {
		if x.stride != step {
			return false
		}
		step *= x.n
	}
	return true
}

// Release ends the array's block at once: this header and every other over the
// block report ErrClosed from then on. A heap block serves the next array of about
// the same size, unless a raw slice of it was handed out; system memory and maps go
// back to the system (a map is flushed first); a Go slice stays its owner's; of a
// Growing's block the view alone ends. The error is that of flushing.
//
// It is never needed: the garbage collector frees what nobody can reach. It pays
// in loops that make large temporaries; see Scope. Other goroutines that compute on
// the block meanwhile end with ErrClosed, or with the result of the block's own
// items; nobody reads or writes another array's.
func (a *Array) Release() error { return a.buf.Close() }
