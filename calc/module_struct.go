package calc

import (
	"encoding/binary"
	"math"
	"math/big"

	"github.com/stride-go/nd/float16"
)

// structItem is one item of a struct format: a letter and what it covers.
type structItem struct {
	code   byte
	count  int // of 's' and 'p': the length; 1 otherwise
	size   int
	offset int
}

// structFormat is a parsed format of the module struct.
type structFormat struct {
	items []structItem
	size  int
	order binary.ByteOrder
	// standard sizes and checks; native ones otherwise
	standard bool
}

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

// Sizes of the letters: standard, and native on a 64-bit machine.
var (
	structStandard = map[byte]int{'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4,
		'l': 4, 'L': 4, 'q': 8, 'Q': 8, 'e': 2, 'f': 4, 'd': 8, 's': 1, 'p': 1}
	structNative = map[byte]int{'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4,
		'l': 8, 'L': 8, 'q': 8, 'Q': 8, 'n': 8, 'N': 8, 'e': 2, 'f': 4, 'd': 8, 's': 1, 'p': 1, 'P': 8}
)

func (in *Interp) parseStruct(v Value) *structFormat {
	text := ""
	switch s := v.(type) {
	case Str:
		text = string(s)
	case Bytes:
		text = string(s)
	default:
		throw(excTypeError, "Struct() argument 1 must be a str or bytes object, not %s", v.Type().tpName())
	}
	f := &structFormat{order: nativeOrder()}
	sizes, align := structNative, true
	if text != "" {
		switch text[0] {
		case '@':
			text = text[1:]
		case '=', '<', '>', '!':
			sizes, align, f.standard = structStandard, false, true
			switch text[0] {
			case '<':
				f.order = binary.LittleEndian
			case '>', '!':
				f.order = binary.BigEndian
			}
			text = text[1:]
		}
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == ' ' || c >= '\t' && c <= '\r' {
			continue
		}
		count := 1
		if isDigit(c) {
			count = 0
			for ; i < len(text) && isDigit(text[i]); i++ {
				if count = count*10 + int(text[i]-'0'); count > 1<<40 {
					throw(excStructError, "overflow in item count")
				}
			}
			if i >= len(text) {
				throw(excStructError, "repeat count given without format specifier")
			}
			c = text[i]
		}
		size, ok := sizes[c]
		if !ok {
			throw(excStructError, "bad char in struct format")
		}
		if align && size > 1 {
			f.size = (f.size + size - 1) / size * size
		}
		switch c {
		case 'x':
			f.size += count
		case 's', 'p':
			f.items = append(f.items, structItem{c, count, count, f.size})
			f.size += count
		default:
			in.charge(count * 32)
			in.stepN(count)
			for range count {
				f.items = append(f.items, structItem{c, 1, size, f.size})
				f.size += size
			}
		}
		if f.size < 0 || f.size > 1<<50 {
			throw(excStructError, "total struct size too long")
		}
	}
	return f
}

// pack writes the values into b, which has the format's size.
func (f *structFormat) pack(in *Interp, b []byte, args []Value, name string) {
	if len(args) != len(f.items) {
		throw(excStructError, "%s expected %d items for packing (got %d)", name, len(f.items), len(args))
	}
	for i, it := range f.items {
		f.packItem(in, b[it.offset:it.offset+it.size], it, args[i])
	}
}

