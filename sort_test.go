package nd

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

func TestSortMessages(t *testing.T) {
	ro := Arange(3)
	ro.SetWriteable(false)
	zero := Scalar(int64(3))
	rec := Zeros(mustParse(t, "i4,f4"), 3)
	for _, c := range []struct {
		f    func()
		want string
		kind error
	}{
		{func() { ro.Sort() }, "sort array is read-only", ErrReadOnly},
		{func() { ro.Partition(1) }, "partition array is read-only", ErrReadOnly},
		{func() { zero.Sort() }, "axis -1 is out of bounds for array of dimension 0", ErrAxis},
		{func() { Partitioned(ro, 3) }, "kth(=3) out of bounds (3)", ErrValue},
		{func() { Partitioned(ro, -4) }, "kth(=-1) out of bounds (3)", ErrValue},
		{func() { Partitioned(ro, []int{0, 5}) }, "kth(=5) out of bounds (3)", ErrValue},
		{func() { Partitioned(ro, []int{}) }, "Partition index must be integer", ErrType},
		{func() { zero.ArgPartition(1) }, "kth(=1) out of bounds (1)", ErrValue},
		{func() { Zeros(dtype.Float64, 2, 3).ArgPartition(4) }, "kth(=4) out of bounds (3)", ErrValue},
		{func() { rec.Sort(ByFields("f1", "f1")) }, "duplicate field name: f1", ErrValue},
		{func() { rec.Partition(1, ByFields("x")) }, "unknown field name: x", ErrValue},
		{func() { ro.ArgSort(KeepDims()) }, "argsort() got an unexpected keyword argument 'keepdims'", ErrType},
		{func() { ro.SearchSorted(1, Stable()) }, "searchsorted() got an unexpected keyword argument 'stable'", ErrType},
		{func() { Interp(1, ro, ro, ClosedRight()) }, "interp() got an unexpected keyword argument 'right'", ErrType},
		{func() { ro.Digitize(ro, Above(1)) }, "digitize() got an unexpected keyword argument 'right'", ErrType},
	} {
		err := Try(c.f)
		if e, ok := err.(*Error); !ok || e.Msg != c.want || e.Err != c.kind {
			t.Errorf("got  %v\nwant %q", err, c.want)
		}
	}
}

func mustParse(t testing.TB, s string) dtype.DType {
	dt, err := dtype.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return dt
}

// TestPartitionLayouts: in every layout and along every axis, the places asked
// for hold what a sort puts there, split the rest, and no item is lost.
func TestPartitionLayouts(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	data := make([]float64, 3*40*2)
	for i := range data {
		data[i] = float64(r.IntN(30))
	}
	base := Of(data).Reshape(3, 40, 2)
	for _, text := range []string{"<f8", ">f8", "<i2", "<f4", "<c16", "<U4"} {
		typed := base.AsType(mustParse(t, text))
		for kind, a := range presentations(typed) {
			for axis := range 3 {
				n := a.Dim(axis)
				kth := []int{r.IntN(n) - n, r.IntN(n)}
				sorted := Sorted(a, Axis(axis))
				check := func(name string, p *Array) {
					if got := Sorted(p, Axis(axis)); !bytesEqual(got, sorted) {
						t.Fatalf("%s of %s %s: items are lost", name, text, kind)
					}
					for _, k := range kth {
						k = (k + n) % n
						at := p.along("", axis, R(k, k+1))
						if !bytesEqual(at, sorted.along("", axis, R(k, k+1))) {
							t.Errorf("%s of %s %s: place %d of axis %d", name, text, kind, k, axis)
						}
						if text == "<U4" {
							continue
						}
						if below := p.along("", axis, To(k)); !at.GreaterEqual(below).AllTrue().Item[bool]() {
							t.Errorf("%s of %s %s: greater items before place %d", name, text, kind, k)
						}
					}
				}
				check("partition", Partitioned(a, kth, Axis(axis)))
				check("argpartition", a.TakeAlongAxis(a.ArgPartition(kth, Axis(axis)), axis))
				if a.Writeable() {
					p := presentations(typed)[kind]
					p.Partition(kth, Axis(axis))
					check("in place", p)
					p.Sort(Axis(axis))
					if !bytesEqual(p, sorted) {
						t.Errorf("sort of %s %s in place along axis %d", text, kind, axis)
					}
				}
			}
		}
	}
}

