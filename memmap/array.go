package memmap

import (
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/layout"
)

// Info returns the file behind a: its absolute path, the offset of the map (of
// the whole map, not of the view) and the mode. ok is false for an array that is
// not a map of a file of its own.
func Info(a *nd.Array) (info buffer.MapInfo, ok bool) {
	info, ok = a.Buffer().MapInfo()
	return info, ok && !info.Member
}

// Flush writes the changes of the whole map that a looks into to its file, and
// returns when they are stored. It does nothing for the modes r and c and for
// arrays that are not mapped.
func Flush(a *nd.Array) error { return a.Buffer().Flush() }

// FlushRange is Flush for the pages that hold a's own items, from the first byte
// to the last: for a few rows of a large map.
func FlushRange(a *nd.Array) error {
	lo, hi := layout.Span(a.Shape(), a.Strides(), a.ItemSize())
	return a.Buffer().FlushRange(a.Offset()+lo, hi-lo)
}

// Close flushes the map that a looks into and ends it: every view of it panics
// with nd.ErrClosed from then on. A second Close does nothing. An array that is
// not mapped is left alone.
func Close(a *nd.Array) error {
	if a.Buffer().Kind() != buffer.Mapped {
		return nil
	}
	return a.Buffer().Close()
}

// Check reports whether the file still holds the bytes that a's map needs: nil,
// an *Error that wraps nd.ErrFault when it has become shorter, or the system's
// error when it is not there any more under its name.
func Check(a *nd.Array) error {
	if err := a.Buffer().Err(); err != nil {
		return err
	}
	info, ok := a.Buffer().MapInfo()
	if !ok {
		return nil
	}
	st, err := os.Stat(info.Path)
	if err != nil {
		return err
	}
	need := info.Offset + int64(a.Buffer().Len())
	if st.Size() >= need {
		return nil
	}
	return &Error{
		Path: info.Path, Mode: info.Mode, Offset: info.Offset, Need: need, Have: st.Size(),
		Err: &nd.Error{Op: "memmap", Err: nd.ErrFault, Msg: "the file has become shorter than its map"},
	}
}
