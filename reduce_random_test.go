package nd

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
)

// TestRandomReductions holds random folds and statistics against NumPy's answers.
// Set ND_RANDOM_REDUCE to the file that another seed gave to run that instead.
func TestRandomReductions(t *testing.T) {
	littleEndian(t)
	name := os.Getenv("ND_RANDOM_REDUCE")
	if name == "" {
		name = "testdata/reduce_random.jsonl"
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	pool := noise(60000)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	n, bad := 0, 0
	for lines.Scan() {
		var c struct {
			Op, Method string
			A          randomOperand
			Opts       struct {
				Axis, Index []int
				All, Keep   bool
				To, Initial string
				Where, Out  *randomOperand
				DDof        float64
			}
			Want struct {
				Error, Text    string
				Out            string
				Shape, Strides []int
				Bits           []uint64
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		n++
		a := c.A.array(t, pool)
		var opts []Option
		o := &c.Opts
		if o.Axis != nil {
			opts = append(opts, Axis(o.Axis...))
		}
		if o.All {
			opts = append(opts, AllAxes())
		}
		if o.Keep {
			opts = append(opts, KeepDims())
		}
		if o.To != "" {
			opts = append(opts, DType(parseDType(t, o.To)))
		}
		if o.Initial != "" {
			opts = append(opts, Initial((&randomOperand{Py: o.Initial}).array(t, nil)))
		}
		if o.Where != nil {
			opts = append(opts, Where(o.Where.array(t, pool)))
		}
		if o.Out != nil {
			opts = append(opts, Out(o.Out.array(t, pool)))
		}
		if o.DDof != 0 {
			opts = append(opts, DDof(o.DDof))
		}
		var r *Array
		err := Try(func() {
			switch c.Method {
			case "stat":
				r = map[string]func(*Array, ...Option) *Array{"mean": (*Array).Mean, "var": (*Array).Var, "std": (*Array).Std,
					"argmax": (*Array).ArgMax, "argmin": (*Array).ArgMin, "count_nonzero": (*Array).CountNonzero, "ptp": (*Array).Ptp,
					"nansum": (*Array).NanSum, "nanmean": (*Array).NanMean, "nanvar": (*Array).NanVar, "nanmax": (*Array).NanMax}[c.Op](a, opts...)
			case "reduce":
				u, _ := UfuncNamed(c.Op)
				r = u.(Binary).Reduce(a, opts...)
			case "accumulate":
				u, _ := UfuncNamed(c.Op)
				r = u.(Binary).Accumulate(a, opts...)
			case "reduceat":
				u, _ := UfuncNamed(c.Op)
				r = u.(Binary).ReduceAt(a, o.Index, opts...)
			}
		})
		problem := ""
		if err != nil || c.Want.Error != "" {
			class := ""
			if err != nil {
				class = errorClass(err)
				switch {
				case errors.Is(err, ErrAxis):
					class = "AxisError"
				case errors.Is(err, ErrIndex):
					class = "IndexError"
				}
			}
			switch {
			case err == nil:
				problem = "no error, want " + c.Want.Error + ": " + c.Want.Text
			case class != c.Want.Error || err.(*Error).Msg != c.Want.Text:
				problem = fmt.Sprintf("%s: %s\nwant %s: %s", class, err.(*Error).Msg, c.Want.Error, c.Want.Text)
			}
		} else {
			switch {
			case r.DType().TypeStr() != c.Want.Out:
				problem = "dtype " + r.DType().TypeStr() + ", want " + c.Want.Out
			case !slices.Equal(r.Shape(), c.Want.Shape):
				problem = fmt.Sprint("shape ", r.Shape(), ", want ", c.Want.Shape)
			case !sameStrides(r, c.Want.Strides):
				problem = fmt.Sprint("strides ", r.Strides(), ", want ", c.Want.Strides)
			default:
				got := wordsOf(withoutNaN(r))
				for i := range got {
					if got[i] != c.Want.Bits[i] {
						problem = fmt.Sprintf("item %d is %x, want %x", i, got[i], c.Want.Bits[i])
						break
					}
				}
			}
		}
		if problem != "" {
			if bad++; bad <= 40 {
				t.Errorf("%s\n%.700s", problem, lines.Text())
			}
		}
	}
	if bad > 0 || n < 700 {
		t.Errorf("%d of %d differ", bad, n)
	}
}

// withoutNaN returns a in native byte order with 0 for NaN, whose sign and payload
// are the machine's.
func withoutNaN(a *Array) *Array {
	r := a.AsType(a.DType().Native())
	switch {
	case r.DType().IsComplex():
		r.Real().AssignWhere(0, r.Real().IsNaN())
		r.Imag().AssignWhere(0, r.Imag().IsNaN())
	case r.DType().IsFloat():
		r.AssignWhere(0, r.IsNaN())
	}
	return r
}
