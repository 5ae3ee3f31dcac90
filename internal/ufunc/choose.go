package ufunc

import (
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/operand"
)

// choices are the loops that choose between items of 1, 2, 4, 8 and 16 bytes.
var choices = [...]kernel.Entry{choice(1), choice(2), choice(4), choice(8), choice(16)}

func choice(size int) kernel.Entry {
	return kernel.Entry{Ternary: func(dst, c, x, y unsafe.Pointer, n int) { kernel.Choose(dst, c, x, y, size, n) }}
}

// ChoiceOf returns the loop that takes an item of x where a bool is true and that of y
// elsewhere, for items of a numeric dtype.
func ChoiceOf(d dtype.DType) *kernel.Entry { return &choices[bits.TrailingZeros(uint(d.ItemSize()))] }

// Choose writes the items of x where cond is true, and those of y elsewhere, into
// out, whose shape the three broadcast to. out is fresh memory of a numeric
// native dtype; x and y are cast to it, and numbers of the program wrap around there.
func Choose(out, cond, x, y operand.Operand) error {
	p := Borrow(kernel.Clip) // which has as many operands, and as cheap a loop
	defer p.Return()
	p.Ops[0], p.Ops[1], p.Ops[2] = cond, x, y
	p.SetOut(0, out)
	p.LoopIn = [3]dtype.DType{dtype.Bool, out.DType, out.DType}
	p.LoopOut[0] = out.DType
	p.Entry = ChoiceOf(out.DType)
	p.Shape = out.Shape
	return p.Run()
}
