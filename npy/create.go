package npy

import (
	"fmt"
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/diskspace"
	"github.com/stride-go/nd/internal/savefile"
)

// CreateOptions say how CreateWith makes a file. The zero value is Create's.
type CreateOptions struct {
	Order     nd.Order // nd.C or nd.F; 0 means nd.C
	Exclusive bool     // fail with fs.ErrExist if the file exists already
	Reserve   int      // how long, in bytes, the data may become without moving
	// Sparse reserves no room on the disk: creating a large file takes no time, and
	// a disk that is full later is a fault (nd.ErrFault) of the write that needed
	// the room.
	Sparse bool
}

// Create makes an npy file of zeros at path and maps it: writes to the array
// reach the file. order is nd.C or nd.F. The room on the disk is reserved: a full
// disk is an error here (syscall.ENOSPC). The file is made beside path and then takes
// its name, so that there is the old file or the new one, whole, whenever the
// process or the machine dies; who has the old one open or mapped keeps it.
func Create(path string, dt dtype.DType, order nd.Order, dims ...int) (*nd.Array, error) {
	return CreateWith(path, dt, CreateOptions{Order: order}, dims...)
}

// CreateWith is Create with options.
func CreateWith(path string, dt dtype.DType, o CreateOptions, dims ...int) (*nd.Array, error) {
	f, h, err := create(path, dt, o, dims)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	buf, err := buffer.MapWith(f, h.NBytes(), buffer.MapOptions{
		Offset: int64(h.DataOffset), Mode: buffer.MapUpdate, Reserve: o.Reserve, Sparse: o.Sparse,
	})
	if err != nil {
		return nil, err
	}
	return h.over(buf)
}

// create makes the file of zeros.
func create(path string, dt dtype.DType, o CreateOptions, dims []int) (*os.File, Header, error) {
	switch {
	case o.Order != 0 && o.Order != nd.C && o.Order != nd.F:
		return nil, Header{}, &nd.Error{Op: "npy.Create", Err: nd.ErrValue, Msg: fmt.Sprintf("order must be 'C' or 'F' (got %q)", rune(o.Order))}
	case !dt.IsValid():
		return nil, Header{}, &nd.Error{Op: "npy.Create", Err: nd.ErrDType, Msg: "invalid dtype"}
	}
	h := Header{DType: dt, Fortran: o.Order == nd.F, Shape: append([]int(nil), dims...)}
	if dt.IsSubArray() {
		h.DType, h.Shape = dt.Base(), append(h.Shape, dt.SubShape()...)
	}
	head, err := h.MarshalBinary()
	if err != nil {
		return nil, h, inFile(err, path)
	}
	h.Major, h.DataOffset = head[len(magic)], len(head)
	f, err := savefile.Create(path, o.Exclusive, func(f *os.File) error {
		err := diskspace.Extend(f, 0, int64(len(head))+int64(h.NBytes()), o.Sparse)
		if err == nil {
			_, err = f.WriteAt(head, 0)
		}
		return err
	})
	return f, h, err
}
