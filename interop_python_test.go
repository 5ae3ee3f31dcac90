//go:build unix

package nd_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// These tests share memory with real Python processes: they run where ND_NUMPY
// names a Python that has NumPy. Both sides speak lines of JSON.

// python is a running process and its conversation.
type python struct {
	t   *testing.T
	in  io.WriteCloser
	out *bufio.Scanner
	cmd *exec.Cmd
}

const prelude = `
import json, sys, os
import numpy as np
from multiprocessing import shared_memory, resource_tracker

def attach(name):
    "Attach without taking the name away at exit (before 3.13 there is no track=False)."
    shm = shared_memory.SharedMemory(name=name)
    resource_tracker.unregister(shm._name, "shared_memory")
    return shm

def over(block, i):
    "The array that an interface's JSON describes, over a block."
    d = np.dtype(i["typestr"])
    if i["typestr"][1] == "V":
        d = np.dtype([tuple(tuple(x) if isinstance(x, list) else x for x in f) for f in i["descr"]])
    return np.ndarray(i["shape"], d, block, i["offset"], i["strides"])

def say(x): print(json.dumps(x), flush=True)
def hear(): return json.loads(sys.stdin.readline())
`

func startPython(t *testing.T, script string, args ...string) *python {
	t.Helper()
	name := os.Getenv("ND_NUMPY")
	if name == "" || runtime.GOOS != "linux" {
		t.Skip("ND_NUMPY names no Python with NumPy")
	}
	cmd := exec.Command(name, append([]string{"-c", prelude + script}, args...)...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	p := &python{t, in, bufio.NewScanner(out), cmd}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *python) say(x any) {
	p.t.Helper()
	text, err := json.Marshal(x)
	must(p.t, err)
	_, err = fmt.Fprintf(p.in, "%s\n", text)
	must(p.t, err)
}

func (p *python) hear(x any) {
	p.t.Helper()
	if !p.out.Scan() {
		p.t.Fatal("Python said nothing", p.out.Err())
	}
	must(p.t, json.Unmarshal(p.out.Bytes(), x))
}

func (p *python) end() {
	p.t.Helper()
	p.in.Close()
	must(p.t, p.cmd.Wait())
}

func segment(t *testing.T, n int) *buffer.Segment {
	t.Helper()
	s, err := buffer.CreateShared(fmt.Sprintf("nd_py_%d_%s", os.Getpid(), t.Name()), n)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

// nd makes the segment; NumPy computes in it.
func TestSharedWithPythonByName(t *testing.T) {
	p := startPython(t, `
shm = attach(sys.argv[1])
a, f, r = (over(shm.buf, i) for i in hear())
say([a.sum().item(), f.flags.f_contiguous, f[1, 2].item(), r["name"][1].decode(), r["x"].tolist(), str(r.dtype)])
a += 1
f[1, 2] = -7
r[0] = (b"ada", 2.5, 3)
r["n"][1] *= 2
say("written")
hear()
del a, f, r
shm.close()
`, "nd_py_"+fmt.Sprint(os.Getpid())+"_"+t.Name())
	s := segment(t, 4096)
	a, err := nd.FromBuffer(s.Buffer(), dtype.Float64, 10, 0)
	must(t, err)
	a.Assign(nd.Arange(10))
	f, err := nd.OverOrder(nd.F, s.Buffer(), dtype.Int32.NewByteOrder(dtype.Big), []int{3, 4}, 128)
	must(t, err)
	f.Assign(nd.Arange(12).Reshape(3, 4))
	dt, err := dtype.Parse("[('name', 'S5'), ('x', '>f4'), ('n', '<i2')]") // packed, unaligned, mixed order
	must(t, err)
	r, err := nd.Over(s.Buffer(), dt, []int{2}, nil, 513)
	must(t, err)
	r.Field("name").Assign(nd.Of([]string{"x", "eve"}))
	r.Field("x").Assign(nd.Of([]float64{0.5, 1.5}))
	r.Field("n").Assign(nd.Of([]int{1, 21}))

	p.say([]any{a.ArrayInterface(), f.ArrayInterface(), r.ArrayInterface()})
	var got []any
	p.hear(&got)
	if want := `[45 true 6 eve [0.5 1.5] [('name', 'S5'), ('x', '>f4'), ('n', '<i2')]]`; fmt.Sprint(got) != want {
		t.Errorf("Python saw %v\nwant       %s", got, want)
	}
	var word string
	p.hear(&word)
	if a.Sum().Item[float64]() != 55 || f.At[int32](1, 2) != -7 {
		t.Error(a, f)
	}
	if got := r.String(); got != "[(b'ada', 2.5,  3) (b'eve', 1.5, 42)]" {
		t.Error(got)
	}
	p.say("done")
	p.end()
	// Python has gone; the segment has not.
	if other, err := buffer.AttachShared(s.Name(), 4096, true); err != nil {
		t.Error("Python took the name away:", err)
	} else {
		must(t, other.Close())
	}
	must(t, s.Close())
	if _, err := buffer.AttachShared(s.Name(), 0, false); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := nd.Try(func() { a.Sum() }); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
}

// NumPy makes the segment; nd computes in it.
func TestPythonSegmentAttached(t *testing.T) {
	p := startPython(t, `
shm = shared_memory.SharedMemory(create=True, size=2000)
a = np.ndarray((4, 5), "f8", shm.buf, 40, order="F")
a[...] = np.arange(20).reshape(4, 5)
r = np.ndarray(3, np.dtype([("a", "u1"), ("b", "f8")], align=True), shm.buf, 1000)[::-1]
r["b"] = [1.5, 2.5, 3.5]
def show(x, offset):
    d = dict(x.__array_interface__)
    d["offset"] = offset
    return d
say({"name": shm.name, "a": show(a, 40), "r": show(r, 1032)})
hear()
say([a.sum().item(), a[1, 2].item(), r["a"].tolist()])
hear()
del a, r
shm.close()
shm.unlink()
`)
	var told struct {
		Name string
		A, R nd.ArrayInterface
	}
	p.hear(&told)
	s, err := buffer.AttachShared(told.Name, 2000, false)
	must(t, err)
	defer s.Close()
	a, err := told.A.Over(s.Buffer())
	must(t, err)
	r, err := told.R.Over(s.Buffer())
	must(t, err)
	if a.At[float64](3, 1) != 16 || !a.Flags().Has(nd.FContiguous) || s.Owner() {
		t.Error(a)
	}
	if got := fmt.Sprint(r.Field("b")); got != "[1.5 2.5 3.5]" || r.Strides()[0] != -16 {
		t.Error(got, r.Strides())
	}
	a.Multiply(2, nd.Out(a))
	a.Set(-1.5, 1, 2)
	r.Field("a").Assign(nd.Of([]int{7, 8, 9}))
	p.say("written")
	var got []any
	p.hear(&got)
	if fmt.Sprint(got) != "[364.5 -1.5 [7 8 9]]" {
		t.Error(got)
	}
	p.say("done")
	p.end()
	// The name is gone, our view is not.
	if _, err := buffer.AttachShared(told.Name, 0, false); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if a.At[float64](1, 2) != -1.5 {
		t.Error("the memory went with the name")
	}
}

// A sealed segment by its path in /proc: np.memmap opens it.
func TestSealedSharedWithPython(t *testing.T) {
	s, err := buffer.CreateSealed("nd_test", 8*100)
	if err != nil {
		t.Skip(err)
	}
	defer s.Close()
	conn, err := s.File().SyscallConn()
	must(t, err)
	var path string
	must(t, conn.Control(func(fd uintptr) { path = fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), fd) }))
	a, err := nd.FromBuffer(s.Buffer(), dtype.Float64, -1, 0)
	must(t, err)
	a.Fill(0.5)
	p := startPython(t, `
m = np.memmap(sys.argv[1], "f8", "r+")
say([len(m), m.sum().item()])
m[:3] = [1, 2, 3]
try:
    os.truncate(sys.argv[1], 0)
    say("truncated")
except OSError as e:
    say("sealed")
`, path)
	var got []any
	p.hear(&got)
	if fmt.Sprint(got) != "[100 50]" {
		t.Error(got)
	}
	var word string
	p.hear(&word)
	p.end()
	if word != "sealed" || a.Slice(nd.To(4)).String() != "[1.  2.  3.  0.5]" {
		t.Error(word, a)
	}
}

