package calc

import (
	"math"
	"strings"

	"github.com/stride-go/nd/buffer"
)

// Array is array.array: items of one type in a block that grows by CPython's
// rule. A block that a view holds cannot be resized.
type Array struct {
	code byte
	kind structItem
	buf  *buffer.Buffer // capacity bytes
	n    int            // items
	exps exports
}

var typeArray = newModuleType("array", "array", typeObject)

func (*Array) Type() *Type { return typeArray }

func (x *Array) bytes() []byte { return x.buf.UnsafeBytes()[:x.n*x.kind.size] }

func (x *Array) buffer() ([]byte, bool) { return x.bytes(), false }

func (x *Array) export() func() { return x.exps.lend() }

// block is the memory that an ndarray aliases.
func (x *Array) block() *buffer.Buffer { return x.buf }

var arrayFormat = &structFormat{order: nativeOrder()}

func newArray(in *Interp, code byte) *Array {
	x := &Array{code: code}
	size, ok := structNative[code]
	switch {
	case code == 'u':
		size, ok = 4, true
	case strings.IndexByte("xcepsnNP?", code) >= 0:
		ok = false
	}
	if !ok {
		throw(excValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
	}
	x.kind = structItem{code: code, count: 1, size: size}
	x.buf = x.alloc(in, 0)
	return x
}

func (x *Array) alloc(in *Interp, items int) *buffer.Buffer {
	in.charge(items * x.kind.size)
	b, err := buffer.Make(items * x.kind.size)
	if err != nil {
		throw(excMemoryError, "")
	}
	return b
}

// resize changes the number of items: the growth rule of arraymodule.c.
func (x *Array) resize(in *Interp, n int) {
	if n != x.n && x.exps.busy() {
		throw(excBufferError, "cannot resize an array that is exporting buffers")
	}
	capacity := x.buf.Len() / x.kind.size
	if capacity >= n && x.n < n+16 {
		clear(x.buf.UnsafeBytes()[min(n, x.n)*x.kind.size : x.n*x.kind.size])
		x.n = n
		return
	}
	if n == 0 {
		x.buf, x.n = x.alloc(in, 0), 0
		return
	}
	spare := 7
	if x.n < 8 {
		spare = 3
	}
	grown := x.alloc(in, n>>4+spare+n)
	copy(grown.UnsafeBytes(), x.bytes()[:min(n, x.n)*x.kind.size])
	x.buf, x.n = grown, n
}

func (x *Array) at(i int) Value {
	b := x.buf.UnsafeBytes()[i*x.kind.size : (i+1)*x.kind.size]
	if x.code == 'u' {
		return Str(encodeRune(rune(nativeOrder().Uint32(b))))
	}
	return arrayFormat.unpackItem(b, x.code)
}

func (x *Array) put(in *Interp, i int, v Value) {
	b := x.buf.UnsafeBytes()[i*x.kind.size : (i+1)*x.kind.size]
	switch x.code {
	case 'u':
		s, ok := v.(Str)
		if !ok {
			throw(excTypeError, "array item must be a unicode character, not %s", v.Type().tpName())
		}
		if runeCount(string(s)) != 1 {
			throw(excTypeError, "array item must be a string of length 1, not a string of length %d", runeCount(string(s)))
		}
		r, _ := decodeRune(string(s))
		nativeOrder().PutUint32(b, uint32(r))
		return
	case 'f', 'd':
		f, ok := in.asFloat(v)
		if !ok {
			throw(excTypeError, "must be real number, not %s", v.Type().tpName())
		}
		if x.code == 'f' {
			nativeOrder().PutUint32(b, math.Float32bits(float32(f)))
		} else {
			nativeOrder().PutUint64(b, math.Float64bits(f))
		}
		return
	}
	n, ok := in.asIndex(v)
	if !ok {
		throw(excTypeError, "'%s' object cannot be interpreted as an integer", v.Type().tpName())
	}
	names := map[byte]string{'b': "signed char", 'B': "unsigned byte integer", 'h': "signed short integer", 'H': "unsigned short",
		'i': "signed integer", 'I': "unsigned int", 'l': "signed long", 'L': "unsigned long", 'q': "long long", 'Q': "unsigned long long"}
	z := bigOf(n)
	bits := 8 * x.kind.size
	signed := x.code >= 'a'
	if signed {
		bits--
	}
	negative := z.Sign() < 0
	length := z.BitLen()
	if negative && signed {
		length = bigOf(intUnaryBig(opInvert, n)).BitLen()
	}
	if negative && !signed || length > bits {
		switch {
		case x.kind.size == 8 || x.code == 'I':
			if negative && !signed {
				throw(excOverflowError, "can't convert negative value to unsigned int")
			}
			if x.code == 'I' {
				throw(excOverflowError, "unsigned int is greater than maximum")
			}
			throw(excOverflowError, "int too big to convert")
		case negative && signed || negative:
			throw(excOverflowError, "%s is less than minimum", names[x.code])
		}
		throw(excOverflowError, "%s is greater than maximum", names[x.code])
	}
	arrayFormat.putInt(b, z, x.code)
}

func intUnaryBig(op unaryOp, v Value) Value {
	if b, ok := v.(*BigInt); ok {
		return bigUnary(op, b)
	}
	return intUnary(op, v.(Int))
}

func (x *Array) append(in *Interp, v Value) {
	// The value is converted first: a bad one leaves the array as it was.
	probe := &Array{code: x.code, kind: x.kind, buf: x.alloc(in, 1), n: 1}
	probe.put(in, 0, v)
	x.resize(in, x.n+1)
	copy(x.buf.UnsafeBytes()[(x.n-1)*x.kind.size:], probe.bytes())
}

func (x *Array) extend(in *Interp, v Value) {
	if y, ok := v.(*Array); ok {
		if y.code != x.code {
			throw(excTypeError, "can only extend with array of same kind")
		}
		old, src := x.n, append([]byte(nil), y.bytes()...)
		x.resize(in, x.n+y.n)
		copy(x.buf.UnsafeBytes()[old*x.kind.size:], src)
		return
	}
	for it := in.iterate(v); ; {
		w, ok := it.Next(in)
		if !ok {
			return
		}
		in.step()
		x.append(in, w)
	}
}

func (x *Array) fromBytes(in *Interp, s string) {
	if len(s)%x.kind.size != 0 {
		throw(excValueError, "bytes length not a multiple of item size")
	}
	old := x.n
	x.resize(in, x.n+len(s)/x.kind.size)
	copy(x.buf.UnsafeBytes()[old*x.kind.size:], s)
}

func (x *Array) length(*Interp) int { return x.n }

func (x *Array) repr(in *Interp) string {
	if x.n == 0 {
		return "array('" + string(x.code) + "')"
	}
	if x.code == 'u' {
		return "array('u', " + strRepr(x.text()) + ")"
	}
	return "array('" + string(x.code) + "', [" + in.joinRepr(in.listOf(x)) + "])"
}

func (x *Array) text() string {
	var b strings.Builder
	for i := range x.n {
		b.WriteString(string(x.at(i).(Str)))
	}
	return b.String()
}

func (x *Array) sizeOf(*Interp) int { return 80 + x.buf.Len() }

func (x *Array) unhashable() {}

// item reads an item, or copies a slice.
func (x *Array) item(in *Interp, key Value) Value {
	if s, ok := key.(*Slice); ok {
		start, _, step, n := s.resolve(in, x.n)
		out := &Array{code: x.code, kind: x.kind}
		out.buf, out.n = x.alloc(in, n), n
		w := x.kind.size
		for i := range n {
			copy(out.buf.UnsafeBytes()[i*w:(i+1)*w], x.bytes()[(start+i*step)*w:])
		}
		return out
	}
	if _, ok := in.asIndex(key); !ok {
		throw(excTypeError, "array indices must be integers")
	}
	i := in.subscript(key, x.n, "array")
	if i < 0 {
		throw(excIndexError, "array index out of range")
	}
	return x.at(i)
}

func (x *Array) setItem(in *Interp, key, v Value) {
	if s, ok := key.(*Slice); ok {
		y, ok := v.(*Array)
		if !ok {
			throw(excTypeError, "can only assign array (not \"%s\") to array slice", v.Type().tpName())
		}
		if y.code != x.code {
			throw(excTypeError, "bad argument type for built-in operation")
		}
		start, stop, step, n := s.resolve(in, x.n)
		w, src := x.kind.size, append([]byte(nil), y.bytes()...)
		if step == 1 {
			stop = max(start, stop)
			tail := append([]byte(nil), x.bytes()[stop*w:]...)
			x.resize(in, start+y.n+len(tail)/w)
			copy(x.bytes()[start*w:], src)
			copy(x.bytes()[(start+y.n)*w:], tail)
			return
		}
		if n != y.n {
			throw(excValueError, "attempt to assign array of size %d to extended slice of size %d", y.n, n)
		}
		for i := range n {
			copy(x.bytes()[(start+i*step)*w:], src[i*w:(i+1)*w])
		}
		return
	}
	if _, ok := in.asIndex(key); !ok {
		throw(excTypeError, "array indices must be integers")
	}
	i := in.subscript(key, x.n, "array")
	if i < 0 {
		throw(excIndexError, "array assignment index out of range")
	}
	x.put(in, i, v)
}

func (x *Array) remove(in *Interp, i int) {
	w := x.kind.size
	rest := append([]byte(nil), x.bytes()[(i+1)*w:]...)
	x.resize(in, x.n-1)
	copy(x.bytes()[i*w:], rest)
}

func (x *Array) delItem(in *Interp, key Value) {
	if s, ok := key.(*Slice); ok {
		start, _, step, n := s.resolve(in, x.n)
		if step < 0 {
			start, step = start+(n-1)*step, -step
		}
		for i := n - 1; i >= 0; i-- {
			x.remove(in, start+i*step)
		}
		return
	}
	i := in.subscript(key, x.n, "array")
	if i < 0 {
		throw(excIndexError, "array assignment index out of range")
	}
	x.remove(in, i)
}

func (x *Array) iterate(in *Interp) Iterator {
	i := 0
	return &funcIterator{typ: typeArrayIterator, next: func(in *Interp) (Value, bool) {
		if i >= x.n {
			return nil, false
		}
		i++
		return x.at(i - 1), true
	}}
}

var typeArrayIterator = newModuleType("array", "arrayiterator", typeObject)

func (x *Array) concat(in *Interp, other Value) Value {
	y, ok := other.(*Array)
	if !ok {
		throw(excTypeError, "can only append array (not \"%s\") to array", other.Type().tpName())
	}
	if y.code != x.code {
		throw(excTypeError, "bad argument type for built-in operation")
	}
	out := &Array{code: x.code, kind: x.kind, n: x.n + y.n}
	out.buf = x.alloc(in, out.n)
	copy(out.buf.UnsafeBytes()[copy(out.buf.UnsafeBytes(), x.bytes()):], y.bytes())
	return out
}

func (x *Array) repeat(in *Interp, n int) Value {
	total := in.repeated(x.n, n, x.kind.size)
	out := &Array{code: x.code, kind: x.kind, n: total}
	out.buf = x.alloc(in, total)
	for i := 0; i < n; i++ {
		copy(out.buf.UnsafeBytes()[i*x.n*x.kind.size:], x.bytes())
	}
	return out
}

func (x *Array) inplace(in *Interp, op binOp, other Value) Value {
	switch op {
	case opAdd:
		if _, ok := other.(*Array); !ok {
			throw(excTypeError, "can only extend with array (not \"%s\")", other.Type().tpName())
		}
		x.extend(in, other)
		return x
	case opMul:
		if n, ok := in.asIndex(other); ok {
			y := x.repeat(in, in.repeatCount(n)).(*Array)
			x.resize(in, y.n)
			copy(x.bytes(), y.bytes())
			return x
		}
	}
	return NotImplemented
}

func (x *Array) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	y, ok := other.(*Array)
	if !ok {
		return NotImplemented
	}
	if reflected {
		op = op.swapped()
	}
	return Bool(in.compareSequences(op, in.listOf(x), in.listOf(y)))
}
