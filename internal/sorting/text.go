package sorting

import (
	endian "encoding/binary"
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Text is sorted by words, each of which holds some characters of an item: the first
// ones, then, among items that agree in those, the next.

// textMost is the number of words of an item that are looked at: items that agree in all
// of them are compared.
const textMost = 32

// text is how words are made of the items of an S or U, with room for all of them.
type text struct {
	dt         dtype.DType
	p          unsafe.Pointer
	chars      int // of an item
	wide       int // bits of a character in a word
	each       int // characters of a word
	words      []uint64
	at, before []int64
}

// argSortText is ArgSort of S and U. It reports false, and does nothing, for items of
// another dtype and for few.
func argSortText(dt dtype.DType, p unsafe.Pointer, order []int64) bool {
	n := len(order)
	if n <= fewMost || !isText(dt) {
		return false
	}
	t := newText(dt, p)
	t.packed(t.bitsOf(n))
	t.words, t.at, t.before = make([]uint64, n), make([]int64, n), make([]int64, n)
	inTurn(order)
	t.refine(order, 0)
	return true
}

// searchText is Search of S and U of which one word holds an item, among not many more
// than are searched. It reports false, and does nothing, for others.
func searchText(dt dtype.DType, p unsafe.Pointer, n int, v unsafe.Pointer, out []int64, right bool) bool {
	if !isText(dt) || len(out) <= fewMost || n > 2*len(out) {
		return false
	}
	s, x := newText(dt, p), newText(dt, v)
	if s.chars > oneWord {
		return false
	}
	wide := max(s.bitsOf(n), x.bitsOf(len(out)))
	s.packed(wide)
	x.packed(wide)
	if s.chars > s.each {
		return false
	}
	words := make([]uint64, n+len(out))
	for i := range n {
		words[i] = s.word(i, 0)
	}
	for i := range out {
		words[n+i] = x.word(i, 0)
	}
	return searchNumbers(words[:n], nil, words[n:], out, right)
}

// oneWord is the number of characters of which a word may hold as many: digits have 6 bits.
const oneWord = 10

func isText(dt dtype.DType) bool {
	return (dt.Kind() == dtype.KindBytes || dt.Kind() == dtype.KindStr) && dt.ItemSize() > 0
}

func newText(dt dtype.DType, p unsafe.Pointer) text {
	t := text{dt: dt, p: p, chars: dt.ItemSize()}
	if dt.Kind() == dtype.KindStr {
		t.chars /= 4
	}
	return t
}

// packed makes words of characters that have so many bits.
func (t *text) packed(wide int) { t.wide, t.each = wide, 64/wide }

// bitsOf returns how many bits the characters of n items have.
func (t *text) bitsOf(n int) int {
	if t.dt.Kind() == dtype.KindBytes {
		return 8
	}
	return max(1, bits.Len32(t.anyBits(n)))
}

// anyBits returns the bits that are set in some character of n items of a U.
func (t *text) anyBits(n int) (all uint32) {
	for i := range n * t.chars {
		all |= word32(unsafe.Add(t.p, 4*i), false)
	}
	if !t.dt.IsNative() {
		all = bits.ReverseBytes32(all)
	}
	return all
}

// refine sorts places of items that agree in the characters before from. Places of
// equal items keep the order in which they come.
func (t *text) refine(order []int64, from int) {
	n := len(order)
	if n <= fewMost || from >= textMost*t.each {
		refineBy(Compare(t.dt), t.dt.ItemSize(), t.p, order)
		return
	}
	words, at, before := t.words[:n], t.at[:n], t.before[:n]
	for i, k := range order {
		words[i] = t.word(int(k), from)
	}
	copy(before, order)
	ArgSortRows(dtype.Uint64, unsafe.Pointer(&words[0]), at, n)
	for i, k := range at {
		order[i] = before[k]
	}
	next := from + t.each
	if next >= t.chars {
		return
	}
	for i := 0; i < n; {
		w, j := t.word(int(order[i]), from), i+1 // not words, which is room for the next, too
		for j < n && t.word(int(order[j]), from) == w {
			j++
		}
		if j > i+1 {
			t.refine(order[i:j], next)
		}
		i = j
	}
}

// word returns the characters of item k from a place on, the first in the highest bits.
// A character that somebody has changed since anyBits loses what does not fit.
//
// Invariant of the unsafe use: p holds more than k items of dt.
func (t *text) word(k, from int) (w uint64) {
	item := unsafe.Add(t.p, k*t.dt.ItemSize())
	if t.wide == 8 && t.dt.Kind() == dtype.KindBytes && from+8 <= t.chars {
		return endian.BigEndian.Uint64((*[8]byte)(unsafe.Add(item, from))[:])
	}
	n, swap, mask := min(t.each, t.chars-from), !t.dt.IsNative(), uint64(1)<<t.wide-1
	wide := t.wide & 63 // as it is: the compiler learns that shifts need no test
	if t.dt.Kind() == dtype.KindBytes {
		for i := from; i < from+n; i++ {
			w = w<<wide | uint64(*(*byte)(unsafe.Add(item, i)))
		}
		return w
	}
	for i := from; i < from+n; i++ {
		w = w<<wide | uint64(word32(unsafe.Add(item, 4*i), swap))&mask
	}
	return w
}
