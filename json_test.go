package nd

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

func ExampleArray_MarshalJSON() {
	text, err := json.Marshal(map[string]any{"mean": Arange(6).Reshape(2, 3).Mean(Axis(0))})
	fmt.Printf("%s %v\n", text, err)
	var rows [][]float64
	err = json.Unmarshal([]byte("[[1, 2.5], [3, 4]]"), &rows)
	fmt.Println(Of(rows).Sum(), err)
	// Output:
	// {"mean":[1.5,2.5,3.5]} <nil>
	// 10.5 <nil>
}

func TestMarshalJSON(t *testing.T) {
	type point struct {
		Name [4]byte
		At   [2]float32
		Seen bool
	}
	a := Arange(12).Reshape(3, 4)
	for want, x := range map[string]*Array{
		"[[0,1,2,3],[4,5,6,7],[8,9,10,11]]": a,
		"[[2,10],[0,8]]":                    a.Slice(Step(2), Step(2)).T().Slice(Step(-1)),
		"5":                                 Scalar(int8(5)),
		"[18446744073709551615]":            Of([]uint64{math.MaxUint64}),
		"[[],[]]":                           Zeros(dtype.Float64, 2, 0),
		"[]":                                Zeros(dtype.Float64, 0, 2),
		"[0.1,-0,1e-07,1000000,1e+21]":      Of([]float64{0.1, math.Copysign(0, -1), 1e-7, 1e6, 1e21}),
		"[0.1,16777216]":                    Of([]float32{0.1, 1 << 24}),
		"[0.099975586]":                     Of([]float16.Float16{float16.FromFloat64(0.1)}),
		"[1,-2]":                            Of([]int32{1, -2}).AsType(dtype.Int32.Swapped()),
		"[true,false]":                      Of([]bool{true, false}),
		`["a","b\"é"]`:                      Of([]string{"a", "b\"é"}),
		`[{"Name":"ab","At":[1,2.5],"Seen":true}]`: Of([]point{{[4]byte{'a', 'b'}, [2]float32{1, 2.5}, true}}),
		`{"Name":"","At":[0,0],"Seen":false}`:      Scalar(point{}),
	} {
		got, err := json.Marshal(x)
		if string(got) != want || err != nil {
			t.Errorf("got %s (%v), want %s", got, err, want)
		}
		var back any
		if err := json.Unmarshal(got, &back); err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
	gone := Ones(dtype.Float64, 3)
	gone.Release()
	for want, x := range map[error]*Array{
		ErrValue:  Of([]float64{1, math.NaN()}),
		ErrDType:  Of([]complex128{1}),
		ErrClosed: gone,
	} {
		if got, err := json.Marshal(x); !errors.Is(err, want) {
			t.Errorf("got %s (%v), want %v", got, err, want)
		}
	}
}
