package savefile

import "os"

// Create makes a file at path whose content fill gives to an empty file, and
// returns it open for reading and writing. Until fill has returned and the content
// is stored, path is as it was: what stands there afterwards is a new file, so
// that whoever has the old one open or mapped keeps it. If exclusive is set, a
// file that exists already is an error (fs.ErrExist).
//
// What is not a regular file is opened and filled where it is, and so is a new
// file where the system can neither link nor rename.
func Create(path string, exclusive bool, fill func(f *os.File) error) (*os.File, error) {
	if err := replace(path, os.O_RDWR, exclusive, fill); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_RDWR, 0)
}
