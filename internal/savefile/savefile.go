// Package savefile replaces files as a whole: a reader sees the old content or
// the new one, never a part, and a failure loses nothing.
package savefile

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// bufferSize is the block in which small writes are gathered.
const bufferSize = 64 << 10

// Write makes the file at path hold what write writes. The bytes go to a
// temporary file beside it, which is synced and renamed over path; if anything
// fails the temporary file is removed and path is as it was. (On Linux the file has no
// name until it is synced, and where there is no old one never another, so that a process
// that is killed while it writes leaves nothing behind; file systems without such files
// leave the temporary one.) An existing file
// keeps its permissions, and its owner and group as far as the system lets it; a
// symbolic link keeps its place, also one that leads nowhere yet. A file that may not
// be written is refused. What is not a regular file (a pipe, a device) is written to
// directly.
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
	target := path
	if !exclusive {
		target = follow(path)
	}
	st, err := os.Stat(path)
	mode := fs.FileMode(0o666)
	switch {
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
		mode = 0o600 // until it has the old file's owner
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	var name string // of the temporary file, once it has one
	defer func() {
		if name != "" {
			os.Remove(name) // nothing after a rename
		}
	}()
	tmp, err := unnamed(target, mode)
	if err != nil {
		if tmp, err = temporary(target, mode); err != nil {
			return named(err, path, "make a new file beside")
		}
		name = tmp.Name()
	}
	err = closing(tmp, func(f *os.File) error {
		if st != nil {
			if err := f.Chmod(keepOwner(f, st)); err != nil && !errors.Is(err, errors.ErrUnsupported) {
				return err
			}
		}
		if err := fill(f); err != nil {
			return err
		}
		if err := f.Sync(); err != nil || name != "" {
			return err
		}
		return giveName(f, target, exclusive)
	})
	switch {
	case exclusive && errors.Is(err, fs.ErrExist):
		return &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	case err != nil:
		return named(err, path, "")
	case name == "":
	case !exclusive:
		err = os.Rename(name, target)
	default:
		err = os.Link(name, target) // which, other than a rename, replaces nothing
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

// follow returns where the symbolic links at path lead, whether anything is there or
// not: filepath.EvalSymlinks wants the last one to be there.
func follow(path string) string {
	for range 40 { // as many as Linux follows
		dir, base := filepath.Split(path)
		dir, err := filepath.EvalSymlinks(cmp.Or(dir, "."))
		if err != nil {
			return path
		}
		path = filepath.Join(dir, base)
		to, err := os.Readlink(path)
		if err != nil {
			return path
		}
		if !filepath.IsAbs(to) {
			to = dir + string(filepath.Separator) + to
		}
		path = to
	}
	return path
}

// named names path in an error of the system instead of the temporary file, whose name
// says nothing to anybody, and in an operation that is given.
func named(err error, path, op string) error {
	var e *fs.PathError
	if errors.As(err, &e) && strings.Contains(filepath.Base(e.Path), tmpMark) {
		e.Path, e.Op = path, cmp.Or(op, e.Op)
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

// giveName puts the file of unnamed at target. A file that stands there is an error
// (fs.ErrExist) if exclusive is set; else it is replaced, for which the system wants
// another name, from one call to the next.
func giveName(f *os.File, target string, exclusive bool) error {
	err := link(f, target)
	if exclusive || !errors.Is(err, fs.ErrExist) {
		return err
	}
	var name string
	err = tryNames(target, func(try string) error {
		name = try
		return link(f, name)
	})
	if err != nil {
		return err
	}
	if err = os.Rename(name, target); err != nil {
		os.Remove(name)
	}
	return err
}

// tmpMark is a part of the names of temporary files.
const tmpMark = ".nd-tmp-"

// temporary makes a new file beside target, with the given permissions but for those
// that the process gives to no new file.
func temporary(target string, mode fs.FileMode) (f *os.File, err error) {
	err = tryNames(target, func(name string) error {
		f, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
		return err
	})
	return f, err
}

// tryNames calls make with names of temporary files beside target until it answers
// something else than that there is such a file.
func tryNames(target string, make func(name string) error) error {
	dir, base := filepath.Split(target)
	base = strings.ToValidUTF8(base[:min(len(base), 200)], "") // the whole name has up to 255 bytes
	for try := 0; ; try++ {
		err := make(filepath.Join(dir, "."+base+tmpMark+strconv.FormatUint(uint64(rand.Uint32()), 36)))
		if !errors.Is(err, fs.ErrExist) || try == 100 {
			return err
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
