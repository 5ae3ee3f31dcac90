package nd

import (
	"runtime"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/sorting"
)

// UniqueResult is what Unique finds: the distinct items in sorted order and, if
// asked for, where they are. Index, Inverse and Counts are int64.
type UniqueResult struct {
	Values  *Array // the distinct items, or with Axis the distinct slices
	Index   *Array // the place of the first occurrence of each
	Inverse *Array // for every item of the input its place in Values
	Counts  *Array // how often each occurs
}

// What Unique returns besides the values.
const (
	returnIndex = 1 << iota
	returnInverse
	returnCounts
)

// ReturnIndex asks Unique for Index.
func ReturnIndex() Option { return Option{kind: optReturn, num: returnIndex} }

// ReturnInverse asks Unique for Inverse.
func ReturnInverse() Option { return Option{kind: optReturn, num: returnInverse} }

// ReturnCounts asks Unique for Counts.
func ReturnCounts() Option { return Option{kind: optReturn, num: returnCounts} }

// EqualNaN tells whether Unique counts all NaNs as one item; it does by default.
// NaNs in records, or in slices of several items, are always distinct.
func EqualNaN(equal bool) Option {
	o := Option{kind: optEqualNaN}
	if equal {
		o.num = 1
	}
	return o
}

// Unique returns the distinct items of a in sorted order, 1-d, each as it occurs
// first; with Axis the distinct slices along that axis, compared item by item in
// C order. Options: ReturnIndex, ReturnInverse, ReturnCounts, Axis, EqualNaN.
//
// Without Axis the inverse has a's shape: r.Values.Take(r.Inverse) is a. With
// Axis it is 1-d: r.Values.Take(r.Inverse, Axis(k)) is a.
func Unique(a *Array, opts ...Option) UniqueResult {
	const op = "unique"
	a.use(op)
	s := gather(op, optAxis|optReturn|optEqualNaN, opts)
	want := 0
	oneNaN := true
	for _, o := range s.rare {
		switch o.kind {
		case optReturn:
			want |= int(o.num)
		case optEqualNaN:
			oneNaN = o.num != 0
		}
	}
	if s.axes != nil {
		if axis := normAxis(op, oneAxis(op, s.axes), a.NDim()); a.NDim() > 1 {
			return a.uniqueSlices(op, axis, want)
		}
	}
	sorted, order := a.flat(op).searchable(op, a.sortDType()), []int64(nil)
	if want&(returnIndex|returnInverse) == 0 {
		sorted = Sorted(sorted)
	} else {
		order = items[int64](sorted.ArgSort())
		sorted = sorted.Take(Of(order))
	}
	first := sorted.firsts(oneNaN)
	r := groups(first, order, want)
	r.Values = sorted.Compress(Of(first)).AsType(a.dtype, CopyIs(false))
	if r.Inverse != nil {
		r.Inverse = r.Inverse.reshaped(a.lay.Shape)
	}
	return r
}

// groups returns what a call wants to know of the groups of equal items that first begins;
// order says where the items were.
func groups(first []bool, order []int64, want int) (r UniqueResult) {
	if want&returnIndex != 0 {
		r.Index = indexOf(first, order)
	}
	if want&returnInverse != 0 {
		r.Inverse = inverseOf(first, order)
	}
	if want&returnCounts != 0 {
		r.Counts = countsOf(first)
	}
	return r
}

// uniqueSlices is Unique with an axis.
func (a *Array) uniqueSlices(op string, axis, want int) UniqueResult {
	rows := a.MoveAxis(axis, 0).copied(op, a.sortDType(), C)
	n, width := rows.lay.Shape[0], layout.Size(rows.lay.Shape[1:])
	size := width * rows.ItemSize()
	compare, isNaN := sorting.Rows(rows.dtype, width)
	order := make([]int64, n)
	sorting.ArgSortBy(compare, size, rows.ptr(), order)
	sorted := rows.Take(Of(order), Axis(0))
	first := sorting.Firsts(compare, isNaN, size, sorted.ptr(), n)
	runtime.KeepAlive(rows)
	r := groups(first, order, want)
	r.Values = sorted.Compress(Of(first), Axis(0)).MoveAxis(0, axis).AsType(a.dtype, CopyIs(false))
	return r
}

