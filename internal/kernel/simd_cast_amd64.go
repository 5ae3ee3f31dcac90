package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// castLoop is a generated conversion.
type castLoop struct {
	level    Level
	from, to dtype.Kind
	loop     Unary
	lanes    int // as in vectorLoop
}

// installCasts puts the conversions of a level into the table, and in place of
// Go loops that only move items, moves.
func installCasts(l Level) {
	for i := range castLoops {
		c := &castLoops[i]
		if c.level == l {
			v, from, to := vectorLoop{unary: c.loop, lanes: c.lanes}, itemSizes[c.from], itemSizes[c.to]
			f := v.unaryLoop(twins.casts[c.from][c.to], from, to)
			if l < LevelAVX512 || to < from { // what fills whole vectors of AVX-512 goes past the caches by itself
				f = longCast(f, from, to)
			}
			casts[c.from][c.to] = f
		}
	}
	if l == LevelAVX512 {
		for i := range secondCasts {
			c := &secondCasts[i]
			seconds[c.from][c.to] = c
		}
		// Of integers that wrap, only the width counts.
		seconds[kU64][kU32], seconds[kU64][kI32] = seconds[kI64][kU32], seconds[kI64][kU32]
	}
	for k := kI8; k <= kC128; k++ {
		casts[k][k] = copyLoop(itemSizes[k])
		for _, op := range []Op{Absolute, Positive, Conjugate, Floor, Ceil, Trunc} {
			same := k <= kU64 && (op != Absolute || (k-kI8)%2 == 1) || op == Positive || op == Conjugate && k < kC64
			if e := tables[op].Find(k); e != nil && same {
				e.Unary, e.Streams = copyLoop(itemSizes[k]), false
			}
		}
	}
	for k := kI8; k < kU64; k += 2 { // the sign is a matter of reading
		casts[k][k+1] = copyLoop(itemSizes[k])
		casts[k+1][k] = copyLoop(itemSizes[k])
	}
	// Complex items are pairs of floats.
	casts[kC64][kC128] = pairs(casts[kF32][kF64])
	casts[kC128][kC64] = pairs(casts[kF64][kF32])
}

// longCast is f, past the caches where the result is long.
func longCast(f Unary, from, to int) Unary {
	return func(d, a unsafe.Pointer, n int) {
		if n*to < StreamBytes || d == a {
			f(d, a, n)
			return
		}
		InBlocks(d, to, n, func(d unsafe.Pointer, first, n int) { f(d, unsafe.Add(a, first*from), n) })
	}
}

func copyLoop(size int) Unary {
	return func(d, a unsafe.Pointer, n int) {
		copy(unsafe.Slice((*byte)(d), n*size), unsafe.Slice((*byte)(a), n*size))
	}
}

func pairs(f Unary) Unary { return func(d, a unsafe.Pointer, n int) { f(d, a, 2*n) } }
