package calc

import (
	"errors"
	"math"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/structpack"
)

// Array is array.array: items of one type in a growable block with CPython's
// capacities, which refuses to resize while a view of it is reachable.
type Array struct {
	code byte
	kind arrayKind
	g    *buffer.Growable
}

var typeArray = newModuleType("array", "array", typeObject)

func (*Array) Type() *Type { return typeArray }

func (x *Array) len() int { return x.g.Len() / x.kind.size }

func (x *Array) bytes() []byte { return x.g.UnsafeBytes() }

func (x *Array) buffer() ([]byte, bool) { return x.bytes(), false }

// lent is an export of the items as they are now.
func (x *Array) lent() *buffer.Buffer {
	b, err := x.g.Export()
	if err != nil {
		panic(err)
	}
	return b
}

// arrayKind is what the items of an array are.
type arrayKind struct {
	code   byte
	size   int
	format *structpack.Format // of one item; of 'u', the I of its code point
}

// arrayItem is the item of a type code.
func arrayItem(code byte) arrayKind {
	letter := code
	if code == 'u' {
		letter = 'I'
	}
	if strings.IndexByte("bBhHiIlLqQfd", letter) < 0 {
		throw(excValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
	}
	format := structpack.MustNew(string(letter))
	return arrayKind{code: code, size: format.Size(), format: format}
}

// newArray returns n items of zero, without spare room.
func newArray(in *Interp, kind arrayKind, n int) *Array {
	in.charge(n * kind.size)
	g, err := buffer.NewGrowable(buffer.GrowOptions{Policy: buffer.CPython, Item: kind.size})
	if err == nil && n > 0 {
		if err = g.Resize(n * kind.size); err == nil {
			err = g.Shrink()
		}
	}
	if err != nil {
		throw(excMemoryError, "")
	}
	return &Array{code: kind.code, kind: kind, g: g}
}

// resize changes the number of items.
func (x *Array) resize(in *Interp, n int) {
	in.charge(max(0, n-x.len()) * x.kind.size)
	switch err := x.g.Resize(n * x.kind.size); {
	case errors.Is(err, nd.ErrExported):
		throw(excBufferError, "cannot resize an array that is exporting buffers")
	case err != nil:
		throw(excMemoryError, "")
	}
}

func (x *Array) at(i int) Value {
	b := x.bytes()[i*x.kind.size : (i+1)*x.kind.size]
	if x.code == 'u' {
		return Str(encodeRune(rune(nativeOrder().Uint32(b))))
	}
	return unpackStruct(x.kind.format.Unpack(b)).(*Tuple).items[0]
}

func (x *Array) put(in *Interp, i int, v Value) {
	item := x.encode(in, v)
	copy(x.bytes()[i*x.kind.size:], item[:x.kind.size])
}

// encode returns the bytes of an item.
func (x *Array) encode(in *Interp, v Value) (item [8]byte) {
	b := item[:x.kind.size]
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
		return item
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
		return item
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
	throwStruct(x.kind.format.PackInto(b, 0, z))
	return item
}

func intUnaryBig(op unaryOp, v Value) Value {
	if b, ok := v.(*BigInt); ok {
		return bigUnary(op, b)
	}
	return intUnary(op, v.(Int))
}

func (x *Array) append(in *Interp, v Value) {
	item := x.encode(in, v) // first: a bad value leaves the array as it was
	n := x.len()
	x.resize(in, n+1)
	copy(x.bytes()[n*x.kind.size:], item[:x.kind.size])
}

func (x *Array) extend(in *Interp, v Value) {
	if y, ok := v.(*Array); ok {
		if y.code != x.code {
			throw(excTypeError, "can only extend with array of same kind")
		}
		old, src := x.len(), append([]byte(nil), y.bytes()...)
		x.resize(in, x.len()+y.len())
		copy(x.bytes()[old*x.kind.size:], src)
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
	old := x.len()
	x.resize(in, x.len()+len(s)/x.kind.size)
	copy(x.bytes()[old*x.kind.size:], s)
}

func (x *Array) length(*Interp) int { return x.len() }

func (x *Array) repr(in *Interp) string {
	if x.len() == 0 {
		return "array('" + string(x.code) + "')"
	}
	if x.code == 'u' {
		return "array('u', " + strRepr(x.text()) + ")"
	}
	return "array('" + string(x.code) + "', [" + in.joinRepr(in.listOf(x)) + "])"
}

func (x *Array) text() string {
	var b strings.Builder
	for i := range x.len() {
		b.WriteString(string(x.at(i).(Str)))
	}
	return b.String()
}

func (x *Array) sizeOf(*Interp) int { return 80 + x.g.Cap() }

func (x *Array) unhashable() {}

// item reads an item, or copies a slice.
func (x *Array) item(in *Interp, key Value) Value {
	if s, ok := key.(*Slice); ok {
		start, _, step, n := s.resolve(in, x.len())
		out, w := newArray(in, x.kind, n), x.kind.size
		to, from := out.bytes(), x.bytes()
		for i := range n {
			copy(to[i*w:(i+1)*w], from[(start+i*step)*w:])
		}
		return out
	}
	if _, ok := in.asIndex(key); !ok {
		throw(excTypeError, "array indices must be integers")
	}
	i := in.subscript(key, x.len(), "array")
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
		start, stop, step, n := s.resolve(in, x.len())
		w, src := x.kind.size, append([]byte(nil), y.bytes()...)
		if step == 1 {
			stop = max(start, stop)
			tail := append([]byte(nil), x.bytes()[stop*w:]...)
			x.resize(in, start+y.len()+len(tail)/w)
			copy(x.bytes()[start*w:], src)
			copy(x.bytes()[(start+y.len())*w:], tail)
			return
		}
		if n != y.len() {
			throw(excValueError, "attempt to assign array of size %d to extended slice of size %d", y.len(), n)
		}
		for i := range n {
			copy(x.bytes()[(start+i*step)*w:], src[i*w:(i+1)*w])
		}
		return
	}
	if _, ok := in.asIndex(key); !ok {
		throw(excTypeError, "array indices must be integers")
	}
	i := in.subscript(key, x.len(), "array")
	if i < 0 {
		throw(excIndexError, "array assignment index out of range")
	}
	x.put(in, i, v)
}

func (x *Array) remove(in *Interp, i int) {
	w := x.kind.size
	rest := append([]byte(nil), x.bytes()[(i+1)*w:]...)
	x.resize(in, x.len()-1)
	copy(x.bytes()[i*w:], rest)
}

func (x *Array) delItem(in *Interp, key Value) {
	if s, ok := key.(*Slice); ok {
		start, _, step, n := s.resolve(in, x.len())
		if step < 0 {
			start, step = start+(n-1)*step, -step
		}
		w, old := x.kind.size, x.bytes()
		kept := make([]byte, 0, len(old)-n*w)
		for i := range x.len() {
			if i < start || i > start+(n-1)*step || (i-start)%step != 0 {
				kept = append(kept, old[i*w:(i+1)*w]...)
			}
		}
		x.resize(in, len(kept)/w)
		copy(x.bytes(), kept)
		return
	}
	i := in.subscript(key, x.len(), "array")
	if i < 0 {
		throw(excIndexError, "array assignment index out of range")
	}
	x.remove(in, i)
}

func (x *Array) iterate(in *Interp) Iterator {
	i := 0
	return &funcIterator{typ: typeArrayIterator, next: func(in *Interp) (Value, bool) {
		if i >= x.len() {
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
	out := newArray(in, x.kind, x.len()+y.len())
	copy(out.bytes()[copy(out.bytes(), x.bytes()):], y.bytes())
	return out
}

func (x *Array) repeat(in *Interp, n int) Value {
	total := in.repeated(x.len(), n, x.kind.size)
	out := newArray(in, x.kind, total)
	for i, to := 0, out.bytes(); i < n; i++ {
		copy(to[i*len(x.bytes()):], x.bytes())
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
			x.resize(in, y.len())
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
