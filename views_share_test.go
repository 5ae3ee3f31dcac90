package nd

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

func TestSharesMemory(t *testing.T) {
	x := Zeros(dtype.Int8, 4, 5, 6)
	rec := viewBases["t"]
	row := Arange(6).Reshape(2, 3)
	for _, c := range []struct {
		name        string
		a, b        *Array
		may, shares bool
	}{
		{"itself", x, x, true, true},
		{"a copy", x, x.Copy(), false, false},
		{"steps that meet", x.Index(":, ::2, ::3"), x.Index(":, ::3, ::2"), true, true},
		{"even and odd", x.Index("..., ::2"), x.Index("..., 1::2"), true, false},
		{"two columns", row.Index(":, 0"), row.Index(":, 2"), true, false},
		{"two fields", rec.Field("age"), rec.Field("w"), true, false},
		{"a field and its records", rec.Field("age"), rec, true, true},
		{"two views of several fields", rec.Fields("age"), rec.Fields("w"), true, true}, // items keep their size
		{"no items", x.Slice(To(0)), x, false, false},
		{"rows apart", row.Slice(I(0)), row.Slice(I(1)), false, false},
		{"a copy that has a base", row, row.T().Reshape(-1), false, false},
		{"a reversed view", row, row.Flip(), true, true},
	} {
		if got := c.a.MayShareMemory(c.b); got != c.may {
			t.Errorf("%s: MayShareMemory %v", c.name, got)
		}
		for _, got := range []bool{c.a.SharesMemory(c.b), c.b.SharesMemory(c.a)} {
			if got != c.shares {
				t.Errorf("%s: SharesMemory %v", c.name, got)
			}
		}
	}
	// Seed row S48: a base does not tell a copy.
	if c := row.T().Reshape(-1); c.Base() == nil || c.OwnData() || c.Base().SharesMemory(row) {
		t.Error("the copy of a reshape hangs on a base of its own")
	}
	err := Try(func() { x.SharesMemory(x.Slice(I(0)), 0) })
	if !errors.Is(err, ErrTooHard) || err.(*Error).Msg != "Exceeded max_work" {
		t.Error(err)
	}
}

// The answers for random strides and bounds are NumPy's, where it gives up too.
func TestSharesMemoryGolden(t *testing.T) {
	text, err := os.ReadFile("testdata/shares.golden")
	if err != nil {
		t.Fatal(err)
	}
	block, err := buffer.Make(4000)
	if err != nil {
		t.Fatal(err)
	}
	ints := func(s string) (v []int) {
		for part := range strings.SplitSeq(strings.TrimSuffix(s, ";"), ",") {
			if n, err := strconv.Atoi(part); err == nil {
				v = append(v, n)
			}
		}
		return v
	}
	seen := map[string]int{}
	for line := range strings.Lines(string(text)) {
		w := strings.Fields(line)
		if len(w) != 10 {
			t.Fatalf("%d words: %s", len(w), line)
		}
		over := func(w []string) *Array {
			a, err := Over(block, dtype.Void(ints(w[3])[0]), ints(w[0]), ints(w[1]), ints(w[2])[0])
			if err != nil {
				t.Fatal(line, err)
			}
			return a
		}
		a, b, work := over(w), over(w[4:]), ints(w[8])
		answer := func(f func(*Array, ...int) bool) (s string) {
			s = "F"
			if err := Try(func() {
				if f(b, work...) {
					s = "T"
				}
			}); errors.Is(err, ErrTooHard) {
				s = "H"
			} else if err != nil {
				t.Error(err)
			}
			return s
		}
		if got := answer(a.SharesMemory) + answer(a.MayShareMemory); got != w[9] {
			t.Errorf("%s, want %s: %s", got, w[9], line)
		}
		seen[w[9]]++
	}
	if seen["HT"] < 100 || seen["FF"] < 100 || seen["TT"] < 100 || seen["FT"] < 10 {
		t.Error(seen)
	}
	wantErr(t, Try(func() { Arange(3).SharesMemory(Arange(3), -3) }), ErrValue)
}

func TestByteBounds(t *testing.T) {
	a := Arange(12).Reshape(3, 4)
	start := a.DataPtr()
	for _, c := range []struct {
		v        *Array
		low, end uintptr
	}{
		{a, 0, 96},
		{a.Flip(), 0, 96},
		{a.Index("1:, ::2"), 32, 88},
		{a.T().Index("::-1, 1"), 32, 64},
		{a.Slice(To(0)), 0, 0},
	} {
		low, end := c.v.ByteBounds()
		if low-start != c.low || end-start != c.end {
			t.Errorf("%v: %d, %d", c.v.lay, low-start, end-start)
		}
	}
}

func TestFieldViews(t *testing.T) {
	// Seed rows S44 to S51.
	dt := typed("{'names': ['name', 'age', 'weight', 'height'], 'formats': ['S30', '<i4', '<f4', '<f4'], 'offsets': [0, 32, 36, 40], 'itemsize': 44, 'aligned': True}")
	a := Zeros(dt, 2)
	age := a.Field("age")
	if age.Base() != a || age.Strides()[0] != 44 || age.DType() != typed("<i4") || age.Offset() != 32 {
		t.Error(age.Strides(), age.DType(), age.Offset())
	}
	copyInto("test", age, Of([]int32{32, 24}))
	two := a.Fields("age", "height")
	if two.Base() != a || !two.SharesMemory(a) {
		t.Error("several fields are a view")
	}
	if got, want := two.DType().String(), "{'names': ['age', 'height'], 'formats': ['<i4', '<f4'], 'offsets': [32, 40], 'itemsize': 44, 'aligned': True}"; got != want {
		t.Errorf("dtype %s, want %s", got, want)
	}
	packed := two.Repack()
	if packed.ItemSize() != 8 || packed.SharesMemory(a) || !packed.OwnData() {
		t.Error("Repack copies to records of 8 bytes")
	}
	if packed.Repack() != packed || age.Repack() != age {
		t.Error("without gaps Repack returns the array")
	}
	copyInto("test", two.Field("age"), Of([]int32{42, 34}))
	if a.Field("age").At[int32](0) != 42 || packed.Field("age").At[int32](0) != 32 {
		t.Error("a view writes through, a copy does not")
	}
	// A title names the field too.
	titled, err := dtype.Struct([]dtype.Field{{Name: "a", Title: "first", DType: dtype.Int32}})
	if err != nil {
		t.Fatal(err)
	}
	if v := Zeros(titled, 2).Field("first"); v.DType() != dtype.Int32 {
		t.Error(v.DType())
	}
}
