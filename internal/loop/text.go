package loop

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/pyliteral"
)

// itemFunc returns the conversion of one item where at least one side is text (S,
// U) or raw bytes (V).
func itemFunc(dst, src dtype.DType) (func(dst, src unsafe.Pointer) error, error) {
	size, from := dst.ItemSize(), src.ItemSize()
	switch {
	case dst.Kind() == dtype.KindVoid, src.Kind() == dtype.KindVoid && dst.IsStruct():
		// Raw bytes of the item in the machine's order, cut off or padded with zeros.
		unit := sideOf(src).swap
		return func(d, s unsafe.Pointer) error {
			b, raw := unsafe.Slice((*byte)(d), size), unsafe.Slice((*byte)(s), from)
			n := copy(b, raw)
			if unit > 0 {
				for i := range n {
					j := i % unit
					b[i] = raw[i-j+unit-1-j]
				}
			}
			clear(b[n:])
			return nil
		}, nil
	case dst.Kind() == dtype.KindBool && Textual(src):
		return func(d, s unsafe.Pointer) error { *(*bool)(d) = anyText(s, from); return nil }, nil
	case isNumber(dst.Kind()) && !isNumber(src.Kind()):
		return func(d, s unsafe.Pointer) error { return parseItem(d, dst, s, src) }, nil
	case src.Kind() == dtype.KindVoid:
		return nil, nderr.New("astype", nderr.ErrValue, "setting an array element with a sequence")
	case isNumber(src.Kind()):
		return func(d, s unsafe.Pointer) error {
			text := ReadNumber(s, src).Text()
			writeText(d, dst, text)
			return nil
		}, nil
	case dst.Kind() == dtype.KindBytes: // from U
		return func(d, s unsafe.Pointer) error {
			b := unsafe.Slice((*byte)(d), size)
			clear(b)
			for i, n := 0, min(size, textLen(s, src)); i < n; i++ {
				r := codePoint(s, src, i)
				if r > 127 {
					return nderr.New("astype", nderr.ErrValue, "'ascii' codec can't encode character '%s' in position %d: ordinal not in range(128)", escape(r), i)
				}
				b[i] = byte(r)
			}
			return nil
		}, nil
	case src.Kind() == dtype.KindBytes: // to U
		return func(d, s unsafe.Pointer) error {
			b := unsafe.Slice((*byte)(s), from)
			for i := range size / 4 {
				var r uint32
				if i < len(b) {
					r = uint32(b[i])
				}
				if r > 127 {
					return nderr.New("astype", nderr.ErrValue, "'ascii' codec can't decode byte 0x%02x in position %d: ordinal not in range(128)", r, i)
				}
				setCodePoint(d, dst, i, r)
			}
			return nil
		}, nil
	}
	// U to U.
	return func(d, s unsafe.Pointer) error {
		for i := range size / 4 {
			var r uint32
			if i < from/4 {
				r = codePoint(s, src, i)
			}
			setCodePoint(d, dst, i, r)
		}
		return nil
	}, nil
}

