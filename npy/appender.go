package npy

import (
	"cmp"
	"io"
	"math"
	"os"
	"sync"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/filelock"
	"github.com/stride-go/nd/internal/openfile"
)

// Appender is an npy file that is open and grows along its first axis (the last,
// in Fortran order). A row is what one place on that axis holds.
//
//	written  rows whose bytes are in the file: View shows them
//	saved    rows that the header counts: what everybody else sees
//
// Sync makes the written rows durable, and only then lets the header count them.
// So the file is whole at every moment: a process that is killed, or a machine
// that loses its power, leaves the array as it was at the last Sync, with bytes
// behind it that no reader looks at.
//
// All methods may be called from several goroutines at once. While an Appender is
// open it holds an exclusive advisory lock on the file, so that two of them cannot
// work on one file.
//
// A copy made by assignment is the same Appender. The zero Appender is a closed one.
type Appender struct {
	self    *Appender // the Appender that was made; copies hold nothing else that counts
	mu      sync.Mutex
	path    string
	file    *os.File
	written Header
	saved   int
	buf     *buffer.Buffer // of the last View, or nil
	reserve int
	closed  bool
	failed  error // of the system, that could not store what was written
}

// viewReserve is the address space that an Appender keeps unasked for its views.
const viewReserve = (64 << 20) << (10 * (^uint(0) >> 63)) // 64 GiB; 64 MiB on 32-bit systems

// NewAppender makes an npy file of no rows at path, in C order. row is the shape
// of a row, none for single items. It refuses to replace a file (fs.ErrExist).
// The other errors are Create's.
func NewAppender(path string, dt dtype.DType, row ...int) (*Appender, error) {
	f, h, err := create(path, dt, CreateOptions{Exclusive: true}, append([]int{0}, row...))
	if err != nil {
		return nil, err
	}
	return newAppender(path, f, MaxHeader(h.DataOffset))
}

// OpenAppender opens the npy file at path to append to it. Bytes behind its data,
// left by an appender that was killed, are overwritten. Errors: *Error for a file
// that is not well-formed or too short, or locked (nd.ErrLocked), or in whose
// header the number of rows has no room to become longer (ErrValue); *fs.PathError.
func OpenAppender(path string, opts ...Option) (*Appender, error) {
	f, err := openfile.Open(path, os.O_RDWR)
	if err != nil {
		return nil, err
	}
	return newAppender(path, f, opts...)
}

// newAppender returns the Appender of f, which is at its beginning. It takes f over.
func newAppender(path string, f *os.File, opts ...Option) (*Appender, error) {
	w := &Appender{path: path, file: f, reserve: cmp.Or(gather(opts).reserve, viewReserve)}
	w.self = w
	err := lock(f) // before the header is read, which another appender may be about to change
	if err == nil {
		w.written, err = ReadHeader(f, opts...)
	}
	if err == nil {
		err = checkEnd(f, &w.written, w.written.end())
	}
	if err == nil {
		err = w.checkRoom()
	}
	if err != nil {
		release(f)
		return nil, inFile(err, path)
	}
	w.saved = w.written.Shape[w.written.growthAxis()]
	return w, nil
}

// release closes a file, whose lock ends although views, or a process that is just being
// started, keep it open.
func release(f *os.File) error {
	filelock.Unlock(f)
	return f.Close()
}

// it returns the Appender that w is, or a copy of; for one that was never made, a
// closed one.
func (w *Appender) it() *Appender {
	if w == nil || w.self == nil {
		return neverMade
	}
	return w.self
}

var neverMade = &Appender{closed: true, written: Header{Shape: []int{0}}}

// checkRoom refuses a header that cannot count as many rows as a file can have.
func (w *Appender) checkRoom() error {
	h, axis := w.written, w.written.growthAxis()
	if axis < 0 {
		return &nd.Error{Op: "npy.Appender", Err: nd.ErrValue, Msg: "zero-dimensional arrays cannot be concatenated"}
	}
	h.Shape = append([]int(nil), h.Shape...)
	h.Shape[axis] = math.MaxInt
	_, err := h.fit()
	return err
}

// end returns where the data end in the file.
func (h *Header) end() int64 { return int64(h.DataOffset) + int64(h.NBytes()) }

