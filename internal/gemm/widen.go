package gemm

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// widened is the number of multiplications from which on products of short integers pay
// for matrices of longer ones.
const widened = 1 << 12

// widerOf returns the kind in which products of another are computed, and whether it is
// another: always that of float16, and of short integers, whose low bits are the same, for
// products that are not small, of a machine with vectors.
func widerOf(k dtype.Kind, m, n, depth int) (dtype.Kind, bool) {
	switch k {
	case dtype.KindFloat16:
		return dtype.KindFloat32, true
	case dtype.KindInt8, dtype.KindInt16, dtype.KindUint8, dtype.KindUint16:
		return dtype.KindInt32, m > 1 && n > 1 && m*n*depth >= widened && kernel.CurrentLevel() != kernel.LevelGo
	}
	return k, false
}

// mulWide multiplies in a wider kind of four bytes, by whatever means that has.
func mulWide(k, wide dtype.Kind, c, a, b Matrix, m, n, depth int) {
	x, y, z := widen(k, wide, a, m, depth), widen(k, wide, b, depth, n), make([]uint32, m*n)
	Mul(wide, dense(z, n), dense(x, depth), dense(y, n), m, n, depth)
	narrow := kernel.Cast(wide, k)
	for i := range m {
		narrow(c.at(i, 0), unsafe.Pointer(unsafe.SliceData(z[i*n:])), n)
	}
}

// dense is x as a matrix with rows of n items.
func dense(x []uint32, n int) Matrix { return Matrix{unsafe.Pointer(unsafe.SliceData(x)), 4 * n, 4} }

// widen copies a matrix to a dense one of a wider kind.
func widen(k, wide dtype.Kind, a Matrix, m, n int) []uint32 {
	out, cast, size := make([]uint32, m*n), kernel.Cast(k, wide), k.ItemSize()
	if n == 1 { // a column is a row as well
		a.Col, m, n = a.Row, 1, m
	}
	var row []uint16 // of items that do not follow on one another
	if a.Col != size && n > 0 {
		row = make([]uint16, n)
	}
	for i := range m {
		from := a.at(i, 0)
		if row != nil {
			from = unsafe.Pointer(unsafe.SliceData(row))
			kernel.Gather(from, a.at(i, 0), a.Col, size, n)
		}
		cast(unsafe.Pointer(unsafe.SliceData(out[i*n:])), from, n)
	}
	return out
}
