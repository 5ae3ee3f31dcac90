package sorting

import (
	"bytes"
	"cmp"
	endian "encoding/binary"
	"math"
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// A Comparer compares the items at two addresses: negative, 0 or positive as the
// first sorts before, with or after the second.
type Comparer func(a, b unsafe.Pointer) int

// Compare returns the order of items of any dtype, byte order and alignment.
func Compare(dt dtype.DType) Comparer {
	swap := !dt.IsNative()
	switch dt.Kind() {
	case dtype.KindBool, dtype.KindUint8:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(*(*uint8)(a), *(*uint8)(b)) }
	case dtype.KindInt8:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(*(*int8)(a), *(*int8)(b)) }
	case dtype.KindUint16:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(word16(a, swap), word16(b, swap)) }
	case dtype.KindInt16:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(int16(word16(a, swap)), int16(word16(b, swap))) }
	case dtype.KindUint32:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(word32(a, swap), word32(b, swap)) }
	case dtype.KindInt32:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(int32(word32(a, swap)), int32(word32(b, swap))) }
	case dtype.KindUint64:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(word64(a, swap), word64(b, swap)) }
	case dtype.KindInt64:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(int64(word64(a, swap)), int64(word64(b, swap))) }
	case dtype.KindFloat16:
		return func(a, b unsafe.Pointer) int {
			return compareFloats(float16.Float16(word16(a, swap)).Float64(), float16.Float16(word16(b, swap)).Float64())
		}
	case dtype.KindFloat32:
		return func(a, b unsafe.Pointer) int { return compareFloats(float32At(a, swap), float32At(b, swap)) }
	case dtype.KindFloat64:
		return func(a, b unsafe.Pointer) int { return compareFloats(float64At(a, swap), float64At(b, swap)) }
	case dtype.KindComplex64:
		return func(a, b unsafe.Pointer) int {
			return compareComplex(float32At(a, swap), float32At(unsafe.Add(a, 4), swap), float32At(b, swap), float32At(unsafe.Add(b, 4), swap))
		}
	case dtype.KindComplex128:
		return func(a, b unsafe.Pointer) int {
			return compareComplex(float64At(a, swap), float64At(unsafe.Add(a, 8), swap), float64At(b, swap), float64At(unsafe.Add(b, 8), swap))
		}
	case dtype.KindStr:
		n := dt.ItemSize()
		return func(a, b unsafe.Pointer) int {
			for i := 0; i < n; i += 4 {
				if c := cmp.Compare(word32(unsafe.Add(a, i), swap), word32(unsafe.Add(b, i), swap)); c != 0 {
					return c
				}
			}
			return 0
		}
	case dtype.KindVoid:
		if dt.IsStruct() {
			return compareFields(dt, nil)
		}
	}
	n := dt.ItemSize()
	return func(a, b unsafe.Pointer) int {
		return bytes.Compare(unsafe.Slice((*byte)(a), n), unsafe.Slice((*byte)(b), n))
	}
}

// compareItem is Compare for a field of a record, or an item of a row.
func compareItem(dt dtype.DType) Comparer {
	if dt.Kind() == dtype.KindFloat16 {
		return compareHalfField(!dt.IsNative())
	}
	return Compare(dt)
}

// CompareBy returns the order of records by the fields named, in that order, then
// by the others in the order of the dtype. The names are the dtype's.
func CompareBy(dt dtype.DType, names []string) Comparer { return compareFields(dt, names) }

func compareFields(dt dtype.DType, first []string) Comparer {
	type part struct {
		at      int
		compare Comparer
	}
	var parts []part
	used := map[string]bool{}
	add := func(f dtype.Field) {
		if !used[f.Name] {
			used[f.Name] = true
			parts = append(parts, part{f.Offset, compareItem(f.DType)})
		}
	}
	for _, name := range first {
		f, _ := dt.Field(name)
		add(f)
	}
	for _, f := range dt.Fields() {
		add(f)
	}
	return func(a, b unsafe.Pointer) int {
		for i := range parts {
			p := &parts[i]
			if c := p.compare(unsafe.Add(a, p.at), unsafe.Add(b, p.at)); c != 0 {
				return c
			}
		}
		return 0
	}
}

// compareHalfField compares float16 fields of records, where NumPy puts NaN first.
func compareHalfField(swap bool) Comparer {
	return func(a, b unsafe.Pointer) int {
		x, y := float16.Float16(word16(a, swap)).Float64(), float16.Float16(word16(b, swap)).Float64()
		if d := nan(y) - nan(x); d != 0 {
			return d
		}
		return compareFloats(x, y)
	}
}

// The words at an address that need not be aligned, in native or swapped order.

func word16(p unsafe.Pointer, swap bool) uint16 {
	w := endian.NativeEndian.Uint16((*[2]byte)(p)[:])
	if swap {
		w = bits.ReverseBytes16(w)
	}
	return w
}

func word32(p unsafe.Pointer, swap bool) uint32 {
	w := endian.NativeEndian.Uint32((*[4]byte)(p)[:])
	if swap {
		w = bits.ReverseBytes32(w)
	}
	return w
}

func word64(p unsafe.Pointer, swap bool) uint64 {
	w := endian.NativeEndian.Uint64((*[8]byte)(p)[:])
	if swap {
		w = bits.ReverseBytes64(w)
	}
	return w
}

func float32At(p unsafe.Pointer, swap bool) float32 { return math.Float32frombits(word32(p, swap)) }
func float64At(p unsafe.Pointer, swap bool) float64 { return math.Float64frombits(word64(p, swap)) }

type float interface{ float32 | float64 }

// compareFloats puts NaN last.
func compareFloats[F float](a, b F) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case a == b:
		return 0
	}
	return nan(a) - nan(b)
}

func nan[F float](x F) int {
	if x != x {
		return 1
	}
	return 0
}

// compareComplex compares the groups first: numbers, imaginary NaN, real NaN,
// both NaN.
func compareComplex[F float](ar, ai, br, bi F) int {
	if d := 2*nan(ar) + nan(ai) - 2*nan(br) - nan(bi); d != 0 {
		return d
	}
	if c := compareFloats(ar, br); c != 0 {
		return c
	}
	return compareFloats(ai, bi)
}
