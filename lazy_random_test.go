package nd

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
)

// twinned is a value computed both ways.
type twinned struct {
	eager *Array
	lazy  *Lazy
}

// dags makes random expressions.
type dags struct {
	*rand.Rand
	nodes []twinned
	ops   []Ufunc
	kind  dtype.DType // of all arrays, if valid: expressions that go by tapes
}

func newDags(seed uint64) *dags {
	g := &dags{Rand: rand.New(rand.NewPCG(seed, 1))}
	for _, name := range UfuncNames() {
		if u, _ := UfuncNamed(name); u.NOut() == 1 {
			g.ops = append(g.ops, u)
		}
	}
	return g
}

func one[T any](g *dags, list ...T) T { return list[g.IntN(len(list))] }

// leaf returns an operand that broadcasts to shape: a Go number, or an array of any
// dtype and layout.
func (g *dags) leaf(shape []int) *Array {
	if g.IntN(5) == 0 {
		switch g.IntN(4) {
		case 0:
			return asArray(one(g, 2, 3, -1, 200))
		case 1:
			return asArray(one(g, 0.5, -2.25))
		case 2:
			return asArray(1 - 2i)
		}
		return asArray(true)
	}
	s := slices.Clone(shape)
	for len(s) > 0 && g.IntN(6) == 0 {
		s = s[1:]
	}
	for i := range s {
		if g.IntN(6) == 0 {
			s[i] = 1
		}
	}
	if g.IntN(25) == 0 {
		s = append(s, 3) // most often a mistake
	}
	n := prod(s)
	bits := make([]float64, n)
	for i := range bits {
		bits[i] = one(g, 0, 1, 2, -3, float64(g.IntN(250)), g.Float64()*8-4)
	}
	a := Of(bits).Reshape(s...)
	odd := g.IntN(4) == 0
	switch k := g.IntN(3); {
	case g.kind.IsValid() && k > 0:
		a = a.AsType(g.kind)
	case k == 0:
		a = a.AsType(one(g, dtype.Float64, dtype.Float32))
	default:
		a = a.AsType(one(g, numericDTypes...))
	}
	if flat := a.Ravel(); odd && a.dtype.IsFloat() {
		for i := 0; i < n; i += 1 + g.IntN(9) {
			flat.Set(one(g, math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 1e-310, 1e300), i)
		}
	}
	l := layouts(a)
	return l[g.IntN(len(l))].array
}

func (g *dags) arg(shape []int) twinned {
	if len(g.nodes) == 0 || g.IntN(3) == 0 {
		a := g.leaf(shape)
		return twinned{a, a.Lazy()}
	}
	return g.nodes[g.IntN(len(g.nodes))]
}

