package nd

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// randomOperand is how testdata/ufunc_random.py made an operand.
type randomOperand struct {
	DType             string
	Start             int
	Base, Steps, Perm []int
	Fortran           bool
	Py                string
}

func (o *randomOperand) array(t *testing.T, pool []float64) *Array {
	if o.Py != "" {
		switch o.Py {
		case "True":
			return asArray(true)
		case "(1+2j)":
			return asArray(1 + 2i)
		}
		if n, err := strconv.Atoi(o.Py); err == nil {
			return asArray(n)
		}
		f, err := strconv.ParseFloat(o.Py, 64)
		if err != nil {
			t.Fatal(err)
		}
		return asArray(f)
	}
	a := Of(pool[o.Start : o.Start+prod(o.Base)]).Reshape(o.Base...)
	dt := parseDType(t, o.DType)
	if dt.IsInteger() {
		a = a.Multiply(16)
	}
	order := C
	if o.Fortran {
		order = F
	}
	a = a.AsType(dt, OrderIs(order))
	index := make([]Idx, len(o.Steps))
	for i, s := range o.Steps {
		index[i] = Step(s)
	}
	a = a.Slice(index...)
	if len(o.Perm) > 0 {
		a = a.Transpose(o.Perm...)
	}
	return a
}

// TestRandomCalls holds random calls against NumPy's answers: dtype, shape,
// strides and bits, or class and words of the error. Set ND_RANDOM to the file
// that another seed gave to run that instead.
func TestRandomCalls(t *testing.T) {
	littleEndian(t)
	name := os.Getenv("ND_RANDOM")
	if name == "" {
		name = "testdata/ufunc_random.jsonl"
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
			Op   string
			In   []randomOperand
			Opts struct {
				Out, Where         *randomOperand
				To, Casting, Order string
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
		u, _ := UfuncNamed(c.Op)
		var in []*Array
		for i := range c.In {
			in = append(in, c.In[i].array(t, pool))
		}
		var opts []Option
		if c.Opts.Out != nil {
			opts = append(opts, Out(c.Opts.Out.array(t, pool)))
		}
		if c.Opts.Where != nil {
			opts = append(opts, Where(c.Opts.Where.array(t, pool)))
		}
		if c.Opts.To != "" {
			opts = append(opts, DType(parseDType(t, c.Opts.To)))
		}
		if c.Opts.Casting != "" {
			k, err := dtype.ParseCasting(c.Opts.Casting)
			if err != nil {
				t.Fatal(err)
			}
			opts = append(opts, Casting(k))
		}
		if c.Opts.Order != "" {
			opts = append(opts, OrderIs(Order(c.Opts.Order[0])))
		}
		var r *Array
		problem := ""
		if err := Try(func() { r = u.Apply(in, opts...)[0] }); err != nil || c.Want.Error != "" {
			switch {
			case err == nil:
				problem = "no error, want " + c.Want.Error + ": " + c.Want.Text
			case errorClass(err) != c.Want.Error || err.(*Error).Msg != c.Want.Text:
				problem = fmt.Sprintf("%s: %s\nwant %s: %s", errorClass(err), err.(*Error).Msg, c.Want.Error, c.Want.Text)
			}
		} else {
			switch {
			case r.DType().TypeStr() != c.Want.Out:
				problem = "dtype " + r.DType().TypeStr() + ", want " + c.Want.Out
			case !slices.Equal(r.Shape(), c.Want.Shape):
				problem = fmt.Sprint("shape ", r.Shape(), ", want ", c.Want.Shape)
			case !sameStrides(r, c.Want.Strides):
				problem = fmt.Sprint("strides ", r.Strides(), ", want ", c.Want.Strides)
			}
			if problem == "" {
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

// sameStrides compares the strides of axes longer than 1.
func sameStrides(a *Array, want []int) bool {
	for i, d := range a.Shape() {
		if d > 1 && a.Size() > 0 && a.Strides()[i] != want[i] {
			return false
		}
	}
	return true
}
