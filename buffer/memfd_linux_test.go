package buffer

import (
	"errors"
	"net"
	"os"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

func TestSealedCannotShrink(t *testing.T) {
	s, err := CreateSealed("nd_test", 10000)
	must(t, err)
	defer s.Close()
	if !s.Sealed() || s.Name() != "" || s.Owner() {
		t.Error("not sealed")
	}
	if err := s.File().Truncate(0); !errors.Is(err, os.ErrPermission) {
		t.Error("the segment was truncated:", err)
	}
	if err := s.File().Truncate(20000); err == nil {
		t.Error("the segment grew")
	}
	s.Buffer().UnsafeBytes()[9999] = 3
	if _, err := CreateSealed("x", 0); !errors.Is(err, nderr.ErrValue) {
		t.Error(err)
	}
}

func TestDescriptorPassing(t *testing.T) {
	s, err := CreateSealed("nd_test", 4096)
	must(t, err)
	defer s.Close()
	path := t.TempDir() + "/socket"
	l, err := net.Listen("unix", path)
	must(t, err)
	defer l.Close()
	sent := make(chan error, 1)
	go func() {
		c, err := net.Dial("unix", path)
		if err == nil {
			err = SendFile(c.(*net.UnixConn), s.File())
			c.Close()
		}
		sent <- err
	}()
	c, err := l.Accept()
	must(t, err)
	f, err := ReceiveFile(c.(*net.UnixConn))
	must(t, err)
	must(t, <-sent)
	if _, err := ReceiveFile(c.(*net.UnixConn)); err == nil {
		t.Error("received from a closed socket")
	}
	other, err := AttachFile(f, 4096, false)
	must(t, err)
	defer other.Close()
	other.Buffer().UnsafeBytes()[100] = 42
	if s.Buffer().UnsafeBytes()[100] != 42 || !other.Sealed() {
		t.Error("another segment arrived")
	}
	g, err := os.Open("/dev/null")
	must(t, err)
	if _, err := AttachFile(g, 10, true); !errors.Is(err, nderr.ErrValue) {
		t.Error(err)
	}
}

func TestTruncatedSharedSegmentIsAnError(t *testing.T) {
	name := named(t)
	s, err := CreateShared(name, 1<<16)
	must(t, err)
	defer s.Close()
	raw := s.Buffer().UnsafeBytes()
	must(t, os.Truncate("/dev/shm/"+name, 0))
	if _, err := sum(raw); !errors.Is(err, nderr.ErrFault) {
		t.Error(err)
	}
}
