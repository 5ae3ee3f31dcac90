package savefile

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// unnamed opens a new file that will stand beside target and has no name yet: it is gone
// with the process, however that ends. Not every file system has such files.
func unnamed(target string, mode fs.FileMode) (*os.File, error) {
	dir, _ := filepath.Split(target)
	fd, err := unix.Open(filepath.Join(dir, "."), unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, uint32(mode.Perm()))
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(fd), filepath.Join(dir, tmpMark))
	if _, err := os.Stat(procPath(f)); err != nil { // link would fail
		f.Close()
		return nil, err
	}
	return f, nil
}

// link gives the file of unnamed a name that nothing has.
func link(f *os.File, name string) error {
	if err := unix.Linkat(unix.AT_FDCWD, procPath(f), unix.AT_FDCWD, name, unix.AT_SYMLINK_FOLLOW); err != nil {
		return &fs.PathError{Op: "link", Path: name, Err: err}
	}
	return nil
}

func procPath(f *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", f.Fd()) }
