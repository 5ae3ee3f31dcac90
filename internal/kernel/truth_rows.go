package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TruthRows folds rows of m items side by side, stride bytes apart, into a bool each,
// step bytes apart, by logical or or by logical and. For short rows, which are many: a
// row costs a call or two, and within them no branch depends on an item.
type TruthRows func(acc unsafe.Pointer, step int, a unsafe.Pointer, stride, m, rows int)

// TruthRowsMost is the length of a row up to which its items are met one by one.
const TruthRowsMost = 48

// TruthRowsOf returns the loop of LogicalOr or LogicalAnd for items of a kind; nil if
// there is none.
func TruthRowsOf(op Op, k dtype.Kind) TruthRows {
	and := op == LogicalAnd
	if !and && op != LogicalOr {
		return nil
	}
	switch k {
	case kBool, kI8, kU8:
		return truthRows[uint8](and, false)
	case kI16, kU16:
		return truthRows[uint16](and, false)
	case kF16:
		return truthRows[uint16](and, true)
	case kI32, kU32:
		return truthRows[uint32](and, false)
	case kF32:
		return truthRows[uint32](and, true)
	case kI64, kU64:
		return truthRows[uint64](and, false)
	case kF64:
		return truthRows[uint64](and, true)
	}
	return nil
}

// truthRows makes a loop over items by their bits; of floats the sign does not count.
func truthRows[B bitsOf](and, float bool) TruthRows {
	counts := ^B(0)
	if float {
		counts >>= 1
	}
	size := int(unsafe.Sizeof(B(0)))
	// decided tells whether the items decide what the result is.
	decided := func(row []B) bool {
		seen := B(0)
		for _, b := range row {
			seen |= b
		}
		return seen&counts != 0
	}
	if and {
		decided = func(row []B) bool {
			zeros := B(0) // its top bit: whether an item was zero
			for _, b := range row {
				b &= counts
				zeros |= ^(b | -b)
			}
			return zeros>>(8*size-1) != 0
		}
	}
	return func(acc unsafe.Pointer, step int, a unsafe.Pointer, stride, m, rows int) {
		for r := range rows {
			row := unsafe.Slice((*B)(unsafe.Add(a, r*stride)), m)
			if few := min(m, truthFew); decided(row[:few]) || few < m && decided(row[few:]) {
				*(*bool)(unsafe.Add(acc, r*step)) = !and
			}
		}
	}
}

// truthFew is how many items are met before those behind them, which often have nothing
// more to say.
const truthFew = 8
