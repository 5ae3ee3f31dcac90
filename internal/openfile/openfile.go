// Package openfile opens files that hold their bytes: where any place can be read,
// and nothing waits for somebody at the other end.
package openfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// ErrNotSeekable says what Open refuses.
var ErrNotSeekable = errors.New("File or stream is not seekable") //lint:ignore ST1005 NumPy's words

// Open opens the file at path with the flags of os.OpenFile. A pipe, a socket or a
// terminal is ErrNotSeekable, as an *fs.PathError; it is not opened, so that
// neither this process waits nor the one at the other end learns of it. A
// directory is the system's error of reading one.
func Open(path string, flag int) (*os.File, error) {
	if st, err := os.Stat(path); err == nil && st.Mode()&(fs.ModeNamedPipe|fs.ModeSocket) != 0 {
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrNotSeekable}
	}
	// Without waiting even if a pipe has just taken the file's name.
	f, err := os.OpenFile(path, flag|nonblock, 0o666)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	switch {
	case err != nil:
	case st.IsDir():
		_, err = f.Read(make([]byte, 1)) // the system's own words
	case !st.Mode().IsRegular():
		if _, e := f.Seek(0, io.SeekCurrent); e != nil {
			err = &fs.PathError{Op: "open", Path: path, Err: ErrNotSeekable}
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
