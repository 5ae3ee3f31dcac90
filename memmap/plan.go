package memmap

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// request is a checked set of options.
type request struct {
	path   string
	mode   buffer.MapMode
	dtype  dtype.DType
	offset int64
	shape  []int // nil: inferred
	order  nd.Order

	sparse  bool
	reserve int
	lock    Lock
}

// plan is what a request means for a file of a certain length.
type plan struct {
	shape []int
	bytes int   // of the array
	grow  int64 // the file's length must be at least this
}

func newRequest(path string, o Options) (*request, error) {
	mode, err := o.Mode.parse()
	if err != nil {
		return nil, err
	}
	r := &request{path: path, mode: mode, dtype: o.DType, offset: o.Offset, shape: o.Shape, order: o.Order,
		sparse: o.Sparse, reserve: o.Reserve, lock: o.Lock}
	if !r.dtype.IsValid() {
		r.dtype = dtype.Uint8
	}
	switch r.order {
	case 0:
		r.order = nd.C
	case nd.C, nd.F:
	default:
		return nil, &nd.Error{Op: "memmap", Err: nd.ErrValue, Msg: fmt.Sprintf("order must be 'C' or 'F' (got %q)", rune(r.order))}
	}
	if mode == buffer.MapCreate && r.shape == nil {
		return nil, r.refuse(0, 0, nd.ErrValue, "shape must be given if mode == 'w+'")
	}
	return r, nil
}

// plan answers for a file of have bytes, with NumPy's errors in NumPy's order
// of checking. It touches nothing.
func (r *request) plan(have int64) (p plan, err error) {
	item := int64(r.dtype.ItemSize())
	size := int64(1)
	if r.shape == nil {
		if item == 0 {
			return p, r.refuse(0, have, nd.ErrZeroDivision, "integer modulo by zero")
		}
		if (have-r.offset)%item != 0 {
			return p, r.refuse(0, have, nd.ErrValue, "Size of available data is not a multiple of the data-type size.")
		}
		size = (have - r.offset) / item
		p.shape = []int{int(size)}
	} else {
		p.shape = r.shape
		for _, n := range r.shape {
			if size, err = mul(size, int64(n)); err != nil {
				return p, r.refuse(math.MaxInt64, have, nd.ErrValue, "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
			}
		}
	}
	bytes, err := mul(size, item)
	if err != nil || bytes > math.MaxInt || (bytes > 0 && r.offset > math.MaxInt64-bytes) {
		return p, r.refuse(math.MaxInt64, have, nd.ErrValue, "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
	}
	need := r.offset + bytes
	mapped := need
	length := have
	if r.mode == buffer.MapUpdate || r.mode == buffer.MapCreate {
		// A file of no bytes cannot be mapped, so it gets one.
		p.grow = max(need, 1)
		mapped, length = p.grow, max(have, p.grow)
	}
	if err := r.checkRange(mapped, length); err != nil {
		return p, err
	}
	for _, n := range p.shape {
		if n < 0 {
			return p, r.refuse(need, have, nd.ErrValue, "negative dimensions are not allowed")
		}
	}
	if _, err := layout.CheckedSize(p.shape, int(item)); err != nil { // an axis of length 0 hides too long ones
		return p, r.refuse(need, have, nd.ErrValue, "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
	}
	p.bytes = int(bytes)
	return p, nil
}

// checkRange repeats the checks of Python's mmap for a file of length bytes of
// which the first need are wanted.
func (r *request) checkRange(need, length int64) error {
	unit := int64(buffer.Granularity())
	skip := r.offset % unit
	if skip < 0 {
		skip += unit
	}
	start := r.offset - skip
	n := need - start
	if n == 0 && start > 0 {
		n, start = unit, start-unit
	}
	switch {
	case n < 0:
		return r.refuse(need, length, nd.ErrOverflow, "memory mapped length must be positive")
	case start < 0:
		return r.refuse(need, length, nd.ErrOverflow, "memory mapped offset must be positive")
	case n == 0 && length == 0:
		return r.refuse(need, length, nd.ErrValue, "cannot mmap an empty file")
	case n > 0 && (start > length || length-start < n):
		return r.refuse(need, length, nd.ErrValue, "mmap length is greater than file size")
	}
	return nil
}

// mul multiplies; an error means that the product does not fit.
func mul(a, b int64) (int64, error) {
	neg := (a < 0) != (b < 0)
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, nd.ErrOverflow
	}
	if neg {
		return -int64(lo), nil
	}
	return int64(lo), nil
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}