// Append writes the rows of a, which must have the file's dtype (ErrDType) and,
// but for the axis that grows, its shape (ErrShape), behind those that are there.
// View shows them at once; others see them after Sync. On an error, of a full disk
// for one, nothing was added. ErrClosed after Close; *Error (ErrChanged), as of all
// methods, when somebody else has made the file shorter.
func (w *Appender) Append(a *nd.Array) error {
	w = w.it()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.use(); err != nil {
		return err
	}
	grown, err := w.written.grow(a)
	if err != nil {
		return err
	}
	if w.written.Fortran {
		a = a.T()
	}
	end := w.written.end()
	if _, err := a.WriteTo(io.NewOffsetWriter(w.file, end)); err != nil {
		w.file.Truncate(end)
		return inFile(err, w.path)
	}
	w.written = grown
	return nil
}

// use refuses a closed appender, and a file that somebody has made shorter: rows
// written behind its end would put zeros in the place of those that are gone.
func (w *Appender) use() error {
	if w.closed {
		return &nd.Error{Op: "npy.Appender", Err: nd.ErrClosed, Msg: "the appender is closed"}
	}
	st, err := w.file.Stat()
	if err != nil {
		return err
	}
	if end := w.written.end(); st.Size() < end {
		return &Error{Path: w.path, Offset: st.Size(), Need: end, Have: st.Size(),
			Err: &nd.Error{Op: "npy.Appender", Err: nd.ErrChanged, Msg: "the file has become shorter than the rows written to it"}}
	}
	return nil
}

// Len returns the number of rows written.
func (w *Appender) Len() int {
	w = w.it()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.written.Shape[w.written.growthAxis()]
}

// Saved returns the number of rows that the header counts: Len at the last Sync.
func (w *Appender) Saved() int {
	w = w.it()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.saved
}

// DType returns what one item is.
func (w *Appender) DType() dtype.DType { return w.it().written.DType }

// View returns the rows written so far as a map of the file, writeable, of a shape
// that later rows do not change. Later views have the same address until the data
// outgrow the address space that was reserved (Reserve; 64 GiB unasked), and all
// views show the same bytes. (On js and wasip1, where there are no maps, a later
// view leaves the earlier ones Stale.) Views stay valid after Close; memmap.Close
// ends all of them. Errors: ErrClosed, and the system's.
func (w *Appender) View() (*nd.Array, error) {
	w = w.it()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.use(); err != nil {
		return nil, err
	}
	n, h := w.written.NBytes(), w.written
	var err error
	buf := w.buf
	switch {
	case buf == nil || buf.Closed():
		buf, err = buffer.MapWith(w.file, n, buffer.MapOptions{Offset: int64(h.DataOffset), Mode: buffer.MapUpdate, Reserve: w.reserve})
	case buf.Len() < n:
		buf, err = buf.Extend(w.file, n)
	}
	if err != nil {
		return nil, err
	}
	w.buf = buf
	return h.over(buf)
}

// Sync stores the rows written so far, and then the header that counts them. Rows that
// the system once could not store may be gone although it stores the next ones: after
// such an error every later Sync, and Close, return it again and leave the header alone.
func (w *Appender) Sync() error {
	w = w.it()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.use(); err != nil {
		return err
	}
	return w.sync()
}

func (w *Appender) sync() error {
	if w.failed == nil {
		w.failed = w.file.Sync()
	}
	if w.failed != nil {
		return w.failed
	}
	rows := w.written.Shape[w.written.growthAxis()]
	if rows == w.saved {
		return nil
	}
	head, err := w.written.fit()
	if err == nil {
		err = writeHeader(w.file, head)
	}
	if err == nil {
		w.saved = rows
	}
	return err
}

// Close ends with a Sync and gives the file and its lock back. A second Close does
// nothing. An Appender that is dropped without Close loses the rows since the last
// Sync.
func (w *Appender) Close() error {
	w = w.it()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	err := w.use()
	if err == nil {
		err = w.sync()
	}
	w.closed = true
	if cerr := release(w.file); err == nil {
		err = cerr
	}
	w.buf = nil
	return err
}
