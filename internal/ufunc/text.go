package ufunc

import (
	"bytes"
	"math/bits"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
)

// resolveText is Resolve where an input is no number: comparison and
// concatenation of strings, and the logical operations, which ask whether there
// is any text.
func (p *Plan) resolveText() error {
	var in [3]dtype.DType
	both := p.NIn == 2
	for i := range p.NIn {
		in[i] = p.Ops[i].DType
		both = both && loop.Textual(in[i])
	}
	switch {
	case p.Op == kernel.LogicalAnd || p.Op == kernel.LogicalOr || p.Op == kernel.LogicalXor:
		for i := range p.NIn {
			if in[i].Kind() == dtype.KindVoid {
				return p.noLoop(&in)
			}
			in[i] = dtype.Bool
		}
		p.setEntry(p.firstSafe(&in))
		return p.checkTextOut()
	case !both:
		if p.Op == kernel.Multiply && (in[0].IsInteger() || in[1].IsInteger()) && (loop.Textual(in[0]) || loop.Textual(in[1])) {
			return p.fail(nderr.ErrType, "The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to multiply strings without specifying 'out'.")
		}
		return p.noLoop(&in)
	case in[0].Kind() != in[1].Kind():
		if p.Op == kernel.Add {
			return p.fail(nderr.ErrCasting, "ufunc 'add' cannot use operands with types %s and %s", bare(in[0]), bare(in[1]))
		}
		return p.noLoop(&in)
	case comparison(p.Op):
		d := longer(in[0], in[1])
		p.own = kernel.Entry{Binary: compareText(p.Op, d)}
		p.LoopIn[0], p.LoopIn[1], p.LoopOut[0] = d, d, dtype.Bool
	case p.Op == kernel.Add:
		d := longer(in[0], in[1])
		unit := d.Kind()
		a, b := withLength(unit, length(in[0])), withLength(unit, length(in[1]))
		out := withLength(unit, length(in[0])+length(in[1]))
		p.own = kernel.Entry{Binary: concatenate(a, b, out)}
		p.LoopIn[0], p.LoopIn[1], p.LoopOut[0] = a, b, out
	default:
		return p.noLoop(&in)
	}
	p.Entry = &p.own
	return p.checkTextOut()
}

func (p *Plan) checkTextOut() error {
	if p.HasOut[0] && !dtype.CanCast(p.LoopOut[0], p.Ops[p.NIn].DType, p.Casting) {
		return p.cannotCastOutput(0)
	}
	return nil
}

// length returns how many bytes or code points items of a string dtype hold.
func length(d dtype.DType) int {
	if d.Kind() == dtype.KindStr {
		return d.ItemSize() / 4
	}
	return d.ItemSize()
}

func withLength(k dtype.Kind, n int) dtype.DType {
	if k == dtype.KindStr {
		return dtype.Str(n)
	}
	return dtype.Bytes(n)
}

// longer is the dtype in which two strings of one kind are compared: as long as
// the longer one, at least 1.
func longer(a, b dtype.DType) dtype.DType {
	return withLength(a.Kind(), max(length(a), length(b), 1))
}

// bare is the dtype's repr without the mark of no byte order.
func bare(d dtype.DType) string { return strings.Replace(d.Repr(), "'|", "'", 1) }

// comparisons holds the loops of compareText for short strings, so that a call makes none.
var comparisons [kernel.NumOps][2][65]atomic.Pointer[kernel.Binary]

// compareText returns the loop that compares items of dtype d, code point by code point;
// trailing NULs do not count because both sides are padded with them.
func compareText(op kernel.Op, d dtype.DType) kernel.Binary {
	n, wide := length(d), 0
	if d.Kind() == dtype.KindStr {
		wide = 1
	}
	if n >= len(comparisons[op][wide]) {
		return newComparison(op, d)
	}
	known := &comparisons[op][wide][n]
	if f := known.Load(); f != nil {
		return *f
	}
	f := newComparison(op, d)
	known.Store(&f)
	return f
}

// sameText compares items by the B with which each begins and the one with which it ends,
// which meet: size is less than two of them. A call for each takes several times as long.
func sameText[B comparable](size int, equal bool) kernel.Binary {
	last := size - int(unsafe.Sizeof(*new(B)))
	return func(dst, a, b unsafe.Pointer, n int) {
		for i, out := 0, unsafe.Slice((*bool)(dst), n); i < n; i++ {
			x, y := unsafe.Add(a, i*size), unsafe.Add(b, i*size)
			out[i] = (*(*B)(x) == *(*B)(y) && *(*B)(unsafe.Add(x, last)) == *(*B)(unsafe.Add(y, last))) == equal
		}
	}
}

