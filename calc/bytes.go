package calc

import (
	"encoding/hex"
	"strings"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Bytearray is Python's bytearray: bytes that can change and grow.
type Bytearray struct {
	b    []byte
	exps exports
}

func (b *Bytearray) buffer() ([]byte, bool) { return b.b, false }

// lent is a block over the bytes as they are now.
func (b *Bytearray) lent() *buffer.Buffer { return b.exps.lend(buffer.FromSlice(b.b)) }

func (s Bytes) buffer() ([]byte, bool) { return []byte(s), true }

// resizing refuses a change of length while a view exists.
func (b *Bytearray) resizing() {
	if b.exps.busy() {
		throw(excBufferError, "Existing exports of data: object cannot be re-sized")
	}
}

// bytesLike is the content of bytes, a bytearray, an array or a memoryview.
func bytesLike(v Value) (string, bool) {
	switch b := v.(type) {
	case Bytes:
		return string(b), true
	case *Bytearray:
		return string(b.b), true
	case *memoryView:
		return string(b.bytes()), true
	case *Scalar:
		if s, ok := (*Interp)(nil).itemOf(b.a).(Bytes); ok && b.a.DType().Kind() == dtype.KindBytes {
			return string(s), true
		}
	}
	return "", false
}

// bytesArg demands a bytes-like argument; arrays of any kind lend theirs.
func bytesArg(v Value, format string) string {
	if b, ok := bytesLike(v); ok {
		return b
	}
	if l, ok := v.(buffered); ok {
		b, _ := l.buffer()
		return string(b)
	}
	throw(excTypeError, format, v.Type().tpName())
	return ""
}

const needBytes = "a bytes-like object is required, not '%s'"

// likeBytes makes a value of the kind of x.
func likeBytes(x Value, s string) Value {
	if _, ok := x.(*Bytearray); ok {
		return &Bytearray{b: []byte(s)}
	}
	return Bytes(s)
}

func bytesRepr(s string) string {
	quote := byte('\'')
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		quote = '"'
	}
	const digits = "0123456789abcdef"
	var b strings.Builder
	b.WriteByte('b')
	b.WriteByte(quote)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString("\\n")
		case c == '\r':
			b.WriteString("\\r")
		case c == '\t':
			b.WriteString("\\t")
		case c < ' ' || c >= 0x7f:
			b.WriteString("\\x")
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(quote)
	return b.String()
}

func (b *Bytearray) repr(*Interp) string { return "bytearray(" + bytesRepr(string(b.b)) + ")" }

func (s Bytes) length(*Interp) int      { return len(s) }
func (b *Bytearray) length(*Interp) int { return len(b.b) }

func (s Bytes) item(in *Interp, key Value) Value {
	return in.bytesItem(s, string(s), key, "byte", "index out of range")
}

func (b *Bytearray) item(in *Interp, key Value) Value {
	if i, ok := key.(Int); ok {
		if i < 0 {
			i += Int(len(b.b))
		}
		if i >= 0 && int(i) < len(b.b) {
			return Int(b.b[i])
		}
	}
	return in.bytesItem(b, string(b.b), key, "bytearray", "bytearray index out of range")
}

func (in *Interp) bytesItem(v Value, s string, key Value, kind, outside string) Value {
	if k, ok := key.(*Slice); ok {
		start, _, step, n := k.resolve(in, len(s))
		in.charge(n)
		out := make([]byte, n)
		for i := range out {
			out[i] = s[start+i*step]
		}
		return likeBytes(v, string(out))
	}
	i := in.subscript(key, len(s), kind)
	if i < 0 {
		throw(excIndexError, "%s", outside)
	}
	return Int(s[i])
}

// byteValue converts an item of bytes.
func (in *Interp) byteValue(v Value, kind string) byte {
	x, ok := in.asIndex(v)
	if !ok {
		throw(excTypeError, "'%s' object cannot be interpreted as an integer", v.Type().tpName())
	}
	n, ok := x.(Int)
	if !ok || n < 0 || n > 255 {
		if kind == "bytes" {
			throw(excValueError, "bytes must be in range(0, 256)")
		}
		throw(excValueError, "byte must be in range(0, 256)")
	}
	return byte(n)
}

func (b *Bytearray) setItem(in *Interp, key, v Value) {
	k, ok := key.(*Slice)
	if !ok {
		i := in.subscript(key, len(b.b), "bytearray")
		if i < 0 {
			throw(excIndexError, "bytearray index out of range")
		}
		b.b[i] = in.byteValue(v, "byte")
		return
	}
	s := in.bytesOf(v, "bytearray")
	start, stop, step, n := k.resolve(in, len(b.b))
	if step == 1 {
		stop = max(start, stop)
		if len(s) == stop-start {
			copy(b.b[start:], s)
			return
		}
		b.resizing()
		in.charge(len(s))
		b.b = append(append(append([]byte(nil), b.b[:start]...), s...), b.b[stop:]...)
		return
	}
	if len(s) != n {
		throw(excValueError, "attempt to assign bytes of size %d to extended slice of size %d", len(s), n)
	}
	for i := range n {
		b.b[start+i*step] = s[i]
	}
}

func (b *Bytearray) delItem(in *Interp, key Value) {
	b.resizing()
	k, ok := key.(*Slice)
	if !ok {
		i := in.subscript(key, len(b.b), "bytearray")
		if i < 0 {
			throw(excIndexError, "bytearray index out of range")
		}
		b.b = append(append([]byte(nil), b.b[:i]...), b.b[i+1:]...)
		return
	}
	start, _, step, n := k.resolve(in, len(b.b))
	drop := make(map[int]bool, n)
	for i := range n {
		drop[start+i*step] = true
	}
	var kept []byte
	for i, c := range b.b {
		if !drop[i] {
			kept = append(kept, c)
		}
	}
	b.b = kept
}

