// Package structpack packs Go values into bytes and back by the format strings
// of Python's struct module: Pack("=hdd", 1, 0.5, 0.25) is 18 bytes.
//
//	format  = [ order ] { [ count ] letter }        blanks between items do not count
//	order   = '@' native order, sizes and alignment (the default)
//	        | '=' native order | '<' little-endian | '>' or '!' big-endian:
//	          standard sizes, no alignment
//
//	letter     bytes   Go value unpacked   packs
//	x          1       none                nothing: a zero byte
//	c          1       []byte              a byte string of length 1
//	b h i q    1 2 4 8 int64               any integer in range, *big.Int too
//	B H I Q    1 2 4 8 uint64              any integer in range
//	l L        4, 8 under @                as i, I or q, Q
//	n N        8, under @ only             as q, Q
//	P          8, under @ only, uint64     any integer, modulo 2⁶⁴
//	?          1       bool                any value: is it true in Python's sense?
//	e f d      2 4 8   float64             any number
//	s          count   []byte              a byte string, cut or filled with zeros
//	p          count   []byte              the same with its length in the first byte
//
// A count repeats the letter; before s and p it is a length, and under @ a count
// of 0 aligns. As Python does, and unlike the C compiler, nothing is added at the
// end. l and L have 8 bytes under @ on every system.
//
// Errors wrap nd.ErrFormat and are worded as the struct.error of Python 3.11.
package structpack

import (
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Format is a parsed format string. It may be used from several goroutines.
type Format struct {
	text   string
	order  binary.ByteOrder
	native bool // '@'
	size   int
	values int
	items  []item
}

// item is a run of one letter.
type item struct {
	letter byte
	offset int
	count  int // of values; for s, p and x of bytes
	size   int // of one value; for s, p and x 1
}

// New parses a format.
func New(format string) (*Format, error) {
	f := &Format{text: format, order: binary.NativeEndian, native: true}
	rest := format
	if rest != "" {
		switch rest[0] {
		case '@':
			rest = rest[1:]
		case '=':
			f.native, rest = false, rest[1:]
		case '<':
			f.native, f.order, rest = false, binary.LittleEndian, rest[1:]
		case '>', '!':
			f.native, f.order, rest = false, binary.BigEndian, rest[1:]
		}
	}
	for i := 0; i < len(rest); i++ {
		if strings.IndexByte(" \t\n\v\f\r", rest[i]) >= 0 {
			continue
		}
		count := 1
		if isDigit(rest[i]) {
			for count = 0; i < len(rest) && isDigit(rest[i]); i++ {
				digit := int(rest[i] - '0')
				if count > (math.MaxInt-digit)/10 {
					return nil, failure("total struct size too long")
				}
				count = count*10 + digit
			}
			if i == len(rest) {
				return nil, failure("repeat count given without format specifier")
			}
		}
		size := f.sizeOf(rest[i])
		if size == 0 {
			return nil, failure("bad char in struct format")
		}
		if f.native {
			if f.size > math.MaxInt-(size-1) {
				return nil, failure("total struct size too long")
			}
			f.size = (f.size + size - 1) &^ (size - 1)
		}
		if count > (math.MaxInt-f.size)/size {
			return nil, failure("total struct size too long")
		}
		it := item{letter: rest[i], offset: f.size, count: count, size: size}
		f.size += count * size
		f.values += it.values()
		f.items = append(f.items, it)
	}
	return f, nil
}

// MustNew is New for formats that stand in the program: it panics with the error.
func MustNew(format string) *Format {
	f, err := New(format)
	if err != nil {
		panic(err)
	}
	return f
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// sizeOf returns the bytes of one value, 0 for an unknown letter. Sizes are
// alignments too.
func (f *Format) sizeOf(letter byte) int {
	switch letter {
	case 'x', 'c', 'b', 'B', '?', 's', 'p':
		return 1
	case 'h', 'H', 'e':
		return 2
	case 'i', 'I', 'f':
		return 4
	case 'q', 'Q', 'd':
		return 8
	case 'l', 'L':
		if f.native {
			return 8
		}
		return 4
	case 'n', 'N', 'P':
		if f.native {
			return 8
		}
	}
	return 0
}

// values returns how many Go values the item takes.
func (it item) values() int {
	switch it.letter {
	case 'x':
		return 0
	case 's', 'p':
		return 1
	}
	return it.count
}

// String returns the format string.
func (f *Format) String() string { return f.text }

// Size returns the bytes of one record.
func (f *Format) Size() int { return f.size }

// NumValues returns how many Go values one record holds.
func (f *Format) NumValues() int { return f.values }

// Letters yields the letter of each value, in order.
func (f *Format) Letters() iter.Seq2[int, byte] {
	return func(yield func(int, byte) bool) {
		n := 0
		for _, it := range f.items {
			for range it.values() {
				if !yield(n, it.letter) {
					return
				}
				n++
			}
		}
	}
}

// DType returns the dtype of the format's records, with fields f0, f1, …, as
// dtype.FromFormat gives it. Under '@' its item size is rounded up to the
// alignment of the largest field, where Size is not: pack arrays of records with
// '=', '<' or '>', or end the format with the count 0 of the largest letter.
func (f *Format) DType() (dtype.DType, error) { return dtype.FromFormat(f.text) }

// failure returns an error worded as Python words struct.error.
func failure(format string, args ...any) error {
	return &nd.Error{Op: "struct", Err: nd.ErrFormat, Msg: fmt.Sprintf(format, args...)}
}

// CalcSize returns the bytes that a format describes.
func CalcSize(format string) (int, error) {
	f, err := New(format)
	if err != nil {
		return 0, err
	}
	return f.Size(), nil
}

// Pack returns the values as the bytes that the format describes.
func Pack(format string, values ...any) ([]byte, error) {
	f, err := New(format)
	if err != nil {
		return nil, err
	}
	return f.Append(nil, values...)
}

// Unpack returns the values in b, whose length must be the format's size.
func Unpack(format string, b []byte) ([]any, error) {
	f, err := New(format)
	if err != nil {
		return nil, err
	}
	return f.Unpack(b)
}
