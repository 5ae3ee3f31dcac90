package calc

import (
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
)

// pool holds arguments of every kind, odd ones included.
var pool = []string{
	"None", "True", "0", "-1", "3", "2**63", "-2**70", "1.5", "float('nan')", "float('inf')", "2j", "''", "'a'", "'i4'", "'日本'", "b''", "b'ab'",
	"[]", "[1, 2]", "[[1], [2, 3]]", "()", "(1, 2)", "(2, -1)", "{}", "{'a': 1}", "{1, 2}", "range(3)", "slice(1, None, -1)", "...", "int", "str", "len",
	"lambda *a: 1", "iter([1, 2])", "bytearray(b'abc')", "memoryview(b'ab')", "array('d', [1, 2])", "ValueError('x')", "object()",
	"np.float32", "np.dtype('>i2')", "np.dtype('i4,f8')", "np.int64(2)", "np.uint8(200)", "np.float32(1.5)", "np.str_('ab')", "np.bytes_(b'')", "np.True_", "np.complex64(1j)",
	"np.arange(4)", "np.arange(6).reshape(2, 3)", "np.zeros((0, 3))", "np.zeros((2, 0), 'S3')", "np.array(5)", "np.ones((2, 2), '>f4')[::-1]", "np.array(['a', 'bc'])",
	"np.zeros(2, 'i4,f8')", "np.array([True, False])", "np.arange(3) * 1j", "np.broadcast_to(1, (3, 3))", "np.arange(4).flat", "np.zeros(3).flags", "np.zeros(2, 'V3')",
}

// TestNoInternalErrors calls every function and method that there is with odd
// arguments. Each call ends in a value or in an exception of the language.
func TestNoInternalErrors(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var calls []string
	add := func(prefix string, names map[string]Value) {
		for n, v := range names {
			switch v.(type) {
			case *Builtin, *Type, callable:
				if n != "exit" && n != "input" {
					calls = append(calls, prefix+n)
				}
			}
		}
	}
	declare()
	add("", builtins)
	for name, m := range modules {
		if name != "os" && name != "os.path" && name != "tempfile" {
			add("modules['"+name+"'].", m.dict)
		}
	}
	types := map[string]*Type{
		"'abc'": typeStr, "b'abc'": typeBytes, "bytearray(b'abc')": typeBytearray, "[1, 2]": typeList, "(1, 2)": typeTuple, "{'a': 1}": typeDict,
		"{1, 2}": typeSet, "5": typeInt, "1.5": typeFloat, "2j": typeComplex, "array('d', [1, 2])": typeArray, "range(4)": typeRange, "slice(3)": typeSlice,
		"memoryview(b'ab')": typeMemoryView, "np.arange(6).reshape(2, 3)": typeNdarray, "np.arange(4.)[::-1]": typeNdarray, "np.array(['a', 'bc'])": typeNdarray,
		"np.zeros(2, 'i4,f8')": typeNdarray, "np.array(2+1j)": typeNdarray, "np.float64(2.5)": typeGeneric, "np.int8(-5)": typeGeneric, "np.str_('ab')": typeGeneric, "np.dtype('i4,f8')": typeDType,
	}
	for expr, typ := range types {
		for n := range typ.dict {
			calls = append(calls, "("+expr+")."+n)
		}
	}
	sort.Strings(calls)
	if len(calls) < 1000 {
		t.Fatalf("only %d names", len(calls))
	}
	in := New(Limits{MaxSteps: 50_000, MaxBytes: 64 << 20, MaxOutput: 1 << 16, NoFiles: true})
	mods := newDict()
	for name, m := range modules {
		mods.set(in, Str(name), m)
	}
	seen := map[string]int{}
	run := func(code string) {
		in.limits.MaxSteps = 50_000
		r, err := in.Run(code, nil)
		if err == nil {
			_, err = r.Repr()
		}
		if err != nil {
			seen[err.(*Error).Name]++
		} else {
			seen["ok"]++
		}
		if err != nil && strings.HasPrefix(err.(*Error).Class, "SystemError") && !strings.Contains(code, "SystemError") {
			t.Errorf("%s\n%v", code, err)
		}
	}
	arg := func() string { return pool[rnd.IntN(len(pool))] }
	setup := func() {
		in.Reset()
		if _, err := in.Run("import numpy as np\nfrom array import array", map[string]any{"modules": mods}); err != nil {
			t.Fatal(err)
		}
	}
	setup()
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	for _, c := range calls {
		for k := range rounds {
			args := make([]string, (k+rnd.IntN(2))%4)
			for i := range args {
				args[i] = arg()
			}
			run(c + "(" + strings.Join(args, ", ") + ")")
		}
	}
	ops := []string{"+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>", "<", "==", "!=", ">=", "in", "is"}
	for range 500 * rounds {
		x, y := arg(), arg()
		run("(" + x + ") " + ops[rnd.IntN(len(ops))] + " (" + y + ")")
		run("(" + x + ")[" + strings.Trim(y, "()") + "]")
		run("x = " + x + "\nx[" + y + "] = " + arg())
		op := ops[rnd.IntN(13)]
		run("x = " + x + "\nx " + op + "= " + y + "\nx")
		run("'{" + []string{"", ":5", ":.2f", ":x", "!r", "[0]", ".real"}[rnd.IntN(7)] + "}'.format(" + x + "), '%" + []string{"s", "d", "5.1f", "x", "r", "c"}[rnd.IntN(6)] + "' % (" + y + ")")
	}
	t.Log(len(calls), "names:", seen)
	if seen["ok"] < 1000 || seen["TypeError"] < 1000 {
		t.Errorf("the calls did not do what they should: %v", seen)
	}
}
