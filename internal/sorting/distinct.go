package sorting

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Firsts tells for n sorted items of size bytes at p which of them differ from
// the one before; the first does. An item that isNaN reports differs from every
// other; isNaN may be nil.
func Firsts(compare Comparer, isNaN func(unsafe.Pointer) bool, size int, p unsafe.Pointer, n int) []bool {
	first := make([]bool, n)
	for i := range first {
		q := unsafe.Add(p, i*size)
		first[i] = i == 0 || compare(unsafe.Add(p, (i-1)*size), q) != 0 || isNaN != nil && isNaN(q)
	}
	return first
}

// HasNaN returns a function that tells whether an item of dtype dt is NaN, or
// has a part that is; nil if no item can. Items may have any byte order and
// alignment.
func HasNaN(dt dtype.DType) func(unsafe.Pointer) bool {
	swap := !dt.IsNative()
	switch dt.Kind() {
	case dtype.KindFloat16:
		return func(p unsafe.Pointer) bool { return word16(p, swap)&0x7fff > 0x7c00 }
	case dtype.KindFloat32:
		return func(p unsafe.Pointer) bool { return nan(float32At(p, swap)) == 1 }
	case dtype.KindFloat64:
		return func(p unsafe.Pointer) bool { return nan(float64At(p, swap)) == 1 }
	case dtype.KindComplex64:
		return func(p unsafe.Pointer) bool {
			return nan(float32At(p, swap))+nan(float32At(unsafe.Add(p, 4), swap)) > 0
		}
	case dtype.KindComplex128:
		return func(p unsafe.Pointer) bool {
			return nan(float64At(p, swap))+nan(float64At(unsafe.Add(p, 8), swap)) > 0
		}
	}
	if !dt.IsStruct() {
		return nil
	}
	type part struct {
		at    int
		isNaN func(unsafe.Pointer) bool
	}
	var parts []part
	for _, f := range dt.Fields() {
		base, n := f.DType, 1
		for base.IsSubArray() {
			n *= base.ItemSize() / max(base.Base().ItemSize(), 1)
			base = base.Base()
		}
		if test := HasNaN(base); test != nil {
			for i := range n {
				parts = append(parts, part{f.Offset + i*base.ItemSize(), test})
			}
		}
	}
	if parts == nil {
		return nil
	}
	return func(p unsafe.Pointer) bool {
		for i := range parts {
			if parts[i].isNaN(unsafe.Add(p, parts[i].at)) {
				return true
			}
		}
		return false
	}
}

// Rows returns the order of runs of n items of dtype dt: by the first items, then
// by the second ones, and so on; and whether a run holds a NaN (nil if none can).
func Rows(dt dtype.DType, n int) (Comparer, func(unsafe.Pointer) bool) {
	compare, isNaN, size := compareItem(dt), HasNaN(dt), dt.ItemSize()
	order := func(a, b unsafe.Pointer) int {
		for i := range n {
			if c := compare(unsafe.Add(a, i*size), unsafe.Add(b, i*size)); c != 0 {
				return c
			}
		}
		return 0
	}
	if isNaN == nil {
		return order, nil
	}
	return order, func(p unsafe.Pointer) bool {
		for i := range n {
			if isNaN(unsafe.Add(p, i*size)) {
				return true
			}
		}
		return false
	}
}
