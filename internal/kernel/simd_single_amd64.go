package kernel

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Most operations on float16 have no vector loops of their own: their items go through those
// of float32, piece by piece, and are rounded once more.

// singlePiece is how many items that is at once.
const singlePiece = 512

type singles [3][singlePiece]float32

var singlesPool = sync.Pool{New: func() any { return new(singles) }}

// installSingles gives the entries of float16 without a loop of a level up to l that of
// float32.
func installSingles(l Level) {
	type which struct {
		op     Op
		second dtype.Kind
	}
	own := map[which]bool{}
	for _, op := range []Op{Copysign, Nextafter, Spacing} {
		own[which{op: op}] = true // of the pattern, which is another there
	}
	for _, v := range halfLoops {
		own[which{op: v.op}] = own[which{op: v.op}] || v.level <= l
	}
	for _, loops := range families {
		for i := range loops {
			v := &loops[i]
			if w := (which{v.op, v.second}); v.kind == kF32 && v.level <= l && !own[w] {
				own[w] = v.installSingle()
			}
		}
	}
}

// installSingle makes the loop for float32 serve float16, and tells whether it has but one
// result.
func (v *vectorLoop) installSingle() bool {
	var in [3]dtype.Kind
	nin := tables[v.op].NIn
	for i := range nin {
		in[i] = kF16
	}
	if v.second != 0 { // an exponent, which stays as it is
		in[1] = v.second
	}
	e, wide := tables[v.op].Find(in[:nin]...), v.entry()
	if e == nil || tables[v.op].NOut > 1 {
		return false
	}
	// A few items are left to the Go loop where that cannot be told from the result.
	least := 8
	if v.inexact {
		least = 0
	}
	widen, narrow, rest := casts[kF16][kF32], casts[kF32][kF16], *e
	swap := v.op == Maximum || v.op == Minimum // of two equal zeros float32 has the second
	through := func(d unsafe.Pointer, a [3]unsafe.Pointer, n int) {
		b := singlesPool.Get().(*singles)
		for i := 0; i < n; i += singlePiece {
			m := min(singlePiece, n-i)
			var x [3]unsafe.Pointer
			for j := range nin {
				if in[j] != kF16 {
					x[j] = unsafe.Add(a[j], itemSizes[in[j]]*i)
					continue
				}
				x[j] = unsafe.Pointer(&b[j])
				widen(x[j], unsafe.Add(a[j], 2*i), m)
			}
			to := x[0]
			if e.Out[0] == kBool {
				to = unsafe.Add(d, i)
			}
			switch {
			case wide.Unary != nil:
				wide.Unary(to, x[0], m)
			case wide.Ternary != nil:
				wide.Ternary(to, x[0], x[1], x[2], m)
			case swap:
				wide.Binary(to, x[1], x[0], m)
			default:
				wide.Binary(to, x[0], x[1], m)
			}
			if e.Out[0] != kBool {
				narrow(unsafe.Add(d, 2*i), to, m)
			}
		}
		singlesPool.Put(b)
	}
	switch {
	case e.Unary != nil:
		e.Unary = func(d, a unsafe.Pointer, n int) {
			if n < least {
				rest.Unary(d, a, n)
				return
			}
			through(d, [3]unsafe.Pointer{a}, n)
		}
	case e.Binary != nil:
		e.Binary = func(d, a, b unsafe.Pointer, n int) {
			if n < least {
				rest.Binary(d, a, b, n)
				return
			}
			through(d, [3]unsafe.Pointer{a, b}, n)
		}
	default:
		e.Ternary = func(d, a, b, c unsafe.Pointer, n int) {
			if n < least {
				rest.Ternary(d, a, b, c, n)
				return
			}
			through(d, [3]unsafe.Pointer{a, b, c}, n)
		}
	}
	return true
}
