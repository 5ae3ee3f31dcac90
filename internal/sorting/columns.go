package sorting

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Rows of numbers of four or eight bytes go through a network in registers where the
// kernel has one: each row is a lane, or lies in several lanes, one piece after another,
// which are merged in the end without leaving their lines.

// linesMost is how long a lane is at the most.
const linesMost = 512

// lineRoom holds rows one after another, and the same as lines.
type lineRoom struct {
	rows, lines [linesMost * kernel.LineBytes / 8]int64
}

var lineRooms = sync.Pool{New: func() any { return new(lineRoom) }}

// lanesOf returns in how many lanes each of some rows of n items of size bytes lies, a
// power of two, and how many lines they take, 0 if the rows are sorted in another way.
func lanesOf(n, rows, size int) (pieces, lines int) {
	lanes := kernel.LineBytes / size
	if kernel.ColumnsOf(size) == nil || n < lanes || n <= fewMost && rows == 1 || n > lanes*linesMost {
		return 1, 0
	}
	pieces = 1
	for pieces < lanes && pieces*kernel.BlockLines < n && (pieces*linesMost < n || pieces*rows < lanes) {
		pieces *= 2
	}
	if pieces > 1 && n*size > windowMost {
		return 1, 0
	}
	if pieces == 1 {
		return 1, (n + kernel.BlockLines - 1) &^ (kernel.BlockLines - 1)
	}
	for lines = kernel.BlockLines; lines*pieces < n; {
		lines *= 2
	}
	return pieces, lines
}

// sortColumns sorts the rows of n numbers that s consists of, not more than there are lanes
// for, and reports whether it has: NaN and zeros with a sign are left to others.
func sortColumns[K key](s []K, n, pieces, lines int, how keyed) bool {
	room := lineRooms.Get().(*lineRoom)
	defer lineRooms.Put(room)
	lanes := kernel.LineBytes / how.size
	if n*lanes == len(s) && n >= lanes { // each row is a lane
		return room.sort(unsafe.Pointer(unsafe.SliceData(s)), n, 1, lines, how)
	}
	// Rows, and lanes without one, are filled up with numbers that no other is greater than.
	all, last := keysAt[K](unsafe.Pointer(&room.rows), lanes*lines), greatest[K](how)
	used := 0
	for i := 0; i < len(all); i += pieces * lines {
		row := all[i : i+pieces*lines]
		k := copy(row, s[used:min(used+n, len(s))])
		used += k
		for row = row[k:]; len(row) > 0; row = row[1:] {
			row[0] = last
		}
	}
	if !room.sort(unsafe.Pointer(&room.rows), lines, pieces, lines, how) {
		return false
	}
	for i := 0; i*n < len(s); i++ {
		copy(s[i*n:(i+1)*n], all[i*pieces*lines:])
	}
	return true
}

// sort is sortColumns for as many rows as there are lanes, n items each, at least as many.
func (room *lineRoom) sort(rows unsafe.Pointer, n, pieces, lines int, how keyed) bool {
	c, at := kernel.ColumnsOf(how.size), unsafe.Pointer(&room.lines)
	row, lanes := n*how.size, kernel.LineBytes/how.size
	line := func(i int) unsafe.Pointer { return unsafe.Add(at, i*kernel.LineBytes) }
	// The last columns are turned twice, so that no others are needed.
	c.Turn(at, kernel.LineBytes, rows, row, n&^(lanes-1))
	c.Turn(line(n-lanes), kernel.LineBytes, unsafe.Add(rows, row-kernel.LineBytes), row, lanes)
	places := lines * kernel.LineBytes / kernel.PlaceBytes
	fillLines(at, n, lines, how)
	if how.form == asFloat && kernel.PlacesOf(how.size).OddFloats(at, places) != 0 {
		return false
	}
	how.turn(at, places)
	sortLines(c, at, lines)
	mergeLanes(c, at, lines, pieces, lanes)
	how.turn(at, places)
	for i := 0; i < n; i += lanes {
		i := min(i, n-lanes)
		c.Turn(unsafe.Add(rows, i*how.size), row, line(i), kernel.LineBytes, lanes)
	}
	return true
}

