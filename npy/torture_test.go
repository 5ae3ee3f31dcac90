package npy

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/leaktest"
	"github.com/stride-go/nd/memmap"
)

// The files of the kill test have rows of width items that all are the row's
// number, and grow by step rows.
const (
	width = 640
	step  = 50
)

// rows returns the rows lo to hi.
func rows(lo, hi int) *nd.Array {
	return nd.Arange(lo, hi).Reshape(-1, 1).BroadcastTo(hi-lo, width)
}

// A writer works on a file until it is killed. It says on standard output how
// many rows the file has, each time that has come true.
var writers = map[string]func(path string, say func(n int)) error{
	"save": func(path string, say func(int)) error {
		for n := 0; ; n = (n + step) % (20 * step) {
			if err := Save(path, rows(0, n+step).Copy()); err != nil {
				return err
			}
			say(n + step)
		}
	},
	"append": func(path string, say func(int)) error {
		for {
			h, err := header(path)
			if err != nil {
				return err
			}
			n := h.Shape[0]
			if err := Append(path, rows(n, n+step)); err != nil {
				return err
			}
			say(n + step)
		}
	},
	"appender": func(path string, say func(int)) error {
		w, err := OpenAppender(path)
		if err != nil {
			return err
		}
		for n := w.Len(); ; n += step {
			for i := n; i < n+step; i += step / 5 {
				if err := w.Append(rows(i, i+step/5)); err != nil {
					return err
				}
			}
			if err := w.Sync(); err != nil {
				return err
			}
			say(n + step)
		}
	},
	"grow": func(path string, say func(int)) error {
		a, err := Open(path, Mode("r+"), Reserve(1<<28))
		if err != nil {
			return err
		}
		for {
			n := a.Shape()[0]
			a.Assign(rows(0, n))
			say(n)
			if a, err = Grow(a, n+step); err != nil {
				return err
			}
		}
	},
	"create": func(path string, say func(int)) error {
		for n := 0; ; n = (n + step) % (20 * step) {
			a, err := Create(path, dtype.Int64, nd.C, n+step, width)
			if err != nil {
				return err
			}
			a.Assign(rows(0, n+step))
			if err := memmap.Close(a); err != nil {
				return err
			}
			say(n + step)
		}
	},
	"npz": func(path string, say func(int)) error {
		for n := 0; ; n = (n + step) % (20 * step) {
			a := rows(0, n+step).Copy()
			if err := SaveZ(path, Member{"a", a}, Member{"b", nd.Arange(n + step)}); err != nil {
				return err
			}
			say(n + step)
		}
	},
	"raw grow": func(path string, say func(int)) error {
		a, err := memmap.OpenWith(path, memmap.Options{DType: dtype.Int64, Shape: []int{rawRows(path), width}, Reserve: 1 << 28})
		for err == nil {
			n := a.Shape()[0]
			a.Assign(rows(0, n))
			say(n)
			a, err = memmap.Grow(a, n+step)
		}
		return err
	},
	"raw": func(path string, say func(int)) error {
		a, err := memmap.OpenWith(path, memmap.Options{DType: dtype.Int64, Shape: []int{rawRows(path), width}, Reserve: 1 << 28})
		if err == nil {
			err = os.Truncate(path, int64(a.NBytes())) // a part of a row
		}
		for err == nil {
			n := a.Shape()[0]
			if a, err = memmap.Append(a, rows(n, n+step)); err == nil {
				say(n + step)
			}
		}
		return err
	},
}

func header(path string) (Header, error) {
	f, err := os.Open(path)
	if err != nil {
		return Header{}, err
	}
	defer f.Close()
	return ReadHeader(f)
}

func rawRows(path string) int {
	st, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return int(st.Size() / (8 * width))
}

// TestMain is the writer when the environment says so. Otherwise it fails when
// maps outlive all tests.
func TestMain(m *testing.M) {
	if kind := os.Getenv("ND_TORTURE_WRITER"); kind != "" {
		out := bufio.NewWriter(os.Stdout)
		say := func(n int) {
			fmt.Fprintln(out, n)
			out.Flush()
		}
		fmt.Fprintln(os.Stderr, writers[kind](os.Getenv("ND_TORTURE_FILE"), say))
		os.Exit(1)
	}
	os.Exit(leaktest.Run(m))
}

// A writer is killed 160 times in the middle of its work. The file then is the
// old one or the new one, whole, for us and (with ND_NUMPY) for NumPy.
func TestTortureKill(t *testing.T) {
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("needs processes")
	}
	kills := 160
	if testing.Short() {
		kills = 16
	}
	end := time.Now()
	if d, err := time.ParseDuration(os.Getenv("ND_TORTURE")); err == nil {
		end = end.Add(d)
	}
	dir, r, ask := t.TempDir(), rand.New(rand.NewPCG(3, 4)), numpy(t)
	kinds := []string{"save", "append", "appender", "grow", "raw", "create", "npz", "raw grow"}
	known := map[string]int{} // rows that the file has for sure
	for i := 0; (i < kills || time.Now().Before(end)) && !t.Failed(); i++ {
		kind := kinds[i%len(kinds)]
		path := filepath.Join(dir, kind+".npy")
		raw := strings.HasPrefix(kind, "raw")
		switch {
		case raw:
			path = filepath.Join(dir, kind+".dat")
		case kind == "npz":
			path = filepath.Join(dir, kind+".npz")
		}
		if st, err := os.Stat(path); err != nil || st.Size() > 32<<20 {
			known[kind] = 0
			switch {
			case raw: // not empty: opening an empty file in r+ gives it one byte, as in NumPy
				known[kind] = step
				check(t, rows(0, step).Copy().ToFile(path))
			case kind == "npz":
				check(t, SaveZ(path, Member{"a", nd.Zeros(dtype.Int64, 0, width)}, Member{"b", nd.Arange(0)}))
			default:
				check(t, Save(path, nd.Zeros(dtype.Int64, 0, width)))
			}
		}
		old := known[kind]
		said := kill(t, kind, path, time.Duration(r.IntN(12_000))*time.Microsecond)
		if len(said) > 0 {
			known[kind] = said[len(said)-1]
		}
		n, err := inspect(path, kind, known[kind])
		if err != nil {
			t.Fatalf("kill %d, %s: %v (had %d, said %v)", i, kind, err, old, said)
		}
		if got := ask(path); got != "" && got != strconv.Itoa(n) {
			t.Errorf("kill %d, %s: NumPy finds %s rows, we %d", i, kind, got, n)
		}
		switch kind {
		case "grow", "raw grow", "create": // who writes to the file's map: the rows behind those known may still be zero
		default:
			known[kind] = n
		}
	}
}

