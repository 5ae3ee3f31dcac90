package dtype

import (
	"testing"
)

// FuzzParse holds three promises: Parse never panics; what it accepts is written
// by String and by construction text in a way that reads back as the same dtype;
// and where a descr exists it reads back with the same fields.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"<f8", "i4,f4,S3", "(2,3)f8, >i2", "[('a', '>i4'), (('t', 'b'), 'U3', (2,))]", "3i4", "V8", "('<f4', (2, 3))",
		"{'names': ['r', 'b'], 'formats': ['u1', '<i4'], 'offsets': [1, 8], 'titles': ['x', None], 'itemsize': 16, 'aligned': True}",
		"{'b': ('i4', 4), 'a': ('f8', 8, 'title')}", "[[[[", "[('a', [('b', [('c', '?')])])]"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, align bool) {
		d, err := parse(s, align)
		if err != nil {
			return
		}
		if d.Alignment() < 1 || d.ItemSize() < 0 || d.Swapped().Swapped() != d {
			t.Fatalf("%q: %v is ill-formed", s, d)
		}
		if hasNameless(d) {
			return // a list gives such a field a name, so NumPy's text does not read back either
		}
		back, err := Parse(d.String())
		if err != nil {
			t.Fatalf("%q prints as %s: %v", s, d, err)
		}
		// Inside a field the notation has no room for the aligned flag.
		if !back.Equal(d) || !hasFlagInside(d) && back != d {
			t.Fatalf("%q prints as %s, which reads as %s", s, d, back)
		}
		descr, err := d.TryDescr()
		if err != nil || d.IsSubArray() {
			return
		}
		if back, err = ParseDescr(descr); err != nil || !back.Equal(d) {
			t.Fatalf("%q has descr %s, which reads as %s (%v)", s, descr, back, err)
		}
	})
}

// hasFlagInside reports whether a part of d is an aligned structure.
func hasFlagInside(d DType) bool {
	if d.IsSubArray() {
		return d.Base().IsAlignedStruct() || hasFlagInside(d.Base())
	}
	for _, f := range d.Fields() {
		if f.DType.IsAlignedStruct() || hasFlagInside(f.DType) {
			return true
		}
	}
	return false
}

// hasNameless reports whether a field is called by an empty name.
func hasNameless(d DType) bool {
	for _, f := range d.Fields() {
		if f.Name == "" || hasNameless(f.DType.Base()) {
			return true
		}
	}
	return false
}
