package diskspace

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// reserve allocates the blocks of [from, to) behind the end of the file, which
// stays where it is: it moves in one step afterwards, so that a process that is
// killed meanwhile leaves the old length or the new one. A file system that cannot
// allocate is no error.
func reserve(f *os.File, from, to int64) error {
	err := control(f, func(fd int) error {
		for try := 0; ; try++ {
			err := unix.Fallocate(fd, unix.FALLOC_FL_KEEP_SIZE, from, to-from)
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
