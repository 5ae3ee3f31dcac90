package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

// At applies the operation to single items of target, one after another, so that
// a place named twice is worked on twice: target[place] = op(target[place], b).
// places are byte offsets from target's item [0,…,0]; b is contiguous, aligned, and has one item
// for each. The plan has been resolved with target and b as inputs, and with
// target as its output.
func (p *Plan) At(target operand.Operand, places []int, b operand.Operand) error {
	if target.ReadOnly {
		return p.fail(nderr.ErrReadOnly, "assignment destination is read-only")
	}
	s := p.scr()
	size := 0
	if p.NIn == 2 {
		size = p.LoopIn[1].ItemSize()
		if b.DType != p.LoopIn[1] {
			c := fresh([]int{len(places)}, p.LoopIn[1])
			if err := loop.Assign(c, b); err != nil {
				return err
			}
			b = c
		}
	}
	in, out := p.LoopIn[0], p.LoopOut[0]
	apply := func(dst, x unsafe.Pointer, i, n int) error {
		at := [maxOps]unsafe.Pointer{x, unsafe.Add(b.Ptr, i*size), dst}
		if p.NIn == 1 {
			at = [maxOps]unsafe.Pointer{x, dst}
		}
		return p.kernel(at, n)
	}
	bits := uintptr(target.Ptr)
	for _, o := range places {
		bits |= uintptr(o)
	}
	if target.DType == in && in == out && bits&uintptr(in.Alignment()-1) == 0 {
		if f := p.Entry.At; f != nil {
			f(target.Ptr, places, b.Ptr)
			return nil
		}
		for i := 0; i < len(places); {
			j := i + 1 // places that lie one after another, of a row for one, are one call
			for j < len(places) && places[j] == places[j-1]+in.ItemSize() {
				j++
			}
			q := unsafe.Add(target.Ptr, places[i])
			if err := apply(q, q, i, j-i); err != nil {
				return err
			}
			i = j
		}
		return nil
	}
	load, err := loop.NewMover(in, target.DType)
	if err != nil {
		return err
	}
	store, err := loop.NewMover(target.DType, out)
	if err != nil {
		return err
	}
	x, y := s.Block(0), s.Block(1)
	for i, o := range places {
		q := unsafe.Add(target.Ptr, o)
		if err := load.Move(x, in.ItemSize(), q, 0, 1, s, moverBlock); err != nil {
			return err
		}
		if err := apply(y, x, i, 1); err != nil {
			return err
		}
		if err := store.Move(q, 0, y, out.ItemSize(), 1, s, moverBlock); err != nil {
			return err
		}
	}
	return nil
}
