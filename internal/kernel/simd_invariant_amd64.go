package kernel

import "unsafe"

// installDivisions puts the divisions by one number of a level beside the tables.
func installDivisions(l Level) {
	for i := range divideLoops {
		v := &divideLoops[i]
		if v.level != l {
			continue
		}
		if v.op == Remainder {
			divisions.rest[v.kind] = v.withRest()
		} else {
			divisions.quotient[v.kind] = v.withRest()
		}
	}
	for k := kI8; k <= kU64; k++ {
		installDivmod(k)
	}
}

// withRest is the loop for any number of items: what is left of the lanes goes through
// a block of its own.
func (v *divisionLoop) withRest() Binary {
	f, size, lanes := v.loop, itemSizes[v.kind], v.lanes
	if lanes == 0 {
		return f
	}
	return func(d, a, b unsafe.Pointer, n int) {
		m := n &^ (lanes - 1)
		if m > 0 {
			f(d, a, b, m)
		}
		if m < n {
			block := pieces.Get().(*[piece]uint64)
			p := unsafe.Pointer(block)
			Copy(p, size, unsafe.Add(a, m*size), size, size, n-m)
			f(p, p, b, lanes)
			Copy(unsafe.Add(d, m*size), size, p, size, size, n-m)
			pieces.Put(block)
		}
	}
}
