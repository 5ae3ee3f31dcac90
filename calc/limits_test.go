package calc

import (
	"strings"
	"testing"
	"time"
)

// TestLimits runs code that would take the machine: each ends in one line, soon.
func TestLimits(t *testing.T) {
	small := Limits{MaxSteps: 200_000, MaxBytes: 64 << 20, MaxOutput: 1 << 16}
	for _, c := range []struct{ code, class string }{
		{"while True: pass", "TimeoutError"},
		{"while True:\n    try: 1/0\n    except: pass", "TimeoutError"},
		{"try:\n    while True: pass\nexcept BaseException: print('caught')", "TimeoutError"},
		{"for i in iter(int, 1): pass", "TimeoutError"},
		{"sum(range(10**12))", "TimeoutError"},
		{"list(range(10**12))", "MemoryError TimeoutError"},
		{"l = []\nwhile True: l.append(l[:])", "TimeoutError MemoryError"},
		{"'a' * 10**12", "MemoryError"},
		{"b'a' * (2**63 - 1)", "MemoryError"},
		{"[0] * 10**12", "MemoryError"},
		{"bytes(10**12)", "MemoryError"},
		{"bytearray(2**62)", "MemoryError"},
		{"s = 'a'\nwhile True: s += s", "MemoryError"},
		{"10 ** 10 ** 10", "MemoryError"},
		{"1 << 10**15", "MemoryError"},
		{"x = 10\nwhile True: x = x * x", "MemoryError TimeoutError"},
		{"'%1000000000000d' % 5", "ValueError MemoryError"},
		{"'%*d' % (10**12, 5)", "MemoryError"},
		{"'{:1000000000}'.format(5)", "MemoryError"},
		{"'a'.center(10**12)", "MemoryError"},
		{"'a'.zfill(10**12)", "MemoryError"},
		{"'\\t'.expandtabs(10**12)", "MemoryError"},
		{"('a' * 10**6).replace('a', 'b' * 10**6)", "MemoryError"},
		{"import math; math.factorial(10**7)", "OverflowError"},
		{"import struct; struct.pack('1000000000000x')", "MemoryError"},
		{"import struct; struct.pack('9223372036854775807x')", "MemoryError"},
		{"import struct; struct.pack('3000000000d')", "struct.error"},
		{"import struct; struct.pack_into('1000000000000x', bytearray(9), 0)", "struct.error"},
		{"import struct; struct.unpack('1000000000000d', b'')", "struct.error"},
		{"import struct; struct.calcsize('99999999999999999999i')", "struct.error"},
		{"from array import array; array('d', [0]) * 10**12", "MemoryError"},
		{"(5).to_bytes(10**12, 'big')", "MemoryError"},
		{"while True: print('x' * 1000)", "MemoryError TimeoutError"},
		{"f = lambda: f()\nf()", "RecursionError"},
		{"l = []\nfor i in range(5000): l = [l]\nrepr(l)", "RecursionError"},
		{"l = []\nm = []\nfor i in range(5000): l = [l]; m = [m]\nl == m", "RecursionError"},
		{"t = ()\nfor i in range(5000): t = (t,)\nhash(t)", "RecursionError"},
		{"m = [1]\nfor i in range(5000): m = map(int, m)\nlist(m)", "RecursionError"},
		{"class A:\n    def __repr__(self): return repr(self)\nrepr(A())", "RecursionError"},
		{"class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().a", "RecursionError"},
		{"l = []; l.append(l)\nimport numpy as np\nnp.block(l)", "RecursionError"},
		{"import copy\nl = 1\nfor i in range(5000): l = [l]\ncopy.deepcopy(l)", "RecursionError"},
		{"class A: pass\nfor i in range(5000):\n  class B(A): pass\n  A = B", "TimeoutError"},
		{"class A: pass\no = A()\nfor i in range(5000):\n  p = A(); p.a = o; o = p\nimport numpy as np\no.__array_interface__ = {'shape': (4,), 'typestr': '|u1', 'data': (12345, False), 'version': 3}\nnp.asarray(o)", "RecursionError"},
		{"def g():\n  try:\n    g()\n  finally:\n    g()\ng()", "TimeoutError"},
		{"print(*['x'] * 10000, sep='x' * 10**6)", "MemoryError"},
		{"import math; math.comb(10**6, 5 * 10**5)", "TimeoutError"},
		{"import math; math.prod(range(1, 10**6))", "TimeoutError"},
		{"import math; math.isqrt(1 << 10**7)", "TimeoutError"},
		{"import math; math.gcd((1 << 10**7) - 1, 3**10000)", "TimeoutError"},
		{"'x' in range(10**12)", "TimeoutError"},
		{"range(10**12).count(1.5)", "TimeoutError"},
		{"sorted(range(10**12))", "MemoryError"},
		{strings.Repeat("(", 10000), "SyntaxError"},
		{strings.Repeat("[", 10000) + strings.Repeat("]", 10000), "SyntaxError"},
		{strings.Repeat("-", 100000) + "1", "RecursionError"},
		{strings.Repeat("not ", 100000) + "1", "RecursionError"},
		{"1" + strings.Repeat("+1", 100000), "RecursionError"},
		{"a" + strings.Repeat(".a", 100000), "RecursionError"},
		{"a" + strings.Repeat("[0]", 100000), "RecursionError"},
		{"1" + strings.Repeat("**1", 100000), "RecursionError"},
		{strings.Repeat("lambda: ", 100000) + "1", "RecursionError"},
		{strings.Repeat("1 if 1 else ", 100000) + "1", "RecursionError"},
		{"f'" + strings.Repeat("{[", 10000) + "'", "SyntaxError"},
		{strings.Repeat("f(", 10000), "SyntaxError"},
	} {
		begin := time.Now()
		r, err := New(small).Run(c.code, nil)
		if err == nil {
			t.Errorf("%.60q: no error", c.code)
			continue
		}
		e := err.(*Error)
		if !strings.Contains(c.class, e.Class) || strings.Contains(e.Message, "\n") || r.Stdout == "caught\n" {
			t.Errorf("%.60q: %.200v", c.code, e)
		}
		if d := time.Since(begin); d > time.Minute {
			t.Errorf("%.60q took %v", c.code, d)
		}
	}
	if r, err := New(small).Run("x = memoryview(b'abc')\nfor i in range(20000): x = memoryview(x)\nx[0], hash(1 << 10**7) == hash(pow(2, 10**7, 2**61 - 1))", nil); err != nil {
		t.Error(err)
	} else if s, _ := r.Repr(); s != "(97, True)" {
		t.Error(s)
	}
	long := "if 0: pass\n" + strings.Repeat("elif 0: pass\n", 20000)
	if _, err := New(Limits{}).Run(long, nil); err != nil {
		t.Errorf("a long chain of elif: %v", err)
	}
}

