package savefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Create makes a file at path whose content fill gives to an empty file, and
// returns it open for reading and writing. Until fill has returned and the content
// is stored, path is as it was: what stands there afterwards is a new file, so
// that whoever has the old one open or mapped keeps it. If exclusive is set, a
// file that exists already is an error (fs.ErrExist).
//
// What is not a regular file is opened and filled where it is, and so is a new
// file where the system can neither link nor rename.
func Create(path string, exclusive bool, fill func(f *os.File) error) (*os.File, error) {
	target, perm := path, fs.FileMode(0)
	switch st, err := os.Stat(path); {
	case err == nil && exclusive:
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	case err == nil && !st.Mode().IsRegular():
		return inPlace(path, fill)
	case err == nil:
		perm = st.Mode().Perm()
		// As writing to the file itself would, refuse one that may not be written.
		old, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return nil, err
		}
		old.Close()
		if target, err = filepath.EvalSymlinks(path); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	tmp, err := temporary(target)
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name()) // nothing after a rename
	err = fill(tmp)
	if err == nil && perm != 0 {
		if err = tmp.Chmod(perm); errors.Is(err, errors.ErrUnsupported) {
			err = nil
		}
	}
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	if exclusive {
		err = os.Link(tmp.Name(), target) // which, other than a rename, replaces nothing
		if errors.Is(err, fs.ErrExist) {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
		}
		if err != nil {
			return newInPlace(path, fill)
		}
	} else if err = os.Rename(tmp.Name(), target); err != nil {
		return nil, err
	}
	syncDir(filepath.Dir(target))
	return os.OpenFile(path, os.O_RDWR, 0)
}

// newInPlace makes a file that must not exist yet.
func newInPlace(path string, fill func(f *os.File) error) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	if err := fill(f); err != nil {
		f.Close()
		os.Remove(path)
		return nil, err
	}
	return f, nil
}

func inPlace(path string, fill func(f *os.File) error) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err := fill(f); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