// sameWords compares items of 8 bytes and more by 8 bytes up to the first that differ, mostly
// the first of all; the last may overlap the ones before.
func sameWords(size int, equal bool) kernel.Binary {
	type word = [8]byte
	last := size - len(word{})
	return func(dst, a, b unsafe.Pointer, n int) {
		for i, out := 0, unsafe.Slice((*bool)(dst), n); i < n; i++ {
			x, y, at := unsafe.Add(a, i*size), unsafe.Add(b, i*size), 0
			for at < last && *(*word)(unsafe.Add(x, at)) == *(*word)(unsafe.Add(y, at)) {
				at += len(word{})
			}
			out[i] = (at >= last && *(*word)(unsafe.Add(x, last)) == *(*word)(unsafe.Add(y, last))) == equal
		}
	}
}

func newComparison(op kernel.Op, d dtype.DType) kernel.Binary {
	size := d.ItemSize()
	switch {
	case op == kernel.Equal || op == kernel.NotEqual:
		switch equal := op == kernel.Equal; bits.Len(uint(size)) {
		case 1:
			return sameText[[1]byte](size, equal)
		case 2:
			return sameText[[2]byte](size, equal)
		case 3:
			return sameText[[4]byte](size, equal)
		case 4:
			return sameText[[8]byte](size, equal)
		case 5:
			return sameText[[16]byte](size, equal)
		case 6, 7:
			return sameWords(size, equal)
		}
		return func(dst, a, b unsafe.Pointer, n int) {
			for i, out := 0, unsafe.Slice((*bool)(dst), n); i < n; i++ {
				x, y := unsafe.Add(a, i*size), unsafe.Add(b, i*size)
				same := *(*[8]byte)(x) == *(*[8]byte)(y) && bytes.Equal(unsafe.Slice((*byte)(x), size), unsafe.Slice((*byte)(y), size))
				out[i] = same == (op == kernel.Equal)
			}
		}
	case d.Kind() == dtype.KindStr:
		want := [3]bool{op == kernel.Less || op == kernel.LessEqual, op == kernel.LessEqual || op == kernel.GreaterEqual, op == kernel.Greater || op == kernel.GreaterEqual}
		return func(dst, a, b unsafe.Pointer, n int) {
			for i, out := 0, unsafe.Slice((*bool)(dst), n); i < n; i++ {
				x, y, last := unsafe.Add(a, i*size), unsafe.Add(b, i*size), unsafe.Add(a, (i+1)*size-4)
				for x != last && *(*uint32)(x) == *(*uint32)(y) { // up to the first that differ, or the last
					x, y = unsafe.Add(x, 4), unsafe.Add(y, 4)
				}
				order := 1
				if *(*uint32)(x) < *(*uint32)(y) {
					order = 0
				} else if *(*uint32)(x) > *(*uint32)(y) {
					order = 2
				}
				out[i] = want[order]
			}
		}
	}
	return func(dst, a, b unsafe.Pointer, n int) {
		for i, out := 0, unsafe.Slice((*bool)(dst), n); i < n; i++ {
			c := compareBytes(unsafe.Add(a, i*size), unsafe.Add(b, i*size), size)
			switch op {
			case kernel.Less:
				out[i] = c < 0
			case kernel.LessEqual:
				out[i] = c <= 0
			case kernel.Greater:
				out[i] = c > 0
			case kernel.GreaterEqual:
				out[i] = c >= 0
			}
		}
	}
}

// compareBytes orders the size bytes at a and b.
func compareBytes(a, b unsafe.Pointer, size int) int {
	return bytes.Compare(unsafe.Slice((*byte)(a), size), unsafe.Slice((*byte)(b), size))
}

// concatenate joins the text of a and b; trailing NULs of a are dropped first.
func concatenate(a, b, out dtype.DType) kernel.Binary {
	unit := 1
	if out.Kind() == dtype.KindStr {
		unit = 4
	}
	as, bs, size := a.ItemSize(), b.ItemSize(), out.ItemSize()
	return func(dst, x, y unsafe.Pointer, n int) {
		for i := range n {
			d := unsafe.Slice((*byte)(unsafe.Add(dst, i*size)), size)
			s := unsafe.Slice((*byte)(unsafe.Add(x, i*as)), as)
			for len(s) >= unit && allZero(s[len(s)-unit:]) {
				s = s[:len(s)-unit]
			}
			k := copy(d, s)
			k += copy(d[k:], unsafe.Slice((*byte)(unsafe.Add(y, i*bs)), bs))
			clear(d[k:])
		}
	}
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