func (f *structFormat) packItem(in *Interp, b []byte, it structItem, v Value) {
	switch it.code {
	case 'c':
		s, ok := v.(Bytes)
		if !ok || len(s) != 1 {
			throw(excStructError, "char format requires a bytes object of length 1")
		}
		b[0] = s[0]
	case '?':
		if in.truth(v) {
			b[0] = 1
		}
	case 's', 'p':
		s, ok := bytesLike(v)
		if !ok {
			throw(excStructError, "argument for '%c' must be a bytes object", it.code)
		}
		if it.code == 'p' {
			if len(b) > 0 {
				n := copy(b[1:], s)
				b[0] = byte(min(n, 255))
			}
			return
		}
		copy(b, s)
	case 'e', 'f', 'd':
		x, ok := in.asFloat(v)
		if !ok {
			throw(excStructError, "required argument is not a float")
		}
		switch it.code {
		case 'd':
			f.order.PutUint64(b, math.Float64bits(x))
		case 'f':
			y := float32(x)
			if f.standard && math.IsInf(float64(y), 0) && !math.IsInf(x, 0) {
				throw(excOverflowError, "float too large to pack with f format")
			}
			f.order.PutUint32(b, math.Float32bits(y))
		case 'e':
			h := float16.FromFloat64(x)
			if math.IsInf(h.Float64(), 0) && !math.IsInf(x, 0) {
				throw(excOverflowError, "float too large to pack with e format")
			}
			f.order.PutUint16(b, uint16(h))
		}
	default:
		x, ok := in.asIndex(v)
		if !ok {
			throw(excStructError, "required argument is not an integer")
		}
		f.putInt(b, bigOf(x), it.code)
	}
}

func (f *structFormat) putInt(b []byte, z *big.Int, code byte) {
	bits := uint(8 * len(b))
	signed := code >= 'a'
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), bits)
	if signed {
		high.Rsh(high, 1)
		low.Neg(high)
	}
	if z.Cmp(low) < 0 || z.Cmp(high) >= 0 {
		// C reads the number into a long first, or for I, L, Q into an unsigned one.
		wide := code == 'I' || code == 'L' || code == 'Q' || code == 'N'
		switch {
		case code == 'P':
			throw(excStructError, "int too large to convert")
		case wide && !z.IsUint64(), !wide && !z.IsInt64():
			throw(excStructError, "argument out of range")
		}
		name := "'" + string(code) + "'"
		if n, ok := map[byte]string{'b': "byte", 'B': "ubyte", 'h': "short", 'H': "ushort"}[code]; ok {
			name = n
		}
		throw(excStructError, "%s format requires %s <= number <= %s", name, low, high.Sub(high, big.NewInt(1)))
	}
	u := new(big.Int).And(z, new(big.Int).SetUint64(math.MaxUint64)).Uint64()
	switch len(b) {
	case 1:
		b[0] = byte(u)
	case 2:
		f.order.PutUint16(b, uint16(u))
	case 4:
		f.order.PutUint32(b, uint32(u))
	case 8:
		f.order.PutUint64(b, u)
	}
}

func (f *structFormat) unpack(in *Interp, b []byte) Value {
	in.charge(16*len(f.items) + f.size)
	out := make([]Value, len(f.items))
	for i, it := range f.items {
		out[i] = f.unpackItem(b[it.offset:it.offset+it.size], it.code)
	}
	return &Tuple{out}
}

func (f *structFormat) unpackItem(b []byte, code byte) Value {
	switch code {
	case 'c', 's':
		return Bytes(b)
	case 'p':
		if len(b) == 0 {
			return Bytes("")
		}
		return Bytes(b[1 : 1+min(int(b[0]), len(b)-1)])
	case '?':
		return Bool(b[0] != 0)
	case 'e':
		return Float(float16.Float16(f.order.Uint16(b)).Float64())
	case 'f':
		return Float(math.Float32frombits(f.order.Uint32(b)))
	case 'd':
		return Float(math.Float64frombits(f.order.Uint64(b)))
	}
	signed := code >= 'a'
	switch len(b) {
	case 1:
		if signed {
			return Int(int8(b[0]))
		}
		return Int(b[0])
	case 2:
		if signed {
			return Int(int16(f.order.Uint16(b)))
		}
		return Int(f.order.Uint16(b))
	case 4:
		if signed {
			return Int(int32(f.order.Uint32(b)))
		}
		return Int(f.order.Uint32(b))
	}
	u := f.order.Uint64(b)
	if signed || u <= math.MaxInt64 {
		return Int(u)
	}
	return newInt(new(big.Int).SetUint64(u))
}