// TestMemoryIsReturned shows that the byte limit counts live values only.
func TestMemoryIsReturned(t *testing.T) {
	in := New(Limits{MaxBytes: 256 << 20})
	if _, err := in.Run("for i in range(200):\n    x = bytes(8 * 1024 * 1024)", nil); err != nil {
		t.Fatal(err)
	}
	_, err := in.Run("l = [bytes(8 * 1024 * 1024) for i in range(200)]", nil)
	if err == nil || err.(*Error).Class != "MemoryError" {
		t.Fatalf("200 live blocks of 8 MiB: %v", err)
	}
}

// TestExport shows that a block cannot be resized while a view holds it, and can
// after the view is gone.
func TestExport(t *testing.T) {
	in := New(Limits{})
	code := "b = bytearray(b'abc'); m = memoryview(b)\ntry:\n    b.append(1)\nexcept BufferError as e:\n    print(e)\nm.release(); b.append(1); b"
	r, err := in.Run(code, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := r.Repr(); s != `bytearray(b'abc\x01')` || r.Stdout != "Existing exports of data: object cannot be re-sized\n" {
		t.Errorf("%s %q", s, r.Stdout)
	}
}

func TestRunKeepsVariables(t *testing.T) {
	in := New(Limits{})
	if _, err := in.Run("x = n * 2", map[string]any{"n": 21}); err != nil {
		t.Fatal(err)
	}
	r, err := in.Run("x", nil)
	if s, _ := r.Repr(); err != nil || s != "42" {
		t.Errorf("%v %v", s, err)
	}
	in.Reset()
	if _, err := in.Run("x", nil); err == nil || err.Error() != "NameError: name 'x' is not defined" {
		t.Errorf("after Reset: %v", err)
	}
	_, err = in.Run("a = 1\n\nb = a / 0", nil)
	if e := err.(*Error); e.Line != 3 {
		t.Errorf("line %d", e.Line)
	}
	r, err = in.Run("s, b, l, d, f, z", map[string]any{"s": "é", "b": []byte("x"), "l": []int{1, 2}, "d": map[string]float64{"k": .5}, "f": float32(1.5), "z": uint64(1 << 63)})
	if s, _ := r.Repr(); err != nil || s != "('é', b'x', [1, 2], {'k': 0.5}, 1.5, 9223372036854775808)" {
		t.Errorf("%v %v", s, err)
	}
}

func TestNames(t *testing.T) {
	in := New(Limits{})
	in.Run("import math\nmatrix = 5", nil)
	for prefix, want := range map[string]string{"mat": "math matrix", "math.sq": "math.sqrt", "nope.x": "", "matrix.bit_l": "matrix.bit_length", "whi": "while"} {
		if got := strings.Join(in.Names(prefix), " "); got != want {
			t.Errorf("%s: %s", prefix, got)
		}
	}
}
