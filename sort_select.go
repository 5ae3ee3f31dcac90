package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/sorting"
)

const partitionOptions = optAxis | optFields

// Partition moves the items along the last axis, or the one given by Axis, in
// place, so that for each k of kth the item at place k is the one a sort would
// put there, no item before it is greater and none behind it is less. Negative
// places count from the end. It takes time linear in the number of items.
// Options: Axis, ByFields. It panics with ErrReadOnly ("partition array is
// read-only"), and ErrValue for a place outside.
func (a *Array) Partition[S OneOrMany](kth S, opts ...Option) {
	const op = "partition"
	s := gather(op, partitionOptions, opts)
	a.refuseReadOnly(op)
	names := a.fieldOrder(op, &s)
	axis := a.sortAxis(op, &s)
	places := placesOfKth(op, many(kth), a.lay.Shape[axis])
	a.workLanes(op, axis, names, func(p unsafe.Pointer, n, lanes int) error {
		return sorting.PartitionRows(a.sortDType(), p, n, lanes, places)
	})
}

// Partitioned returns a partitioned copy of a (np.partition), in a's memory
// order. With AllAxes the items are partitioned as one 1-d array. Options as
// Array.Partition.
func Partitioned[S OneOrMany](a *Array, kth S, opts ...Option) *Array {
	b, opts := a.copyToSort("partition", opts)
	b.Partition(kth, opts...)
	return b
}

// ArgPartition returns the places, as int64, that the items come from in a
// partition around kth. With AllAxes the places are those of the items in C
// order. Options as Partition.
func (a *Array) ArgPartition[S OneOrMany](kth S, opts ...Option) *Array {
	const op = "argpartition"
	a.use(op)
	s := gather(op, partitionOptions, opts)
	names := a.fieldOrder(op, &s)
	n := 1
	switch {
	case s.has(optAxis) && s.axes == nil:
		n = a.Size()
	case a.NDim() > 0:
		n = a.lay.Shape[a.sortAxis(op, &s)]
	}
	places := placesOfKth(op, many(kth), n)
	return a.argLanes(op, &s, names, func(p unsafe.Pointer, order []int64, n int) {
		sorting.ArgPartitionRows(a.sortDType(), p, order, n, places)
	})
}

// placesOfKth checks the places around which n items are partitioned, and sorts
// them. No items have any place.
func placesOfKth(op string, kth []int, n int) []int {
	if len(kth) == 0 {
		fail(op, ErrType, "Partition index must be integer")
	}
	places := slices.Clone(kth)
	for i, k := range places {
		if k < 0 {
			k += n
		}
		if n > 0 && (k < 0 || k >= n) {
			fail(op, ErrValue, "kth(=%d) out of bounds (%d)", k, n)
		}
		places[i] = k
	}
	slices.Sort(places)
	return places
}

// LexSort returns the places, as int64, that sort by several keys of one shape
// along the last axis, or the one given by Axis: the last key counts first, each
// earlier one decides where those behind it are equal, and equal items keep
// their order. For 0-d keys it is a 0-d array. Options: Axis. It panics with
// ErrType without keys, and ErrValue for keys of different shapes.
func LexSort(keys []*Array, opts ...Option) *Array {
	const op = "lexsort"
	s := gather(op, optAxis, opts)
	if len(keys) == 0 {
		fail(op, ErrType, "need sequence of keys with len > 0 in lexsort")
	}
	shape := keys[0].lay.Shape
	for _, k := range keys {
		k.use(op)
		if !slices.Equal(k.lay.Shape, shape) {
			fail(op, ErrValue, "all keys need to be the same shape")
		}
	}
	if len(shape) == 0 {
		return Zeros(dtype.Int64)
	}
	axis := keys[0].sortAxis(op, &s)
	out := alloc(op, dtype.Int64, shape, C, true)
	if out.Size() == 0 {
		return out
	}
	last, places := out.placesAlong(op, axis)
	src, dt := make([]*Array, len(keys)), make([]dtype.DType, len(keys))
	for i, k := range keys {
		src[i] = k.lanesAlong(op, axis)
		dt[i] = src[i].dtype
	}
	work(op, nil, func() error {
		lanes := make([]unsafe.Pointer, 0, len(src)) // of the first key, of the second, and so on
		for _, k := range src {
			for off := range offsets(k.lay, k.NDim()-1) {
				lanes = append(lanes, unsafe.Add(k.buf.Pointer(), off))
			}
		}
		order, n, count := items[int64](places), shape[axis], len(lanes)/len(src)
		at := make([]unsafe.Pointer, len(src))
		for lane := range count {
			for i := range at {
				at[i] = lanes[i*count+lane]
			}
			sorting.LexSort(dt, at, order[lane*n:(lane+1)*n])
		}
		return nil
	}, src...)
	if places != last {
		copyInto(op, last, places)
	}
	return out
}
