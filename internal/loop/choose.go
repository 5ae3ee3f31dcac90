package loop

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/operand"
)

// Choose writes the items of x where cond is true, and those of y elsewhere, into
// out, whose shape the three broadcast to. out is fresh memory of a numeric
// native dtype; x and y are cast to it, and numbers of the program wrap around there.
func Choose(out, cond, x, y operand.Operand) error {
	c := choosers.Get().(*chooser)
	defer c.release()
	c.out = out
	c.from[0], c.from[1], c.from[2] = cond, x, y
	for i := range c.from {
		to := out.DType
		if i == 0 {
			to = dtype.Bool
		}
		if err := c.mover[i].choose(to, c.from[i].DType); err != nil {
			return err
		}
	}
	if axis, least := SpreadAxis(&c.out); axis >= 0 {
		return spread(axis, least, &c.out, c.from[:], c.run)
	}
	return c.run(c.out, c.from[:])
}

type chooser struct {
	out   operand.Operand
	from  [3]operand.Operand // cond, x, y
	mover [3]Mover
}

var choosers = sync.Pool{New: func() any { return new(chooser) }}

// release gives c back, without the operands.
func (c *chooser) release() {
	*c = chooser{}
	choosers.Put(c)
}

// run chooses for a part of the items: out and from are slices of the whole.
func (c *chooser) run(out operand.Operand, from []operand.Operand) error {
	s := Borrow()
	defer s.Return()
	n := &s.Nest
	n.Reset(out.Shape)
	n.Add(out.Shape, out.Strides)
	for i := range from {
		n.Add(from[i].Shape, from[i].Strides)
	}
	n.Sort()
	n.Flip()
	n.Coalesce()
	if n.Empty() {
		return nil
	}
	size, inner := out.DType.ItemSize(), n.Shape[0]
	most := BlockBytes / size
	outDirect := n.Stride[0][0] == size
	// An operand is direct where its items can be read in place, and still where
	// one item serves a whole row.
	var direct, still [3]bool
	for i := range from {
		stride := n.Stride[1+i][0]
		direct[i] = c.mover[i].how == byMove && stride == c.mover[i].to.size
		still[i] = stride == 0 && i > 0
	}
	if direct[0] && direct[1] && direct[2] && outDirect {
		most = inner
	}
	for {
		for col := 0; col < inner; col += most {
			k := min(most, inner-col)
			var at [3]unsafe.Pointer
			for i := range from {
				p := unsafe.Add(from[i].Ptr, n.Off[1+i]+col*n.Stride[1+i][0])
				if direct[i] {
					at[i] = p
					continue
				}
				at[i] = s.Block(i)
				much := k
				if still[i] {
					if col > 0 {
						continue
					}
					much = 1
				}
				if err := c.mover[i].Move(at[i], c.mover[i].to.size, p, n.Stride[1+i][0], much, s, 4); err != nil {
					return err
				}
				if still[i] {
					kernel.Fill(at[i], at[i], c.mover[i].to.size, k)
				}
			}
			to := unsafe.Add(out.Ptr, n.Off[0]+col*n.Stride[0][0])
			if outDirect {
				kernel.Choose(to, at[0], at[1], at[2], size, k)
				continue
			}
			b := s.Block(3)
			kernel.Choose(b, at[0], at[1], at[2], size, k)
			kernel.Scatter(to, b, n.Stride[0][0], size, k)
		}
		if !n.Next(1) {
			return nil
		}
	}
}
