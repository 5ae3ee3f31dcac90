package filelock

import (
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// Windows' locks bind everybody, maps excepted. The one byte that is locked lies
// where no file reaches, so that reading and writing remain free.
const farByte = 1 << 30 // high word of its offset

func try(f *os.File, exclusive bool) (bool, error) {
	flags := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if exclusive {
		flags |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	conn, err := f.SyscallConn()
	if err != nil {
		return false, err
	}
	var lerr error
	err = conn.Control(func(fd uintptr) {
		lerr = windows.LockFileEx(windows.Handle(fd), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: farByte})
	})
	switch {
	case err != nil:
		return false, err
	case lerr == windows.ERROR_LOCK_VIOLATION || lerr == windows.ERROR_IO_PENDING:
		return false, nil
	case lerr != nil:
		return false, &fs.PathError{Op: "lock", Path: f.Name(), Err: lerr}
	}
	return true, nil
}

func unlock(f *os.File) {
	if conn, err := f.SyscallConn(); err == nil {
		conn.Control(func(fd uintptr) {
			windows.UnlockFileEx(windows.Handle(fd), 0, 1, 0, &windows.Overlapped{OffsetHigh: farByte})
		})
	}
}
