// Package kernel holds the loops that do the arithmetic: one operation over
// equally long, contiguous, aligned, native runs of items.
//
// Terms. A loop is a function over n items. An entry is a signature (the kinds
// of the inputs and outputs) and its loops. A table is an operation's list of
// entries, in the order of NumPy's ufunc.types, the first that the inputs can
// be cast to safely being the one to take.
//
// Whoever calls a loop (internal/loop) has gathered, cast and swapped the
// operands before; the table is the only dispatch on kinds. Every entry is data
// that an init function may replace, which is how assembly takes the place of
// a Go loop on the machines that have it.
//
// Rounding is the same on every architecture: where a product feeds a sum, an
// explicit conversion keeps the compiler from fusing them, and where a fused
// operation is wanted, math.FMA says so.
package kernel

import (
	"slices"
	"sort"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// The loop types. Every pointer is the first of n contiguous, aligned, native
// items of the entry's kinds. An output may be the same memory as an input of
// the same item size, item for item (dst == a); other overlaps are not allowed.
type (
	// Unary computes dst[i] = op(a[i]).
	Unary func(dst, a unsafe.Pointer, n int)
	// Binary computes dst[i] = op(a[i], b[i]).
	Binary func(dst, a, b unsafe.Pointer, n int)
	// Ternary computes dst[i] = op(a[i], b[i], c[i]): clip.
	Ternary func(dst, a, b, c unsafe.Pointer, n int)
	// Unary2 computes d0[i], d1[i] = op(a[i]): modf, frexp.
	Unary2 func(d0, d1, a unsafe.Pointer, n int)
	// Binary2 computes d0[i], d1[i] = op(a[i], b[i]): divmod.
	Binary2 func(d0, d1, a, b unsafe.Pointer, n int)
	// Reduce folds n aligned native items, stride bytes apart, into *acc:
	// acc = op(acc, a[0], a[1], …), pairwise where NumPy's is. The kind of acc
	// is the entry's output kind, that of the items the entry's input kind.
	Reduce func(acc, a unsafe.Pointer, stride, n int)
	// Rows folds RowsAtOnce rows of n items, stride bytes apart, into a row of n
	// accumulators, one row after another.
	Rows func(acc, a unsafe.Pointer, stride, n int)
	// Accumulate does the steps of a running fold: dst[i] = op(dst[i-1], a[i]) for
	// 0 < i < n, where dst[0] is there already. The strides are in bytes; dst may
	// be a, item for item.
	Accumulate func(dst unsafe.Pointer, dstStride int, a unsafe.Pointer, stride, n int)
	// Check reports why the inputs cannot be taken: an integer raised to a
	// negative integer. It is called before the loop, on the same operands.
	Check func(a, b unsafe.Pointer, n int) error
	// Number returns the entry for the one item at b as the second operand of all items,
	// of which its loop reads no more; nil if there is none for it.
	Number func(b unsafe.Pointer) *Entry
)

// RowsAtOnce is the number of rows that a Rows loop takes.
const RowsAtOnce = 8

// Entry is one signature of an operation with its loops. Exactly one of Unary,
// Binary, Ternary, Unary2 and Binary2 is set, by the table's NIn and NOut.
type Entry struct {
	In         [3]dtype.Kind // the first NIn are set
	Out        [2]dtype.Kind // the first NOut are set
	Unary      Unary
	Binary     Binary
	Ternary    Ternary
	Unary2     Unary2
	Binary2    Binary2
	Reduce     Reduce     // nil: fold with Binary, or the operation has no reduction
	Rows       Rows       // nil: row by row with Binary
	Accumulate Accumulate // nil: step with Binary
	At         At         // nil: item by item with Binary
	Check      Check      // nil: every input is taken
	Number     Number     // nil: the loop does not gain by one second operand of all
	Tape       TapeOp     // the step of a tape that does the same, TapeEnd: none
	Streams    bool       // the loop takes counts with Cold
}

// Apply calls the loop on n items of the operands at, which the results follow.
func (e *Entry) Apply(at *[5]unsafe.Pointer, n int) {
	switch {
	case e.Binary != nil:
		e.Binary(at[2], at[0], at[1], n)
	case e.Unary != nil:
		e.Unary(at[1], at[0], n)
	case e.Ternary != nil:
		e.Ternary(at[3], at[0], at[1], at[2], n)
	case e.Unary2 != nil:
		e.Unary2(at[1], at[2], at[0], n)
	case e.Binary2 != nil:
		e.Binary2(at[2], at[3], at[0], at[1], n)
	}
}

// Identity says what an empty reduction of an operation gives.
type Identity uint8

// The identities. NumPy's add has IdentityZero, multiply IdentityOne, and so on.
const (
	NoIdentity       Identity = iota // an empty reduction is an error
	IdentityZero                     // 0, False
	IdentityOne                      // 1, True
	IdentityMinusOne                 // every bit set; True for bool
	IdentityMinusInf                 // -inf: logaddexp, logaddexp2
)

// Table is all that is known of one operation.
type Table struct {
	Name        string
	NIn, NOut   int
	Identity    Identity
	Reorderable bool    // several axes may be reduced at once, in any order
	Entries     []Entry // in NumPy's .types order
}

var tables [NumOps]Table

// Lookup returns the table of op. The table is shared: it is for reading.
func Lookup(op Op) *Table {
	ready()
	return &tables[op]
}

// Find returns the entry of the table with exactly these input kinds, or nil.
func (t *Table) Find(in ...dtype.Kind) *Entry {
	for i := range t.Entries {
		if e := &t.Entries[i]; slices.Equal(in, e.In[:t.NIn]) {
			return e
		}
	}
	return nil
}

// register adds an entry to an operation. Entries may come in any order: setup
// sorts them.
func register(op Op, nin, nout int, e Entry) {
	t := &tables[op]
	t.NIn, t.NOut = nin, nout
	t.Entries = append(t.Entries, e)
}

// unary registers a loop from kind in to kind out.
func unary(op Op, in, out dtype.Kind, f Unary) {
	register(op, 1, 1, Entry{In: [3]dtype.Kind{in}, Out: [2]dtype.Kind{out}, Unary: f})
}

// binary registers a loop from two items of kind in to one of kind out.
func binary(op Op, in, out dtype.Kind, f Binary) {
	register(op, 2, 1, Entry{In: [3]dtype.Kind{in, in}, Out: [2]dtype.Kind{out}, Binary: f})
}

// ternary registers a loop from three items of kind k to one.
func ternary(op Op, k dtype.Kind, f Ternary) {
	register(op, 3, 1, Entry{In: [3]dtype.Kind{k, k, k}, Out: [2]dtype.Kind{k}, Ternary: f})
}

// unary2 registers a loop from kind in to the kinds out0 and out1.
func unary2(op Op, in, out0, out1 dtype.Kind, f Unary2) {
	register(op, 1, 2, Entry{In: [3]dtype.Kind{in}, Out: [2]dtype.Kind{out0, out1}, Unary2: f})
}

// binary2 registers a loop from two items of kind in to two of kind out.
func binary2(op Op, in, out dtype.Kind, f Binary2) {
	register(op, 2, 2, Entry{In: [3]dtype.Kind{in, in}, Out: [2]dtype.Kind{out, out}, Binary2: f})
}

// reduction gives the entry of op with inputs of kind k a loop that folds.
func reduction(op Op, k dtype.Kind, f Reduce) { tables[op].Find(k, k).Reduce = f }

// rank orders entries as NumPy's lists do: by the highest kind among the
// inputs, and within one kind the loops of mixed kinds (qQ, Qq) last.
func rank(e *Entry) int {
	hi, mixed := e.In[0], 0
	if e.In[1] != dtype.KindInvalid && e.In[1] != e.In[0] {
		hi, mixed = max(e.In[0], e.In[1]), 1
	}
	return int(hi)*1000 + mixed*100 + int(e.In[0])
}

func sortEntries(op Op) {
	e := tables[op].Entries
	sort.SliceStable(e, func(i, j int) bool { return rank(&e[i]) < rank(&e[j]) })
}