// init makes the module struct.
func init() {
	m := newModule("struct")
	m.dict["error"] = excStructError
	m.def("calcsize", "format, /", func(in *Interp, a []Value) Value { return Int(in.parseStruct(a[0]).size) })
	m.def("pack", "format, /, *values", func(in *Interp, a []Value) Value {
		f := in.parseStruct(a[0])
		in.charge(f.size)
		b := make([]byte, f.size)
		f.pack(in, b, a[1].(*Tuple).items, "pack")
		return Bytes(b)
	})
	m.def("pack_into", "format, buffer, offset, /, *values", func(in *Interp, a []Value) Value {
		f := in.parseStruct(a[0])
		l, ok := a[1].(buffered)
		if !ok {
			throw(excTypeError, "argument must be read-write bytes-like object, not %s", a[1].Type().tpName())
		}
		b, ro := l.buffer()
		if ro {
			throw(excTypeError, "argument must be read-write bytes-like object, not %s", a[1].Type().tpName())
		}
		if n := len(a[3].(*Tuple).items); n != len(f.items) {
			throw(excStructError, "pack_into expected %d items for packing (got %d)", len(f.items), n)
		}
		off := f.offset(in, a[2], len(b), "pack_into", "packing")
		clear(b[off : off+f.size])
		f.pack(in, b[off:off+f.size], a[3].(*Tuple).items, "pack_into")
		return None
	})
	m.def("unpack", "format, buffer, /", func(in *Interp, a []Value) Value {
		f := in.parseStruct(a[0])
		b := bytesArg(a[1], needBytes)
		if len(b) != f.size {
			throw(excStructError, "unpack requires a buffer of %d bytes", f.size)
		}
		return f.unpack(in, []byte(b))
	})
	m.def("unpack_from", "format, /, buffer, offset=0", func(in *Interp, a []Value) Value {
		f := in.parseStruct(a[0])
		b := bytesArg(a[1], needBytes)
		off := f.offset(in, a[2], len(b), "unpack_from", "unpacking")
		return f.unpack(in, []byte(b[off:off+f.size]))
	})
	m.def("iter_unpack", "format, buffer, /", func(in *Interp, a []Value) Value {
		f := in.parseStruct(a[0])
		b := []byte(bytesArg(a[1], needBytes))
		if f.size == 0 {
			throw(excStructError, "cannot iteratively unpack with a struct of length 0")
		}
		if len(b)%f.size != 0 {
			throw(excStructError, "iterative unpacking requires a buffer of a multiple of %d bytes", f.size)
		}
		return &funcIterator{typ: typeUnpackIterator, next: func(in *Interp) (Value, bool) {
			if len(b) == 0 {
				return nil, false
			}
			v := f.unpack(in, b[:f.size])
			b = b[f.size:]
			return v, true
		}}
	})
}

var typeUnpackIterator = newModuleType("_struct", "unpack_iterator", typeObject)

// offset resolves where in a buffer of n bytes the format begins.
func (f *structFormat) offset(in *Interp, v Value, n int, name, verb string) int {
	given := in.toIndex(v)
	off := given
	if off < 0 {
		if off+f.size > 0 && name == "pack_into" {
			throw(excStructError, "no space to pack %d bytes at offset %d", f.size, given)
		}
		if off+f.size > 0 {
			throw(excStructError, "not enough data to unpack %d bytes", f.size)
		}
		if off += n; off < 0 {
			throw(excStructError, "offset %d out of range for %d-byte buffer", given, n)
		}
	}
	if n-off < f.size {
		throw(excStructError, "%s requires a buffer of at least %d bytes for %s %d bytes at offset %d (actual buffer size is %d)", name, f.size+off, verb, f.size, off, n)
	}
	return off
}
