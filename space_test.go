package nd_test

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// What the corpus of the calculator cannot ask: Go numbers of several types, and
// words that name the call.
func TestSpaces(t *testing.T) {
	for _, c := range []struct{ got, want any }{
		{nd.Linspace(0, 1.5, 4), "[0.  0.5 1.  1.5]"},
		{nd.Linspace(0.0, 1.5, 4, nd.Axis(-1)), "[0.  0.5 1.  1.5]"},
		{nd.Linspace(uint8(5), int8(-5), 3), "[ 5.  0. -5.]"},
		{nd.Linspace(nd.Scalar(float32(0)), 1, 3).DType(), "float32"},
		{nd.Linspace(nd.Scalar(uint8(5)), nd.Scalar(uint8(0)), 2, nd.Endpoint(false)), "[5.  2.5]"},
		{nd.Logspace(0, 3, 4), "[   1.   10.  100. 1000.]"},
		{nd.Logspace(0, 3, 3, nd.Base(2), nd.Endpoint(false), nd.DType(dtype.Int64)), "[1 2 4]"},
		{nd.Geomspace(1, 1000, 4, nd.DType(dtype.Float32)).DType(), "float32"},
		{nd.Geomspace(nd.Of([]int{1, 2}), 16, 3, nd.Axis(-1)), "[[ 1.          4.         16.        ]\n [ 2.          5.65685425 16.        ]]"},
		{nd.Try(func() { nd.Geomspace(0, 1, 3) }), "nd: geomspace: Geometric sequence cannot include zero"},
		{nd.Try(func() { nd.Logspace(0, 1, -3) }), "nd: logspace: Number of samples, -3, must be non-negative."},
		{nd.Try(func() { nd.Geomspace(1, 2, 3, nd.Base(2)) }), "nd: geomspace: geomspace() got an unexpected keyword argument 'base'"},
	} {
		if got := fmt.Sprint(c.got); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func ExampleLogspace() {
	fmt.Println(nd.Logspace(0, 3, 4))
	fmt.Println(nd.Logspace(0, 3, 4, nd.Base(2)))
	// Output:
	// [   1.   10.  100. 1000.]
	// [1. 2. 4. 8.]
}

func ExampleGeomspace() {
	fmt.Println(nd.Geomspace(1, 256, 9))
	// Output:
	// [  1.   2.   4.   8.  16.  32.  64. 128. 256.]
}
