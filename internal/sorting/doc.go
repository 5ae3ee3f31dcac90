// Package sorting orders items that lie side by side: sort, argsort, partition,
// lexical order over several keys, and binary search. It knows addresses, counts
// and dtypes; axes, strides and owners stay above.
//
// # The order of items
//
// Bools and integers by value. Floats by value with every NaN last; -0 and 0 are
// equal. Complex numbers by their real, then their imaginary part, in four
// groups: both numbers, imaginary NaN, real NaN, both NaN. Byte strings and plain
// void items by bytes, str items by code points. Records field by field; a field
// that holds a sub-array counts as its bytes, and a float16 field puts NaN first,
// as in NumPy.
//
// # Algorithms
//
// Numbers of one part are turned into unsigned keys of the same size whose order
// is theirs. Long runs of keys are sorted digit by digit (LSD radix sort, digits
// that all keys share left out), short ones by the pattern-defeating quicksort of
// package slices, and rows of up to 256 items, several at a time, by a sorting network
// over all of them at once. Where there are vectors, numbers of four and eight bytes are
// split around medians until a network in registers sorts what is left, and their places
// are sorted as the low bits of such numbers. Everything else is merge-sorted by comparison. Every sort here
// is stable. Bytes are counted. Selection splits numbers of one part, and complex ones
// without NaN, by vectors around pivots from a sample (Floyd and Rivest), everything else
// around the median of three or nine items; both give up to a sort after too many bad
// pivots (introselect).
//
// Unless a function says otherwise, numbers are native and aligned; records and
// strings may lie anywhere and hold fields of any byte order, strings are native.
package sorting
