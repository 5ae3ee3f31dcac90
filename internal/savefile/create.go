package savefile

import (
	"io/fs"
	"os"

	"github.com/stride-go/nd/internal/nderr"
)

// Create makes a file at path whose content fill gives to an empty file, and
// returns it open for reading and writing. Until fill has returned and the content
// is stored, path is as it was: what stands there afterwards is a new file, so
// that whoever has the old one open or mapped keeps it. If exclusive is set, a
// file that exists already is an error (fs.ErrExist). Where another file has taken the
// name of the new one before that is open, the error wraps nderr.ErrChanged.
//
// What is not a regular file is opened and filled where it is, and so is a new
// file where the system can neither link nor rename.
func Create(path string, exclusive bool, fill func(f *os.File) error) (*os.File, error) {
	var made fs.FileInfo
	release := func() {}
	defer func() { release() }()
	err := replace(path, os.O_RDWR, exclusive, func(f *os.File) error {
		err := fill(f)
		if err == nil {
			release = hold(f)
			made, err = f.Stat()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	is, err := f.Stat()
	if err == nil && !os.SameFile(is, made) {
		err = nderr.New("create", nderr.ErrChanged, "%s: another file has taken the name of the new one", path)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
