package nd

import (
	"sync/atomic"

	"github.com/stride-go/nd/internal/printing"
)

// PrintOptions says how arrays print. The fields are the keywords of NumPy's
// set_printoptions and array2string. Start from [CurrentPrintOptions] or
// [DefaultPrintOptions]: the zero value is not useful.
type PrintOptions struct {
	// Precision is the number of digits after the point, 8 by default. What it
	// means depends on FloatMode.
	Precision int

	// Threshold is the number of items above which a summary is printed, 1000
	// by default, and EdgeItems how many items the summary shows at each end of
	// an axis, 3 by default.
	Threshold, EdgeItems int

	// LineWidth is the number of characters of a line, 75 by default.
	LineWidth int

	// Suppress prints no exponent for small numbers and wide ranges.
	Suppress bool

	// NanStr and InfStr stand for numbers that are not finite.
	NanStr, InfStr string

	// Sign is '-' for a sign before negative numbers only, '+' for one before
	// all, ' ' for a space in its place.
	Sign byte

	// FloatMode is
	//   - "maxprec", the default: the shortest digits that name the number, at
	//     most Precision after the point;
	//   - "maxprec_equal": as many for all items as the longest needs;
	//   - "fixed": exactly Precision digits after the point;
	//   - "unique": the shortest digits that name the number, however many.
	FloatMode string

	// Formatter writes items of a kind in place of the default. Its keys are
	// bool, int, float, complexfloat, numpystr (S and U) and void; the groups
	// int_kind, float_kind, complex_kind and str_kind; and all. The narrowest
	// key that is there wins. The function receives bool, int8 … uint64,
	// float16.Float16, float32, float64, complex64, complex128, string for U,
	// and a []byte of its own for S and V.
	Formatter map[string]func(item any) string

	// MaxItems is how many items are printed at most, 1<<24 by default; an array
	// that has more to print is refused with ErrTooHard. It is met by a summary
	// of very many axes, or a Threshold above the size of a huge array.
	MaxItems int

	// Separator, Prefix and Suffix are for [Array2String] alone: what stands
	// between the items (a space by default), and two texts whose lengths indent
	// and shorten the lines, but which are not written themselves.
	Separator, Prefix, Suffix string

	// ClassName, when it is not empty, stands for the word before the
	// parenthesis in [ArrayRepr]: array, or memmap for a mapped file.
	ClassName string
}

// DefaultPrintOptions returns NumPy's defaults.
func DefaultPrintOptions() PrintOptions { return PrintOptions(printing.Default()) }

var printOptions atomic.Pointer[PrintOptions]

// CurrentPrintOptions returns the options that [Array.String], [Array.Repr] and
// package fmt use.
func CurrentPrintOptions() PrintOptions {
	if o := printOptions.Load(); o != nil {
		return *o
	}
	return DefaultPrintOptions()
}

// SetPrintOptions sets the options for the whole process and returns a function
// that sets the former ones again:
//
//	o := nd.CurrentPrintOptions()
//	o.Precision = 3
//	defer nd.SetPrintOptions(o)()
//
// To print one array otherwise, without touching what other goroutines print,
// give the options to [ArrayRepr], [ArrayStr] or [Array2String]. It panics with
// ErrValue when an option is out of range.
func SetPrintOptions(o PrintOptions) (restore func()) {
	must("set_printoptions", o.internal().Check())
	former := printOptions.Swap(&o)
	return func() { printOptions.Store(former) }
}

// internal returns the options as the printing package takes them.
func (o PrintOptions) internal() *printing.Options {
	p := printing.Options(o)
	return &p
}

// chosen returns the options a call was given, or the current ones.
func chosen(op string, opts []PrintOptions) PrintOptions {
	return optional(op, "PrintOptions", opts, CurrentPrintOptions())
}