// firsts tells which items of a sorted, dense array differ from the one before.
// NaNs differ from each other unless oneNaN; in records they always do.
func (a *Array) firsts(oneNaN bool) []bool {
	if n := a.Size(); n > 1 && (a.dtype.IsNumeric() || a.dtype.Kind() == dtype.KindBytes || a.dtype.Kind() == dtype.KindStr) {
		first := make([]bool, n)
		first[0] = true
		differ := Of(first[1:])
		a.span(1, n).NotEqual(a.span(0, n-1), Out(differ))
		if last := a.span(n-1, n); oneNaN && hasNaN(a.dtype) && last.NotEqual(last).Item[bool]() {
			nan := a.IsNaN()
			differ.AssignWhere(false, nan.span(1, n).LogicalAnd(nan.span(0, n-1)))
		}
		return first
	}
	compare, isNaN := sorting.Compare(a.dtype), sorting.HasNaN(a.dtype)
	if isNaN != nil && oneNaN && !a.dtype.IsStruct() {
		// All NaNs are one item, even complex ones that differ in a part.
		among, test := compare, isNaN
		compare = func(x, y unsafe.Pointer) int {
			if test(x) && test(y) {
				return 0
			}
			return among(x, y)
		}
		isNaN = nil
	}
	first := sorting.Firsts(compare, isNaN, a.ItemSize(), a.ptr(), a.Size())
	runtime.KeepAlive(a)
	return first
}

// indexOf returns the places in order at which first is true.
func indexOf(first []bool, order []int64) *Array {
	at := make([]int64, 0, len(order))
	for i, f := range first {
		if f {
			at = append(at, order[i])
		}
	}
	return Of(at)
}

// inverseOf returns for every place in order the number of its group.
func inverseOf(first []bool, order []int64) *Array {
	at := make([]int64, len(order))
	group := int64(-1)
	for i, f := range first {
		if f {
			group++
		}
		at[order[i]] = group
	}
	return Of(at)
}

// countsOf returns the sizes of the groups that first begins.
func countsOf(first []bool) *Array {
	var n []int64
	for _, f := range first {
		if f {
			n = append(n, 0)
		}
		n[len(n)-1]++
	}
	return Of(n)
}

// joinFlat returns the items of both arrays, in their common dtype, one after
// another.
func joinFlat(a, b *Array) *Array { return ConcatenateFlat([]*Array{a, b}) }

// Union1D returns the distinct items of a and b together, sorted.
func Union1D(a, b *Array) *Array { return Unique(joinFlat(a, b)).Values }

// Intersect1D returns the distinct items that occur in both a and b, sorted. NaN
// equals nothing.
func Intersect1D(a, b *Array) *Array {
	both := Sorted(joinFlat(Unique(a).Values, Unique(b).Values))
	return both.Compress(Of(both.seconds()))
}

// Intersect1DIndices is Intersect1D that also returns where each item occurs
// first in a and in b, counted in C order.
func Intersect1DIndices(a, b *Array) (values, inA, inB *Array) {
	u, v := Unique(a, ReturnIndex()), Unique(b, ReturnIndex())
	joined := joinFlat(u.Values, v.Values)
	order := items[int64](joined.ArgSort())
	both := joined.Take(Of(order))
	n := int64(u.Values.Size())
	var i, j []int64
	twice := both.seconds()
	for k, two := range twice {
		if two {
			i, j = append(i, order[k]), append(j, order[k+1]-n)
		}
	}
	return both.Compress(Of(twice)), u.Index.Take(Of(i)), v.Index.Take(Of(j))
}

// seconds tells which items of a sorted array equal the one behind them.
func (a *Array) seconds() []bool {
	first := a.searchable("intersect1d", a.sortDType()).firsts(false)
	for i := range first {
		first[i] = i+1 < len(first) && !first[i+1]
	}
	return first
}

// SetDiff1D returns the distinct items of a that do not occur in b, sorted.
func SetDiff1D(a, b *Array) *Array {
	u := Unique(a).Values
	return u.Compress(IsIn(u, b, Inverted()))
}