// bytesOf makes bytes from a bytes-like object, an iterable of integers or, for
// the constructors, a count.
func (in *Interp) bytesOf(v Value, kind string) string {
	if l, ok := v.(buffered); ok {
		in.chargeRepeated([]Value{v})
		b, _ := l.buffer()
		in.charge(len(b))
		return string(b)
	}
	if _, ok := v.(Str); ok {
		throw(excTypeError, "cannot convert 'str' object to %s", kind)
	}
	it, ok := in.iterator(v)
	if !ok {
		if kind == "bytearray" {
			throw(excTypeError, "can't extend bytearray with %s", v.Type().tpName())
		}
		throw(excTypeError, "cannot convert '%s' object to %s", v.Type().tpName(), kind)
	}
	var out []byte
	for {
		w, ok := it.Next(in)
		if !ok {
			return string(out)
		}
		in.step()
		in.charge(1)
		name := "byte"
		if kind == "bytes" {
			name = kind
		}
		out = append(out, in.byteValue(w, name))
	}
}

func (in *Interp) bytesContain(s string, v Value) bool {
	if x, ok := in.asIndex(v); ok {
		n, ok := x.(Int)
		if !ok || n < 0 || n > 255 {
			throw(excValueError, "byte must be in range(0, 256)")
		}
		return strings.IndexByte(s, byte(n)) >= 0
	}
	return strings.Contains(s, bytesArg(v, needBytes))
}

func (s Bytes) repeat(in *Interp, n int) Value {
	in.repeated(len(s), n, 1)
	return Bytes(strings.Repeat(string(s), n))
}

func (b *Bytearray) repeat(in *Interp, n int) Value {
	in.repeated(len(b.b), n, 1)
	return &Bytearray{b: []byte(strings.Repeat(string(b.b), n))}
}

func (s Bytes) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	if op == opMod && !reflected {
		return Bytes(in.percentBytes(string(s), other))
	}
	return NotImplemented
}

func (b *Bytearray) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	if op == opMod && !reflected {
		return &Bytearray{b: []byte(in.percentBytes(string(b.b), other))}
	}
	return NotImplemented
}

func (b *Bytearray) inplace(in *Interp, op binOp, other Value) Value {
	switch op {
	case opAdd:
		s, ok := bytesLike(other)
		if !ok {
			if l, lends := other.(buffered); lends {
				raw, _ := l.buffer()
				s, ok = string(raw), true
			}
		}
		if !ok {
			throw(excTypeError, "can't concat %s to bytearray", other.Type().tpName())
		}
		b.grow(in, s)
		return b
	case opMul:
		if n, ok := in.asIndex(other); ok {
			b.resizing()
			b.b = b.repeat(in, in.repeatCount(n)).(*Bytearray).b
			return b
		}
	}
	return NotImplemented
}

// grow appends, unless a view holds the block.
func (b *Bytearray) grow(in *Interp, s string) {
	if s == "" {
		return
	}
	b.resizing()
	in.charge(len(s))
	b.b = append(b.b, s...)
}

func (s Bytes) iterate(*Interp) Iterator {
	b := []byte(s)
	return &bytesIterator{s: func() []byte { return b }}
}

func (b *Bytearray) iterate(*Interp) Iterator { return &bytesIterator{s: func() []byte { return b.b }} }

type bytesIterator struct {
	s func() []byte
	i int
}

var typeBytesIterator = newType("bytes_iterator", typeObject)

func (it *bytesIterator) Type() *Type { return typeBytesIterator }

func (it *bytesIterator) Next(*Interp) (Value, bool) {
	s := it.s()
	if it.i >= len(s) {
		return nil, false
	}
	it.i++
	return Int(s[it.i-1]), true
}

func (in *Interp) fromHex(v Value) string {
	text, ok := v.(Str)
	if !ok {
		throw(excTypeError, "fromhex() argument must be str, not %s", v.Type().tpName())
	}
	var out []byte
	s := string(text)
	for i := 0; i < len(s); {
		if s[i] == ' ' || s[i] >= '\t' && s[i] <= '\r' {
			i++
			continue
		}
		if digitValue(s[i]) > 15 {
			throw(excValueError, "non-hexadecimal number found in fromhex() arg at position %d", i)
		}
		if i+1 >= len(s) || digitValue(s[i+1]) > 15 {
			throw(excValueError, "non-hexadecimal number found in fromhex() arg at position %d", i+1)
		}
		out = append(out, byte(digitValue(s[i])<<4|digitValue(s[i+1])))
		i += 2
	}
	return string(out)
}

// hexText is bytes.hex with its separator.
func (in *Interp) hexText(s string, sep Value, group int) string {
	text := hex.EncodeToString([]byte(s))
	in.charge(2 * len(text))
	if sep == nil {
		return text
	}
	c, ok := sep.(Str)
	if !ok {
		b, isBytes := sep.(Bytes)
		if !isBytes {
			throw(excTypeError, "sep must be str or bytes.")
		}
		c = Str(b)
	}
	if len(c) != 1 {
		throw(excValueError, "sep must be length 1.")
	}
	if group == 0 {
		return text
	}
	var parts []string
	if n := group; n < 0 {
		for n = -n * 2; len(text) > n; text = text[n:] {
			parts = append(parts, text[:n])
		}
	} else {
		n *= 2
		if first := len(text) % n; first > 0 {
			parts = append(parts, text[:first])
			text = text[first:]
		}
		for ; len(text) > n; text = text[n:] {
			parts = append(parts, text[:n])
		}
	}
	if text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, string(c))
}
