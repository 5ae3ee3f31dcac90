package nd

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// House rule 5 for what is no ufunc: joins, subscripts, masks, sorting, sets,
// statistics and products give the same answer whatever the layout of their
// operand. The items are small integers, so that sums are exact in every order.

// restOps are operations that leave their operand as it is.
func restOps(dt dtype.DType) map[string]func(a *Array) []*Array {
	one := func(f func(a *Array) *Array) func(a *Array) []*Array {
		return func(a *Array) []*Array { return []*Array{f(a)} }
	}
	places := Of([]int{2, 0, 1, 2, -1})
	ops := map[string]func(a *Array) []*Array{
		"Copy":              one(func(a *Array) *Array { return a.Copy() }),
		"Copy F":            one(func(a *Array) *Array { return a.Copy(F) }),
		"Flatten":           one(func(a *Array) *Array { return a.Flatten() }),
		"Flatten F":         one(func(a *Array) *Array { return a.Flatten(OrderIs(F)) }),
		"Ravel":             one(func(a *Array) *Array { return a.Ravel() }),
		"Reshape":           one(func(a *Array) *Array { return a.Reshape(4, -1) }),
		"Reshape F":         one(func(a *Array) *Array { return a.ReshapeOrder(F, 4, -1) }),
		"Resize":            one(func(a *Array) *Array { return Resize(a, 7, 11) }),
		"Tile":              one(func(a *Array) *Array { return a.Tile(2, 1, 3) }),
		"Repeat":            one(func(a *Array) *Array { return a.Repeat(3) }),
		"Repeat 1":          one(func(a *Array) *Array { return a.Repeat(Of([]int{1, 0, 2, 3}), Axis(1)) }),
		"Roll":              one(func(a *Array) *Array { return a.Roll(7) }),
		"Roll 2":            one(func(a *Array) *Array { return a.Roll(-2, Axis(2)) }),
		"Concatenate":       one(func(a *Array) *Array { return Concatenate([]*Array{a, a.Slice(R(0, 1))}) }),
		"Concatenate 2":     one(func(a *Array) *Array { return Concatenate([]*Array{a, a}, Axis(2)) }),
		"Concatenate flat":  one(func(a *Array) *Array { return ConcatenateFlat([]*Array{a, a.T()}) }),
		"Stack":             one(func(a *Array) *Array { return Stack([]*Array{a, a}, Axis(1)) }),
		"DStack":            one(func(a *Array) *Array { return DStack([]*Array{a, a}) }),
		"Append":            one(func(a *Array) *Array { return Append(a, a, 1) }),
		"Delete":            one(func(a *Array) *Array { return Delete(a, 1, 0, 2) }),
		"Insert":            one(func(a *Array) *Array { return Insert(a, 2, []int{0, 3}, a.Slice(All, All, R(0, 1))) }),
		"Split":             func(a *Array) []*Array { return a.ArraySplit(3, 2) },
		"Unstack":           func(a *Array) []*Array { return a.Unstack(1) },
		"Take":              one(func(a *Array) *Array { return a.Take(places) }),
		"Take 0":            one(func(a *Array) *Array { return a.Take(places, Axis(0)) }),
		"Take 2":            one(func(a *Array) *Array { return a.Take(places, Axis(2)) }),
		"Subscript":         one(func(a *Array) *Array { return a.Subscript(By(places), All, By(places)) }),
		"Subscript mask":    one(func(a *Array) *Array { return a.Subscript(By(a.Greater(1))) }),
		"Compress":          one(func(a *Array) *Array { return a.Compress(Of([]bool{true, false, true}), Axis(0)) }),
		"Extract":           one(func(a *Array) *Array { return Extract(a.NotEqual(0), a) }),
		"NonZero":           func(a *Array) []*Array { return a.NonZero() },
		"ArgWhere":          one(func(a *Array) *Array { return a.ArgWhere() }),
		"Where":             one(func(a *Array) *Array { return a.NotEqual(0).Where(a, a.Flip()) }),
		"Where cond":        one(func(a *Array) *Array { return a.Where(1, 2) }),
		"Select":            one(func(a *Array) *Array { return Select([]*Array{a.Equal(1), a.Equal(2)}, []*Array{a, a.Flip(0)}, a) }),
		"AsType bool":       one(func(a *Array) *Array { return a.AsType(dtype.Bool) }),
		"AsType c16":        one(func(a *Array) *Array { return a.AsType(dtype.Complex128) }),
		"CountNonzero":      one(func(a *Array) *Array { return a.CountNonzero(Axis(1)) }),
		"Sum 0 2":           one(func(a *Array) *Array { return a.Sum(Axis(0, 2)) }),
		"Prod 1":            one(func(a *Array) *Array { return a.Slice(All, R(0, 2)).Prod(Axis(1)) }),
		"Mean 1":            one(func(a *Array) *Array { return a.Mean(Axis(1)) }),
		"CumSum":            one(func(a *Array) *Array { return a.CumSum() }),
		"CumSum 1":          one(func(a *Array) *Array { return a.CumSum(Axis(1)) }),
		"AnyTrue 0":         one(func(a *Array) *Array { return a.AnyTrue(Axis(0)) }),
		"AllTrue 2":         one(func(a *Array) *Array { return a.AllTrue(Axis(2)) }),
		"MatMul":            one(func(a *Array) *Array { return a.MatMul(a.SwapAxes(1, 2)) }),
		"Dot":               one(func(a *Array) *Array { return a.Dot(a.Slice(I(0)).T()) }),
		"Inner":             one(func(a *Array) *Array { return a.Inner(a) }),
		"TensorDot":         one(func(a *Array) *Array { return a.TensorDot(a, []int{0, 2}, []int{0, 2}) }),
		"Einsum":            one(func(a *Array) *Array { return Einsum("ijk,ljk->il", a, a) }),
		"Einsum diagonal":   one(func(a *Array) *Array { return Einsum("ijk,kji", a, a.T()) }),
		"Trace":             one(func(a *Array) *Array { return a.Trace(1, []int{1, 2}) }),
		"Kron":              one(func(a *Array) *Array { return a.Kron(a.Slice(I(0))) }),
		"OuterProduct":      one(func(a *Array) *Array { return a.OuterProduct(a.Slice(I(1), I(0))) }),
		"Tril":              one(func(a *Array) *Array { return Tril(a, 1) }),
		"Pad":               one(func(a *Array) *Array { return Pad(a, [][2]int{{1, 2}}, PadConstant, 1) }),
		"Pad wrap":          one(func(a *Array) *Array { return Pad(a, [][2]int{{1, 2}, {0, 3}, {2, 1}}, PadWrap, 0) }),
		"Pad reflect":       one(func(a *Array) *Array { return Pad(a, [][2]int{{1, 1}}, PadReflect, 0) }),
		"Broadcast":         one(func(a *Array) *Array { return a.BroadcastTo(2, 3, 4, 5).Copy() }),
		"SlidingWindowView": one(func(a *Array) *Array { return a.SlidingWindowView([]int{2, 3}, 0, 2) }),
		"TakeAlongAxis":     one(func(a *Array) *Array { return a.TakeAlongAxis(Zeros(dtype.Int64, 3, 1, 5), 1) }),
		"ArrayEqual":        one(func(a *Array) *Array { return Of([]bool{a.ArrayEqual(a.Copy()), a.ArrayEqual(a.Flip())}) }),
		"Lazy":              one(func(a *Array) *Array { return a.Lazy().Equal(a.Flip()).Sum(Axis(0)).Eval() }),
		"Text":              one(func(a *Array) *Array { return Of([]string{a.String()}) }),
		"WriteTo":           one(func(a *Array) *Array { var b bytes.Buffer; a.AsType(dt).WriteTo(&b); return Of(b.Bytes()) }),
		"Choose": one(func(a *Array) *Array {
			return a.AsType(dtype.Int64).Choose([]*Array{a, a.Flip(), a.Flip(0), a.Flip(1)}, Mode(ModeWrap))
		}),
		"BroadcastArrays": func(a *Array) []*Array { return BroadcastArrays(a, a.Slice(I(0))) },
		"LexSort":         one(func(a *Array) *Array { return LexSort([]*Array{a.Flip(), a}) }),
	}
	if dt.IsComplex() {
		ops["Imag"] = one(func(a *Array) *Array { return a.Imag() })
		return withSorting(ops)
	}
	ops["Diff"] = one(func(a *Array) *Array { return a.Diff(1, Axis(1)) })
	ops["Var 2"] = one(func(a *Array) *Array { return a.Slice(All, All, R(0, 4)).Var(Axis(2)) })
	ops["Average"] = one(func(a *Array) *Array { return a.Average(Ones(dtype.Float64, 3, 4, 5), Axis(0)) })
	ops["Median 0"] = one(func(a *Array) *Array { return a.Median(Axis(0)) })
	ops["Digitize"] = one(func(a *Array) *Array { return a.Digitize(Of([]float64{0, 1.5, 3})) })
	ops["Clip"] = one(func(a *Array) *Array { return a.Clip(1, 2) })
	ops["Histogram"] = func(a *Array) []*Array { h, e := Histogram(a.AsType(dtype.Float64), 4); return []*Array{h, e} }
	if dt != dtype.Bool {
		ops["Percentile 2"] = one(func(a *Array) *Array { return a.Percentile(Of([]float64{25, 50}), Axis(2)) })
		ops["Gradient"] = func(a *Array) []*Array { return Gradient(a) }
		ops["Trapezoid"] = one(func(a *Array) *Array { return a.Trapezoid(Axis(1)) })
		ops["Interp"] = one(func(a *Array) *Array { return Interp(a, Of([]float64{0, 2, 4}), Of([]float64{1, 8, 2})) })
		ops["Ptp"] = one(func(a *Array) *Array { return a.Ptp(Axis(1)) })
		ops["Cov"] = one(func(a *Array) *Array { return Cov(a.Slice(I(0)), nil) })
		ops["Round"] = one(func(a *Array) *Array { return a.Round(-1) })
	}
	if dt.IsInteger() {
		ops["BinCount"] = one(func(a *Array) *Array { return BinCount(a.Ravel()) })
		ops["UnravelIndex"] = func(a *Array) []*Array { return UnravelIndex(a, 3, 2) }
		ops["Power of a matrix"] = one(func(a *Array) *Array { return a.Slice(All, R(0, 4), R(0, 4)).MatrixPower(3) })
	}
	return withSorting(ops)
}

