package nd

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// className is the Python class of an error of the engine.
func errorClass(err error) string {
	switch {
	case errors.Is(err, ErrCasting):
		return "UFuncTypeError"
	case errors.Is(err, ErrType), errors.Is(err, ErrDType):
		return "TypeError"
	case errors.Is(err, ErrOverflow):
		return "OverflowError"
	}
	return "ValueError"
}

// TestTypeResolution holds the dtype, or the error, of every operation on every
// pair of dtypes against NumPy 2.4.6, arrays and weak numbers.
func TestTypeResolution(t *testing.T) {
	littleEndian(t)
	raw, err := os.ReadFile("testdata/ufunc_types.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden map[string]map[string]string
	if err := json.Unmarshal(raw, &golden); err != nil {
		t.Fatal(err)
	}
	one := func(ch string) *Array {
		switch ch {
		case "S":
			return Of([]byte("1")).View(dtype.Bytes(1))
		case "U":
			return Of([]byte("1")).View(dtype.Bytes(1)).AsType(dtype.Str(1))
		case "pyi":
			return asArray(1)
		case "pyf":
			return asArray(1.0)
		case "pyc":
			return asArray(1i)
		case "pyb":
			return asArray(true)
		}
		d, err := dtype.Parse(ch)
		if err != nil {
			t.Fatal(err)
		}
		return Ones(d, 1)
	}
	pair := func(a *Array) *Array {
		b := Zeros(a.dtype, 2)
		b.Assign(a)
		return b
	}
	bad := 0
	for name, cases := range golden {
		u, ok := UfuncNamed(name)
		if !ok {
			t.Errorf("no operation %s", name)
			continue
		}
		for key, want := range cases {
			var results []*Array
			err := Try(func() {
				first, method, along := strings.Cut(key, " ")
				switch x, y, weak := strings.Cut(key, ","); {
				case along && method == "reduce":
					results = []*Array{u.(Binary).Reduce(pair(one(first)))}
				case along:
					results = []*Array{u.(Binary).Accumulate(pair(one(first)))}
				case weak:
					results = u.Apply([]*Array{one(x), one(y)})
				case u.NIn() == 1:
					results = u.Apply([]*Array{one(key)})
				default:
					results = u.Apply([]*Array{one(key[:1]), one(key[1:])})
				}
			})
			got := ""
			if err != nil {
				got = errorClass(err)
			} else {
				for _, r := range results {
					got += " " + r.DType().TypeStr()
				}
				got = got[1:]
			}
			if got != want {
				bad++
				if bad < 80 {
					t.Errorf("%s %s: %s (%v), want %s", name, key, got, err, want)
				}
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d answers differ", bad)
	}
}
