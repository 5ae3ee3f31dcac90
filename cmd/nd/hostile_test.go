package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/npy"
)

// command runs one command line and returns what it wrote.
func command(args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run(args, &stream{strings.NewReader(""), &out, &err})
	return status, out.String(), err.String()
}

// TestTenGigabytes looks at a sparse file of 10 GB: nothing but its header and
// the items shown may be read into memory.
func TestTenGigabytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big.npy")
	const rows = 10 << 20
	h := npy.Header{DType: dtype.Float64, Shape: []int{rows, 128}}
	head, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, head, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, int64(len(head))+rows*128*8); err != nil {
		t.Skip("no room for a sparse file: ", err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	status, out, errs := command("info", path)
	if status != 0 || !strings.Contains(out, "shape    (10485760, 128)") || !strings.Contains(out, "10.0 GiB") {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	status, out, errs = command("show", path, "::-5242880, :2")
	if status != 0 || out != "[[0. 0.]\n [0. 0.]]\n" {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	status, out, errs = command("eval", "x[5, 5], x[:, 3].shape, x.T[::2].strides", "x="+path)
	if status != 0 || out != "(np.float64(0.0), (10485760,), (16, 1024))\n" {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	status, out, errs = command("layout", "x, x.T, x[::-1, 5], x[5000000:5000002]", "x="+path)
	if status != 0 || !strings.Contains(out, "48 cells of 1342177280") || !strings.Contains(out, "5120000000") {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	status, out, errs = command("mem", path)
	if status != 0 || !strings.Contains(out, "10737418240 bytes (10.0 GiB)") {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 {
		t.Errorf("%d bytes were allocated to look at a mapped file", used)
	}
}

// TestViewsAllocateNoData opens, slices and prints a mapped file; what is
// allocated must not grow with the file.
func TestViewsAllocateNoData(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	if err := npy.Save(path, nd.Zeros(dtype.Float64, 1<<20)); err != nil {
		t.Fatal(err)
	}
	bytesOf := func() uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		a, err := npy.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		_ = a.Slice(nd.R(10, 1<<20, 2)).Reshape(-1, 1).T().String()
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	bytesOf()
	if used := bytesOf(); used > 256<<10 {
		t.Errorf("%d bytes for a view of an 8 MiB file", used)
	}
}

// TestHostileInput gives one clear line for each, and no panic.
func TestHostileInput(t *testing.T) {
	brackets := strings.Repeat("[", 10_000)
	file := filepath.Join(t.TempDir(), "b.npy")
	header := "{'descr': " + brackets + ", 'fortran_order': False, 'shape': (3,), }"
	raw := append([]byte("\x93NUMPY\x02\x00"), byte(len(header)), byte(len(header)>>8), 0, 0)
	if err := os.WriteFile(file, append(raw, header...), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"eval", brackets},
		{"eval", strings.Repeat("(", 10_000) + strings.Repeat(")", 10_000)},
		{"eval", "--", strings.Repeat("-", 10_000) + "1"},
		{"eval", "np.dtype('" + brackets + "')"},
		{"eval", "np.zeros(1<<40)"},
		{"eval", "np.zeros((1<<40, 1<<40))"},
		{"eval", "np.ones(3)[7]"},
		{"eval", "np.array([[1], [1, 2]])"},
		{"eval", "def f(): return f()\nf()"},
		{"eval", "'x' * (1 << 40)"},
		{"eval", "10 ** 10 ** 10"},
		{"eval", "np.broadcast_to(np.zeros(1), (1 << 30, 1 << 30)) + 1"},
		{"info", file},
		{"show", file, "0"},
		{"eval", "x", "x=" + file},
		{"eval", "x", "x=" + file + "@<f4:(9999999999999, 9999999999)"},
	} {
		status, _, errs := command(args...)
		name := strings.Join(args, " ")
		name = name[:min(len(name), 60)]
		if status != 1 || strings.Count(errs, "\n") != 1 || len(errs) > 1000 || !strings.HasPrefix(errs, "nd: ") {
			t.Errorf("%s: status %d, %q", name, status, errs[:min(len(errs), 300)])
		}
	}
}

// full is a disk with room for so many bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	n := min(f.room, len(p))
	f.room -= n
	if n < len(p) {
		return n, errors.New("no space left on device")
	}
	return n, nil
}

// TestAnswerCutShort fails when a part of the answer could not be written.
func TestAnswerCutShort(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	if err := npy.Save(path, nd.Arange(30)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"eval", "123456"}, {"eval", "--json", "1"}, {"show", path}, {"info", path}, {"info", "--json", path}, {"mem", path}, {"layout", "np.arange(3)"}, {"tour"}, {"help"}} {
		for _, room := range []int{0, 5} {
			var errs bytes.Buffer
			if status := run(args, &stream{strings.NewReader(""), &full{room}, &errs}); status == 0 || !strings.Contains(errs.String(), "no space left") {
				t.Errorf("%v with room for %d: status %d, %q", args, room, status, errs.String())
			}
		}
	}
}

// TestArchiveWithText tells of the arrays of an archive that holds other things too.
func TestArchiveWithText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npz")
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, name := range []string{"readme.txt", "a.npy"} {
		w, err := z.Create(name)
		if err == nil && name == "a.npy" {
			err = npy.Write(w, nd.Arange(3))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), os.WriteFile(path, file.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"info", "mem"} {
		status, out, errs := command(verb, path)
		if status != 1 || !strings.Contains(out, "x.npz[a]") || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "readme.txt") {
			t.Errorf("%s: %d %q %q", verb, status, out, errs)
		}
	}
}

// TestStatus asks for the exit status of what the command runs, not of what kong makes of it.
func TestStatus(t *testing.T) {
	for want, args := range map[int][]string{
		0: {"eval", "raise SystemExit(0)"},
		1: {"eval", "1 / 0"},
		2: {"eval", "1", "notabinding"},
		7: {"eval", "raise SystemExit(7)"},
	} {
		if got, _, errs := command(args...); got != want {
			t.Errorf("%q: status %d %s, not %d", args, got, errs, want)
		}
	}
}

// TestInputThatBreaksOff reads statements and requests from what ends in an error: the
// line that is there in part is not run, and the error is told.
func TestInputThatBreaksOff(t *testing.T) {
	for _, name := range []string{"repl", "pipe"} {
		var out, errs bytes.Buffer
		in := io.MultiReader(strings.NewReader("print(1)\n1"), iotest.ErrReader(errors.New("the line is cut")))
		if status := run([]string{name}, &stream{in, &out, &errs}); status != 1 || errs.String() != "nd: the line is cut\n" {
			t.Errorf("%s: status %d, %s", name, status, &errs)
		}
		if name == "repl" && out.String() != "1\n" {
			t.Errorf("%s printed %s", name, &out)
		}
	}
}
