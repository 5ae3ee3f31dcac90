package nd

import (
	"encoding/binary"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

func growing(t testing.TB, dt dtype.DType, opts buffer.GrowOptions, row ...int) *Growing {
	t.Helper()
	g, err := NewGrowing(dt, opts, row...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// values returns the items in C order.
func values[T any](a *Array) (out []T) {
	for _, v := range a.All[T]() {
		out = append(out, v)
	}
	return out
}

func wantErr(t testing.TB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("error %v, want %v", err, kind)
	}
}

// array('d', [1, 2, 3, 4]) and frombuffer alias both ways.
func TestS9BufferAndArrayAlias(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{})
	ok(t, g.AppendItems(1.0, 2.0, 3.0, 4.0))
	na := g.View()
	na.Set(20, 1)
	if got := g.View().At[float64](1); got != 20 {
		t.Error(got)
	}
	g.View().Set(7, 2)
	if got := na.String(); got != "[ 1. 20.  7.  4.]" {
		t.Error(got)
	}
	exported, err := g.Buffer().Export()
	ok(t, err)
	v, err := FromBuffer(exported, dtype.Float64, -1, 0)
	ok(t, err)
	if !v.SharesMemory(na) {
		t.Error("frombuffer copied")
	}
}

// frombuffer owns no data; it may be written if the exporter may.
func TestS11FromBufferOwnership(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{})
	ok(t, g.AppendItems(1.0))
	v := g.View()
	if v.OwnData() || !v.Writeable() || v.Buffer().Kind() != buffer.Growing {
		t.Error(v.Flags())
	}
	s, err := FromString("12345678", dtype.Float64)
	ok(t, err)
	if s.OwnData() || s.Writeable() {
		t.Error(s.Flags())
	}
}

// The seeds' trap: a view taken at i == 2, then growth.
func TestS16ViewTakenBeforeGrowthStaysTrue(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{})
	var na *Array
	for i := range 100000 {
		ok(t, g.AppendItems(float64(i)))
		if i == 2 {
			na = g.View()
		}
	}
	if got := values[float64](na); !slices.Equal(got, []float64{0, 1, 2}) {
		t.Error(got)
	}
	if na.Stale() || na.DataPtr() != g.View().DataPtr() {
		t.Error("growth moved the base")
	}
	na.Set(99, 0)
	if g.View().At[float64](0) != 99 {
		t.Error("the early view is detached")
	}
}

func TestS17StrictGrowing(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{Policy: buffer.Strict})
	ok(t, g.AppendItems(0.0, 1, 2))
	v := g.View()
	w := v.Slice(From(1)) // a view of the view counts
	wantErr(t, g.AppendItems(3.0), ErrExported)
	runtime.KeepAlive(v)
	v = nil
	wantErr(t, g.AppendItems(3.0), ErrExported)
	if g.Buffer().Exports() != 1 {
		t.Error(g.Buffer().Exports())
	}
	ok(t, w.Release())
	ok(t, g.AppendItems(3.0))
	wantErr(t, Try(func() { w.At[float64](0) }), ErrClosed)
}

func TestS18DetachedViewKeepsTheOldRows(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{Policy: buffer.Detach})
	ok(t, g.AppendItems(0.0, 1, 2))
	old := g.View()
	for i := 3; i < 10; i++ {
		generation := g.Buffer().Generation()
		stale := old.Stale()
		ok(t, g.AppendItems(float64(i)))
		if moved := g.Buffer().Generation() != generation; old.Stale() != (stale || moved) {
			t.Fatalf("append %d: moved %v, stale %v", i, moved, old.Stale())
		}
	}
	if !old.Stale() {
		t.Fatal("ten items never moved")
	}
	old.Set(50, 0)
	if got := values[float64](old); !slices.Equal(got, []float64{50, 1, 2}) {
		t.Error(got)
	}
	fresh := g.View()
	if fresh.Stale() || fresh.Len() != 10 || fresh.At[float64](0) != 0 {
		t.Error(fresh)
	}
}

// After a change of length the new items are in a new view, moved or not.
func TestS19NewViewSeesNewItems(t *testing.T) {
	for _, policy := range []buffer.Policy{buffer.Stay, buffer.Detach} {
		g := growing(t, dtype.Int32, buffer.GrowOptions{Policy: policy})
		for i := range 40 {
			ok(t, g.AppendItems(int32(i)))
			if v := g.View(); v.Len() != i+1 || v.At[int32](-1) != int32(i) {
				t.Fatalf("%s: %v", policy, v)
			}
		}
	}
}

