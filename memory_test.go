package nd

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

func TestMemorySeen(t *testing.T) {
	a := Zeros(dtype.Float64, 1000, 100)
	for _, c := range []struct {
		name string
		a    *Array
		want Memory
	}{
		{"owner", a, Memory{800000, 800000, 800000, buffer.Heap}},
		{"small view", a.Slice(R(3, 4), To(10)), Memory{0, 80, 800000, buffer.Heap}},
		{"reversed", a.Slice(Step(-2), I(0)), Memory{0, 4000, 800000, buffer.Heap}},
		{"broadcast", Zeros(dtype.Int32, 1, 3).BroadcastTo(1000, 3), Memory{0, 12, 12, buffer.Heap}},
		{"windows", Zeros(dtype.Int8, 10).SlidingWindowView([]int{4}), Memory{0, 10, 10, buffer.Heap}},
		{"empty", a.Slice(To(0)), Memory{0, 0, 800000, buffer.Heap}},
		{"slice", Of(make([]int16, 5)), Memory{0, 10, 10, buffer.Foreign}},
	} {
		if got := c.a.Memory(); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	if s := a.Slice(To(1)).Memory().String(); s != "viewed 800 bytes of 781. KiB (heap)" {
		t.Error(s)
	}
}

func TestCompactDropsAPinnedBase(t *testing.T) {
	big := Arange(100000)
	small := big.Slice(R(10, 20, 3))
	c := small.Compact()
	if m := c.Memory(); m.Pinned != 32 || m.Owned != 32 || c.SharesMemory(big) || c.String() != small.String() {
		t.Errorf("%+v %v", m, c)
	}
	if c.Compact() != c || big.Compact() != big {
		t.Error("an array that is its block was copied")
	}
	f := Zeros(dtype.Int8, 4, 5).Transpose()
	if g := f.Compact(); g == f || !g.Flags().Has(FContiguous) {
		t.Error("the memory order was lost")
	}
	if row := Arange(3).BroadcastTo(5, 3).Compact(); row.Memory().Pinned != 120 || !row.Writeable() {
		t.Error(row.Memory())
	}
}

// string_at is right for one dense ascending segment only.
func TestS74RawSpan(t *testing.T) {
	a := Arange(24).AsType(dtype.Int8).Reshape(2, 3, 4)
	for name, v := range map[string]*Array{
		"C": a, "F": a.Transpose(), "permuted": a.Transpose(1, 0, 2), "row": a.Slice(I(1)),
	} {
		span, err := v.RawSpan()
		if err != nil || len(span) != v.NBytes() || uintptr(unsafe.Pointer(&span[0])) != v.DataPtr() {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, v := range map[string]*Array{
		"gaps": a.Slice(All, To(2)), "reversed": a.Slice(Step(-1)), "repeated": a.Slice(I(0), I(0)).BroadcastTo(3, 4),
		"columns": a.Slice(All, All, To(1)),
	} {
		if span, err := v.UnsafeRawSpan(); !errors.Is(err, ErrValue) {
			t.Errorf("%s: %d bytes, %v", name, len(span), err)
		}
	}
	ok(t, a.SetWriteable(false))
	_, err := a.RawSpan()
	wantErr(t, err, ErrReadOnly)
	if span, err := a.UnsafeRawSpan(); err != nil || len(span) != 24 {
		t.Error(err)
	}
	ok(t, a.Release())
	_, err = a.UnsafeRawSpan()
	wantErr(t, err, ErrClosed)
	if span, err := Zeros(dtype.Int8, 0).RawSpan(); err != nil || len(span) != 0 {
		t.Error(err)
	}
}

func TestReleaseEndsEveryHeader(t *testing.T) {
	a := Arange(1000).Copy() // Arange's own block has had a raw slice
	view, flat := a.Reshape(10, 100), a.Slice(Step(-1))
	other := Zeros(dtype.Int64, 1000)
	ok(t, a.Release())
	ok(t, a.Release())
	fresh := Full(dtype.Int64, 7, 1000) // takes the block
	if fresh.DataPtr() != a.DataPtr() {
		t.Error("the block was not reused")
	}
	for name, f := range map[string]func(){
		"At":          func() { a.At[int64](0) },
		"Set":         func() { a.Set(1, 0) },
		"Data":        func() { a.Data[int64]() },
		"Slice":       func() { view.Slice(I(0)) },
		"view's At":   func() { view.At[int64](0, 0) },
		"All":         func() { values[int64](flat) },
		"Lanes":       func() { view.Lanes[int64](0) },
		"operand":     func() { other.Add(a) },
		"in place":    func() { view.Add(1, Out(view)) },
		"assign from": func() { other.Assign(a) },
		"assign to":   func() { a.Assign(other) },
		"index":       func() { a.Index("1:3") },
		"sum":         func() { view.Sum(Axis(0)) },
		"ufunc":       func() { Sin.Call(a) },
		"where":       func() { other.Add(1, Where(a.AsType(dtype.Bool))) },
		"concatenate": func() { Concatenate([]*Array{other, a}) },
		"mean":        func() { a.Mean() },
		"Scalar":      func() { a.Slice(To(1)).Item[int64]() },
	} {
		if err := Try(f); !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if fresh.At[int64](999) != 7 {
		t.Error("the new array was written through the old one")
	}
}

// stillFine are the methods that read the header alone, or answer with an error.
var stillFine = map[string]bool{
	"Shape": true, "Strides": true, "Dim": true, "NDim": true, "Size": true, "Len": true, "DType": true, "ItemSize": true,
	"NBytes": true, "Base": true, "Buffer": true, "Offset": true, "DataPtr": true, "Flags": true, "Writeable": true,
	"Aligned": true, "OwnData": true, "SetWriteable": true, "Memory": true, "Stale": true, "Release": true, "ClassName": true,
	"String": true, "Repr": true, "Format": true, "GoString": true, // a closed array still prints as what it is
	"Real": true, "AtLeast1D": true, "AtLeast2D": true, "Diff": true, // return the array itself here
}

// Every method that needs no argument, or whose arguments can be made up, refuses
// a released array.
func TestEveryMethodRefusesAReleasedArray(t *testing.T) {
	make1 := func() *Array { return Arange(6).Reshape(2, 3).AsType(dtype.Float64) }
	arg := func(typ reflect.Type) (reflect.Value, bool) {
		switch typ {
		case reflect.TypeFor[*Array]():
			return reflect.ValueOf(make1()), true
		case reflect.TypeFor[dtype.DType]():
			return reflect.ValueOf(dtype.Float64), true
		case reflect.TypeFor[string]():
			return reflect.ValueOf(":"), true
		case reflect.TypeFor[int](), reflect.TypeFor[bool](), reflect.TypeFor[float64]():
			return reflect.Zero(typ), true
		case reflect.TypeFor[[]int]():
			return reflect.ValueOf([]int{0}), true
		}
		return reflect.Value{}, false
	}
	typ, tried, closed := reflect.TypeFor[*Array](), 0, 0
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		if stillFine[m.Name] {
			continue
		}
		a := make1()
		ok(t, a.Release())
		in := []reflect.Value{reflect.ValueOf(a)}
		usable := true
		n := m.Type.NumIn()
		if m.Type.IsVariadic() {
			n--
		}
		for k := 1; k < n && usable; k++ {
			v, ok := arg(m.Type.In(k))
			in, usable = append(in, v), ok
		}
		if !usable {
			continue
		}
		tried++
		err := func() (err error) {
			defer func() {
				if r := recover(); r != nil {
					var isErr bool
					if err, isErr = r.(error); !isErr {
						err = fmt.Errorf("panic: %v", r)
					}
				}
			}()
			for _, out := range m.Func.Call(in) {
				if e, isErr := out.Interface().(error); isErr {
					return e
				}
			}
			return nil
		}()
		if errors.Is(err, ErrClosed) {
			closed++
		} else if _, refused := err.(*Error); !refused { // a few look at the made-up arguments first
			t.Errorf("%s on a released array: %v", m.Name, err)
		}
	}
	if tried < 60 || closed < tried*9/10 {
		t.Errorf("%d methods tried, %d say ErrClosed", tried, closed)
	}
}

func TestAllNoticesReleaseInTheLoop(t *testing.T) {
	a := Arange(100)
	n := 0
	err := Try(func() {
		for range a.All[int64]() {
			if n++; n == 5 {
				a.Release()
			}
		}
	})
	if !errors.Is(err, ErrClosed) || n != 5 {
		t.Error(err, n)
	}
}

func TestScopeGivesTheSameBlocksAgain(t *testing.T) {
	var s Scope
	x := Linspace(0, 1, 20000)
	var places []uintptr
	for range 3 {
		y := s.Temp(x.Multiply(2))
		z := s.Temp(y.Add(1))
		s.Temp(z.Slice(To(5))) // a view: not the scope's
		places = append(places, y.DataPtr())
		if s.Len() != 2 || z.At[float64](0) != 1 {
			t.Fatal(s.Len())
		}
		s.Release()
		wantErr(t, Try(func() { z.At[float64](0) }), ErrClosed)
	}
	if places[1] != places[0] || places[2] != places[0] {
		t.Error("fresh blocks every turn", places)
	}
	if x.At[float64](-1) != 1 {
		t.Error("the operand was released")
	}
	if s.Temp(Of([]float64{1})); s.Len() != 0 {
		t.Error("a Go slice is no temporary")
	}
}

func TestLiveReportNamesArrays(t *testing.T) {
	defer buffer.Trace(buffer.Trace(true))
	a := Zeros(dtype.Uint8, 7654321)
	i := slices.IndexFunc(buffer.Live(), func(l buffer.LiveBlock) bool { return l.Bytes == 7654321 })
	if i < 0 || !strings.Contains(buffer.Live()[i].Place, "memory_test.go") {
		t.Error(buffer.LiveReport())
	}
	ok(t, a.Release())
}

func BenchmarkScope(b *testing.B) {
	x := Zeros(dtype.Float64, 1<<20)
	var s Scope
	for b.Loop() {
		s.Temp(x.Add(1))
		s.Release()
	}
}

func BenchmarkNoScope(b *testing.B) {
	x := Zeros(dtype.Float64, 1<<20)
	for b.Loop() {
		x.Add(1)
	}
}

// A bare slice cannot be ended: of a file that may shrink or be closed, only what
// says Unsafe gives one.
func TestNoBareSliceOfAFile(t *testing.T) {
	a := fileOf(Zeros(dtype.Uint8, 4, 4))
	if a == nil {
		t.Skip("no maps here")
	}
	if s, given := a.Data[uint8](); given || s != nil {
		t.Error("Data of a mapped file")
	}
	if _, err := a.RawSpan(); !errors.Is(err, ErrValue) {
		t.Error(err)
	}
	if _, err := a.AsGray(); !errors.Is(err, ErrValue) {
		t.Error(err)
	}
	s, given := a.UnsafeData[uint8]()
	if span, err := a.UnsafeRawSpan(); !given || len(s) != 16 || err != nil || &span[0] != &s[0] {
		t.Error(given, len(s), err)
	}
}
