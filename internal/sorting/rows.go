package sorting

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Short rows go through a network together, place by place: each step puts two places
// in order, each of which holds one item of every row. No outcome of a comparison has to
// be guessed, which is what takes most of the time of a short sort.

// togetherMost is how long rows are at the most where a place is gone through item by
// item, and leastBytes how long a place is at the least where it is gone through at once:
// a row alone is sorted sooner otherwise.
const (
	togetherMost = 64
	leastBytes   = 16
)

// byNetwork reports whether rows of n items of size bytes are sorted by a network.
func byNetwork(n, rows, size int) bool {
	if kernel.FastExchanges() {
		return n > 1 && n <= networkMost && rows*size >= leastBytes
	}
	return n > 1 && n <= togetherMost && 2*rows >= kernel.PlaceBytes/size
}

// room holds the places of one block of rows, of one word a lane or two.
type room struct {
	first, second [networkMost][kernel.PlaceBytes / 8]int64
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// bring copies rows of n items each to n places, of which the r-th lane is the r-th row.
func bring[K key](to unsafe.Pointer, rows []K, n int) {
	size := width[K]() / 8
	lanes := kernel.PlaceBytes / size
	places := unsafe.Slice((*K)(to), n*lanes)
	if kernel.Transpose(to, kernel.PlaceBytes, unsafe.Pointer(unsafe.SliceData(rows)), n*size, size, len(rows)/n, n) {
		return
	}
	for at := 0; at*n < len(rows); at++ {
		row := rows[at*n : (at+1)*n]
		for i := range n {
			places[i*lanes+at] = row[i]
		}
	}
}

// take copies what bring has copied back to the rows.
func take[K key](rows []K, from unsafe.Pointer, n int) {
	size := width[K]() / 8
	lanes := kernel.PlaceBytes / size
	places := unsafe.Slice((*K)(from), n*lanes)
	if kernel.Transpose(unsafe.Pointer(unsafe.SliceData(rows)), n*size, from, kernel.PlaceBytes, size, n, len(rows)/n) {
		return
	}
	for at := 0; at*n < len(rows); at++ {
		row := rows[at*n : (at+1)*n]
		for i := range n {
			row[i] = places[i*lanes+at]
		}
	}
}

// turn gives the items in n places the order of signed ones, or takes it from them.
func (how keyed) turn(places unsafe.Pointer, n int) {
	switch l := kernel.PlacesOf(how.size); how.form {
	case asUnsigned:
		l.TurnSigns(places, n)
	case asFloat:
		l.TurnFloats(places, n)
	}
}

// exchange puts the items in n places in order, lane by lane.
func exchange(f kernel.Exchange, places unsafe.Pointer, n int) {
	net := networkOf(n)
	f(places, unsafe.Pointer(unsafe.SliceData(net)), len(net))
}

// isOdd reports whether there is a NaN among floats, or a zero with a sign, which equals
// one without. The places of a room hold them, all lanes if there are so many rows.
func isOdd[K key](s []K, places unsafe.Pointer, n int, how keyed) bool {
	if how.form != asFloat {
		return false
	}
	if len(s)*how.size == n*kernel.PlaceBytes {
		return kernel.PlacesOf(how.size).OddFloats(places, n) != 0
	}
	sign, inf := signBit[K](), K(how.inf)
	for _, b := range s {
		if b&^sign > inf || b == sign {
			return true
		}
	}
	return false
}

// SortRows is Sort for a number of rows of n items each, one after another.
func SortRows(dt dtype.DType, p unsafe.Pointer, n, rows int) error {
	how, ok := keyOf(dt)
	if !ok {
		for i := range rows {
			if err := Sort(dt, unsafe.Add(p, i*n*dt.ItemSize()), n); err != nil {
				return err
			}
		}
		return nil
	}
	switch how.size {
	case 1:
		ok = sortRows(keysAt[uint8](p, n*rows), n, how)
	case 2:
		ok = sortRows(keysAt[uint16](p, n*rows), n, how)
	case 4:
		ok = sortRows(keysAt[uint32](p, n*rows), n, how)
	default:
		ok = sortRows(keysAt[uint64](p, n*rows), n, how)
	}
	return unchanged(ok)
}

// sortRows sorts the rows of n numbers that s consists of.
func sortRows[K key](s []K, n int, how keyed) bool {
	rows := len(s) / max(n, 1)
	if pieces, lines := lanesOf(n, rows, how.size); lines > 0 {
		return sortRowsInColumns(s, n, pieces, lines, how)
	}
	if byNetwork(n, rows, how.size) {
		return sortTogether(s, n, how)
	}
	for ; len(s) > 0; s = s[n:] {
		if !sortNumbers(s[:n], how) {
			return false
		}
	}
	return true
}

// sortTogether sorts the rows of n numbers that s consists of, and reports, as sortNumbers
// does, whether nobody else has changed them meanwhile.
func sortTogether[K key](s []K, n int, how keyed) bool {
	room := rooms.Get().(*room)
	places := unsafe.Pointer(room)
	most := n * kernel.PlaceBytes / how.size
	for len(s) > 0 {
		block := s[:min(len(s), most)]
		s = s[len(block):]
		bring(places, block, n)
		if isOdd(block, places, n, how) {
			for row := block; len(row) > 0; row = row[n:] {
				if !sortNumbers(row[:n], how) {
					return false
				}
			}
			continue
		}
		how.turn(places, n)
		exchange(kernel.PlacesOf(how.size).Exchange, places, n)
		how.turn(places, n)
		take(block, places, n)
	}
	rooms.Put(room)
	return true
}

// ArgSortRows is ArgSort for rows of n items each, one after another: order holds the
// places of each row, counted from its first item.
func ArgSortRows(dt dtype.DType, p unsafe.Pointer, order []int64, n int) {
	if n == 0 {
		return
	}
	rows := len(order) / n
	how, ok := keyOf(dt)
	switch {
	case ok && inShortWords(n, how.size):
		argSortShort(keysAt[uint16](p, n*rows), order, n, how)
	case ok && inWords(n, rows, how.size) && how.size == 4:
		argSortWords(keysAt[uint32](p, n*rows), order, n, how)
	case ok && inWords(n, rows, how.size):
		argSortWords(keysAt[uint64](p, n*rows), order, n, how)
	case ok && byNetwork(n, rows, min(8, 2*how.size)):
		switch how.size {
		case 1:
			argSortTogether[uint8, uint16](keysAt[uint8](p, n*rows), order, n, how)
		case 2:
			argSortTogether[uint16, uint32](keysAt[uint16](p, n*rows), order, n, how)
		case 4:
			argSortTogether[uint32, uint64](keysAt[uint32](p, n*rows), order, n, how)
		default:
			argSortPairs(keysAt[uint64](p, n*rows), order, n, how)
		}
	default:
		for i := range rows {
			ArgSort(dt, unsafe.Add(p, i*n*dt.ItemSize()), order[i*n:(i+1)*n])
		}
	}
}

// PartitionRows is Partition for a number of rows of n items each, one after another.
func PartitionRows(dt dtype.DType, p unsafe.Pointer, n, rows int, kth []int) error {
	if how, ok := keyOf(dt); ok {
		if pieces, lines := lanesOf(n, rows, how.size); lines > 0 && n <= 2*fewInColumns && (pieces == 1 || n > sortBelow*2) || lines == 0 && byNetwork(n, rows, how.size) {
			return SortRows(dt, p, n, rows)
		}
	} else if dt.Kind() == dtype.KindComplex64 && n <= wordsSooner && kernel.FastExchanges() {
		return SortRows(dt, p, n, rows)
	}
	for i := range rows {
		Partition(dt, unsafe.Add(p, i*n*dt.ItemSize()), n, kth)
	}
	return nil
}

// ArgPartitionRows is ArgPartition for rows of n items each, as those of ArgSortRows.
func ArgPartitionRows(dt dtype.DType, p unsafe.Pointer, order []int64, n int, kth []int) {
	if n == 0 {
		return
	}
	rows := len(order) / n
	if _, ok := keyOf(dt); ok && byNetwork(n, rows, 8) {
		ArgSortRows(dt, p, order, n)
		return
	}
	for i := range rows {
		ArgPartition(dt, unsafe.Add(p, i*n*dt.ItemSize()), order[i*n:(i+1)*n], kth)
	}
}

// pairLanes is how many rows of words go through a network at once.
const pairLanes = kernel.PlaceBytes / 8

// argSortTogether sorts words W, twice as long as a key, of a key above a place.
func argSortTogether[K, W key](s []K, order []int64, n int, how keyed) {
	room := rooms.Get().(*room)
	low := width[K]()
	lanes := kernel.PlaceBytes / (width[W]() / 8)
	words := at[W](unsafe.Pointer(room), n*lanes)
	sign, mask := signBit[W](), W(1)<<low-1
	for len(s) > 0 {
		k := min(len(s), n*lanes)
		for r := 0; r*n < k; r++ {
			to := words[r:]
			for i, b := range s[r*n : r*n+n] {
				to[i*lanes] = W(totalKey(b, how))<<low ^ sign | W(i)
			}
		}
		exchange(kernel.PlacesOf(2*how.size).Exchange, unsafe.Pointer(room), n)
		for r := 0; r*n < k; r++ {
			from := words[r:]
			for i := range order[r*n : r*n+n] {
				order[r*n+i] = int64(from[i*lanes] & mask)
			}
		}
		s, order = s[k:], order[k:]
	}
	rooms.Put(room)
}

// argSortPairs sorts keys of eight bytes, each with its place.
func argSortPairs(s []uint64, order []int64, n int, how keyed) {
	room := rooms.Get().(*room)
	places := unsafe.Pointer(room)
	for ; len(s) > 0; s, order = s[min(len(s), n*pairLanes):], order[min(len(s), n*pairLanes):] {
		block := s[:min(len(s), n*pairLanes)]
		if bring(places, block, n); isOdd(block, places, n, how) {
			for i, b := range block {
				room.first[uint8(i%n)][uint(i/n)%pairLanes] = int64(totalKey(b, how) ^ signBit[uint64]())
			}
		} else {
			how.turn(places, n)
		}
		for i := range n {
			for r := range &room.second[uint8(i)] {
				room.second[uint8(i)][r] = int64(i)
			}
		}
		exchange(kernel.ExchangePairs(), places, n)
		take(words64(order[:len(block)]), unsafe.Pointer(&room.second), n)
	}
	rooms.Put(room)
}

// words64 returns integers by their bits.
func words64(s []int64) []uint64 {
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(s))), len(s))
}
