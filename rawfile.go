package nd

import (
	"io"
	"os"
	"runtime"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/openfile"
	"github.com/stride-go/nd/internal/savefile"
)

// Raw files hold items and nothing else: no dtype, no shape, no byte order.
// What is written is the items in C order, each in the array's own bytes.

// blockBytes is about how much of a non-contiguous array is gathered at a time
// on its way to a writer or from a reader.
const blockBytes = 256 << 10

// FromFile reads a raw file into a fresh array with one axis: count items from
// offset (bytes) on, or with a negative count all that the file has. A sub-array
// dtype adds its axes. If the file ends early the array is shorter, as np.fromfile's
// is; a last item that is not whole is left out. A pipe is refused, as np.fromfile
// refuses it, and what has no length, as a device, gives no items unless count asks
// for them. It returns the system's errors (*fs.PathError), and an *Error for an
// item size of 0 or a bad offset.
func FromFile(path string, dt dtype.DType, count int, offset int64) (*Array, error) {
	item := int64(dt.ItemSize())
	if item == 0 {
		return nil, fromfileError(path, "itemsize cannot be zero in type")
	}
	if offset < 0 {
		return nil, fromfileError(path, "offset %d is negative", offset)
	}
	f, err := openfile.Open(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() && count >= 0 {
		return fromDevice(f, dt, count, offset)
	}
	if offset > st.Size() {
		return nil, fromfileError(path, "offset %d lies behind the end of the file, which has %d bytes", offset, st.Size())
	}
	if n := (st.Size() - offset) / item; count < 0 || int64(count) > n {
		count = int(n)
	}
	a, err := emptyItems(dt, count)
	if err != nil {
		return nil, err
	}
	_, err = a.ReadFull(io.NewSectionReader(f, offset, int64(count)*item))
	return a, err
}

// fromDevice is FromFile for a device, which does not say how many items it has.
func fromDevice(f *os.File, dt dtype.DType, count int, offset int64) (*Array, error) {
	a, err := emptyItems(dt, count)
	if err != nil {
		return nil, err
	}
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return nil, err
	}
	n, err := a.ReadFull(f)
	if err == io.ErrUnexpectedEOF {
		return a.Slice(R(0, int(n)/dt.ItemSize())).Copy(), nil
	}
	return a, err
}

// emptyItems is Empty with an error instead of a panic.
func emptyItems(dt dtype.DType, count int) (a *Array, err error) {
	err = Try(func() { a = Empty(dt, count) })
	return a, err
}

func fromfileError(path, format string, args ...any) error {
	return &Error{Op: "fromfile", Err: ErrValue, Msg: path + ": " + sprintf(format, args...)}
}

// ToFile writes the items in C order to a raw file. The file is replaced as a
// whole: on any error the old one stays.
func (a *Array) ToFile(path string) error {
	return savefile.Write(path, func(w io.Writer) error {
		_, err := a.WriteTo(w)
		return err
	})
}

// WriteTo writes the items in C order, each in the array's own bytes, and
// returns the number of bytes written (io.WriterTo). A contiguous array is
// written from where it lies, any other in blocks. A closed map or a fault in
// one is an error that wraps ErrClosed or ErrFault.
func (a *Array) WriteTo(w io.Writer) (n int64, err error) {
	if err := a.buf.Err(); err != nil || a.NBytes() == 0 {
		return 0, err
	}
	err = a.held(func() error {
		return a.raw().eachBlock(func(block *Array, bytes []byte) error {
			if block != nil {
				// bytes is scratch: gather the block into it.
				if err := block.gather(bytes); err != nil {
					return err
				}
			}
			k, err := w.Write(bytes)
			n += int64(k)
			return err
		})
	})
	err = a.buf.SystemError(err)
	a.buf.KeepAlive()
	return n, err
}

