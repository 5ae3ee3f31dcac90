package calc

import "math/big"

// Value is a value of the language. A kind of value takes part in operators,
// attributes, calls and so on by the small interfaces below; the evaluator asks
// for them and knows nothing else about values from outside the language.
type Value interface {
	// Type returns the class of the value.
	Type() *Type
}

type (
	// binaryOperand computes x op other, or other op x when reflected. It
	// answers NotImplemented to let the other side try.
	binaryOperand interface {
		binary(in *Interp, op binOp, other Value, reflected bool) Value
	}
	// inplaceOperand computes x op= other and returns what the name is bound to.
	inplaceOperand interface {
		inplace(in *Interp, op binOp, other Value) Value
	}
	unaryOperand interface {
		unary(in *Interp, op unaryOp) Value
	}
	// comparer is the rich comparison of foreign values; op is one of the six.
	comparer interface {
		compare(in *Interp, op cmpOp, other Value, reflected bool) Value
	}
	attributer interface {
		attr(in *Interp, name string) (Value, bool)
	}
	attrSetter interface {
		setAttr(in *Interp, name string, v Value) // v nil deletes
	}
	indexed interface {
		item(in *Interp, key Value) Value
	}
	itemSetter interface {
		setItem(in *Interp, key, v Value)
	}
	itemDeleter interface {
		delItem(in *Interp, key Value)
	}
	container interface {
		contains(in *Interp, v Value) bool
	}
	iterable interface {
		iterate(in *Interp) Iterator
	}
	sized interface {
		length(in *Interp) int
	}
	printed interface {
		repr(in *Interp) string
	}
	stringed interface {
		str(in *Interp) string
	}
	formatted interface {
		format(in *Interp, spec string) string
	}
	truthful interface {
		truth(in *Interp) bool
	}
	callable interface {
		call(in *Interp, args []Value, kw []Keyword) Value
	}
	// hashed returns a comparable Go value that is equal for equal values.
	hashed interface {
		hashKey(in *Interp) any
	}
	// indexer is a value that can stand for an integer (__index__).
	indexer interface {
		index(in *Interp) (Value, bool)
	}
	// floater is a value that converts to a float (__float__).
	floater interface {
		float(in *Interp) (float64, bool)
	}
	// complexer is a value that converts to a complex (__complex__).
	complexer interface {
		complex(in *Interp) (complex128, bool)
	}
	// buffered shows its bytes, for use at once; what keeps them takes a lent block.
	buffered interface {
		buffer() (b []byte, readOnly bool)
	}
	// sizer answers sys.getsizeof.
	sizer interface {
		sizeOf(in *Interp) int
	}
)

// Iterator hands out the items of a value.
type Iterator interface {
	Value
	Next(in *Interp) (Value, bool)
}

// Keyword is one name=value argument of a call.
type Keyword struct {
	Name  string
	Value Value
}

// The scalar kinds of value.
type (
	// NoneType is the type of None.
	NoneType struct{}
	// EllipsisType is the type of the value "...".
	EllipsisType struct{}
	// NotImplementedType is the type of NotImplemented.
	NotImplementedType struct{}
	// Bool is True or False.
	Bool bool
	// Int is an integer that fits in 64 bits; larger ones are *BigInt.
	Int int64
	// BigInt is an integer beyond 64 bits. Every integer has one form only.
	BigInt struct{ z *big.Int }
	// Float is a float.
	Float float64
	// Complex is a complex number.
	Complex complex128
	// Str is a string in UTF-8; lone surrogates are held as three bytes each.
	Str string
	// Bytes is an immutable string of bytes.
	Bytes string
)

// The singletons.
var (
	None           = NoneType{}
	Ellipsis       = EllipsisType{}
	NotImplemented = NotImplementedType{}
)

func (NoneType) Type() *Type           { return typeNone }
func (EllipsisType) Type() *Type       { return typeEllipsis }
func (NotImplementedType) Type() *Type { return typeNotImplemented }
func (Bool) Type() *Type               { return typeBool }
func (Int) Type() *Type                { return typeInt }
func (*BigInt) Type() *Type            { return typeInt }
func (Float) Type() *Type              { return typeFloat }
func (Complex) Type() *Type            { return typeComplex }
func (Str) Type() *Type                { return typeStr }
func (Bytes) Type() *Type              { return typeBytes }
func (*Bytearray) Type() *Type         { return typeBytearray }
func (*List) Type() *Type              { return typeList }
func (*Tuple) Type() *Type             { return typeTuple }
func (*Dict) Type() *Type              { return typeDict }
func (s *Set) Type() *Type {
	if s.frozen {
		return typeFrozenset
	}
	return typeSet
}
func (*Range) Type() *Type { return typeRange }
func (*Slice) Type() *Type { return typeSlice }

func (NoneType) repr(*Interp) string           { return "None" }
func (EllipsisType) repr(*Interp) string       { return "Ellipsis" }
func (NotImplementedType) repr(*Interp) string { return "NotImplemented" }

func (b Bool) repr(*Interp) string {
	if b {
		return "True"
	}
	return "False"
}

// List is Python's list.
type List struct{ items []Value }

// Tuple is Python's tuple.
type Tuple struct{ items []Value }

// Slice is start:stop:step; absent parts are None.
type Slice struct{ start, stop, step Value }

// Range is an arithmetic progression of integers that fit in 64 bits.
type Range struct{ start, stop, step, n int64 }

var emptyTuple = &Tuple{}

func newTuple(items ...Value) *Tuple { return &Tuple{items} }
func newList(items ...Value) *List   { return &List{items} }

func boolInt(b Bool) Int {
	if b {
		return 1
	}
	return 0
}
