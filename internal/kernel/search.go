package kernel

import (
	"bytes"
	endian "encoding/binary"
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Arg returns the index of the extreme among n items, stride bytes apart: the
// first of equals, and the first NaN if there is one. n is at least 1.
type Arg func(a unsafe.Pointer, stride, n int) int

// An Extreme finds the place of the greatest or of the least item. Rows and Columns do
// for many what Place does for one; they are nil where there is no loop of that kind.
type Extreme struct {
	Place   Arg
	Rows    ArgRows
	Columns ArgColumns
	Tall    int // the most items of a column
}

// ArgRows writes the places in rows of n items each, stride bytes apart from row to row,
// to dst. It ends before a row that has a NaN, and returns how many are done.
type ArgRows func(dst, a unsafe.Pointer, stride, n, rows int) (done int)

// ArgColumns writes the places in lanes of n items each, stride bytes apart, to dst. The
// lanes lie side by side.
type ArgColumns func(dst, a unsafe.Pointer, stride, n, lanes int)

// Count returns how many of n items are not zero.
type Count func(a unsafe.Pointer, stride, n int) int

// NonZero writes the indices of the items that are not zero, counted from first, to
// dst, which has room for them, and returns how many there are.
type NonZero func(dst []int, a unsafe.Pointer, stride, n, first int) int

type searchLoops struct {
	argmax, argmin Extreme
	count          Count
	nonzero        NonZero
}

var searches = [dtype.KindBytes]searchLoops{
	kBool: searchBool(),
	kI8:   searchReal[int8](),
	kU8:   searchReal[uint8](),
	kI16:  searchReal[int16](),
	kU16:  searchReal[uint16](),
	kI32:  searchReal[int32](),
	kU32:  searchReal[uint32](),
	kI64:  searchReal[int64](),
	kU64:  searchReal[uint64](),
	kF32:  searchReal[float32](),
	kF64:  searchReal[float64](),
	kF16: searchLoop(func(x, y half) bool { return x.Float32() > y.Float32() },
		func(x, y half) bool { return x.Float32() < y.Float32() },
		half.IsNaN, func(x half) bool { return x&0x7fff != 0 }),
	kC64:  searchComplex[float32](),
	kC128: searchComplex[float64](),
}

// Argmax returns what finds the greatest item of a numeric kind.
func Argmax(k dtype.Kind) Extreme {
	ready()
	return searches[k].argmax
}

// Argmin returns what finds the least item of a numeric kind.
func Argmin(k dtype.Kind) Extreme {
	ready()
	return searches[k].argmin
}

// CountNonzero returns the loop that counts the true items of a numeric kind.
func CountNonzero(k dtype.Kind) Count {
	ready()
	return searches[k].count
}

// Nonzero returns the loop that lists the true items of a numeric kind.
func Nonzero(k dtype.Kind) NonZero {
	ready()
	return searches[k].nonzero
}

// searchBool stops at the first true byte, or the first false one.
func searchBool() searchLoops {
	s := searchLoop(nil, nil, nil, func(x uint8) bool { return x != 0 })
	s.argmax = extremeBool(firstTrue, true)
	s.argmin = extremeBool(firstFalse, false)
	return s
}

// extremeBool makes the searches of that of a row for the first byte that is true, or not.
func extremeBool(first func(b []byte) int, want bool) Extreme {
	return Extreme{
		Place: func(a unsafe.Pointer, stride, n int) int {
			if stride == 1 {
				return first(items[byte](a, n))
			}
			for i := range n {
				if (*(*uint8)(unsafe.Add(a, i*stride)) != 0) == want {
					return i
				}
			}
			return 0
		},
		Rows: func(dst, a unsafe.Pointer, stride, n, rows int) int {
			for i := range rows {
				b := items[byte](unsafe.Add(a, i*stride), n)
				at := 0
				if (b[0] != 0) != want {
					at = first(b)
				}
				*(*int64)(unsafe.Add(dst, i*8)) = int64(at)
			}
			return rows
		},
	}
}

// firstTrue returns the place of the first byte that is not zero, 0 if there is none.
func firstTrue(b []byte) int {
	if i := nextTrue(b, 0); i < len(b) {
		return i
	}
	return 0
}

// nextTrue returns the place of the first true byte from i on, or how many bytes there are.
func nextTrue(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		if w := endian.LittleEndian.Uint64(b[i:]); w != 0 {
			return i + bits.TrailingZeros64(w)/8
		}
	}
	for i < len(b) && b[i] == 0 {
		i++
	}
	return i
}

// firstFalse returns the place of the first byte that is zero, 0 if there is none.
func firstFalse(b []byte) int {
	if len(b) > 64 {
		return max(bytes.IndexByte(b, 0), 0)
	}
	for i, x := range b {
		if x == 0 {
			return i
		}
	}
	return 0
}

func searchReal[T realNumber]() searchLoops {
	s := searchLoop(nil, nil, nil, func(x T) bool { return x != 0 })
	s.argmax.Place, s.argmin.Place = greatest[T], least[T]
	return s
}

// greatest is arg for numbers with an order, without calls: short rows are many.
func greatest[T realNumber](a unsafe.Pointer, stride, n int) int {
	best, at := *(*T)(a), 0
	if best != best {
		return 0
	}
	for i := 1; i < n; i++ {
		x := *(*T)(unsafe.Add(a, i*stride))
		if x > best {
			best, at = x, i
		} else if x != x {
			return i
		}
	}
	return at
}

// least is to greatest what argmin is to argmax.
func least[T realNumber](a unsafe.Pointer, stride, n int) int {
	best, at := *(*T)(a), 0
	if best != best {
		return 0
	}
	for i := 1; i < n; i++ {
		x := *(*T)(unsafe.Add(a, i*stride))
		if x < best {
			best, at = x, i
		} else if x != x {
			return i
		}
	}
	return at
}

func searchComplex[F float]() searchLoops {
	return searchLoop(func(x, y cx[F]) bool { return complexLess(y, x) }, complexLess[F], nanComplex[F],
		func(x cx[F]) bool { return x.re != 0 || x.im != 0 })
}

func searchLoop[T any](greater, less func(x, y T) bool, nan, truth func(T) bool) searchLoops {
	return searchLoops{
		argmax: Extreme{Place: func(a unsafe.Pointer, stride, n int) int { return arg(a, stride, n, greater, nan) }},
		argmin: Extreme{Place: func(a unsafe.Pointer, stride, n int) int { return arg(a, stride, n, less, nan) }},
		count: func(a unsafe.Pointer, stride, n int) int {
			c := 0
			for at := 0; n > 0; n-- { // no pointer steps beyond the block
				if truth(*(*T)(unsafe.Add(a, at))) {
					c++
				}
				at += stride
			}
			return c
		},
		nonzero: func(dst []int, a unsafe.Pointer, stride, n, first int) int {
			c := 0
			at := 0
			for i := range n {
				if truth(*(*T)(unsafe.Add(a, at))) {
					dst[c] = first + i
					c++
				}
				at += stride
			}
			return c
		},
	}
}

// arg returns the index of the first item that no later item is better than,
// or of the first NaN.
func arg[T any](a unsafe.Pointer, stride, n int, better func(x, y T) bool, nan func(T) bool) int {
	best, bestAt := *(*T)(a), 0
	if nan(best) {
		return 0
	}
	for i := 1; i < n; i++ {
		a = unsafe.Add(a, stride)
		x := *(*T)(a)
		if better(x, best) {
			best, bestAt = x, i
		} else if nan(x) {
			return i
		}
	}
	return bestAt
}
