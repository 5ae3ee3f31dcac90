package calc

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// treeSetup is what random trees compute with: arrays of several dtypes, views,
// numbers, and values whose use is seen.
const treeSetup = `
import numpy as np
log = []
a = np.arange(12) * 0.5 - 2
b = np.array([[3.0, -1, 0, 2, 5, -7, 1, 1e300, np.nan, 4, np.inf, 0.25]])
c = a.reshape(12, 1)[::-1]
f = a.astype('f4')
h = a.astype('f2')
i = np.arange(12) - 5
u = np.arange(12, dtype='u1') * 20
m = i > 0
z = np.exp(1j * a)
w = a.astype('>f8')
wrong = np.zeros(5)
t = np.array(['x'] * 12)
d = np.array(3.5)
s = np.float32(1.5)
class Spy:
    def __repr__(self): return 'spy'
    def __add__(self, x): log.append(('add', str(x))); a[0] += 1; return x + 1
    def __radd__(self, x): log.append(('radd', str(x))); kept.append(x); return x
    def __mul__(self, x): a[1] = 9; return 2
    def __rmul__(self, x): a[1] = 8; return 2
    def __array__(self, dtype=None, copy=None): log.append('array'); i[0] = 77; return np.array(i)
kept = []
spy = Spy()
def poke():
    log.append('poke'); a[2] = 100; i[3] = -9; return 3
def boom():
    raise KeyError('boom')
`

// treeGrammar makes random trees.
type treeGrammar struct{ *rand.Rand }

func (g treeGrammar) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g treeGrammar) tree(depth int) string {
	if depth == 0 || g.IntN(9) == 0 {
		switch g.IntN(30) {
		case 0:
			return g.pick("poke()", "spy", "boom()", "kept", "[1] * 12", "(1, 2)", "undefined", "wrong", "t", "None", "2**70")
		case 1, 2:
			return g.pick("a[::-1]", "c.T", "a[:]", "b[0]", "a[1]", "i[None]", "a.copy()", "a.tolist()", "b[0][::1]", "np.pi", "z.real", "d", "s")
		case 3, 4, 5, 6:
			return g.pick("2", "3.5", "-1", "0", "2j", "True", "300", "s")
		}
		return g.pick("a", "a", "a", "b", "c", "f", "h", "i", "i", "u", "m", "z", "w")
	}
	x := func() string { return g.tree(depth - 1) }
	switch g.IntN(24) {
	case 0:
		return g.pick("-", "+", "~", "abs", "-") + "(" + x() + ")"
	case 1, 2:
		return "(" + x() + " " + g.pick("<", ">=", "==", "!=", ">") + " " + x() + ")"
	case 3, 4:
		return "np." + g.pick("sqrt", "exp", "absolute", "negative", "square", "sin", "logical_not", "isnan", "floor") + "(" + x() + ")"
	case 5, 6:
		return "np." + g.pick("add", "maximum", "minimum", "power", "hypot", "multiply", "logical_and", "matmul", "divmod", "copysign") + "(" + x() + ", " + x() + ")"
	case 7:
		return "(" + x() + ")." + g.pick("sum", "mean", "max", "min", "any", "all", "prod", "var", "std", "argmax", "cumsum") + "(" +
			g.pick("", "", "", "0", "axis=0", "axis=1", "axis=-1", "keepdims=True", "axis=(0, 1)", "poke()", "dtype='f4'", "0, keepdims=True", "axis=None", "7") + ")"
	case 8:
		return "np." + g.pick("sum", "mean", "max", "amin", "any", "prod", "std", "argmin", "median") + "(" + x() + g.pick("", "", ", 0", ", axis=0", ", axis=-1, keepdims=True", ", axis=9", ", out=None") + ")"
	case 9:
		return "(" + x() + ")" + g.pick("**2", "**-1", "**0.5", "**i", "**3", "%3", "//2", "@c", "[1:]", ".T", "[0]", ".reshape(-1)", ".copy()", "<<1", "&m")
	case 10:
		return g.pick("run(lambda: ", "same(") + x() + ")"
	case 11:
		return "np.where(" + x() + ", " + x() + ", " + x() + ")"
	}
	return "(" + x() + " " + g.pick("+", "-", "*", "/", "+", "*", "-", "**", "&", "|") + " " + x() + ")"
}