// Python makes a memfd and sends its descriptor through a socket.
func TestDescriptorFromPython(t *testing.T) {
	path := filepath.Join(t.TempDir(), "socket")
	l, err := net.Listen("unix", path)
	must(t, err)
	defer l.Close()
	p := startPython(t, `
import socket
fd = os.memfd_create("numpy", os.MFD_ALLOW_SEALING)
os.ftruncate(fd, 4000)
a = np.memmap(os.fdopen(fd, "r+b", closefd=False), ">i4", "r+")
a[:] = np.arange(1000)
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
socket.send_fds(s, [b"x"], [fd])
hear()
say(a[:5].tolist())
`, path)
	c, err := l.Accept()
	must(t, err)
	defer c.Close()
	f, err := buffer.ReceiveFile(c.(*net.UnixConn))
	must(t, err)
	s, err := buffer.AttachFile(f, 4000, false)
	must(t, err)
	defer s.Close()
	a, err := nd.FromBuffer(s.Buffer(), dtype.Int32.NewByteOrder(dtype.Big), -1, 0)
	must(t, err)
	if got := a.Sum().Item[int64](); got != 499500 {
		t.Error(got)
	}
	a.Slice(nd.To(5)).Assign(nd.Of([]int{5, 4, 3, 2, 1}))
	p.say("written")
	var got []int
	p.hear(&got)
	if fmt.Sprint(got) != "[5 4 3 2 1]" {
		t.Error(got)
	}
	p.end()
	if strings.Contains(f.Name(), "/") {
		t.Error(f.Name())
	}
}

// Somebody truncates the segment under us: an error, from every operation.
func TestTruncatedSegmentIsAFault(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("no named segments here")
	}
	s := segment(t, 1<<16)
	a, err := nd.FromBuffer(s.Buffer(), dtype.Float64, -1, 0)
	must(t, err)
	must(t, os.Truncate("/dev/shm/"+s.Name(), 0))
	for name, f := range map[string]func(){
		"sum":  func() { a.Sum() },
		"add":  func() { a.Add(1, nd.Out(a)) },
		"at":   func() { a.At[float64](0) },
		"set":  func() { a.Set(1.0, 3) },
		"fill": func() { a.Fill(3) },
		"copy": func() { a.Copy() },
		"print": func() {
			if text := a.String(); text != "" {
				panic("it printed " + text)
			}
		},
	} {
		if err := nd.Try(f); !errors.Is(err, nd.ErrFault) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