func bytesEqual(a, b *Array) bool { return slices.Equal(itemBytes(a), itemBytes(b)) }

// TestSortedOrder: the copy lies in memory as the array does, the places do not.
func TestSortedOrder(t *testing.T) {
	a := Arange(24).Reshape(2, 3, 4).Transpose(2, 0, 1)
	if got := Sorted(a).Strides(); !slices.Equal(got, a.Strides()) {
		t.Error(got)
	}
	if got := a.ArgSort(Axis(0)); !got.Flags().Has(CContiguous) {
		t.Error(got.Strides())
	}
}

// TestIsInExact: int64 and uint64 have no common integer dtype.
func TestIsInExact(t *testing.T) {
	i, u := Of([]int64{1<<53 + 1, 1 << 53, -1, 7}), Of([]uint64{1 << 53, 1<<64 - 1, 7})
	if got := fmt.Sprint(IsIn(i, u), IsIn(u, i), IsIn(i, u, Inverted())); got != "[False  True False  True] [ True False  True] [ True False  True False]" {
		t.Error(got)
	}
}

func ExampleArray_Sort() {
	a := Of([][]int64{{3, 1, 2}, {9, 7, 8}})
	a.Sort()
	fmt.Println(a)
	a.Slice(All, Step(-1)).Sort() // a view sorts the array it looks into
	fmt.Println(a)
	// Output:
	// [[1 2 3]
	//  [7 8 9]]
	// [[3 2 1]
	//  [9 8 7]]
}

func ExampleArray_ArgSort() {
	age := Of([]int64{42, 34, 67})
	name := Of([]string{"Zhang", "Wang", "Li"})
	fmt.Println(name.Take(age.ArgSort()))
	// Output: ['Wang' 'Zhang' 'Li']
}

func ExampleSorted_fields() {
	type Person struct {
		Age    int32
		Weight float32
	}
	p := Of([]Person{{42, 72.5}, {34, 65.2}, {42, 60}})
	fmt.Println(Sorted(p, ByFields("Age", "Weight")))
	// Output: [(34, 65.2) (42, 60. ) (42, 72.5)]
}

func ExampleArray_Partition() {
	a := Of([]int64{7, 2, 9, 4, 4, 1})
	a.Partition(2)
	fmt.Println(a.At[int64](2)) // the third smallest
	// Output: 4
}

func ExampleLexSort() {
	surname := Of([]string{"Hertz", "Galilei", "Hertz"})
	first := Of([]string{"Heinrich", "Galileo", "Gustav"})
	fmt.Println(LexSort([]*Array{first, surname}))
	// Output: [1 2 0]
}

func ExampleArray_SearchSorted() {
	a := Of([]float64{1, 2, 2, 3})
	fmt.Println(a.SearchSorted(2), a.SearchSorted(2, SideIs(Right)))
	fmt.Println(a.SearchSorted(Of([]float64{0, 2.5, 9})))
	// Output:
	// 1 3
	// [0 3 4]
}

func ExampleUnique() {
	a := Of([][]int64{{3, 1}, {1, 3}})
	r := Unique(a, ReturnInverse(), ReturnCounts())
	fmt.Println(r.Values, r.Counts)
	fmt.Println(r.Values.Take(r.Inverse))
	// Output:
	// [1 3] [2 2]
	// [[3 1]
	//  [1 3]]
}

func ExampleIsIn() {
	fmt.Println(IsIn(Of([]int64{1, 5, 2}), Of([]int64{1, 2, 3})))
	// Output: [ True False  True]
}
