package kernel

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Places of extremes of kinds that have no loops of their own: by those of wider ones.

// installArgs puts the places in rows and in columns beside those in one.
func installArgs(k dtype.Kind, maxRows ArgRows, maxColumns ArgColumns, minRows ArgRows, minColumns ArgColumns) {
	s := &searches[k]
	s.argmax = Extreme{s.argmax.Place, maxRows, maxColumns, 1<<31 - 1}
	s.argmin = Extreme{s.argmin.Place, minRows, minColumns, 1<<31 - 1}
}

// halfPlace makes the search for an extreme of float16 of that of float32.
func halfPlace(find, rest Arg) Arg {
	return func(a unsafe.Pointer, stride, n int) int {
		if stride != 2 || n < minHalves {
			return rest(a, stride, n)
		}
		room := halves.Get().(*halfRoom)
		defer halves.Put(room)
		widen, wide := casts[kF16][kF32], unsafe.Pointer(&room.wide)
		at := 0
		for i := 0; i < n; i += halfPiece {
			m := min(halfPiece, n-i)
			widen(wide, unsafe.Add(a, i*2), m)
			k := find(wide, 4, m)
			room.pair = [2]float32{room.best, room.wide[k]}
			if i == 0 || find(unsafe.Pointer(&room.pair), 4, 2) == 1 {
				room.best, at = room.wide[k], i+k
			}
		}
		return at
	}
}

// wideItems is how many items are cast at once for a search among wider ones.
const wideItems = 1 << 14

// leastWide is the count from which casting the items of rows pays.
const leastWide = 64

var wides = sync.Pool{New: func() any { return new([wideItems]int32) }}

// installWideArgs puts the places in rows and in columns of items of kind k, cast to kind
// to of 4 bytes, where there are none.
func installWideArgs(k, to dtype.Kind) {
	size := itemSizes[k]
	put := func(e, wide *Extreme) {
		e.Tall = wideItems / 16
		if e.Rows == nil {
			e.Rows = func(dst, a unsafe.Pointer, stride, n, many int) (done int) {
				if n*many < leastWide {
					for i := range many {
						*(*int64)(unsafe.Add(dst, i*8)) = int64(e.Place(unsafe.Add(a, i*stride), size, n))
					}
					return many
				}
				room := wides.Get().(*[wideItems]int32)
				defer wides.Put(room)
				p := unsafe.Pointer(room)
				for done < many {
					m := min(many-done, wideItems/n)
					castRows(k, to, p, unsafe.Add(a, done*stride), stride, n, m)
					seen := wide.Rows(unsafe.Add(dst, done*8), p, n*4, n, m)
					if done += seen; seen < m {
						break
					}
				}
				return done
			}
		}
		e.Columns = func(dst, a unsafe.Pointer, stride, n, lanes int) {
			room := wides.Get().(*[wideItems]int32)
			defer wides.Put(room)
			p := unsafe.Pointer(room)
			for i, m := 0, 0; i < lanes; i += m {
				m = min(lanes-i, wideItems/n)
				castRows(k, to, p, unsafe.Add(a, i*size), stride, m, n)
				wide.Columns(unsafe.Add(dst, i*8), p, m*4, n, m)
			}
		}
	}
	s, w := &searches[k], &searches[to]
	put(&s.argmax, &w.argmax)
	put(&s.argmin, &w.argmin)
}

// castRows casts rows of n items, stride bytes apart, to dst, where they lie dense.
func castRows(k, to dtype.Kind, dst, a unsafe.Pointer, stride, n, rows int) {
	cast := casts[k][to]
	if stride == n*itemSizes[k] {
		cast(dst, a, n*rows)
		return
	}
	for i := range rows {
		cast(unsafe.Add(dst, i*n*itemSizes[to]), unsafe.Add(a, i*stride), n)
	}
}
