package nd

import (
	"runtime"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// UnsafeFromPointer returns an array over n bytes of foreign memory at p: a
// view of the given dtype, shape and strides (bytes; nil for C order) whose item
// [0,…,0] lies offset bytes after p. (NumPy: ctypeslib.as_array, which knows no
// length and keeps nothing alive.)
//
// owner keeps the memory alive as long as the array or a view of it is reachable,
// and must not be nil: the Go value that allocated the memory, or one whose
// cleanup frees it. The caller vouches that the n bytes at p are there as long as
// owner is, and that nobody moves them. The layout is checked against n: ErrValue
// if an item would lie outside.
func UnsafeFromPointer(p unsafe.Pointer, n int, dt dtype.DType, shape, strides []int, offset int, readOnly bool, owner any) (*Array, error) {
	switch {
	case owner == nil:
		return nil, &Error{Op: "from_pointer", Err: ErrValue, Msg: "foreign memory needs an owner"}
	case n < 0 || p == nil && n > 0:
		return nil, &Error{Op: "from_pointer", Err: ErrValue, Msg: sprintf("%d bytes at address %#x", n, uintptr(p))}
	case shape == nil:
		return nil, &Error{Op: "from_pointer", Err: ErrType, Msg: "as_array() requires a shape argument when called on a pointer"}
	}
	return Over(buffer.UnsafeForeign(p, n, readOnly, owner), dt, shape, strides, offset)
}

// DLPack, version 1: the C structs through which array libraries in one process
// hand tensors to one another (github.com/dmlc/dlpack, dlpack.h). The Go structs
// have the C layout. Strides count items, not bytes, and byte order is native.

// DLDevice says where a tensor lies; type 1 is the CPU's memory.
type DLDevice struct{ Type, ID int32 }

// DLDataType says what an item is.
type DLDataType struct {
	Code  uint8 // 0 int, 1 uint, 2 float, 5 complex, 6 bool
	Bits  uint8 // of one item
	Lanes uint16
}

// DLTensor is a view of memory.
type DLTensor struct {
	Data       unsafe.Pointer
	Device     DLDevice
	NDim       int32
	DType      DLDataType
	Shape      *int64
	Strides    *int64 // in items; nil for C order
	ByteOffset uint64
}

// DLManagedTensorVersioned is DLTensor with the means to give it back.
type DLManagedTensorVersioned struct {
	Major, Minor uint32
	ManagerCtx   unsafe.Pointer
	Deleter      uintptr // a C function that takes the struct's address; 0 if there is none
	Flags        uint64
	Tensor       DLTensor
}

// The bits of DLManagedTensorVersioned.Flags.
const (
	DLReadOnly = 1 << iota // the memory must not be written
	DLIsCopied             // the exporter made a copy
)

// DLPack describes the array to another library in this process. It copies
// nothing. The result keeps the array alive, so the caller keeps the result
// reachable (runtime.KeepAlive, or a runtime.Pinner where C holds the address) as
// long as the other library uses the tensor; there is no deleter for it to call.
// Errors: ErrDType for a dtype that DLPack does not have (strings, records, swapped
// bytes), ErrValue for strides that are no multiples of the item size.
func (a *Array) DLPack() (*DLManagedTensorVersioned, error) {
	const op = "dlpack"
	a.use(op)
	code, known := dlCodes[a.dtype.Kind()]
	if !known || !a.dtype.IsNative() {
		return nil, &Error{Op: op, Err: ErrDType, Msg: "DLPack only supports signed/unsigned integers, float and complex dtypes."}
	}
	item := a.ItemSize()
	h := &dlExport{array: a, dims: make([]int64, 2*a.NDim()+1)}
	n := a.NDim()
	for k := range n {
		if a.lay.Shape[k] > 1 && a.lay.Strides[k]%item != 0 {
			return nil, &Error{Op: op, Err: ErrValue, Msg: "DLPack only supports strides which are a multiple of itemsize."}
		}
		h.dims[k], h.dims[n+k] = int64(a.lay.Shape[k]), int64(a.lay.Strides[k]/item)
	}
	a.escape(op)
	h.DLManagedTensorVersioned = DLManagedTensorVersioned{
		Major: 1,
		Tensor: DLTensor{
			Data: a.ptr(), Device: DLDevice{Type: dlCPU}, NDim: int32(n),
			DType: DLDataType{Code: code, Bits: uint8(8 * item), Lanes: 1}, Shape: &h.dims[0], Strides: &h.dims[n],
		},
	}
	if !a.Writeable() {
		h.Flags = DLReadOnly
	}
	return &h.DLManagedTensorVersioned, nil
}

// dlExport is what DLPack returns the start of: the collector keeps the whole of
// it while the start is reachable.
type dlExport struct {
	DLManagedTensorVersioned
	array *Array
	dims  []int64 // shape, then strides
}

const dlCPU = 1

var dlCodes = map[dtype.Kind]uint8{
	dtype.KindInt8: 0, dtype.KindInt16: 0, dtype.KindInt32: 0, dtype.KindInt64: 0,
	dtype.KindUint8: 1, dtype.KindUint16: 1, dtype.KindUint32: 1, dtype.KindUint64: 1,
	dtype.KindFloat16: 2, dtype.KindFloat32: 2, dtype.KindFloat64: 2,
	dtype.KindComplex64: 5, dtype.KindComplex128: 5, dtype.KindBool: 6,
}

// UnsafeFromDLPack returns an array over another library's tensor: a view,
// read-only if the tensor says so. The array keeps owner alive, which must not be
// nil; the caller calls the tensor's deleter when owner goes (a runtime.AddCleanup
// on it does). DLPack states no length: the caller vouches that shape and strides
// are true of the memory. Errors: ErrDType for items that nd does not have, ErrValue
// for a tensor that is not on the CPU, has another major version, or makes no sense.
func UnsafeFromDLPack(t *DLManagedTensorVersioned, owner any) (*Array, error) {
	const op = "from_dlpack"
	bad := func(format string, args ...any) (*Array, error) {
		return nil, &Error{Op: op, Err: ErrValue, Msg: sprintf(format, args...)}
	}
	x := &t.Tensor
	switch {
	case owner == nil:
		return bad("foreign memory needs an owner")
	case t.Major != 1:
		return bad("the tensor has DLPack version %d, 1 is understood", t.Major)
	case x.Device.Type != dlCPU:
		return bad("Unsupported device in DLTensor.")
	case x.NDim < 0 || x.NDim > 64 || x.NDim > 0 && x.Shape == nil:
		return bad("a tensor of %d dimensions", x.NDim)
	}
	dt, found := dtype.DType{}, false
	for kind, code := range dlCodes {
		if d := dtype.OfKind(kind); code == x.DType.Code && d.ItemSize()*8 == int(x.DType.Bits) && x.DType.Lanes == 1 {
			dt, found = d, true
		}
	}
	if !found {
		return nil, &Error{Op: op, Err: ErrDType, Msg: "Unsupported dtype in DLTensor."}
	}
	// Invariant: a DLTensor's shape and strides point to NDim numbers each.
	n, item := int(x.NDim), dt.ItemSize()
	shape, strides := make([]int, n), []int(nil)
	for k, d := range unsafe.Slice(x.Shape, n) {
		shape[k] = int(d)
	}
	if x.Strides != nil {
		strides = make([]int, n)
		for k, s := range unsafe.Slice(x.Strides, n) {
			if strides[k] = int(s) * item; strides[k]/item != int(s) {
				return bad("strides out of range")
			}
		}
	}
	lo, hi, err := foreignSpan(shape, strides, item)
	if err != nil {
		return nil, err
	}
	// Invariant: the caller vouches for the items, the lowest of which lies lo
	// bytes before item [0,…,0] and the highest of which ends at hi.
	var base unsafe.Pointer
	if hi > lo {
		if x.Data == nil {
			return bad("a tensor without memory")
		}
		base = unsafe.Add(x.Data, int(x.ByteOffset)+lo)
	}
	a, err := UnsafeFromPointer(base, hi-lo, dt, shape, strides, -lo, t.Flags&DLReadOnly != 0, owner)
	runtime.KeepAlive(t)
	return a, err
}

// foreignSpan is layout.CheckedSpan of numbers from outside.
func foreignSpan(shape, strides []int, item int) (lo, hi int, err error) {
	n, err := layout.CheckedSize(shape, item)
	if err != nil || n == 0 {
		return 0, 0, err
	}
	if strides == nil {
		return 0, n * item, nil
	}
	lo, hi, ok := layout.CheckedSpan(shape, strides, item)
	if !ok {
		return 0, 0, &Error{Op: "from_dlpack", Err: ErrValue, Msg: "strides out of range"}
	}
	return lo, hi, nil
}
