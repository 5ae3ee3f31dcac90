package loop

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// stripWidth is how many rows of the destination a transposed copy writes at once:
// as many streams as a processor follows, and as many items as a cache line of the
// source holds where items have 8 bytes. A line that is read is used up at once,
// reads of many lines overlap, and what is written goes up in memory.
const stripWidth = 8

// transposed reports whether the two inner axes are contiguous in the destination
// along the first and in the source along the second, for items that moveStrips
// knows, and whether there is a vector loop for them or a walk along the first alone
// would lose the lines it reads: there are too many of them for the caches, or they
// fall into the same sets.
func transposed(n *Nest, size int) bool {
	switch size {
	case 1, 2, 4, 8, 16:
	default:
		return false
	}
	if n.Stride[0][0] != size || n.Stride[1][1] != size || n.Stride[1][0] == 0 { // the last are rows of one item each
		return false
	}
	if kernel.CanTranspose(size, n.Shape[0], n.Shape[1]) {
		return true
	}
	if n.Shape[0] < 2*stripWidth || n.Shape[1] < 2*stripWidth {
		return false
	}
	return n.Shape[0] >= 512 || n.Stride[1][0]%4096 == 0
}

// moveTransposed copies n × m items: item (i, j) goes from src + i*srcStride + j*size
// to dst + i*size + j*dstStride.
func moveTransposed(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n, m int) {
	if !kernel.Transpose(dst, dstStride, src, srcStride, size, n, m) {
		moveStrips(dst, dstStride, src, srcStride, size, n, m)
	}
}

// moveStrips is moveTransposed by strips of the destination.
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
	j := 0
	for ; j+stripWidth <= m; j += stripWidth {
		s, d := unsafe.Add(src, j*size), unsafe.Add(dst, j*dstStride)
		for i := range n {
			row := (*[stripWidth]T)(unsafe.Add(s, i*srcStride))
			v0, v1, v2, v3, v4, v5, v6, v7 := row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]
			to := unsafe.Add(d, i*size)
			*(*T)(to) = v0
			*(*T)(unsafe.Add(to, dstStride)) = v1
			*(*T)(unsafe.Add(to, 2*dstStride)) = v2
			*(*T)(unsafe.Add(to, 3*dstStride)) = v3
			*(*T)(unsafe.Add(to, 4*dstStride)) = v4
			*(*T)(unsafe.Add(to, 5*dstStride)) = v5
			*(*T)(unsafe.Add(to, 6*dstStride)) = v6
			*(*T)(unsafe.Add(to, 7*dstStride)) = v7
		}
	}
	for ; j < m; j++ {
		copyColumn[T](unsafe.Add(dst, j*dstStride), unsafe.Add(src, j*size), srcStride, n)
	}
}

func copyColumn[T any](dst, src unsafe.Pointer, stride, n int) {
	d := unsafe.Slice((*T)(dst), n)
	for i := range d {
		d[i] = *(*T)(unsafe.Add(src, i*stride))
	}
}
