package npy

import (
	"os"
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/diskspace"
	"github.com/stride-go/nd/internal/filelock"
	"github.com/stride-go/nd/internal/openfile"
)

// Grow returns the array with n rows in all: a, which Open (mode "r+") or Create
// has mapped, made longer by zeros along the first axis (the last, in Fortran
// order). The new rows, with their room on the disk, are stored before the header
// counts them, so a crash in between leaves the array as it was.
//
// While the data fit Reserve nothing moves: the new array has a's address.
// Otherwise the file is mapped once more. In either case a and its views stay as
// they are and see the same bytes (js and wasip1 excepted: they are Stale there).
// memmap.Close ends all.
//
// Errors: ErrValue if a is a view of a part, read-only or private, has more than
// n rows or no axis, or if the header has no room; *Error if the file is not what
// a maps (ErrChanged); ErrLocked; syscall.ENOSPC. Then the array is as it was.
func Grow(a *nd.Array, n int) (*nd.Array, error) {
	b := a.Buffer()
	if err := b.Err(); err != nil {
		return nil, err
	}
	info, ok := b.MapInfo()
	if !ok || info.Member || info.Mode != buffer.MapUpdate {
		return nil, &nd.Error{Op: "npy.Grow", Err: nd.ErrValue, Msg: "the array is not a map that writes to an npy file"}
	}
	f, err := openfile.Open(info.Path, os.O_RDWR)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	longer, err := grow(f, a, info, n)
	return longer, inFile(err, info.Path)
}

func grow(f *os.File, a *nd.Array, info buffer.MapInfo, n int) (*nd.Array, error) {
	if err := lock(f); err != nil {
		return nil, err
	}
	defer filelock.Unlock(f) // the longer map keeps f open
	b := a.Buffer()
	h, err := ReadHeader(f, MaxHeader(int(info.Offset)))
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	whole, err := h.over(b)
	if err != nil || !os.SameFile(st, b.MappedFile()) || int64(h.DataOffset) != info.Offset || h.NBytes() != b.Len() || st.Size() < h.end() {
		return nil, &Error{Err: &nd.Error{Op: "npy.Grow", Err: nd.ErrChanged, Msg: "the file is not the one that is mapped"}}
	}
	axis := h.growthAxis()
	switch {
	case axis < 0:
		return nil, &nd.Error{Op: "npy.Grow", Err: nd.ErrValue, Msg: "a 0-d array has no axis to grow along"}
	case a.DType().Descr() != h.DType.Descr() || a.Offset() != 0 || !slices.Equal(a.Shape(), h.Shape) || !slices.Equal(a.Strides(), whole.Strides()):
		return nil, &nd.Error{Op: "npy.Grow", Err: nd.ErrValue, Msg: "only the whole array can grow, not a view of it"}
	case n < h.Shape[axis]:
		return nil, &nd.Error{Op: "npy.Grow", Err: nd.ErrValue, Msg: "an array of shape " + dtype.ShapeText(h.Shape) + " cannot become shorter"}
	}
	g := h
	g.Shape = slices.Clone(h.Shape)
	g.Shape[axis] = n
	if err := g.check(); err != nil {
		return nil, &Error{Err: err}
	}
	head, err := g.fit()
	if err != nil {
		return nil, err
	}
	if err := checkEnd(f, &h, h.end()); err != nil {
		return nil, err
	}
	if err := clearBehind(f, h.end(), min(st.Size(), g.end())); err != nil {
		return nil, err
	}
	if err := diskspace.Extend(f, st.Size(), g.end(), info.Sparse); err != nil {
		return nil, err
	}
	longer, err := b.Extend(f, g.NBytes())
	if err != nil {
		return nil, err
	}
	if err := f.Sync(); err != nil {
		return nil, err
	}
	if err := writeHeader(f, head); err != nil {
		return nil, err
	}
	return g.over(longer)
}

// clearBehind writes zeros over what a killed appender has left in [lo, hi).
func clearBehind(f *os.File, lo, hi int64) error {
	zeros := make([]byte, 64<<10)
	for lo < hi {
		n, err := f.WriteAt(zeros[:min(int64(len(zeros)), hi-lo)], lo)
		if err != nil {
			return err
		}
		lo += int64(n)
	}
	return nil
}