// withSorting adds what orders items.
func withSorting(ops map[string]func(a *Array) []*Array) map[string]func(a *Array) []*Array {
	add := func(name string, f func(a *Array) *Array) {
		ops[name] = func(a *Array) []*Array { return []*Array{f(a)} }
	}
	for axis := range 3 {
		add(fmt.Sprint("Sorted ", axis), func(a *Array) *Array { return Sorted(a, Axis(axis)) })
		add(fmt.Sprint("ArgSort ", axis), func(a *Array) *Array { return a.ArgSort(Axis(axis), Stable()) })
		add(fmt.Sprint("ArgMax ", axis), func(a *Array) *Array { return a.ArgMax(Axis(axis)) })
		add(fmt.Sprint("Min ", axis), func(a *Array) *Array { return a.Min(Axis(axis)) })
		add(fmt.Sprint("Partitioned ", axis), func(a *Array) *Array {
			return Partitioned(a, 1, Axis(axis)).Slice(slices.Repeat([]Idx{All}, axis)...).Take(Of([]int{1}), Axis(axis))
		})
	}
	add("ArgMin", func(a *Array) *Array { return a.ArgMin() })
	add("SearchSorted", func(a *Array) *Array { return Sorted(a.Slice(I(0), I(0))).SearchSorted(a) })
	add("SearchSorted in", func(a *Array) *Array {
		return a.Slice(I(0), I(0)).SearchSorted(a, Sorter(a.Slice(I(0), I(0)).ArgSort(Stable())))
	})
	add("IsIn", func(a *Array) *Array { return IsIn(a, a.Slice(I(1), I(2))) })
	add("Union1D", func(a *Array) *Array { return Union1D(a, a.Slice(I(0))) })
	add("SetXor1D", func(a *Array) *Array { return SetXor1D(a, a.Slice(I(0), I(0))) })
	ops["Unique"] = func(a *Array) []*Array {
		u := Unique(a, ReturnIndex(), ReturnInverse(), ReturnCounts())
		return []*Array{u.Values, u.Index, u.Inverse, u.Counts}
	}
	add("Unique 1", func(a *Array) *Array { return Unique(a, Axis(1)).Values })
	return ops
}