// SetXor1D returns the distinct items that occur in one of a and b only, sorted.
func SetXor1D(a, b *Array) *Array {
	both := Sorted(joinFlat(Unique(a).Values, Unique(b).Values))
	once := both.searchable("setxor1d", both.sortDType()).firsts(false)
	for i := range once {
		once[i] = once[i] && (i+1 == len(once) || once[i+1])
	}
	return both.Compress(Of(once))
}

// Inverted makes IsIn tell which items do not occur.
func Inverted() Option { return Option{kind: optInvert} }

// IsIn tells for every item of a whether it occurs in b: a bool array of a's
// shape. Both are compared in their common dtype; NaN equals nothing, and numbers,
// bytes and str do not equal each other. Options: Inverted.
func IsIn(a, b *Array, opts ...Option) *Array {
	const op = "isin"
	a.use(op)
	b.use(op)
	s := gather(op, optInvert, opts)
	if itemClass(a.dtype) != itemClass(b.dtype) {
		return Full(dtype.Bool, s.has(optInvert), a.lay.Shape...)
	}
	dt, err := dtype.Promote(a.dtype, b.dtype)
	must(op, err)
	if dt.Kind() != dtype.KindVoid {
		dt = dt.Native()
	}
	if dt.IsFloat() && a.dtype.IsInteger() && b.dtype.IsInteger() {
		// int64 and uint64: what both can hold is compared exactly.
		dt = dtype.Uint64
		if b.dtype.IsSigned() {
			b = b.flat(op)
			b = b.Compress(b.GreaterEqual(0))
		} else {
			in := IsIn(a.AsType(dt), b).LogicalAnd(a.GreaterEqual(0))
			if s.has(optInvert) {
				return in.LogicalNot()
			}
			return in
		}
	}
	out := alloc(op, dtype.Bool, a.lay.Shape, C, true)
	invert := s.has(optInvert)
	found := items[bool](out)
	n, few := b.Size(), fewText
	switch {
	case dt.Kind() == dtype.KindVoid:
		few = 0
	case dt.IsNumeric():
		few = fewNumbers
	}
	oneByOne := 0 < n && n <= few
	var x, y *Array
	if oneByOne && (n <= 2+8/dt.ItemSize() || !dt.IsInteger()) {
		x, y = a.searchable(op, dt), b.searchable(op, dt)
		amongFew(x, y, out, invert)
	} else if x, y = a.inMemory(op, dt), b.inMemory(op, dt); !sorting.Among(dt, x.ptr(), found, y.ptr(), n, invert) {
		if oneByOne {
			amongFew(x, y, out, invert)
		} else {
			y = b.flat(op).copied(op, dt, C)
			y.Sort()
			sorting.AmongSorted(dt, x.ptr(), found, y.ptr(), n, invert)
		}
	}
	a.done(op)
	b.done(op)
	runtime.KeepAlive(x)
	runtime.KeepAlive(y)
	return out
}

// fewNumbers and fewText are the numbers of items up to which all others are compared with
// each of them: beyond, a search is as fast, and for integers that lie together a table is
// beyond two to ten, by their size.
const (
	fewNumbers = 40
	fewText    = 16
)

// amongFew tells in out for every item of x whether it equals one of y, or with invert
// whether it equals none, block by block. x and y are C-contiguous.
func amongFew(x, y, out *Array, invert bool) {
	const block = 32768
	n := x.Size()
	x, y, out = x.reshapedView([]int{n}), y.reshapedView([]int{y.Size()}), out.reshapedView([]int{n})
	room := Empty(dtype.Bool, min(n, block))
	for i := 0; i < n; i += block {
		to := min(i+block, n)
		some, found, also := x.span(i, to), out.span(i, to), room.span(0, to-i)
		for k := range y.Size() {
			one := y.Slice(I(k))
			if k == 0 {
				some.Equal(one, Out(found))
				continue
			}
			some.Equal(one, Out(also))
			found.LogicalOr(also, Out(found))
		}
		if invert {
			found.LogicalNot(Out(found))
		}
	}
}

// itemClass returns the kind of dt, with all numbers and bools as one.
func itemClass(dt dtype.DType) dtype.Kind {
	if k := dt.Kind(); k == dtype.KindBytes || k == dtype.KindStr || k == dtype.KindVoid {
		return k
	}
	return dtype.KindBool
}
