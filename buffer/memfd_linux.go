package buffer

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"

	"github.com/stride-go/nd/internal/nderr"
)

// CreateSealed makes a segment of n zero bytes without a name in the file system
// (a memfd) and seals its size: no process can truncate it under another, so
// reading it never faults. label shows in /proc only. Another process gets the
// memory from File (SendFile, an inherited descriptor), or as a user with the
// right to by the path /proc/PID/fd/N. It goes when the last process lets go.
func CreateSealed(label string, n int) (*Segment, error) {
	if n <= 0 {
		return nil, nderr.New("shared", nderr.ErrValue, "'size' must be a positive number different from zero")
	}
	path := "memfd:" + label
	fd, err := unix.MemfdCreate(label, unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, &fs.PathError{Op: "memfd_create", Path: path, Err: err}
	}
	f := os.NewFile(uintptr(fd), path)
	s := &Segment{file: f}
	s.self = s
	if err = allocate(f, n); err == nil {
		if _, err = unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL); err != nil {
			err = &fs.PathError{Op: "seal", Path: path, Err: err}
		}
	}
	if err == nil {
		err = s.mapFile(path, n, false)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return s, nil
}

// Sealed tells whether nobody can shrink the segment, so that reading it cannot
// fault.
func (s *Segment) Sealed() bool {
	seals := 0
	onDescriptor(s.it().file, func(fd int) { seals, _ = unix.FcntlInt(uintptr(fd), unix.F_GET_SEALS, 0) })
	return seals > 0 && seals&unix.F_SEAL_SHRINK != 0
}
