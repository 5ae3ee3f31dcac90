//go:build unix

package savefile

import (
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// hold keeps the number of f's inode from other files until release, also when f is
// closed and has lost its name.
func hold(f *os.File) (release func()) {
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return func() {}
	}
	return func() { unix.Close(fd) }
}

// keepOwner gives f the owner and the group of the file that it is to replace, or
// what the system lets this user give, and returns the permissions for f: the old
// ones, unless f belongs to another group, which then may do what everybody may.
func keepOwner(f *os.File, old fs.FileInfo) fs.FileMode {
	perm := old.Mode().Perm()
	st, err := f.Stat()
	if err != nil {
		return perm
	}
	is, ok := st.Sys().(*syscall.Stat_t)
	was, _ := old.Sys().(*syscall.Stat_t)
	if !ok || was == nil || is.Uid == was.Uid && is.Gid == was.Gid || f.Chown(int(was.Uid), int(was.Gid)) == nil {
		return perm
	}
	if is.Gid != was.Gid && f.Chown(-1, int(was.Gid)) != nil {
		return perm&^0o070 | perm&0o007<<3
	}
	return perm
}
