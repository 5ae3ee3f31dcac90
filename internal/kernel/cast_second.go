package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// secondCast holds the vector loops that convert every second item: cached, and past
// the caches to a dst that is a multiple of 64. They take a multiple of lanes items
// and read one item beyond the last.
type secondCast struct {
	from, to       dtype.Kind
	cached, stream Unary
	lanes          int
}

// seconds[from][to] is the secondCast of two kinds, nil where there is none.
var seconds [dtype.KindBytes][dtype.KindBytes]*secondCast

// leastSecond is the number of items from which the loops pay that convert every
// second one.
const leastSecond = 64

// CanCastSecond reports whether CastSecond converts most of n items.
func CanCastSecond(from, to dtype.Kind, n int) bool {
	return n >= leastSecond && seconds[from][to] != nil
}

// CastSecond converts every second of the items at src, 2*n-1 in all, to the n at
// dst, except for some at both ends, which it leaves to the caller: it returns the
// range of what it has converted, an empty one if there is no loop for the kinds. cold
// tells that dst is in no cache.
func CastSecond(from, to dtype.Kind, dst, src unsafe.Pointer, n int, cold bool) (lo, hi int) {
	if !CanCastSecond(from, to, n) {
		return 0, 0
	}
	c := seconds[from][to]
	size := itemSizes[to]
	f := c.cached
	if head := int(-uintptr(dst) & 63); (n*size >= StreamBytes || cold && n*size >= ColdBytes) && head%size == 0 {
		f, lo = c.stream, head/size
		defer EndStream()
	}
	m := (n - lo - 1) &^ (c.lanes - 1)
	f(unsafe.Add(dst, lo*size), unsafe.Add(src, 2*lo*itemSizes[from]), m)
	return lo, lo + m
}
