package nd

import (
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
