package kernel

import "unsafe"

// moveLoops holds the vector loops of moves by item size; nil: the Go loop.
var moveLoops struct {
	swap     [9]Unary   // dst, src
	choose   [9]Ternary // dst, cond, x, y
	assign   [9]Binary  // dst, cond, src
	compress [9]compressLoop
	take     [17]func(dst, src, places unsafe.Pointer, n, count int) int
	fill     [17]Unary // dst, item
	// The same past the caches. dst is a multiple of 16 for takes of 16 bytes; of 64 for
	// swaps, and n of the items in 64 bytes.
	swapStream [9]Unary
	takeStream [17]func(dst, src, places unsafe.Pointer, n, count int) int
}

// compressLoop returns the count of items kept.
type compressLoop func(dst, src, mask unsafe.Pointer, n int) int

// Choose writes the item of x where the byte of cond is not zero, that of y
// elsewhere: n items of size bytes, all contiguous. dst may be x or y.
func Choose(dst, cond, x, y unsafe.Pointer, size, n int) {
	if size < len(moveLoops.choose) && moveLoops.choose[size] != nil {
		moveLoops.choose[size](dst, cond, x, y, n)
		return
	}
	switch size {
	case 1:
		chooseItems[b1](dst, cond, x, y, n)
	case 2:
		chooseItems[b2](dst, cond, x, y, n)
	case 4:
		chooseItems[b4](dst, cond, x, y, n)
	case 8:
		chooseItems[b8](dst, cond, x, y, n)
	case 16:
		chooseItems[b16](dst, cond, x, y, n)
	default:
		for i, c := range items[byte](cond, n) {
			from := y
			if c != 0 {
				from = x
			}
			copy(unsafe.Slice((*byte)(unsafe.Add(dst, i*size)), size), unsafe.Slice((*byte)(unsafe.Add(from, i*size)), size))
		}
	}
}

// chooseItems chooses an address, so that there is nothing to be guessed.
func chooseItems[B any](dst, cond, x, y unsafe.Pointer, n int) {
	size := int(unsafe.Sizeof(*new(B)))
	for i, c := range items[byte](cond, n) {
		from := unsafe.Add(y, i*size)
		if other := unsafe.Add(x, i*size); c != 0 {
			from = other
		}
		*(*B)(unsafe.Add(dst, i*size)) = *(*B)(from)
	}
}

// AssignTrue copies the items of src to dst where the byte of cond is not zero:
// n items of size bytes, all contiguous.
func AssignTrue(dst, cond, src unsafe.Pointer, size, n int) {
	if size < len(moveLoops.assign) && moveLoops.assign[size] != nil {
		moveLoops.assign[size](dst, cond, src, n)
		return
	}
	switch size {
	case 1:
		assignItems[b1](dst, cond, src, n)
	case 2:
		assignItems[b2](dst, cond, src, n)
	case 4:
		assignItems[b4](dst, cond, src, n)
	case 8:
		assignItems[b8](dst, cond, src, n)
	case 16:
		assignItems[b16](dst, cond, src, n)
	default:
		for i, c := range items[byte](cond, n) {
			if c != 0 {
				copy(unsafe.Slice((*byte)(unsafe.Add(dst, i*size)), size), unsafe.Slice((*byte)(unsafe.Add(src, i*size)), size))
			}
		}
	}
}

// assignItems copies the items that are not to be assigned too, to where nobody sees them: there
// is nothing to be guessed, and nothing written that others may be writing.
func assignItems[B any](dst, cond, src unsafe.Pointer, n int) {
	var aside B
	size := int(unsafe.Sizeof(aside))
	for i, c := range items[byte](cond, n) {
		to := unsafe.Pointer(&aside)
		if c != 0 {
			to = unsafe.Add(dst, i*size)
		}
		*(*B)(to) = *(*B)(unsafe.Add(src, i*size))
	}
}
