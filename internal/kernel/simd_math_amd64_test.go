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

// exactValues are arguments and true values of a function: truth = hi + lo.
type exactValues struct{ x, y, hi, lo []float64 }

// readExact reads the reference values, of ND_EXACT if that names a denser file.
func readExact(t *testing.T) map[Op]exactValues {
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
	out := map[Op]exactValues{}
	for name, rows := range doc {
		op, ok := exactOps[name]
		if !ok { // complex functions have a test of their own
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
		if len(v[3]) == 0 {
			v = [4][]float64{v[0], nil, v[1], v[2]}
		}
		out[op] = exactValues{v[0], v[1], v[2], v[3]}
	}
	return out
}

// worst64 returns the largest error of the float64 loop. The low part of a
// subnormal truth cannot be written down: those are held to 1, and left out.
func worst64(t *testing.T, op Op, v exactValues) float64 {
	n := len(v.x)
	got := make([]float64, n)
	d, x := unsafe.Pointer(&got[0]), unsafe.Pointer(&v.x[0])
	if v.y != nil {
		tables[op].Find(kF64, kF64).Binary(d, x, unsafe.Pointer(&v.y[0]), n)
	} else {
		tables[op].Find(kF64).Unary(d, x, n)
	}
	worst := 0.0
	for i := range got {
		e := ulps(got[i], v.hi[i], v.lo[i])
		if !(e < ulpBound || e <= 1 && math.Abs(v.hi[i]) < 0x1p-1022) {
			t.Fatalf("%v: %.4f units; arguments %v, result %v, truth %v", op, e, v.x[i], got[i], v.hi[i])
		}
		if math.Abs(v.hi[i]) >= 0x1p-1022 {
			worst = max(worst, e)
		}
	}
	return worst
}

// worst32 returns the largest error of the float32 loop at the arguments rounded
// to float32, against the Go loop in float64.
func worst32(t *testing.T, op Op, v exactValues) float64 {
	n := len(v.x)
	var narrow [2][]float32
	var wide [2][]float64
	for i, a := range [][]float64{v.x, v.y} {
		narrow[i], wide[i] = make([]float32, n), make([]float64, n)
		for j := range a {
			narrow[i][j] = float32(a[j])
			wide[i][j] = float64(narrow[i][j])
		}
	}
	got, want := make([]float32, n), make([]float64, n)
	d, w, x, wx := unsafe.Pointer(&got[0]), unsafe.Pointer(&want[0]), unsafe.Pointer(&narrow[0][0]), unsafe.Pointer(&wide[0][0])
	if v.y != nil {
		tables[op].Find(kF32, kF32).Binary(d, x, unsafe.Pointer(&narrow[1][0]), n)
		twin(op, tables[op].Find(kF64, kF64)).Binary(w, wx, unsafe.Pointer(&wide[1][0]), n)
	} else {
		tables[op].Find(kF32).Unary(d, x, n)
		twin(op, tables[op].Find(kF64)).Unary(w, wx, n)
	}
	worst := 0.0
	for i := range got {
		near := float32(want[i])
		if got[i] == near || got[i] != got[i] && near != near {
			if math.Abs(want[i]) < math.MaxFloat32 && math.Abs(want[i]) > 0x1p-126 {
				worst = max(worst, math.Abs(float64(got[i])-want[i])/spacing32(near))
			}
			continue
		}
		e := math.Abs(float64(got[i])-want[i]) / spacing32(near)
		if !(e < ulpBound) {
			t.Fatalf("%v float32: %.4f units; argument %v, result %v, truth %v", op, e, narrow[0][i], got[i], want[i])
		}
		worst = max(worst, e)
	}
	return worst
}

func spacing32(x float32) float64 {
	if x < 0 {
		x = -x
	}
	return float64(math.Nextafter32(x, math.MaxFloat32) - x)
}

// TestVectorFunctionsAreAccurate holds the functions of every level to the true
// values. With ND_ACCURACY it writes the table of docs/accuracy.md to that file;
// see docs/accuracy.sh.
func TestVectorFunctionsAreAccurate(t *testing.T) {
	values := readExact(t)
	var doc strings.Builder
	levels := []Level{LevelGo}
	if BestLevel() == LevelAVX512 {
		levels = append(levels, LevelAVX2, LevelAVX512)
	}
	defer SetLevel(CurrentLevel())
	for op := Op(0); op < NumOps; op++ {
		v, ok := values[op]
		if !ok {
			continue
		}
		fmt.Fprintf(&doc, "| %v | %d |", op, len(v.x))
		for _, l := range levels {
			SetLevel(l)
			fmt.Fprintf(&doc, " %.3f | %.3f |", worst64(t, op, v), worst32(t, op, v))
		}
		doc.WriteString("\n")
	}
	t.Logf("\n%s", doc.String())
	if p := os.Getenv("ND_ACCURACY"); p != "" && len(levels) == 3 {
		text := `# Accuracy of the elementary functions

The largest error that was found, in units of the last place of the true value,
over as many arguments as the second column says: uniform, of every magnitude,
and near the points where functions are hard to compute. 0.5 is the nearest
number. The truth is mpmath's to 400 bits (float64), and the plain Go function
in float64 (float32). Written by docs/accuracy.sh.

The loops of float32 are also walked through all patterns in small steps, and
those of two arguments over random pairs (ND_STEP=37 go test -run Float32Functions
./internal/kernel): below 1 unit.

Subnormal results are within 1 unit. Where a level has no loop of its own, and for
arguments that the vector loops leave aside, the Go functions run, which are the
same on every machine.

| function | arguments | float64, Go | float32, Go | float64, AVX2 | float32, AVX2 | float64, AVX-512 | float32, AVX-512 |
|---|---|---|---|---|---|---|---|
` + doc.String()
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
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
				e := v.entry()
				k := e.Out[0]
				size, osize := itemSizes[v.kind], itemSizes[k]
				name := fmt.Sprintf("%v %s", v.op, letters[v.kind])
				compare := func(how string, d, w []byte, n int) {
					for i := range n {
						if msg := nearby(k, d[i*osize:], w[i*osize:]); msg != "" {
							t.Errorf("%s%s n=%d: item %d of % x and % x: %s", name, how, n, i, in.last(n * size)[i*size:][:size], in2.last(n * size)[i*size:][:size], msg)
							return
						}
					}
				}
				hardItems(in, v.kind, r)
				hardItems(in2, v.kind, r)
				for _, n := range lengths() {
					a := [3]unsafe.Pointer{first(in.last(n * size)), first(in2.last(n * size))}
					whole := out.last(n*osize + 128)
					for i := range whole {
						whole[i] = 0xaa
					}
					d, w := whole[128:], want[:n*osize]
					runEntry(e, [2]unsafe.Pointer{first(d)}, a, n)
					runEntry(twin(v.op, e), [2]unsafe.Pointer{first(w)}, a, n)
					compare("", d, w, n)
					for _, b := range whole[:128] {
						if b != 0xaa {
							t.Fatalf("%s n=%d: wrote before the result", name, n)
						}
					}
					if n > 0 && size == osize {
						from := (n * 5 % 64) * size
						d := out[from : from+n*size]
						copy(d, in.last(n*size))
						a[0] = first(d)
						runEntry(e, [2]unsafe.Pointer{first(d)}, a, n)
						compare(" in place", d, w, n)
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

// nearby says how got differs from want by more than one unit of the last place, in either
// part of a complex number.
func nearby(k dtype.Kind, got, want []byte) string {
	switch k {
	case kC64:
		return nearby(kF32, got, want) + nearby(kF32, got[4:], want[4:])
	case kC128:
		return nearby(kF64, got, want) + nearby(kF64, got[8:], want[8:])
	}
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