// TestTreesRandom holds trees of arithmetic that are put off and whose terms are
// given back against the plain evaluation: values, dtypes, strides, errors, and
// the order of effects.
func TestTreesRandom(t *testing.T) {
	defer func(items, bytes int) { lazyItems, freeBytes = items, bytes }(lazyItems, freeBytes)
	const calls = "\ndef same(x): return x\ndef run(g): return g()\n"
	plain, tried := New(Limits{}), New(Limits{})
	answer := func(in *Interp, code string, items, bytes int) string {
		lazyItems, freeBytes = items, bytes
		if _, err := in.Run(treeSetup+calls, nil); err != nil {
			t.Fatal(err)
		}
		r, err := in.Run(code, nil)
		text, bad := r.Repr()
		if err != nil {
			text = err.Error()
		} else if bad != nil {
			t.Fatalf("%s: %v", code, bad)
		}
		state, err := in.Run("(type(r).__name__, getattr(r, 'dtype', 0), getattr(r, 'strides', 0), a, i, log, kept)", nil)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		seen, err := state.Repr()
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		return text + "\n" + seen
	}
	errors, n := 0, 1000
	if testing.Short() {
		n = 200
	}
	if more, err := strconv.Atoi(os.Getenv("ND_SEEDS")); err == nil {
		n = more
	}
	for seed := range n {
		g := treeGrammar{rand.New(rand.NewPCG(uint64(seed), 5))}
		code := "r = 0\nr = " + g.tree(1+g.IntN(4)) + "\nr"
		if g.IntN(6) == 0 {
			code = "r = 0\nr = np." + g.pick("add", "power", "less", "matmul") + "(" + g.tree(2) + ", " + g.tree(2) + ", out=" + g.pick("a", "a", "i", "b", "None", "kept") + ")\nr"
		}
		if g.IntN(6) == 0 {
			x := g.pick("a", "a", "i", "b", "u", "z", "c.T", "a[::-1]", "kept", "m")
			code = "r = 0\n" + x + " " + g.pick("+", "-", "*", "/", "**", "@", "&") + "= " + g.tree(3) + "\nr = " + x + "\nr"
		}
		want := answer(plain, code, 1<<60, 1<<60)
		got := answer(tried, code, 1+12*(seed&1), 1)
		if got != want {
			t.Fatalf("seed %d: %s\nplain: %s\ntried: %s", seed, code, want, got)
		}
		if strings.Contains(want, "Error") {
			errors++
		}
	}
	t.Logf("%d of %d programs raised an error", errors, n)
}

// TestTreesAreTried proves that the common chains make one pass: their terms never
// become arrays.
func TestTreesAreTried(t *testing.T) {
	in := New(Limits{})
	if _, err := in.Run("a = np.arange(100000.0); b = a + 1; c = a - 3; d = a * 2; x = a.reshape(100, 1000)", nil); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"2*a + 3*b*c - d", "(a*b + c).sum()", "((a - b)**2).sum()", "np.sqrt(a*a + b*b)", "np.mean(a*b - c)", "(a*b > c).any()",
		"((x - x[0])**2).mean(axis=1)", "-(a + b) * c[::-1]", "np.exp(-a/2) + 1", "np.add(a*b, c, out=d)", "d += a*b + c"} {
		used := in.used
		if _, err := in.Run(code, nil); err != nil {
			t.Fatal(err)
		}
		if spent := in.used - used; spent > 900_000+int64(16*len(code)) {
			t.Errorf("%s: %d bytes were asked for", code, spent)
		}
	}
}

func BenchmarkTree(b *testing.B) {
	for _, n := range []int{1000, 100_000, 1_000_000} {
		in := New(Limits{})
		if _, err := in.Run(fmt.Sprintf("a = np.arange(%d.0); b = a + 1; c = a - 3; d = a * 2", n), nil); err != nil {
			b.Fatal(err)
		}
		for _, code := range []string{"2*a + 3*b*c - d", "((a - b)**2).sum()"} {
			for _, items := range []int{1 << 60, 1 << 15} {
				b.Run(fmt.Sprintf("%s/%d/from=%d", code, n, items), func(b *testing.B) {
					defer func(n int) { lazyItems = n }(lazyItems)
					lazyItems = items
					for b.Loop() {
						if _, err := in.Run(code, nil); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

// TestLoopsAllocateLittle counts the objects of an operation on few items in a loop: the
// result, its value, numbers that become operands.
func TestLoopsAllocateLittle(t *testing.T) {
	const times = 1000
	for _, c := range []struct {
		code string
		most float64
	}{
		{"c = a*2 + b", 11}, {"c = a + b", 5}, {"c = a[3] + 1", 10}, {"c = a > 3", 7}, {"a += 1", 7},
	} {
		in := New(Limits{})
		if _, err := in.Run("import numpy as np\na = np.arange(10.0); b = a + 1", nil); err != nil {
			t.Fatal(err)
		}
		code := fmt.Sprintf("for i in range(%d):\n    %s", times, c.code)
		n := testing.AllocsPerRun(5, func() {
			if _, err := in.Run(code, nil); err != nil {
				t.Fatal(err)
			}
		})
		if n /= times; n > c.most {
			t.Errorf("%s: %.1f objects, want at most %.0f", c.code, n, c.most)
		}
	}
}
