package nd

import (
	"runtime"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Gradient and Trapezoid of many items give what the first of them give in a short array.
func TestFusedDifferences(t *testing.T) {
	const n = 4 * lazyLeast
	for _, k := range []string{"<f8", ">f4", "<c16", "<i4", "u1"} {
		wide := Arange(2 * n).Multiply(37).Remainder(101).AsType(dtype.MustParse(k))
		for _, a := range []*Array{wide.Slice(To(n)), wide.Slice(Step(2)), wide.Slice(To(n)).Flip()} {
			short := a.Slice(To(lazyLeast / 2))
			inner := To(lazyLeast/2 - 1)
			for _, steps := range []*Array{asArray(2), asArray(2.5), Arange(n)} {
				part := steps
				if steps.NDim() > 0 {
					part = steps.Slice(To(lazyLeast / 2))
				}
				got, want := Gradient(a, Steps(steps))[0], Gradient(short, Steps(part))[0]
				if got.DType() != want.DType() || !got.Slice(inner).ArrayEqual(want.Slice(inner)) {
					t.Errorf("gradient of %s by %v", k, part)
				}
			}
			rows := a.Reshape(4, lazyLeast)
			for i := range 4 {
				// Sums of few and of many rows take the same way.
				x := rows.Slice(I(i))
				want := x.Slice(From(1)).Add(x.Slice(To(-1))).Multiply(1.0).Divide(2.0).Sum()
				if got := rows.Trapezoid().Slice(I(i)); got.DType() != want.DType() || !got.ArrayEqual(want) {
					t.Errorf("trapezoid of %s: %v, want %v", k, got, want)
				}
				w := Arange(lazyLeast).Add(1)
				want = x.Multiply(w.AsType(commonDType("", []*Array{x, w}))).Sum().Divide(w.Sum())
				if got := rows.Average(w, Axis(1)).Slice(I(i)); !got.IsClose(want, Tolerances{Relative: 1e-6}).Item[bool]() {
					t.Errorf("average of %s: %v, want %v", k, got, want)
				}
			}
		}
	}
}

// TestDiffGivesBack: what Diff makes on its way is taken again by the next call.
func TestDiffGivesBack(t *testing.T) {
	if raceEnabled {
		t.Skip("the detector drops what is pooled")
	}
	const n, calls = 50_000, 40
	a := Arange(float64(n))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range calls {
		if d := a.Diff(3, PrependIs(0.0)); d.Len() != n-2 {
			t.Fatal(d)
		}
	}
	runtime.ReadMemStats(&after)
	if took, result := after.TotalAlloc-before.TotalAlloc, uint64(calls*n*8); took > 2*result {
		t.Errorf("%d bytes were allocated, the results have %d", took, result)
	}
}
