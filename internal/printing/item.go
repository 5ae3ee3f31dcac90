package printing

import (
	"encoding/binary"
	"math"
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// Reading items. Every pointer in this file is the start of an item that the
// operand's shape and strides reach, so by the operand's invariant the item's
// bytes lie in a live block; items may be unaligned and of either byte order,
// so they are read as bytes.

// step returns the item that lies n bytes from p in the same block.
func step(p unsafe.Pointer, n int) unsafe.Pointer { return unsafe.Add(p, n) }

// rawBytes returns the item's own bytes.
func rawBytes(p unsafe.Pointer, size int) []byte {
	if size == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(p), size)
}

// readWord returns the unsigned number of size bytes (1, 2, 4 or 8) at p.
func readWord(p unsafe.Pointer, size int, swap bool) uint64 {
	b := rawBytes(p, size)
	switch size {
	case 1:
		return uint64(b[0])
	case 2:
		v := binary.NativeEndian.Uint16(b)
		if swap {
			v = bits.ReverseBytes16(v)
		}
		return uint64(v)
	case 4:
		v := binary.NativeEndian.Uint32(b)
		if swap {
			v = bits.ReverseBytes32(v)
		}
		return uint64(v)
	}
	v := binary.NativeEndian.Uint64(b)
	if swap {
		v = bits.ReverseBytes64(v)
	}
	return v
}

// number reads items of one numeric kind.
type number struct {
	kind dtype.Kind
	size int // of one part for complex kinds
	swap bool
}

func numberOf(d dtype.DType) number {
	n := number{d.Kind(), d.ItemSize(), !d.IsNative()}
	if d.IsComplex() {
		n.size /= 2
	}
	return n
}

// width returns the bits of the floating-point number, or of one part.
func (n number) width() int { return n.size * 8 }

func (n number) word(p unsafe.Pointer) uint64 { return readWord(p, n.size, n.swap) }

// integer returns a signed item.
func (n number) integer(p unsafe.Pointer) int64 {
	shift := 64 - n.width()
	return int64(n.word(p)<<shift) >> shift
}

// float returns a floating-point item, or the real part.
func (n number) float(p unsafe.Pointer) float64 {
	w := n.word(p)
	switch n.size {
	case 2:
		return float16.FromBits(uint16(w)).Float64()
	case 4:
		return float64(math.Float32frombits(uint32(w)))
	}
	return math.Float64frombits(w)
}

// imag returns the imaginary part.
func (n number) imag(p unsafe.Pointer) float64 { return n.float(step(p, n.size)) }

// textRunes returns the code points of a U item without the NULs at its end.
func textRunes(p unsafe.Pointer, d dtype.DType) []rune {
	swap := !d.IsNative()
	r := make([]rune, d.ItemSize()/4)
	for i := range r {
		r[i] = rune(readWord(step(p, 4*i), 4, swap))
	}
	for len(r) > 0 && r[len(r)-1] == 0 {
		r = r[:len(r)-1]
	}
	return r
}

// textBytes returns the bytes of an S item without the NULs at its end.
func textBytes(p unsafe.Pointer, d dtype.DType) []byte {
	b := rawBytes(p, d.ItemSize())
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}

// Text returns an S or U item as Go text, without the NULs at its end.
func Text(p unsafe.Pointer, d dtype.DType) string {
	if d.Kind() == dtype.KindStr {
		return string(textRunes(p, d))
	}
	return string(textBytes(p, d))
}

// goValue returns the item as the Go value of its kind: bool, int8 … uint64,
// float16.Float16, float32, float64, complex64, complex128, []byte for S and V
// (a copy), string for U.
func goValue(p unsafe.Pointer, d dtype.DType) any {
	n := numberOf(d)
	switch d.Kind() {
	case dtype.KindBool:
		return n.word(p) != 0
	case dtype.KindInt8:
		return int8(n.word(p))
	case dtype.KindUint8:
		return uint8(n.word(p))
	case dtype.KindInt16:
		return int16(n.word(p))
	case dtype.KindUint16:
		return uint16(n.word(p))
	case dtype.KindInt32:
		return int32(n.word(p))
	case dtype.KindUint32:
		return uint32(n.word(p))
	case dtype.KindInt64:
		return int64(n.word(p))
	case dtype.KindUint64:
		return n.word(p)
	case dtype.KindFloat16:
		return float16.FromBits(uint16(n.word(p)))
	case dtype.KindFloat32:
		return float32(n.float(p))
	case dtype.KindFloat64:
		return n.float(p)
	case dtype.KindComplex64:
		return complex(float32(n.float(p)), float32(n.imag(p)))
	case dtype.KindComplex128:
		return complex(n.float(p), n.imag(p))
	case dtype.KindBytes:
		return append([]byte{}, textBytes(p, d)...)
	case dtype.KindStr:
		return Text(p, d)
	}
	return append([]byte{}, rawBytes(p, d.ItemSize())...)
}
