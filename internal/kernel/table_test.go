package kernel

import (
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// letters are NumPy's type codes, by kind.
var letters = map[dtype.Kind]string{kBool: "?", kI8: "b", kU8: "B", kI16: "h", kU16: "H", kI32: "i", kU32: "I",
	kI64: "l", kU64: "L", kF16: "e", kF32: "f", kF64: "d", kC64: "F", kC128: "D"}

// signature returns an entry's signature as NumPy's ufunc.types writes it.
func signature(t *Table, e *Entry) string {
	var b strings.Builder
	for _, k := range e.In[:t.NIn] {
		b.WriteString(letters[k])
	}
	b.WriteString("->")
	for _, k := range e.Out[:t.NOut] {
		b.WriteString(letters[k])
	}
	return b.String()
}

func TestEveryTableIsFilled(t *testing.T) {
	for op := Op(0); op < NumOps; op++ {
		tab := Lookup(op)
		if tab.Name == "" || len(tab.Entries) == 0 {
			t.Errorf("%v: no entries", op)
		}
		for i := range tab.Entries {
			e := &tab.Entries[i]
			n := 0
			for _, set := range []bool{e.Unary != nil, e.Binary != nil, e.Ternary != nil, e.Unary2 != nil, e.Binary2 != nil} {
				if set {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%v %s has %d loops", op, signature(tab, e), n)
			}
		}
	}
}
