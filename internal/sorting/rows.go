package sorting

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// rowsAtOnce is how many rows go through a network together, place by place: each step
// is the lesser and the greater of two runs of so many keys. All places stay in the
// first-level cache.
const rowsAtOnce = 128

// SortRows is Sort for a number of rows of n items each, one after another.
func SortRows(dt dtype.DType, p unsafe.Pointer, n, rows int) error {
	if how, ok := keyOf(dt); ok && 2 <= n && n <= networkMost && rows >= rowsAtOnce/8 {
		switch how.size {
		case 1:
			sortRows(keysAt[uint8](p, n*rows), n, how, dtype.KindUint8)
		case 2:
			sortRows(keysAt[uint16](p, n*rows), n, how, dtype.KindUint16)
		case 4:
			sortRows(keysAt[uint32](p, n*rows), n, how, dtype.KindUint32)
		default:
			sortRows(keysAt[uint64](p, n*rows), n, how, dtype.KindUint64)
		}
		return nil
	}
	size := dt.ItemSize()
	for i := range rows {
		if err := Sort(dt, unsafe.Add(p, i*n*size), n); err != nil {
			return err
		}
	}
	return nil
}

// sortRows sorts the rows of n keys that s consists of, whose kind as numbers is k.
func sortRows[K key](s []K, n int, how keyed, k dtype.Kind) {
	least := kernel.Lookup(kernel.Minimum).Find(k, k).Binary
	greatest := kernel.Lookup(kernel.Maximum).Find(k, k).Binary
	net := networkOf(n)
	room := make([][rowsAtOnce]K, n+1)
	var places [networkMost]*[rowsAtOnce]K
	for i := range n {
		places[i] = &room[i]
	}
	free := &room[n]
	for len(s) > 0 {
		block := s[:min(len(s), n*rowsAtOnce)]
		s = s[len(block):]
		rows := len(block) / n
		if how.form == asFloat && isOdd(block, how) {
			for row := block; len(row) > 0; row = row[n:] {
				sortNumbers(row[:n], how)
			}
			continue
		}
		for i := range n {
			keysOfPlace(places[i], block[i:], n, how)
		}
		for _, pair := range net {
			x, y := places[pair[0]%networkMost], places[pair[1]%networkMost]
			// Invariant: x, y and free are three places of rows keys and more.
			least(unsafe.Pointer(free), unsafe.Pointer(x), unsafe.Pointer(y), rows)
			greatest(unsafe.Pointer(y), unsafe.Pointer(x), unsafe.Pointer(y), rows)
			places[pair[0]%networkMost], free = free, x
		}
		for i := range n {
			itemsOfPlace(block[i:], places[i], n, how)
		}
	}
}

// isOdd reports whether there is a NaN among floats, or a zero with a sign, which equals
// one without.
func isOdd[K key](s []K, how keyed) bool {
	sign, inf := signBit[K](), K(how.inf)
	odd := K(0)
	for _, b := range s {
		odd |= (inf - b&^sign) & sign // the sign of the difference: neither has one
		if b == sign {
			odd = sign
		}
	}
	return odd != 0
}

// signsOf returns the bits that are turned in every item of a form to make its key, and
// those that are turned in negative ones besides.
func signsOf[K key](how keyed) (signs, inverts K) {
	switch how.form {
	case asSigned:
		return signBit[K](), 0
	case asFloat:
		return signBit[K](), ^K(0)
	}
	return 0, 0
}

// keysOfPlace writes the keys of every n-th item to place.
func keysOfPlace[K key](place *[rowsAtOnce]K, items []K, n int, how keyed) {
	signs, inverts := signsOf[K](how)
	top := width[K]() - 1
	for at, r := 0, uint(0); at < len(items); at, r = at+n, r+1 {
		b := items[at]
		place[r%rowsAtOnce] = b ^ (-(b>>top)&inverts | signs)
	}
}

// itemsOfPlace writes what the keys stand for to every n-th item.
func itemsOfPlace[K key](items []K, place *[rowsAtOnce]K, n int, how keyed) {
	signs, inverts := signsOf[K](how)
	top := width[K]() - 1
	for at, r := 0, uint(0); at < len(items); at, r = at+n, r+1 {
		k := place[r%rowsAtOnce]
		items[at] = k ^ (-(^k>>top)&inverts | signs)
	}
}
