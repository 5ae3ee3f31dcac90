package calc

import (
	"math"
	"math/big"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// printing holds the print options of this calculator; they are not shared with
// other calculators or the Go program.
type printing struct {
	options   nd.PrintOptions
	formatter Value // as the program gave it
}

func (in *Interp) printOptions() *printing {
	if in.printing == nil {
		in.printing = &printing{options: nd.DefaultPrintOptions(), formatter: None}
	}
	return in.printing
}

const printSig = "precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr=None"

// Functions that print arrays and numbers, and set how.
var _ = later(func() {
	npFunc("set_printoptions", printSig, func(in *Interp, a []Value) Value {
		p := in.printOptions()
		p.options = in.changed(p.options, paramNames(printSig), a)
		if a[7] != nil {
			p.formatter = a[7]
		}
		p.options.Formatter = in.formatters(p.formatter)
		return None
	})
	npFunc("get_printoptions", "", func(in *Interp, a []Value) Value { return in.printDict() })
	npFunc("printoptions", "*args, **kwargs", func(in *Interp, a []Value) Value {
		set := numpy.dict["set_printoptions"]
		before := *in.printOptions()
		args, kw := a[0].(*Tuple).items, keywordsOf(a[1].(*Dict))
		return &context{
			enter: func(in *Interp) Value {
				in.call(set, args, kw)
				return in.printDict()
			},
			exit: func(in *Interp) { *in.printOptions() = before },
		}
	})
	npFunc("array2string", "a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', *, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', legacy=None", func(in *Interp, a []Value) Value {
		o := in.changed(in.printOptions().options,
			[]string{"linewidth", "precision", "suppress", "", "", "", "threshold", "edgeitems", "sign", "floatmode"}, a[1:11])
		o.Separator, o.Prefix, o.Suffix = in.Str(a[4]), in.Str(a[5]), in.Str(a[11])
		if given(a[6]) {
			o.Formatter = in.formatters(a[6])
		}
		return Str(nd.Array2String(in.printable(a[0]), o))
	})
	npFunc("array_repr", "arr, max_line_width=None, precision=None, suppress_small=None", func(in *Interp, a []Value) Value {
		o := in.changed(in.printOptions().options, []string{"linewidth", "precision", "suppress"}, a[1:])
		return Str(nd.ArrayRepr(in.printable(a[0]), o))
	})
	npFunc("array_str", "a, max_line_width=None, precision=None, suppress_small=None", func(in *Interp, a []Value) Value {
		o := in.changed(in.printOptions().options, []string{"linewidth", "precision", "suppress"}, a[1:])
		return Str(nd.ArrayStr(in.printable(a[0]), o))
	})
	npFunc("format_float_positional", "x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None", func(in *Interp, a []Value) Value {
		f := in.floatFormat(a[1], a[2], a[4], a[5], a[6], a[8])
		if given(a[7]) {
			f.PadRight = in.toInt(a[7])
		}
		f.Significant = !in.truth(a[3])
		return Str(in.formatNumber(a[0], f, nd.FormatFloatPositional[float64], nd.FormatFloatPositional[float32], nd.FormatFloatPositional[float16.Float16]))
	})
	npFunc("format_float_scientific", "x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None", func(in *Interp, a []Value) Value {
		f := in.floatFormat(a[1], a[2], a[3], a[4], a[5], a[7])
		if given(a[6]) {
			f.ExpDigits = in.toInt(a[6])
		}
		return Str(in.formatNumber(a[0], f, nd.FormatFloatScientific[float64], nd.FormatFloatScientific[float32], nd.FormatFloatScientific[float16.Float16]))
	})
	npFunc("base_repr", "number, base=2, padding=0", func(in *Interp, a []Value) Value {
		base := in.toInt(a[1])
		if base > 36 {
			throw(excValueError, "Bases greater than 36 not handled in base_repr.")
		}
		if base < 2 {
			throw(excValueError, "Bases less than 2 not handled in base_repr.")
		}
		v, _ := in.asIndex(a[0])
		z := bigOf(v)
		s := strings.TrimPrefix(strings.ToUpper(z.Text(base)), "-")
		pad := max(0, in.toInt(a[2]))
		in.charge(pad)
		s = strings.Repeat("0", pad) + s
		if z.Sign() < 0 {
			s = "-" + s
		}
		return Str(s)
	})
	npFunc("binary_repr", "num, width=None", func(in *Interp, a []Value) Value {
		return Str(in.binaryRepr(a[0], a[1]))
	})
})

func (in *Interp) binaryRepr(num, width Value) string {
	v, ok := in.asIndex(num)
	if !ok {
		throw(excTypeError, "'%s' object cannot be interpreted as an integer", num.Type().tpName())
	}
	z := bigOf(v)
	w := 0
	if given(width) {
		w = in.toInt(width)
	}
	binwidth := z.BitLen() // of two's complement, where the number is negative
	if z.Sign() < 0 {
		binwidth = new(big.Int).Not(z).BitLen() + 1
	}
	if given(width) && w < binwidth {
		throw(excValueError, "Insufficient bit width=%d provided for binwidth=%d", w, binwidth)
	}
	if z.Sign() >= 0 {
		s := z.Text(2)
		in.charge(w)
		return strings.Repeat("0", max(0, w-len(s))) + s
	}
	if w == 0 {
		return z.Text(2)
	}
	low := bigOf(in.binary(opAdd, v, in.binary(opLsh, Int(1), Int(w))))
	return low.Text(2)
}

func (in *Interp) printable(v Value) *nd.Array {
	a, ok := arrayOf(v)
	if !ok {
		throw(excAttributeError, "'%s' object has no attribute 'shape'", v.Type().tpName())
	}
	return a
}

// changed returns o with the named arguments that are given.
func (in *Interp) changed(o nd.PrintOptions, names []string, a []Value) nd.PrintOptions {
	for i, name := range names {
		if !given(a[i]) {
			continue
		}
		v := a[i]
		switch name {
		case "precision":
			n, ok := in.asIndex(v)
			if !ok {
				throw(excTypeError, "precision must be an integer")
			}
			o.Precision = in.toIndex(n)
		case "threshold":
			f, ok := in.asFloat(v)
			if _, isText := v.(Str); !ok || isText {
				throw(excTypeError, "threshold must be numeric")
			}
			if math.IsNaN(f) {
				throw(excValueError, "threshold must be non-NAN, try sys.maxsize for untruncated representation")
			}
			o.Threshold = int(min(f, 1<<62))
		case "edgeitems":
			o.EdgeItems = in.toInt(v)
		case "linewidth":
			f := in.toFloat(v)
			o.LineWidth = int(min(f, 1<<40))
		case "suppress":
			o.Suppress = in.truth(v)
		case "nanstr":
			o.NanStr = in.Str(v)
		case "infstr":
			o.InfStr = in.Str(v)
		case "sign":
			s, _ := v.(Str)
			if s != " " && s != "+" && s != "-" {
				throw(excValueError, "sign option must be one of ' ', '+', or '-'")
			}
			o.Sign = s[0]
		case "floatmode":
			s, _ := v.(Str)
			switch s {
			case "fixed", "unique", "maxprec", "maxprec_equal":
			default:
				throw(excValueError, `floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"`)
			}
			o.FloatMode = string(s)
		case "legacy":
			if in.truth(v) {
				throw(excNotImplementedError, "legacy printing is not supported")
			}
		}
	}
	return o
}

func (in *Interp) printDict() Value {
	p := in.printOptions()
	o := p.options
	d := newDict()
	for _, e := range []struct {
		name string
		v    Value
	}{
		{"edgeitems", Int(o.EdgeItems)}, {"threshold", Int(o.Threshold)}, {"floatmode", Str(o.FloatMode)},
		{"precision", Int(o.Precision)}, {"suppress", Bool(o.Suppress)}, {"linewidth", Int(o.LineWidth)},
		{"nanstr", Str(o.NanStr)}, {"infstr", Str(o.InfStr)}, {"sign", Str(o.Sign)}, {"formatter", p.formatter},
		{"legacy", Bool(false)}, {"override_repr", None},
	} {
		d.set(in, Str(e.name), e.v)
	}
	return d
}

// formatters wraps the functions of a dict of formatters.
func (in *Interp) formatters(v Value) map[string]func(any) string {
	d, ok := v.(*Dict)
	if !ok {
		return nil
	}
	m := map[string]func(any) string{}
	for _, e := range d.entries {
		if e.key == nil || !given(e.value) {
			continue
		}
		f := e.value
		m[in.Str(e.key)] = func(item any) string {
			return in.Str(in.call(f, []Value{in.fromItem(item)}, nil))
		}
	}
	return m
}

// fromItem makes the scalar that a formatter receives.
func (in *Interp) fromItem(item any) Value {
	switch x := item.(type) {
	case bool:
		return newScalar(nd.Scalar(x))
	case int8:
		return newScalar(nd.Scalar(x))
	case int16:
		return newScalar(nd.Scalar(x))
	case int32:
		return newScalar(nd.Scalar(x))
	case int64:
		return newScalar(nd.Scalar(x))
	case uint8:
		return newScalar(nd.Scalar(x))
	case uint16:
		return newScalar(nd.Scalar(x))
	case uint32:
		return newScalar(nd.Scalar(x))
	case uint64:
		return newScalar(nd.Scalar(x))
	case float16.Float16:
		return newScalar(nd.Scalar(x))
	case float32:
		return newScalar(nd.Scalar(x))
	case float64:
		return newScalar(nd.Scalar(x))
	case complex64:
		return newScalar(nd.Scalar(x))
	case complex128:
		return newScalar(nd.Scalar(x))
	case string:
		return newScalar(in.toArray(Str(x)))
	case []byte:
		return newScalar(in.toArray(Bytes(x)))
	}
	return None
}

func (in *Interp) floatFormat(precision, unique, trim, sign, padLeft, minDigits Value) nd.FloatFormat {
	f := nd.ShortestFloat()
	f.Unique, f.Sign = in.truth(unique), in.truth(sign)
	if given(precision) {
		f.Precision = in.toInt(precision)
	}
	if given(padLeft) {
		f.PadLeft = in.toInt(padLeft)
	}
	if given(minDigits) {
		f.MinDigits = in.toInt(minDigits)
	}
	s, _ := trim.(Str)
	switch s {
	case "k":
		f.Trim = nd.TrimNone
	case ".":
		f.Trim = nd.TrimZeros
	case "0":
		f.Trim = nd.TrimOne
	case "-":
		f.Trim = nd.TrimPoint
	default:
		throw(excTypeError, "if supplied, trim must be 'k', '.', '0' or '-' found `%100s`", string(s))
	}
	return f
}

func (in *Interp) formatNumber(v Value, f nd.FloatFormat, f64 func(float64, ...nd.FloatFormat) string, f32 func(float32, ...nd.FloatFormat) string, f16 func(float16.Float16, ...nd.FloatFormat) string) string {
	if a, ok := arrayOf(v); ok && a.Size() == 1 {
		a = a.Reshape()
		switch a.DType().Kind() {
		case dtype.KindFloat32:
			return f32(a.Item[float32](), f)
		case dtype.KindFloat16:
			return f16(a.Item[float16.Float16](), f)
		}
	}
	return f64(in.toFloat(v), f)
}

// context is a value for the statement with.
type context struct {
	enter func(in *Interp) Value
	exit  func(in *Interp)
}

var typeContext = newModuleType("contextlib", "_GeneratorContextManager", typeObject)

func (*context) Type() *Type { return typeContext }

var _ = later(func() {
	typeContext.def("__enter__", "self, /", func(in *Interp, a []Value) Value {
		if f := a[0].(*context).enter; f != nil {
			return f(in)
		}
		return a[0]
	})
	typeContext.def("__exit__", "self, *exc", func(in *Interp, a []Value) Value {
		if f := a[0].(*context).exit; f != nil {
			f(in)
		}
		return Bool(false)
	})
})