// changes are operations that write to their operand.
var changes = map[string]func(a *Array){
	"Fill":        func(a *Array) { a.Fill(1) },
	"Assign":      func(a *Array) { a.Assign(a.Flip()) },
	"Assign row":  func(a *Array) { a.Assign(a.Slice(I(1), I(2))) },
	"AssignWhere": func(a *Array) { a.AssignWhere(a.Flip(), a.Equal(1)) },
	"SetPick":     func(a *Array) { a.SetPick(2, All, R(1, 3), Step(2)) },
	"SetSubscript": func(a *Array) {
		a.SetSubscript(a.Slice(I(0), I(0), R(0, 3)), By(Of([]int{2, 0, 1})), I(1), By(Of([]int{4, 4, 0})))
	},
	"SetSubscript m":  func(a *Array) { a.SetSubscript(0, By(a.Equal(1))) },
	"Put":             func(a *Array) { a.Put(Of([]int{59, 3, 17, -4}), Of([]int{1, 0, 3}).AsType(a.DType())) },
	"PutAlongAxis":    func(a *Array) { a.PutAlongAxis(Zeros(dtype.Int64, 3, 1, 5).AsType(dtype.Int64), 1, 1) },
	"Place":           func(a *Array) { a.Place(a.Equal(1), Of([]int{0, 2}).AsType(a.DType())) },
	"PutMask":         func(a *Array) { a.PutMask(a.Equal(2), Of([]int{0, 1, 1}).AsType(a.DType())) },
	"Sort":            func(a *Array) { a.Sort() },
	"Sort 0":          func(a *Array) { a.Sort(Axis(0)) },
	"ByteSwap":        func(a *Array) { a.ByteSwap(Out(a)) },
	"Out of Take":     func(a *Array) { a.Copy().Take(Of([]int{2, 0, 2}), Axis(0), Out(a), Mode(ModeClip)) },
	"Out of Cumsum":   func(a *Array) { a.CumSum(Axis(1), DType(a.DType()), Out(a)) },
	"Out of Sum":      func(a *Array) { a.Slice(R(1, 3)).Max(Axis(0), Out(a.Slice(I(0)))) },
	"BitwiseOr.At":    func(a *Array) { LogicalOr.At(a, 0, By(Of([]int{0, 0, 2}))) },
	"Concatenate out": func(a *Array) { Concatenate([]*Array{a.Slice(R(1, 3)), a.Slice(R(0, 1))}, Out(a)) },
}

