package npy

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Appending rows one by one makes the file that saving them at once makes.
func TestAppendEqualsSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	all := nd.Arange(36).Reshape(12, 3)
	want := content(t, all)
	if err := Save(path, all.Index(":0")); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 12; i += 4 {
		if err := Append(path, all.Slice(nd.R(i, i+4))); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%v\n%q\n%q", err, got, want)
	}
	// What a failed append left behind the data is overwritten.
	if err := os.WriteFile(path, append([]byte(want), "left behind by a crash"...), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Append(path, all.Index("11:, :").Copy()); err != nil {
		t.Fatal(err)
	}
	if a, err := Load(path); err != nil || !slices.Equal(a.Shape(), []int{13, 3}) || a.At[int64](12, 2) != 35 {
		t.Errorf("%v %v", a, err)
	}
}

func TestAppendFortran(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	all := nd.Arange(30).Reshape(6, 5).T() // 5 rows, 6 columns, Fortran order
	if err := Save(path, all.Index(":, :2")); err != nil {
		t.Fatal(err)
	}
	if err := Append(path, all.Index(":, 2:").Copy()); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != content(t, all) {
		t.Errorf("%v %q", err, got)
	}
}

func TestAppendRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	for name, c := range map[string]struct {
		file []byte
		add  *nd.Array
		kind error
	}{
		"dtype":    {[]byte(content(t, nd.Arange(3))), nd.Zeros(dtype.Int32, 3), nd.ErrDType},
		"shape":    {[]byte(content(t, nd.Zeros(dtype.Int8, 2, 3))), nd.Zeros(dtype.Int8, 2, 4), nd.ErrShape},
		"rank":     {[]byte(content(t, nd.Zeros(dtype.Int8, 2, 3))), nd.Zeros(dtype.Int8, 3), nd.ErrShape},
		"0-d":      {[]byte(content(t, nd.Scalar(int8(1)))), nd.Scalar(int8(1)), nd.ErrValue},
		"two":      {bytes.Repeat([]byte(content(t, nd.Arange(3))), 2), nd.Arange(3), nd.ErrValue},
		"short":    {[]byte(content(t, nd.Arange(3)))[:140], nd.Arange(3), nd.ErrFormat},
		"no npy":   {[]byte("hello, world"), nd.Arange(3), nd.ErrFormat},
		"overflow": {[]byte(content(t, nd.Zeros(dtype.Void(0), 1<<62))), nd.Zeros(dtype.Void(0), 1<<62), nil},
	} {
		if err := os.WriteFile(path, c.file, 0o644); err != nil {
			t.Fatal(err)
		}
		err := Append(path, c.add)
		if err == nil || c.kind != nil && !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
		if now, _ := os.ReadFile(path); !bytes.Equal(now, c.file) {
			t.Errorf("%s: the file changed", name)
		}
	}
	// A header without blanks to spare, as NumPy before 1.23 wrote them.
	text := "{'descr': '|u1', 'fortran_order': False, 'shape': (9,), }"
	tight := wrap(1, []byte(text), 10+len(text)+1)
	if err := os.WriteFile(path, append(tight, make([]byte, 9)...), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Append(path, nd.Zeros(dtype.Uint8, 1)); !errors.Is(err, nd.ErrValue) || !strings.Contains(err.Error(), "no room") {
		t.Error(err)
	}
}
