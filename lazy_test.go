package nd

import (
	"errors"
	"os"
	"runtime"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Words of mistakes, which are found where the expression is built.
func TestLazyMistakes(t *testing.T) {
	a, b := Zeros(dtype.Float64, 2, 3), Zeros(dtype.Float64, 4)
	for _, c := range []struct {
		name string
		f    func()
		msg  string
		kind error
	}{
		{"shapes", func() { a.Lazy().Add(b) }, "operands could not be broadcast together with shapes (2,3) (4,) ", ErrShape},
		{"dtype", func() { a.Lazy().BitwiseAnd(1) }, "ufunc 'bitwise_and' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''", ErrType},
		{"number", func() { Zeros(dtype.Uint8, 3).Lazy().Add(300) }, "Python integer 300 out of bounds for uint8", ErrOverflow},
		{"bools", func() { Zeros(dtype.Bool, 3).Lazy().Subtract(true) }, "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.", ErrType},
		{"where", func() { a.Lazy().Where(b, 1) }, "", ErrShape},
		{"empty max", func() { Zeros(dtype.Float64, 0).Lazy().Add(1).Max() }, "zero-size array to reduction operation maximum which has no identity", ErrValue},
		{"axis", func() { a.Lazy().Add(1).Sum(Axis(2)) }, "axis 2 is out of bounds for array of dimension 2", ErrAxis},
		{"name", func() { LazyCall("hypotenuse", nil) }, "there is no operation named 'hypotenuse'", ErrValue},
		{"two results", func() { LazyCall("divmod", []*Lazy{a.Lazy(), a.Lazy()}) }, "divmod() has 2 results and cannot be lazy", ErrType},
		{"operands", func() { LazyCall("add", []*Lazy{a.Lazy()}) }, "add() takes from 2 to 3 positional arguments but 1 were given", ErrType},
		{"out shape", func() { a.Lazy().Add(1).Eval(Out(b)) }, "non-broadcastable output operand with shape (4,) doesn't match the broadcast shape (2,4)", nil},
		{"out dtype", func() { a.Lazy().Add(1).Eval(Out(Zeros(dtype.Int64, 2, 3))) }, "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'", ErrCasting},
		{"power", func() { Of([]int64{2, -1}).Lazy().Power(Of([]int64{1, -1})).Eval() }, "Integers to negative integer powers are not allowed.", ErrValue},
	} {
		err := Try(c.f)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: no error", c.name)
			continue
		}
		if c.name == "out shape" { // the words are those of the eager call
			c.msg = Try(func() { a.Add(1, Out(b)) }).(*Error).Msg
		}
		if c.msg != "" && e.Msg != c.msg || c.kind != nil && !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Out may be, or overlap, what the expression reads.
func TestLazyOverlap(t *testing.T) {
	defer SetThreads(SetThreads(0))
	const n = 100_000
	for _, threads := range []int{1, 2, 5} {
		SetThreads(threads)
		fresh := func() *Array { return Arange(n).AsType(dtype.Float64).Sqrt() }
		for name, c := range map[string]struct{ in, out []Idx }{
			"the same":  {[]Idx{R(0, n)}, []Idx{R(0, n)}},
			"ahead":     {[]Idx{R(0, n-1)}, []Idx{R(1, n)}},
			"behind":    {[]Idx{R(5000, n)}, []Idx{R(0, n-5000)}},
			"backward":  {[]Idx{Step(-1)}, []Idx{R(0, n)}},
			"to stride": {[]Idx{R(0, n/2)}, []Idx{R(0, n, 2)}},
		} {
			a, b := fresh(), fresh()
			x, y := a.Slice(c.in...), b.Slice(c.in...)
			want := x.Copy().Multiply(2).Add(x.Copy().Square())
			out := b.Slice(c.out...)
			if r := y.Lazy().Multiply(2).Add(y.Lazy().Square()).Eval(Out(out)); r != out {
				t.Fatal("Eval returned another array than Out")
			}
			if !out.Equal(want).AllTrue().Item[bool]() {
				t.Errorf("%d threads, %s: wrong items", threads, name)
			}
			rest := a.Copy()
			rest.Slice(c.out...).Assign(want)
			if !b.Equal(rest).AllTrue().Item[bool]() {
				t.Errorf("%d threads, %s: wrote beside out", threads, name)
			}
		}
	}
	// The same bytes read as another dtype.
	a := Arange(50_000)
	want := a.Copy().Multiply(3).AsType(dtype.Float64).Add(0.5)
	out := a.View(dtype.Float64)
	a.Lazy().Multiply(3).Add(0.5).Eval(Out(out))
	if !out.Equal(want).AllTrue().Item[bool]() {
		t.Error("bytes of another dtype: wrong items")
	}
}

// An expression takes memory for blocks and its result, not for steps.
func TestLazyMemory(t *testing.T) {
	defer SetThreads(SetThreads(2))
	const n = 1 << 20
	a, b, c := filled(1.5, n), filled(2.5, n), filled(0.25, n)
	out := Empty(dtype.Float64, n)
	row := filled(2, 64)
	e := a.Lazy().Multiply(b).Add(c).Sqrt().Subtract(a.Lazy().Divide(b)).Maximum(0)
	table := a.Reshape(n/64, 64).Lazy().Multiply(row).Add(b.Reshape(n/64, 64))
	tries := 1
	if raceEnabled {
		tries = 400 // the detector makes pools lose every fourth thing, but not each time
	}
	for name, f := range map[string]func(){
		"items":     func() { e.Eval(Out(out)) },
		"sum":       func() { e.Sum().Eval() },
		"max":       func() { e.Greater(1).AnyTrue().Eval() },
		"broadcast": func() { table.Eval(Out(out.Reshape(n/64, 64))) },
		"casts":     func() { e.AsType(dtype.Float32).Add(1).Eval(Out(out)) },
	} {
		f()                    // fills the pools
		const most = 512 << 10 // one step's array takes 8 MB
		took := uint64(most + 1)
		for i := 0; i < tries && took > most; i++ {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			f()
			runtime.ReadMemStats(&after)
			took = after.TotalAlloc - before.TotalAlloc
		}
		if took > most {
			t.Errorf("%s: allocated %d bytes", name, took)
		}
	}
	e.AsType(dtype.Float32).Add(1).Eval(Out(out))
	if want := e.Eval().AsType(dtype.Float32).Add(1); !out.Equal(want).AllTrue().Item[bool]() {
		t.Error("casts: wrong items")
	}
}

// A fault in a map becomes an error on whichever goroutine meets it.
func TestLazyFault(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	defer SetThreads(SetThreads(3))
	const n = 1 << 18
	buf, path := mapOf(t, 8*n)
	a, err := Over(buf, dtype.Float64, []int{n}, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	b := filled(1, n)
	if err := os.Truncate(path, 4*n); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(){
		"items":     func() { a.Lazy().Add(b).Multiply(2).Eval() },
		"sum":       func() { a.Lazy().Add(b).Sum().Eval() },
		"any":       func() { a.Lazy().Add(b).Less(0).AnyTrue().Eval() },
		"into":      func() { b.Lazy().Add(b).Multiply(2).Eval(Out(a)) },
		"swapped":   func() { a.View(dtype.Float64.Swapped()).Lazy().Add(b).Min().Eval() },
		"broadcast": func() { a.Slice(R(n-4, n)).Lazy().Add(b.Reshape(n/4, 4)).Sum().Eval() },
	} {
		if err := Try(f); !errors.Is(err, ErrFault) {
			t.Errorf("%s: %v", name, err)
		}
	}
	buf.Close()
	if err := Try(func() { a.Lazy() }); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// Parts are computed once, and an expression can be evaluated again with new items.
func TestLazyAgain(t *testing.T) {
	a := Arange(6).AsType(dtype.Float64)
	e := a.Lazy().Subtract(a.Lazy().Mean()).Square()
	if got, want := e.Sum().Eval().Item[float64](), 17.5; got != want {
		t.Errorf("sum of squares %v, want %v", got, want)
	}
	a.Set(11.0, 5)
	m := a.Subtract(a.Mean())
	if got := e.Eval(); !got.Equal(m.Square()).AllTrue().Item[bool]() {
		t.Errorf("again: %v", got)
	}
	if e.Depth() != 3 || e.NDim() != 1 || e.Size() != 6 || e.DType() != dtype.Float64 {
		t.Errorf("depth %d, %d axes, %d items of %s", e.Depth(), e.NDim(), e.Size(), e.DType())
	}
}

// filled returns n float64 items x.
func filled(x float64, n int) *Array {
	a := Empty(dtype.Float64, n)
	a.Assign(x)
	return a
}
