package nd

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// TestNumbersAsText holds the text of numbers against NumPy 2.4.6, and reads it back.
func TestNumbersAsText(t *testing.T) {
	raw, err := os.ReadFile("testdata/text_casts.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden map[string][2]json.RawMessage
	if err := json.Unmarshal(raw, &golden); err != nil {
		t.Fatal(err)
	}
	for name, c := range golden {
		var bits []uint64
		var want []string
		if err := json.Unmarshal(c[0], &bits); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(c[1], &want); err != nil {
			t.Fatal(err)
		}
		dt := parseDType(t, name)
		w := dt.ItemSize()
		if dt.IsComplex() {
			w /= 2
		}
		words := Of(bits).AsType(parseDType(t, "u"+strconv.Itoa(w)))
		a := newArray(words.buf, dt, layout.Layout{Shape: []int{len(want)}, Strides: []int{dt.ItemSize()}}, 0, nil)
		text := a.AsType(dtype.Str(0))
		for i := range want {
			one := text.Slice(I(i))
			if got := loop.ReadText(one.ptr(), one.dtype); got != want[i] {
				t.Errorf("%s %x: %s, want %s", name, bits[i], got, want[i])
			}
		}
		if !text.AsType(dt).ArrayEqual(a, true) {
			t.Errorf("%s: the text does not give the numbers back", name)
		}
	}
}

// TestCastsEveryLayout casts between all kinds in all layouts.
func TestCastsEveryLayout(t *testing.T) {
	to := append([]dtype.DType{dtype.Bytes(8), dtype.Str(9)}, numericDTypes...)
	for _, from := range numericDTypes {
		a := operands(from, 24, 2).Reshape(2, 3, 4)
		for _, dt := range to {
			want := a.AsType(dt)
			for _, l := range layouts(a) {
				for _, swapped := range []bool{false, true} {
					d := dt
					if swapped {
						d = dt.Swapped()
					}
					got := l.array.AsType(d)
					if texts(got) != texts(want) {
						t.Fatalf("%s (%s) to %s: %s, want %s", from, l.name, d, texts(got), texts(want))
					}
					into := layouts(want)[3].array
					into.Assign(l.array)
					if texts(into) != texts(want) {
						t.Fatalf("%s (%s) into stepped %s: %s, want %s", from, l.name, d, texts(into), texts(want))
					}
				}
			}
		}
	}
}
