package sorting

import (
	"math"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/nderr"
)

// Sort sorts n items of dtype dt at p where they are, stably. Items that another
// goroutine changes meanwhile end as any items, or as ErrChanged; nothing but them
// is read or written.
func Sort(dt dtype.DType, p unsafe.Pointer, n int) error {
	how, ok := keyOf(dt)
	if !ok {
		switch {
		case dt.Kind() == dtype.KindComplex64 && dt.IsNative() && sortComplex[int32](p, n, dtype.Float32),
			dt.Kind() == dtype.KindComplex128 && dt.IsNative() && sortComplex[int64](p, n, dtype.Float64):
			return nil
		}
		order := make([]int64, n)
		if sortNarrow(dt, p, order) {
			return nil
		}
		ArgSort(dt, p, order)
		permute(p, dt.ItemSize(), order)
		return nil
	}
	switch how.size {
	case 1:
		ok = sortNumbers(keysAt[uint8](p, n), how)
	case 2:
		ok = sortNumbers(keysAt[uint16](p, n), how)
	case 4:
		ok = sortNumbers(keysAt[uint32](p, n), how)
	default:
		ok = sortNumbers(keysAt[uint64](p, n), how)
	}
	return unchanged(ok)
}

// unchanged is the error of a sort that has found its items changed.
func unchanged(ok bool) error {
	if !ok {
		return nderr.New("", nderr.ErrChanged, "the items were changed while they were sorted")
	}
	return nil
}

func sortNumbers[K key](s []K, how keyed) bool {
	if how.size == 1 && len(s) >= radixFrom[K]() {
		sortBytes(keysAt[uint8](unsafe.Pointer(unsafe.SliceData(s)), len(s)), how)
		return true
	}
	if pieces, lines := lanesOf(len(s), 1, how.size); lines > 0 && sortColumns(s, len(s), pieces, lines, how) {
		return true
	}
	if len(s) > shortLeast && inShortWords(len(s), how.size) && sortShort(at[int16](unsafe.Pointer(unsafe.SliceData(s)), len(s)), how) {
		return true
	}
	if len(s) > fewMost && kernel.ColumnsOf(how.size) != nil && !ascending(s, how) && sortBySplits(s, how) {
		return true
	}
	return sortKeysOf(s, how)
}

// sortKeysOf sorts numbers by their keys.
func sortKeysOf[K key](s []K, how keyed) bool {
	switch how.form {
	case asSigned:
		flipSigns(s)
		defer flipSigns(s)
	case asFloat:
		n, z := toKeys(s, K(how.inf))
		defer fromKeys(s[:n], z)
		s = s[:n]
	}
	return sortKeys(s)
}

func flipSigns[K key](s []K) {
	for i := range s {
		s[i] ^= signBit[K]()
	}
}

// SortBy sorts n items of size bytes at p by a comparison, stably.
func SortBy(compare Comparer, size int, p unsafe.Pointer, n int) {
	if n < 2 || size == 0 {
		return
	}
	order := make([]int64, n)
	ArgSortBy(compare, size, p, order)
	permute(p, size, order)
}

// permute moves the item at order[i] to place i, for all i.
//
// Invariant of the unsafe use: p holds len(order) items of size bytes, and order
// is a permutation of their places.
func permute(p unsafe.Pointer, size int, order []int64) {
	s := unsafe.Slice((*byte)(p), size*len(order))
	old := append([]byte(nil), s...)
	for i, j := range order {
		copy(s[i*size:(i+1)*size], old[int(j)*size:])
	}
}

// ArgSort writes to order the places, from 0, of the len(order) items at p in
// sorted order. Equal items keep their order.
func ArgSort(dt dtype.DType, p unsafe.Pointer, order []int64) {
	how, ok := keyOf(dt)
	if !ok {
		if !argSortComplex(dt, p, order) && !argSortText(dt, p, order) {
			ArgSortBy(Compare(dt), dt.ItemSize(), p, order)
		}
		return
	}
	n := len(order)
	switch how.size {
	case 1:
		argSortBytes(keysAt[uint8](p, n), how, order)
	case 2:
		argSortTwoBytes(keysAt[uint16](p, n), how, order)
	case 4:
		argSort(keysAt[uint32](p, n), how, order)
	default:
		argSort(keysAt[uint64](p, n), how, order)
	}
}

