package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// At computes item = op(item, b[i]) for the item at the i-th of some byte offsets from
// target, one after another, where b is dense: a histogram, or sums and peaks of groups,
// for which a call of Binary for each item takes most of the time.
type At func(target unsafe.Pointer, places []int, b unsafe.Pointer)

func registerAt() {
	atInt[int8](kI8)
	atInt[uint8](kU8)
	atInt[int16](kI16)
	atInt[uint16](kU16)
	atInt[int32](kI32)
	atInt[uint32](kU32)
	atInt[int64](kI64)
	atInt[uint64](kU64)
	atFloat[float32](kF32)
	atFloat[float64](kF64)
}

func atItems[T any](target unsafe.Pointer, places []int, b unsafe.Pointer, f func(x, y T) T) {
	for i, y := range items[T](b, len(places)) {
		x := (*T)(unsafe.Add(target, places[i]))
		*x = f(*x, y)
	}
}

func atNumber[T integer | float](k dtype.Kind) {
	at := func(op Op, f At) { tables[op].Find(k, k).At = f }
	at(Add, func(t unsafe.Pointer, p []int, b unsafe.Pointer) { atItems(t, p, b, func(x, y T) T { return x + y }) })
	at(Subtract, func(t unsafe.Pointer, p []int, b unsafe.Pointer) { atItems(t, p, b, func(x, y T) T { return x - y }) })
	at(Multiply, func(t unsafe.Pointer, p []int, b unsafe.Pointer) { atItems(t, p, b, func(x, y T) T { return x * y }) })
}

func atInt[T integer](k dtype.Kind) {
	atNumber[T](k)
	tables[Maximum].Find(k, k).At = func(t unsafe.Pointer, p []int, b unsafe.Pointer) {
		atItems(t, p, b, func(x, y T) T { return max(x, y) })
	}
	tables[Minimum].Find(k, k).At = func(t unsafe.Pointer, p []int, b unsafe.Pointer) {
		atItems(t, p, b, func(x, y T) T { return min(x, y) })
	}
}

func atFloat[T float](k dtype.Kind) {
	atNumber[T](k)
	tables[Maximum].Find(k, k).At = func(t unsafe.Pointer, p []int, b unsafe.Pointer) { atItems(t, p, b, maximum[T]) }
	tables[Minimum].Find(k, k).At = func(t unsafe.Pointer, p []int, b unsafe.Pointer) { atItems(t, p, b, minimum[T]) }
}