// ReadFull fills the array in C order with the next NBytes bytes of r and
// returns how many it read. It returns io.ErrUnexpectedEOF if r ends early (the
// items not reached keep their values), ErrReadOnly if the array is, ErrClosed
// or ErrFault if its map is gone.
func (a *Array) ReadFull(r io.Reader) (n int64, err error) {
	if err := a.buf.Err(); err != nil {
		return 0, err
	}
	if !a.flags.Has(Writeable) {
		return 0, &Error{Op: "ReadFull", Err: ErrReadOnly, Msg: "assignment destination is read-only"}
	}
	if a.NBytes() == 0 {
		return 0, nil
	}
	err = a.held(func() error {
		return a.raw().eachBlock(func(block *Array, bytes []byte) error {
			k, err := io.ReadFull(r, bytes)
			n += int64(k)
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			if err != nil || block == nil {
				return err
			}
			return block.scatter(bytes)
		})
	})
	err = a.buf.SystemError(err)
	a.buf.KeepAlive()
	return n, err
}

// held is protect for bytes that leave or enter as they lie: the block is pinned
// even when it is only read, because what was sent cannot be taken back.
func (a *Array) held(do func() error) error {
	if !a.buf.Pin() {
		return a.buf.Err()
	}
	defer a.buf.UnsafeUnpin()
	return protect(a.mapped(), do)
}

// raw returns a header that sees the items as bytes without meaning, so that
// moving them moves padding too and converts nothing. Numbers need no such veil.
func (a *Array) raw() *Array {
	if a.dtype.IsNumeric() {
		return a
	}
	return a.view(dtype.Void(a.ItemSize()), a.lay)
}

// eachBlock calls f for parts of a, in C order. A part that is contiguous comes
// as nil and its own bytes, any other as a header and scratch of its size.
func (a *Array) eachBlock(f func(block *Array, bytes []byte) error) error {
	defer runtime.KeepAlive(a)
	if a.flags.Has(CContiguous) {
		return f(nil, a.denseBytes())
	}
	var scratch []byte
	return a.splitBlocks(func(block *Array) error {
		n := block.NBytes()
		if block.flags.Has(CContiguous) && n >= blockBytes/16 {
			return f(nil, block.denseBytes())
		}
		if n > cap(scratch) {
			scratch = make([]byte, n)
		}
		return f(block, scratch[:n])
	})
}

// denseBytes returns the bytes of a contiguous array, for work that ends before
// the caller returns.
//
// Invariant of the unsafe use: the items of a contiguous array cover NBytes bytes
// from item [0,…,0] on, which lie inside the block.
func (a *Array) denseBytes() []byte { return unsafe.Slice((*byte)(a.ptr()), a.NBytes()) }

// splitBlocks calls f for parts of at most about blockBytes, in C order.
func (a *Array) splitBlocks(f func(block *Array) error) error {
	if a.NDim() == 0 || a.NBytes() <= blockBytes {
		return f(a)
	}
	n := a.lay.Shape[0]
	row := a.NBytes() / n
	if row > blockBytes {
		for i := range n {
			if err := a.row(i).splitBlocks(f); err != nil {
				return err
			}
		}
		return nil
	}
	step := blockBytes / row
	for lo := 0; lo < n; lo += step {
		lay := layout.Layout{Shape: append([]int(nil), a.lay.Shape...), Strides: a.lay.Strides, Offset: a.lay.Offset + lo*a.lay.Strides[0]}
		lay.Shape[0] = min(step, n-lo)
		if err := f(a.view(a.dtype, lay)); err != nil {
			return err
		}
	}
	return nil
}

// over returns a C-ordered array of a's dtype and shape over bytes.
func (a *Array) over(bytes []byte) *Array {
	lay := layout.Layout{Shape: a.lay.Shape, Strides: layout.CStrides(a.lay.Shape, a.ItemSize())}
	return newArray(buffer.FromSlice(bytes), a.dtype, lay, Writeable, nil)
}

func (a *Array) gather(to []byte) error { return Try(func() { copyInto("tofile", a.over(to), a) }) }

func (a *Array) scatter(from []byte) error {
	return Try(func() { copyInto("fromfile", a, a.over(from)) })
}
