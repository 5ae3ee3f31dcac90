package nd

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Operands of two dtypes have one result, whether their items lie so that the way is short
// or not: for all operations and pairs of kinds, fresh and into an output of every dtype
// that is an operand's.
func TestQuickMixed(t *testing.T) {
	quick := map[string]int{}
	apart := func(a *Array) *Array {
		b := Zeros(a.DType(), 2*a.Size()).Slice(Step(2))
		b.Assign(a)
		return b
	}
	try := func(name string, short, long func() *Array) {
		t.Helper()
		text, items := ended(short)
		want, wanted := ended(long)
		if text != want || !bytes.Equal(items, wanted) {
			t.Fatalf("%s: %s % x, want %s % x", name, text, items, want, wanted)
		}
	}
	for _, name := range UfuncNames() {
		f, _ := UfuncNamed(name)
		for _, j := range numericDTypes {
			n := 9
			if j == dtype.Int32 {
				n = 1300 // of more than one block
			}
			a := Arange(n).Subtract(4).Remainder(101).AsType(j)
			switch u := f.(type) {
			case Unary:
				try(fmt.Sprint(name, " of ", j), func() *Array { return u.Call(a) }, func() *Array { return u.Call(apart(a), longWay) })
				try(fmt.Sprint(name, " of ", j, " in place"), func() *Array { a := a.Copy(); return u.Call(a, Out(a)) }, func() *Array { a := apart(a); return u.Call(a, Out(a), longWay) })
			case Binary:
				for _, k := range numericDTypes {
					b := Arange(n).Remainder(7).AsType(k)
					what := fmt.Sprint(name, " of ", j, " and ", k)
					try(what, func() *Array { return u.Call(a, b) }, func() *Array { return u.Call(apart(a), apart(b), longWay) })
					try(what+" in place", func() *Array { a := a.Copy(); return u.Call(a, b, Out(a)) }, func() *Array { a := apart(a); return u.Call(a, apart(b), Out(a), longWay) })
					try(what+" in the second's", func() *Array { b := b.Copy(); return u.Call(a, b, Out(b)) }, func() *Array { b := apart(b); return u.Call(apart(a), b, Out(b), longWay) })
					if quickRows2(u.op, a, b, nil)[0] != nil {
						quick[name]++
					}
				}
			}
		}
	}
	for _, name := range []string{"add", "multiply", "divide", "less", "equal", "maximum", "arctan2"} {
		if quick[name] == 0 {
			t.Errorf("%s never goes the short way", name)
		}
	}
}

// An output that begins within an operand, or has other bytes of it, is as if the operand
// had been copied.
func TestQuickMixedOverlap(t *testing.T) {
	for off := range 9 {
		room := Arange(64.0)
		ints := room.View(dtype.Int64)
		want := ints.Slice(R(off, off+40)).Copy().Add(0.5)
		got := ints.Slice(R(off, off+40)).Add(0.5, Out(room.Slice(R(4, 44))))
		if !got.ArrayEqual(want) {
			t.Errorf("off by %d: %v, want %v", off, got, want)
		}
	}
	room := Arange(40.0)
	narrow := room.View(dtype.Int32).Slice(R(0, 40))
	want := narrow.Add(Arange(40.0))
	if got := narrow.Add(Arange(40.0), Out(room)); !got.ArrayEqual(want) {
		t.Errorf("%v, want %v", got, want)
	}
}
