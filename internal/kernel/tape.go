package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Tapes carry several operations through one pass over the operands.
//
// Terms. A tape is a list of steps that ends with TapeEnd. Its loop takes a chunk
// of items (256 bytes) through all steps, then the next chunk. The
// accumulator holds a chunk in registers; a step has at most one operand beside
// it, which lies in memory: acc = acc op x, or acc = x op acc, whose numbers
// follow. All items are of one kind. The mask is a second accumulator, of truths:
// comparisons write it, choices read it. Every step does with every item what the
// table's loop of its operation does, so that results agree bit by bit, the
// choice between two NaNs included.
//
// So each operand is read once, in order, and intermediate values that are not
// used twice stay in registers. The hardware's prefetchers see a few straight
// streams, where loops over blocks in turn would start each stream anew in every
// block. (Prefetch instructions 1 to 4 KB ahead doubled the time on Zen 4.)

// TapeOp is the operation of a step. The numbers are those of gen/tape.go.
type TapeOp uint8

// The steps without arithmetic, and the operations. Entries name theirs.
const (
	TapeEnd      TapeOp = iota
	TapeLoad            // acc = x
	TapeStore           // x = acc
	TapeStream          // x = acc, past the caches; x is a multiple of 64
	TapeRoom            // the items go to a small room, where SumTape adds them
	TapeAdd             // acc + x, and x + acc
	_                   //
	TapeSubtract        // acc - x, and x - acc
	_                   //
	TapeMultiply        // acc * x, and x * acc
	_                   //
	TapeDivide          // acc / x, and x / acc
	_                   //
	TapeMaximum         // the greater, a NaN if there is one
	_                   //
	TapeMinimum         // the smaller, a NaN if there is one
	_                   //
	TapeMaximumU        // of unsigned integers
	TapeMinimumU
	TapeAnd // of bits
	TapeOr
	TapeXor
	TapeSquare     // acc * acc, and so the others without operand
	TapeNegative   // -acc
	TapeAbsolute   // |acc|
	TapeSqrt       // the square root
	TapeReciprocal // 1 / acc
	TapeFloor
	TapeCeil
	TapeRint
	TapeTrunc
	TapeInvert
	TapeLoadF32 // acc = x cast, x being float32, and so the next
	TapeLoadF16
	TapeLoadI32
	TapeLoadU32
	TapeLoadI16
	TapeLoadU16
	TapeLoadI8
	TapeLoadU8
	TapeLoadBool // acc = 1 where x is true, else 0, x being bools
	TapeEqual    // mask = acc == x, and so the other comparisons
	TapeNotEqual
	TapeLess
	TapeGreater
	TapeLessEqual
	TapeGreaterEqual
	TapeLessU // of unsigned integers
	TapeGreaterU
	TapeLessEqualU
	TapeGreaterEqualU
	TapeIsnan // mask = isnan(acc), and so the other classes
	TapeIsinf
	TapeIsfinite
	TapeSignbit
	TapeMaskAnd // mask && x, x being a mask in a slot
	TapeMaskOr
	TapeMaskXor
	TapeMaskNot   // !mask
	TapeMaskKeep  // x = mask, x being a slot
	TapeMaskTake  // mask = x, x being a slot
	TapeMaskLoad  // mask = x, x being bools
	TapeMaskStore // x = mask, x being bools
	TapeThen      // acc = x where mask is true
	TapeElse      // acc = x where mask is false
	TapeNumber    // acc = 1 where mask is true, else 0
)

// Reversed is acc = x op acc, or mask = x op acc.
func (o TapeOp) Reversed() TapeOp {
	switch o {
	case TapeMaximumU, TapeMinimumU, TapeAnd, TapeOr, TapeXor, TapeEqual, TapeNotEqual:
		return o
	case TapeLess, TapeLessEqual, TapeLessU, TapeLessEqualU:
		return o + 1
	case TapeGreater, TapeGreaterEqual, TapeGreaterU, TapeGreaterEqualU:
		return o - 1
	}
	return o + 1
}

// Unary reports whether the operation has no operand but the accumulator.
func (o TapeOp) Unary() bool {
	return o >= TapeSquare && o <= TapeInvert || o >= TapeIsnan && o <= TapeSignbit || o == TapeMaskNot
}

// Tests reports whether the operation makes a mask of numbers.
func (o TapeOp) Tests() bool { return o >= TapeEqual && o <= TapeSignbit }

// OfMasks reports whether the operation makes a mask of masks.
func (o TapeOp) OfMasks() bool { return o >= TapeMaskAnd && o <= TapeMaskNot }

// tapeWidens are the steps that load items of one kind.
var tapeWidens = map[dtype.Kind]TapeOp{kBool: TapeLoadBool, kI8: TapeLoadI8, kU8: TapeLoadU8, kI16: TapeLoadI16, kU16: TapeLoadU16,
	kI32: TapeLoadI32, kU32: TapeLoadU32, kF16: TapeLoadF16, kF32: TapeLoadF32}

// TapeWiden is the step that loads items of kind from as items of kind to, TapeEnd if
// there is none: to has more bits, which hold every value.
func TapeWiden(from, to dtype.Kind) TapeOp {
	d := dtype.OfKind
	switch {
	case TapeChunk(to) == 0, itemSizes[from] >= itemSizes[to],
		d(from).IsFloat() && !d(to).IsFloat(): // which is no extension
		return TapeEnd
	}
	return tapeWidens[from]
}

