package fuse

import "unsafe"

// pickItems writes x[i] where cond[i] is not zero, else y[i]. dst may be x or y.
// Items are moved as whole words, so that no bit of a NaN is touched.
func pickItems(dst, cond, x, y unsafe.Pointer, size, n int) {
	c := unsafe.Slice((*byte)(cond), n)
	switch size {
	case 1:
		pickWords[uint8](dst, x, y, c)
	case 2:
		pickWords[uint16](dst, x, y, c)
	case 4:
		pickWords[uint32](dst, x, y, c)
	case 8:
		pickWords[uint64](dst, x, y, c)
	case 16:
		d, a, b := unsafe.Slice((*[2]uint64)(dst), n), unsafe.Slice((*[2]uint64)(x), n), unsafe.Slice((*[2]uint64)(y), n)
		for i := range c {
			if c[i] != 0 {
				d[i] = a[i]
			} else {
				d[i] = b[i]
			}
		}
	}
}

func pickWords[T uint8 | uint16 | uint32 | uint64](dst, x, y unsafe.Pointer, c []byte) {
	n := len(c)
	d, a, b := unsafe.Slice((*T)(dst), n), unsafe.Slice((*T)(x), n), unsafe.Slice((*T)(y), n)
	for i := range c {
		var m T
		if c[i] != 0 {
			m = 1 // a set instruction, no branch
		}
		d[i] = b[i] ^ (a[i]^b[i])&-m
	}
}
