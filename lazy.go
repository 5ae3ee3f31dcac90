package nd

import (
	"math"
	"reflect"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/operand"
)

// Lazy is an expression over arrays that is not computed until Eval, and then
// block by block on all cores, without an array for each step:
//
//	d := a.Lazy().Multiply(b).Add(c).Sqrt().Eval() // sqrt(a*b + c) in one pass
//	r := a.Lazy().Subtract(b).Power(2).Sum().Eval()
//
// Shapes, dtypes, broadcasting, Go numbers (NEP 50), the memory order of results
// and every bit of them are those of the methods of Array with the same names:
// the same loops run over the same items, no two roundings become one, and sums
// add in the order of the whole array, whatever the number of threads. Mistakes
// of shape or dtype panic where the expression is built, in the same words;
// what depends on values (an integer to a negative power) panics in Eval, before
// or after some items of Out were written.
//
// A Lazy never changes, so parts may be used in several expressions and from
// several goroutines. An expression that occurs twice in one Eval is computed
// once. Arrays are not copied: Eval reads the items that they hold then. Out may
// overlap them; the result is as if they had been copied. Only a weak operand (Weak)
// is a number, which is read where the expression is built.
//
// Where a part of the expression has fewer items than the whole (a row before it
// meets a matrix, a reduction, text), it is computed first, into an array of its
// own.
type Lazy struct {
	form  lazyForm
	flags lazyFlags
	steps uint8 // operations of a short expression (lazy_run.go)
	wide  uint8 // bytes of its widest item
	weak  dtype.Weak
	op    kernel.Op
	args  [3]*Lazy       // the rest are nil
	array *Array         // lazyLeaf; nil for a number, whose item is at bits
	entry *kernel.Entry  // lazyCall: the loop
	dtype dtype.DType    // of the result
	lay   *layout.Layout // the shape, and the strides that a fresh result has unless its order is known
	more  *lazyMore      // nil: no options
	bits  itemWords
}

// lazyMore are the options of a node, which few have.
type lazyMore struct {
	options []Option // lazyCall
	fold    settings // lazyFold, lazyMean
}

// The nodes that an operation adds are one object: itself, and operands that are arrays
// or numbers.
type (
	lazyPair struct {
		Lazy
		leaf Lazy
	}
	lazyTriple struct {
		Lazy
		leaves [2]Lazy
	}
)

type lazyFlags uint8

const (
	lazyEager   lazyFlags = 1 << iota // no loops over blocks: text, records
	lazyC                             // a result is in C order, and there are items
	lazyOrdered                       // lazyC, or no axis is faster than one behind it
	lazyShort                         // lazy_run.go can compute it
	lazyOne                           // of the second operand the loop reads one item for all
	lazyTurned                        // a matrix in Fortran order, of more than one row and column
)

type lazyForm uint8

const (
	lazyLeaf  lazyForm = iota // an array or a Go number
	lazyCall                  // an operation item by item
	lazyCast                  // AsType
	lazyWhere                 // Where
	lazyFold                  // Sum, Prod, Min, Max, AnyTrue, AllTrue
	lazyMean                  // Mean
)

// LazyOperand is what may stand in a lazy expression.
type LazyOperand interface{ *Lazy | Operand }

// Lazy returns the expression that a is.
func (a *Array) Lazy() *Lazy {
	a.use("Lazy")
	e := new(Lazy)
	e.leaf(a)
	return e
}

// leaf makes e the expression that a is.
func (e *Lazy) leaf(a *Array) {
	if a.weak != dtype.NotWeak {
		e.weakItem(a)
		return
	}
	e.array, e.dtype, e.lay = a, a.dtype, &a.lay
	if !a.dtype.IsNumeric() {
		e.flags = lazyEager
		return
	}
	if e.flags = lazyC | lazyOrdered; len(a.lay.Shape) != 1 || a.flags&CContiguous == 0 || a.lay.Shape[0] < 2 {
		e.flags = lazyOrder(a.dtype, &a.lay)
	}
	if len(a.lay.Shape) == 2 && a.flags&(CContiguous|FContiguous) == FContiguous {
		e.flags = lazyTurned
	}
	if a.dtype.IsNative() && a.buf.Plain() && a.Size() > 0 {
		e.flags |= lazyShort
		e.wide = uint8(a.dtype.ItemSize())
	}
}

// lazyOrder returns lazyC and lazyOrdered as they are true of a layout of items.
func lazyOrder(dt dtype.DType, lay *layout.Layout) lazyFlags {
	f := lazyC | lazyOrdered
	size, last := dt.ItemSize(), 0
	for i := len(lay.Shape) - 1; i >= 0; i-- {
		n, s := lay.Shape[i], lay.Strides[i]
		if n == 0 {
			return 0
		}
		if s != size {
			f = lazyOrdered
		}
		size *= n
		if n > 1 && s != 0 {
			if s <= last {
				return 0
			}
			last = s
		}
	}
	return f
}

