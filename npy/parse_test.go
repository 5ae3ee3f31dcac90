package npy

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Broken and odd headers get NumPy's answer, in its words.
func TestHeadersAsNumPyReadsThem(t *testing.T) {
	for _, g := range readGolden(t).Loads {
		name := string(g.NPY[:min(90, len(g.NPY))])
		a, err := Read(bytes.NewReader(g.NPY))
		if g.Answer.Error == "" {
			if err != nil {
				t.Errorf("%q: %v", name, err)
				continue
			}
			g.Answer.check(t, name, a)
			continue
		}
		var e *Error
		if g.Answer.Error != "ValueError" || !errors.As(err, &e) || e.Err.Msg != g.Answer.Msg || !errors.Is(err, nd.ErrFormat) {
			t.Errorf("%q:\n%v, want %s:\n%s", name, err, g.Answer.Error, g.Answer.Msg)
		}
	}
}

// What NumPy answers with other classes, or by accident, is a plain error here.
func TestHeadersThatWeRefuse(t *testing.T) {
	for header, want := range map[string]string{
		"": "Cannot parse header", "{'a':": "Cannot parse header",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (True,), }":                                              "shape is not valid: (True,)",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (1<<3,), }":                                              "Cannot parse header",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }":                              "Cannot parse header",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }":                             "array is too big",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (" + strings.Repeat("1,", 65) + "), }":                   "maximum supported dimension",
		"{'descr': ('<i4', (2,)), 'fortran_order': False, 'shape': (1,), }":                                         "not a valid dtype descriptor",
		"{'descr': [('a',)], 'fortran_order': False, 'shape': (1,), }":                                              "not a valid dtype descriptor",
		"{'descr': '<M8[D]', 'fortran_order': False, 'shape': (1,), }":                                              "not a valid dtype descriptor: '<M8[D]'",
		"{'descr': " + strings.Repeat("[", 4000) + ", 'fortran_order': False, 'shape': (1,), }":                     "too many nested brackets",
		"{'descr': '" + strings.Repeat("x", 4000) + "', 'fortran_order': False, 'shape': (1,), }":                   "xxx…",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } and what follows":                                "Cannot parse header",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (1,), b'x': 1}":                                          "correct keys: ['descr', 'fortran_order', 'shape', b'x']",
		"{'descr': [('a', '|V2147483647'), ('b', '|V2147483647')], 'fortran_order': False, 'shape': (1,), }":        "dtype size",
		"{'descr': [('a', '<i4', (1000000, 1000000, 1000000))], 'fortran_order': False, 'shape': (1000000000000,)}": "",
	} {
		raw := append([]byte(magic+"\x01\x00"), byte(len(header)), byte(len(header)>>8))
		raw = append(append(raw, header...), make([]byte, 64)...)
		_, err := Read(bytes.NewReader(raw))
		if !errors.Is(err, nd.ErrFormat) || !strings.Contains(err.Error(), want) || len(err.Error()) > 600 {
			t.Errorf("%.90s: %v, want %s", header, err, want)
		}
	}
}

func TestReadHeader(t *testing.T) {
	var s bytes.Buffer
	if err := Write(&s, countItems().T()); err != nil {
		t.Fatal(err)
	}
	h, err := ReadHeader(&s)
	want := Header{Major: 1, DType: dtype.Int64, Fortran: true, Shape: []int{4, 3}, DataOffset: 128}
	if err != nil || !reflect.DeepEqual(h, want) || h.NBytes() != 96 || s.Len() != 96 {
		t.Errorf("%+v %v, %d bytes left", h, err, s.Len())
	}
	h.Major = 2
	b, err := h.MarshalBinary()
	if err != nil || !bytes.HasPrefix(b, []byte(magic+"\x02\x00")) || len(b)%64 != 0 {
		t.Errorf("%q %v", b, err)
	}
	h.Major = 4
	if _, err := h.MarshalBinary(); !errors.Is(err, nd.ErrValue) {
		t.Error(err)
	}
}

func FuzzHeader(f *testing.F) {
	for _, g := range readGolden(f).Loads {
		f.Add(g.NPY)
	}
	for _, g := range readGolden(f).Files {
		if g.NPY != nil && len(g.NPY) < 2000 {
			f.Add(g.NPY)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := Read(bytes.NewReader(raw))
		if err != nil {
			if len(err.Error()) > 2000 || err.Error() == "" {
				t.Fatalf("error of %d letters", len(err.Error()))
			}
			return
		}
		if a.NBytes() > len(raw) {
			t.Fatalf("%d bytes of data from %d", a.NBytes(), len(raw))
		}
		var out bytes.Buffer
		if err := Write(&out, a); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		b, err := Read(&out, MaxHeader(1<<20))
		if err != nil || b.DType() != a.DType() || !slices.Equal(b.Shape(), a.Shape()) || b.Flags() != a.Flags() {
			t.Fatalf("written and read again: %v, %v %v, want %v %v", err, b.DType(), b.Shape(), a.DType(), a.Shape())
		}
	})
}
