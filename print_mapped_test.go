package nd_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

// Rows S89 and S90 of the specification: a map and its views print as memmap.
func TestPrintMapped(t *testing.T) {
	fp, err := memmap.Open(filepath.Join(t.TempDir(), "x.dat"), memmap.Create, dtype.Float32, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fp.Repr(), "memmap([[0., 0., 0., 0.],\n        [0., 0., 0., 0.],\n        [0., 0., 0., 0.]], dtype=float32)"; got != want {
		t.Errorf("got\n%s", got)
	}
	fp.Assign(nd.Arange(12).Reshape(3, 4))
	if got, want := fp.Slice(nd.From(1)).Repr(), "memmap([[ 4.,  5.,  6.,  7.],\n        [ 8.,  9., 10., 11.]], dtype=float32)"; got != want {
		t.Errorf("got\n%s", got)
	}
	if got, want := fp.Copy().Slice(nd.I(0)).Repr(), "array([0., 1., 2., 3.], dtype=float32)"; got != want {
		t.Errorf("got\n%s", got)
	}
	if err := memmap.Close(fp); err != nil {
		t.Fatal(err)
	}
	if err := nd.Try(func() { _ = fp.String() }); !errors.Is(err, nd.ErrClosed) {
		t.Errorf("a closed map: %v", err)
	}
}

// Ten gigabytes print at once: a summary reads the corners, and its work and
// memory do not grow with the array.
func TestPrintHugeMap(t *testing.T) {
	const rows, cols = 10 << 18, 1 << 10
	path := filepath.Join(t.TempDir(), "huge.dat")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, rows*cols*4); err != nil {
		t.Skipf("no sparse file of this size here: %v", err)
	}
	fp, err := memmap.Open(path, memmap.ReadOnly, dtype.Float32, rows, cols)
	if err != nil {
		t.Skipf("no map of this size here: %v", err)
	}
	defer memmap.Close(fp)
	row := "[0., 0., 0., ..., 0., 0., 0.]"
	three := row + ",\n        " + row + ",\n        " + row
	want := "memmap([" + three + ",\n        ...,\n        " + three + "],\n       shape=(2621440, 1024), dtype=float32)"
	if got := fp.Repr(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if n := testing.AllocsPerRun(5, func() { _ = fp.Repr() }); n > 200 {
		t.Errorf("%v allocations for 36 items", n)
	}
}
