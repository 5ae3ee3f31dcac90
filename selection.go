package nd

import (
	"sync"

	"github.com/stride-go/nd/internal/layout"
)

// selection is an advanced subscript of one array, checked. It is large, because it has room
// for the lists of an ordinary one, and is pooled; release gives it back.
type selection struct {
	places []int         // offset from the block's start of every place, in C order, after locate
	index  []int         // shape of the places: the index arrays broadcast
	rest   layout.Layout // what the slices select at a place; Offset is 0
	at     int           // where the axes of index go among those of rest

	arrays  []place // what locate makes places of
	strides []int   // bytes of a step on the axis of each
	start   int     // offset of the place where all are 0
	kept    *Array  // whose items places are, if they are an array's

	room struct {
		basic  [2 * inlineDims]layout.Item
		arrays [inlineDims]place
		shapes [inlineDims][]int
		lists  [numLists][2 * inlineDims]int // one a use
		few    [fewTrue]int
		outer  [64]int
		leads  [64]int
	}
}

// The uses of lists in a selection's room.
const (
	listKept = iota
	listViewShape
	listViewStrides
	listRestShape
	listRestStrides
	listStrides
	listIndex
	listShape
	listSteps
	listOrder
	listSorted
	listSortedSteps
	listDense
	numLists
)

var selections = sync.Pool{New: func() any { return new(selection) }}

// list returns the empty list of one use.
func (s *selection) list(use int) []int { return s.room.lists[use][:0] }

// release gives s back, without what belongs to the caller.
func (s *selection) release() {
	s.places, s.index, s.arrays, s.strides, s.kept = nil, nil, nil, nil, nil
	s.rest = layout.Layout{}
	clear(s.room.arrays[:])
	clear(s.room.shapes[:])
	selections.Put(s)
}

// shape returns the result's shape.
func (s *selection) shape() []int {
	shape := append(s.list(listShape), s.rest.Shape[:s.at]...)
	shape = append(shape, s.index...)
	return append(shape, s.rest.Shape[s.at:]...)
}
