package memmap

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// moves tells whether a map may move although address space was reserved.
var moves = runtime.GOOS == "windows" || runtime.GOOS == "js" || runtime.GOOS == "wasip1"

func TestGrowKeepsTheBase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	get := must[*nd.Array](t)
	a := get(OpenWith(path, Options{Mode: Create, DType: dtype.Int32, Shape: []int{0, 3}, Offset: 5, Reserve: 1 << 20}))
	base, first := a, (*nd.Array)(nil)
	for n := 1; n < 3000; n += 1 + n/3 {
		old := a.Shape()[0]
		a = get(Grow(a, n))
		if !reflect.DeepEqual(a.Shape(), []int{n, 3}) || !reflect.DeepEqual(a.Strides(), []int{12, 4}) {
			t.Fatalf("shape %v strides %v", a.Shape(), a.Strides())
		}
		for i := old; i < n; i++ {
			if a.At[int32](i, 2) != 0 {
				t.Fatal("a new row is not zero")
			}
		}
		a.Slice(nd.R(old, n)).Fill(n)
		if first == nil {
			first = a.Slice(nd.R(0, 1))
		}
	}
	if !moves && base.Buffer().Pointer() != a.Buffer().Pointer() {
		t.Error("the map moved within its reservation")
	}
	first.Fill(-1)
	if got := a.At[int32](0, 1); got != -1 && runtime.GOOS != "js" {
		t.Errorf("the first view has parted: %d", got)
	}
	if err := Close(first); err != nil {
		t.Fatal(err)
	}
	for _, x := range []*nd.Array{base, a, first} {
		if err := nd.Try(func() { x.Copy() }); !errors.Is(err, nd.ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
	}
	if st, err := os.Stat(path); err != nil || st.Size() != int64(5+12*a.Shape()[0]) {
		t.Error(st.Size(), err)
	}
}

func TestAppendRows(t *testing.T) {
	get := must[*nd.Array](t)
	for _, order := range []nd.Order{nd.C, nd.F} {
		for _, reserve := range []int{0, 1 << 16} {
			path := filepath.Join(t.TempDir(), "x")
			all := nd.Arange(60).Reshape(3, 4, 5)
			a := get(OpenWith(path, Options{Mode: Create, DType: dtype.Int64, Shape: []int{3, 4, 5}, Order: order, Reserve: reserve}))
			a.Assign(all)
			axis, rows := 0, all.Index(":2, ::-1").Multiply(100)
			if order == nd.F {
				axis, rows = 2, all.Index(":, ::-1, 3:").Multiply(100)
			}
			b := get(Append(a, rows))
			want := nd.Concatenate([]*nd.Array{all, rows}, nd.Axis(axis))
			if !b.ArrayEqual(want) || !a.ArrayEqual(all) {
				t.Errorf("%c: %v", order, b)
			}
			if err := Close(b); err != nil {
				t.Fatal(err)
			}
			c := get(OpenWith(path, Options{Mode: ReadOnly, DType: dtype.Int64, Shape: want.Shape(), Order: order}))
			if !c.ArrayEqual(want) {
				t.Errorf("%c, read again: %v", order, c)
			}
			Close(c)
		}
	}
}

// A reader follows a writer.
func TestGrowReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 16)
	get := must[*nd.Array](t)
	r := get(OpenWith(path, Options{Mode: ReadOnly, Reserve: 1 << 16}))
	defer Close(r)
	var e *Error
	if _, err := Grow(r, 17); !errors.As(err, &e) || e.Need != 17 || e.Have != 16 {
		t.Error("longer than the file:", err)
	}
	write(t, path, 1000)
	longer := get(Grow(r, 1000))
	if longer.Writeable() || longer.At[uint8](999) != 999%251 || !moves && longer.Buffer().Pointer() != r.Buffer().Pointer() {
		t.Error("wrong rows")
	}
	if _, err := Append(longer, longer); !errors.Is(err, nd.ErrReadOnly) {
		t.Error(err)
	}
}

func TestGrowRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	get := must[*nd.Array](t)
	open := func(o Options) *nd.Array {
		write(t, path, 96)
		a := get(OpenWith(path, o))
		t.Cleanup(func() { Close(a) })
		return a
	}
	a := open(Options{DType: dtype.Int32, Shape: []int{4, 6}})
	closed := open(Options{})
	Close(closed)
	scalar := open(Options{Shape: []int{}})
	for name, c := range map[string]struct {
		array *nd.Array
		n     int
		kind  error
	}{
		"part":       {a.Index("1:"), 9, nd.ErrValue},
		"reversed":   {a.Index("::-1"), 9, nd.ErrValue},
		"transposed": {a.Reshape(6, 4).T().Index(":, ::-1"), 9, nd.ErrValue},
		"columns":    {a.Index(":, :3"), 9, nd.ErrValue},
		"shorter":    {a, 3, nd.ErrValue},
		"too long":   {a, 1 << 60, nd.ErrValue},
		"plain":      {nd.Arange(3), 9, nd.ErrValue},
		"private":    {open(Options{Mode: CopyOnWrite}), 99, nd.ErrValue},
		"0-d":        {scalar, 9, nd.ErrValue},
		"closed":     {closed, 99, nd.ErrClosed},
	} {
		if _, err := Grow(c.array, c.n); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		rows *nd.Array
		kind error
	}{
		"dtype": {nd.Zeros(dtype.Int64, 1, 6), nd.ErrDType}, "shape": {nd.Zeros(dtype.Int32, 1, 5), nd.ErrShape}, "rank": {nd.Zeros(dtype.Int32, 6), nd.ErrShape},
	} {
		if _, err := Append(a, c.rows); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if st, err := os.Stat(path); err != nil || st.Size() != 96 {
		t.Error("a refusal changed the file")
	}
	head := open(Options{DType: dtype.Int32, Shape: []int{5}})
	if _, err := Append(head, nd.Zeros(dtype.Int32, 1)); !errors.Is(err, nd.ErrValue) {
		t.Error("the file goes on:", err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	write(t, path, 96)
	if _, err := Grow(a, 5); !errors.Is(err, nd.ErrChanged) {
		t.Error("another file:", err)
	}
	if err := Check(a); !errors.Is(err, nd.ErrChanged) {
		t.Error("Check of another file:", err)
	}
}

func TestGrowKeepsReadOnlyViewsReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 8)
	a := must[*nd.Array](t)(OpenWith(path, Options{}))
	defer Close(a)
	if err := a.SetWriteable(false); err != nil {
		t.Fatal(err)
	}
	if b := must[*nd.Array](t)(Grow(a, 9)); b.Writeable() {
		t.Error("growth made it writeable")
	}
}
