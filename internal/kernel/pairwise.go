package kernel

import (
	"math"
	"unsafe"
)

// Pairwise summation, whose error grows with the logarithm of the count: runs
// of at most pairwiseBlock items are added by eight accumulators, longer runs
// are halved. Rule 2.8.2 of the specification fixes every order of addition, so
// sums agree with NumPy's to the last bit.

const pairwiseBlock = 128

// minusZero is where a short sum starts, so that a sum of -0 alone stays -0.
func minusZero[T float]() T { return T(math.Copysign(0, -1)) }

func at[T any](a unsafe.Pointer, stride, i int) T { return *(*T)(unsafe.Add(a, i*stride)) }

func pairwise[T float](a unsafe.Pointer, stride, n int) T {
	if n < 8 {
		s := minusZero[T]()
		for i := range n {
			s += at[T](a, stride, i)
		}
		return s
	}
	if n <= pairwiseBlock {
		r0, r1, r2, r3 := at[T](a, stride, 0), at[T](a, stride, 1), at[T](a, stride, 2), at[T](a, stride, 3)
		r4, r5, r6, r7 := at[T](a, stride, 4), at[T](a, stride, 5), at[T](a, stride, 6), at[T](a, stride, 7)
		i := 8
		for ; i+8 <= n; i += 8 {
			p := unsafe.Add(a, i*stride)
			r0 += at[T](p, stride, 0)
			r1 += at[T](p, stride, 1)
			r2 += at[T](p, stride, 2)
			r3 += at[T](p, stride, 3)
			r4 += at[T](p, stride, 4)
			r5 += at[T](p, stride, 5)
			r6 += at[T](p, stride, 6)
			r7 += at[T](p, stride, 7)
		}
		s := ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7))
		for ; i < n; i++ {
			s += at[T](a, stride, i)
		}
		return s
	}
	m := n / 2
	m -= m % 8
	return pairwise[T](a, stride, m) + pairwise[T](unsafe.Add(a, m*stride), stride, n-m)
}

// pairwiseHalf is pairwise over float16 with float32 sums.
func pairwiseHalf(a unsafe.Pointer, stride, n int) float32 {
	if n < 8 {
		s := minusZero[float32]()
		for i := range n {
			s += at[half](a, stride, i).Float32()
		}
		return s
	}
	if n <= pairwiseBlock {
		var r [8]float32
		for j := range r {
			r[j] = at[half](a, stride, j).Float32()
		}
		i := 8
		for ; i+8 <= n; i += 8 {
			for j := range r {
				r[j] += at[half](a, stride, i+j).Float32()
			}
		}
		s := ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
		for ; i < n; i++ {
			s += at[half](a, stride, i).Float32()
		}
		return s
	}
	m := n / 2
	m -= m % 8
	return pairwiseHalf(a, stride, m) + pairwiseHalf(unsafe.Add(a, m*stride), stride, n-m)
}

// pairwiseComplex counts each part as an item: the lengths of rule 2.8.2 are
// twice the number of complex items, and four of them fill the accumulators.
func pairwiseComplex[F float](a unsafe.Pointer, stride, n int) cx[F] {
	type c = cx[F]
	if n < 4 {
		s := c{minusZero[F](), minusZero[F]()}
		for i := range n {
			s = addComplex(s, at[c](a, stride, i))
		}
		return s
	}
	if n <= pairwiseBlock/2 {
		r0, r1, r2, r3 := at[c](a, stride, 0), at[c](a, stride, 1), at[c](a, stride, 2), at[c](a, stride, 3)
		i := 4
		for ; i+4 <= n; i += 4 {
			p := unsafe.Add(a, i*stride)
			r0 = addComplex(r0, at[c](p, stride, 0))
			r1 = addComplex(r1, at[c](p, stride, 1))
			r2 = addComplex(r2, at[c](p, stride, 2))
			r3 = addComplex(r3, at[c](p, stride, 3))
		}
		s := addComplex(addComplex(r0, r1), addComplex(r2, r3))
		for ; i < n; i++ {
			s = addComplex(s, at[c](a, stride, i))
		}
		return s
	}
	m := n // half of the 2n parts, down to a multiple of 8 parts
	m -= m % 8
	m /= 2
	return addComplex(pairwiseComplex[F](a, stride, m), pairwiseComplex[F](unsafe.Add(a, m*stride), stride, n-m))
}
