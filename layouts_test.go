package nd

import (
	"os"
	"sync"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

var numericDTypes = []dtype.DType{
	dtype.Bool, dtype.Int8, dtype.Uint8, dtype.Int16, dtype.Uint16, dtype.Int32, dtype.Uint32, dtype.Int64, dtype.Uint64,
	dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex64, dtype.Complex128,
}

// presented is an array in a layout of that name.
type presented struct {
	name  string
	array *Array
}

// layouts is the one helper of house rule 5: it presents the items of a in every
// layout an operation may meet.
func layouts(a *Array) []presented {
	c := a.Copy()
	out := []presented{{"C", c}, {"F", a.Copy(F)}}

	// Backward along every axis.
	r := a.Flip().Copy()
	out = append(out, presented{"reversed", r.Flip()})

	// Every second item of a larger block, filled with other values between.
	shape := a.Shape()
	wide := make([]int, len(shape))
	steps := make([]Idx, len(shape))
	for i, d := range shape {
		wide[i] = 2 * d
		steps[i] = R(0, 2*d, 2)
	}
	whole := Zeros(a.dtype, wide...)
	for i := range block(whole) {
		block(whole)[i] = 0x3a
	}
	stepped := whole.Slice(steps...)
	stepped.Assign(c)
	out = append(out, presented{"stepped", stepped})

	// One byte off, in a field of a packed record, in the other byte order.
	out = append(out, presented{"misaligned", shifted(c)})
	record, err := dtype.Struct([]dtype.Field{{Name: "x", DType: dtype.Int8}, {Name: "v", DType: a.dtype}, {Name: "y", DType: dtype.Int16}})
	must("layouts", err)
	field := Zeros(record, shape...).Field("v")
	field.Assign(c)
	out = append(out, presented{"field", field})
	out = append(out, presented{"swapped", c.AsType(a.dtype.Swapped())})

	// In a map of a file, at an offset that no page starts at.
	if m := fileOf(c); m != nil {
		out = append(out, presented{"mapped", m})
	}

	frozen := c.Copy()
	frozen.SetWriteable(false)
	return append(out, presented{"read-only", frozen})
}

// shifted copies c to one byte after an aligned address.
func shifted(c *Array) *Array {
	buf, err := buffer.Make(c.NBytes() + 1)
	must("layouts", err)
	s := newArray(buf, c.dtype, layout.Layout{Shape: c.Shape(), Strides: c.Strides(), Offset: 1}, Writeable, nil)
	s.Assign(c)
	return s
}

// fileMap is one map of a file for all tests: making a map an array costs more
// than the tests do.
var fileMap struct {
	sync.Mutex
	buf  *buffer.Buffer
	next int
}

const (
	fileMapBytes = 16 << 20
	fileMapMost  = 64 << 10 // for one array, so that those in use are never overwritten
)

// fileOf copies c into a map of a file, where no page starts; nil if c is large, or
// the system has no maps.
func fileOf(c *Array) *Array {
	m := &fileMap
	m.Lock()
	defer m.Unlock()
	if c.NBytes() > fileMapMost {
		return nil
	}
	if m.buf == nil {
		f, err := os.CreateTemp("", "nd-layouts")
		must("layouts", err)
		defer os.Remove(f.Name())
		defer f.Close()
		must("layouts", f.Truncate(fileMapBytes))
		if m.buf, err = buffer.Map(f, 0, fileMapBytes, buffer.MapUpdate); err != nil {
			return nil
		}
	}
	if m.next+8+c.NBytes() > fileMapBytes {
		m.next = 0
	}
	at := m.next + 8
	m.next = (at + c.NBytes() + 7) &^ 7
	a := newArray(m.buf, c.dtype, layout.Layout{Shape: c.Shape(), Strides: c.Strides(), Offset: at}, Writeable, nil)
	a.Assign(c)
	return a
}