// kill starts a writer, ends it after a while, and returns what it said.
func kill(t *testing.T, kind, path string, after time.Duration) (said []int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "ND_TORTURE_WRITER="+kind, "ND_TORTURE_FILE="+path)
	var trouble strings.Builder
	cmd.Stderr = &trouble
	out := get[io.ReadCloser](t)(cmd.StdoutPipe())
	check(t, cmd.Start())
	in := bufio.NewScanner(out)
	timer := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	for first := true; in.Scan(); first = false {
		n, err := strconv.Atoi(in.Text())
		check(t, err)
		said = append(said, n)
		if first { // it is at work now
			timer.Stop()
			timer = time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
	}
	cmd.Wait()
	timer.Stop()
	if trouble.Len() > 0 || len(said) == 0 {
		t.Fatalf("the %s writer ended by itself: %s", kind, &trouble)
	}
	return said
}

// inspect checks the file that a killed writer has left, which had at least known
// rows, and returns how many it has.
func inspect(path, kind string, known int) (n int, err error) {
	var a *nd.Array
	switch kind {
	case "raw":
		n = rawRows(path)
		a, err = memmap.Open(path, memmap.ReadOnly, dtype.Int64, n, width)
		if n > known && n < known+step {
			known = n // rows that are there are whole; a rest shorter than a row is none
		}
	case "raw grow":
		a, err = memmap.Open(path, memmap.ReadOnly, dtype.Int64)
		if err == nil && a.Size()%(step*width) != 0 {
			return 0, fmt.Errorf("%d items are no steps", a.Size())
		}
		if err == nil {
			a = a.Reshape(-1, width)
		}
	case "npz":
		var z *Archive
		if z, err = OpenZ(path); err != nil {
			return 0, err
		}
		defer z.Close()
		var b *nd.Array
		if a, err = z.Load("a"); err == nil {
			b, err = z.Load("b")
		}
		if err == nil && !b.ArrayEqual(nd.Arange(a.Len())) {
			return 0, fmt.Errorf("the second member has shape %v", b.Shape())
		}
	default:
		a, err = Load(path)
	}
	if err != nil {
		return 0, err
	}
	defer memmap.Close(a)
	n = a.Shape()[0]
	next := known + step
	if kind == "save" || kind == "npz" || kind == "create" {
		next = known%(20*step) + step
	}
	if n != known && n != next {
		return n, fmt.Errorf("%d rows, neither %d nor %d", n, known, next)
	}
	want := rows(0, n)
	same := a.Equal(want)
	switch kind {
	case "create": // a new file is zero until it is written
		same = same.LogicalOr(a.Equal(0))
	case "grow", "raw grow": // the rows after known are on the way from zero to their number
		same = same.LogicalOr(want.GreaterEqual(known).LogicalAnd(a.Equal(0)))
	}
	if !same.AllTrue().At[bool]() {
		return n, fmt.Errorf("wrong items in %d rows", n)
	}
	return n, nil
}

// numpy returns a function that asks NumPy for the number of rows of a file; it
// answers "" if there is no NumPy.
func numpy(t *testing.T) func(path string) string {
	python := os.Getenv("ND_NUMPY")
	if python == "" {
		return func(string) string { return "" }
	}
	cmd := exec.Command(python, "-c", `
import sys, numpy as np
for line in sys.stdin:
    path = line.strip()
    if path.endswith(".npy"):
        a, m = np.load(path), np.load(path, mmap_mode="r")
        assert a.tobytes() == m.tobytes()
    elif path.endswith(".npz"):
        with np.load(path) as z:
            a = z["a"]
            assert (z["b"] == np.arange(len(a))).all()
    else:
        a = np.fromfile(path, np.int64)
        a = a[:a.size // 640 * 640].reshape(-1, 640)
    k = np.arange(len(a))[:, None]
    assert ((a == k) | (a == 0)).all()
    print(len(a), flush=True)
`)
	cmd.Stderr = os.Stderr
	in := get[io.WriteCloser](t)(cmd.StdinPipe())
	out := bufio.NewScanner(get[io.ReadCloser](t)(cmd.StdoutPipe()))
	check(t, cmd.Start())
	t.Cleanup(func() {
		in.Close()
		cmd.Wait()
	})
	return func(path string) string {
		fmt.Fprintln(in, path)
		if !out.Scan() {
			return "no"
		}
		return out.Text()
	}
}
