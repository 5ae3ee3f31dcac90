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
// keeps its permissions, a symbolic link its place. What is not a regular file
// (a pipe, a device) is written to directly.
func Write(path string, write func(w io.Writer) error) error {
	target, perm := path, fs.FileMode(0)
	switch st, err := os.Stat(path); {
	case err == nil && !st.Mode().IsRegular():
		if st.IsDir() {
			return &fs.PathError{Op: "save", Path: path, Err: errors.New("is a directory")}
		}
		return writeDirectly(path, write)
	case err == nil:
		perm = st.Mode().Perm()
		if target, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	f, err := temporary(target)
	if err != nil {
		return err
	}
	if err := fill(f, perm, write); err != nil {
		f.Close()
		os.Remove(f.Name())
		return err
	}
	if err := f.Close(); err != nil {
		os.Remove(f.Name())
		return err
	}
	if err := os.Rename(f.Name(), target); err != nil {
		os.Remove(f.Name())
		return err
	}
	syncDir(filepath.Dir(target))
	return nil
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

// fill writes and syncs; a panic of write removes the temporary file too.
func fill(f *os.File, perm fs.FileMode, write func(w io.Writer) error) error {
	done := false
	defer func() {
		if !done {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if perm != 0 {
		if err := f.Chmod(perm); err != nil && !errors.Is(err, errors.ErrUnsupported) {
			done = true
			return err
		}
	}
	w := bufio.NewWriterSize(f, bufferSize)
	err := write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	done = true
	return err
}

func writeDirectly(path string, write func(w io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, bufferSize)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// syncDir makes a rename durable. Systems that cannot sync a directory, or do
// it by themselves, answer with an error that says nothing about the file.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}