// TapeStep is one step. The operand's address is at At in the table of addresses
// that the loop is given; if Along is 0xff the operand advances with the chunks, if
// it is 0 every chunk meets the same one.
type TapeStep struct {
	Op    TapeOp
	Along uint8
	_     [2]uint8
	At    uint32
}

// tapeLoop runs a tape over items of a kind. code points to its first step, at to
// the table of addresses, which are off bytes before the first chunk's operands.
type tapeLoop struct {
	items int // of a chunk, 0: the machine has no loop
	run   func(code, at, room unsafe.Pointer, off, chunks int)
	sum   func(code, at, room unsafe.Pointer, n int, sum unsafe.Pointer) // nil: none
}

var tapeLoops [dtype.NumKinds]tapeLoop

// TapeChunk returns how many items of kind k a chunk has, 0 if the machine has no
// loop for tapes of them.
func TapeChunk(k dtype.Kind) int { return tapeLoops[k].items }

// TapeChunkBytes is the size of a chunk; gen/tape.go tells why it is small.
const TapeChunkBytes = 256

// RunTape runs the tape over so many chunks of items of kind k. Operands that
// advance must have as many items. After TapeStream, EndStream must follow.
func RunTape(k dtype.Kind, tape []TapeStep, at []unsafe.Pointer, chunks int) {
	if chunks > 0 {
		tapeLoops[k].run(unsafe.Pointer(unsafe.SliceData(tape)), unsafe.Pointer(unsafe.SliceData(at)), nil, 0, chunks)
	}
}

// CanSumTape reports whether the machine has a loop that sums tapes of items of kind k.
func CanSumTape(k dtype.Kind) bool { return tapeLoops[k].sum != nil }

// SumTape writes to sum the pairwise sum of the first n items, at least 8, of what the
// tape, which ends with TapeRoom, computes: as Reduce of Add adds them, but while they
// lie in room, TapeRoomBytes long. Operands that advance must have a chunk more, the
// others that are not stored by the tape hold one number.
func SumTape(k dtype.Kind, tape []TapeStep, at []unsafe.Pointer, room unsafe.Pointer, n int, sum unsafe.Pointer) {
	tapeLoops[k].sum(unsafe.Pointer(unsafe.SliceData(tape)), unsafe.Pointer(unsafe.SliceData(at)), room, n, sum)
}

// TapeRoomBytes is the length of the room of SumTape: eight leaves of a pairwise sum,
// which are added at once, and what a chunk may have beyond them. Longer runs lie
// farther from the processor, and nothing is read from memory while they are added.
const TapeRoomBytes = tapeRoomItems*8 + TapeChunkBytes

const tapeRoomItems = 8 * pairwiseBlock

// registerTapes names the steps that do what entries do.
func registerTapes() {
	common := map[Op]TapeOp{Add: TapeAdd, Subtract: TapeSubtract, Multiply: TapeMultiply, Maximum: TapeMaximum, Minimum: TapeMinimum,
		Square: TapeSquare, Negative: TapeNegative, Equal: TapeEqual, NotEqual: TapeNotEqual,
		Less: TapeLess, LessEqual: TapeLessEqual, Greater: TapeGreater, GreaterEqual: TapeGreaterEqual}
	floats := map[Op]TapeOp{Divide: TapeDivide, Absolute: TapeAbsolute, Fabs: TapeAbsolute, Sqrt: TapeSqrt, Reciprocal: TapeReciprocal,
		Floor: TapeFloor, Ceil: TapeCeil, Rint: TapeRint, Trunc: TapeTrunc,
		Isnan: TapeIsnan, Isinf: TapeIsinf, Isfinite: TapeIsfinite, Signbit: TapeSignbit}
	ints := map[Op]TapeOp{BitwiseAnd: TapeAnd, BitwiseOr: TapeOr, BitwiseXor: TapeXor, Invert: TapeInvert}
	unsigned := map[Op]TapeOp{Maximum: TapeMaximumU, Minimum: TapeMinimumU,
		Less: TapeLessU, LessEqual: TapeLessEqualU, Greater: TapeGreaterU, GreaterEqual: TapeGreaterEqualU}
	bools := map[Op]TapeOp{BitwiseAnd: TapeMaskAnd, LogicalAnd: TapeMaskAnd, BitwiseOr: TapeMaskOr, LogicalOr: TapeMaskOr,
		BitwiseXor: TapeMaskXor, LogicalXor: TapeMaskXor, NotEqual: TapeMaskXor, Invert: TapeMaskNot, LogicalNot: TapeMaskNot}
	name := func(k dtype.Kind, lists ...map[Op]TapeOp) {
		for _, ops := range lists {
			for op, step := range ops {
				in := [3]dtype.Kind{k, k, k}
				tables[op].Find(in[:tables[op].NIn]...).Tape = step
			}
		}
	}
	for _, k := range []dtype.Kind{kF32, kF64} {
		name(k, common, floats)
	}
	for _, k := range []dtype.Kind{kI32, kI64} {
		name(k, common, ints)
	}
	for _, k := range []dtype.Kind{kU32, kU64} {
		name(k, common, ints, unsigned)
	}
	name(kBool, bools)
}
