package loop

import "unsafe"

// stripWidth is how many items of a row of the destination a transposed copy
// writes before it goes to the next row: two cache lines of 8-byte items, read
// from as many streams as a processor follows.
const stripWidth = 16

// transposed reports whether the two inner axes are contiguous in the destination
// along the first and in the source along the second, for items that moveStrips
// knows, and whether a walk along the first alone would lose the lines it reads:
// there are too many of them for the caches, or they fall into the same sets.
func transposed(n *Nest, size int) bool {
	switch size {
	case 1, 2, 4, 8, 16:
	default:
		return false
	}
	if n.Stride[0][0] != size || n.Stride[1][1] != size || n.Shape[0] < stripWidth || n.Shape[1] < stripWidth {
		return false
	}
	return n.Shape[0] >= 2048 || n.Stride[1][0]%4096 == 0
}

// moveStrips copies n × m items: item (i, j) goes from src + i*srcStride + j*size
// to dst + i*size + j*dstStride.
func moveStrips(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n, m int) {
	switch size {
	case 1:
		strips[[1]byte](dst, dstStride, src, srcStride, n, m)
	case 2:
		strips[[2]byte](dst, dstStride, src, srcStride, n, m)
	case 4:
		strips[[4]byte](dst, dstStride, src, srcStride, n, m)
	case 8:
		strips[[8]byte](dst, dstStride, src, srcStride, n, m)
	case 16:
		strips[[16]byte](dst, dstStride, src, srcStride, n, m)
	}
}

// strips takes items as bytes, so that they need no alignment.
func strips[T any](dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n, m int) {
	size := int(unsafe.Sizeof(*new(T)))
	for i0 := 0; i0 < n; i0 += stripWidth {
		k := min(stripWidth, n-i0)
		for j := range m {
			d := unsafe.Slice((*T)(unsafe.Add(dst, j*dstStride+i0*size)), k)
			s := unsafe.Add(src, i0*srcStride+j*size)
			for i := range d {
				d[i] = *(*T)(unsafe.Add(s, i*srcStride))
			}
		}
	}
}
