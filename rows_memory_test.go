package nd

import (
	"slices"
	"testing"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Rows S1 to S8 and S21: how memory is looked at. docs/rows.md lists every row.

// int32s returns n counting int32 items, the seeds' array.
func int32s(n int) *Array { return ArangeAs(dtype.Int32, n) }

func wantText(t testing.TB, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func wantInts(t testing.TB, what string, got []int, want ...int) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s %v, want %v", what, got, want)
	}
}

// wantPanic runs f and compares the error that it panics with.
func wantPanic(t testing.TB, f func(), kind error, message string) {
	t.Helper()
	err := Try(f)
	wantErr(t, err, kind)
	if e, ok := err.(*Error); ok && e.Msg != message {
		t.Errorf("message %q, want %q", e.Msg, message)
	}
}

func TestS1ArrayAndBlockAreTwoThings(t *testing.T) {
	a := int32s(12).Reshape(3, 4)
	b := a.Reshape(4, 3)
	if b == a || b.DataPtr() != a.DataPtr() || b.Buffer() != a.Buffer() {
		t.Error("a view is not another header over the same block")
	}
	if c := a.Copy(); c.DataPtr() == a.DataPtr() || c.Buffer() == a.Buffer() {
		t.Error("a copy has no block of its own")
	}
}

// sys.getsizeof counts the block for its owner only: 20 bytes here, 0 for views.
func TestS2OwnedViewedPinned(t *testing.T) {
	a := int32s(5)
	for _, c := range []struct {
		name string
		a    *Array
		want Memory
	}{
		{"a", a, Memory{20, 20, 20, buffer.Heap}},
		{"a[1:]", a.Slice(From(1)), Memory{0, 16, 20, buffer.Heap}},
		{"a.reshape(1, 5)", a.Reshape(1, 5), Memory{0, 20, 20, buffer.Heap}},
	} {
		if got := c.a.Memory(); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestS3NBytesIsSizeTimesItemSize(t *testing.T) {
	for _, c := range []struct {
		name                 string
		a                    *Array
		size, item, bytes, k int
	}{
		{"five int32", int32s(5), 5, 4, 20, 20},
		{"broadcast", Arange(3).BroadcastTo(2, 3), 6, 8, 48, 24},
		{"no items", Zeros(dtype.Float64, 0, 7), 0, 8, 0, 0},
		{"no axes", Scalar(int16(1)), 1, 2, 2, 2},
		{"every other", int32s(10).Slice(Step(2)), 5, 4, 20, 40},
	} {
		if c.a.Size() != c.size || c.a.ItemSize() != c.item || c.a.NBytes() != c.bytes || c.a.Memory().Pinned != c.k {
			t.Errorf("%s: size %d, item %d, bytes %d, %+v", c.name, c.a.Size(), c.a.ItemSize(), c.a.NBytes(), c.a.Memory())
		}
	}
}

// ctypes.data is the address of item [0, …, 0], not of the block.
func TestS5DataPtrIsTheFirstItem(t *testing.T) {
	b := int32s(12).Reshape(4, 3)
	if d := b.Slice(R(1, 3), All); d.DataPtr()-b.DataPtr() != 12 {
		t.Error("b[1:3,:] is at", d.DataPtr()-b.DataPtr())
	}
	a := int32s(7)
	r := a.Slice(Step(-1))
	if r.DataPtr()-a.DataPtr() != 6*4 {
		t.Error("a[::-1] is at", r.DataPtr()-a.DataPtr())
	}
	if lo, hi := r.ByteBounds(); lo != a.DataPtr() || hi != a.DataPtr()+28 {
		t.Error("the bounds of a[::-1] are not those of the block")
	}
}

// buffer_info of a growable block: the address and the number of items.
func TestS6GrowingInfo(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{})
	ok(t, g.AppendItems(1.0, 2.0, 3.0))
	if v := g.View(); g.Len() != 3 || v.Len() != 3 || v.DataPtr() == 0 || v.Memory().Viewed != 24 {
		t.Error(g.Len(), v.Memory())
	}
	if g.Cap() < g.Len() {
		t.Error("capacity", g.Cap())
	}
}

// The two ids that seed 000 sees in turn are those of boxed scalars. Items do not
// move: their addresses step by the item size.
func TestS7ItemsStepByTheirSize(t *testing.T) {
	a := int32s(5)
	for i := range a.Len() {
		if got := a.Slice(R(i, i+1)).DataPtr() - a.DataPtr(); got != uintptr(4*i) {
			t.Errorf("item %d is at %d", i, got)
		}
	}
}

// An iterated item is a value that keeps the dtype; changing it leaves a alone.
func TestS8IteratedItemsAreValues(t *testing.T) {
	a := int32s(3)
	for i, v := range a.All[int32]() {
		v += 100
		if v != int32(100+i) {
			t.Error(i, v)
		}
	}
	if s := Scalar(a.At[int32](1)); s.DType() != dtype.Int32 || s.NDim() != 0 {
		t.Error(s.DType())
	}
	wantText(t, a.String(), "[0 1 2]")
}

// A list holds pointers, an array values: types with pointers are refused.
func TestS21ValuesNotPointers(t *testing.T) {
	if _, err := dtype.Of[*int32](); err == nil {
		t.Error("a pointer is an item")
	}
	s := []float64{1, 2, 3}
	a := Of(s)
	if s[1] = 20; a.At[float64](1) != 20 || a.NBytes() != 24 {
		t.Error(a)
	}
}
