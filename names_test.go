//go:build linux

package nd_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// ownNames are the calls that bear another name than NumPy's, by that in Go.
var ownNames = map[string]string{
	"anytrue": "any", "alltrue": "all", "assignwhere": "copyto", "sorted": "sort", "partitioned": "partition",
}

// stepNames are the operations that some calls consist of, which find the dtypes that
// these cannot work on and have NumPy's words for them, their own name included.
var stepNames = map[string]string{
	"dot": "multiply", "outerproduct": "multiply ravel", "round": "rint", "trapezoid": "multiply", "ediff1d": "subtract", "gradient": "subtract", "median": "mean", "nanmedian": "mean",
	"quantile": "subtract", "nanquantile": "subtract", "percentile": "subtract", "nanpercentile": "subtract", "cov": "mean concatenate", "corrcoef": "mean concatenate",
}

// An error names the call that the program wrote, not the operation beneath it.
func TestErrorsNameTheCall(t *testing.T) {
	array, lazy, option := reflect.TypeFor[*nd.Array](), reflect.TypeFor[*nd.Lazy](), reflect.TypeFor[[]nd.Option]()
	closed := nd.Arange(1000)
	closed.Release()
	wrong := map[string][]nd.Option{
		"nothing": nil, "axis": {nd.Axis(9)}, "axis twice": {nd.Axis(0, 0)}, "dtype": {nd.DType(dtype.MustParse("V3"))},
		"out": {nd.Out(nd.Zeros(dtype.Float64, 7, 7))}, "where": {nd.Where(nd.Zeros(dtype.Bool, 7))},
	}
	calls := 0
	for _, e := range exported {
		f := reflect.ValueOf(e.f)
		ft := f.Type()
		if ft.NumIn() == 0 || ft.In(0) != array && ft.In(0) != lazy || !ft.IsVariadic() || ft.In(ft.NumIn()-1) != option || !strings.HasPrefix(e.name, "nd.") {
			continue
		}
		name := strings.ToLower(e.name[strings.LastIndexByte(e.name, '.')+1:])
		if own, ok := ownNames[name]; ok {
			name = own
		}
		for _, a := range []*nd.Array{nd.Arange(3), nd.Of([]string{"a", "b"}), closed} {
			if a == closed && ft.In(0) == lazy {
				continue // Lazy refuses it
			}
			for what, opts := range wrong {
				err := nd.Try(func() {
					in := []reflect.Value{reflect.ValueOf(a)}
					if ft.In(0) == lazy {
						in[0] = reflect.ValueOf(a.Lazy())
					}
					for i := 1; i < ft.NumIn()-1; i++ {
						v := reflect.Zero(ft.In(i))
						switch ft.In(i) {
						case array:
							v = reflect.ValueOf(nd.Arange(3))
						case lazy:
							v = reflect.ValueOf(nd.Arange(3).Lazy())
						}
						in = append(in, v)
					}
					f.CallSlice(append(in, reflect.ValueOf(opts)))
				})
				if err == nil {
					continue
				}
				calls++
				if op := strings.ReplaceAll(err.(*nd.Error).Op, "_", ""); op != name && !strings.Contains(stepNames[name], op) {
					t.Errorf("%s of %s with wrong %s: %v", e.name, a.DType(), what, err)
				}
			}
		}
	}
	if calls < 500 {
		t.Errorf("only %d calls were refused", calls)
	}
}
