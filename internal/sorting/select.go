package sorting

import (
	"math/bits"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Partition moves n items of dtype dt at p so that for every k in kth the item
// at place k is the one that a sort would put there, those before are not
// greater, and those behind are not less. kth ascends and lies within n. NaNs of
// real numbers go last even where kth does not ask for it.
func Partition(dt dtype.DType, p unsafe.Pointer, n int, kth []int) {
	how, ok := keyOf(dt)
	switch {
	case ok && how.size == 1:
		sortBytes(keysAt[uint8](p, n), how)
	case ok && how.size == 2:
		partition(at[int16](p, n), how, kth)
	case ok && how.size == 4:
		partition(at[int32](p, n), how, kth)
	case ok:
		partition(at[int64](p, n), how, kth)
	case dt.Kind() == dtype.KindComplex64 && dt.IsNative() && partitionComplex[int32, uint32](p, n, dtype.Float32, kth):
	case dt.Kind() == dtype.KindComplex128 && dt.IsNative() && partitionComplex[int64, uint64](p, n, dtype.Float64, kth):
	default:
		order := make([]int64, n)
		ArgPartition(dt, p, order, kth)
		permute(p, dt.ItemSize(), order)
	}
}

// word is a number that is selected by: items are turned into such, as for a network.
type word interface{ int16 | int32 | int64 }

func partition[T word](s []T, how keyed, kth []int) {
	numbers := s
	if turnWords(s, how, true) {
		numbers = numbersFirst(s, how)
	}
	selectWords(numbers, kth)
	turnWords(s, how, false)
}

// turnWords gives numbers the order of signed ones, or takes it from them. If it is to look
// at floats, it reports whether there is a NaN among them, or a zero with a sign.
func turnWords[T word](s []T, how keyed, look bool) (odd bool) {
	if how.form == asSigned {
		return false
	}
	const block = 128 // places that are turned while they are near
	turn := func(places unsafe.Pointer, n int) {
		odd = odd || look && how.form == asFloat && kernel.PlacesOf(how.size).OddFloats(places, n) != 0
		how.turn(places, n)
	}
	lanes := kernel.PlaceBytes / how.size
	for ; len(s) >= lanes; s = s[min(len(s)/lanes, block)*lanes:] {
		turn(unsafe.Pointer(&s[0]), min(len(s)/lanes, block))
	}
	r := rooms.Get().(*room)
	last := at[T](unsafe.Pointer(&r.first[0]), lanes)
	clear(last[copy(last, s):])
	turn(unsafe.Pointer(&r.first[0]), 1)
	copy(s, last)
	rooms.Put(r)
	return odd
}

// numbersFirst moves the NaNs among floats that are turned behind the others, which it
// returns. Those with a sign are less than all numbers, those without are greater.
func numbersFirst[T word](s []T, how keyed) []T {
	split, inf := splitOf[T](false), T(how.inf)
	s = s[:split(s, inf+1)]
	n := split(s, ^inf)
	for i := range min(n, len(s)-n) {
		j := len(s) - 1 - i
		s[i], s[j] = s[j], s[i]
	}
	return s[:len(s)-n]
}

// splitOf returns what moves the items less than a pivot to the front and counts them.
func splitOf[E any](pairs bool) func(s []E, pivot E) int {
	size := int(unsafe.Sizeof(*new(E)))
	if pairs {
		size /= 2
	}
	f := kernel.SplitOf(size, pairs)
	return func(s []E, pivot E) int {
		return f(unsafe.Pointer(unsafe.SliceData(s)), unsafe.Pointer(&pivot), len(s))
	}
}

// selectWords partitions s around the places in kth, which ascend. Places beyond
// s are left alone.
func selectWords[T word](s []T, kth []int) {
	size := int(unsafe.Sizeof(T(0)))
	few := sortBelow
	if kernel.ColumnsOf(size) != nil {
		few = fewInColumns
	}
	if len(s) <= few && len(kth) > 0 && kth[0] < len(s) {
		sortWindow(s)
		return
	}
	all := selection[T]{
		split: splitOf[T](false),
		less:  func(a, b T) bool { return a < b },
		next:  func(x T, by int) T { return x + T(by) },
		sort:  sortWindow[T],
		few:   few,
	}
	greatest := ^(T(1) << (8*size - 1))
	all.places(s, kth, ^greatest, greatest)
}

// sortWindow sorts a window.
func sortWindow[T word](w []T) {
	if len(w) <= sortBelow {
		slices.Sort(w)
		return
	}
	sortSigned(w)
}

// selectPairs is selectWords of two words an item, the first of which counts first.
func selectPairs[T int32 | int64](s [][2]T, kth []int) {
	all := selection[[2]T]{
		split: splitOf[[2]T](true),
		less:  pairLess[T],
		next:  pairAbove[T],
		sort:  sortPairsOfWords[T],
		few:   sortBelow,
	}
	least, most := pairLimits[T]()
	all.places(s, kth, least, most)
}

const (
	sortBelow    = 24   // how long a window is that is sorted instead of split
	fewInColumns = 512  // the same where a network in registers sorts it
	sampleMost   = 1024 // items of which a pivot is chosen
)

// selection is how items are selected.
type selection[E any] struct {
	split  func(s []E, pivot E) int // moves the items less than the pivot to the front and counts them
	less   func(a, b E) bool
	next   func(x E, by int) E // the item that is so many above x
	sort   func(s []E)
	few    int
	random uint64
	sample []E
}

// places partitions s around the places in kth, which ascend. No item is less than least,
// none greater than most.
//
// Between places that are settled lies a window, which is split around a pivot that stands
// a little beyond the place in a sorted sample, so that the place is likely left in the
// smaller part; the window then ends there, and the next pivot stands on the place's other
// side. Items equal to the pivot go to the side where the place is likely: the least and
// the greatest item of the window are known then, and where they are one there is no more
// to do. Windows that hold the one at work are kept for the places behind it.
//
// Source: R. Floyd and R. Rivest, Expected Time Bounds for Selection (1975), with a
// sort where the pivots were bad too often (introselect).
func (all *selection[E]) places(s []E, kth []int, least, most E) {
	type window struct {
		end  int
		most E
	}
	var wider []window
	lo, hi := 0, len(s) // all before lo are in place with regard to all behind
	for _, k := range kth {
		for ; k >= hi && len(wider) > 0; wider = wider[:len(wider)-1] {
			lo, hi, most = hi, wider[len(wider)-1].end, wider[len(wider)-1].most
		}
		for bad := 4 * bits.Len(uint(hi-lo)); k >= lo && k < hi; bad-- {
			w := s[lo:hi]
			equal := !all.less(least, most)
			if len(w) <= all.few || bad == 0 || equal {
				if !equal {
					all.sort(w)
				}
				lo = hi
				break
			}
			left := k-lo < len(w)/2
			pivot := all.pivotFor(w, k-lo, left)
			if left && all.less(pivot, most) || !all.less(least, pivot) {
				pivot = all.next(pivot, 1)
			}
			if n := all.split(w, pivot); k < lo+n {
				wider = append(wider, window{hi, most})
				hi, most = lo+n, all.next(pivot, -1)
			} else {
				lo, least = lo+n, pivot
			}
		}
	}
}

// pivotFor returns an item of s that is likely to stand behind place k of the sorted items,
// or before it.
func (all *selection[E]) pivotFor(s []E, k int, behind bool) E {
	half := min(bits.Len(uint(len(s)))/2, bits.Len(sampleMost)-1)
	if all.sample == nil { // windows become shorter
		all.sample = make([]E, 1<<half)
	}
	sample := all.sample[:min(1<<half, len(all.sample))]
	for i := range sample {
		all.random = all.random*6364136223846793005 + 1442695040888963407
		j, _ := bits.Mul64(all.random, uint64(len(s)))
		sample[i] = s[j]
	}
	all.sort(sample)
	at, off := k*len(sample)/len(s), 1<<(half/2)
	if !behind {
		off = -off
	}
	return sample[min(max(at+off, 0), len(sample)-1)]
}

// partitionComplex is Partition for complex numbers of two parts of that dtype: words are
// selected by as long as none is NaN and no real part a negative zero, which equals one
// without. It reports whether it is so.
func partitionComplex[T int32 | int64, K key](p unsafe.Pointer, n int, part dtype.DType, kth []int) bool {
	how, _ := keyOf(part)
	parts := at[T](p, 2*n)
	if turnWords(parts, how, true) {
		sign := signBit[K]()
		for i, x := range keysAt[K](p, 2*n) {
			// what the numbers were
			if x&sign != 0 {
				x ^= ^sign
			}
			if x&^sign > K(how.inf) || i%2 == 0 && x == sign {
				turnWords(parts, how, false)
				return false
			}
		}
	}
	selectPairs(unsafe.Slice((*[2]T)(p), n), kth)
	turnWords(parts, how, false)
	return true
}

// ArgPartition writes to order the places, from 0, that the len(order) items at
// p come from when they are partitioned around kth.
func ArgPartition(dt dtype.DType, p unsafe.Pointer, order []int64, kth []int) {
	how, ok := keyOf(dt)
	n := len(order)
	switch {
	case ok && how.size == 1:
		argSortBytes(keysAt[uint8](p, n), how, order)
	case ok && how.size == 2 && uint64(n)>>placeBits == 0:
		argPartition(keysAt[uint16](p, n), how, order, kth)
	case ok && how.size == 4 && uint64(n)>>placeBits == 0:
		argPartition(keysAt[uint32](p, n), how, order, kth)
	case ok && how.size == 8:
		widenKeys(words64(order), keysAt[uint64](p, n), how)
		pairs := pairsOfKeys(order)
		selectPairs(pairs, kth)
		placesOf(order, pairs)
	case !ok && argPartitionComplex(dt, p, order, kth):
	default:
		compare, size := Compare(dt), dt.ItemSize()
		inTurn(order)
		selectFunc(order, kth, func(i, j int64) bool {
			return compare(unsafe.Add(p, int(i)*size), unsafe.Add(p, int(j)*size)) < 0
		})
	}
}

// placeBits is how many bits of a word are a place below a key.
const placeBits = 32

// argPartition selects by words of a key above a place.
func argPartition[K uint16 | uint32](s []K, how keyed, order []int64, kth []int) {
	widenKeys(words64(order), s, how)
	for i, k := range order {
		order[i] = (k-1<<(placeBits-1))<<placeBits | int64(i)
	}
	selectWords(order, kth)
	for i := range order {
		order[i] &= 1<<placeBits - 1
	}
}

// pairsOfKeys returns keys of eight bytes, turned into signed ones, with their places.
func pairsOfKeys(keys []int64) [][2]int64 {
	pairs := make([][2]int64, len(keys))
	for i, k := range keys {
		pairs[i] = [2]int64{k ^ -1<<63, int64(i)}
	}
	return pairs
}

// placesOf writes the places of pairs.
func placesOf(order []int64, pairs [][2]int64) {
	for i := range order {
		order[i] = pairs[i][1]
	}
}

// argPartitionComplex is ArgPartition for native complex numbers of which none is NaN: real
// parts are selected with their places, then imaginary parts among those that equal the one
// at a place in kth. It reports whether it is.
func argPartitionComplex(dt dtype.DType, p unsafe.Pointer, order []int64, kth []int) bool {
	part, ok := partOf(dt, p, len(order))
	if !ok {
		return false
	}
	n, size := len(order), part.ItemSize()
	how, _ := keyOf(part)
	reals, imags := partsOf(p, n, size)
	keys := func(parts unsafe.Pointer) {
		if size == 4 {
			widenKeys(words64(order), keysAt[uint32](parts, n), how)
		} else {
			widenKeys(words64(order), keysAt[uint64](parts, n), how)
		}
	}
	keys(reals)
	pairs := pairsOfKeys(order)
	keys(imags)
	split, done := splitOf[[2]int64](true), 0
	for i, k := range kth {
		if k < done {
			continue
		}
		rest := pairs[done:]
		selectPairs(rest, []int{k - done})
		real := rest[k-done][0]
		first := split(rest, [2]int64{real, -1 << 63})
		equal := rest[first : first+split(rest[first:], [2]int64{real + 1, -1 << 63})]
		done += first
		var places []int
		for _, k := range kth[i:] {
			if k < done+len(equal) {
				places = append(places, k-done)
			}
		}
		for i, x := range equal {
			equal[i][0] = order[x[1]] ^ -1<<63
		}
		selectPairs(equal, places)
		done += len(equal)
	}
	placesOf(order, pairs)
	return true
}

// selectFunc is selectWords by a comparison.
func selectFunc[E any](s []E, kth []int, less func(a, b E) bool) {
	settled := 0
	for _, k := range kth {
		lo, hi := settled, len(s)
		for bad := 2 * bits.Len(uint(hi-lo)); k >= lo && k < hi; bad-- {
			w := s[lo:hi]
			if len(w) <= sortBelow || bad == 0 {
				mergeSort(w, make([]E, len(w)), less)
				break
			}
			pivot := pivotOf(w, less)
			lt, gt := 0, len(w)
			for i := 0; i < gt; {
				switch x := w[i]; {
				case less(x, pivot):
					w[i], w[lt] = w[lt], x
					lt++
					i++
				case less(pivot, x):
					gt--
					w[i], w[gt] = w[gt], x
				default:
					i++
				}
			}
			if k < lo+lt {
				hi = lo + lt
			} else if k >= lo+gt {
				lo += gt
			} else {
				break
			}
		}
		settled = max(settled, k+1)
	}
}

// pivotOf returns the median of three items of s, or of nine if s is long.
func pivotOf[E any](s []E, less func(a, b E) bool) E {
	median := func(a, b, c E) E {
		if less(b, a) {
			a, b = b, a
		}
		if less(c, b) {
			b = c
		}
		if less(b, a) {
			b = a
		}
		return b
	}
	n := len(s) - 1
	if n < 256 {
		return median(s[0], s[n/2], s[n])
	}
	d := n / 8
	return median(
		median(s[0], s[d], s[2*d]),
		median(s[3*d], s[4*d], s[5*d]),
		median(s[6*d], s[7*d], s[n]))
}
