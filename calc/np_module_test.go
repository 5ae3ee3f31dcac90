package calc

import (
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// TestArrayValues runs operators, subscripts, attributes and methods on arrays
// that the program is given.
func TestArrayValues(t *testing.T) {
	littleEndian(t)
	for code, want := range map[string]string{
		"a":                                "array([[0, 1, 2],\n       [3, 4, 5]])",
		"a + 1":                            "array([[1, 2, 3],\n       [4, 5, 6]])",
		"1 / (a[1] - 2)":                   "array([1.        , 0.5       , 0.33333333])",
		"a[1, 2], type(a[1, 2])":           "(np.int64(5), <class 'numpy.int64'>)",
		"a[:, 1:], a[..., 0], a[a > 2]":    "(array([[1, 2],\n       [4, 5]]), array([0, 3]), array([3, 4, 5]))",
		"a.T.strides, a.shape, a.dtype":    "((8, 24), (2, 3), dtype('int64'))",
		"b = a; b += 1; a":                 "array([[1, 2, 3],\n       [4, 5, 6]])",
		"a[0] = [7, 8, 9]; a[:, 1] = 0; a": "array([[7, 0, 9],\n       [3, 0, 5]])",
		"a.sum(), a.sum(axis=0), a.mean(keepdims=True)":       "(np.int64(15), array([3, 5, 7]), array([[2.5]]))",
		"a.T.base is a, a[0].base is a, a.base":               "(True, True, None)",
		"a.flags.writeable, a.flags['C']":                     "(True, True)",
		"a.reshape(-1), a.reshape((3, 2)).shape":              "(array([0, 1, 2, 3, 4, 5]), (3, 2))",
		"[int(x) for x in a[1]], a.tolist(), a.item(4)":       "([3, 4, 5], [[0, 1, 2], [3, 4, 5]], 4)",
		"a == 3, a[0, 0] == 0":                                "(array([[False, False, False],\n       [ True, False, False]]), np.True_)",
		"np.float32(1.5) + 1, np.int8(5) * 2.5":               "(np.float32(2.5), np.float64(12.5))",
		"'%d %s' % (a[1, 0], a[1, 0]), f'{a[1, 1]:03d}'":      "('3 3', '004')",
		"np.dtype('i4,f8').fields['f1']":                      "(dtype('float64'), 4)",
		"np.dtype({'names': ['a'], 'formats': [np.float32]})": "dtype([('a', '<f4')])",
	} {
		in := New(Limits{})
		in.Run("import numpy as np", nil)
		r, err := in.Run(code, map[string]any{"a": nd.Arange(6).Reshape(2, 3).Copy()})
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		if got, _ := r.Repr(); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

func TestArrayErrors(t *testing.T) {
	for code, want := range map[string]string{
		"a + [1, 2]":                          "ValueError: operands could not be broadcast together with shapes (2,3) (2,) ",
		"a[5]":                                "IndexError: index 5 is out of bounds for axis 0 with size 2",
		"a['x']":                              "IndexError: " + badIndex,
		"a[1.5]":                              "IndexError: " + badIndex,
		"a += 1.5":                            "numpy._core._exceptions._UFuncOutputCastingError: Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'",
		"bool(a)":                             "ValueError: The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
		"a.sum(axis=5)":                       "numpy.exceptions.AxisError: axis 5 is out of bounds for array of dimension 2",
		"a.sum(foo=1)":                        "TypeError: _sum() got an unexpected keyword argument 'foo'",
		"a.nope":                              "AttributeError: 'numpy.ndarray' object has no attribute 'nope'",
		"{a: 1}":                              "TypeError: unhashable type: 'numpy.ndarray'",
		"np.foo":                              "AttributeError: module 'numpy' has no attribute 'foo'",
		"np.uint8(300)":                       "OverflowError: Python integer 300 out of bounds for uint8",
		"a.flags.writeable = False; a[0] = 1": "ValueError: assignment destination is read-only",
		"np.nditer([a, a])":                   "NotImplementedError: nditer of 2 operands is not supported",
		"np.nditer(a, ['external_loop'])":     "NotImplementedError: nditer with the flag 'external_loop' is not supported",
		"np.nditer(a, op_dtypes=['f8'])":      "NotImplementedError: nditer with op_dtypes is not supported",
	} {
		in := New(Limits{})
		in.Run("import numpy as np", nil)
		_, err := in.Run(code, map[string]any{"a": nd.Arange(6).Reshape(2, 3).Copy()})
		if err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", code, err, want)
		}
	}
}

// TestFrombufferExport shows an array.array that a view holds, and lets go.
func TestFrombufferExport(t *testing.T) {
	in := New(Limits{})
	if _, err := in.Run("from array import array\na = array('d', [1, 2, 3])", nil); err != nil {
		t.Fatal(err)
	}
	v, _ := in.Var("a")
	buf := in.bufferOf(v)
	x, err := nd.FromBuffer(buf, dtype.Float64, -1, 0)
	if err != nil {
		t.Fatal(err)
	}
	in.Set("na", x)
	buf, x = nil, nil
	if _, err := in.Run("na[1] = 20", nil); err != nil {
		t.Fatal(err)
	}
	_, err = in.Run("a.append(4)", nil)
	if err == nil || err.Error() != "BufferError: cannot resize an array that is exporting buffers" {
		t.Errorf("append under a view: %v", err)
	}
	r, err := in.Run("del na; a.append(4); a", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := r.Repr(); s != "array('d', [1.0, 20.0, 3.0, 4.0])" {
		t.Error(s)
	}
}

// TestBytesOfAReleasedArray asks for the bytes of an array whose block another array
// has by now.
func TestBytesOfAReleasedArray(t *testing.T) {
	for _, code := range []string{"a.tobytes()", "bytes(a)", "memoryview(a).tobytes()", "b''.join([a])"} {
		a := nd.Ones(dtype.Float64, 1000)
		a.Release()
		secret := nd.Full(dtype.Float64, 7, 1000)
		in := New(Limits{})
		if r, err := in.Run(code, map[string]any{"a": a}); err == nil {
			text, _ := r.Repr()
			t.Errorf("%s: %.40s…", code, text)
		}
		secret.Release()
	}
}
