package ufunc

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// Search writes, for each lane of a along an axis, the place that e names into
// out, a native int64 array of a's shape without that axis. The items of a are
// native and aligned, and no lane is empty.
func Search(out, a operand.Operand, axis int, e kernel.Extreme) {
	n, stride := a.Shape[axis], a.Strides[axis]
	s := loop.Borrow()
	defer s.Return()
	w := &s.Nest
	w.Reset(a.Shape)
	w.Add(a.Shape, a.Strides)
	w.Add(a.Shape, a.Strides)
	along := len(a.Shape) - 1 - axis
	w.Shape[along], w.Stride[1][along] = 1, 0
	for i, k := 0, 0; i < len(a.Shape); i++ {
		step := &w.Stride[0][len(a.Shape)-1-i]
		switch {
		case i == axis:
			*step = 0
			continue
		case a.Shape[i] > 1:
			*step = out.Strides[k]
		}
		k++
	}
	if w.Empty() {
		return
	}
	w.Sort()
	w.Coalesce()
	size := a.DType.ItemSize()
	across := w.Stride[1][0] == size && stride != size
	dense := w.Stride[0][0] == 8 && w.Shape[0] > 1
	columns := dense && across && e.Columns != nil && n <= e.Tall
	if across && !columns && w.Shape[0] >= leastTurned && n >= leastTurned && a.DType.IsNumeric() {
		searchAcross(w, out.Ptr, &a, stride, n, e.Place)
		return
	}
	rows := dense && stride == size && e.Rows != nil && n*size <= mostRow
	for {
		to, from := unsafe.Add(out.Ptr, w.Off[0]), unsafe.Add(a.Ptr, w.Off[1])
		switch {
		case columns:
			e.Columns(to, from, stride, n, w.Shape[0])
		case rows:
			searchRows(to, from, size, w.Stride[1][0], n, w.Shape[0], e)
		default:
			for i := range w.Shape[0] {
				*(*int64)(unsafe.Add(to, i*w.Stride[0][0])) = int64(e.Place(unsafe.Add(from, i*w.Stride[1][0]), stride, n))
			}
		}
		if !w.Next(1) {
			return
		}
	}
}

// searchRows searches rows of n items of size bytes, stride bytes apart, many at once but
// for those that e leaves undone.
func searchRows(to, from unsafe.Pointer, size, stride, n, rows int, e kernel.Extreme) {
	for i := 0; i < rows; i++ {
		if i += e.Rows(unsafe.Add(to, i*8), unsafe.Add(from, i*stride), stride, n, rows-i); i == rows {
			return
		}
		*(*int64)(unsafe.Add(to, i*8)) = int64(e.Place(unsafe.Add(from, i*stride), size, n))
	}
}

// SearchMatrix is Search along an axis of m rows of n native items of size bytes, m and n
// > 0, one row behind the other. It reports false, and does nothing, where columns are
// best turned.
func SearchMatrix(out, a unsafe.Pointer, size, m, n, axis int, e kernel.Extreme) bool {
	switch {
	case axis == 0 && e.Columns != nil && m <= e.Tall:
		e.Columns(out, a, n*size, m, n)
	case axis == 0 && min(m, n) >= leastTurned:
		return false
	case axis == 0:
		for i := range n {
			*(*int64)(unsafe.Add(out, i*8)) = int64(e.Place(unsafe.Add(a, i*size), n*size, m))
		}
	case e.Rows != nil && n*size <= mostRow:
		searchRows(out, a, size, n*size, n, m, e)
	default:
		for i := range m {
			*(*int64)(unsafe.Add(out, i*8)) = int64(e.Place(unsafe.Add(a, i*n*size), size, n))
		}
	}
	return true
}

// mostRow is the length in bytes up to which rows are searched many at once: the call
// for each does not count beyond.
const mostRow = 1 << 13

const (
	leastTurned = 16      // lanes and items of each from which turning them pays
	turnedRow   = 512     // bytes of a row that are turned at once
	turnedBytes = 1 << 17 // of a tile, which stays in the second-level cache and fits a buffer
)

