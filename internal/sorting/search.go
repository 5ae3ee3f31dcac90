package sorting

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Search writes to out, for each of the len(out) items at v, the place in the n
// sorted items at p where it may be inserted: before all equal items, or with
// right behind them. If sorter is not nil, place i holds the item sorter[i],
// and Search reports false as soon as it meets a place outside n. All items are
// of dtype dt.
//
// Source: binary search that starts from the bounds of the item before, so that
// ascending items are found faster; without a sorter numbers are searched several
// at a time, see searchTogether; among a few they are counted, see searchFew.
func Search(dt dtype.DType, p unsafe.Pointer, n int, sorter []int64, v unsafe.Pointer, out []int64, right bool) bool {
	if sorter == nil && (searchFew(dt, p, n, v, out, right) || searchText(dt, p, n, v, out, right)) {
		return true
	}
	if sorter == nil && dt.ItemSize() == 1 && len(out) >= 2*len(table{}) {
		searchByTable(dt, p, n, v, out, right)
		return true
	}
	switch dt.Kind() {
	case dtype.KindBool, dtype.KindUint8:
		return searchNumbers(at[uint8](p, n), sorter, at[uint8](v, len(out)), out, right)
	case dtype.KindInt8:
		return searchNumbers(at[int8](p, n), sorter, at[int8](v, len(out)), out, right)
	case dtype.KindUint16:
		return searchNumbers(at[uint16](p, n), sorter, at[uint16](v, len(out)), out, right)
	case dtype.KindInt16:
		return searchNumbers(at[int16](p, n), sorter, at[int16](v, len(out)), out, right)
	case dtype.KindUint32:
		return searchNumbers(at[uint32](p, n), sorter, at[uint32](v, len(out)), out, right)
	case dtype.KindInt32:
		return searchNumbers(at[int32](p, n), sorter, at[int32](v, len(out)), out, right)
	case dtype.KindUint64:
		return searchNumbers(at[uint64](p, n), sorter, at[uint64](v, len(out)), out, right)
	case dtype.KindInt64:
		return searchNumbers(at[int64](p, n), sorter, at[int64](v, len(out)), out, right)
	case dtype.KindFloat16:
		return searchNumbers(widened(p, n), sorter, widened(v, len(out)), out, right)
	case dtype.KindFloat32:
		return searchNumbers(at[float32](p, n), sorter, at[float32](v, len(out)), out, right)
	case dtype.KindFloat64:
		return searchNumbers(at[float64](p, n), sorter, at[float64](v, len(out)), out, right)
	}
	compare, size := Compare(dt), dt.ItemSize()
	switch {
	case sorter != nil || !dt.IsNative():
	case dt.Kind() == dtype.KindComplex64:
		return searchComplex[float32](compare, p, n, v, out, right)
	case dt.Kind() == dtype.KindComplex128:
		return searchComplex[float64](compare, p, n, v, out, right)
	}
	return searchItems(compare, size, p, n, sorter, v, out, right)
}

// table holds a place for each byte.
type table [1 << digit]int64

// searchByTable is Search for many bytes: the place of each of the 256 is searched once.
func searchByTable(dt dtype.DType, p unsafe.Pointer, n int, v unsafe.Pointer, out []int64, right bool) {
	var all [len(table{})]uint8
	for i := range all {
		all[i] = uint8(i)
	}
	var places table
	Search(dt, p, n, nil, unsafe.Pointer(&all), places[:], right)
	for i, b := range at[uint8](v, len(out)) {
		out[i] = places[b]
	}
}

// PlacesBehind is Search among numbers, each behind all equal ones.
func PlacesBehind(s, v []float64, out []int64) {
	if !searchFew(dtype.Float64, unsafe.Pointer(unsafe.SliceData(s)), len(s), unsafe.Pointer(unsafe.SliceData(v)), out, true) {
		searchNumbers(s, nil, v, out, true)
	}
}

type number interface {
	uint8 | int8 | uint16 | int16 | uint32 | int32 | uint64 | int64 | float32 | float64
}

// at returns n items at p.
//
// Invariant of the unsafe use: p holds n aligned items of T.
func at[T number](p unsafe.Pointer, n int) []T { return unsafe.Slice((*T)(p), n) }

// widened returns n items of float16 at p as float32.
func widened(p unsafe.Pointer, n int) []float32 {
	wide := make([]float32, n)
	kernel.Cast(dtype.KindFloat16, dtype.KindFloat32)(unsafe.Pointer(unsafe.SliceData(wide)), p, n)
	return wide
}

// searchNumbers is Search for numbers of one part. NaN sorts last; the tests for
// it vanish for integers.
func searchNumbers[T number](s []T, sorter []int64, v []T, out []int64, right bool) bool {
	if sorter == nil {
		whole := len(v) / together * together
		searchTogether(s, v[:whole], out[:whole], right)
		v, out = v[whole:], out[whole:]
	}
	lo, hi := 0, len(s)
	for j, x := range v {
		if j > 0 {
			last := v[j-1]
			before := last < x || x != x && last == last
			if right {
				before = !(x < last || last != last && x == x)
			}
			lo, hi = restart(before, lo, hi, len(s))
		}
		for lo < hi {
			m := int(uint(lo+hi) >> 1)
			i := m
			if sorter != nil {
				if i = int(sorter[m]); uint(i) >= uint(len(s)) {
					return false
				}
			}
			y := s[i]
			before := y < x || x != x && y == y
			if right {
				before = !(x < y || y != y && x == x)
			}
			if before {
				lo = m + 1
			} else {
				hi = m
			}
		}
		out[j] = int64(lo)
	}
	return true
}

// restart returns the bounds of the search for an item: those of the search that
// has just ended at lo = hi, widened upwards if the item comes behind the one
// before, else downwards.
func restart(behind bool, lo, hi, n int) (int, int) {
	if behind {
		return lo, n
	}
	return 0, min(hi+1, n)
}

// searchItems is Search by a comparison.
func searchItems(compare Comparer, size int, p unsafe.Pointer, n int, sorter []int64, v unsafe.Pointer, out []int64, right bool) bool {
	before := func(a, b unsafe.Pointer) bool {
		c := compare(a, b)
		return c < 0 || right && c == 0
	}
	lo, hi := 0, n
	for j := range out {
		x := unsafe.Add(v, j*size)
		if j > 0 {
			lo, hi = restart(before(unsafe.Add(v, (j-1)*size), x), lo, hi, n)
		}
		for lo < hi {
			m := int(uint(lo+hi) >> 1)
			i := m
			if sorter != nil {
				if i = int(sorter[m]); uint(i) >= uint(n) {
					return false
				}
			}
			if before(unsafe.Add(p, i*size), x) {
				lo = m + 1
			} else {
				hi = m
			}
		}
		out[j] = int64(lo)
	}
	return true
}
