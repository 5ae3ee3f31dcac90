package printing

import "github.com/stride-go/nd/internal/nderr"

// Options says how arrays print. The zero value is not useful: start from
// Default.
type Options struct {
	Precision int    // places of floating-point numbers, see FloatMode
	Threshold int    // more items than this print as a summary
	EdgeItems int    // items a summary shows at each end of an axis
	LineWidth int    // characters a line
	Suppress  bool   // no exponent for small numbers or wide ranges
	NanStr    string // nan
	InfStr    string // inf
	Sign      byte   // '-', '+' or ' ': what stands before positive numbers
	FloatMode string // fixed, unique, maxprec, maxprec_equal

	// Formatter writes items of a kind in place of the default. The keys are
	// NumPy's: bool, int, float, complexfloat, numpystr (S and U), void; the
	// groups int_kind, float_kind, complex_kind, str_kind; and all. The value is
	// the item as Go's own type, see goValue.
	Formatter map[string]func(item any) string

	// MaxItems is how many items are printed at most; more are refused. A summary
	// of many axes, or of a broadcast array, can have more corners than memory
	// has bytes.
	MaxItems int

	Separator string // Array2String: between items
	Prefix    string // Array2String: its length indents the lines after the first
	Suffix    string // Array2String: its length shortens the lines
	ClassName string // Repr: the name before the parenthesis, "array" when empty
}

// style is how one array prints: the caller's options, and what this package
// decides for itself.
type style struct {
	Options
	fullFloats bool   // floats print as scalars do
	verb       string // a format of package fmt writes the items; "" for none
}

// Default returns NumPy's defaults.
func Default() Options {
	return Options{Precision: 8, Threshold: 1000, EdgeItems: 3, LineWidth: 75,
		NanStr: "nan", InfStr: "inf", Sign: '-', FloatMode: "maxprec", MaxItems: 1 << 24, Separator: " "}
}

// Check refuses what NumPy refuses, in its words.
func (o *Options) Check() error {
	switch o.FloatMode {
	case "fixed", "unique", "maxprec", "maxprec_equal":
	default:
		return nderr.New("", nderr.ErrValue, `floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"`)
	}
	switch o.Sign {
	case '-', '+', ' ':
	default:
		return nderr.New("", nderr.ErrValue, "sign option must be one of ' ', '+', or '-'")
	}
	if o.Precision < 0 {
		return nderr.New("", nderr.ErrValue, "precision must be >= 0")
	}
	return nil
}

// formatter returns the caller's function for items that NumPy calls name, of
// the group kind ("" when there is none), or nil. The narrower key wins.
func (o *Options) formatter(name, kind string) func(any) string {
	for _, key := range []string{name, kind, "all"} {
		if f := o.Formatter[key]; f != nil {
			return f
		}
	}
	return nil
}
