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
	lo, n := span(a)
	return a.Buffer().FlushRange(lo, n)
}

// FlushAsync starts FlushRange and returns at once. wait waits until the bytes are
// stored and returns the error; it may be called several times, or never. A Close
// meanwhile waits too.
func FlushAsync(a *nd.Array) (wait func() error) {
	lo, n := span(a) // here, where a mistake panics in the caller's goroutine
	b := a.Buffer()
	err := b.Err()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err == nil {
			err = b.FlushRange(lo, n)
		}
	}()
	return func() error {
		<-done
		return err
	}
}

// Advise tells the system how a's items are going to be used: buffer.Sequential,
// Random, WillNeed, DontNeed or Normal. It changes no value. It does nothing for
// arrays that are not mapped, and on systems that take no advice.
func Advise(a *nd.Array, how buffer.Advice) error {
	lo, n := span(a)
	return a.Buffer().Advise(lo, n, how)
}

// span returns the bytes of a's block that its items lie in.
func span(a *nd.Array) (lo, n int) {
	lo, hi := layout.Span(a.Shape(), a.Strides(), a.ItemSize())
	return a.Offset() + lo, hi - lo
}

// Snapshot returns a copy of a in Go memory, writeable, that neither the file nor
// anybody's map can change: what mode c does not promise. It shows one moment only
// if nobody writes meanwhile, which a lock can see to. Errors: ErrFault, ErrClosed,
// ErrMemory.
func Snapshot(a *nd.Array) (c *nd.Array, err error) {
	err = nd.Try(func() { c = a.Copy() })
	return c, err
}

// Close flushes the map that a looks into and ends it: every view of it panics
// with nd.ErrClosed from then on, those from before and after a Grow included. A
// lock ends too. A second Close does nothing. An array that is not mapped is left
// alone.
func Close(a *nd.Array) error {
	if a.Buffer().Kind() != buffer.Mapped {
		return nil
	}
	return a.Buffer().Close()
}

// Check reports whether the file still is what a's map needs: nil, or an *Error
// that wraps
//
//	nd.ErrFault  it has become shorter than the map
//	nd.ErrChanged   another file has its name, or (in the modes r and c, where the
//	             writer must be somebody else) its time of modification or its
//	             length is not what it was at Open
//
// or the system's error when nothing has its name any more, or nd.ErrClosed. How
// fine times are is the file system's choice: two writes within some milliseconds
// may count as one.
func Check(a *nd.Array) error {
	b := a.Buffer()
	if err := b.Err(); err != nil {
		return err
	}
	info, ok := b.MapInfo()
	if !ok {
		return nil
	}
	now, err := os.Stat(info.Path)
	if err != nil {
		return err
	}
	then, need := b.MappedFile(), info.Offset+int64(b.Len())
	fail := func(kind error, msg string) error {
		return &Error{
			Path: info.Path, Mode: info.Mode, Offset: info.Offset, Need: need, Have: now.Size(),
			Err: &nd.Error{Op: "memmap", Err: kind, Msg: msg},
		}
	}
	switch {
	case !os.SameFile(then, now):
		return fail(nd.ErrChanged, "another file has taken the name of the mapped one")
	case now.Size() < need:
		return fail(nd.ErrFault, "the file has become shorter than its map")
	case info.Mode != buffer.MapRead && info.Mode != buffer.MapCopy:
		return nil
	case now.Size() != then.Size() || !now.ModTime().Equal(then.ModTime()):
		return fail(nd.ErrChanged, "the file has been written to since it was mapped")
	}
	return nil
}
