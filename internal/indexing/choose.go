package indexing

import "unsafe"

// A Choice is a run of items Step bytes apart; Step 0 means one item for all places.
type Choice struct {
	Ptr  unsafe.Pointer
	Step int
}

// Choose writes to the contiguous dst, for each place i, item i of the choice which[i].
// It returns the first place whose number is none of a choice, or -1; what dst holds then
// is undefined.
//
// Invariant of the unsafe use: dst has room for an item of size bytes for each place, and
// every choice has as many.
func Choose(dst unsafe.Pointer, size int, which []int64, from []Choice) int {
	switch size {
	case 1:
		return choose[[1]byte](dst, which, from)
	case 2:
		return choose[[2]byte](dst, which, from)
	case 4:
		return choose[uint32](dst, which, from)
	case 8:
		return choose[uint64](dst, which, from)
	case 16:
		return choose[[2]uint64](dst, which, from)
	}
	for i, k := range which {
		if uint64(k) >= uint64(len(from)) {
			return i
		}
		copy(unsafe.Slice((*byte)(unsafe.Add(dst, i*size)), size), unsafe.Slice((*byte)(unsafe.Add(from[k].Ptr, i*from[k].Step)), size))
	}
	return -1
}

func choose[T any](dst unsafe.Pointer, which []int64, from []Choice) int {
	d := unsafe.Slice((*T)(dst), len(which))
	for i, k := range which {
		if uint64(k) >= uint64(len(from)) {
			return i
		}
		f := &from[k]
		d[i] = *(*T)(unsafe.Add(f.Ptr, i*f.Step))
	}
	return -1
}
