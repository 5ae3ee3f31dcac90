package nd

import (
	"fmt"
	"io"

	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/printing"
)

// Format writes the array for package fmt.
//
//	%v %s  str, as String writes it; a precision sets the digits after the
//	       point (%.3v), the flags plus and space the sign; a width is not used
//	%#v    repr, as Repr writes it
//
// Every other verb applies to the items, with its flags, width and precision:
// fmt.Printf("%.3f", a) and fmt.Printf("%#x", a) write [0.100 2.500] and
// [0x1 0xff]. Items are padded on the left to a common width. Text is a Go
// string to the verb, a float16 the float32 of its value. An array of no axes
// writes its item alone.
func (a *Array) Format(s fmt.State, verb rune) {
	if a == nil {
		io.WriteString(s, "<nil>")
		return
	}
	o := CurrentPrintOptions()
	switch verb {
	case 'v', 's':
		if p, ok := s.Precision(); ok {
			o.Precision = p
		}
		switch {
		case s.Flag('+'):
			o.Sign = '+'
		case s.Flag(' '):
			o.Sign = ' '
		}
		if verb == 'v' && s.Flag('#') {
			io.WriteString(s, ArrayRepr(a, o))
			return
		}
		io.WriteString(s, ArrayStr(a, o))
	default:
		format := fmt.FormatString(s, verb)
		io.WriteString(s, a.print("format", o, func(v operand.Operand, o *printing.Options) (string, error) {
			return printing.StrVerb(v, o, format)
		}))
	}
}
