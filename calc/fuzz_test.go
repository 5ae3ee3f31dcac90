package calc

import (
	"strings"
	"testing"
)

// FuzzRun shows that no text makes the calculator fail: every program ends with
// a value or an exception of the language.
func FuzzRun(f *testing.F) {
	for _, s := range []string{
		"x = [1, 2, 3]\nx[::-1]", "f'{1:>{5}}' % ()", "def f(*a, **k): return a, k\nf(*[1], **{'b': 2})",
		"try:\n    1/0\nexcept ZeroDivisionError as e:\n    print(e)\nfinally: pass", "class A:\n    def __add__(s, o): return 1\nA() + A()",
		"b'\\xff'.decode('utf-16')", "'%05.2f|%-10s' % (1, 'a')", "{1: 2, **{3: 4}}", "[x for x in range(10) if x % 2]",
		"import struct\nstruct.pack('<hd5s', 1, 2.5, b'x')", "from array import array\narray('d', [1]).append(2)", "a, *b = 'abc'",
		"'{0[a].b!r:>{w}}'.format({}, w=5)", "1_000j ** -2 // 0x_ff", "lambda x, /, y=1, *, z: (yield)", "'\\N{x}\\ud800'.encode()",
	} {
		f.Add(s)
	}
	for _, s := range []string{
		"a = np.arange(6).reshape(2, 3)\na[:, ::-1] += 1\na.T @ a", "np.zeros((2, 3), 'i4,f8')[0]['f1']", "a = np.array([1.5, 2])\na[[True, False]] = 3",
		"np.dtype({'names': ['a'], 'formats': ['i4']}).fields", "x = np.float32(1.5)\nx ** 2 // 1 % x", "np.array(['a', 'bc']).astype('S1').view('u1')",
		"a = np.arange(4)\na.shape = 2, 2\na.flat[1:] = 7\na.resize(3, 3)", "np.ndarray((2,), 'i2', bytearray(8), 2, (4,)).sum(axis=0, keepdims=True)",
		"a = np.arange(5.)\na.sort()\na.argsort()[::-2], a.searchsorted(2.5), a.clip(1, 3).round(1)", "np.array([(1, 2.5)], 'i4,f4') == np.array([(1, 2)], 'i4,f4')",
		"a = np.arange(8, dtype='>i2')[::2]\na.byteswap().tobytes(), a.view('u1'), a.item(1), a.take([0, -1]), a.repeat(2)",
	} {
		f.Add("import numpy as np\n" + s)
	}
	f.Fuzz(func(t *testing.T, code string) {
		in := New(Limits{MaxSteps: 20_000, MaxBytes: 16 << 20, MaxOutput: 1 << 14, NoFiles: true})
		r, err := in.Run(code, nil)
		if err == nil {
			_, err = r.Repr()
		}
		if err != nil {
			if e := err.(*Error); e.Class == "SystemError" && !strings.Contains(code, "SystemError") {
				t.Fatalf("%q: %v", code, e)
			}
		}
	})
}
