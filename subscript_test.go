package nd

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// subscriptCase is what testdata/subscript.py wrote: NumPy's answer to a
// subscript of a permuted and flipped arange.
type subscriptCase struct {
	Shape, Perm, Flip []int
	Index             []map[string]any
	Result            *struct {
		Shape, Strides []int
		Data           []int64
		OwnData        bool
	}
	Assigned []int64
	Error    []string
}

// source returns the block and the view of it that the subscript applies to.
func (c *subscriptCase) source() (raw, a *Array) {
	raw = Arange(layout.Size(c.Shape)).reshaped(c.Shape)
	lay := layout.Layout{}
	for k, p := range c.Perm {
		n, s := raw.lay.Shape[p], raw.lay.Strides[p]
		if c.Flip[k] < 0 {
			if n > 0 {
				lay.Offset += (n - 1) * s
			}
			s = -s
		}
		lay.Shape, lay.Strides = append(lay.Shape, n), append(lay.Strides, s)
	}
	return raw, raw.view(dtype.Int64, lay)
}

// ints returns the integers of a JSON list.
func ints(v any) []int {
	list, _ := v.([]any)
	out := make([]int, len(list))
	for k, v := range list {
		out[k] = int(v.(float64))
	}
	return out
}

func (c *subscriptCase) items() (index []Idx) {
	for _, it := range c.Index {
		switch {
		case it["int"] != nil:
			index = append(index, I(int(it["int"].(float64))))
		case it["newaxis"] != nil:
			index = append(index, NewAxis)
		case it["ellipsis"] != nil:
			index = append(index, Ellipsis)
		case it["slice"] != nil:
			var s layout.Item
			for k, v := range it["slice"].([]any) {
				if v == nil {
					continue
				}
				n := int(v.(float64))
				switch k {
				case 0:
					s.Start, s.HasStart = n, true
				case 1:
					s.Stop, s.HasStop = n, true
				case 2:
					s.Step, s.HasStep = n, true
				}
			}
			index = append(index, Idx{item: s})
		default:
			x := Ints(ints(it["ints"])...)
			if list, ok := it["mask"].([]any); ok {
				bools := make([]bool, len(list))
				for k, v := range list {
					bools[k] = v.(bool)
				}
				x = By(Of(bools))
			}
			if it["shape"] != nil {
				x = By(x.arr.reshaped(ints(it["shape"])))
			}
			index = append(index, x)
		}
	}
	return index
}

func TestSubscriptsLikeNumPy(t *testing.T) {
	text, err := os.ReadFile("testdata/subscript.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []subscriptCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 700 {
		t.Fatalf("only %d cases", len(cases))
	}
	for i, c := range cases {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			raw, a := c.source()
			index := c.items()
			var r *Array
			err := Try(func() { r = a.Pick(index...) })
			if c.Error != nil {
				var e *Error
				if !errors.As(err, &e) || e.Msg != c.Error[1] {
					t.Fatalf("%v of %v: got %v, want %s", c.Index, c.Shape, err, c.Error)
				}
				return
			}
			if err != nil {
				t.Fatalf("%v of shape %v: %v", c.Index, a.lay.Shape, err)
			}
			if !slices.Equal(r.lay.Shape, c.Result.Shape) {
				t.Fatalf("%v of %v: shape %v, want %v", c.Index, a.lay.Shape, r.lay.Shape, c.Result.Shape)
			}
			for k, n := range r.lay.Shape {
				if n > 1 && r.Size() > 0 && r.lay.Strides[k] != c.Result.Strides[k] {
					t.Errorf("%v of %v %v: strides %v, want %v", c.Index, a.lay.Shape, a.lay.Strides, r.lay.Strides, c.Result.Strides)
					break
				}
			}
			if r.OwnData() != c.Result.OwnData {
				t.Errorf("%v: OWNDATA %v", c.Index, r.OwnData())
			}
			data := []int64{}
			for _, v := range r.All[int64]() {
				data = append(data, v)
			}
			if !slices.Equal(data, c.Result.Data) {
				t.Errorf("%v of %v: %v, want %v", c.Index, a.lay.Shape, data, c.Result.Data)
			}
			value := ArangeAs(dtype.Float32, 1000, 1000+r.Size()).reshaped(r.lay.Shape)
			a.SetPick(value, index...)
			if got := items[int64](raw); !slices.Equal(got, c.Assigned) {
				t.Errorf("%v of %v: assigned %v, want %v", c.Index, a.lay.Shape, got, c.Assigned)
			}
		})
	}
}

// TestPickBasic holds a subscript without arrays against the view that Slice gives.
func TestPickBasic(t *testing.T) {
	a := Arange(24).Reshape(2, 3, 4).Transpose(2, 0, 1)
	for _, index := range [][]Idx{{}, {All}, {I(1)}, {Ellipsis, I(-1)}, {Step(-2), NewAxis, I(0)}, {I(3), I(1), I(2)}, {R(2, 2)}} {
		want, got := a.Slice(index...), a.Pick(index...)
		if !got.ArrayEqual(want) || got.SharesMemory(a) || !got.OwnData() {
			t.Errorf("Pick%v is %v of shape %v, want a copy of %v", index, got, got.Shape(), want)
		}
	}
	for want, index := range map[error][]Idx{ErrIndex: {I(4)}, ErrValue: {Step(0)}} {
		if err := Try(func() { a.Pick(index...) }); !errors.Is(err, want) {
			t.Errorf("Pick%v: %v, want %v", index, err, want)
		}
	}
}