// step adds an operation and reports what both ways said about it.
func (g *dags) step(shape []int) (op string, eager, lazy error) {
	var x [3]twinned
	for i := range x {
		x[i] = g.arg(shape)
	}
	if all, err := layout.Broadcast(x[0].eager.lay.Shape, x[1].eager.lay.Shape, x[2].eager.lay.Shape); err == nil && prod(all) > 1<<20 {
		return "", nil, nil // (40000,1) with (40000,)
	}
	var r twinned
	both := func(name string, e func() *Array, l func() *Lazy) {
		op = name
		eager = Try(func() { r.eager = e() })
		lazy = Try(func() { r.lazy = l() })
	}
	dt := one(g, numericDTypes...)
	axes := []Option{}
	switch g.IntN(4) {
	case 0:
		axes = append(axes, Axis(g.IntN(max(1, x[0].eager.NDim()))))
	case 1:
		axes = append(axes, KeepDims())
	}
	k := g.IntN(40)
	if g.kind.IsValid() && k > 5 {
		k = one(g, 3, 40, 40, 40, 40)
	}
	switch {
	case k == 40:
		u := one[Ufunc](g, Add, Subtract, Multiply, Divide, Maximum, Minimum, Square, Negative, Absolute, Sqrt, Reciprocal, Power,
			Floor, Ceil, Rint, Trunc, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, IsNaN, IsInf, IsFinite, SignBit,
			BitwiseAnd, BitwiseOr, BitwiseXor, Invert, LogicalAnd, LogicalOr, LogicalXor, LogicalNot)
		in, args := []*Array{x[0].eager, x[1].eager}, []*Lazy{x[0].lazy, x[1].lazy}
		if u == Ufunc(Power) {
			in[1], args[1] = asArray(2), LazyOf(2)
		}
		both(u.Name(), func() *Array { return u.Apply(in[:u.NIn()])[0] }, func() *Lazy { return LazyCall(u.Name(), args[:u.NIn()]) })
	case k < 3:
		both("astype", func() *Array { return x[0].eager.AsType(dt) }, func() *Lazy { return x[0].lazy.AsType(dt) })
	case k < 6:
		both("where", func() *Array { return x[0].eager.Where(x[1].eager, x[2].eager) },
			func() *Lazy { return x[0].lazy.Where(x[1].lazy, x[2].lazy) })
	case k < 8:
		both("clip", func() *Array { return x[0].eager.Clip(x[1].eager, x[2].eager) },
			func() *Lazy { return x[0].lazy.Clip(x[1].lazy, x[2].lazy) })
	case k == 8:
		both("sum", func() *Array { return x[0].eager.Sum(axes...) }, func() *Lazy { return x[0].lazy.Sum(axes...) })
	case k == 9:
		both("mean", func() *Array { return x[0].eager.Mean(axes...) }, func() *Lazy { return x[0].lazy.Mean(axes...) })
	case k == 10:
		both("max", func() *Array { return x[0].eager.Max(axes...) }, func() *Lazy { return x[0].lazy.Max(axes...) })
	case k < 28:
		u := one(g, Add, Subtract, Multiply, Divide, Power, Maximum, Less, NotEqual, LogicalAnd, FloorDivide)
		both(u.Name(), func() *Array { return u.Call(x[0].eager, x[1].eager) },
			func() *Lazy { return LazyCall(u.Name(), []*Lazy{x[0].lazy, x[1].lazy}) })
	default:
		u := one(g, g.ops...)
		var opts []Option
		if g.IntN(8) == 0 {
			opts = append(opts, DType(dt))
		}
		in, args := []*Array{}, []*Lazy{}
		for i := range u.NIn() {
			in, args = append(in, x[i].eager), append(args, x[i].lazy)
		}
		both(u.Name(), func() *Array { return u.Apply(in, opts...)[0] }, func() *Lazy { return LazyCall(u.Name(), args, opts...) })
	}
	if eager == nil && lazy == nil && r.eager.Size() <= 1<<20 {
		g.nodes = append(g.nodes, r)
	}
	return op, eager, lazy
}

// fold reduces both sides in one way, or leaves them.
func (g *dags) fold(x twinned) (func() *Array, func(opts ...Option) *Array, string) {
	e, l := x.eager, x.lazy
	eval := func(build func() *Lazy) func(...Option) *Array {
		return func(opts ...Option) *Array { return build().Eval(opts...) }
	}
	switch g.IntN(10) {
	case 0:
		return func() *Array { return e.Sum() }, eval(func() *Lazy { return l.Sum() }), "sum"
	case 1:
		return func() *Array { return e.Prod() }, eval(func() *Lazy { return l.Prod() }), "prod"
	case 2:
		return func() *Array { return e.Max(KeepDims()) }, eval(func() *Lazy { return l.Max(KeepDims()) }), "max"
	case 3:
		return func() *Array { return e.Min() }, eval(func() *Lazy { return l.Min() }), "min"
	case 4:
		return func() *Array { return e.Mean() }, eval(func() *Lazy { return l.Mean() }), "mean"
	case 5:
		return func() *Array { return e.AnyTrue() }, eval(func() *Lazy { return l.AnyTrue() }), "any"
	case 6:
		return func() *Array { return e.AllTrue(Axis(-1)) }, eval(func() *Lazy { return l.AllTrue(Axis(-1)) }), "all"
	case 7:
		dt := one(g, numericDTypes...)
		return func() *Array { return e.Sum(DType(dt)) }, eval(func() *Lazy { return l.Sum(DType(dt)) }), "sum " + dt.Name()
	}
	return func() *Array { return e }, l.Eval, "items"
}

// sameArray reports whether dtype, shape, strides and bits agree; NaNs may differ
// in sign and payload, which vector loops and their ends treat differently.
func sameArray(a, b *Array) bool {
	if a.dtype != b.dtype || !slices.Equal(a.lay.Shape, b.lay.Shape) || !slices.Equal(a.lay.Strides, b.lay.Strides) {
		return false
	}
	x, y := block(a.Copy(C)), block(b.Copy(C))
	if bytes.Equal(x, y) {
		return true
	}
	if !a.dtype.IsFloat() && !a.dtype.IsComplex() {
		return false
	}
	if a.dtype.IsComplex() {
		return sameArray(a.Real().Copy(C), b.Real().Copy(C)) && sameArray(a.Imag().Copy(C), b.Imag().Copy(C))
	}
	same := a.Equal(b).LogicalAnd(a.SignBit().Equal(b.SignBit()))
	return same.LogicalOr(a.IsNaN().LogicalAnd(b.IsNaN())).AllTrue().Item[bool]()
}

