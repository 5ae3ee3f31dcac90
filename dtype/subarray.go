package dtype

import "slices"

// maxSubDims is NumPy's limit on the axes of an array, sub-arrays included.
const maxSubDims = 64

// SubArray returns the dtype whose item is a C-ordered array of base items.
// No lengths give base itself. Errors (ErrValue): a negative length, more than
// 64 axes, an item of over 2³¹-1 bytes.
func SubArray(base DType, shape ...int) (DType, error) {
	if !base.IsValid() {
		return DType{}, typeError("dtype", "sub-array of an invalid dtype")
	}
	if len(shape) == 0 {
		return base, nil
	}
	if len(shape) > maxSubDims {
		return DType{}, valueError("dtype", "invalid shape in fixed-type tuple.")
	}
	size, empty := base.ItemSize(), false
	for _, n := range shape {
		switch {
		case n < 0:
			return DType{}, valueError("dtype", "invalid shape in fixed-type tuple: dimension smaller then zero.")
		case n > maxItem:
			return DType{}, valueError("dtype", "invalid shape in fixed-type tuple: dimension does not fit into a C int.")
		case n == 0:
			empty = true
		}
	}
	if empty {
		size = 0
	}
	for _, n := range shape {
		if size != 0 && n > maxItem/size {
			return DType{}, valueError("dtype", "invalid shape in fixed-type tuple: dtype size in bytes must fit into a C int.")
		}
		size *= n
	}
	e := ext{base: base, shape: slices.Clone(shape), align: int32(base.Alignment())}
	return DType{kind: KindVoid, order: NoOrder, size: int32(size), ext: intern(e)}, nil
}

// Base returns the dtype of a sub-array's items, and d itself when d is not a
// sub-array.
func (d DType) Base() DType {
	if !d.IsSubArray() {
		return d
	}
	return d.ext.base
}

// SubShape returns a copy of a sub-array's shape; nil when d is not a sub-array.
func (d DType) SubShape() []int {
	if !d.IsSubArray() {
		return nil
	}
	return slices.Clone(d.ext.shape)
}