// searchAcross is Search for n items stride bytes apart in lanes that lie side by side
// along w's first axis. Tiles of rows are turned, so that find reads memory in order;
// the place found in a tile stands against the one found above it.
func searchAcross(w *loop.Nest, out unsafe.Pointer, a *operand.Operand, stride, n int, find kernel.Arg) {
	size := a.DType.ItemSize()
	b := buffers.Get().(*buffer)
	defer buffers.Put(b)
	tile := operand.Operand{Ptr: unsafe.Pointer(b), DType: a.DType, Shape: make([]int, 2), Strides: make([]int, 2)}
	from := operand.Operand{DType: a.DType, Shape: tile.Shape, Strides: []int{size, stride}}
	wide := turnedRow / size
	best := make([]foundItem, wide)
	pair := new([2][2]uint64) // one above the other, 16 bytes apart
	for {
		for lane := 0; lane < w.Shape[0]; lane += wide {
			lanes := min(wide, w.Shape[0]-lane)
			tall := min(n, turnedBytes/(lanes*size))
			for row := 0; row < n; row += tall {
				rows := min(tall, n-row)
				from.Ptr = unsafe.Add(a.Ptr, w.Off[1]+lane*size+row*stride)
				tile.Shape[0], tile.Shape[1] = lanes, rows
				tile.Strides[0], tile.Strides[1] = rows*size, size
				if loop.Assign(tile, from) != nil {
					panic("ufunc: items of one dtype cannot be copied")
				}
				for i := range lanes {
					best[i].meet(unsafe.Add(tile.Ptr, i*rows*size), size, rows, row, find, pair)
				}
			}
			for i := range lanes {
				*(*int64)(unsafe.Add(out, w.Off[0]+(lane+i)*w.Stride[0][0])) = int64(best[i].place)
			}
		}
		if !w.Next(1) {
			return
		}
	}
}

// foundItem is an item with its place in a lane.
type foundItem struct {
	item  [2]uint64
	place int
}

// meet searches n more items of size bytes at p, before which first have been searched.
// pair is room for two items, 16 bytes apart.
func (b *foundItem) meet(p unsafe.Pointer, size, n, first int, find kernel.Arg, pair *[2][2]uint64) {
	k := find(p, size, n)
	pair[0], pair[1] = b.item, [2]uint64{}
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&pair[1])), size), unsafe.Slice((*byte)(unsafe.Add(p, k*size)), size))
	if first == 0 || find(unsafe.Pointer(pair), 16, 2) == 1 {
		*b = foundItem{pair[1], first + k}
	}
}

// SearchFlat returns the place that find names among all items of a, which are numbers, in
// C order. It copies them, native and dense, part by part to where find reads them.
func SearchFlat(a operand.Operand, find kernel.Arg) (place int, err error) {
	native := a.DType.Native()
	size := native.ItemSize()
	b := buffers.Get().(*buffer)
	defer buffers.Put(b)
	room := unsafe.Pointer(b)
	pair := new([2][2]uint64)
	var best foundItem
	done := 0
	var search func(a operand.Operand) error
	search = func(a operand.Operand) error {
		n := a.Size()
		if n*size > searchedBytes {
			axis := slices.IndexFunc(a.Shape, func(d int) bool { return d > 1 })
			rows := max(1, searchedBytes/size*a.Shape[axis]/n)
			for lo := 0; lo < a.Shape[axis]; lo += rows {
				if err := search(slice(a, axis, lo, min(rows, a.Shape[axis]-lo))); err != nil {
					return err
				}
			}
			return nil
		}
		strides := make([]int, len(a.Shape))
		for i, step := len(strides)-1, size; i >= 0; i-- {
			strides[i] = step
			step *= a.Shape[i]
		}
		if err := loop.Assign(operand.Operand{Ptr: room, DType: native, Shape: a.Shape, Strides: strides}, a); err != nil {
			return err
		}
		best.meet(room, size, n, done, find, pair)
		done += n
		return nil
	}
	err = search(a)
	return best.place, err
}

// searchedBytes is how much SearchFlat copies at once.
const searchedBytes = 1 << 16
