package layout

import (
	"slices"
	"strconv"
	"strings"

	"github.com/stride-go/nd/internal/nderr"
)

// Broadcast returns the shape that all shapes stretch to. Shapes are aligned at
// their last axes; a length of 1 gives way to any other, 0 included.
func Broadcast(shapes ...[]int) ([]int, error) { return AppendBroadcast(nil, shapes...) }

// AppendBroadcast is Broadcast with the result in the room of room, which is empty.
func AppendBroadcast(room []int, shapes ...[]int) ([]int, error) {
	ndim := 0
	for _, s := range shapes {
		ndim = max(ndim, len(s))
	}
	out := slices.Grow(room, ndim)[:ndim]
	for k := range out {
		out[k] = 1
	}
	for _, s := range shapes {
		lead := ndim - len(s)
		for k, d := range s {
			switch have := out[lead+k]; {
			case d == have || d == 1:
			case have == 1:
				out[lead+k] = d
			default:
				return nil, nderr.New("broadcast", nderr.ErrShape,
					"operands could not be broadcast together with shapes %s", ShapeList(shapes...))
			}
		}
	}
	if _, err := CheckedSize(out, 1); err != nil {
		return nil, nderr.New("broadcast", nderr.ErrShape, "broadcast dimensions too large.")
	}
	return out, nil
}

// ShapeList writes shapes as NumPy's broadcasting errors do: each followed by a
// space, the last one too.
func ShapeList(shapes ...[]int) string {
	var b strings.Builder
	for _, s := range shapes {
		b.WriteString(ShapeString(s))
		b.WriteByte(' ')
	}
	return b.String()
}

// ShapeString writes a shape as NumPy's errors do: "(2,3)", "(2,)", "()".
func ShapeString(shape []int) string {
	b := []byte{'('}
	for k, d := range shape {
		if k > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(d), 10)
	}
	if len(shape) == 1 {
		b = append(b, ',')
	}
	return string(append(b, ')'))
}

// BroadcastStrides returns the strides that read an array of the given shape as
// one of the shape to: 0 along every axis that is stretched or new. The array's
// shape must be one that stretches to it.
func BroadcastStrides(shape, strides, to []int) ([]int, error) {
	lead := len(to) - len(shape)
	if lead < 0 {
		return nil, nderr.New("broadcast", nderr.ErrShape,
			"input operand has more dimensions than allowed by the axis remapping")
	}
	out := make([]int, len(to))
	for k, d := range shape {
		switch {
		case d == to[lead+k]:
			// NumPy's iterator sees no stride on an axis of length 1.
			if d != 1 {
				out[lead+k] = strides[k]
			}
		case d != 1:
			return nil, nderr.New("broadcast", nderr.ErrShape,
				"operands could not be broadcast together with remapped shapes [original->remapped]: %s and requested shape %s",
				ShapeList(shape), ShapeString(to))
		}
	}
	return out, nil
}

// Mismatch names two shapes that keep shapes from being broadcast together: j is
// the first that does not fit the ones before it, and i the one before it that
// set the length of the axis. ok is false when all fit.
func Mismatch(shapes ...[]int) (i, j int, ok bool) {
	ndim := 0
	for _, s := range shapes {
		ndim = max(ndim, len(s))
	}
	// NumPy goes axis by axis, the first axis of the result first.
	for axis := range ndim {
		set := -1
		for k, s := range shapes {
			at := axis - (ndim - len(s))
			if at < 0 || s[at] == 1 {
				continue
			}
			if set < 0 {
				set = k
			} else if first := shapes[set]; first[axis-(ndim-len(first))] != s[at] {
				return set, k, true
			}
		}
	}
	return 0, 0, false
}
