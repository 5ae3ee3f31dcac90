//go:build linux || darwin

package diskspace

import (
	"os"

	"golang.org/x/sys/unix"
)

// free returns the bytes that the file system under f has to give. It counts the
// blocks kept for the administrator: what is left is for reserve to refuse.
func free(f *os.File) (n int64, known bool) {
	var st unix.Statfs_t
	if err := control(f, func(fd int) error { return unix.Fstatfs(fd, &st) }); err != nil || st.Blocks == 0 {
		return 0, false
	}
	if n = int64(st.Bfree) * int64(st.Bsize); n < 0 {
		return 0, false
	}
	return n, true
}

// occupied returns the bytes that f takes on the disk.
func occupied(f *os.File) int64 {
	var st unix.Stat_t
	if err := control(f, func(fd int) error { return unix.Fstat(fd, &st) }); err != nil {
		return 0
	}
	return int64(st.Blocks) * 512
}

// control runs call on f's descriptor without putting it into blocking mode.
func control(f *os.File, call func(fd int) error) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var cerr error
	if err := conn.Control(func(fd uintptr) { cerr = call(int(fd)) }); err != nil {
		return err
	}
	return cerr
}
