package sorting

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// Rows that are too long for a network, or too few to fill one, are cut into pieces of equal
// length, which go through a network side by side and are merged by twos.

// pieceKeys is the number of keys from which pieces pay, pieceBytes the least size of a key:
// shorter ones have few digits to be counted.
const (
	pieceKeys  = 2 * fewMost
	pieceBytes = 4
)

// piecesOf returns into how many pieces each of some rows of n keys of size bytes is cut, a
// power of two: few, because merging costs more than a network, but as many as fill the
// lanes. It is 0 if the rows are sorted in another way.
func piecesOf(n, rows, size int) int {
	lanes := kernel.PlaceBytes / size
	if size < pieceBytes || n < pieceKeys || n > lanes*networkMost || !kernel.FastExchanges() || kernel.ColumnsOf(size) != nil {
		return 0
	}
	pieces := 2
	for pieces < lanes && (pieces*networkMost < n || pieces*rows < lanes) {
		pieces *= 2
	}
	return pieces
}

// sortPieces sorts rows of n numbers, as many as have lanes for their pieces, and reports
// whether it has: NaN and zeros with a sign are left to others.
func sortPieces[K key](s []K, n, pieces int, how keyed) bool {
	room := rooms.Get().(*room)
	defer rooms.Put(room)
	m := (n + pieces - 1) / pieces
	at, other := unsafe.Pointer(&room.second), unsafe.Pointer(&room.first)
	// Rows are filled up with numbers that no other is greater than, and all to whole places.
	used := len(s) / n * pieces * m
	whole := (used*how.size + kernel.PlaceBytes - 1) / kernel.PlaceBytes
	all, last := keysAt[K](at, whole*kernel.PlaceBytes/how.size), greatest[K](how)
	fill := func(s []K) {
		for i := range s {
			s[i] = last
		}
	}
	for i := range len(s) / n {
		row := all[i*pieces*m : (i+1)*pieces*m]
		fill(row[copy(row, s[i*n:(i+1)*n]):])
	}
	fill(all[used:])
	l := kernel.PlacesOf(how.size)
	if how.form == asFloat && l.OddFloats(at, whole) != 0 {
		return false
	}
	how.turn(at, whole)
	bring(other, all[:used], m)
	exchange(l.Exchange, other, m)
	take(all[:used], other, m)
	l.TurnSigns(at, whole)
	for sorted := m; sorted < pieces*m; sorted *= 2 {
		from, to := keysAt[K](at, used), keysAt[K](other, used)
		for ; len(from) > 0; from, to = from[2*sorted:], to[2*sorted:] {
			mergeHalves(to, from[:2*sorted])
		}
		at, other = other, at
	}
	l.TurnSigns(at, whole)
	how.turn(at, whole)
	all = keysAt[K](at, used)
	for i := range len(s) / n {
		copy(s[i*n:(i+1)*n], all[i*pieces*m:])
	}
	return true
}

// sortRowsInPieces sorts the rows of n numbers that s consists of, as sortTogether does.
func sortRowsInPieces[K key](s []K, n, pieces int, how keyed) bool {
	for most := kernel.PlaceBytes / how.size / pieces * n; len(s) > 0; {
		block := s[:min(len(s), most)]
		s = s[len(block):]
		if len(block) > n && sortPieces(block, n, pieces, how) {
			continue
		}
		for ; len(block) > 0; block = block[n:] {
			if !sortNumbers(block[:n], how) {
				return false
			}
		}
	}
	return true
}

// greatest returns the bits of a number that no other is greater than.
func greatest[K key](how keyed) K {
	switch how.form {
	case asFloat:
		return K(how.inf)
	case asSigned:
		return ^signBit[K]()
	}
	return ^K(0)
}

// mergeHalves merges the two sorted halves of s, of equal length, into to: the lesser half
// of the result from the front and the greater one from the back, without a branch that
// depends on a key. As many keys are taken as there are steps, so no index leaves its half.
func mergeHalves[K key](to, s []K) {
	m := len(s) / 2
	a, b := s[:m], s[m:2*m]
	low, high := to[:m], to[m:2*m]
	i, j, p, q := 0, 0, m-1, m-1
	for k := range low {
		x, y := a[i], b[j]
		low[k] = min(x, y)
		t := 0
		if y < x {
			t = 1
		}
		j += t
		i += 1 - t
		x, y = a[p], b[q]
		high[m-1-k] = max(x, y)
		t = 0
		if y < x {
			t = 1
		}
		p -= t
		q -= 1 - t
	}
}
