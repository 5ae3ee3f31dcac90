package sorting

import (
	endian "encoding/binary"
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
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
	dt, p = narrowed(dt, p, n)
	t := newText(dt, p)
	t.packed(t.bitsOf(n))
	t.words, t.at, t.before = make([]uint64, n), make([]int64, n), make([]int64, n)
	inTurn(order)
	t.refine(order, 0)
	return true
}

// sortNarrow sorts a U whose characters take no more than a byte each; order is room for
// the places of its items. It reports false, and does nothing, for others and for few.
func sortNarrow(dt dtype.DType, p unsafe.Pointer, order []int64) bool {
	n := len(order)
	if n <= fewMost || !isText(dt) {
		return false
	}
	narrow, q := narrowed(dt, p, n)
	if narrow == dt {
		return false
	}
	ArgSort(narrow, q, order)
	size := narrow.ItemSize()
	chars, widen := unsafe.Slice((*byte)(q), n*size), kernel.Cast(dtype.KindUint8, dtype.KindUint32)
	block := make([]byte, 0, max(charsAtOnce, size))
	for _, k := range order {
		if len(block)+size > cap(block) {
			widen(p, unsafe.Pointer(&block[0]), len(block))
			p, block = unsafe.Add(p, 4*len(block)), block[:0]
		}
		block = append(block, chars[int(k)*size:][:size]...)
	}
	widen(p, unsafe.Pointer(&block[0]), len(block))
	return true
}

// searchText is Search of S and U, among not many more than are searched. It reports
// false, and does nothing, for others, and for text that is not narrow and of which one
// word does not hold an item.
func searchText(dt dtype.DType, p unsafe.Pointer, n int, v unsafe.Pointer, out []int64, right bool) bool {
	if !isText(dt) || len(out) <= fewMost || n > 2*len(out) {
		return false
	}
	narrow, p, v := narrowedBoth(dt, p, n, v, len(out))
	s, x := newText(narrow, p), newText(narrow, v)
	if narrow == dt && s.chars > oneWord {
		return false
	}
	wide := max(s.bitsOf(n), x.bitsOf(len(out)))
	s.packed(wide)
	x.packed(wide)
	if s.chars > s.each {
		return narrow != dt && searchItems(Compare(narrow), narrow.ItemSize(), p, n, nil, v, out, right)
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

// charsAtOnce is how many characters are made narrow or wide at once, within the caches.
const charsAtOnce = 4096

// narrowed returns n items of a native U as those of an S, which are in the same order, if
// no character takes more than a byte; else, and for an S, the items themselves.
func narrowed(dt dtype.DType, p unsafe.Pointer, n int) (dtype.DType, unsafe.Pointer) {
	chars := dt.ItemSize() / 4
	if dt.Kind() != dtype.KindStr || !dt.IsNative() || uintptr(p)%4 != 0 {
		return dt, p
	}
	or := kernel.Lookup(kernel.BitwiseOr).Find(dtype.KindUint32, dtype.KindUint32).Reduce
	narrow := kernel.Cast(dtype.KindUint32, dtype.KindUint8)
	var bytes []byte
	for i := 0; i < n*chars; i += charsAtOnce {
		block, all, at := min(charsAtOnce, n*chars-i), uint32(0), unsafe.Add(p, 4*i)
		if or(unsafe.Pointer(&all), at, 4, block); all > 0xff {
			return dt, p
		}
		if bytes == nil {
			bytes = make([]byte, n*chars)
		}
		narrow(unsafe.Pointer(&bytes[i]), at, block)
	}
	return dtype.Bytes(chars), unsafe.Pointer(unsafe.SliceData(bytes))
}

// narrowedBoth is narrowed for two arrays, of which both are narrow or none.
func narrowedBoth(dt dtype.DType, p unsafe.Pointer, n int, q unsafe.Pointer, m int) (dtype.DType, unsafe.Pointer, unsafe.Pointer) {
	if of, x := narrowed(dt, p, n); of != dt {
		if to, y := narrowed(dt, q, m); to == of {
			return of, x, y
		}
	}
	return dt, p, q
}

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
		if t.chars <= 8 || t.chars > 64 {
			return 8
		}
		// Fewer bits only where that makes fewer words: eight bytes are read at once.
		var all byte
		kernel.Lookup(kernel.BitwiseOr).Find(dtype.KindUint8, dtype.KindUint8).Reduce(unsafe.Pointer(&all), t.p, 1, n*t.chars)
		if wide := max(1, bits.Len8(all)); (t.chars-1)/(64/wide) < (t.chars-1)/8 {
			return wide
		}
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
			w = w<<wide | uint64(*(*byte)(unsafe.Add(item, i)))&mask
		}
		return w
	}
	for i := from; i < from+n; i++ {
		w = w<<wide | uint64(word32(unsafe.Add(item, 4*i), swap))&mask
	}
	return w
}
