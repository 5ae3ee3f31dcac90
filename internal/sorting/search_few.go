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
	// Few are the numbers up to which counting is sooner than searching.
	Few      = 16
	fewBlock = 256 // numbers whose places are counted at a time, half as many of 16 bytes
)

// fewRoom holds each of the few over and over, parts of complex numbers apart, the parts of
// those whose places are counted, what comparing says, and the counts.
type fewRoom struct {
	few                  [Few][fewBlock]uint64
	parts                [fewBlock]uint64
	among, equal, counts [fewBlock]uint8
	all                  [fewBlock]uint8 // how many the few are
}

var fewRooms = sync.Pool{New: func() any { return new(fewRoom) }}

// searchFew is Search among a few numbers without a sorter, and reports whether it is: not
// where one of them is NaN, the last then.
func searchFew(dt dtype.DType, p unsafe.Pointer, n int, v unsafe.Pointer, out []int64, right bool) bool {
	if n == 0 || n > Few || len(out) < fewBlock/4 || !dt.IsNumeric() || kernel.CurrentLevel() == kernel.LevelGo {
		return false
	}
	k, size, parts := dt.Kind(), dt.ItemSize(), 1
	switch k {
	case dtype.KindBool:
		k = dtype.KindUint8 // every byte has its place, as in a sort
	case dtype.KindComplex64:
		k, parts = dtype.KindFloat32, 2
	case dtype.KindComplex128:
		k, parts = dtype.KindFloat64, 2
	}
	loop := func(op kernel.Op, k dtype.Kind) kernel.Binary { return kernel.Lookup(op).Find(k, k).Binary }
	// What is not less than a NaN is a number: NaN goes behind all of them.
	compare, add := loop(kernel.GreaterEqual, k), loop(kernel.Add, dtype.KindUint8)
	if right {
		compare = loop(kernel.Greater, k)
	}
	greater, equal := loop(kernel.Greater, k), loop(kernel.Equal, k)
	subtract, wide := loop(kernel.Subtract, dtype.KindUint8), kernel.Cast(dtype.KindUint8, dtype.KindInt64)
	and, or := loop(kernel.BitwiseAnd, dtype.KindUint8), loop(kernel.BitwiseOr, dtype.KindUint8)
	room := fewRooms.Get().(*fewRoom)
	defer fewRooms.Put(room)
	most, size := min(fewBlock, len(out), fewBlock*8/size), size/parts
	among, same, counts := unsafe.Pointer(&room.among), unsafe.Pointer(&room.equal), unsafe.Pointer(&room.counts)
	all := unsafe.Pointer(&room.all)
	room.all[0] = uint8(n)
	kernel.Fill(all, all, 1, most)
	second := func(first unsafe.Pointer) unsafe.Pointer { return unsafe.Add(first, fewBlock*8/2) }
	for part := range parts {
		last := unsafe.Add(p, ((n-1)*parts+part)*size)
		if equal(among, last, last, 1); room.among[0] == 0 {
			return false
		}
		for i := range n {
			kernel.Fill(unsafe.Add(unsafe.Pointer(&room.few[i]), part*fewBlock*8/2), unsafe.Add(p, (i*parts+part)*size), size, most)
		}
	}
	for i := 0; i < len(out); i += most {
		m := min(most, len(out)-i)
		block := unsafe.Add(v, i*parts*size)
		if parts > 1 {
			first := unsafe.Pointer(&room.parts)
			kernel.Gather(first, block, 2*size, size, m)
			kernel.Gather(second(first), unsafe.Add(block, size), 2*size, size, m)
			block = first
		}
		clear(room.counts[:m])
		for j := range n {
			one := unsafe.Pointer(&room.few[j])
			if parts == 1 {
				compare(among, one, block, m)
			} else {
				equal(same, one, block, m)
				compare(among, second(one), second(block), m)
				and(same, same, among, m)
				greater(among, one, block, m)
				or(among, among, same, m)
			}
			add(counts, counts, among, m)
		}
		subtract(counts, all, counts, m)
		if parts > 1 { // a second part that is NaN puts the number behind all too
			equal(same, second(block), second(block), m)
			for j, is := range room.equal[:m] {
				room.counts[j] = max(room.counts[j], uint8(n)&(is-1))
			}
		}
		wide(unsafe.Pointer(&out[i]), counts, m)
	}
	return true
}
