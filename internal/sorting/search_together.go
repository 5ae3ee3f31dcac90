package sorting

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
