package gemm

import (
	endian "encoding/binary"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// number is what the plain loops multiply.
type number interface {
	uint8 | uint16 | uint32 | uint64 | float32 | float64 | complex64 | complex128
}

// Block lengths: depthBlock rows of widthBlock items of B are used for all of A
// before the next ones.
const (
	depthBlock = 128
	widthBlock = 256
)

func mul[T number](c, a, b Matrix, m, n, depth int) {
	size := int(unsafe.Sizeof(*new(T)))
	for i := range m {
		clear(unsafe.Slice((*T)(c.at(i, 0)), n))
	}
	if n == 1 {
		mulVector[T](c, a, b, m, depth)
		return
	}
	var packed unsafe.Pointer
	if b.Col != size {
		s := borrow()
		defer s.giveBack()
		packed = room(&s.b, min(depth, depthBlock)*min(n, widthBlock)*size)
	}
	for j0 := 0; j0 < n; j0 += widthBlock {
		w := min(widthBlock, n-j0)
		for p0 := 0; p0 < depth; p0 += depthBlock {
			d := min(depthBlock, depth-p0)
			rows, step := b.at(p0, j0), b.Row
			if packed != nil {
				for p := range d {
					kernel.Gather(unsafe.Add(packed, p*w*size), b.at(p0+p, j0), b.Col, size, w)
				}
				rows, step = packed, w*size
			}
			for i := range m {
				out := unsafe.Slice((*T)(c.at(i, j0)), w)
				p := 0
				for ; p+4 <= d; p += 4 {
					x0, x1 := *(*T)(a.at(i, p0+p)), *(*T)(a.at(i, p0+p+1))
					x2, x3 := *(*T)(a.at(i, p0+p+2)), *(*T)(a.at(i, p0+p+3))
					r0 := unsafe.Slice((*T)(unsafe.Add(rows, p*step)), w)[:len(out)]
					r1 := unsafe.Slice((*T)(unsafe.Add(rows, (p+1)*step)), w)[:len(out)]
					r2 := unsafe.Slice((*T)(unsafe.Add(rows, (p+2)*step)), w)[:len(out)]
					r3 := unsafe.Slice((*T)(unsafe.Add(rows, (p+3)*step)), w)[:len(out)]
					for j := range out {
						out[j] += T(x0*r0[j]) + T(x1*r1[j]) + T(x2*r2[j]) + T(x3*r3[j])
					}
				}
				for ; p < d; p++ {
					x := *(*T)(a.at(i, p0+p))
					r := unsafe.Slice((*T)(unsafe.Add(rows, p*step)), w)[:len(out)]
					for j := range out {
						out[j] += T(x * r[j])
					}
				}
			}
		}
	}
}

// fewItems is the number of items up to which a sum of products of integers takes one
// after another: the order of such sums does not matter.
const fewItems = 16

// mulInts is mul of integers.
func mulInts[T uint8 | uint16 | uint32 | uint64](c, a, b Matrix, m, n, depth int) {
	if n > 1 || depth > fewItems {
		mul[T](c, a, b, m, n, depth)
		return
	}
	for i := range m {
		var s T
		for p := range depth {
			s += *(*T)(a.at(i, p)) * *(*T)(b.at(p, 0))
		}
		*(*T)(c.at(i, 0)) = s
	}
}

// mulVector is A times one column, in four partial sums.
func mulVector[T number](c, a, b Matrix, m, depth int) {
	size := int(unsafe.Sizeof(*new(T)))
	dense := a.Col == size && b.Row == size
	for i := range m {
		var s0, s1, s2, s3 T
		p := 0
		if dense {
			x, y := unsafe.Slice((*T)(a.at(i, 0)), depth), unsafe.Slice((*T)(b.P), depth)
			for ; len(x) >= 4 && len(y) >= 4; x, y, p = x[4:], y[4:], p+4 {
				s0 += T(x[0] * y[0])
				s1 += T(x[1] * y[1])
				s2 += T(x[2] * y[2])
				s3 += T(x[3] * y[3])
			}
		}
		for ; p+4 <= depth; p += 4 {
			s0 += T(*(*T)(a.at(i, p)) * *(*T)(b.at(p, 0)))
			s1 += T(*(*T)(a.at(i, p+1)) * *(*T)(b.at(p+1, 0)))
			s2 += T(*(*T)(a.at(i, p+2)) * *(*T)(b.at(p+2, 0)))
			s3 += T(*(*T)(a.at(i, p+3)) * *(*T)(b.at(p+3, 0)))
		}
		for ; p < depth; p++ {
			s0 += T(*(*T)(a.at(i, p)) * *(*T)(b.at(p, 0)))
		}
		*(*T)(c.at(i, 0)) = (s0 + s1) + (s2 + s3)
	}
}

// mulBool keeps a bit for each item of B: a row of C is the union of those rows of B that
// A's row has, 64 items at a time, until it has all.
func mulBool(c, a, b Matrix, m, n, depth int) {
	if n == 1 {
		for i := range m {
			p := 0
			for p < depth && (*(*byte)(a.at(i, p)) == 0 || *(*byte)(b.at(p, 0)) == 0) {
				p++
			}
			*(*bool)(c.at(i, 0)) = p < depth
		}
		return
	}
	words := (n + 63) / 64
	bits := make([]uint64, (depth+1)*words)
	for p := range depth {
		row, j := bits[p*words:][:words], 0
		if b.Col == 1 {
			for items := unsafe.Slice((*byte)(b.at(p, 0)), n); j+8 <= n; j += 8 {
				row[j/64] |= uint64(bitsOfBytes(endian.LittleEndian.Uint64(items[j:]))) << (j % 64)
			}
		}
		for ; j < n; j++ {
			if *(*byte)(b.at(p, j)) != 0 {
				row[j/64] |= 1 << (j % 64)
			}
		}
	}
	union := bits[depth*words:]
	beyond := ^uint64(0) << (n - (words-1)*64) // the bits of the last word that no item has
	for i := range m {
		clear(union)
		union[words-1] = beyond
		for p, all := 0, uint64(0); p < depth && all != ^uint64(0); p++ {
			if *(*byte)(a.at(i, p)) != 0 {
				all = ^uint64(0)
				for w, x := range bits[p*words:][:words] {
					union[w] |= x
					all &= union[w]
				}
			}
		}
		out, j := unsafe.Slice((*byte)(c.at(i, 0)), n), 0
		for ; j+8 <= n; j += 8 {
			endian.LittleEndian.PutUint64(out[j:], bytesOfBits(byte(union[j/64]>>(j%64))))
		}
		for ; j < n; j++ {
			out[j] = byte(union[j/64]>>(j%64)) & 1
		}
	}
}

const (
	eachByte = 0x0101010101010101
	eachBit  = 0x8040201008040201 // bit i of byte i
)

// bitsOfBytes returns bit i for byte i, whether that is not zero.
func bitsOfBytes(w uint64) byte {
	w |= w&(0x7f*eachByte) + 0x7f*eachByte // the top bits
	return byte(w >> 7 & eachByte * 0x0102040810204080 >> 56)
}

// bytesOfBits returns 1 or 0 in byte i for bit i.
func bytesOfBits(b byte) uint64 {
	return (uint64(b)*eachByte&eachBit + 0x7f*eachByte) >> 7 & eachByte
}
