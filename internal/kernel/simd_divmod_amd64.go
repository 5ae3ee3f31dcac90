package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// installDivmod makes divmod of items of the kinds of the loops of its two results.
func installDivmod(kinds ...dtype.Kind) {
	for _, k := range kinds {
		tables[Divmod].Find(k, k).Binary2 = divmodOf(tables[FloorDivide].Find(k, k).Binary, tables[Remainder].Find(k, k).Binary, itemSizes[k])
	}
}

// divmodOf makes one loop of those for quotients and remainders of items of size bytes.
// The quotients wait in a room, for they may belong where an operand is.
func divmodOf(quotient, rest Binary, size int) Binary2 {
	return func(d0, d1, a, b unsafe.Pointer, n int) {
		r := rooms.Get().(*room)
		for first := 0; first < n; first += roomBytes / size {
			m, at := min(roomBytes/size, n-first), first*size
			x, y := unsafe.Add(a, at), unsafe.Add(b, at)
			quotient(unsafe.Pointer(r), x, y, m)
			rest(unsafe.Add(d1, at), x, y, m)
			copy(items[byte](unsafe.Add(d0, at), m*size), items[byte](unsafe.Pointer(r), m*size))
		}
		rooms.Put(r)
	}
}