// fillLines fills the lines from … to-1 with numbers that no other is greater than.
func fillLines(at unsafe.Pointer, from, to int, how keyed) {
	last := greatest[uint64](keyed{how.form, 8, how.inf})
	if how.size == 4 {
		last = uint64(greatest[uint32](how)) * (1<<32 + 1)
	}
	words := unsafe.Slice((*uint64)(at), to*kernel.LineBytes/8)[from*kernel.LineBytes/8:]
	for i := range words {
		words[i] = last
	}
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

// sortRowsInColumns sorts the rows of n numbers that s consists of, as sortTogether does.
func sortRowsInColumns[K key](s []K, n, pieces, lines int, how keyed) bool {
	for most := kernel.LineBytes / how.size / pieces * n; len(s) > 0; {
		block := s[:min(len(s), most)]
		s = s[len(block):]
		if sortColumns(block, n, pieces, lines, how) {
			continue
		}
		for ; len(block) > 0; block = block[n:] {
			if !sortKeysOf(block[:n], how) {
				return false
			}
		}
	}
	return true
}

// SortDown sorts the lanes of n items of dtype dt that stand side by side from p on: items of a
// lane are as far apart as there are lanes. It reports whether it does so: not where they
// go through no network.
func SortDown(dt dtype.DType, p unsafe.Pointer, n, lanes int) bool {
	how, ok := keyOf(dt)
	if !ok || n > linesMost || kernel.ColumnsOf(how.size) == nil || lanes*how.size < kernel.LineBytes {
		return false
	}
	if how.size == 4 {
		sortDown(keysAt[uint32](p, n*lanes), n, how)
	} else {
		sortDown(keysAt[uint64](p, n*lanes), n, how)
	}
	return true
}

// sortDown is SortDown for lanes of n numbers. The last ones of a line are sorted twice, so that
// the line is whole.
func sortDown[K key](s []K, n int, how keyed) {
	room := lineRooms.Get().(*lineRoom)
	defer lineRooms.Put(room)
	across, lanes := len(s)/n, kernel.LineBytes/how.size
	lines := (n + kernel.BlockLines - 1) &^ (kernel.BlockLines - 1)
	at, places := unsafe.Pointer(&room.lines), lines*kernel.LineBytes/kernel.PlaceBytes
	all := keysAt[K](at, lines*lanes)
	for i := 0; i < across; i += lanes {
		part := s[min(i, across-lanes):]
		for j := range n {
			copy(all[j*lanes:(j+1)*lanes], part[j*across:])
		}
		fillLines(at, n, lines, how)
		if how.form == asFloat && kernel.PlacesOf(how.size).OddFloats(at, places) != 0 {
			lane := keysAt[K](unsafe.Pointer(&room.rows), n)
			for l := range lanes {
				for j := range lane {
					lane[j] = all[j*lanes+l]
				}
				sortKeysOf(lane, how)
				for j, x := range lane {
					part[j*across+l] = x
				}
			}
			continue
		}
		how.turn(at, places)
		sortLines(kernel.ColumnsOf(how.size), at, lines)
		how.turn(at, places)
		for j := range n {
			copy(part[j*across:], all[j*lanes:(j+1)*lanes])
		}
	}
}

// blockBytes is the length of a block of lines.
const blockBytes = kernel.BlockLines * kernel.LineBytes

// sortLines sorts each lane of a number of lines, whole blocks.
//
// Source: bitonic sort of K. Batcher, Sorting Networks and Their Applications (1968), for a
// power of two of blocks; those behind the last stand for items above all others.
func sortLines(c *kernel.Columns, at unsafe.Pointer, lines int) {
	n := lines / kernel.BlockLines
	c.Sort(at, n) // runs of two blocks
	for half := 2; half < n; half *= 2 {
		for i := 0; i+half < n; i += 2 * half {
			run, m := unsafe.Add(at, i*blockBytes), min(2*half, n-i)
			alone := 2*half - m // blocks that meet none
			c.MeetLinesBack(unsafe.Add(run, alone*blockBytes), unsafe.Add(run, m*blockBytes-kernel.LineBytes), (half-alone)*kernel.BlockLines)
			mergeLines(c, run, m, half/2)
		}
	}
}

// mergeLines sorts each lane of runs of 2*half blocks, of n in all, that go up and then down
// or the other way round.
func mergeLines(c *kernel.Columns, at unsafe.Pointer, n, half int) {
	for ; half > 1; half /= 2 {
		for i := 0; i+half < n; i += 2 * half {
			x := unsafe.Add(at, i*blockBytes)
			c.MeetLines(x, unsafe.Add(x, half*blockBytes), min(half, n-i-half)*kernel.BlockLines)
		}
	}
	c.Merge(at, n)
}

// mergeLanes merges sorted lanes, each number of pieces that lie side by side, so that one
// goes on where the one before ends. If there is more than one, the blocks are a power of two.
func mergeLanes(c *kernel.Columns, at unsafe.Pointer, lines, pieces, lanes int) {
	for half := 1; half < pieces; half *= 2 {
		c.MeetLanesBack(at, lines, swapOf(lanes, 2*half-1))
		for d := half / 2; d > 0; d /= 2 {
			c.MeetLanes(at, lines, swapOf(lanes, d))
		}
		mergeLines(c, at, lines/kernel.BlockLines, lines/kernel.BlockLines/2)
	}
}

// swaps hold lanes: those that lane l meets are l^1, l^2, and so on.
var swaps = func() (s struct {
	of16 [16][16]uint32
	of8  [8][8]uint64
}) {
	for x := range 16 {
		for l := range 16 {
			s.of16[x][l] = uint32(l ^ x)
			s.of8[x%8][l%8] = uint64(l%8 ^ x%8)
		}
	}
	return s
}()

// swapOf returns the lanes l^x of all lanes l.
func swapOf(lanes, x int) unsafe.Pointer {
	if lanes == 16 {
		return unsafe.Pointer(&swaps.of16[x])
	}
	return unsafe.Pointer(&swaps.of8[x])
}
