package loop

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

// AssignWhere is Assign for the items where mask, broadcast to dst's shape, is
// true; the others keep their values.
func AssignWhere(dst, src, mask operand.Operand) error {
	if dst.ReadOnly {
		return nderr.New("", nderr.ErrReadOnly, "assignment destination is read-only")
	}
	for _, o := range []*operand.Operand{&src, &mask} {
		if err := fit(o, &dst); err != nil {
			return err
		}
	}
	if src.Weak != dtype.NotWeak {
		if err := checkNumber(&dst, &src); err != nil {
			return err
		}
	}
	m, err := NewMover(dst.DType, src.DType)
	if err != nil {
		return err
	}
	truth, err := NewMover(dtype.Bool, mask.DType)
	if err != nil {
		return err
	}
	if dst.Size() == 0 {
		return nil
	}
	if err := apart(&dst, &src, &mask); err != nil {
		return err
	}
	if m.how > byCast || truth.how > byCast {
		return assignWhere(&m, &truth, &dst, &src, &mask)
	}
	return inParts(&dst, []operand.Operand{src, mask}, func(dst operand.Operand, from []operand.Operand) error {
		return assignWhere(&m, &truth, &dst, &from[0], &from[1])
	})
}

// apart copies src and mask where they overlap dst in another way than item for item.
func apart(dst, src, mask *operand.Operand) (err error) {
	s := Borrow()
	defer s.Return()
	if Overlap(dst, src) && !SameItems(dst, src) {
		if *src, err = CopyToTemp(*src, s); err != nil {
			return err
		}
	}
	if Overlap(dst, mask) {
		*mask, err = CopyToTemp(*mask, s)
	}
	return err
}

// assignWhere is AssignWhere for operands that do not disturb each other.
func assignWhere(m, truth *Mover, dst, src, mask *operand.Operand) error {
	s := Borrow()
	defer s.Return()
	n := &s.Nest
	n.Reset(dst.Shape)
	n.Add(dst.Shape, dst.Strides)
	n.Add(src.Shape, src.Strides)
	n.Add(mask.Shape, mask.Strides)
	n.Sort()
	n.Flip()
	n.Coalesce()
	if m.how <= byCast && n.Stride[0][0] == m.to.size && m.to.size <= BlockBytes {
		return assignTrue(m, truth, dst, src, mask, s)
	}
	on := unsafe.Slice((*byte)(s.Block(2)), BlockBytes)
	for {
		for c := 0; c < n.Shape[0]; c += len(on) {
			k := min(len(on), n.Shape[0]-c)
			if err := truth.Move(unsafe.Pointer(&on[0]), 1, unsafe.Add(mask.Ptr, n.Off[2]+c*n.Stride[2][0]), n.Stride[2][0], k, s, 0); err != nil {
				return err
			}
			for i := 0; i < k; i++ {
				j := i
				for j < k && on[j] != 0 {
					j++
				}
				if j == i {
					continue
				}
				d := unsafe.Add(dst.Ptr, n.Off[0]+(c+i)*n.Stride[0][0])
				f := unsafe.Add(src.Ptr, n.Off[1]+(c+i)*n.Stride[1][0])
				if err := m.Move(d, n.Stride[0][0], f, n.Stride[1][0], j-i, s, 0); err != nil {
					return err
				}
				i = j
			}
		}
		if !n.Next(1) {
			return nil
		}
	}
}

// assignTrue walks the nest of AssignWhere where rows of dst are contiguous and no item
// is text or a record: one masked copy a block, without a branch on mask items.
func assignTrue(m, truth *Mover, dst, src, mask *operand.Operand, s *Scratch) error {
	n, size := &s.Nest, m.to.size
	inner, most := n.Shape[0], BlockBytes/max(size, 1)
	still := n.Stride[1][0] == 0
	srcDirect, maskDirect := m.how == byMove && n.Stride[1][0] == size, truth.how == byMove && n.Stride[2][0] == 1
	if srcDirect && maskDirect {
		most = inner
	}
	for {
		for c := 0; c < inner; c += most {
			k := min(most, inner-c)
			x, on := unsafe.Add(src.Ptr, n.Off[1]+c*n.Stride[1][0]), unsafe.Add(mask.Ptr, n.Off[2]+c*n.Stride[2][0])
			if !srcDirect {
				if !still || c == 0 {
					if err := m.Move(s.Block(2), size, x, n.Stride[1][0], k, s, 0); err != nil {
						return err
					}
				}
				x = s.Block(2)
			}
			if !maskDirect {
				if err := truth.Move(s.Block(3), 1, on, n.Stride[2][0], k, s, 0); err != nil {
					return err
				}
				on = s.Block(3)
			}
			kernel.AssignTrue(unsafe.Add(dst.Ptr, n.Off[0]+c*size), on, x, size, k)
		}
		if !n.Next(1) {
			return nil
		}
	}
}
