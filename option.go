package nd

import (
	"strings"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Option is a keyword argument, such as Out, Where, Axis or KeepDims. Each call names
// the options that it takes; another one panics with an *Error that wraps ErrType, as
// Python does for an unexpected keyword. Of an option given twice the last one counts.
//
// It has four words, as many as the compiler keeps in registers.
type Option struct {
	kind optKind
	num  float64
	arr  *Array
	more unsafe.Pointer // an *optMore or nil; of Out with several arrays, whose number is num, the second *Array
}

// optMore is what few options say; what they do not say is zero.
type optMore struct {
	ints []int
	text []string
	dt   dtype.DType
}

func (k optKind) with(m *optMore) Option { return Option{kind: k, more: unsafe.Pointer(m)} }

// said returns what an option that is not Out says beyond its number and its array.
func (o *Option) said() *optMore {
	if o.more == nil {
		return &nothingMore
	}
	return (*optMore)(o.more)
}

var nothingMore optMore

type optKind uint64

const (
	optOut optKind = 1 << iota
	optWhere
	optAxis
	optKeepDims
	optCasting
	optDType
	optInitial
	optDDof
	optOrder
	optCopy
	optEndpoint
	optMode
	optFields
	optStable
	optSide
	optSorter
	optReturn
	optEqualNaN
	optInvert
	optBins
	optRange
	optWeights
	optDensity
	optMethod
	optPrepend
	optAppend
	optRowVar
	optSpacing
	optBelow
	optAbove
	optPeriod
	optMinLength
	optRight
	optIncludeInitial
	optEdgeOrder
	optBase
	optNaN
	optPosInf
	optNegInf
)

// keyword returns the option's name in NumPy.
func (k optKind) keyword() string {
	switch k {
	case optOut:
		return "out"
	case optWhere:
		return "where"
	case optAxis:
		return "axis"
	case optKeepDims:
		return "keepdims"
	case optCasting:
		return "casting"
	case optDType:
		return "dtype"
	case optInitial:
		return "initial"
	case optDDof:
		return "ddof"
	case optOrder:
		return "order"
	case optEndpoint:
		return "endpoint"
	case optMode:
		return "mode"
	case optCopy:
		return "copy"
	}
	return rareKeywords[k]
}

// Out names the array that takes the result, or the arrays for an operation
// with several results. The operation returns it. It must have the shape of the
// result and a dtype to which the result may be cast (same_kind by default). Of several
// results one may be nil, for a fresh array; two that share memory are ErrValue.
func Out(out ...*Array) Option {
	if len(out) == 1 {
		return Option{kind: optOut, arr: out[0]}
	}
	return severalOuts(out)
}

func severalOuts(out []*Array) Option {
	o := Option{kind: optOut, num: float64(len(out))}
	if len(out) > 0 {
		o.arr, o.more = out[0], unsafe.Pointer(out[1])
	}
	return o
}

// outs returns the first arrays of Out, and how many it has.
func (o *Option) outs() ([2]*Array, int) {
	n := int(o.num)
	if n == 0 && o.arr != nil {
		n = 1
	}
	return [2]*Array{o.arr, (*Array)(o.more)}, n
}

// Where computes only where mask, a bool array broadcast to the operands, is
// true. The other items of Out keep their values; without Out they are zero
// bytes (NumPy leaves them uninitialised). In a reduction the other items are
// left out.
func Where(mask *Array) Option { return Option{kind: optWhere, arr: mask} }

// Axis names the axes of a reduction; without it all axes are reduced. Negative
// axes count from the last. Axis() with no axes reduces nothing. Calls that work
// along one axis (Sort, Take, Stack, Diff and their like) panic with ErrType for none
// or several.
func Axis(axes ...int) Option {
	if len(axes) == 1 && -len(eachAxis)/2 <= axes[0] && axes[0] < len(eachAxis)/2 {
		return optAxis.with(&eachAxis[axes[0]+len(eachAxis)/2])
	}
	return optAxis.with(&optMore{ints: append([]int{}, axes...)}) // a copy, so that axes stays on the caller's stack
}

// eachAxis are the single axes there can be, from -64 on, so that to name one costs no
// memory.
var eachAxis = func() (all [128]optMore) {
	axes := make([]int, len(all))
	for i := range all {
		axes[i] = i - len(all)/2
		all[i].ints = axes[i : i+1 : i+1]
	}
	return all
}()

// AllAxes is NumPy's axis=None: every axis is reduced, or the items are taken in C
// order as if they had one axis, as Take does. It is needed only where the default is
// another, as in Add.Reduce and ArgSort. Calls to which it means nothing (Diff, Stack,
// Array.Sort) panic with ErrType.
func AllAxes() Option { return Option{kind: optAxis} }

// KeepDims leaves the reduced axes in the result with length 1.
func KeepDims() Option { return Option{kind: optKeepDims} }

// Casting sets how far operands and results may be cast; the default of most
// operations is dtype.SameKind.
func Casting(c dtype.Casting) Option { return Option{kind: optCasting, num: float64(c)} }

// DType sets the dtype in which the operation computes and returns.
func DType(dt dtype.DType) Option {
	if m := &eachKind[dt.Kind()]; m.dt == dt {
		return optDType.with(m)
	}
	return optDType.with(&optMore{dt: dt})
}

// eachKind are the native dtypes, so that to name one costs no memory.
var eachKind = func() (all [dtype.NumKinds]optMore) {
	for k := range all {
		all[k].dt = dtype.OfKind(dtype.Kind(k))
	}
	return all
}()

// Initial starts a reduction with x, which is also the result for no items.
func Initial[T Operand](x T) Option { return Option{kind: optInitial, arr: asArray(x)} }

// DDof sets the delta degrees of freedom of Var and Std: the divisor is the
// number of items minus n.
func DDof(n float64) Option { return Option{kind: optDDof, num: n} }

// OrderIs sets the memory order of a fresh result.
func OrderIs(o Order) Option { return Option{kind: optOrder, num: float64(o)} }

// CopyIs tells AsType whether to copy when the dtype is the array's already:
// CopyIs(false) returns the array itself then. NanToNum works in place under it.
func CopyIs(always bool) Option {
	o := Option{kind: optCopy}
	if always {
		o.num = 1
	}
	return o
}

// Endpoint tells Linspace, Logspace and Geomspace whether stop is the last item; it
// is by default.
func Endpoint(included bool) Option {
	o := Option{kind: optEndpoint}
	if included {
		o.num = 1
	}
	return o
}

// Order is a memory order.
type Order byte

// The memory orders. Any other letter, NumPy's small ones too, panics with ErrValue.
const (
	C Order = 'C' // last axis fastest
	F Order = 'F' // first axis fastest
	A Order = 'A' // F if the array is Fortran- and not C-contiguous, else C
	K Order = 'K' // as near to the array's own order as can be
)

// array is the option's array, which must not be nil.
func (o *Option) array(op string) *Array {
	if o.arr == nil {
		fail(op, ErrType, "%s() got a nil array as '%s'", op, o.kind.keyword())
	}
	return o.arr
}

// optional returns the last argument of a call that may be left out: x's item, or
// otherwise without one. what is its name.
func optional[T any](op, what string, x []T, otherwise T) T {
	if len(x) > 1 {
		fail(op, ErrType, "%s() takes one %s, not %d", op, what, len(x))
	}
	if len(x) == 1 {
		return x[0]
	}
	return otherwise
}

// of returns the order if its letter is allowed, and panics for another, such as NumPy's 'f'.
func (o Order) of(op, allowed string) Order {
	if strings.IndexByte(allowed, byte(o)) < 0 {
		fail(op, ErrValue, "order must be one of %s (got %q)", allowed, o)
	}
	return o
}

// settings are the options of one call, gathered.
type settings struct {
	op       string // the call they were given to
	given    optKind
	out      *Array
	outs     [2]*Array // the first of those given
	numOuts  int
	where    *Array
	axes     []int
	keepDims bool
	casting  dtype.Casting
	dtype    dtype.DType
	initial  *Array
	ddof     float64
	order    Order
	copy     bool
	endpoint bool
	mode     IndexMode
	rare     []Option // the options without a field of their own
}

// opOr is the name of the call, that of its operation if nobody called it by another.
func (s *settings) opOr(name string) string {
	if s.op != "" {
		return s.op
	}
	return name
}

func (s *settings) has(k optKind) bool { return s.given&k != 0 }

// rareKeywords are NumPy's names of the options of few operations.
var rareKeywords = map[optKind]string{
	optFields: "order", optStable: "stable", optSide: "side", optSorter: "sorter",
	optReturn: "return_index", optEqualNaN: "equal_nan", optInvert: "invert",
	optBins: "bins", optRange: "range", optWeights: "weights", optDensity: "density",
	optMethod: "method", optPrepend: "prepend", optAppend: "append", optRowVar: "rowvar",
	optSpacing: "spacing", optBelow: "left", optAbove: "right", optPeriod: "period", optMinLength: "minlength",
	optRight: "right", optIncludeInitial: "include_initial", optEdgeOrder: "edge_order", optBase: "base",
	optNaN: "nan", optPosInf: "posinf", optNegInf: "neginf",
}

// rarely returns the last option of a kind that has no field of its own, nil if
// it is not given.
func (s *settings) rarely(k optKind) *Option {
	for i := len(s.rare) - 1; i >= 0; i-- {
		if s.rare[i].kind == k {
			return &s.rare[i]
		}
	}
	return nil
}

// gather collects opts for the operation op, which knows the allowed ones.
func gather(op string, allowed optKind, opts []Option) (s settings) {
	s.casting, s.order, s.copy = dtype.SameKind, K, true
	s.op, s.endpoint = op, true
	for i := range opts {
		o := &opts[i]
		if o.kind&allowed == 0 {
			fail(op, ErrType, "%s() got an unexpected keyword argument '%s'", op, o.kind.keyword())
		}
		s.given |= o.kind
		switch o.kind {
		case optOut:
			s.out = nil
			if s.outs, s.numOuts = o.outs(); s.numOuts == 1 {
				s.out = s.outs[0]
			} else if allowed&optWhere == 0 || allowed&optAxis != 0 { // no ufunc
				fail(op, ErrType, "%s() takes one array as out, not nil or %d", op, s.numOuts)
			}
		case optWhere:
			s.where = o.array(op)
		case optAxis:
			s.axes = o.said().ints
		case optKeepDims:
			s.keepDims = true
		case optCasting:
			if s.casting = dtype.Casting(o.num); s.casting > dtype.Unsafe {
				fail(op, ErrValue, "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got Casting(%d))", s.casting)
			}
		case optDType:
			if s.dtype = o.said().dt; !s.dtype.IsValid() {
				fail(op, ErrDType, "invalid dtype")
			}
		case optInitial:
			s.initial = o.arr
		case optDDof:
			s.ddof = o.num
		case optOrder:
			s.order = Order(o.num).of(op, "CFAK")
		case optMode:
			if s.mode = IndexMode(o.num); s.mode > ModeClip {
				fail(op, ErrValue, "clipmode must be one of 'clip', 'raise', or 'wrap' (got IndexMode(%d))", s.mode)
			}
		case optEndpoint:
			s.endpoint = o.num != 0
		case optCopy:
			s.copy = o.num != 0
		default:
			s.rare = append(s.rare, *o)
		}
	}
	return s
}
