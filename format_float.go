package nd

import (
	"reflect"

	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/printing"
)

// Trim says what becomes of the zeros at the end of a fraction.
type Trim = printing.Trim

// The trims of NumPy's format_float_positional.
const (
	TrimNone  = printing.TrimNone  // 'k': keep them, and the point
	TrimZeros = printing.TrimZeros // '.': drop them, keep the point
	TrimOne   = printing.TrimOne   // '0': drop all but one; write one if there is none
	TrimPoint = printing.TrimPoint // '-': drop them and a bare point
)

// FloatFormat lays out one number. Start from [ShortestFloat]; an integer that
// is -1 is not given.
type FloatFormat struct {
	Precision   int  // digits after the point; shorter ones when Unique finds them
	MinDigits   int  // with Unique: at least so many digits, exact beyond the shortest
	Unique      bool // start from the shortest digits that name the number in its width; else from its exact value
	Trim        Trim
	Sign        bool // a plus before numbers that are not negative
	PadLeft     int  // characters before the point, filled with spaces
	PadRight    int  // positional: characters after the point
	ExpDigits   int  // scientific: digits of the exponent, at least 2 when not given
	Significant bool // positional: Precision and MinDigits count from the first digit (NumPy's fractional=False)
}

// ShortestFloat is the format that NumPy uses when it is told nothing: the
// shortest digits that name the number.
func ShortestFloat() FloatFormat { return FloatFormat(printing.Shortest) }

// Float is a Go floating-point number; its width decides which digits name it.
type Float interface {
	~float32 | ~float64 | float16.Float16
}

// FormatFloatPositional writes x without an exponent, as NumPy's function of
// that name: 0.1, 1000000. , 3.1415927. Digits are rounded half to even. It
// panics with ErrValue for a format that contradicts itself.
func FormatFloatPositional[T Float](x T, f ...FloatFormat) string {
	return formatFloat("format_float_positional", x, f, printing.AppendPositional)
}

// FormatFloatScientific writes x with an exponent, as NumPy's function of that
// name: 1.e-01, 3.1415927e+00.
func FormatFloatScientific[T Float](x T, f ...FloatFormat) string {
	return formatFloat("format_float_scientific", x, f, printing.AppendScientific)
}

func formatFloat[T Float](op string, x T, f []FloatFormat, write func([]byte, float64, int, *printing.NumberFormat) []byte) string {
	format := printing.NumberFormat(optional(op, "FloatFormat", f, ShortestFloat()))
	must(op, format.Check())
	v := float64(x)
	if h, ok := any(x).(float16.Float16); ok {
		v = h.Float64()
	}
	return string(write(nil, v, reflect.TypeFor[T]().Bits(), &format))
}
