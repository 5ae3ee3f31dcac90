// Package savefile replaces files as a whole: a reader sees the old content or
// the new one, never a part, and a failure loses nothing.
package savefile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

// bufferSize is the block in which small writes are gathered.
const bufferSize = 64 << 10

// Write makes the file at path hold what write writes. The bytes go to a
// temporary file beside it, which is synced and renamed over path; if anything
// fails the temporary file is removed and path is as it was. An existing file
// keeps its permissions, a symbolic link its place; one that may not be written is
// refused. What is not a regular file (a pipe, a device) is written to directly.
func Write(path string, write func(w io.Writer) error) error {
	return replace(path, os.O_WRONLY, false, func(f *os.File) error {
		w := bufio.NewWriterSize(f, bufferSize)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	})
}

// replace gives path a new file with the content that fill gives to an empty one.
// What is no regular file is opened with flag and filled where it is.
func replace(path string, flag int, exclusive bool, fill func(f *os.File) error) error {
	target, perm := path, fs.FileMode(0)
	switch st, err := os.Stat(path); {
	case err == nil && exclusive:
		return &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	case err == nil:
		// As writing to the file itself would, refuse one that may not be written.
		old, err := os.OpenFile(path, flag, 0)
		if err != nil {
			return err
		}
		if !st.Mode().IsRegular() {
			return closing(old, fill)
		}
		old.Close()
		perm = st.Mode().Perm()
		if target, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	tmp, err := temporary(target)
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // nothing after a rename
	err = closing(tmp, func(f *os.File) error {
		if perm != 0 {
			if err := f.Chmod(perm); err != nil && !errors.Is(err, errors.ErrUnsupported) {
				return err
			}
		}
		if err := fill(f); err != nil {
			return err
		}
		return f.Sync()
	})
	switch {
	case err != nil:
		return err
	case !exclusive:
		err = os.Rename(tmp.Name(), target)
	default:
		err = os.Link(tmp.Name(), target) // which, other than a rename, replaces nothing
		if errors.Is(err, fs.ErrExist) {
			return &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
		}
		if err != nil {
			return newInPlace(path, fill)
		}
	}
	if err == nil {
		syncDir(filepath.Dir(target))
	}
	return err
}

// newInPlace fills a file that must not exist yet where it is.
func newInPlace(path string, fill func(f *os.File) error) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err == nil {
		if err = closing(f, fill); err != nil {
			os.Remove(path)
		}
	}
	return err
}

// closing calls work and closes f, also when work panics.
func closing(f *os.File, work func(f *os.File) error) (err error) {
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	return work(f)
}

// temporary makes a new file beside target, with the permissions that the
// process gives to new files.
func temporary(target string) (*os.File, error) {
	dir, base := filepath.Split(target)
	for try := 0; ; try++ {
		name := filepath.Join(dir, "."+base+".nd-tmp-"+strconv.FormatUint(uint64(rand.Uint32()), 36))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil || !errors.Is(err, fs.ErrExist) || try == 100 {
			return f, err
		}
	}
}

// syncDir makes a rename durable. Systems that cannot sync a directory, or do
// it by themselves, answer with an error that says nothing about the file.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}