// Every constructor over a growable block registers an export (X5 too: NumPy's
// np.ndarray(buffer=array.array) dangles after append).
func TestS20X5EveryConstructorRegisters(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{Policy: buffer.Strict})
	ok(t, g.AppendItems(1.0, 2, 3, 4))
	for name, build := range map[string]func(b *buffer.Buffer) (*Array, error){
		"Over":       func(b *buffer.Buffer) (*Array, error) { return Over(b, dtype.Float64, []int{2}, nil, 8) },
		"FromBuffer": func(b *buffer.Buffer) (*Array, error) { return FromBuffer(b, dtype.Int16, -1, 0) },
		"OverOrder":  func(b *buffer.Buffer) (*Array, error) { return OverOrder(F, b, dtype.Float64, []int{2, 2}, 0) },
		"OverArray": func(b *buffer.Buffer) (*Array, error) {
			a, err := FromBuffer(b, dtype.Float64, -1, 0)
			if err != nil {
				return nil, err
			}
			return OverArray(a, dtype.Uint8, []int{3}, nil, 0)
		},
	} {
		b, err := g.Buffer().Export()
		ok(t, err)
		a, err := build(b)
		ok(t, err)
		b = nil
		if err := g.AppendItems(5.0); !errors.Is(err, ErrExported) {
			t.Errorf("%s: %v", name, err)
		}
		runtime.KeepAlive(a)
		ok(t, a.Release())
	}
	ok(t, g.AppendItems(5.0))
}

func TestGrowRows(t *testing.T) {
	g := growing(t, dtype.Float32, buffer.GrowOptions{}, 2, 3)
	ok(t, g.Append(Arange(12).Reshape(2, 2, 3)))
	ok(t, g.Append(Arange(6).Reshape(3, 2).Transpose())) // one row, cast and gathered
	ok(t, g.AppendItems([2][3]float32{{9, 8, 7}, {6, 5, 4}}))
	ok(t, g.Append(Zeros(dtype.Int8, 0, 2, 3)))
	v := g.View()
	if !slices.Equal(v.Shape(), []int{4, 2, 3}) || g.Len() != 4 {
		t.Fatal(v.Shape(), g.Len())
	}
	want := []float32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 2, 4, 1, 3, 5, 9, 8, 7, 6, 5, 4}
	if got := values[float32](v); !slices.Equal(got, want) {
		t.Error(got)
	}
	for _, bad := range []*Array{Zeros(dtype.Float32, 3, 2), Zeros(dtype.Float32), Zeros(dtype.Float32, 1, 1, 2, 3)} {
		wantErr(t, Try(func() { g.Append(bad) }), ErrShape)
	}
	// A sub-array dtype is rows.
	sub, err := dtype.SubArray(dtype.Int16, 2)
	ok(t, err)
	h := growing(t, sub, buffer.GrowOptions{}, 3)
	ok(t, h.AppendBytes(make([]byte, 24)))
	if got := h.View().Shape(); !slices.Equal(got, []int{2, 3, 2}) {
		t.Error(got)
	}
	wantErr(t, h.AppendBytes(make([]byte, 13)), ErrFormat)
}

func TestGrowSwappedAndText(t *testing.T) {
	g := growing(t, dtype.Int32.Swapped(), buffer.GrowOptions{})
	ok(t, g.AppendItems(int32(1), -2))
	ok(t, g.AppendItems(3.9)) // as an assignment converts
	if got := values[int32](g.View()); !slices.Equal(got, []int32{1, -2, 3}) {
		t.Error(got)
	}
	s := growing(t, dtype.Str(3), buffer.GrowOptions{})
	ok(t, s.AppendItems("ab", "wxyz"))
	if got := s.View().String(); got != "['ab' 'wxy']" {
		t.Error(got)
	}
	wantErr(t, Try(func() { s.AppendItems(&t) }), ErrDType)
}

func TestGrowNothing(t *testing.T) {
	for _, row := range [][]int{{0}, {-1}} {
		if _, err := NewGrowing(dtype.Float64, buffer.GrowOptions{}, row...); err == nil {
			t.Error(row)
		}
	}
	if _, err := NewGrowing(dtype.Void(0), buffer.GrowOptions{}); err == nil {
		t.Error("items without bytes")
	}
	g := growing(t, dtype.Float64, buffer.GrowOptions{})
	if v := g.View(); v.Size() != 0 || v.NDim() != 1 {
		t.Error(v.Shape())
	}
	ok(t, g.AppendItems[float64]())
	wantErr(t, g.Truncate(1), ErrValue)
}

