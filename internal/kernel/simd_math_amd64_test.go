package kernel

import (
	"compress/gzip"
	endian "encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// ulpBound is what the vector functions are held to, in units of the last place
// of the true value.
const ulpBound = 1.0

// exactOps are the operations by the names of the reference file, which
// package elementary's testdata/exact.py makes with mpmath.
var exactOps = map[string]Op{"Exp": Exp, "Exp2": Exp2, "Expm1": Expm1, "Log": Log, "Log2": Log2, "Log10": Log10, "Log1p": Log1p,
	"Sin": Sin, "Cos": Cos, "Tan": Tan, "Asin": Arcsin, "Acos": Arccos, "Atan": Arctan, "Sinh": Sinh, "Cosh": Cosh,
	"Tanh": Tanh, "Asinh": Arcsinh, "Acosh": Arccosh, "Atanh": Arctanh, "Cbrt": Cbrt, "Atan2": Arctan2, "Hypot": Hypot, "Pow": Power}

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

// TestVectorFunctionsAreAccurate holds the float64 functions of every level to
// the true values. ND_EXACT may name a denser file.
func TestVectorFunctionsAreAccurate(t *testing.T) {
	path := "../elementary/testdata/exact.json.gz"
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
	atLevel(t, func(t *testing.T, _ Level) {
		for name, rows := range doc {
			op, ok := exactOps[name]
			if !ok { // complex functions have no vector loops
				continue
			}
			var v [4][]float64
			for _, r := range rows {
				for i, w := range strings.Fields(r) {
					b, err := strconv.ParseUint(w, 16, 64)
					if err != nil {
						t.Fatal(err)
					}
					v[i] = append(v[i], math.Float64frombits(b))
				}
			}
			n := len(v[0])
			got := make([]float64, n)
			d, p := unsafe.Pointer(&got[0]), func(i int) unsafe.Pointer { return unsafe.Pointer(&v[i][0]) }
			two := len(v[3]) > 0
			if two {
				tables[op].Find(kF64, kF64).Binary(d, p(0), p(1), n)
			} else {
				tables[op].Find(kF64).Unary(d, p(0), n)
				v[3], v[2] = v[2], v[1]
			}
			worst, at := -1.0, 0
			for i := range got {
				if e := ulps(got[i], v[2][i], v[3][i]); !(e <= worst) {
					worst, at = e, i
				}
			}
			t.Logf("%-6s %.4f ulp over %d arguments", name, worst, n)
			// The low part of a subnormal truth cannot be written down, so that an
			// error of 0.5 to 1 counts as 1.
			if !(worst < ulpBound || worst == 1 && math.Abs(v[2][at]) < 0x1p-1022) {
				t.Errorf("%s: %.4f ulp; argument %v, result %v, truth %v", name, worst, v[0][at], got[at], v[2][at])
			}
		}
	})
}

// TestVectorFunctionsAgreeWithTwins compares with the Go loops, which are
// nearly correctly rounded: special values and zeros exactly, others to one unit
// of the last place, at all lengths, before a fence and in place.
func TestVectorFunctionsAgreeWithTwins(t *testing.T) {
	in, in2, out, want := newFence(t), newFence(t), newFence(t), make([]byte, fenceBytes)
	r := rand.New(rand.NewPCG(7, 8))
	atLevel(t, func(t *testing.T, l Level) {
		for _, loops := range families {
			for _, v := range loops {
				if !v.inexact || v.level > l {
					continue
				}
				k, size := v.kind, itemSizes[v.kind]
				kinds := [2]dtype.Kind{k, k}
				e := tables[v.op].Find(kinds[:tables[v.op].NIn]...)
				run := func(e *Entry, d, a, b unsafe.Pointer, n int) {
					if e.Unary != nil {
						e.Unary(d, a, n)
					} else {
						e.Binary(d, a, b, n)
					}
				}
				compare := func(name string, d, w []byte, n int) {
					for i := range n {
						if msg := nearby(k, d[i*size:], w[i*size:]); msg != "" {
							t.Errorf("%s: item %d of %v %v: %s", name, i, number(k, in.last(n * size)[i*size:]), number(k, in2.last(n * size)[i*size:]), msg)
							return
						}
					}
				}
				hardItems(in, k, r)
				hardItems(in2, k, r)
				for _, n := range lengths() {
					a, b := in.last(n*size), in2.last(n*size)
					whole := out.last(n*size + 128)
					for i := range whole {
						whole[i] = 0xaa
					}
					d, w := whole[128:], want[:n*size]
					run(e, first(d), first(a), first(b), n)
					run(twin(v.op, e), first(w), first(a), first(b), n)
					compare(fmt.Sprintf("%v %s n=%d", v.op, letters[k], n), d, w, n)
					for _, b := range whole[:128] {
						if b != 0xaa {
							t.Fatalf("%v %s n=%d: wrote before the result", v.op, letters[k], n)
						}
					}
					if n > 0 {
						from := (n * 5 % 64) * size
						d := out[from : from+n*size]
						copy(d, a)
						run(e, first(d), first(d), first(b), n)
						compare(fmt.Sprintf("%v %s in place n=%d", v.op, letters[k], n), d, w, n)
					}
					if t.Failed() {
						break
					}
				}
			}
		}
	})
}

func number(k dtype.Kind, b []byte) float64 {
	if k == kF32 {
		return float64(math.Float32frombits(endian.NativeEndian.Uint32(b)))
	}
	return math.Float64frombits(endian.NativeEndian.Uint64(b))
}

// nearby says how got differs from want by more than one unit of the last place.
func nearby(k dtype.Kind, got, want []byte) string {
	x, y := number(k, got), number(k, want)
	far := false
	if k == kF32 {
		a, b := float32(x), float32(y)
		far = a != b && math.Nextafter32(a, b) != b
	} else {
		far = x != y && math.Nextafter(x, y) != y
	}
	switch {
	case x != x && y != y:
		return ""
	case x != x || y != y, math.IsInf(x, 0) != math.IsInf(y, 0), math.Signbit(x) != math.Signbit(y), far:
		return fmt.Sprintf("%v, want %v", x, y)
	}
	return ""
}
