package nd

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// productCase is one line of testdata/products.json.gz; see products.py.
type productCase struct {
	Op         string
	Shapes     [][]int
	DTypes     []string
	Subscripts string
	X, Y       []int
	N          int
	Error      string
	Shape      []int
	DType      string
	Real, Imag []float64
}

// operand makes operand k as products.py does.
func (c *productCase) operand(k int) *Array {
	dt, err := dtype.Parse(c.DTypes[k])
	must("test", err)
	i := Arange(prod(c.Shapes[k]))
	x := i.Multiply(7).Add(3 * k).Remainder(11).Subtract(3)
	if dt.IsComplex() {
		x = x.Add(i.Multiply(5).Add(k).Remainder(7).Subtract(2).Multiply(1i))
	}
	if dt == dtype.Bool {
		x = x.Remainder(2)
	}
	return x.AsType(dt).Reshape(c.Shapes[k]...)
}

func (c *productCase) run(a []*Array) *Array {
	switch c.Op {
	case "einsum":
		return Einsum(c.Subscripts, a...)
	case "matmul":
		return a[0].MatMul(a[1])
	case "dot":
		return a[0].Dot(a[1])
	case "inner":
		return a[0].Inner(a[1])
	case "outer":
		return a[0].OuterProduct(a[1])
	case "vdot":
		return a[0].VDot(a[1])
	case "kron":
		return a[0].Kron(a[1])
	case "tensordot":
		return a[0].TensorDot(a[1], c.X, c.Y)
	case "power":
		return a[0].MatrixPower(c.N)
	case "multidot":
		return MultiDot(a...)
	}
	panic("no operation " + c.Op)
}