func argSort[K key](s []K, how keyed, order []int64) {
	if len(s) <= fewMost {
		inTurn(order)
		refineFew(s, how, order)
		return
	}
	if ascending(s, how) {
		inTurn(order)
		return
	}
	for i, x := range sortPairs(pairsOf(s, how)) {
		order[i] = int64(x.at)
	}
}

// ascending reports whether numbers are sorted; not if there is a NaN.
func ascending[K key](s []K, how keyed) bool {
	p, n := unsafe.Pointer(unsafe.SliceData(s)), len(s)
	switch {
	case how.form == asUnsigned:
		return inOrder(s)
	case how.form == asFloat && how.size == 8:
		return inOrder(at[float64](p, n))
	case how.form == asFloat && how.size == 4:
		return inOrder(at[float32](p, n))
	case how.form == asFloat:
		return false
	case how.size == 8:
		return inOrder(at[int64](p, n))
	case how.size == 4:
		return inOrder(at[int32](p, n))
	case how.size == 2:
		return inOrder(at[int16](p, n))
	}
	return inOrder(at[int8](p, n))
}

func inOrder[T number](s []T) bool {
	for i := 1; i < len(s); i++ {
		if !(s[i-1] <= s[i]) {
			return false
		}
	}
	return true
}

// inTurn writes the places of sorted items.
func inTurn(order []int64) {
	for i := range order {
		order[i] = int64(i)
	}
}

// argSortBytes is argSort by the counts of the 256 keys.
func argSortBytes(s []uint8, how keyed, order []int64) {
	if len(s) <= fewMost {
		inTurn(order)
		refineFew(s, how, order)
		return
	}
	if ascending(s, how) {
		inTurn(order)
		return
	}
	clear(order) // for places that nothing is written to, if somebody changes the items
	starts, flip := startsOfBytes(s, how)
	for i, b := range s {
		put(&starts, b^flip, order, int64(i))
	}
}

// sortBytes sorts bytes by their counts.
func sortBytes(s []uint8, how keyed) {
	counts, flip := countBytes(s), uint8(0)
	if how.form == asSigned {
		flip = signBit[uint8]()
	}
	for k := range counts {
		b := uint8(k) ^ flip
		n := min(counts[b], len(s)) // all of them, unless somebody else has changed s
		for i := range s[:n] {
			s[i] = b
		}
		s = s[n:]
	}
}

// argSortTwoBytes is argSort by the counts of both bytes of the keys, of which those that all
// keys share are left out.
func argSortTwoBytes(s []uint16, how keyed, order []int64) {
	if len(s) < radixFrom[uint16]() || uint64(len(s)) > math.MaxUint32 {
		argSort(s, how, order)
		return
	}
	if ascending(s, how) {
		inTurn(order)
		return
	}
	keys := s
	if how.form == asFloat {
		keys = make([]uint16, len(s))
		for i, b := range s {
			keys[i] = totalKey(b, how)
		}
	}
	flip := uint8(0)
	if how.form == asSigned {
		flip = signBit[uint8]()
	}
	var low, high [2][1 << digit]int // of two keys side by side
	for i := 0; i+1 < len(keys); i += 2 {
		a, b := keys[i], keys[i+1]
		low[0][uint8(a)]++
		high[0][uint8(a>>digit)^flip]++
		low[1][uint8(b)]++
		high[1][uint8(b>>digit)^flip]++
	}
	if k := keys[len(keys)-1]; len(keys)%2 > 0 {
		low[0][uint8(k)]++
		high[0][uint8(k>>digit)^flip]++
	}
	for i := range low[0] {
		low[0][i] += low[1][i]
		high[0][i] += high[1][i]
	}
	byLow := startsOf(&low[0], uint8(keys[0]), len(keys))
	byHigh := startsOf(&high[0], uint8(keys[0]>>digit)^flip, len(keys))
	switch starts := &low[0]; {
	case !byLow && !byHigh:
		inTurn(order)
	case byLow && byHigh:
		// Keys may change under our hands: their bytes are kept with the places, and what is
		// not written is place 0.
		places, bytes := make([]uint32, len(keys)), make([]uint8, len(keys))
		for i, k := range keys {
			if j := starts[uint8(k)]; uint(j) < uint(len(places)) && uint(j) < uint(len(bytes)) {
				places[j], bytes[j] = uint32(i), uint8(k>>digit)^flip
			}
			starts[uint8(k)]++
		}
		clear(order)
		for i, b := range bytes {
			put(&high[0], b, order, int64(places[i]))
		}
	case byLow:
		clear(order)
		for i, k := range keys {
			put(starts, uint8(k), order, int64(i))
		}
	default:
		clear(order)
		for i, k := range keys {
			put(&high[0], uint8(k>>digit)^flip, order, int64(i))
		}
	}
}

