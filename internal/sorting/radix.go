package sorting

import (
	"slices"

	"github.com/stride-go/nd/internal/kernel"
)

// radixFrom is the number of keys from which digits beat comparisons, a pass for each
// byte: 44 keys of one, 80 of four, 128 of eight.
func radixFrom[K key]() int { return 32 + width[K]()/8*12 }

// digit is the number of bits sorted in one pass over the keys.
const digit = 8

// sortKeys sorts keys where they are. It reports false if it finds that somebody
// else has changed them meanwhile: the counts are those of other keys then.
func sortKeys[K key](s []K) bool {
	if len(s) < radixFrom[K]() {
		if len(s) <= fewMost {
			sortFew(s)
		} else {
			slices.Sort(s)
		}
		return true
	}
	if slices.IsSorted(s) {
		return true
	}
	if kernel.ColumnsOf(width[K]()/8) != nil {
		return sortBySplits(s, keyed{form: asUnsigned, size: width[K]() / 8})
	}
	var counts [8][1 << digit]int
	passes := width[K]() / digit
	for _, k := range s {
		for d := range passes {
			counts[d][uint8(k>>(d*digit))]++
		}
	}
	from, to := s, make([]K, len(s))
	for d := range passes {
		c := &counts[d]
		if !startsOf(c, uint8(s[0]>>(d*digit)), len(s)) {
			continue
		}
		for _, k := range from {
			i := uint8(k >> (d * digit))
			j := c[i]
			if uint(j) >= uint(len(to)) {
				return false
			}
			to[j] = k
			c[i]++
		}
		from, to = to, from
	}
	if &from[0] != &s[0] {
		copy(s, from)
	}
	return true
}

// pair is a key with the place that it came from.
type pair[K key] struct {
	key K
	at  int
}

// sortPairs sorts pairs by their keys, and pairs of equal keys by their places,
// which must ascend.
func sortPairs[K key](s []pair[K]) []pair[K] {
	if len(s) < radixFrom[K]() {
		slices.SortFunc(s, func(a, b pair[K]) int {
			switch {
			case a.key < b.key:
				return -1
			case a.key > b.key:
				return 1
			}
			return a.at - b.at
		})
		return s
	}
	var counts [8][1 << digit]int
	passes := width[K]() / digit
	for i := range s {
		for d := range passes {
			counts[d][uint8(s[i].key>>(d*digit))]++
		}
	}
	from, to := s, make([]pair[K], len(s))
	for d := range passes {
		c := &counts[d]
		if !startsOf(c, uint8(s[0].key>>(d*digit)), len(s)) {
			continue
		}
		for i := range from {
			j := uint8(from[i].key >> (d * digit))
			to[c[j]] = from[i]
			c[j]++
		}
		from, to = to, from
	}
	return from
}

// startsOf turns the counts of a digit's values into the place of the first key
// with each. It reports false if all n keys share the value one.
func startsOf(c *[1 << digit]int, one uint8, n int) bool {
	if c[one] == n {
		return false
	}
	at := 0
	for i, m := range c {
		c[i] = at
		at += m
	}
	return true
}
