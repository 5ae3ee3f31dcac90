package ufunc

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Mixed is a Loop for strong operands of two native kinds, of which it casts what is not
// of its own kinds, a block at a time.
type Mixed struct {
	Loop
	nin      int
	from, in [2]dtype.Kind
}

var (
	mixtures  [kernel.NumOps][dtype.KindBytes][dtype.KindBytes]atomic.Pointer[Mixed]
	noMixture Mixed
)

// MixedOf returns the loop of op for operands of kinds j and k, for one of kind j where op
// has one; nil if the way is longer.
func MixedOf(op kernel.Op, j, k dtype.Kind) *Mixed {
	if j >= dtype.KindBytes || k >= dtype.KindBytes {
		return nil
	}
	m := mixtures[op][j][k].Load()
	if m == nil {
		m = findMixed(op, j, k)
		mixtures[op][j][k].Store(m)
	}
	if m == &noMixture {
		return nil
	}
	return m
}

func findMixed(op kernel.Op, j, k dtype.Kind) *Mixed {
	p := Borrow(op)
	defer p.Return()
	p.Ops[0].DType, p.Ops[1].DType = dtype.OfKind(j), dtype.OfKind(k)
	if p.NIn > 2 || p.NOut != 1 || p.logical() || op == kernel.Ldexp || p.Resolve() != nil || p.Entry == &p.own || p.Entry.Check != nil {
		return &noMixture
	}
	m := &Mixed{Loop: p.loop(), nin: p.NIn, from: [2]dtype.Kind{j, k}}
	for i := range p.NIn {
		if m.in[i] = p.LoopIn[i].Kind(); m.in[i] >= dtype.KindBytes {
			return &noMixture
		}
	}
	return m
}

// mixedBlock is the number of bytes of an operand that are cast at once.
const mixedBlock = 4096

var mixedRooms = sync.Pool{New: func() any { return new([2][mixedBlock / 8]uint64) }}

// Run computes n items at dst from those at a and b. The operand of that number, if any,
// is one item for all. cold tells the loop to bring the result past the caches.
func (m *Mixed) Run(dst, a, b unsafe.Pointer, n, number int, cold bool) {
	rooms := mixedRooms.Get().(*[2][mixedBlock / 8]uint64)
	at := [2]unsafe.Pointer{a, b}
	var step, size [2]int
	var cast [2]kernel.Unary
	most, out := n, m.Out.ItemSize()
	for i := range m.nin {
		step[i], size[i] = dtype.OfKind(m.from[i]).ItemSize(), dtype.OfKind(m.in[i]).ItemSize()
		if m.from[i] != m.in[i] {
			cast[i] = kernel.Cast(m.from[i], m.in[i])
		}
		most = min(most, mixedBlock/max(size[i], out))
	}
	e := m.Entry
	if number >= 0 {
		room := unsafe.Pointer(&rooms[number])
		kernel.Cast(m.from[number], m.in[number])(room, at[number], 1)
		at[number], step[number], cast[number] = room, 0, nil
		var short *kernel.Entry
		if number == 1 && e.Number != nil {
			short = e.Number(room)
		}
		if short != nil {
			e = short
		} else {
			kernel.Fill(room, room, size[number], most)
		}
	}
	for first := 0; first < n; first += most {
		k := min(most, n-first)
		var x [2]unsafe.Pointer
		for i := range m.nin {
			x[i] = unsafe.Add(at[i], first*step[i])
			if cast[i] != nil {
				cast[i](unsafe.Pointer(&rooms[i]), x[i], k)
				x[i] = unsafe.Pointer(&rooms[i])
			}
		}
		d, count := unsafe.Add(dst, first*out), kernel.ColdCount(cold && e.Streams, k)
		if e.Unary != nil {
			e.Unary(d, x[0], count)
		} else {
			e.Binary(d, x[0], x[1], count)
		}
	}
	mixedRooms.Put(rooms)
}
