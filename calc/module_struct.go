package calc

import (
	"encoding/binary"
	"errors"
	"math/big"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/structpack"
)

func nativeOrder() binary.ByteOrder {
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		return binary.LittleEndian
	}
	return binary.BigEndian
}

func nativeOrderName() string {
	if nativeOrder() == binary.LittleEndian {
		return "little"
	}
	return "big"
}

// structFormat parses a format of the module struct.
func structFormat(v Value) *structpack.Format {
	text := ""
	switch s := v.(type) {
	case Str:
		text = string(s)
	case Bytes:
		text = string(s)
	default:
		throw(excTypeError, "Struct() argument 1 must be a str or bytes object, not %s", v.Type().tpName())
	}
	f, err := structpack.New(text)
	throwStruct(err)
	return f
}

// throwStruct raises what package structpack says.
func throwStruct(err error) {
	if err == nil {
		return
	}
	exc, text := excStructError, err.Error()
	switch {
	case errors.Is(err, nd.ErrOverflow):
		exc = excOverflowError
	case errors.Is(err, nd.ErrMemory):
		exc = excMemoryError
	}
	if e, ok := errors.AsType[*nd.Error](err); ok {
		text = e.Msg
	}
	throw(exc, "%s", text)
}

// structValues turns arguments into what the format's letters pack. One that a
// letter does not take is left as it is, for structpack to refuse.
func (in *Interp) structValues(f *structpack.Format, args []Value) []any {
	values := make([]any, len(args))
	for i, letter := range f.Letters() {
		if i == len(args) {
			break
		}
		v := args[i]
		values[i] = v
		switch letter {
		case '?':
			values[i] = in.truth(v)
		case 'c':
			if s, ok := v.(Bytes); ok {
				values[i] = []byte(s)
			}
		case 's', 'p':
			if s, ok := bytesLike(v); ok {
				values[i] = []byte(s)
			}
		case 'e', 'f', 'd':
			if x, ok := in.asFloat(v); ok {
				values[i] = x
			}
		default:
			if x, ok := in.asIndex(v); ok {
				values[i] = bigOf(x)
			}
		}
	}
	return values
}

// unpackStruct makes a tuple of the values that structpack read.
func unpackStruct(values []any, err error) Value {
	throwStruct(err)
	out := make([]Value, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case []byte:
			out[i] = Bytes(v)
		case bool:
			out[i] = Bool(v)
		case float64:
			out[i] = Float(v)
		case int64:
			out[i] = Int(v)
		case uint64:
			out[i] = newInt(new(big.Int).SetUint64(v))
		}
	}
	return &Tuple{out}
}

// chargeStruct bounds the memory of one unpacked record.
func (in *Interp) chargeStruct(f *structpack.Format) {
	in.charge(16*f.NumValues() + f.Size())
	in.stepN(f.NumValues())
}

// The module struct.
var _ = later(func() {
	m := newModule("struct")
	m.dict["error"] = excStructError
	m.def("calcsize", "format, /", func(in *Interp, a []Value) Value { return Int(structFormat(a[0]).Size()) })
	m.def("pack", "format, /, *values", func(in *Interp, a []Value) Value {
		f, values := structFormat(a[0]), a[1].(*Tuple).items
		if len(values) == f.NumValues() {
			in.charge(f.Size())
		}
		b, err := f.Append(nil, in.structValues(f, values)...)
		throwStruct(err)
		return Bytes(b)
	})
	m.def("pack_into", "format, buffer, offset, /, *values", func(in *Interp, a []Value) Value {
		f := structFormat(a[0])
		l, ok := a[1].(buffered)
		if !ok {
			throw(excTypeError, "argument must be read-write bytes-like object, not %s", a[1].Type().tpName())
		}
		b, ro := l.buffer()
		if ro {
			throw(excTypeError, "argument must be read-write bytes-like object, not %s", a[1].Type().tpName())
		}
		in.charge(min(f.Size(), len(b)))
		throwStruct(f.PackInto(b, in.toIndex(a[2]), in.structValues(f, a[3].(*Tuple).items)...))
		return None
	})
	m.def("unpack", "format, buffer, /", func(in *Interp, a []Value) Value {
		f := structFormat(a[0])
		b := []byte(bytesArg(a[1], needBytes))
		if len(b) == f.Size() {
			in.chargeStruct(f)
		}
		return unpackStruct(f.Unpack(b))
	})
	m.def("unpack_from", "format, /, buffer, offset=0", func(in *Interp, a []Value) Value {
		f := structFormat(a[0])
		b := []byte(bytesArg(a[1], needBytes))
		if len(b) >= f.Size() {
			in.chargeStruct(f)
		}
		return unpackStruct(f.UnpackFrom(b, in.toIndex(a[2])))
	})
	m.def("iter_unpack", "format, buffer, /", func(in *Interp, a []Value) Value {
		f := structFormat(a[0])
		b := []byte(bytesArg(a[1], needBytes))
		_, err := f.All(b)
		throwStruct(err)
		return &funcIterator{typ: typeUnpackIterator, next: func(in *Interp) (Value, bool) {
			if len(b) == 0 {
				return nil, false
			}
			in.chargeStruct(f)
			v := unpackStruct(f.Unpack(b[:f.Size()]))
			b = b[f.Size():]
			return v, true
		}}
	})
})

var typeUnpackIterator = newModuleType("_struct", "unpack_iterator", typeObject)
