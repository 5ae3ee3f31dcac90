package structpack

import (
	"math"
	"math/big"
	"reflect"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/float16"
)

// Append packs the values behind b and returns the longer slice. ErrMemory if the
// machine cannot hold it.
func (f *Format) Append(b []byte, values ...any) ([]byte, error) {
	if err := f.checkCount(values, "pack"); err != nil {
		return b, err
	}
	if err := buffer.CheckRoom(f.size); err != nil {
		return b, err
	}
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
	if err := f.checkCount(values, "pack_into"); err != nil {
		return err
	}
	at, err := f.place(b, offset, "no space to pack %d bytes at offset %d",
		"pack_into requires a buffer of at least %d bytes for packing %d bytes at offset %d (actual buffer size is %d)")
	if err != nil {
		return err
	}
	packed := make([]byte, f.size)
	if err := f.pack(packed, values); err != nil {
		return err
	}
	copy(b[at:], packed)
	return nil
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

func (f *Format) checkCount(values []any, name string) error {
	if len(values) != f.values {
		return failure("%s expected %d items for packing (got %d)", name, f.values, len(values))
	}
	return nil
}

// pack writes the record's values to b, which is zero and has its size.
func (f *Format) pack(b []byte, values []any) error {
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
	bits, negative, isInt, fits := integerOf(value)
	if !isInt {
		return failure("required argument is not an integer")
	}
	if it.letter == 'P' {
		if !fits {
			return failure("int too large to convert")
		}
	} else if err := inRange(it, bits, negative, fits); err != nil {
		return err
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

// integerOf returns an integer as two's complement of 64 bits with its sign;
// fits is false for one below -2⁶³ or above 2⁶⁴-1. Python's bool is an int.
func integerOf(value any) (bits uint64, negative, isInt, fits bool) {
	if z, isBig := value.(*big.Int); isBig {
		if z.Sign() < 0 {
			return uint64(z.Int64()), true, true, z.IsInt64()
		}
		return z.Uint64(), false, true, z.IsUint64()
	}
	switch r := reflect.ValueOf(value); {
	case !r.IsValid():
	case r.CanInt():
		return uint64(r.Int()), r.Int() < 0, true, true
	case r.CanUint():
		return r.Uint(), false, true, true
	case r.Kind() == reflect.Bool && r.Bool():
		return 1, false, true, true
	case r.Kind() == reflect.Bool:
		return 0, false, true, true
	}
	return 0, false, false, false
}

// inRange returns the error for an integer that the letter cannot hold. As
// Python's C code, which reads it into a long first, or for I, L, Q and N into an
// unsigned one, it says less about a number that is too large for that.
func inRange(it item, bits uint64, negative, fits bool) error {
	low, high := int64(0), ^uint64(0)>>(64-8*it.size)
	if it.letter >= 'a' {
		high >>= 1
		low = -int64(high) - 1
	}
	if fits && (negative && int64(bits) >= low || !negative && bits <= high) {
		return nil
	}
	wide := it.letter == 'I' || it.letter == 'L' || it.letter == 'Q' || it.letter == 'N'
	if !fits || wide && negative || !wide && !negative && bits > math.MaxInt64 {
		return failure("argument out of range")
	}
	name := "'" + string(it.letter) + "'"
	switch it.letter {
	case 'b':
		name = "byte"
	case 'B':
		name = "ubyte"
	case 'h':
		name = "short"
	case 'H':
		name = "ushort"
	}
	return failure("%s format requires %d <= number <= %d", name, low, high)
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