func escape(r uint32) string {
	switch {
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// Textual reports whether d is S or U.
func Textual(d dtype.DType) bool { return d.Kind() == dtype.KindBytes || d.Kind() == dtype.KindStr }

// anyText reports whether one of the size bytes of a text item is not NUL: mostly the first is.
func anyText(p unsafe.Pointer, size int) bool {
	for _, c := range unsafe.Slice((*byte)(p), size) {
		if c != 0 {
			return true
		}
	}
	return false
}

// noText is what follows a text in a longer item.
var noText [64]byte

// moveText is Move from text to text of one kind and byte order: items are cut off, or filled
// up with NULs. Items of a block get both while they are in the cache.
func (m *Mover) moveText(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int) {
	same := min(m.to.size, m.from.size)
	for first := 0; first < n; {
		k := min(n-first, max(1, BlockBytes/max(1, m.to.size)))
		to := unsafe.Add(dst, first*dstStride)
		kernel.Copy(to, dstStride, unsafe.Add(src, first*srcStride), srcStride, same, k)
		for at := same; at < m.to.size; at += len(noText) {
			kernel.Copy(unsafe.Add(to, at), dstStride, unsafe.Pointer(&noText), 0, min(len(noText), m.to.size-at), k)
		}
		first += k
	}
}

// codePoint returns the i-th code point of a U item.
func codePoint(p unsafe.Pointer, d dtype.DType, i int) uint32 {
	var b [4]byte
	copy(b[:], unsafe.Slice((*byte)(unsafe.Add(p, 4*i)), 4))
	if d.Order() == dtype.Big {
		return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	}
	return uint32(b[3])<<24 | uint32(b[2])<<16 | uint32(b[1])<<8 | uint32(b[0])
}

func setCodePoint(p unsafe.Pointer, d dtype.DType, i int, r uint32) {
	b := unsafe.Slice((*byte)(unsafe.Add(p, 4*i)), 4)
	if d.Order() == dtype.Big {
		b[0], b[1], b[2], b[3] = byte(r>>24), byte(r>>16), byte(r>>8), byte(r)
	} else {
		b[0], b[1], b[2], b[3] = byte(r), byte(r>>8), byte(r>>16), byte(r>>24)
	}
}

// textLen returns the length of a text item, trailing NULs not counted: bytes of
// S, code points of U.
func textLen(p unsafe.Pointer, d dtype.DType) int {
	if d.Kind() == dtype.KindStr {
		n := d.ItemSize() / 4
		for n > 0 && codePoint(p, d, n-1) == 0 {
			n--
		}
		return n
	}
	b := unsafe.Slice((*byte)(p), d.ItemSize())
	n := len(b)
	for n > 0 && b[n-1] == 0 {
		n--
	}
	return n
}

// ReadText returns a text item as a Go string: the bytes of S, UTF-8 for U.
func ReadText(p unsafe.Pointer, d dtype.DType) string {
	n := textLen(p, d)
	if d.Kind() != dtype.KindStr {
		return string(unsafe.Slice((*byte)(p), n))
	}
	b := make([]byte, 0, n)
	for i := range n {
		b = utf8.AppendRune(b, rune(codePoint(p, d, i)))
	}
	return string(b)
}

// writeText writes ASCII text into an S or U item, cut off or padded.
func writeText(p unsafe.Pointer, d dtype.DType, text string) {
	if d.Kind() == dtype.KindStr {
		for i := range d.ItemSize() / 4 {
			var r uint32
			if i < len(text) {
				r = uint32(text[i])
			}
			setCodePoint(p, d, i, r)
		}
		return
	}
	b := unsafe.Slice((*byte)(p), d.ItemSize())
	clear(b[copy(b, text):])
}

// parseItem reads a number from text as Python's int(), float() and complex() do.
// A bool is whether there is any text.
func parseItem(p unsafe.Pointer, d dtype.DType, s unsafe.Pointer, src dtype.DType) error {
	text := ReadText(s, src)
	n := Number{Kind: d.Kind()}
	quoted := func(number bool) string {
		switch {
		case src.Kind() == dtype.KindStr:
			return "np.str_(" + pyliteral.Quote(text) + ")"
		case number:
			return "np.bytes_(b" + pyliteral.Quote(text) + ")"
		}
		return "b" + pyliteral.Quote(text)
	}
	switch {
	case n.Kind == dtype.KindBool:
		if text != "" {
			n.I = 1
		}
	case d.IsInteger():
		t, ok := pythonDigits(strings.TrimSpace(text))
		if !ok {
			return nderr.New("astype", nderr.ErrValue, "invalid literal for int() with base 10: %s", quoted(false))
		}
		v, err := strconv.ParseInt(t, 10, 64)
		if err != nil {
			u, uerr := strconv.ParseUint(strings.TrimPrefix(t, "+"), 10, 64)
			if uerr != nil || n.Kind != dtype.KindUint64 {
				if n.Kind == dtype.KindInt64 || n.Kind == dtype.KindUint64 {
					return nderr.New("astype", nderr.ErrOverflow, "Python int too large to convert to C long")
				}
				return nderr.New("astype", nderr.ErrOverflow, "Python integer %s out of bounds for %s", t, d.Name())
			}
			v = int64(u)
		} else if !Fits(v, n.Kind) {
			return nderr.New("astype", nderr.ErrOverflow, "Python integer %d out of bounds for %s", v, d.Name())
		}
		n.I = v
	case d.IsFloat():
		f, ok := pythonFloat(strings.TrimSpace(text))
		if !ok {
			return nderr.New("astype", nderr.ErrValue, "could not convert string to float: %s", quoted(true))
		}
		n.Re = f
	default:
		re, im, ok := pythonComplex(text)
		if !ok {
			return nderr.New("astype", nderr.ErrValue, "complex() arg is a malformed string")
		}
		n.Re, n.Im = re, im
	}
	WriteNumber(p, d, n)
	return nil
}

// Fits reports whether v is in the range of integer kind k.
func Fits(v int64, k dtype.Kind) bool {
	switch k {
	case dtype.KindBool:
		return v == 0 || v == 1
	case dtype.KindInt8:
		return v == int64(int8(v))
	case dtype.KindUint8:
		return v == int64(uint8(v))
	case dtype.KindInt16:
		return v == int64(int16(v))
	case dtype.KindUint16:
		return v == int64(uint16(v))
	case dtype.KindInt32:
		return v == int64(int32(v))
	case dtype.KindUint32:
		return v == int64(uint32(v))
	case dtype.KindUint64:
		return v >= 0
	}
	return true
}

// fitsFloat reports whether x, without its fraction, is in the range of integer kind k.
func fitsFloat(x float64, k dtype.Kind) bool {
	x = math.Trunc(x)
	if k == dtype.KindUint64 {
		return x >= 0 && x < 1<<64
	}
	return x >= -1<<63 && x < 1<<63 && Fits(int64(x), k)
}

// pythonDigits checks a decimal integer and drops single underscores between digits.
func pythonDigits(s string) (string, bool) {
	t := strings.TrimLeft(s, "+-")
	if len(s)-len(t) > 1 {
		return "", false
	}
	t, ok := dropUnderscores(t)
	if !ok || t == "" || strings.Trim(t, "0123456789") != "" {
		return "", false
	}
	return s[:len(s)-len(strings.TrimLeft(s, "+-"))] + t, true
}

// dropUnderscores removes underscores, each of which must stand between two digits.
func dropUnderscores(s string) (string, bool) {
	if !strings.Contains(s, "_") {
		return s, true
	}
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := range len(s) {
		if s[i] == '_' && !(digit(i-1) && digit(i+1)) {
			return "", false
		}
	}
	return strings.ReplaceAll(s, "_", ""), true
}

// pythonFloat parses what Python's float() takes, space removed before.
func pythonFloat(s string) (float64, bool) {
	t, ok := dropUnderscores(s)
	if !ok || t == "" {
		return 0, false
	}
	switch strings.ToLower(strings.TrimLeft(t, "+-")) {
	case "nan", "inf", "infinity":
	default:
		if strings.Trim(t, "0123456789.eE+-") != "" {
			return 0, false
		}
	}
	if strings.EqualFold(strings.TrimLeft(t, "+-"), "nan") {
		return math.NaN(), len(t) <= 4
	}
	f, err := strconv.ParseFloat(t, 64)
	if e, bad := err.(*strconv.NumError); bad && e.Err != strconv.ErrRange {
		return 0, false
	}
	return f, true
}

// pythonComplex parses what Python's complex() takes.
func pythonComplex(s string) (re, im float64, ok bool) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if s == "" {
		return 0, 0, false
	}
	if last := s[len(s)-1]; last != 'j' && last != 'J' {
		re, ok = pythonFloat(s)
		return re, 0, ok
	}
	s = s[:len(s)-1]
	// The imaginary part starts at the last sign that belongs to no exponent.
	cut := 0
	for i := len(s) - 1; i > 0; i-- {
		if (s[i] == '+' || s[i] == '-') && !((s[i-1] == 'e' || s[i-1] == 'E') && i > 1 && strings.IndexByte("0123456789._", s[i-2]) >= 0) {
			cut = i
			break
		}
	}
	if cut > 0 {
		if re, ok = pythonFloat(s[:cut]); !ok {
			return 0, 0, false
		}
	}
	switch t := s[cut:]; t {
	case "", "+":
		return re, 1, true
	case "-":
		return re, -1, true
	default:
		im, ok = pythonFloat(t)
		return re, im, ok
	}
}
