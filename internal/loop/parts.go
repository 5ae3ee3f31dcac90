package loop

import "github.com/stride-go/nd/dtype"

// newStructMover pairs fields by position, whatever their names; bytes between
// fields are not touched. A value without fields fills every field of the
// destination; a structure of one field gives that field.
func newStructMover(dst, src dtype.DType) (Mover, error) {
	m := Mover{how: byPart, from: sideOf(src), to: sideOf(dst)}
	switch {
	case dst.IsStruct() && src.IsStruct():
		if dst.NumField() != src.NumField() {
			return m, cannotCast(dst, src)
		}
		for i := range dst.NumField() {
			d, s := dst.FieldAt(i), src.FieldAt(i)
			if err := m.add(d.DType, d.Offset, s.DType, s.Offset); err != nil {
				return m, err
			}
		}
		m.mergeParts()
	case dst.IsStruct():
		if src.Kind() == dtype.KindVoid {
			// Raw bytes are read as the structure's own bytes.
			f, err := itemFunc(dst, src)
			m.how, m.item = byItem, f
			return m, err
		}
		for i := range dst.NumField() {
			d := dst.FieldAt(i)
			if err := m.add(d.DType, d.Offset, src, 0); err != nil {
				return m, err
			}
		}
	case dst.Kind() == dtype.KindVoid:
		f, err := itemFunc(dst, src)
		m.how, m.item = byItem, f
		return m, err
	default:
		if src.NumField() != 1 {
			return m, cannotCast(dst, src)
		}
		s := src.FieldAt(0)
		if err := m.add(dst, 0, s.DType, s.Offset); err != nil {
			return m, err
		}
	}
	return m, nil
}

func (m *Mover) add(dst dtype.DType, to int, src dtype.DType, from int) error {
	f, err := NewMover(dst, src)
	if err != nil {
		return err
	}
	m.parts = append(m.parts, part{m: &f, to: to, from: from, count: 1})
	return nil
}

// mergeParts joins neighbouring fields that are copied as they are.
func (m *Mover) mergeParts() {
	w := 0
	for i := 1; i < len(m.parts); i++ {
		p, q := &m.parts[w], &m.parts[i]
		if p.m.how == byMove && q.m.how == byMove && p.to+p.m.to.size == q.to && p.from+p.m.from.size == q.from {
			n := p.m.to.size + q.m.to.size
			p.m = &Mover{how: byMove, from: side{size: n, align: 1}, to: side{size: n, align: 1}}
			continue
		}
		w++
		m.parts[w] = *q
	}
	if len(m.parts) > 0 {
		m.parts = m.parts[:w+1]
	}
	if len(m.parts) == 1 {
		if p := m.parts[0]; p.m.how == byMove && p.to == 0 && p.from == 0 && p.m.to.size == m.to.size && m.from.size == m.to.size {
			*m = *p.m
		}
	}
}

// newSubArrayMover follows NumPy's rule for sub-array dtypes: equal shapes item
// by item; one value into every place; otherwise the source is broadcast, and
// where it is too short the rest is zero, where too long the rest is dropped.
func newSubArrayMover(dst, src dtype.DType) (Mover, error) {
	m := Mover{how: byPart, from: sideOf(src), to: sideOf(dst)}
	db, sb := dst, src
	var dshape, sshape []int
	if dst.IsSubArray() {
		db, dshape = dst.Base(), dst.SubShape()
	}
	if src.IsSubArray() {
		sb, sshape = src.Base(), src.SubShape()
	}
	inner, err := NewMover(db, sb)
	if err != nil {
		return m, err
	}
	dn, sn := product(dshape), product(sshape)
	size := sb.ItemSize()
	if equalInts(dshape, sshape) || sn == 1 || dn == 1 {
		p := part{m: &inner, toN: db.ItemSize(), fromN: size, count: dn}
		if sn == 1 {
			p.fromN = 0
		}
		if inner.how == byMove && sn == dn {
			n := dst.ItemSize()
			return Mover{how: byMove, from: side{size: n, align: 1}, to: side{size: n, align: 1}}, nil
		}
		m.parts = []part{p}
		return m, nil
	}
	if len(sshape) > len(dshape) {
		return m, cannotCast(dst, src)
	}
	// One part for each destination item that the broadcast source reaches.
	idx := make([]int, len(dshape))
	for k := range dn {
		rem, ok, at, mul := k, true, 0, 1
		for i := len(dshape) - 1; i >= 0; i-- {
			idx[i] = rem % dshape[i]
			rem /= dshape[i]
			j := i - (len(dshape) - len(sshape))
			if j < 0 {
				continue
			}
			if sshape[j] != 1 {
				ok = ok && idx[i] < sshape[j]
				at += idx[i] * mul
			}
			mul *= sshape[j]
		}
		if ok {
			m.parts = append(m.parts, part{m: &inner, to: k * db.ItemSize(), from: at * size, count: 1})
		}
	}
	if len(m.parts) < dn {
		m.clear = dst.ItemSize()
	}
	return m, nil
}

func product(s []int) int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

func equalInts(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
