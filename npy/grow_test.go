package npy

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

func TestGrowRewritesTheHeader(t *testing.T) {
	for _, order := range []nd.Order{nd.C, nd.F} {
		path := filepath.Join(t.TempDir(), "x.npy")
		a := get[*nd.Array](t)(CreateWith(path, dtype.Float32, CreateOptions{Order: order, Reserve: 1 << 20}, 4, 3))
		a.Fill(7)
		shape := []int{9999, 3}
		if order == nd.F {
			shape = []int{4, 9999}
		}
		b := get[*nd.Array](t)(Grow(a, 9999))
		if hasMaps && address(b) != address(a) {
			t.Error("moved within the reservation")
		}
		want := nd.ZerosOrder(order, dtype.Float32, shape...)
		want.Index(":4, :3").Fill(7)
		if !b.ArrayEqual(want) {
			t.Errorf("%c: wrong items", order)
		}
		check(t, memmap.Close(a))
		if got, err := os.ReadFile(path); err != nil || string(got) != content(t, want) {
			t.Errorf("%c: not what Save writes, %v", order, err)
		}
	}
}

// What a killed appender has left behind the data does not come up as rows.
func TestGrowClearsWhatLiesBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	junk := append([]byte(content(t, nd.Arange(3))), "left behind by a crash and longer than a row"...)
	check(t, os.WriteFile(path, junk, 0o644))
	a := get[*nd.Array](t)(Open(path, Mode("r+")))
	b := get[*nd.Array](t)(Grow(a, 6))
	defer memmap.Close(b)
	if want := nd.Of([]int64{0, 1, 2, 0, 0, 0}); !b.ArrayEqual(want) {
		t.Error(b)
	}
	c := get[*nd.Array](t)(Load(path))
	if !c.ArrayEqual(b) {
		t.Error(c)
	}
}

func TestGrowRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	check(t, Save(path, nd.Arange(12).Reshape(4, 3)))
	ro := get[*nd.Array](t)(Open(path))
	a := get[*nd.Array](t)(Open(path, Mode("r+")))
	for name, c := range map[string]struct {
		array *nd.Array
		n     int
		kind  error
	}{
		"read-only": {ro, 9, nd.ErrValue}, "part": {a.Index("1:"), 9, nd.ErrValue}, "transposed": {a.T(), 9, nd.ErrValue},
		"shorter": {a, 3, nd.ErrValue}, "plain": {nd.Arange(3), 5, nd.ErrValue}, "too long": {a, 1 << 62, nd.ErrFormat},
	} {
		if _, err := Grow(c.array, c.n); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := memmap.Grow(a, 9); !errors.Is(err, nd.ErrValue) {
		t.Error("memmap.Grow of an npy file:", err)
	}
	if runtime.GOOS != "windows" {
		check(t, Save(path, nd.Arange(3))) // another file of that name
		if _, err := Grow(a, 9); !errors.Is(err, nd.ErrChanged) {
			t.Error("another file:", err)
		}
	}
	memmap.Close(a)
	if _, err := Grow(a, 9); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
	memmap.Close(ro)
}

// The maps that Grow made do not keep its lock.
func TestGrowAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	a := get[*nd.Array](t)(Create(path, dtype.Int64, nd.C, 1, 3))
	for n := 1000; n < 5000; n += 1000 {
		a = get[*nd.Array](t)(Grow(a, n))
	}
	check(t, Append(path, nd.Ones(dtype.Int64, 1, 3)))
	memmap.Close(a)
	if b := get[*nd.Array](t)(Load(path)); b.Len() != 4001 || b.At[int64](4000, 2) != 1 {
		t.Error(b)
	}
}
