package kernel

import (
	"math/bits"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Integers divided by a number that is the same for all of them are multiplied by its
// reciprocal (Granlund and Montgomery, Division by invariant integers using
// multiplication, 1994).

// divisor is what loops know of a number to divide by, of magnitude 2 or more. Each
// field fills its 64 bits over and over.
type divisor struct {
	magic uint64 // the reciprocal: 16 bits for bytes, else as wide as an item
	by    uint64 // the number
	turn  uint64 // all bits set if it is negative
	shift uint64 // of the high half of a product; this one stands once
}

// divisionLoop is a generated loop of items divided by the divisor at b.
type divisionLoop struct {
	level Level
	op    Op // FloorDivide or Remainder
	kind  dtype.Kind
	loop  Binary
	lanes int // as in vectorLoop
}

// divisions are the loops of a level; nil: divideInGo.
var divisions struct{ quotient, rest [dtype.KindBytes]Binary }

var divisors = sync.Pool{New: func() any { return new(divisor) }}

// numbersDivide gives the divisions of kind k the entries for one divisor of all.
func numbersDivide[T integer](k dtype.Kind) {
	vq, vr := divisions.quotient[k], divisions.rest[k]
	quotient := func(d, a, b unsafe.Pointer, n int) { divideBy(d, a, *(*T)(b), n, false, vq) }
	rest := func(d, a, b unsafe.Pointer, n int) { divideBy(d, a, *(*T)(b), n, true, vr) }
	both := func(d0, d1, a, b unsafe.Pointer, n int) {
		if d0 == a {
			rest(d1, a, b, n)
			quotient(d0, a, b, n)
			return
		}
		quotient(d0, a, b, n)
		rest(d1, a, b, n)
	}
	streams := level == LevelAVX512
	q, r := numberEntry(FloorDivide, k), numberEntry(Remainder, k)
	q.Binary, q.Streams, r.Binary, r.Streams = quotient, streams, rest, streams
	numberEntry(Divmod, k).Binary2 = both
}

// divideBy writes the quotients of n items by y, rounded down, or what they leave; 0 if
// y is 0.
func divideBy[T integer](dst, a unsafe.Pointer, y T, n int, rest bool, loop Binary) {
	e, m := magnitude(y), n&^Cold
	switch {
	case e == 0 || e == 1 && rest:
		clear(items[T](dst, m))
	case e == 1 && y > 0:
		copy(items[T](dst, m), items[T](a, m))
	case e == 1:
		map1(dst, a, m, func(x T) T { return -x })
	default:
		v := divisors.Get().(*divisor)
		*v = newDivisor(y)
		if loop != nil {
			loop(dst, a, unsafe.Pointer(v), n)
		} else {
			divideInGo[T](dst, a, v, m, rest)
		}
		divisors.Put(v)
	}
}

// newDivisor returns the divisor of magnitude 2 or more. The high half of a magnitude
// times magic, shifted, is the quotient. Where items use all their bits magic needs one
// more, which is left out: see longQuotient.
func newDivisor[T integer](y T) divisor {
	size := 8 * int(unsafe.Sizeof(y))
	wide := max(size, 16)
	e := magnitude(y)
	up := bits.Len64(e - 1) // 2^up is e or the next power of two
	var v divisor
	if long[T]() {
		v.magic, _ = bits.Div64(1<<up-e, 0, e)
		v.magic = v.magic>>(64-wide) + 1
	} else {
		v.magic, _ = bits.Div64(1<<(up-1), 0, e)
		v.magic >>= 64 - wide
		if e&(e-1) != 0 {
			v.magic++
		}
	}
	v.by = uint64(y) << (64 - size) >> (64 - size)
	for ; wide < 64; wide *= 2 {
		v.magic |= v.magic << wide
	}
	for ; size < 64; size *= 2 {
		v.by |= v.by << size
	}
	if y < 0 {
		v.turn = ^uint64(0)
	}
	v.shift = uint64(up - 1)
	return v
}

// long tells whether the items of a type use all the bits that their products have.
func long[T integer]() bool { return ^T(0) > 0 && unsafe.Sizeof(T(0)) > 1 }

// divideInGo divides by a divisor that is a T.
func divideInGo[T integer](dst, a unsafe.Pointer, v *divisor, n int, rest bool) {
	by, turn, wide := T(v.by), T(v.turn), max(8*unsafe.Sizeof(T(0)), 16)
	magic, shift := v.magic>>(64-wide), v.shift
	d, x := items[T](dst, n), items[T](a, n)
	for i, x := range x {
		// The quotient y/e of a negative y, rounded down, is ^(^y/e). Of a negative
		// divisor the sign goes to x: y is -x, and the least of all is its own magnitude.
		y := x ^ turn - turn
		var sign T
		if y&^(x&turn) < 0 {
			sign = ^T(0)
		}
		t := uint64(y^sign) << (64 - 8*unsafe.Sizeof(x)) >> (64 - 8*unsafe.Sizeof(x))
		q, _ := bits.Mul64(t<<(64-wide), magic)
		if long[T]() {
			q += (t - q) >> 1
		}
		if d[i] = T(q>>shift) ^ sign; rest {
			d[i] = x - d[i]*by
		}
	}
}
