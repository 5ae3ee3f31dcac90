package structpack

import (
	"math"
	"reflect"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/float16"
)

// Append packs the values behind b and returns the longer slice.
func (f *Format) Append(b []byte, values ...any) ([]byte, error) {
	start := len(b)
	b = append(b, make([]byte, f.size)...)
	if err := f.pack(b[start:], values); err != nil {
		return b[:start], err
	}
	return b, nil
}

// PackInto packs the values into b from offset on; a negative offset counts from
// the end. Bytes outside the record keep their values, padding becomes zero.
func (f *Format) PackInto(b []byte, offset int, values ...any) error {
	at, err := f.place(b, offset, "no space to pack %d bytes at offset %d",
		"pack_into requires a buffer of at least %d bytes for packing %d bytes at offset %d (actual buffer size is %d)")
	if err != nil {
		return err
	}
	into := b[at : at+f.size]
	packed, err := f.Append(nil, values...)
	if err == nil {
		copy(into, packed)
	}
	return err
}

// place checks that a record fits into b at offset, and returns where it starts.
func (f *Format) place(b []byte, offset int, short, full string) (int, error) {
	if offset < 0 {
		if offset+f.size > 0 {
			return 0, failure(short, f.size, offset)
		}
		if offset+len(b) < 0 {
			return 0, failure("offset %d out of range for %d-byte buffer", offset, len(b))
		}
		offset += len(b)
	}
	if offset > len(b) || len(b)-offset < f.size {
		return 0, failure(full, uint64(f.size)+uint64(offset), f.size, offset, len(b))
	}
	return offset, nil
}

// pack writes the values to b, which is zero and has the record's size.
func (f *Format) pack(b []byte, values []any) error {
	if len(values) != f.values {
		return failure("pack expected %d items for packing (got %d)", f.values, len(values))
	}
	for _, it := range f.items {
		for k := range it.values() {
			at := b[it.offset+k*it.size:]
			if err := f.packOne(at, it, values[k]); err != nil {
				return err
			}
		}
		values = values[it.values():]
	}
	return nil
}

func (f *Format) packOne(b []byte, it item, value any) error {
	switch it.letter {
	case '?':
		if truth(value) {
			b[0] = 1
		}
		return nil
	case 'c', 's', 'p':
		return packText(b, it, value)
	case 'e', 'f', 'd':
		return f.packFloat(b, it.letter, value)
	}
	return f.packInt(b, it, value)
}

func packText(b []byte, it item, value any) error {
	text, isText := bytesOf(value)
	switch {
	case it.letter == 'c' && (!isText || len(text) != 1):
		return failure("char format requires a bytes object of length 1")
	case it.letter == 'c':
		b[0] = text[0]
	case !isText:
		return failure("argument for '%c' must be a bytes object", it.letter)
	case it.letter == 'p':
		if it.count > 0 {
			n := min(len(text), it.count-1, 255)
			b[0] = byte(n)
			copy(b[1:], text[:n])
		}
	default:
		copy(b[:it.count], text)
	}
	return nil
}

// bytesOf returns the bytes of a string, a byte slice or a single byte array.
func bytesOf(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case []byte:
		return string(v), true
	}
	return "", false
}

func (f *Format) packFloat(b []byte, letter byte, value any) error {
	x, isNumber := floatOf(value)
	if !isNumber {
		return failure("required argument is not a float")
	}
	tooLarge := false
	switch letter {
	case 'd':
		f.order.PutUint64(b, math.Float64bits(x))
	case 'f':
		y := float32(x)
		tooLarge = math.IsInf(float64(y), 0) && !math.IsInf(x, 0) && !f.native // a C cast gives infinity
		f.order.PutUint32(b, math.Float32bits(y))
	case 'e':
		h := float16.FromFloat64(x)
		tooLarge = math.IsInf(h.Float64(), 0) && !math.IsInf(x, 0)
		f.order.PutUint16(b, uint16(h))
	}
	if tooLarge {
		return &nd.Error{Op: "struct", Err: nd.ErrOverflow, Msg: "float too large to pack with " + string(letter) + " format"}
	}
	return nil
}

func floatOf(value any) (float64, bool) {
	if x, ok := value.(float64); ok {
		return x, true
	}
	switch r := reflect.ValueOf(value); {
	case !r.IsValid():
	case r.CanFloat():
		return r.Float(), true
	case r.CanInt():
		return float64(r.Int()), true
	case r.CanUint():
		return float64(r.Uint()), true
	}
	return 0, false
}

func (f *Format) packInt(b []byte, it item, value any) error {
	var bits uint64
	negative := false
	switch r := reflect.ValueOf(value); {
	case r.IsValid() && r.CanInt():
		bits, negative = uint64(r.Int()), r.Int() < 0
	case r.IsValid() && r.CanUint():
		bits = r.Uint()
	case r.IsValid() && r.Kind() == reflect.Bool: // an int in Python
		if r.Bool() {
			bits = 1
		}
	default:
		return failure("required argument is not an integer")
	}
	width := uint(8 * it.size)
	signed := it.letter >= 'a'
	switch {
	case it.letter == 'P':
	case signed:
		high := uint64(1) << (width - 1)
		if !negative && bits >= high || negative && int64(bits) < -int64(high-1)-1 {
			return failure("'%c' format requires %d <= number <= %d", it.letter, -int64(high-1)-1, high-1)
		}
	case negative || width < 64 && bits>>width != 0:
		return failure("'%c' format requires 0 <= number <= %d", it.letter, ^uint64(0)>>(64-width))
	}
	switch it.size {
	case 1:
		b[0] = byte(bits)
	case 2:
		f.order.PutUint16(b, uint16(bits))
	case 4:
		f.order.PutUint32(b, uint32(bits))
	case 8:
		f.order.PutUint64(b, bits)
	}
	return nil
}

// truth is Python's bool(value).
func truth(value any) bool {
	r := reflect.ValueOf(value)
	if !r.IsValid() {
		return false
	}
	switch r.Kind() {
	case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
		return r.Len() > 0
	}
	return !r.IsZero()
}
