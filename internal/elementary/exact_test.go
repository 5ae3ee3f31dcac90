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

var ofComplex = map[string]func(x, y float64) (float64, float64){
	"ComplexSqrt": ComplexSqrt, "ComplexExp": ComplexExp, "ComplexExp2": ComplexExp2, "ComplexExpm1": ComplexExpm1,
	"ComplexLog": ComplexLog, "ComplexLog2": ComplexLog2, "ComplexLog10": ComplexLog10, "ComplexLog1p": ComplexLog1p,
	"ComplexSin": ComplexSin, "ComplexCos": ComplexCos, "ComplexTan": ComplexTan, "ComplexAsin": ComplexAsin,
	"ComplexAcos": ComplexAcos, "ComplexAtan": ComplexAtan, "ComplexSinh": ComplexSinh, "ComplexCosh": ComplexCosh,
	"ComplexTanh": ComplexTanh, "ComplexAsinh": ComplexAsinh, "ComplexAcosh": ComplexAcosh, "ComplexAtanh": ComplexAtanh,
}

// loadExact reads testdata/exact.json.gz, or the denser file that ND_EXACT names:
// rows of numbers by function.
func loadExact(t *testing.T) map[string][][]float64 {
	t.Helper()
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
	rows := map[string][][]float64{}
	for name, list := range doc {
		for _, r := range list {
			var v []float64
			for _, w := range strings.Fields(r) {
				b, err := strconv.ParseUint(w, 16, 64)
				if err != nil {
					t.Fatal(err)
				}
				v = append(v, math.Float64frombits(b))
			}
			rows[name] = append(rows[name], v)
		}
	}
	if len(rows) != len(one)+len(two)+len(ofComplex) {
		t.Errorf("%d functions in the file, want %d", len(rows), len(one)+len(two)+len(ofComplex))
	}
	return rows
}

// TestExact holds every real function, and each part of every complex one, to
// 0.501 units in the last place of the true value.
func TestExact(t *testing.T) {
	for name, rows := range loadExact(t) {
		worst, at := -1.0, []float64(nil)
		note := func(e float64, v ...float64) {
			if !(e <= worst) {
				worst, at = e, v
			}
		}
		for _, v := range rows {
			n := len(v)
			switch {
			case ofComplex[name] != nil:
				re, im := ofComplex[name](v[0], v[1])
				note(max(ulps(re, v[2], v[3]), ulps(im, v[4], v[5])), v[0], v[1], re, v[2], im, v[4])
			case n == 3:
				got := one[name](v[0])
				note(ulps(got, v[1], v[2]), v[0], got, v[1])
			default:
				got := two[name](v[0], v[1])
				note(ulps(got, v[2], v[3]), v[0], v[1], got, v[2])
			}
		}
		t.Logf("%-12s %.4f ulp over %d arguments", name, worst, len(rows))
		if !(worst <= 0.501) {
			t.Errorf("%s: %.4f ulp; arguments, results and truths: %v", name, worst, at)
		}
	}
}
