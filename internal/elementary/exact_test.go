package elementary

import (
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

var one = map[string]func(float64) float64{
	"Exp": Exp, "Exp2": Exp2, "Expm1": Expm1, "Log": Log, "Log2": Log2, "Log10": Log10, "Log1p": Log1p,
	"Sin": Sin, "Cos": Cos, "Tan": Tan, "Asin": Asin, "Acos": Acos, "Atan": Atan, "Sinh": Sinh, "Cosh": Cosh,
	"Tanh": Tanh, "Asinh": Asinh, "Acosh": Acosh, "Atanh": Atanh, "Cbrt": Cbrt,
}

var two = map[string]func(x, y float64) float64{"Atan2": Atan2, "Hypot": Hypot, "Pow": Pow}

// ulps returns how far got is from hi + lo in units of the last place of hi.
func ulps(got, hi, lo float64) float64 {
	if got == hi && math.Abs(lo) == 0 {
		return 0
	}
	ulp := math.Nextafter(math.Abs(hi), math.Inf(1)) - math.Abs(hi)
	if math.IsInf(ulp, 0) {
		ulp = 0x1p971
	}
	return math.Abs((got-hi)/ulp - lo/ulp)
}

// TestExact holds every function to 0.51 units in the last place of the true
// value; ND_EXACT may name a denser file made by testdata/exact.py.
func TestExact(t *testing.T) {
	path := "testdata/exact.json.gz"
	if p := os.Getenv("ND_EXACT"); p != "" {
		path = p
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string][]string
	if err := json.NewDecoder(z).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if len(doc) != len(one)+len(two) {
		t.Errorf("%d functions in the file, want %d", len(doc), len(one)+len(two))
	}
	for name, rows := range doc {
		worst, at := -1.0, ""
		for _, r := range rows {
			var v []float64
			for _, w := range strings.Fields(r) {
				b, err := strconv.ParseUint(w, 16, 64)
				if err != nil {
					t.Fatal(err)
				}
				v = append(v, math.Float64frombits(b))
			}
			var got float64
			n := len(v)
			if n == 3 {
				got = one[name](v[0])
			} else {
				got = two[name](v[0], v[1])
			}
			if e := ulps(got, v[n-2], v[n-1]); !(e <= worst) {
				worst, at = e, strings.TrimSpace(strings.Join([]string{f64(v[0]), f64(got), f64(v[n-2])}, " "))
				if n == 4 {
					at = f64(v[0]) + " " + f64(v[1]) + " " + f64(got) + " " + f64(v[n-2])
				}
			}
		}
		t.Logf("%-6s %.4f ulp over %d arguments", name, worst, len(rows))
		if !(worst <= 0.51) {
			t.Errorf("%s: %.4f ulp; arguments, result, truth: %s", name, worst, at)
		}
	}
}

func f64(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