// TestProductsAgainstNumPy compares shapes, dtypes, items and messages.
func TestProductsAgainstNumPy(t *testing.T) {
	f, err := os.Open("testdata/products.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var cases []productCase
	if err := json.NewDecoder(z).Decode(&cases); err != nil || len(cases) < 1000 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	bad := 0
	for i := range cases {
		c := &cases[i]
		var a []*Array
		for k := range c.Shapes {
			a = append(a, c.operand(k))
		}
		if bad > 20 {
			t.Fatal("and so on")
		}
		var r *Array
		msg := message(func() { r = c.run(a) })
		if msg != c.Error {
			t.Errorf("%s %q %v %v: says %q, want %q", c.Op, c.Subscripts, c.Shapes, c.DTypes, msg, c.Error)
			bad++
			continue
		}
		if msg != "" {
			continue
		}
		if !slices.Equal(r.lay.Shape, c.Shape) || r.dtype.Name() != c.DType {
			t.Errorf("%s %q %v %v: %v %s, want %v %s", c.Op, c.Subscripts, c.Shapes, c.DTypes, r.lay.Shape, r.dtype, c.Shape, c.DType)
			bad++
			continue
		}
		flat := r.Ravel().AsType(dtype.Complex128)
		for j := range c.Real {
			if got := flat.At[complex128](j); got != complex(c.Real[j], c.Imag[j]) {
				t.Errorf("%s %q %v %v: item %d is %v, want %v%+vi", c.Op, c.Subscripts, c.Shapes, c.DTypes, j, got, c.Real[j], c.Imag[j])
				bad++
				break
			}
		}
	}
}

func TestEinsumViewsAndOptions(t *testing.T) {
	a := Arange(9).AsType(dtype.Float64).Reshape(3, 3)
	d := Einsum("ii->i", a)
	if !d.SharesMemory(a) {
		t.Error("a diagonal is a copy")
	}
	d.Multiply(10, Out(d))
	if got := texts(a); got != "0.0 1.0 2.0 3.0 40.0 5.0 6.0 7.0 80.0" {
		t.Errorf("through the diagonal: %s", got)
	}
	if r := Einsum("ij,j->i", a, Ones(dtype.Float64, 3)); r.Base() != nil || !r.flags.Has(OwnData|Writeable) {
		t.Error("a product does not own its block")
	}
	b := Arange(12).AsType(dtype.Float64).Reshape(3, 4)
	want := a.MatMul(b)
	out := Zeros(dtype.Float64, 3, 4)
	if r := EinsumWith("ij,jk->ik", []*Array{a, b}, Out(out)); r != out || texts(out) != texts(want) {
		t.Errorf("out: %s", texts(out))
	}
	if r := EinsumWith("ij,jk->ik", []*Array{a, b}, OrderIs(F)); !r.flags.Has(FContiguous) || texts(r) != texts(want) {
		t.Errorf("order F: %s", texts(r))
	}
	if r := EinsumWith("ij->ij", []*Array{a}, DType(dtype.Complex128)); r.DType() != dtype.Complex128 {
		t.Errorf("dtype: %s", r.DType())
	}
	for _, c := range []struct {
		opts []Option
		want string
	}{
		{[]Option{Out(Zeros(dtype.Float64, 2, 5))}, "operands could not be broadcast together with remapped shapes [original->remapped]: (3,3)->(3,newaxis,3) (3,4)->(4,3) (2,5)->(2,5,newaxis) "},
		{[]Option{Out(Zeros(dtype.Float32, 3, 4))}, "Iterator requested dtype could not be cast from dtype('float64') to dtype('float32'), the operand 2 dtype, according to the rule 'safe'"},
		{[]Option{DType(dtype.Float32)}, "Iterator operand 0 dtype could not be cast from dtype('float64') to dtype('float32') according to the rule 'safe'"},
	} {
		if got := message(func() { EinsumWith("ij,jk->ik", []*Array{a, b}, c.opts...) }); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
	if r := EinsumWith("ij,jk->ik", []*Array{a, b}, Out(Zeros(dtype.Float32, 3, 4)), Casting(dtype.SameKind)); r.DType() != dtype.Float32 || texts(r.AsType(dtype.Float64)) != texts(want) {
		t.Errorf("casting: %s", texts(r))
	}
}

// TestEinsumLayouts takes each operand in every layout.
func TestEinsumLayouts(t *testing.T) {
	a, b := Arange(24).Reshape(2, 3, 4), Arange(60).Reshape(3, 4, 5)
	want := texts(a.TensorDotN(b, 2))
	for _, la := range layouts(a) {
		for _, lb := range layouts(b) {
			if got := texts(Einsum("ijk,jkl", la.array, lb.array)); got != want {
				t.Fatalf("%s and %s: %s, want %s", la.name, lb.name, got, want)
			}
		}
	}
}

func TestEinsumLists(t *testing.T) {
	a := Arange(6).AsType(dtype.Float64).Reshape(2, 3)
	b := Arange(12).AsType(dtype.Float64).Reshape(3, 4)
	both := []*Array{a, b}
	for _, c := range []struct {
		subscripts string
		lists      [][]int
		out        []int
	}{
		{"ij,jk", [][]int{{0, 1}, {1, 2}}, nil},
		{"ij,jk->ki", [][]int{{0, 30}, {30, 51}}, []int{51, 0}},
		{"ij,jk->", [][]int{{5, 6}, {6, 7}}, []int{}},
		{"bA,Aa", [][]int{{27, 0}, {0, 26}}, nil},
		{"i...,...k->...ik", [][]int{{0, OtherAxes}, {OtherAxes, 1}}, []int{OtherAxes, 0, 1}},
	} {
		want, got := Einsum(c.subscripts, both...), EinsumLists(both, c.lists, c.out)
		if texts(got) != texts(want) || shapeText(got.Shape()) != shapeText(want.Shape()) {
			t.Errorf("%s: %v %v gives %v, want %v", c.subscripts, c.lists, c.out, got, want)
		}
	}
	for want, f := range map[string]func(){
		"subscript is not within the valid range [0, 52)":                             func() { EinsumLists(both, [][]int{{0, 52}, {1, 2}}, nil) },
		"each subscripts list may have only one ellipsis":                             func() { EinsumLists(both[:1], [][]int{{OtherAxes, OtherAxes}}, nil) },
		"2 operands have 1 subscripts lists":                                          func() { EinsumLists(both, [][]int{{0, 1}}, nil) },
		"must provide at least an operand and a subscripts list to einsum":            func() { EinsumLists(nil, nil, nil) },
		"einstein sum subscripts string includes output subscript 'B' multiple times": func() { EinsumLists(both[:1], [][]int{{0, 1}}, []int{1, 1}) },
		"dimensions in operand 0 for collapsing index 'A' don't match (2 != 3)":       func() { EinsumLists(both[:1], [][]int{{0, 0}}, nil) },
	} {
		if got := message(f); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestErrorsNameTheOperationOnce: NumPy's words about products begin with the operation.
func TestErrorsNameTheOperationOnce(t *testing.T) {
	a := Ones(dtype.Float64, 2, 3)
	want := "nd: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)"
	if err := Try(func() { a.MatMul(a) }); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if err := Try(func() { a.Add(Ones(dtype.Float64, 2)) }); err == nil || err.Error() != "nd: add: operands could not be broadcast together with shapes (2,3) (2,) " {
		t.Errorf("%v", err)
	}
}