// restBase has repeated items, zeros and, where the dtype allows, negatives.
func restBase(dt dtype.DType) *Array {
	v := make([]int, 60)
	for i := range v {
		v[i] = i * 7 % 5 % 4
		if i%11 == 3 && (dt.IsFloat() || dt.IsComplex()) {
			v[i] = -v[i]
		}
	}
	return Of(v).Reshape(3, 4, 5).AsType(dt)
}

// sameArrays compares values and dtypes; a result may keep its operand's byte order.
func sameArrays(a, b []*Array) error {
	if len(a) != len(b) {
		return fmt.Errorf("%d results, want %d", len(a), len(b))
	}
	for i := range a {
		x, y := a[i], b[i]
		if !slices.Equal(x.Shape(), y.Shape()) {
			return fmt.Errorf("result %d has shape %v, want %v", i, x.Shape(), y.Shape())
		}
		if x.DType().Native() != y.DType().Native() {
			return fmt.Errorf("result %d has dtype %v, want %v", i, x.DType(), y.DType())
		}
		if !bytes.Equal(x.AsType(y.DType().Native()).bytesInC(), y.AsType(y.DType().Native()).bytesInC()) {
			return fmt.Errorf("result %d\n%v\nwant\n%v", i, x, y)
		}
	}
	return nil
}

func (a *Array) bytesInC() []byte { return block(a.Copy()) }

func TestRestInEveryLayout(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint16, dtype.Int32, dtype.Int64, dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex64, dtype.Complex128} {
		base := restBase(dt)
		for name, f := range restOps(dt) {
			var want []*Array
			if err := Try(func() { want = f(base.Copy()) }); err != nil {
				t.Fatalf("%s of %v: %v", name, dt, err)
			}
			for _, l := range layouts(base) {
				var got []*Array
				err := Try(func() { got = f(l.array) })
				if err == nil {
					err = sameArrays(got, want)
				}
				if err != nil {
					t.Errorf("%s of %v, %s: %v", name, dt, l.name, err)
				}
			}
		}
	}
}

func TestChangesInEveryLayout(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Uint8, dtype.Int32, dtype.Int64, dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex128} {
		base := restBase(dt)
		for name, f := range changes {
			want := base.Copy()
			if err := Try(func() { f(want) }); err != nil {
				t.Errorf("%s of %v: %v", name, dt, err)
				continue
			}
			for _, l := range layouts(base) {
				err := Try(func() { f(l.array) })
				if l.name == "read-only" {
					if err == nil {
						t.Errorf("%s of %v wrote to a read-only array", name, dt)
					} else if e := sameArrays([]*Array{l.array}, []*Array{base}); e != nil {
						t.Errorf("%s of %v refused and wrote: %v", name, dt, e)
					}
					continue
				}
				if err == nil {
					err = sameArrays([]*Array{l.array}, []*Array{want})
				}
				if err != nil {
					t.Errorf("%s of %v, %s: %v", name, dt, l.name, err)
				}
			}
		}
	}
}

// An operand that was broadcast has strides of 0.
func TestRestOfBroadcasts(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Int32, dtype.Float32, dtype.Float64} {
		row := restBase(dt).Slice(I(0), R(0, 1))
		for name, f := range restOps(dt) {
			wide := row.BroadcastTo(3, 4, 5)
			var want, got []*Array
			if err := Try(func() { want = f(wide.Copy()) }); err != nil {
				t.Fatalf("%s of %v: %v", name, dt, err)
			}
			err := Try(func() { got = f(wide) })
			if err == nil {
				err = sameArrays(got, want)
			}
			if err != nil {
				t.Errorf("%s of %v, broadcast: %v", name, dt, err)
			}
		}
	}
}
