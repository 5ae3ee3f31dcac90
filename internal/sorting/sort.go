package sorting

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/nderr"
)

// Sort sorts n items of dtype dt at p where they are, stably. Items that another
// goroutine changes meanwhile end as any items, or as ErrChanged; nothing but them
// is read or written.
func Sort(dt dtype.DType, p unsafe.Pointer, n int) error {
	how, ok := keyOf(dt)
	if !ok {
		order := make([]int64, n)
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
	if pieces := piecesOf(len(s), 1, how.size); pieces > 0 && sortPieces(s, len(s), pieces, how) {
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
		if !argSortComplex(dt, p, order) {
			ArgSortBy(Compare(dt), dt.ItemSize(), p, order)
		}
		return
	}
	n := len(order)
	switch how.size {
	case 1:
		argSortBytes(keysAt[uint8](p, n), how, order)
	case 2:
		argSort(keysAt[uint16](p, n), how, order)
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
	clear(order) // for places that nothing is written to, if somebody changes the items
	starts, flip := startsOfBytes(s, how)
	for i, b := range s {
		put(&starts, b^flip, order, int64(i))
	}
}

// sortBytes sorts bytes by their counts. Four are counted side by side, so that none waits
// for another that is equal.
func sortBytes(s []uint8, how keyed) {
	var counts [4][1 << digit]int
	quarter := len(s) / 4
	a, b, c, d := s[:quarter], s[quarter:2*quarter], s[2*quarter:3*quarter], s[3*quarter:4*quarter]
	for i := range a {
		counts[0][a[i]]++
		counts[1][b[i]]++
		counts[2][c[i]]++
		counts[3][d[i]]++
	}
	for _, b := range s[4*quarter:] {
		counts[0][b]++
	}
	flip := 0
	if how.form == asSigned {
		flip = 1 << (digit - 1)
	}
	for k := range 1 << digit {
		x := k ^ flip
		n := min(counts[0][x]+counts[1][x]+counts[2][x]+counts[3][x], len(s)) // all of them, unless somebody else has changed s
		for i := range s[:n] {
			s[i] = uint8(x)
		}
		s = s[n:]
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
	for _, b := range s {
		starts[b^flip]++
	}
	at := 0
	for k, n := range starts {
		starts[k] = at
		at += n
	}
	return starts, flip
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