func TestTruncateUnderAView(t *testing.T) {
	g := growing(t, dtype.Int64, buffer.GrowOptions{})
	ok(t, g.Append(Arange(100)))
	head := g.View().Slice(To(3))
	// head keeps its export of 100 rows, which Truncate would cut.
	wantErr(t, g.Truncate(50), ErrExported)
	runtime.KeepAlive(head)
	ok(t, head.Release())
	ok(t, g.Truncate(50))
	short := g.View()
	ok(t, g.Append(Arange(10)))
	ok(t, g.Truncate(50)) // short reaches only as far as that
	if short.Len() != 50 || short.At[int64](49) != 49 {
		t.Error(short)
	}
	ok(t, g.Shrink())
	ok(t, g.Append(Arange(100000)))
	if short.At[int64](49) != 49 || short.Stale() {
		t.Error("the view moved")
	}
	ok(t, g.Close())
	wantErr(t, Try(func() { short.Sum() }), ErrClosed)
	wantErr(t, Try(func() { g.View() }), ErrClosed)
	wantErr(t, g.Append(Arange(1)), ErrClosed)
}

// hdd is the packed record of the seeds: struct.pack('=hdd', …), 18 bytes.
func hdd(i int) []byte {
	b := binary.NativeEndian.AppendUint16(nil, uint16(i))
	b = binary.NativeEndian.AppendUint64(b, math.Float64bits(math.Sin(0.1*float64(i))))
	return binary.NativeEndian.AppendUint64(b, math.Float64bits(math.Cos(0.1*float64(i))))
}

// A channel-fed capture: one goroutine appends packed records, others read the
// finished part.
func TestS24S26CaptureByChannelWhileOthersRead(t *testing.T) {
	dt, err := dtype.FromFormat("=hdd")
	ok(t, err)
	const total = 5000
	for _, policy := range []buffer.Policy{buffer.Stay, buffer.Detach} {
		g := growing(t, dt, buffer.GrowOptions{Policy: policy})
		packets := make(chan []byte, 16)
		var wg sync.WaitGroup
		wg.Go(func() {
			defer close(packets)
			for i := range total {
				packets <- hdd(i)
			}
		})
		wg.Go(func() {
			for p := range packets {
				if err := g.AppendBytes(p); err != nil {
					t.Error(err)
				}
			}
		})
		for range 2 {
			wg.Go(func() {
				for n := 0; n < total; runtime.Gosched() {
					v := g.View()
					if n = v.Len(); n == 0 {
						continue
					}
					i := n - 1
					if v.Field("f0").At[int16](i) != int16(i) || v.Field("f1").At[float64](i) != math.Sin(0.1*float64(i)) {
						t.Errorf("record %d of %d is not whole", i, n)
						return
					}
					// Unaligned strided columns compute as any others.
					s, c := v.Field("f1"), v.Field("f2")
					if one := s.Multiply(s).Add(c.Multiply(c)).Sum().Item[float64](); math.Abs(one-float64(n)) > 1e-6*float64(n) {
						t.Errorf("sin²+cos² of %d records sum to %v", n, one)
						return
					}
				}
			})
		}
		wg.Wait()
		v := g.View()
		if f := v.Field("f1"); !slices.Equal(f.Strides(), []int{18}) || f.Aligned() || v.Len() != total {
			t.Error(f.Strides(), f.Flags(), v.Len())
		}
	}
}

// A copy of a Growing is the Growing; the zero one is closed.
func TestGrowingByValue(t *testing.T) {
	g := growing(t, dtype.Int64, buffer.GrowOptions{})
	must("append", g.AppendItems(int64(1), int64(2)))
	c := *g
	must("append", c.AppendItems(int64(3)))
	v := g.View()
	if got := v.String(); got != "[1 2 3]" || c.Len() != 3 {
		t.Errorf("%s, %d rows in the copy", got, c.Len())
	}
	must("close", g.Close())
	var zero Growing
	for name, g := range map[string]*Growing{"a copy": &c, "zero": &zero} {
		for op, err := range map[string]error{
			"View":        Try(func() { g.View() }),
			"Append":      g.Append(Scalar(int64(1))),
			"AppendItems": Try(func() { must("append", g.AppendItems(int64(1))) }),
			"AppendBytes": g.AppendBytes(make([]byte, 8)),
			"Truncate":    g.Truncate(0),
			"Shrink":      g.Shrink(),
			"an array":    Try(func() { v.Sum() }),
		} {
			if want := op != "AppendItems" || name != "zero"; want && !errors.Is(err, ErrClosed) || err == nil {
				t.Errorf("%s of %s: %v, want ErrClosed", op, name, err)
			}
		}
		if g.Len() != 0 || g.Cap() != 0 || g.Close() != nil {
			t.Errorf("%s has rows", name)
		}
	}
}