func sameError(eager, lazy error) bool {
	var a, b *Error
	if !errors.As(eager, &a) || !errors.As(lazy, &b) {
		return eager == nil && lazy == nil
	}
	return a.Op == b.Op && a.Msg == b.Msg && errors.Is(a.Err, b.Err)
}

// TestLazyRandom holds random expressions against the same operations one by one:
// bits, dtype, shape, strides, and words of errors, at 1, 2 and 5 threads. ND_SEED
// sets the first seed, ND_SEEDS how many.
func TestLazyRandom(t *testing.T) {
	defer SetThreads(SetThreads(0))
	first, count := uint64(1), uint64(700)
	if s := os.Getenv("ND_SEED"); s != "" {
		first, _ = strconv.ParseUint(s, 10, 64)
		count = 1
		if n, err := strconv.ParseUint(os.Getenv("ND_SEEDS"), 10, 64); err == nil {
			count = n
		}
	}
	if testing.Short() {
		count = 150
	}
	checked := 0
	for seed := first; seed < first+count; seed++ {
		g := newDags(seed)
		shape := one(g, []int{}, []int{7}, []int{1}, []int{3, 5}, []int{4, 1, 6}, []int{0, 3}, []int{300}, []int{129, 9}, []int{2, 3, 2, 5})
		if seed%16 == 0 {
			shape = one(g, []int{70001}, []int{270, 260}, []int{40000, 3})
		}
		if seed%3 == 1 {
			g.kind = one(g, dtype.Float64, dtype.Float64, dtype.Float32, dtype.Int32, dtype.Int64, dtype.Uint32, dtype.Uint64)
			shape = one(g, shape, []int{700}, []int{3001}, []int{12, 130})
		}
		ops := ""
		steps := 1 + g.IntN(9)
		for range steps {
			op, eager, lazy := g.step(shape)
			if lazy == nil && eager != nil && errors.Is(eager, ErrValue) && g.deferred(eager) {
				continue
			}
			if !sameError(eager, lazy) {
				t.Fatalf("seed %d: %s %s: eager says %v, lazy says %v", seed, ops, op, eager, lazy)
			}
			if eager == nil && op != "" {
				ops += " " + op
			}
		}
		if len(g.nodes) == 0 {
			continue
		}
		x := g.nodes[len(g.nodes)-1]
		e, l, name := g.fold(x)
		var want *Array
		eager := Try(func() { want = e() })
		out := (*Array)(nil)
		for _, threads := range []int{1, 2, 5} {
			SetThreads(threads)
			var got *Array
			lazy := Try(func() { got = l() })
			if eager != nil || lazy != nil {
				if !sameError(eager, lazy) {
					t.Fatalf("seed %d: shape %v%s: %s: eager says %v, lazy says %v", seed, shape, ops, name, eager, lazy)
				}
				continue
			}
			if !sameArray(want, got) {
				t.Fatalf("seed %d, %d threads: shape %v%s: %s:\neager %s %v %v\n%v\nlazy %s %v %v\n%v", seed, threads, shape, ops, name,
					want.dtype, want.lay.Shape, want.lay.Strides, want, got.dtype, got.lay.Shape, got.lay.Strides, got)
			}
			if out == nil {
				all := layouts(Zeros(want.dtype, want.Shape()...))
				out = all[g.IntN(len(all)-1)].array // not the read-only one
			}
			if halfMean := x.lazy.form == lazyMean && want.dtype.Kind() == dtype.KindFloat16; name == "items" && !halfMean { // its sum goes through out, as NumPy's
				l(Out(out))
				if !sameArray(want.Copy(C), out.AsType(want.dtype).Copy(C)) {
					t.Fatalf("seed %d, %d threads: shape %v%s: into out of strides %v:\neager %v\nlazy %v", seed, threads, shape, ops, out.lay.Strides, want, out)
				}
			}
			checked++
		}
	}
	t.Logf("%d results agree", checked)
	if checked == 0 && first == 1 {
		t.Fatal("nothing was compared")
	}
}

// deferred reports whether err is one that depends on values, so that a lazy
// expression meets it in Eval.
func (g *dags) deferred(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Op == kernel.Power.String()
}
