package layout

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/stride-go/nd/internal/nderr"
)

// StridesOver returns the strides of a dense view over memory that exists
// already, with the first axis ('F') or else the last varying fastest. It
// differs from CStrides and FStrides only without items: a length of 0 counts
// as 1 here, where an array that NumPy makes afresh has all strides 0.
func StridesOver(shape []int, item int, order byte) []int {
	s := make([]int, len(shape))
	step := item
	for i := range shape {
		k := i
		if order != 'F' {
			k = len(shape) - 1 - i
		}
		s[k] = step
		step *= max(shape[k], 1)
	}
	return s
}

// ResolveReshape replaces the one unknown length of to, any negative number, so
// that the shape holds size items, and refuses a shape that cannot. Without an
// unknown length it returns to itself.
func ResolveReshape(size int, to []int) ([]int, error) {
	if len(to) > MaxDims {
		return nil, nderr.New("reshape", nderr.ErrShape,
			"maximum supported dimension for an ndarray is currently %d, found %d", MaxDims, len(to))
	}
	unknown, known, fits := -1, uint64(1), true
	for k, d := range to {
		if d < 0 {
			if unknown >= 0 {
				return nil, nderr.New("reshape", nderr.ErrShape, "can only specify one unknown dimension")
			}
			unknown = k
			continue
		}
		var over uint64
		if over, known = bits.Mul64(known, uint64(d)); over != 0 {
			fits = false
		}
	}
	out := to
	if unknown >= 0 {
		fits = fits && known != 0 && uint64(size)%known == 0
		if fits {
			out = slices.Clone(to)
			out[unknown] = int(uint64(size) / known)
		}
	} else {
		fits = fits && known == uint64(size)
	}
	if !fits {
		return nil, nderr.New("reshape", nderr.ErrShape,
			"cannot reshape array of size %d into shape %s", size, shapeWithNewaxis(to))
	}
	return out, nil
}

// shapeWithNewaxis writes a shape as NumPy's reshape errors do: no spaces, and
// "newaxis" for an unknown length, except that those in front are left out.
func shapeWithNewaxis(shape []int) string {
	var b strings.Builder
	b.WriteByte('(')
	lead := true
	for _, d := range shape {
		if lead && d < 0 {
			continue
		}
		if !lead {
			b.WriteByte(',')
		}
		lead = false
		if d < 0 {
			b.WriteString("newaxis")
		} else {
			b.WriteString(strconv.Itoa(d))
		}
	}
	if len(shape) == 1 && !lead {
		b.WriteByte(',')
	}
	b.WriteByte(')')
	return b.String()
}

// Reshape finds strides that read the same items, taken in the given order ('C'
// or 'F'), in the shape to; the two shapes hold equally many. ok is false when
// no strides can, so that a copy is needed.
//
// The axes of length 1 of the old shape are dropped. Then both shapes are cut
// into the shortest groups of axes with equal products. Within a group the old
// axes must be as if they were one axis cut in pieces; the new axes are other
// pieces of it. Groups do not see one another, so a slice of rows can still
// have its columns reshaped. The strides of axes of length 1 come from their
// neighbours; those of the old shape are forgotten.
func Reshape(shape, strides []int, item int, to []int, order byte) (newStrides []int, ok bool) {
	if order == 'A' {
		order = OrderOf(shape, strides, item)
	}
	fortran := order == 'F'
	if (!fortran && IsC(shape, strides, item)) || (fortran && IsF(shape, strides, item)) {
		return StridesOver(to, item, order), true
	}
	// From here on there are at least two items, not dense in this order.
	old, olds := dropOnes(shape, strides)
	out := make([]int, len(to))
	i, j := 0, 0 // the next old axis, the next new axis
	for i < len(old) && j < len(to) {
		i0, j0 := i, j
		a, b := old[i], to[j]
		i, j = i+1, j+1
		for a != b {
			if a < b {
				a *= old[i]
				i++
			} else {
				b *= to[j]
				j++
			}
		}
		for k := i0; k < i-1; k++ {
			if fortran {
				if olds[k+1] != old[k]*olds[k] {
					return nil, false
				}
			} else if olds[k] != old[k+1]*olds[k+1] {
				return nil, false
			}
		}
		if fortran {
			out[j0] = olds[i0]
			for k := j0 + 1; k < j; k++ {
				out[k] = out[k-1] * to[k-1]
			}
		} else {
			out[j-1] = olds[i-1]
			for k := j - 1; k > j0; k-- {
				out[k-1] = out[k] * to[k]
			}
		}
	}
	// What is left of the new shape has length 1.
	last := item
	if j > 0 {
		last = out[j-1]
		if fortran {
			last *= to[j-1]
		}
	}
	for ; j < len(to); j++ {
		out[j] = last
	}
	return out, true
}

// OrderOf answers what NumPy's order 'A' means for a layout: 'F' when the items
// are dense in Fortran order and not in C order, else 'C'.
func OrderOf(shape, strides []int, item int) byte {
	if IsF(shape, strides, item) && !IsC(shape, strides, item) {
		return 'F'
	}
	return 'C'
}

func dropOnes(shape, strides []int) (sh, st []int) {
	sh = make([]int, 0, len(shape))
	st = make([]int, 0, len(shape))
	for k, d := range shape {
		if d != 1 {
			sh, st = append(sh, d), append(st, strides[k])
		}
	}
	return sh, st
}
