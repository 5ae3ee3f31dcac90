package kernel

import "unsafe"

// An ending computes the items that a multiple of the lanes leaves.
type ending struct {
	run, rest    Ternary // the loop and its twin
	lanes, scale int     // items, and what the loop counts an item
	inputs, out  int     // the number of inputs, and the bytes of an item
	in           [3]int
}

func (v *vectorLoop) ending(inputs, in, out int) *ending {
	e := &ending{scale: max(v.bytes, 1), inputs: inputs, in: [3]int{in, in, in}, out: out}
	e.lanes = v.lanes / e.scale
	if v.second != 0 {
		e.in[1] = itemSizes[v.second]
	}
	return e
}

// end computes the items from m on: together with those before them once more, or on copies
// where the result lies on an operand. Fewer items than the lanes are for the twin.
func (e *ending) end(d unsafe.Pointer, a [3]unsafe.Pointer, m, n int) {
	if m == 0 {
		e.rest(d, a[0], a[1], a[2], n)
		return
	}
	at, apart := n-e.lanes, true
	for i, p := range a[:e.inputs] {
		apart = apart && (uintptr(d)+uintptr(n*e.out) <= uintptr(p) || uintptr(p)+uintptr(n*e.in[i]) <= uintptr(d))
	}
	if apart {
		for i := range e.inputs {
			a[i] = unsafe.Add(a[i], at*e.in[i])
		}
		e.run(unsafe.Add(d, at*e.out), a[0], a[1], a[2], e.lanes*e.scale)
		return
	}
	r := rooms.Get().(*room)
	for i := range e.inputs {
		q := unsafe.Pointer(&r[i*len(r)/4])
		copy(items[byte](q, (n-m)*e.in[i]), items[byte](unsafe.Add(a[i], m*e.in[i]), (n-m)*e.in[i]))
		a[i] = q
	}
	to := unsafe.Pointer(&r[3*len(r)/4])
	e.run(to, a[0], a[1], a[2], e.lanes*e.scale)
	copy(items[byte](unsafe.Add(d, m*e.out), (n-m)*e.out), items[byte](to, (n-m)*e.out))
	rooms.Put(r)
}
