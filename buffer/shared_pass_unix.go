//go:build unix

package buffer

import (
	"errors"
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// SendFile hands f's descriptor to the process at the other end of a Unix domain
// socket (*net.UnixConn), together with one byte, as Python's
// socket.recv_fds(sock, 1, 1) expects it. f stays open here.
func SendFile(socket syscall.Conn, f *os.File) error {
	conn, err := socket.SyscallConn()
	if err != nil {
		return err
	}
	file, err := f.SyscallConn()
	if err != nil {
		return err
	}
	cerr := file.Control(func(fd uintptr) {
		werr := conn.Write(func(sock uintptr) bool {
			err = unix.Sendmsg(int(sock), []byte{0}, unix.UnixRights(int(fd)), nil, 0)
			return err != unix.EAGAIN
		})
		err = errors.Join(werr, err)
	})
	return errors.Join(cerr, err)
}

// ReceiveFile takes a descriptor from the process at the other end of a Unix
// domain socket, as SendFile or Python's socket.send_fds sends it.
func ReceiveFile(socket syscall.Conn) (*os.File, error) {
	conn, err := socket.SyscallConn()
	if err != nil {
		return nil, err
	}
	var oobn, n int
	data, oob := make([]byte, 1), make([]byte, unix.CmsgSpace(4*8))
	rerr := conn.Read(func(sock uintptr) bool {
		n, oobn, _, _, err = unix.Recvmsg(int(sock), data, oob, receiveFlags)
		return err != unix.EAGAIN
	})
	if err := errors.Join(rerr, err); err != nil {
		return nil, err
	}
	if n == 0 && oobn == 0 {
		return nil, io.EOF
	}
	messages, err := unix.ParseSocketControlMessage(oob[:oobn])
	if err != nil {
		return nil, err
	}
	var file *os.File
	for i := range messages {
		fds, err := unix.ParseUnixRights(&messages[i])
		if err != nil {
			continue // another kind of message
		}
		for _, fd := range fds {
			unix.CloseOnExec(fd)
			if file == nil {
				file = os.NewFile(uintptr(fd), "descriptor received")
			} else {
				unix.Close(fd) // one was asked for
			}
		}
	}
	if file == nil {
		return nil, errors.New("nd: the message held no descriptor")
	}
	return file, nil
}
