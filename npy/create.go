package npy

import (
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Create makes an npy file of zeros at path and maps it: writes to the array
// reach the file. order is nd.C or nd.F. All arguments are checked before an
// existing file is truncated. The file is sparse where the system allows it, so
// creating a large one takes no time; a disk that fills up later is a fault
// (nd.ErrFault) of the write that needed the room.
func Create(path string, dt dtype.DType, order nd.Order, dims ...int) (*nd.Array, error) {
	h := Header{DType: dt, Fortran: order == nd.F, Shape: dims}
	if dt.IsSubArray() {
		h.DType, h.Shape = dt.Base(), append(append([]int(nil), dims...), dt.SubShape()...)
	}
	head, err := h.MarshalBinary()
	if err != nil {
		return nil, inFile(err, path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := f.Write(head); err != nil {
		return nil, err
	}
	if err := f.Truncate(int64(len(head)) + int64(h.NBytes())); err != nil {
		return nil, err
	}
	buf, err := buffer.Map(f, int64(len(head)), h.NBytes(), buffer.MapUpdate)
	if err != nil {
		return nil, err
	}
	return h.over(buf)
}
