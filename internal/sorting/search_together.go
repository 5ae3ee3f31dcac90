package sorting

import (
	"slices"
	"unsafe"
)

// together is how many searches go on at a time: each waits for memory at every
// step while the others do too.
const together = 16

// searchTogether is searchNumbers without a sorter, for a multiple of together items.
// The searches of one group take the same number of steps, because each step halves
// what is left for all of them, and no step has a branch that depends on an item.
//
// Source: branch-free binary search, as in Khuong and Morin, "Array Layouts for
// Comparison-Based Searching", 2017; several at a time hide the misses of the cache.
func searchTogether[T number](s []T, v []T, out []int64, right bool) {
	numbers := -1 // how many items of s come before its NaNs, -1 before anybody has asked
	for ; len(v) >= together; v, out = v[together:], out[together:] {
		group, places := (*[together]T)(v), (*[together]int64)(out)
		if right {
			placesBehind(s, group, places)
		} else {
			placesBefore(s, group, places)
		}
		for i, x := range group {
			switch {
			case x == x:
			case right:
				places[i] = int64(len(s))
			default:
				if numbers < 0 {
					numbers = countNumbers(s)
				}
				places[i] = int64(numbers)
			}
		}
	}
}

// placesBefore writes to out how many items of s are less than each of x.
func placesBefore[T number](s []T, x *[together]T, out *[together]int64) {
	var from [together]int
	left := len(s)
	for left > 1 {
		half := left / 2
		for i := range from {
			// Invariant: from[i] + left ≤ len(s), whatever the items are.
			at := from[i]
			next := at + half
			if s[next-1] < x[i] {
				at = next
			}
			from[i] = at
		}
		left -= half
	}
	for i := range out {
		at := from[i]
		if left == 1 && s[at] < x[i] {
			at++
		}
		out[i] = int64(at)
	}
}

// placesBehind writes to out how many items of s are not greater than each of x. (A
// condition that is chosen by an argument would be a branch in each step.)
func placesBehind[T number](s []T, x *[together]T, out *[together]int64) {
	var from [together]int
	left := len(s)
	for left > 1 {
		half := left / 2
		for i := range from {
			at := from[i]
			next := at + half
			if s[next-1] <= x[i] {
				at = next
			}
			from[i] = at
		}
		left -= half
	}
	for i := range out {
		at := from[i]
		if left == 1 && s[at] <= x[i] {
			at++
		}
		out[i] = int64(at)
	}
}

// countNumbers returns how many items of s come before its NaNs, which stand last.
func countNumbers[T number](s []T) int {
	lo, hi := 0, len(s)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if s[m] == s[m] {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// searchComplex is Search for complex numbers of two parts without a sorter, together as in
// searchTogether; NaNs are searched by themselves.
func searchComplex[F float32 | float64](compare Comparer, p unsafe.Pointer, n int, v unsafe.Pointer, out []int64, right bool) bool {
	s, size := unsafe.Slice((*[2]F)(p), n), 2*int(unsafe.Sizeof(F(0)))
	isNumber := func(x [2]F) bool { return x[0] == x[0] && x[1] == x[1] }
	numbers := n
	if n > 0 && !isNumber(s[n-1]) {
		numbers, _ = slices.BinarySearchFunc(s, true, func(x [2]F, _ bool) int {
			if isNumber(x) {
				return -1
			}
			return 0
		})
	}
	s = s[:numbers]
	for left := unsafe.Slice((*[2]F)(v), len(out)); len(out) > 0; {
		var group [together][2]F
		k := copy(group[:], left)
		from := placesOfFirst(s, &group)
		for i, x := range group[:k] {
			if !isNumber(x) {
				searchItems(compare, size, p, n, nil, unsafe.Pointer(&x), out[i:i+1], right)
				continue
			}
			equal := s[from[i]:]
			before := func(k int) bool {
				y := equal[k]
				return y[0] == x[0] && (y[1] < x[1] || right && y[1] == x[1])
			}
			// Few have the same first part: steps grow from one.
			lo, hi := 0, 1
			for ; hi <= len(equal) && before(hi-1); hi *= 2 {
				lo = hi
			}
			for hi = min(hi-1, len(equal)); lo < hi; {
				if m := int(uint(lo+hi) >> 1); before(m) {
					lo = m + 1
				} else {
					hi = m
				}
			}
			out[i] = int64(from[i] + lo)
		}
		left, out = left[k:], out[k:]
	}
	return true
}

// placesOfFirst returns how many items of s have a first part less than that of each of x.
func placesOfFirst[F float32 | float64](s [][2]F, x *[together][2]F) (from [together]int) {
	left := len(s)
	for left > 1 {
		half := left / 2
		for i := range from {
			// Invariant: from[i] + left ≤ len(s), whatever the items are.
			at := from[i]
			next := at + half
			if s[next-1][0] < x[i][0] {
				at = next
			}
			from[i] = at
		}
		left -= half
	}
	for i, at := range from {
		if left == 1 && s[at][0] < x[i][0] {
			from[i]++
		}
	}
	return from
}
