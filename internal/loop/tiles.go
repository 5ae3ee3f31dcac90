package loop

import "unsafe"

// tile is the side of the square blocks in which a transposed copy proceeds: a
// row of a tile of 8-byte items is two cache lines at either end.
const tile = 16

// transposed reports whether the two inner axes are contiguous in the destination
// along the first and in the source along the second, for items that moveTiles
// knows.
func transposed(n *Nest, size int) bool {
	switch size {
	case 1, 2, 4, 8, 16:
	default:
		return false
	}
	return n.Stride[0][0] == size && n.Stride[1][1] == size && n.Shape[0] >= tile && n.Shape[1] >= tile
}

// moveTiles copies n × m items: item (i, j) goes from src + i*srcStride + j*size
// to dst + i*size + j*dstStride.
func moveTiles(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n, m int) {
	switch size {
	case 1:
		tiles[uint8](dst, dstStride, src, srcStride, n, m)
	case 2:
		tiles[uint16](dst, dstStride, src, srcStride, n, m)
	case 4:
		tiles[uint32](dst, dstStride, src, srcStride, n, m)
	case 8:
		tiles[uint64](dst, dstStride, src, srcStride, n, m)
	case 16:
		tiles[[2]uint64](dst, dstStride, src, srcStride, n, m)
	}
}

func tiles[T any](dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n, m int) {
	size := int(unsafe.Sizeof(*new(T)))
	for j0 := 0; j0 < m; j0 += tile {
		j1 := min(j0+tile, m)
		for i0 := 0; i0 < n; i0 += tile {
			i1 := min(i0+tile, n)
			for j := j0; j < j1; j++ {
				d := unsafe.Add(dst, j*dstStride)
				s := unsafe.Add(src, j*size)
				for i := i0; i < i1; i++ {
					*(*T)(unsafe.Add(d, i*size)) = *(*T)(unsafe.Add(s, i*srcStride))
				}
			}
		}
	}
}
