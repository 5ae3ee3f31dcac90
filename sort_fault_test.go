package nd

import (
	"errors"
	"os"
	"runtime"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Sorting, searching and counting items of a map whose file was truncated
// reports a fault.
func TestSortSurvivesAFault(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	const n = 1 << 16
	buf, path := mapOf(t, n)
	over := func(dt dtype.DType) *Array {
		a, err := Over(buf, dt, []int{n / 8}, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a, f, swapped := over(dtype.Int64), over(dtype.Float64), over(dtype.Int64.Swapped())
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	small := Arange(3)
	for name, work := range map[string]func(){
		"Sort":         func() { a.Sort() },
		"Sort >":       func() { swapped.Sort() },
		"Sorted":       func() { Sorted(f) },
		"ArgSort":      func() { a.ArgSort() },
		"ArgSort >":    func() { swapped.ArgSort() },
		"Partition":    func() { f.Partition(3) },
		"ArgPartition": func() { f.ArgPartition(3) },
		"LexSort":      func() { LexSort([]*Array{a, f}) },
		"SearchSorted": func() { a.SearchSorted(1) },
		"needles":      func() { small.SearchSorted(a) },
		"Sorter":       func() { Zeros(dtype.Int64, n/8).SearchSorted(1, Sorter(a)) },
		"Unique":       func() { Unique(a) },
		"inverse":      func() { Unique(f, ReturnInverse()) },
		"slices":       func() { Unique(a.Reshape(-1, 8), Axis(0)) },
		"IsIn":         func() { IsIn(small, a) },
		"Intersect1D":  func() { Intersect1D(a, small) },
		"Median":       func() { f.Median() },
		"NanMedian":    func() { f.NanMedian() },
		"Quantile":     func() { f.Quantile(0.5) },
		"Digitize":     func() { small.Digitize(f) },
		"BinCount":     func() { BinCount(a) },
		"Histogram":    func() { Histogram(f, 3) },
		"edges":        func() { Histogram(small, f) },
		"Diff":         func() { f.Diff(1) },
		"Gradient":     func() { Gradient(f) },
		"Interp":       func() { Interp(1.0, f, f) },
		"Trapezoid":    func() { f.Trapezoid() },
		"Cov":          func() { Cov(f, nil) },
	} {
		if err := Try(work); !errors.Is(err, ErrFault) {
			t.Errorf("%s: %v, want a fault", name, err)
		}
	}
}