// refineBytes is refine by the counts of the 256 keys.
func refineBytes(s []uint8, how keyed, order []int64) {
	if len(order) <= fewMost {
		refineFew(s, how, order)
		return
	}
	before := slices.Clone(order)
	clear(order)
	starts, flip := startsOfBytes(s, how)
	for _, k := range before {
		put(&starts, s[k]^flip, order, k)
	}
}

// startsOfBytes returns where the first item of each key goes, and what makes keys of items.
func startsOfBytes(s []uint8, how keyed) (starts [1 << digit]int, flip uint8) {
	if how.form == asSigned {
		flip = signBit[uint8]()
	}
	counts := countBytes(s)
	at := 0
	for k := range starts {
		starts[k] = at
		at += counts[uint8(k)^flip]
	}
	return starts, flip
}

// countBytes returns how many of s there are of each byte. Four are counted side by side, so
// that none waits for another that is equal.
func countBytes(s []uint8) (counts [1 << digit]int) {
	var more [3][1 << digit]int
	quarter := len(s) / 4
	a, b, c, d := s[:quarter], s[quarter:2*quarter], s[2*quarter:3*quarter], s[3*quarter:4*quarter]
	for i := range a {
		counts[a[i]]++
		more[0][b[i]]++
		more[1][c[i]]++
		more[2][d[i]]++
	}
	for _, b := range s[4*quarter:] {
		counts[b]++
	}
	for i := range counts {
		counts[i] += more[0][i] + more[1][i] + more[2][i]
	}
	return counts
}

// put writes the next place of a key.
func put(starts *[1 << digit]int, k uint8, order []int64, place int64) {
	if j := starts[k]; uint(j) < uint(len(order)) {
		order[j] = place
	}
	starts[k]++
}

// pairsOf returns the keys of numbers with their places.
func pairsOf[K key](s []K, how keyed) []pair[K] {
	pairs := make([]pair[K], len(s))
	for i, b := range s {
		pairs[i] = pair[K]{totalKey(b, how), i}
	}
	return pairs
}

// ArgSortBy is ArgSort by a comparison of items of size bytes.
func ArgSortBy(compare Comparer, size int, p unsafe.Pointer, order []int64) {
	inTurn(order)
	refineBy(compare, size, p, order)
}

// Refine sorts the places of items of dtype dt at p by their items. Places of equal items
// keep the order in which they come.
func Refine(dt dtype.DType, p unsafe.Pointer, order []int64) {
	how, ok := keyOf(dt)
	n := len(order)
	if !ok {
		refineBy(Compare(dt), dt.ItemSize(), p, order)
		return
	}
	switch how.size {
	case 1:
		refineBytes(keysAt[uint8](p, n), how, order)
	case 2:
		refine(dt, how, keysAt[uint16](p, n), order)
	case 4:
		refine(dt, how, keysAt[uint32](p, n), order)
	default:
		refine(dt, how, keysAt[uint64](p, n), order)
	}
}

// refine brings the numbers into the order of the places and sorts them there.
func refine[K key](dt dtype.DType, how keyed, s []K, order []int64) {
	if len(order) <= fewMost {
		refineFew(s, how, order)
		return
	}
	row, before, at := make([]K, len(order)), slices.Clone(order), make([]int64, len(order))
	for i, k := range order {
		row[i] = s[k]
	}
	ArgSortRows(dt, unsafe.Pointer(&row[0]), at, len(at))
	for i, k := range at {
		order[i] = before[k]
	}
}

// refineFew is refine for at most fewMost numbers: each goes where it belongs among those
// before it.
func refineFew[K key](s []K, how keyed, order []int64) {
	var keys [fewMost]K
	for i, at := range order {
		k, j := totalKey(s[at], how), i%fewMost
		for ; j > 0 && keys[j-1] > k; j-- {
			keys[j], order[j] = keys[j-1], order[j-1]
		}
		keys[j], order[j] = k, at
	}
}

// refineBy is Refine by a comparison of items of size bytes.
func refineBy(compare Comparer, size int, p unsafe.Pointer, order []int64) {
	mergeSort(order, make([]int64, len(order)), func(i, j int64) bool {
		return compare(unsafe.Add(p, int(i)*size), unsafe.Add(p, int(j)*size)) < 0
	})
}
