package calc

import (
	"strings"
	"testing"
)

// The rows of docs/rows.md that are about Python's side alone.

func wantRun(t *testing.T, code, want string) {
	t.Helper()
	r, err := New(Limits{NoFiles: true}).Run("import numpy as np\n"+code, nil)
	if err != nil {
		t.Error(err)
	}
	if r.Stdout != want {
		t.Errorf("%s\ngot\n%s\nwant\n%s", code, r.Stdout, want)
	}
}

func wantRaise(t *testing.T, code, want string) {
	t.Helper()
	_, err := New(Limits{NoFiles: true}).Run("import numpy as np\n"+code, nil)
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%s\ngot %v\nwant %s", code, err, want)
	}
}

// The seed writes numpy.ndarray.items and means itemsize.
func TestS4ItemsIsItemSize(t *testing.T) {
	wantRun(t, "a = np.arange(5, dtype=np.int32)\nprint(a.itemsize, hasattr(a, 'items'))", "4 False\n")
}

// The alias np.float is gone, and the message says what to write.
func TestS12FloatAlias(t *testing.T) {
	wantRaise(t, "np.float", "AttributeError: module 'numpy' has no attribute 'float'.\n`np.float` was a deprecated alias for the builtin `float`.")
	wantRun(t, "print(np.dtype(float), np.dtype(np.float64))", "float64 float64\n")
}

// a.resize works in place and returns None; it refuses blocks that are not a's
// alone, and layouts that are not one segment.
func TestS88ResizeInPlace(t *testing.T) {
	wantRun(t, "a = np.arange(12, dtype='float32')\nprint(a.resize(3, 4), a.shape, a[2, 3].item())\na.resize(4, 4)\nprint(a[3])",
		"None (3, 4) 11.0\n[0. 0. 0. 0.]\n")
	wantRaise(t, "a = np.arange(12)\nv = a[1:]\nv.resize(20)", "ValueError: cannot resize this array: it does not own its data")
	const referenced = "ValueError: cannot resize an array that references or is referenced\nby another object in this way.\n" +
		"Use the np.resize function to get a new resized copy or\n set refcheck=False to disable this check"
	for _, other := range []string{"v = a[1:]", "b = a", "l = [[0, a]]", "d = {'x': a}", "f = a.flat", "m = memoryview(a)", "def f(x=a): pass"} {
		wantRaise(t, "a = np.arange(3)\n"+other+"\na.resize(2)", referenced)
	}
	wantRaise(t, "def f(x):\n x.resize(9)\na = np.arange(3)\nf(a)", referenced)
	wantRun(t, "def f():\n a.resize(4)\n x = np.arange(3)\n x.resize(2)\n return x\na = np.arange(3)\nv = a[1:]\ndel v\nprint(f(), a)", "[0 1] [0 1 2 0]\n")
	// A view of a block that was left keeps it; NumPy's would be left dangling.
	wantRun(t, "a = np.arange(3)\nv = a[1:]\na.resize(2, refcheck=False)\na[1] = 9\nprint(a, v)", "[0 9] [1 2]\n")
	wantRun(t, "a = np.arange(4)\nv = a[1:]\na.resize(2, 2)\na[1] = 9\nprint(v)", "[1 9 9]\n")
	wantRaise(t, "a = np.zeros((4, 4))[:, :2]\na.resize(20)", "ValueError: resize only works on single-segment arrays")
}

// An object that shows an array interface is the base of what is made of it; one
// that holds itself ends no search, and a read-only array stays so.
func TestS36ObjectWithAnInterface(t *testing.T) {
	littleEndian(t)
	const class = "class P: pass\np = P()\np.q = p\na = np.arange(4)\n" +
		"face = {'shape': (2,), 'typestr': '<i8', 'strides': (16,), 'data': (a.ctypes.data + 8, False), 'version': 3}\n"
	wantRun(t, class+"p.a = a\np.__array_interface__ = face\nw = np.asarray(p)\ndel p.__array_interface__\n"+
		"w[0] = 50\nprint(w, a, w.base is p, w.flags.owndata, w.flags.writeable)", "[50  3] [ 0 50  2  3] True False True\n")
	wantRaise(t, class+"p.__array_interface__ = face\nnp.asarray(p)", "ValueError: the address of __array_interface__ lies in no array that the object holds")
	wantRaise(t, "class Q:\n def __array__(self): return self\nnp.asarray(Q())", "ValueError: object __array__ method not producing an array")
	wantRun(t, class+"a.flags.writeable = False\np.a = a\np.__array_interface__ = face\nprint(np.asarray(p).flags.writeable)", "False\n")
}

// string_at reads no memory but that of the program's arrays.
func TestS71StringAt(t *testing.T) {
	const text = "from ctypes import string_at\na = np.arange(6, dtype='>i2')\nv = a[1:3]\n"
	wantRun(t, text+"print(string_at(v.ctypes.data, v.nbytes).hex())", "00010002\n")
	wantRaise(t, text+"string_at(a.ctypes.data, 13)", "ValueError: no variable holds 13 bytes at that address")
	wantRaise(t, text+"string_at(a.ctypes.data - 1, 2)", "ValueError: ")
	wantRaise(t, text+"string_at(12345, 2)", "ValueError: ")
}

// Containers that hold themselves are no dtype.
func TestS50DictsThatHoldThemselves(t *testing.T) {
	for _, code := range []string{"d = {}\nd['f'] = d\nnp.dtype(d)", "l = []\nl.append(('a', l))\nnp.dtype(l)"} {
		wantRaise(t, code, "RecursionError: maximum recursion depth exceeded")
	}
}
