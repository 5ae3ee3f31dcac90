package structpack

import (
	"iter"
	"math"

	"github.com/stride-go/nd/float16"
)

// Unpack returns the values in b, whose length must be the record's size. Byte
// strings are copies.
func (f *Format) Unpack(b []byte) ([]any, error) {
	if len(b) != f.size {
		return nil, failure("unpack requires a buffer of %d bytes", f.size)
	}
	return f.unpack(b, make([]any, 0, f.values)), nil
}

// UnpackFrom returns the values of the record that starts at offset; a negative
// one counts from the end.
func (f *Format) UnpackFrom(b []byte, offset int) ([]any, error) {
	at, err := f.place(b, offset, "not enough data to unpack %d bytes at offset %d",
		"unpack_from requires a buffer of at least %d bytes for unpacking %d bytes at offset %d (actual buffer size is %d)")
	if err != nil {
		return nil, err
	}
	return f.unpack(b[at:at+f.size], make([]any, 0, f.values)), nil
}

// All yields the records that b consists of, each in a slice that the next one
// reuses. The error is one of the format or of b's length.
func (f *Format) All(b []byte) (iter.Seq2[int, []any], error) {
	if f.size == 0 {
		return nil, failure("cannot iteratively unpack with a struct of length 0")
	}
	if len(b)%f.size != 0 {
		return nil, failure("iterative unpacking requires a buffer of a multiple of %d bytes", f.size)
	}
	return func(yield func(int, []any) bool) {
		var values []any
		for i := range len(b) / f.size {
			values = f.unpack(b[i*f.size:(i+1)*f.size], values[:0])
			if !yield(i, values) {
				return
			}
		}
	}, nil
}

// unpack appends the values of one record to out.
func (f *Format) unpack(b []byte, out []any) []any {
	for _, it := range f.items {
		for k := range it.values() {
			out = append(out, f.unpackOne(b[it.offset+k*it.size:], it))
		}
	}
	return out
}

func (f *Format) unpackOne(b []byte, it item) any {
	switch it.letter {
	case '?':
		return b[0] != 0
	case 'c':
		return []byte{b[0]}
	case 's':
		return append([]byte{}, b[:it.count]...)
	case 'p':
		if it.count == 0 {
			return []byte{}
		}
		return append([]byte{}, b[1:1+min(int(b[0]), it.count-1)]...)
	case 'e':
		return float16.FromBits(f.order.Uint16(b)).Float64()
	case 'f':
		return float64(math.Float32frombits(f.order.Uint32(b)))
	case 'd':
		return math.Float64frombits(f.order.Uint64(b))
	}
	var bits uint64
	switch it.size {
	case 1:
		bits = uint64(b[0])
	case 2:
		bits = uint64(f.order.Uint16(b))
	case 4:
		bits = uint64(f.order.Uint32(b))
	case 8:
		bits = f.order.Uint64(b)
	}
	if it.letter < 'a' {
		return bits
	}
	shift := uint(64 - 8*it.size)
	return int64(bits<<shift) >> shift
}
