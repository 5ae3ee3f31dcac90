package kernel

import (
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// installNumbers gives the entries of the tables, whose loops are those of the level, the
// entries for a number as the second operand.
func installNumbers() {
	numbers[int8](kI8)
	numbers[uint8](kU8)
	numbers[int16](kI16)
	numbers[uint16](kU16)
	numbers[int32](kI32)
	numbers[uint32](kU32)
	numbers[int64](kI64)
	numbers[uint64](kU64)
	numbersRaise[float32](kF32)
	numbersRaise[float64](kF64)
	numbersRaise[complex64](kC64)
	numbersRaise[complex128](kC128)
}

func numbers[T integer](k dtype.Kind) {
	numbersDivide[T](k)
	numbersPower[T](k)
}

// numberEntry returns a fresh entry that op on two operands of kind k has for every
// number.
func numberEntry(op Op, k dtype.Kind) *Entry {
	of := tables[op].Find(k, k)
	e := &Entry{In: of.In, Out: of.Out}
	of.Number = func(unsafe.Pointer) *Entry { return e }
	return e
}

// numbersPower gives the power of kind k the entries for one exponent of all.
func numbersPower[T integer](k dtype.Kind) {
	of := tables[Power].Find(k, k)
	square, multiply := tables[Square].Find(k), tables[Multiply].Find(k, k)
	second := Entry{In: of.In, Out: of.Out, Streams: square.Streams, Tape: square.Tape,
		Binary: func(d, a, _ unsafe.Pointer, n int) { square.Unary(d, a, n) }}
	other := Entry{In: of.In, Out: of.Out,
		Binary: func(d, a, b unsafe.Pointer, n int) {
			switch y := *(*T)(b); y {
			case 0:
				one := T(1)
				Fill(d, unsafe.Pointer(&one), int(unsafe.Sizeof(one)), n)
			case 1:
				copy(items[T](d, n), items[T](a, n))
			default:
				powerBy(d, a, uint64(y), n, int(unsafe.Sizeof(y)), square.Unary, multiply.Binary)
			}
		}}
	of.Number = func(b unsafe.Pointer) *Entry {
		switch y := *(*T)(b); {
		case y < 0:
			return nil
		case y == 2:
			return &second
		}
		return &other
	}
}

// numbersRaise gives the power of floats and complex numbers the entries for the exponents
// that NumPy's loop, or its operator **, knows: those of other operations, whose results
// may differ from the power's.
func numbersRaise[T float | complex64 | complex128](k dtype.Kind) {
	of := tables[Power].Find(k, k)
	short := func(op Op) *Entry {
		e := tables[op].Find(k)
		return &Entry{In: of.In, Out: of.Out, Streams: e.Streams, Tape: e.Tape,
			Binary: func(d, a, _ unsafe.Pointer, n int) { e.Unary(d, a, n) }}
	}
	reciprocal, root, same, square := short(Reciprocal), short(Sqrt), short(Positive), short(Square)
	ones := &Entry{In: of.In, Out: of.Out, Binary: func(d, _, _ unsafe.Pointer, n int) {
		one := T(1)
		Fill(d, unsafe.Pointer(&one), int(unsafe.Sizeof(one)), n)
	}}
	of.Number = func(b unsafe.Pointer) *Entry {
		switch *(*T)(b) {
		case -1:
			return reciprocal
		case 0:
			return ones
		case 0.5:
			return root
		case 1:
			return same
		case 2:
			return square
		}
		return nil
	}
}

// powerBy raises n items of size bytes to the power y ≥ 2, block by block, by squares
// and products from the highest bit of y on.
func powerBy(dst, a unsafe.Pointer, y uint64, n, size int, square Unary, multiply Binary) {
	r := rooms.Get().(*room)
	for first := 0; first < n; first += roomBytes / size {
		m := min(roomBytes/size, n-first)
		d, x := unsafe.Add(dst, first*size), unsafe.Add(a, first*size)
		if d == x {
			x = unsafe.Pointer(r)
			copy(items[byte](x, m*size), items[byte](d, m*size))
		}
		from := x
		for bit := bits.Len64(y) - 2; bit >= 0; bit-- {
			square(d, from, m)
			if from = d; y>>bit&1 != 0 {
				multiply(d, d, x, m)
			}
		}
	}
	rooms.Put(r)
}
