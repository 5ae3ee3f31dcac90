package printing

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// The float32 named 1e11 lies below it: digits that are asked for start with 9s.
func TestLeadingOfFloat32(t *testing.T) {
	f := Shortest
	f.MinDigits = 12
	x := float64(float32(1e11))
	if got, want := string(AppendScientific(nil, x, 32, &f)), "9.999999795200e+10"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := string(AppendScientific(nil, x, 32, &Shortest)), "1.e+11"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What NumPy 2.4.6 answers where a float64 lies beside what its name says, and
// to wishes for zeros.
func TestNumberEdges(t *testing.T) {
	scientific := func(change func(f *NumberFormat)) (f NumberFormat) {
		f = Shortest
		change(&f)
		return f
	}
	tests := []struct {
		positional bool
		x          float64
		f          NumberFormat
		want       string
	}{
		{false, 1e23, Shortest, "1.e+23"},
		{false, 1e23, scientific(func(f *NumberFormat) { f.MinDigits = 16 }), "9.9999999999999992e+22"},
		{true, 1e23, scientific(func(f *NumberFormat) { f.MinDigits = 0 }), "99999999999999991611392."},
		{true, 1.0001, scientific(func(f *NumberFormat) { f.Precision = 2 }), "1.00"},
		{true, 1.9999, scientific(func(f *NumberFormat) { f.Precision = 2 }), "2."},
		{true, 4e-10, scientific(func(f *NumberFormat) { f.Precision = 3 }), "0.000"},
		{true, 0.6, scientific(func(f *NumberFormat) { f.Precision = 0 }), "1."},
		{true, 0.5, scientific(func(f *NumberFormat) { f.Precision = 0 }), "0."},
		{true, 100, scientific(func(f *NumberFormat) { f.Trim, f.PadRight = TrimPoint, 3 }), "100    "},
		{false, 1, scientific(func(f *NumberFormat) { f.MinDigits, f.Trim = 3, TrimPoint }), "1.e+00"},
		{false, 1, scientific(func(f *NumberFormat) { f.Unique, f.Precision, f.Trim = false, 3, TrimPoint }), "1e+00"},
		{false, 1.5, scientific(func(f *NumberFormat) { f.ExpDigits = 7 }), "1.5e+00000"},
		{false, 1, scientific(func(f *NumberFormat) { f.ExpDigits = 0 }), "1.e+"},
	}
	for _, tt := range tests {
		write := AppendScientific
		if tt.positional {
			write = AppendPositional
		}
		if got := string(write(nil, tt.x, 64, &tt.f)); got != tt.want {
			t.Errorf("%v %+v: got %q, want %q", tt.x, tt.f, got, tt.want)
		}
	}
}

func TestNumberErrors(t *testing.T) {
	for _, tt := range []struct {
		change func(f *NumberFormat)
		kind   error
		want   string
	}{
		{func(f *NumberFormat) { f.Precision = -2 }, nderr.ErrValue, "precision must be >= 0"},
		{func(f *NumberFormat) { f.PadLeft = -2 }, nderr.ErrValue, "pad_left must be >= 0"},
		{func(f *NumberFormat) { f.Precision, f.MinDigits = 3, 4 }, nderr.ErrValue, "min_digits must be less than or equal to precision"},
		{func(f *NumberFormat) { f.Precision, f.Significant = 0, true }, nderr.ErrValue, "precision must be greater than 0 if fractional=False"},
		{func(f *NumberFormat) { f.Unique = false }, nderr.ErrType, "in non-unique mode `precision` must be supplied"},
		{func(f *NumberFormat) { f.Trim = 'x' }, nderr.ErrType, "if supplied, trim must be 'k', '.', '0' or '-' found `x`"},
	} {
		f := Shortest
		tt.change(&f)
		err := f.Check()
		var e *nderr.Error
		if !errors.As(err, &e) || e.Msg != tt.want || !errors.Is(err, tt.kind) {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
	f := Shortest
	f.Precision = 1 << 30
	if err := f.Check(); err != nil || f.Precision != maxPlaces {
		t.Errorf("precision %d, %v", f.Precision, err)
	}
}
