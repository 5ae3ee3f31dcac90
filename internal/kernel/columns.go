package kernel

import "unsafe"

// Sorting networks on many sequences at once that keep items in registers. A line holds
// one item of each sequence, its lane; blocks of lines are put in order by one call.

const (
	LineBytes  = 64 // of a line: 8 items of 8 bytes, 16 of 4
	BlockLines = 16 // of a block
)

// Columns has the loops for signed items of one size.
type Columns struct {
	Sort          func(lines unsafe.Pointer, n int)                      // each two of n blocks, and one that is left
	Merge         func(lines unsafe.Pointer, n int)                      // the same where that goes up and then down, or the other way round
	MeetLines     func(x, y unsafe.Pointer, n int)                       // the lesser of n lines from x and from y on to x, the greater to y
	MeetLinesBack func(x, y unsafe.Pointer, n int)                       // the same, from y backwards
	MeetLanes     func(lines unsafe.Pointer, n int, swap unsafe.Pointer) // the same for two lanes of each of n lines: swap holds the other of each lane
	MeetLanesBack func(lines unsafe.Pointer, n int, swap unsafe.Pointer) // the same for a lane of each line and the other of that as far from the end

	// Turn copies item (i, j), of as many rows as a line has lanes and m columns, from
	// src + i*srcStride + j*size to dst + i*size + j*dstStride. m is a multiple of the lanes.
	Turn func(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, m int)
}

var columns [9]*Columns

// ColumnsOf returns the loops for items of size bytes, nil if there are none.
func ColumnsOf(size int) *Columns { return columns[size] }
