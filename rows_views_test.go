package nd

import (
	"runtime"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Rows S55 to S67: copies, views, in place, flags.

func TestS55AssignmentSharesTheObject(t *testing.T) {
	a := Of([]int64{1, 2, 3, 4})
	b := a
	p := a.DataPtr()
	b.Add(1, Out(b))
	if b != a || a.DataPtr() != p {
		t.Error("in place made another block")
	}
	wantText(t, a.String(), "[2 3 4 5]")
}

func TestS56SliceInPlace(t *testing.T) {
	a := Of([]int64{1, 2, 3, 4})
	b := a.Slice(R(1, 3))
	b.Add(1, Out(b))
	wantText(t, a.String(), "[1 3 4 4]")
	wantText(t, b.String(), "[3 4]")
}

func TestS57OutOfPlace(t *testing.T) {
	a := Of([]int64{1, 2, 3, 4})
	b := a.Add(1)
	if b.SharesMemory(a) || !b.OwnData() {
		t.Error("b = b + 1 shares memory")
	}
	wantText(t, a.String(), "[1 2 3 4]")
	wantText(t, b.String(), "[2 3 4 5]")
}

// In place over equal dtypes needs no block: the few bytes that it takes do not
// grow with the array.
func TestS58InPlaceTakesNoBlock(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage changes what escapes")
	}
	bytesOf := func(n int) uint64 {
		a := Zeros(dtype.Float64, n)
		a.Add(1, Out(a)) // warm
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 10 {
			a.Add(1, Out(a))
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	// Scratch may come and go (the race detector drops pooled blocks at random);
	// one copy of the array would be 8 MiB.
	if got := bytesOf(1 << 20); got > 1<<20 {
		t.Errorf("ten a += 1 over 8 MiB took %d bytes", got)
	}
}

func TestS59InPlaceCastingRule(t *testing.T) {
	a := Of([]int64{1, 2})
	wantPanic(t, func() { a.Add(1.5, Out(a)) }, ErrCasting,
		"Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'")
	wantText(t, a.String(), "[1 2]")
}

func TestS60Dot(t *testing.T) {
	c := Of([][]int64{{1, 2}, {3, 4}}).Dot(Of([][]int64{{5, 6}, {7, 8}}))
	wantText(t, c.String(), "[[19 22]\n [43 50]]")
	if c.DType() != dtype.Int64 {
		t.Error(c.DType())
	}
}

// The flags are facts, not functions: a Flags value is a copy, and only WRITEABLE
// can be switched, on the array.
func TestS61FlagsAreFacts(t *testing.T) {
	a := int32s(4)
	f := a.Flags()
	f &^= CContiguous | Aligned | Writeable
	if g := a.Flags(); !g.CArray() || !g.Has(CContiguous|FContiguous|OwnData|Aligned|Writeable) || f == g {
		t.Error(g)
	}
	a.Strides()[0] = 99
	wantInts(t, "strides", a.Strides(), 4)
}

func TestS62ReadOnlyMessages(t *testing.T) {
	a := Of([]int64{1, 2, 3, 4})
	ok(t, a.SetWriteable(false))
	wantPanic(t, func() { a.Set(5, 0) }, ErrReadOnly, "assignment destination is read-only")
	wantPanic(t, func() { a.Slice(To(1)).Assign(5) }, ErrReadOnly, "assignment destination is read-only")
	wantPanic(t, func() { a.Add(1, Out(a)) }, ErrReadOnly, "output array is read-only")
	wantText(t, a.String(), "[1 2 3 4]")
}

// WRITEABLE belongs to the header.
func TestS63ScopeOfWriteable(t *testing.T) {
	a := Of([]int64{1, 2, 3}).Copy()
	before := a.Slice(All)
	ok(t, a.SetWriteable(false))
	before.Set(10, 0) // a view taken earlier still writes
	after := a.Slice(All)
	if after.Writeable() || a.At[int64](0) != 10 {
		t.Error("a view taken later is writeable")
	}
	err := after.SetWriteable(true) // a view of a read-only base
	wantErr(t, err, ErrReadOnly)
	if e, ok := err.(*Error); !ok || e.Msg != "cannot set WRITEABLE flag to True of this array" {
		t.Error(err)
	}
	ok(t, a.SetWriteable(true)) // the owner itself
	if after.Writeable() {
		t.Error("the owner's flag changed a view's")
	}
	ok(t, after.SetWriteable(true))
	s, err := FromString("abcd", dtype.Uint8) // an immutable exporter
	ok(t, err)
	if s.Writeable() || s.SetWriteable(true) == nil {
		t.Error("a string became writeable")
	}
}

// Blocks are freed when nobody can reach them, or at once by Release; a released
// array never shows another's data.
func TestS64ReleaseIsExplicit(t *testing.T) {
	a := Zeros(dtype.Float64, 1000)
	v := a.Slice(To(10))
	ok(t, a.Release())
	wantErr(t, Try(func() { v.At[float64](0) }), ErrClosed)
	wantErr(t, Try(func() { a.Add(1) }), ErrClosed)
}

// The retention trap that the seed does not name: one item pins eight million bytes.
func TestS65SmallViewPinsItsBase(t *testing.T) {
	v := Zeros(dtype.Float64, 1000000).Slice(To(1))
	if m := v.Memory(); m.Pinned != 8e6 || m.Viewed != 8 || m.Owned != 0 {
		t.Errorf("%+v", m)
	}
	if m := v.Compact().Memory(); m.Pinned != 8 || m.Owned != 8 {
		t.Errorf("compact: %+v", m)
	}
}

// viewOrCopy is the matrix of rows S66 and S67 for a C-contiguous (3, 4) array.
var viewOrCopy = []struct {
	name string
	view bool
	f    func(a *Array) *Array
}{
	{"a[1:3, ::2]", true, func(a *Array) *Array { return a.Index("1:3, ::2") }},
	{"a[::-1]", true, func(a *Array) *Array { return a.Slice(Step(-1)) }},
	{"a[1]", true, func(a *Array) *Array { return a.Slice(I(1)) }},
	{"a[None]", true, func(a *Array) *Array { return a.ExpandDims(0) }},
	{"a.view()", true, func(a *Array) *Array { return a.View(a.DType()) }},
	{"a.view('u1')", true, func(a *Array) *Array { return a.View(dtype.Uint8) }},
	{"a.T", true, func(a *Array) *Array { return a.T() }},
	{"a.swapaxes(0, 1)", true, func(a *Array) *Array { return a.SwapAxes(0, 1) }},
	{"a.reshape(4, 3)", true, func(a *Array) *Array { return a.Reshape(4, 3) }},
	{"a.ravel()", true, func(a *Array) *Array { return a.Ravel() }},
	{"np.diagonal(a)", true, func(a *Array) *Array { return a.Diagonal(0) }},
	{"a.squeeze()", true, func(a *Array) *Array { return a.Squeeze() }},
	{"np.broadcast_to(a, (2, 3, 4))", true, func(a *Array) *Array { return a.BroadcastTo(2, 3, 4) }},
	{"np.split(a, 2, 1)[1]", true, func(a *Array) *Array { return a.Split(2, 1)[1] }},
	{"a.T.reshape(12)", false, func(a *Array) *Array { return a.T().Reshape(12) }},
	{"a.T.ravel()", false, func(a *Array) *Array { return a.T().Ravel() }},
	{"a.copy()", false, func(a *Array) *Array { return a.Copy() }},
	{"a.flatten()", false, func(a *Array) *Array { return a.Flatten() }},
	{"a[[0, 2]]", false, func(a *Array) *Array { return a.Pick(Ints(0, 2)) }},
	{"a[a >= 0]", false, func(a *Array) *Array { return a.Pick(By(a.GreaterEqual(0))) }},
	{"a.take([0, 1])", false, func(a *Array) *Array { return a.Take(Of([]int64{0, 1})) }},
	{"a.repeat(2)", false, func(a *Array) *Array { return a.Repeat(2) }},
	{"a.astype('i4')", false, func(a *Array) *Array { return a.AsType(dtype.Int32) }},
	{"a + 0", false, func(a *Array) *Array { return a.Add(0) }},
}

func TestS66ViewOrCopy(t *testing.T) {
	for _, c := range viewOrCopy {
		a := int32s(12).Reshape(3, 4)
		if v := c.f(a); v.SharesMemory(a) != c.view {
			t.Errorf("%s: view is %t", c.name, !c.view)
		}
	}
}

func TestS67ViewsWriteThroughCopiesDoNot(t *testing.T) {
	for _, c := range viewOrCopy {
		a := int32s(12).Reshape(3, 4)
		v := c.f(a)
		if !v.Writeable() { // diagonal and broadcast_to are read-only views
			a.Fill(-1)
			if v.CountNonzero(AllAxes()).Item[int64]() != int64(v.Size()) {
				t.Errorf("%s does not see writes", c.name)
			}
			continue
		}
		before := a.Copy()
		v.Fill(77)
		if a.ArrayEqual(before) == c.view {
			t.Errorf("%s: a is\n%v", c.name, a)
		}
	}
}
