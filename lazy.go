package nd

import (
	"reflect"
	"slices"

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
// overlap them; the result is as if they had been copied.
//
// Where a part of the expression has fewer items than the whole (a row before it
// meets a matrix, a reduction, text), it is computed first, into an array of its
// own.
type Lazy struct {
	form    lazyForm
	op      kernel.Op
	name    string
	args    []*Lazy
	room    [3]*Lazy       // for args
	array   *Array         // lazyLeaf
	entry   *kernel.Entry  // lazyCall: the loop
	in      [3]dtype.DType // lazyCall: what the loop takes
	eager   bool           // no loops over blocks: text, records
	options []Option       // lazyCall
	fold    *settings      // lazyFold, lazyMean
	dtype   dtype.DType    // of the result
	lay     layout.Layout  // the shape, and the strides that a fresh result has
}

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
	return &Lazy{array: a, dtype: a.dtype, eager: !a.dtype.IsNumeric(), lay: a.lay}
}

// LazyOf returns x as an expression: x itself if it is one, an array, or a Go
// number, which is weak (NEP 50).
func LazyOf[T LazyOperand](x T) *Lazy {
	switch v := any(x).(type) {
	case *Lazy:
		if v == nil {
			fail("operand", ErrType, "the operand is a nil expression")
		}
		return v
	case *Array:
		return asArray(v).Lazy()
	case int:
		return asArray(v).Lazy()
	case float64:
		return asArray(v).Lazy()
	case bool:
		return asArray(v).Lazy()
	case complex128:
		return asArray(v).Lazy()
	}
	switch v := reflect.ValueOf(x); {
	case v.Kind() == reflect.Bool:
		return asArray(v.Bool()).Lazy()
	case v.CanInt():
		return asArray(v.Int()).Lazy()
	case v.CanUint():
		return asArray(v.Uint()).Lazy()
	case v.CanFloat():
		return asArray(v.Float()).Lazy()
	default:
		return asArray(v.Complex()).Lazy()
	}
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
			for _, x := range e.args {
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
// is an array already.
func (e *Lazy) operand() operand.Operand {
	if e.form == lazyLeaf {
		return e.array.operand()
	}
	return operand.Operand{DType: e.dtype, Shape: e.lay.Shape, Strides: e.lay.Strides}
}

// header returns a header without a block that has the result's shape and dtype.
func (e *Lazy) header() *Array { return &Array{dtype: e.dtype, lay: e.lay} }
