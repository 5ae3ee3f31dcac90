package indexing

import "unsafe"

// Put copies items of size bytes, step bytes apart at src, to places of the
// contiguous dst; step is size, or 0 to write the one item at src everywhere. Where
// a place occurs twice the later item stays.
//
// Invariant of the unsafe use: the caller has proved that dst has an item at every
// place, and src one for each of them.
func Put(dst, src unsafe.Pointer, size, step int, places []int) {
	switch size {
	case 1:
		put[[1]byte](dst, src, step, places)
	case 2:
		put[[2]byte](dst, src, step, places)
	case 4:
		put[[4]byte](dst, src, step, places)
	case 8:
		put[[8]byte](dst, src, step, places)
	case 16:
		put[[16]byte](dst, src, step, places)
	default:
		for j, p := range places {
			move(unsafe.Add(dst, p*size), unsafe.Add(src, j*step), size)
		}
	}
}

func put[T any](dst, src unsafe.Pointer, step int, places []int) {
	size := int(unsafe.Sizeof(*new(T)))
	if step == 0 {
		v := *(*T)(src)
		for _, p := range places {
			*(*T)(unsafe.Add(dst, p*size)) = v
		}
		return
	}
	for j, p := range places {
		*(*T)(unsafe.Add(dst, p*size)) = *(*T)(unsafe.Add(src, j*step))
	}
}
