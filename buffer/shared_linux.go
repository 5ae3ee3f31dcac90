package buffer

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// sysSegment is what a segment needs beside its descriptor: nothing.
//
//lint:ignore U1000 Linux needs nothing here
type sysSegment struct{}

// shmDir is where Linux keeps POSIX shared memory.
const shmDir = "/dev/shm/"

func (s *Segment) create(n int) error {
	path := shmDir + s.name
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return err
	}
	s.file = f
	if err = allocate(f, n); err == nil {
		err = s.mapFile(path, n, false)
	}
	if err != nil {
		f.Close()
		os.Remove(path)
	}
	return err
}

func (s *Segment) attach(n int, readOnly bool) error {
	path, flag := shmDir+s.name, os.O_RDWR
	if readOnly {
		flag = os.O_RDONLY
	}
	f, err := os.OpenFile(path, flag|unix.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	s.file = f
	if err = s.mapFile(path, n, readOnly); err != nil {
		f.Close()
	}
	return err
}

func (s *Segment) unlink() error { return os.Remove(shmDir + s.name) }

func (s *Segment) letGo() error {
	if err := s.file.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return err
	}
	return nil
}

// allocate gives f its size, and memory for all of it, so that a full file
// system is an error now and no fault later. What the machine cannot hold is
// refused first: the system would look for it until it ends processes.
func allocate(f *os.File, n int) error {
	if err := checkCommit(n); err != nil {
		return err
	}
	if err := f.Truncate(int64(n)); err != nil {
		return err
	}
	var err error
	cerr := onDescriptor(f, func(fd int) {
		for try := 0; try < 20; try++ { // a signal of the Go scheduler interrupts long allocations
			if err = unix.Fallocate(fd, 0, 0, int64(n)); err != unix.EINTR {
				return
			}
		}
	})
	switch {
	case cerr != nil:
		return cerr
	case err == nil, errors.Is(err, unix.EOPNOTSUPP), errors.Is(err, unix.ENOSYS):
		return nil
	}
	return &fs.PathError{Op: "fallocate", Path: f.Name(), Err: err}
}

// onDescriptor calls work with f's descriptor, which stays open meanwhile.
func onDescriptor(f *os.File, work func(fd int)) error {
	conn, err := f.SyscallConn() // not Fd, which would make the descriptor blocking
	if err != nil {
		return err
	}
	return conn.Control(func(fd uintptr) { work(int(fd)) })
}
