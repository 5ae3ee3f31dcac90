package nd

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// orderOfJSON reads the value of optimize in einsum_path.json.gz.
func orderOfJSON(v any) (o EinsumOrder) {
	switch v := v.(type) {
	case bool:
		o.Rule = "all"
	case string:
		o.Rule = v
	case []any:
		if v[0] == "limit" {
			o.Rule, o.Limit = v[1].(string), int(v[2].(float64))
			if o.Limit == 0 {
				o.Limit = -1
			}
			break
		}
		o.Path = [][]int{}
		for _, step := range v[1:] {
			var at []int
			for _, i := range step.([]any) {
				at = append(at, int(i.(float64)))
			}
			o.Path = append(o.Path, at)
		}
	}
	return o
}

// TestEinsumPathAgainstNumPy compares paths, reports and messages.
func TestEinsumPathAgainstNumPy(t *testing.T) {
	f, err := os.Open("testdata/einsum_path.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Subscripts    string
		Shapes        [][]int
		Optimize      any
		Path          [][]int
		Report, Error string
	}
	if err := json.NewDecoder(z).Decode(&cases); err != nil || len(cases) < 500 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, c := range cases {
		var operands []*Array
		for _, shape := range c.Shapes {
			operands = append(operands, Zeros(dtype.Bool).BroadcastTo(shape...))
		}
		var path [][]int
		var report string
		msg := message(func() { path, report = EinsumPath(c.Subscripts, operands, orderOfJSON(c.Optimize)) })
		want := c.Error
		if c.Optimize == "best" && want != "" {
			want = "Path name best not found" // NumPy's has the name beside it
		}
		if msg != want {
			t.Errorf("%q %v %v: says %q, want %q", c.Subscripts, c.Shapes, c.Optimize, msg, want)
			continue
		}
		if msg == "" && (fmt.Sprint(path) != fmt.Sprint(c.Path) || report != c.Report) {
			t.Errorf("%q %v %v: %v\n%s\nwant %v\n%s", c.Subscripts, c.Shapes, c.Optimize, path, report, c.Path, c.Report)
		}
	}
}

// TestEinsumFollowsItsPath compares the items with those of the products in the order
// that the path tells.
func TestEinsumFollowsItsPath(t *testing.T) {
	a, b, c := Arange(6).Reshape(2, 3), Arange(12).Reshape(3, 4), Arange(8).Reshape(4, 2)
	path, _ := EinsumPath("ij,jk,kl->il", []*Array{a, b, c}, EinsumOrder{})
	if want := [][]int{{1, 2}, {0, 1}}; !reflect.DeepEqual(path, want) {
		t.Errorf("path %v, want %v", path, want)
	}
	if got, want := texts(Einsum("ij,jk,kl->il", a, b, c)), texts(a.MatMul(b.MatMul(c))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestEinsumPathEllipsis: the letters are the last that are free.
func TestEinsumPathEllipsis(t *testing.T) {
	_, report := EinsumPath("...zi,i...j", []*Array{Zeros(dtype.Bool, 5, 2, 3), Zeros(dtype.Bool, 3, 5, 4)}, EinsumOrder{})
	const want = "  Complete contraction:  yzi,iyj->yjz\n"
	if report[:len(want)] != want {
		t.Errorf("%s\nwant %s", report, want)
	}
}
