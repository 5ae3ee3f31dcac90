// Package layout knows where item [i,j,k] of an array is: shape, strides and
// offset as plain integers. It has no bytes, no dtypes and no unsafe, so that
// every function can be tested against a naive model over all small cases.
//
// Terms. The shape lists the lengths of the axes. The stride of an axis is the
// distance in bytes between neighbours along it; it may be negative, zero, or
// no multiple of the item size (a field of a record). Item [i₀,…,iₙ₋₁] starts
// at Offset + Σ iₖ·strideₖ. An axis of length 1 may have any stride, because no
// step is ever taken along it; an array with an axis of length 0 has no items,
// so none of its strides matter.
package layout

import (
	"math"
	"math/bits"

	"github.com/stride-go/nd/internal/nderr"
)

// MaxDims is the largest number of axes, NumPy's own limit since 2.0.
const MaxDims = 64

// Layout says where the items are. Strides and Offset are in bytes; Offset is
// the place of item [0,…,0] in the block, or of where it would be if there are
// no items.
type Layout struct {
	Shape, Strides []int
	Offset         int
}

// Size returns the number of items of shape: the product of its lengths, 1 for
// no axes. It does not look for overflow: shape comes from an existing array.
func Size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// CheckedSize returns the number of items of a shape that is still to be made,
// with items of the given number of bytes. It refuses negative lengths, more
// than MaxDims axes, and products that overflow. As in NumPy, lengths of 0 are
// left out of the product that must not overflow.
func CheckedSize(shape []int, item int) (int, error) {
	if len(shape) > MaxDims {
		return 0, nderr.New("shape", nderr.ErrShape,
			"maximum supported dimension for an ndarray is currently %d, found %d", MaxDims, len(shape))
	}
	n, empty := uint64(1), false
	bytes := uint64(max(item, 1))
	for _, d := range shape {
		if d < 0 {
			return 0, nderr.New("shape", nderr.ErrShape, "negative dimensions are not allowed")
		}
	}
	for _, d := range shape {
		if d == 0 {
			empty = true
			continue
		}
		hi, lo := bits.Mul64(bytes, uint64(d))
		if hi != 0 || lo > math.MaxInt {
			return 0, nderr.New("shape", nderr.ErrShape,
				"array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
		}
		bytes = lo
		n *= uint64(d)
	}
	if empty {
		return 0, nil
	}
	return int(n), nil
}

// CStrides returns the strides of a block whose last axis varies fastest. An
// array without items has all strides 0, as NumPy gives to one that it makes.
func CStrides(shape []int, item int) []int {
	s := make([]int, len(shape))
	if Size(shape) == 0 {
		return s
	}
	step := item
	for k := len(shape) - 1; k >= 0; k-- {
		s[k] = step
		step *= shape[k]
	}
	return s
}

// FStrides returns the strides of a block whose first axis varies fastest.
func FStrides(shape []int, item int) []int {
	s := make([]int, len(shape))
	if Size(shape) == 0 {
		return s
	}
	step := item
	for k, d := range shape {
		s[k] = step
		step *= d
	}
	return s
}

// IsC reports whether the items lie one after another in C order. Axes of
// length 1 do not count, and an array without items always does.
func IsC(shape, strides []int, item int) bool {
	step, ok := item, true
	for k := len(shape) - 1; k >= 0; k-- {
		switch shape[k] {
		case 0:
			return true
		case 1:
			continue
		}
		if strides[k] != step {
			ok = false // a later axis may still be empty
		}
		step *= shape[k]
	}
	return ok
}

// IsF reports whether the items lie one after another in Fortran order.
func IsF(shape, strides []int, item int) bool {
	step, ok := item, true
	for k, d := range shape {
		switch d {
		case 0:
			return true
		case 1:
			continue
		}
		if strides[k] != step {
			ok = false
		}
		step *= d
	}
	return ok
}

// Span returns the bytes that the items touch, as the half-open range [lo, hi)
// relative to the start of item [0,…,0]; lo ≤ 0. It is (0, 0) without items.
func Span(shape, strides []int, item int) (lo, hi int) {
	for k, d := range shape {
		if d == 0 {
			return 0, 0
		}
		if reach := (d - 1) * strides[k]; reach < 0 {
			lo += reach
		} else {
			hi += reach
		}
	}
	return lo, hi + item
}

// CheckedSpan is Span for shape and strides that nobody has vetted: ok is false
// when the span does not fit an int.
func CheckedSpan(shape, strides []int, item int) (lo, hi int, ok bool) {
	for _, d := range shape {
		if d == 0 {
			return 0, 0, true
		}
	}
	for k, d := range shape {
		s := strides[k]
		if d == 1 || s == 0 {
			continue
		}
		mag := uint64(s)
		if s < 0 {
			mag = -mag
		}
		over, reach := bits.Mul64(mag, uint64(d-1))
		if over != 0 || reach > math.MaxInt {
			return 0, 0, false
		}
		if s < 0 {
			if lo < math.MinInt+int(reach) {
				return 0, 0, false
			}
			lo -= int(reach)
		} else {
			if hi > math.MaxInt-int(reach) {
				return 0, 0, false
			}
			hi += int(reach)
		}
	}
	if hi > math.MaxInt-item {
		return 0, 0, false
	}
	return lo, hi + item, true
}

// NormAxis turns an axis counted from the end into one counted from the start.
func NormAxis(axis, ndim int) (int, error) {
	if axis < -ndim || axis >= ndim {
		return 0, nderr.New("axis", nderr.ErrAxis,
			"axis %d is out of bounds for array of dimension %d", axis, ndim)
	}
	if axis < 0 {
		axis += ndim
	}
	return axis, nil
}

// NormAxes normalises each axis and refuses one that is named twice.
func NormAxes(axes []int, ndim int) ([]int, error) {
	out := make([]int, len(axes))
	var seen uint64
	for i, axis := range axes {
		a, err := NormAxis(axis, ndim)
		if err != nil {
			return nil, err
		}
		if seen&(1<<a) != 0 {
			return nil, nderr.New("axis", nderr.ErrValue, "duplicate value in 'axis'")
		}
		seen |= 1 << a
		out[i] = a
	}
	return out, nil
}
