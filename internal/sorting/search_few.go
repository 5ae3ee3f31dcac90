package sorting

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Among a few numbers the place of another is a count: how many are less. Each of them is
// compared with many others by one loop of the kernel.

const (
	fewSorted = 16  // numbers up to which counting is sooner than searching
	fewBlock  = 256 // numbers whose places are counted at a time, half as many of 16 bytes
)

// fewRoom holds each of the few over and over, what comparing says, and the counts.
type fewRoom struct {
	few           [fewSorted][fewBlock]uint64
	among, counts [fewBlock]uint8
}

var fewRooms = sync.Pool{New: func() any { return new(fewRoom) }}

// searchFew is Search among a few numbers without a sorter, and reports whether it is: not
// where one of them is NaN, the last then.
func searchFew(dt dtype.DType, p unsafe.Pointer, n int, v unsafe.Pointer, out []int64, right bool) bool {
	if n == 0 || n > fewSorted || len(out) < fewBlock/4 || !dt.IsNumeric() || kernel.CurrentLevel() == kernel.LevelGo {
		return false
	}
	// What is not less than a NaN is a number: NaN goes behind all of them.
	op, k, size := kernel.GreaterEqual, dt.Kind(), dt.ItemSize()
	if k == dtype.KindBool {
		k = dtype.KindUint8 // every byte has its place, as in a sort
	}
	if right {
		op = kernel.Greater
	}
	compare, add := kernel.Lookup(op).Find(k, k).Binary, kernel.Lookup(kernel.Add).Find(dtype.KindUint8, dtype.KindUint8).Binary
	most := min(fewBlock, len(out), fewBlock*8/size)
	room := fewRooms.Get().(*fewRoom)
	defer fewRooms.Put(room)
	last := unsafe.Add(p, (n-1)*size)
	if kernel.Lookup(kernel.NotEqual).Find(k, k).Binary(unsafe.Pointer(&room.among), last, last, 1); room.among[0] != 0 {
		return false
	}
	for i := range n {
		kernel.Fill(unsafe.Pointer(&room.few[i]), unsafe.Add(p, i*size), size, most)
	}
	among, counts := unsafe.Pointer(&room.among), unsafe.Pointer(&room.counts)
	for i := 0; i < len(out); i += most {
		m := min(most, len(out)-i)
		block := unsafe.Add(v, i*size)
		compare(counts, unsafe.Pointer(&room.few[0]), block, m)
		for j := 1; j < n; j++ {
			compare(among, unsafe.Pointer(&room.few[j]), block, m)
			add(counts, counts, among, m)
		}
		for j, c := range room.counts[:m] {
			out[i+j] = int64(n) - int64(c)
		}
	}
	return true
}
