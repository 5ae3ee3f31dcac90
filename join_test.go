package nd

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// joinCase is what testdata/join.py wrote.
type joinCase struct {
	Op     string
	Arrays []struct {
		Shape, Perm []int
		DType       string
	}
	Args struct {
		Axis, Mode         any
		Reps, Shifts, Axes []int
		Places, Shape      []int
		Width              [][2]int
	}
	Result *struct {
		Shape, Strides []int
		DType, Hex     string
	}
	Error string
}

// arrays builds the operands: an arange in memory order, seen transposed.
func (c *joinCase) arrays(t *testing.T) (out []*Array) {
	for _, s := range c.Arrays {
		dt, err := dtype.Parse(s.DType)
		if err != nil {
			t.Fatal(err)
		}
		inner := make([]int, len(s.Perm))
		for k, p := range s.Perm {
			inner[k] = s.Shape[p]
		}
		n := layout.Size(inner)
		nums := make([]int64, n)
		for i := range nums {
			nums[i] = int64(i % 100)
		}
		a := Empty(dt, inner...)
		if n > 0 {
			copyInto("test", a, Of(nums).reshaped(inner))
		}
		lay := layout.Layout{Shape: s.Shape, Strides: make([]int, len(s.Perm))}
		for k, p := range s.Perm {
			lay.Strides[p] = denseStrides(C, inner, dt.ItemSize())[k] // what reshape gives, empty or not
		}
		out = append(out, newArray(a.buf, dt, lay, OwnData|Writeable, nil))
	}
	return out
}

func (c *joinCase) run(a []*Array) *Array {
	axis := 0
	if f, ok := c.Args.Axis.(float64); ok {
		axis = int(f)
	}
	switch c.Op {
	case "concatenate":
		return Concatenate(a, Axis(axis))
	case "stack":
		return Stack(a, Axis(axis))
	case "vstack":
		return VStack(a)
	case "hstack":
		return HStack(a)
	case "dstack":
		return DStack(a)
	case "column_stack":
		return ColumnStack(a)
	case "tile":
		return a[0].Tile(c.Args.Reps...)
	case "repeat":
		reps := make([]int64, len(c.Args.Reps))
		for i, r := range c.Args.Reps {
			reps[i] = int64(r)
		}
		return a[0].Repeat(Of(reps), Axis(axis))
	case "roll":
		return a[0].RollAxes(c.Args.Shifts, c.Args.Axes)
	case "roll_flat":
		return a[0].Roll(2)
	case "delete":
		return Delete(a[0], axis, c.Args.Places...)
	case "insert":
		v := a[1]
		if len(c.Args.Places) == 1 {
			v = v.reshaped0()
		}
		return Insert(a[0], axis, c.Args.Places, v)
	case "pad":
		mode := slices.Index([]any{"constant", "edge", "reflect", "symmetric", "wrap"}, c.Args.Mode)
		return Pad(a[0], c.Args.Width, PadMode(mode), 0)
	case "resize":
		return Resize(a[0], c.Args.Shape...)
	}
	panic("unknown operation " + c.Op)
}

func TestJoinsLikeNumPy(t *testing.T) {
	littleEndian(t)
	text, err := os.ReadFile("testdata/join.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []joinCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 700 {
		t.Fatalf("only %d cases", len(cases))
	}
	for i, c := range cases {
		t.Run(fmt.Sprintf("%d_%s", i, c.Op), func(t *testing.T) {
			a := c.arrays(t)
			var r *Array
			err := Try(func() { r = c.run(a) })
			if c.Error != "" {
				var e *Error
				if !errors.As(err, &e) || e.Msg != c.Error {
					t.Fatalf("%+v %+v: got %v, want %q", c.Arrays, c.Args, err, c.Error)
				}
				return
			}
			if err != nil {
				t.Fatalf("%+v %+v: %v", c.Arrays, c.Args, err)
			}
			if !slices.Equal(r.lay.Shape, c.Result.Shape) || r.dtype.TypeStr() != c.Result.DType {
				t.Fatalf("%+v %+v: %v %v, want %v %v", c.Arrays, c.Args, r.lay.Shape, r.dtype, c.Result.Shape, c.Result.DType)
			}
			for k, n := range r.lay.Shape {
				if n > 1 && r.Size() > 0 && r.lay.Strides[k] != c.Result.Strides[k] {
					t.Errorf("%+v %+v: strides %v, want %v", c.Arrays, c.Args, r.lay.Strides, c.Result.Strides)
					break
				}
			}
			flat := r.Copy(C)
			if got := hex.EncodeToString(flat.buf.UnsafeBytes()[:flat.NBytes()]); got != c.Result.Hex {
				t.Errorf("%+v %+v: %s, want %s", c.Arrays, c.Args, got, c.Result.Hex)
			}
		})
	}
}

// The output may hold operands, in any place: each is joined as it was before the call.
func TestConcatenateIntoOperands(t *testing.T) {
	for axis := range 2 {
		a := Arange(36).Reshape(6, 6)
		if axis == 1 {
			a = a.T()
		}
		parts := []*Array{a.along("", axis, From(2)), a.along("", axis, To(1)), a.along("", axis, R(1, 2))}
		want := Concatenate(parts, Axis(axis))
		if Concatenate(parts, Axis(axis), Out(a)); !a.ArrayEqual(want) {
			t.Errorf("axis %d: %v, not %v", axis, a, want)
		}
	}
	a := Of([]float64{5, 1, 9, 3}).Reshape(2, 2)
	want := a.Ptp(Axis(0))
	if got := a.Ptp(Axis(0), Out(a.Slice(I(0)))); !got.ArrayEqual(want) {
		t.Errorf("ptp: %v, not %v", got, want)
	}
}