// number makes e the expression of a Go number, the low bytes of bits.
func (e *Lazy) number(dt dtype.DType, w dtype.Weak, bits itemWords) {
	e.dtype, e.weak, e.lay = dt, w, &noAxes
	setItem(unsafe.Pointer(&e.bits), bits, dt.ItemSize())
	e.flags = lazyC | lazyOrdered | lazyShort
	e.wide = uint8(dt.ItemSize())
}

// weakItem makes e the number that a, a weak array, holds now: the value decides which
// loop there is, and whether it fits.
func (e *Lazy) weakItem(a *Array) {
	e.number(a.dtype, a.weak, itemWords{})
	x, size := a.copied("Lazy", a.dtype, C), a.ItemSize()
	kernel.Copy(unsafe.Pointer(&e.bits), size, x.ptr(), size, size, 1)
}

// noAxes is the layout of one item.
var noAxes layout.Layout

// LazyOf returns x as an expression: x itself if it is one, an array, or a Go
// number, which is weak (NEP 50).
func LazyOf[T LazyOperand](x T) *Lazy {
	if v, ok := any(x).(*Lazy); ok {
		return v.given()
	}
	e := new(Lazy)
	setLeaf(e, x)
	return e
}

// given returns e, which is an operand.
func (e *Lazy) given() *Lazy {
	if e == nil {
		fail("operand", ErrType, "the operand is a nil expression")
	}
	return e
}

// setLeaf makes e the expression of an array or a Go number.
func setLeaf[T LazyOperand](e *Lazy, x T) {
	switch v := any(x).(type) {
	case *Array:
		v = asArray(v)
		v.use("Lazy")
		e.leaf(v)
	case int:
		e.number(dtype.Int64, dtype.WeakInt, itemWords{first: uint64(v)})
	case float64:
		e.number(dtype.Float64, dtype.WeakFloat, itemWords{first: math.Float64bits(v)})
	default:
		e.number(rareNumber(reflect.ValueOf(x)))
	}
}

// inputs returns the operands.
func (e *Lazy) inputs() []*Lazy {
	n := 0
	for n < len(e.args) && e.args[n] != nil {
		n++
	}
	return e.args[:n]
}

// name returns the operation's name in messages.
func (e *Lazy) name() string {
	switch e.form {
	case lazyLeaf:
		return "eval"
	case lazyCast:
		return "astype"
	case lazyWhere:
		return "where"
	}
	return e.op.String()
}

// options returns those of a call.
func (e *Lazy) options() []Option {
	if e.more == nil {
		return nil
	}
	return e.more.options
}

// layout returns the shape and the strides that a fresh result has.
func (e *Lazy) layout() layout.Layout {
	if e.flags&(lazyC|lazyTurned) == 0 || e.form == lazyLeaf {
		return *e.lay
	}
	if e.flags&lazyTurned != 0 {
		return layout.Layout{Shape: e.lay.Shape, Strides: layout.FStrides(e.lay.Shape, e.dtype.ItemSize())}
	}
	return layout.Layout{Shape: e.lay.Shape, Strides: layout.CStrides(e.lay.Shape, e.dtype.ItemSize())}
}

// Shape returns the shape of the result, in a fresh slice.
func (e *Lazy) Shape() []int { return slices.Clone(e.lay.Shape) }

// NDim returns the number of axes of the result.
func (e *Lazy) NDim() int { return len(e.lay.Shape) }

// Size returns the number of items of the result.
func (e *Lazy) Size() int { return layout.Size(e.lay.Shape) }

// DType returns the dtype of the result without Out.
func (e *Lazy) DType() dtype.DType { return e.dtype }

// Depth returns how many operations lie between the result and the arrays it is
// computed from, at most.
func (e *Lazy) Depth() int {
	known := map[*Lazy]int{}
	var depth func(e *Lazy) int
	depth = func(e *Lazy) int {
		if e.form == lazyLeaf {
			return 0
		}
		d, ok := known[e]
		if !ok {
			for _, x := range e.inputs() {
				d = max(d, depth(x))
			}
			d++
			known[e] = d
		}
		return d
	}
	return depth(e)
}

// operand returns what the engine sees of the result. It has an address only if it
// is an array or a number already.
func (e *Lazy) operand() operand.Operand {
	switch {
	case e.form != lazyLeaf:
		l := e.layout()
		return operand.Operand{DType: e.dtype, Shape: l.Shape, Strides: l.Strides}
	case e.array == nil:
		return operand.Operand{Ptr: unsafe.Pointer(&e.bits), DType: e.dtype, Weak: e.weak}
	}
	return e.array.operand()
}

// header returns a header without a block that has the result's shape and dtype.
func (e *Lazy) header() *Array { return &Array{dtype: e.dtype, lay: e.layout()} }

// source returns the array or the number that e is.
func (e *Lazy) source() *Array {
	if e.array != nil {
		return e.array
	}
	a, size := dense(e.dtype, nil, 1, buffer.Soon), e.dtype.ItemSize()
	kernel.Copy(a.ptr(), size, unsafe.Pointer(&e.bits), size, size, 1)
	a.weak = e.weak
	return a
}
