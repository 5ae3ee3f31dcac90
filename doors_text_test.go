package nd

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Text is written and read as Go strings.
func ExampleArray_All() {
	towns := Of([]string{"Oslo", "Rome", "Łódź", "Rome"})
	towns.Set("Wien", 0)
	for i, name := range towns.All[string]() {
		fmt.Println(i, name)
	}
	fmt.Println(towns.Equal(Scalar("Rome")), towns.At[string](-2))
	// Output:
	// 0 Wien
	// 1 Rome
	// 2 Łódź
	// 3 Rome
	// [False  True False  True] Łódź
}

func TestTextIsReadAsStrings(t *testing.T) {
	want := []string{"", "a", "żółw", "a\x00b"}
	u := Of(want)
	fields, err := dtype.Struct([]dtype.Field{{Name: "n", DType: dtype.Int8}, {Name: "s", DType: u.DType().Swapped()}})
	if err != nil {
		t.Fatal(err)
	}
	f := Zeros(fields, 4).Field("s")
	f.Assign(u)
	for name, a := range map[string]*Array{"U": u, "stepped": u.Repeat(2).Slice(Step(2)), "field, swapped": f} {
		var got []string
		for i, s := range a.All[string]() {
			if got = append(got, s); a.At[string](i) != s || a.Slice(I(i)).Item[string]() != s {
				t.Errorf("%s: item %d is %q, At and Item have %q and %q", name, i, s, a.At[string](i), a.Slice(I(i)).Item[string]())
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	b := Of([]string{"a", "bcd"}).AsType(dtype.Bytes(5))
	if b.At[string](0) != "a" || b.At[string](1) != "bcd" {
		t.Errorf("bytes: %q, %q", b.At[string](0), b.At[string](1))
	}
	for lane := range Of([][]string{{"a", "b"}, {"c", "d"}}).Lanes[string](0) {
		if len(lane) != 2 || lane[0] != "a" && lane[0] != "b" {
			t.Errorf("lane %q", lane)
		}
	}
	if s := Scalar("żółw"); s.NDim() != 0 || s.DType() != dtype.Str(4) || s.Item[string]() != "żółw" || !s.OwnData() {
		t.Errorf("%v of %s", s, s.DType())
	}
	if s, ok := u.Data[string](); ok {
		t.Errorf("Data gave %q", s)
	}
	for _, f := range []func(){
		func() { Arange(3).At[string](0) },
		func() { Arange(3).Lanes[string](0) },
		func() {
			for range Arange(3).All[string]() {
			}
		},
	} {
		wantErr(t, Try(f), ErrDType)
	}
}
