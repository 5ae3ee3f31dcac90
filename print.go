package nd

import (
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/printing"
)

// String returns NumPy's str of the array, [1. 2.], by the current print
// options. An array of no axes prints as its item does by itself, with all
// digits. A large array prints as a summary, for which nothing but the items
// shown is read.
func (a *Array) String() string { return ArrayStr(a) }

// Repr returns NumPy's repr of the array, array([1., 2.]), by the current print
// options. It names the dtype unless the items tell it (int64, float64,
// complex128, bool), and the shape of a summary or of an empty array. A mapped
// file and its views print as memmap(…).
func (a *Array) Repr() string { return ArrayRepr(a) }

// ArrayStr is [Array.String] by the given options.
func ArrayStr(a *Array, opts ...PrintOptions) string {
	return a.print("array_str", chosen("array_str", opts), printing.Str)
}

// ArrayRepr is [Array.Repr] by the given options.
func ArrayRepr(a *Array, opts ...PrintOptions) string {
	o := chosen("array_repr", opts)
	if o.ClassName == "" && a.class == classMemmap {
		o.ClassName = "memmap"
	}
	return a.print("array_repr", o, printing.Repr)
}

// Array2String returns the items of the array between brackets, with the
// separator, prefix and suffix of the given options. A 0-d array prints as an
// item of an array does, with no brackets.
func Array2String(a *Array, opts ...PrintOptions) string {
	return a.print("array2string", chosen("array2string", opts), printing.Array2String)
}

// ScalarStr returns NumPy's str of the item of a 0-d array as a scalar of its
// dtype: 1.5, True, x, b'x', (1, 2.5). The print options apply inside records
// only, where floats keep all their digits; those of the process if none are given.
func (a *Array) ScalarStr(opts ...PrintOptions) string {
	a.scalarOnly("str")
	return a.print("str", chosen("str", opts), printing.ScalarStr)
}

// ScalarRepr returns NumPy's repr of the item of a 0-d array as a scalar of its
// dtype: np.float64(1.5), np.True_, np.str_('x'), np.void((1, 2.5), dtype=[…]).
func (a *Array) ScalarRepr(opts ...PrintOptions) string {
	a.scalarOnly("repr")
	return a.print("repr", chosen("repr", opts), printing.ScalarRepr)
}

// scalarOnly panics if a has axes.
func (a *Array) scalarOnly(op string) {
	if a.NDim() != 0 {
		fail(op, ErrShape, "a scalar has no axes, the array has shape %s", shapeText(a.lay.Shape))
	}
}

// print writes a with one of the printing package's functions.
func (a *Array) print(op string, o PrintOptions, write func(operand.Operand, *printing.Options) (string, error)) (text string) {
	a.use(op)
	work(op, nil, func() (err error) {
		text, err = write(a.operand(), o.internal())
		return err
	}, a)
	return text
}
