package diskspace

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// reserve allocates the blocks of [from, to) behind the end of the file, in one
// piece if there is one. A file system that cannot is no error.
func reserve(f *os.File, from, to int64) error {
	err := control(f, func(fd int) error {
		want := unix.Fstore_t{Flags: unix.F_ALLOCATECONTIG, Posmode: unix.F_PEOFPOSMODE, Length: to - from}
		if unix.FcntlFstore(uintptr(fd), unix.F_PREALLOCATE, &want) == nil {
			return nil
		}
		want.Flags = unix.F_ALLOCATEALL
		return unix.FcntlFstore(uintptr(fd), unix.F_PREALLOCATE, &want)
	})
	if err == unix.ENOSPC {
		return &fs.PathError{Op: "allocate", Path: f.Name(), Err: err}
	}
	return nil
}
