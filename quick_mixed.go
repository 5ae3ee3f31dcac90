package nd

import (
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way of dense operands that are not of the loop's dtypes: i/j, i+a, i4+1.5,
// sqrt(i). It is what quick_rows.go does, without a look at strides.

// quickMixed is quick2 for dense native arrays of one shape, quick1 where b is nil; nil if
// the way is longer.
func quickMixed(op kernel.Op, a, b, out *Array) *Array {
	last := a
	if b != nil {
		last = b
	}
	c := rowCalls.Get().(*rowCall)
	r := c.mixed(ufunc.MixedOf(op, a.dtype.Kind(), last.dtype.Kind()), op, a, b, out, [2]unsafe.Pointer{a.ptr(), last.ptr()}, -1)
	rowCalls.Put(c)
	return r
}

// quickMixedNumber is quickNumber for a dense native array and a number that the loop does
// not take as the array's dtype; nil if the way is longer.
func quickMixedNumber[T Operand](op kernel.Op, a *Array, x T, before bool, out *Array) *Array {
	i, k := 1, a.dtype.Kind()
	if before {
		i = 0
	}
	word, of, ok := strongNumber(op, x, before, k)
	if !ok {
		return nil
	}
	c := rowCalls.Get().(*rowCall)
	c.number(i, word, of)
	m, at := ufunc.MixedOf(op, k, of), [2]unsafe.Pointer{a.ptr(), c.sides[i].p}
	if before {
		m, at = ufunc.MixedOf(op, of, k), [2]unsafe.Pointer{c.sides[i].p, a.ptr()}
	}
	var r *Array
	if !c.sides[i].rounded(m, i) {
		r = c.mixed(m, op, a, nil, out, at, i)
	}
	rowCalls.Put(c)
	return r
}

// mixed calls the loop on the items at the two places, those of a and b or the number.
func (c *rowCall) mixed(m *ufunc.Mixed, op kernel.Op, a, b, out *Array, at [2]unsafe.Pointer, number int) *Array {
	if m == nil || m.NOut != 1 || m.NIn > 2 || m.Entry.Check != nil {
		return nil
	}
	widest := max(m.Out.ItemSize(), m.Size[0], m.Size[1], a.dtype.ItemSize())
	if b != nil {
		widest = max(widest, b.dtype.ItemSize())
	}
	r, n := quickOut(&m.Loop, a, b, out, widest)
	if r == nil {
		return nil
	}
	c.runMixed(m, r.ptr(), a, b, at, n, number, staysCold(&m.Loop, r, out))
	if out != nil {
		out.buf.UnsafeUnpin()
	}
	a.doneOp(op)
	if b != nil {
		b.doneOp(op)
	}
	return r
}

// runMixed computes n items at dst block by block. cold tells the loop to bring them past
// the caches.
func (c *rowCall) runMixed(m *ufunc.Mixed, dst unsafe.Pointer, a, b *Array, at [2]unsafe.Pointer, n, number int, cold bool) {
	e, out := m.Entry, m.Outs[0].ItemSize()
	most := min(n, rowBlock>>bits.TrailingZeros(uint(max(m.Size[0], m.Size[1], out))))
	step, cast := [2]int{a.dtype.ItemSize(), a.dtype.ItemSize()}, [2]kernel.Unary{m.Cast[0], m.Cast[1]}
	if b != nil {
		step[1] = b.dtype.ItemSize()
	}
	if number >= 0 {
		p := at[number]
		if cast[number] != nil {
			cast[number](p, p, 1)
		}
		step[number], cast[number] = 0, nil
		var short *kernel.Entry
		if number == 1 && e.Number != nil {
			short = e.Number(p)
		}
		if short != nil {
			e = short
		} else {
			at[number] = unsafe.Pointer(&c.blocks[number][0])
			kernel.Fill(at[number], p, m.Size[number], most)
		}
	}
	for first := 0; first < n; first += most {
		k := min(most, n-first)
		x := [2]unsafe.Pointer{unsafe.Add(at[0], first*step[0]), unsafe.Add(at[1], first*step[1])}
		for i, f := range cast {
			if f != nil {
				block := unsafe.Pointer(&c.blocks[i][0])
				f(block, x[i], k)
				x[i] = block
			}
		}
		d, count := unsafe.Add(dst, first*out), kernel.ColdCount(cold && e.Streams, k)
		if e.Unary != nil {
			e.Unary(d, x[0], count)
		} else {
			e.Binary(d, x[0], x[1], count)
		}
	}
}
