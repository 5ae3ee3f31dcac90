package diskspace

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// reserve allocates the blocks of [from, to). A file system that cannot is no
// error.
func reserve(f *os.File, from, to int64) error {
	err := control(f, func(fd int) error {
		for try := 0; ; try++ {
			err := unix.Fallocate(fd, 0, from, to-from)
			// A signal of the Go scheduler interrupts long allocations on some
			// file systems, which then start again from nothing.
			if err != unix.EINTR || try == 20 {
				return err
			}
		}
	})
	switch err {
	case nil, unix.EOPNOTSUPP, unix.ENOSYS, unix.EINTR:
		return nil
	}
	return &fs.PathError{Op: "allocate", Path: f.Name(), Err: err}
}
