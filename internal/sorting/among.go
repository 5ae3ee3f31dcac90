package sorting

import (
	"sort"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Among tells in found, for each of the len(found) items at p, whether it equals one
// of the m items at q, or with invert whether it equals none. All are bools or
// integers of dtype dt. It reports false, and does nothing, where a table of the
// numbers between the least and the greatest of the m would be long.
func Among(dt dtype.DType, p unsafe.Pointer, found []bool, q unsafe.Pointer, m int, invert bool) bool {
	n := len(found)
	switch dt.Kind() {
	case dtype.KindBool, dtype.KindUint8:
		return among(at[uint8](p, n), found, at[uint8](q, m), invert)
	case dtype.KindInt8:
		return among(at[int8](p, n), found, at[int8](q, m), invert)
	case dtype.KindUint16:
		return among(at[uint16](p, n), found, at[uint16](q, m), invert)
	case dtype.KindInt16:
		return among(at[int16](p, n), found, at[int16](q, m), invert)
	case dtype.KindUint32:
		return among(at[uint32](p, n), found, at[uint32](q, m), invert)
	case dtype.KindInt32:
		return among(at[int32](p, n), found, at[int32](q, m), invert)
	case dtype.KindUint64:
		return among(at[uint64](p, n), found, at[uint64](q, m), invert)
	case dtype.KindInt64:
		return among(at[int64](p, n), found, at[int64](q, m), invert)
	}
	return false
}

// tableRoom is how many places a table may have for each item of both sides: beyond
// it, making the table takes longer than sorting. NumPy's choice too.
const tableRoom = 6

type integer interface {
	uint8 | int8 | uint16 | int16 | uint32 | int32 | uint64 | int64
}

func among[T integer](x []T, found []bool, y []T, invert bool) bool {
	if len(y) == 0 {
		return false
	}
	lo, hi := y[0], y[0]
	for _, v := range y {
		lo, hi = min(lo, v), max(hi, v)
	}
	span := uint64(hi) - uint64(lo)
	if span > uint64(tableRoom*(len(x)+len(y))) {
		return false
	}
	table := make([]bool, span+2) // the last place is for what lies outside
	if invert {
		for i := range table {
			table[i] = true
		}
	}
	for _, v := range y {
		// Items may change under our hands: then they may be anywhere.
		if k := uint64(v) - uint64(lo); k <= span {
			table[k] = !invert
		}
	}
	outside := span + 1
	for len(x) >= 4 {
		s, f := x[:4:4], found[:4:4]
		a, b := table[min(uint64(s[0])-uint64(lo), outside)], table[min(uint64(s[1])-uint64(lo), outside)]
		c, d := table[min(uint64(s[2])-uint64(lo), outside)], table[min(uint64(s[3])-uint64(lo), outside)]
		f[0], f[1], f[2], f[3] = a, b, c, d
		x, found = x[4:], found[4:]
	}
	for i, v := range x {
		found[i] = table[min(uint64(v)-uint64(lo), outside)]
	}
	return true
}

// AmongSorted is Among for m sorted items of any dtype. NaN equals nothing.
func AmongSorted(dt dtype.DType, p unsafe.Pointer, found []bool, q unsafe.Pointer, m int, invert bool) {
	size := dt.ItemSize()
	if dt.Kind() == dtype.KindFloat16 { // once, not for each block
		p, q = unsafe.Pointer(unsafe.SliceData(widened(p, len(found)))), unsafe.Pointer(unsafe.SliceData(widened(q, m)))
		dt, size = dtype.Float32, 4
	}
	if dt.Kind() == dtype.KindStr {
		dt, p, q = narrowedBoth(dt, p, len(found), q, m)
		size = dt.ItemSize()
	}
	compare, isNaN := Compare(dt), HasNaN(dt)
	q, m = distinctFew(compare, size, q, m)
	var room [1024]int64
	for len(found) > 0 {
		places := room[:min(len(room), len(found))]
		Search(dt, q, m, nil, p, places, false)
		switch {
		case dt.Kind() == dtype.KindFloat64:
			equalAt(at[float64](p, len(places)), found, at[float64](q, m), places, invert)
		case dt.Kind() == dtype.KindFloat32:
			equalAt(at[float32](p, len(places)), found, at[float32](q, m), places, invert)
		case dt.Kind() == dtype.KindInt64:
			equalAt(at[int64](p, len(places)), found, at[int64](q, m), places, invert)
		case dt.Kind() == dtype.KindInt32:
			equalAt(at[int32](p, len(places)), found, at[int32](q, m), places, invert)
		case dt.Kind() == dtype.KindComplex128 && dt.IsNative():
			equalAt(unsafe.Slice((*complex128)(p), len(places)), found, unsafe.Slice((*complex128)(q), m), places, invert)
		case dt.Kind() == dtype.KindComplex64 && dt.IsNative():
			equalAt(unsafe.Slice((*complex64)(p), len(places)), found, unsafe.Slice((*complex64)(q), m), places, invert)
		default:
			for i, k := range places {
				x := unsafe.Add(p, i*size)
				in := k < int64(m) && compare(x, unsafe.Add(q, int(k)*size)) == 0 && (isNaN == nil || !isNaN(x))
				found[i] = in != invert
			}
		}
		found = found[len(places):]
		if len(found) > 0 {
			p = unsafe.Add(p, len(places)*size)
		}
	}
}

// distinctFew returns those of m sorted items that differ, or all if they are more than Search
// counts.
func distinctFew(compare Comparer, size int, q unsafe.Pointer, m int) (unsafe.Pointer, int) {
	if m <= Few {
		return q, m
	}
	few, k := make([]int64, Few*size/8+1), 0 // for items of any alignment
	p := unsafe.Pointer(&few[0])
	for i := 0; i < m; k++ {
		if k == Few {
			return q, m
		}
		x := unsafe.Add(p, k*size)
		copy(unsafe.Slice((*byte)(x), size), unsafe.Slice((*byte)(unsafe.Add(q, i*size)), size))
		i += 1 + sort.Search(m-i-1, func(j int) bool { return compare(x, unsafe.Add(q, (i+1+j)*size)) != 0 })
	}
	return p, k
}

// equalAt tells for each item of x whether it equals the one of y at its place.
func equalAt[T comparable](x []T, found []bool, y []T, places []int64, invert bool) {
	for i, k := range places {
		found[i] = (uint64(k) < uint64(len(y)) && y[k] == x[i]) != invert
	}
}
