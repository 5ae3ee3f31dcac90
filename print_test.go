package nd_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

func ExampleArray_String() {
	fmt.Println(nd.Of([]float64{1, 20, 3, 4}))
	fmt.Println(nd.Of([][]int64{{1, 2}, {30, 4}}))
	fmt.Println(nd.Scalar(math.Nextafter(0.3, 1)))
	// Output:
	// [ 1. 20.  3.  4.]
	// [[ 1  2]
	//  [30  4]]
	// 0.30000000000000004
}

func ExampleArray_Repr() {
	fmt.Println(nd.Of([]float64{1.5, 2}).Repr())
	fmt.Println(nd.Of([]float64{1.5, math.NaN(), math.Inf(-1)}).Repr())
	fmt.Println(nd.Of([]float64{1e-5, 1}).Repr())
	fmt.Println(nd.Of([]float32{0.1, 0.2, 1. / 3}).Repr())
	fmt.Println(nd.Of([]complex128{1 + 2.5i, -3.25 - 4i}).Repr())
	fmt.Println(nd.Of([]bool{true, false}).Repr())
	fmt.Println(nd.Of([]string{"a", "it's"}).Repr())
	fmt.Println(nd.Arange(1001).Repr())
	fmt.Println(nd.Zeros(dtype.Float64, 0, 3).Repr())
	fmt.Println(nd.Scalar(1.5).Repr(), nd.Scalar(1.5).ScalarRepr())
	// Output:
	// array([1.5, 2. ])
	// array([ 1.5,  nan, -inf])
	// array([1.e-05, 1.e+00])
	// array([0.1       , 0.2       , 0.33333334], dtype=float32)
	// array([ 1.  +2.5j, -3.25-4.j ])
	// array([ True, False])
	// array(['a', "it's"], dtype='<U4')
	// array([   0,    1,    2, ...,  998,  999, 1000], shape=(1001,))
	// array([], shape=(0, 3), dtype=float64)
	// array(1.5) np.float64(1.5)
}

func ExampleArray_Format() {
	a := nd.Of([]float64{0.1, 2.5, -10})
	fmt.Printf("%v\n", a)
	fmt.Printf("%#v\n", a)
	fmt.Printf("%.3f\n", a)
	fmt.Printf("%.1v\n", nd.Of([]float64{0.125, 10}))
	fmt.Printf("%#x\n", nd.Of([]uint8{10, 255}))
	// Output:
	// [  0.1   2.5 -10. ]
	// array([  0.1,   2.5, -10. ])
	// [  0.100   2.500 -10.000]
	// [ 0.1 10. ]
	// [ 0xa 0xff]
}

func ExampleSetPrintOptions() {
	o := nd.CurrentPrintOptions()
	o.Precision, o.Suppress = 3, true
	restore := nd.SetPrintOptions(o)
	fmt.Println(nd.Of([]float64{1e-10, 2.0 / 3}))
	restore()
	fmt.Println(nd.Of([]float64{1e-10, 2.0 / 3}))
	// Output:
	// [0.    0.667]
	// [1.00000000e-10 6.66666667e-01]
}

func ExampleArray2String() {
	o := nd.DefaultPrintOptions()
	o.Separator, o.Prefix, o.LineWidth = ", ", "x = ", 14
	fmt.Println("x = " + nd.Array2String(nd.Arange(6), o))
	// Output:
	// x = [0, 1, 2,
	//      3, 4, 5]
}

func ExampleFormatFloatPositional() {
	fmt.Println(nd.FormatFloatPositional(float32(math.Pi)))
	f := nd.ShortestFloat()
	f.Precision, f.Unique = 10, false
	fmt.Println(nd.FormatFloatPositional(0.1, f))
	fmt.Println(nd.FormatFloatScientific(123456.789))
	// Output:
	// 3.1415927
	// 0.1000000000
	// 1.23456789e+05
}

type printedPoint struct {
	X int32
	Y float64
}

func TestPrintRecords(t *testing.T) {
	a := nd.Of([]printedPoint{{1, 0.1}, {20, 0.30000000000000004}})
	if got, want := a.String(), "[( 1, 0.1) (20, 0.3)]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	one := a.Slice(nd.I(1))
	if got, want := one.String(), "(20, 0.30000000000000004)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What is printed is the view's items, through any strides.
func TestPrintViews(t *testing.T) {
	a := nd.Arange(24).Reshape(2, 3, 4)
	for _, tt := range []struct {
		a    *nd.Array
		want string
	}{
		{a.Slice(nd.I(0)).T(), "[[ 0  4  8]\n [ 1  5  9]\n [ 2  6 10]\n [ 3  7 11]]"},
		{a.Slice(nd.All, nd.All, nd.I(-1)), "[[ 3  7 11]\n [15 19 23]]"},
		{a.Slice(nd.I(1), nd.Step(-2), nd.R(1, 3)), "[[21 22]\n [13 14]]"},
		{nd.Scalar(7.0).BroadcastTo(2, 2), "[[7. 7.]\n [7. 7.]]"},
	} {
		if got := tt.a.String(); got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}

func TestPrintMistakes(t *testing.T) {
	o := nd.DefaultPrintOptions()
	o.FloatMode = "short"
	for _, f := range []func(){
		func() { nd.SetPrintOptions(o) },
		func() { nd.ArrayRepr(nd.Arange(3), o) },
		func() { nd.FormatFloatPositional(1.0, nd.FloatFormat{Trim: nd.TrimNone, Precision: -2}) },
	} {
		if err := nd.Try(f); !errors.Is(err, nd.ErrValue) {
			t.Errorf("got %v", err)
		}
	}
	corners := make([]int, 20)
	for i := range corners {
		corners[i] = 7
	}
	if err := nd.Try(func() { nd.Scalar(1).BroadcastTo(corners...).Repr() }); !errors.Is(err, nd.ErrTooHard) {
		t.Errorf("6 to the power of 20 corners: %v", err)
	}
	if err := nd.Try(func() { nd.Arange(3).ScalarStr() }); !errors.Is(err, nd.ErrShape) {
		t.Errorf("got %v", err)
	}
	if got := nd.CurrentPrintOptions().FloatMode; got != "maxprec" {
		t.Errorf("a refused option took effect: %s", got)
	}
	var none *nd.Array
	if got := fmt.Sprintf("%v %.2f", none, none); got != "<nil> <nil>" {
		t.Errorf("got %s", got)
	}
}
