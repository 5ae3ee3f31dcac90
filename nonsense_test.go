package nd

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestNonsenseIsRefused gives each call one argument that cannot be meant: a value that
// its enumeration does not have, one argument too many, an array that is nil, a number
// beyond all sizes. None may be overlooked, and the error names the call.
func TestNonsenseIsRefused(t *testing.T) {
	a := Arange(12).Reshape(3, 4)
	f, i := a.AsType(dtype.Float64), Arange(3)
	large := Zeros(dtype.Float64, 20000)
	var none *Array
	o := Zeros(dtype.Int64, 3, 4)
	bad := Casting(99)
	for _, c := range []struct {
		op   string
		kind error
		call func()
	}{
		{"take", ErrValue, func() { a.Take(i, Mode(99)) }},
		{"put", ErrValue, func() { a.Copy().Put(i, 1, Mode(99)) }},
		{"choose", ErrValue, func() { i.Choose([]*Array{i, i, i}, Mode(99)) }},
		{"ravel_multi_index", ErrValue, func() { RavelMultiIndex([]*Array{i, i}, []int{3, 3}, Mode(99)) }},
		{"astype", ErrValue, func() { a.AsType(dtype.Int8, bad) }},
		{"add", ErrValue, func() { f.Add(f, bad) }},
		{"add", ErrValue, func() { large.Add(1.0, bad) }},
		{"add", ErrValue, func() { f.Lazy().Add(1, bad) }},
		{"clip", ErrValue, func() { f.Clip(1, 2, bad) }},
		{"matmul", ErrValue, func() { f.MatMul(f.T(), bad) }},
		{"einsum", ErrValue, func() { EinsumWith("ij->i", []*Array{a}, bad) }},
		{"concatenate", ErrValue, func() { Concatenate([]*Array{a, a}, bad) }},
		{"copyto", ErrValue, func() { a.Copy().AssignWhere(f, Scalar(true), bad) }},
		{"searchsorted", ErrValue, func() { i.SearchSorted(1, SideIs(9)) }},
		{"pad", ErrValue, func() { Pad(i, [][2]int{{1, 1}}, 99, 0) }},
		{"asarray", ErrValue, func() { AsArray(a, 9) }},
		{"require", ErrValue, func() { Require(a, 1<<15) }},
		{"require", ErrType, func() { Require(a, CContiguous, OrderIs(F)) }},
		{"ascontiguousarray", ErrType, func() { AsContiguousArray(a, OrderIs(F)) }},
		{"newbyteorder", ErrValue, func() { a.NewByteOrder('=') }},

		{"split", ErrType, func() { a.Split(2, 1, 0) }},
		{"array_split", ErrType, func() { a.ArraySplit(2, 1, 0) }},
		{"unstack", ErrType, func() { a.Unstack(1, 0) }},
		{"slice", ErrType, func() { R(0, 3, 1, 2) }},
		{"slice", ErrType, func() { From(0, 1, 2) }},
		{"slice", ErrType, func() { To(3, 1, 2) }},
		{"rollaxis", ErrType, func() { a.RollAxis(1, 0, 1) }},
		{"Copy", ErrType, func() { a.Copy(C, F) }},
		{"array_equal", ErrType, func() { a.ArrayEqual(a, true, false) }},
		{"isclose", ErrType, func() { a.IsClose(a, Tolerances{}, Tolerances{}) }},
		{"shares_memory", ErrType, func() { a.SharesMemory(a, 1, 2) }},
		{"may_share_memory", ErrType, func() { a.MayShareMemory(a, 1, 2) }},
		{"array_str", ErrType, func() { ArrayStr(a, DefaultPrintOptions(), DefaultPrintOptions()) }},
		{"format_float_positional", ErrType, func() { FormatFloatPositional(1.5, ShortestFloat(), ShortestFloat()) }},

		{"vstack", ErrType, func() { VStack([]*Array{a, a}, Axis(1)) }},
		{"hstack", ErrType, func() { HStack([]*Array{a, a}, Axis(0)) }},
		{"dstack", ErrType, func() { DStack([]*Array{a, a}, Axis(0)) }},
		{"concatenate", ErrType, func() { ConcatenateFlat([]*Array{a, a}, Axis(0)) }},
		{"sum", ErrType, func() { f.Sum(Out(none)) }},
		{"sum", ErrType, func() { f.Sum(Out(Scalar(0.0), Scalar(0.0))) }},
		{"sum", ErrType, func() { f.Sum(Where(none)) }},
		{"add", ErrType, func() { f.Add(1, Where(none)) }},
		{"bincount", ErrType, func() { BinCount(i, Weights(none)) }},
		{"histogram", ErrType, func() { Histogram(i, 2, Weights(none)) }},
		{"searchsorted", ErrType, func() { i.SearchSorted(1, Sorter(none)) }},
		{"add", ErrDType, func() { f.Add(1, DType(dtype.DType{})) }},
		{"sum", ErrDType, func() { f.Sum(DType(dtype.DType{})) }},
		{"divmod", ErrValue, func() { a.DivMod(2, Out(o, o)) }},
		{"divmod", ErrValue, func() { large.DivMod(2, Out(large.Index("1:"), large.Index(":-1"))) }},

		{"eval", ErrReadOnly, func() { f.Lazy().Eval(Out(f.BroadcastTo(3, 4))) }},
		{"round", ErrReadOnly, func() { f.Round(1, Out(f.BroadcastTo(3, 4))) }},
		{"round", ErrOverflow, func() { f.Round(math.MinInt) }},
		{"round", ErrOverflow, func() { a.Round(math.MaxInt) }},
		{"histogram", ErrMemory, func() { Histogram(f, math.MaxInt) }},
		{"diag", ErrValue, func() { Diag(i, math.MinInt) }},
		{"diagflat", ErrValue, func() { DiagFlat(i, math.MaxInt) }},
		{"eye", ErrShape, func() { Eye(dtype.Int8, -1, 2, 0) }},
		{"indices", ErrShape, func() { Indices(-1) }},
		{"bincount", ErrShape, func() { BinCount(i, MinLength(math.MaxInt)) }},
	} {
		err := Try(c.call)
		if !errors.Is(err, c.kind) || !strings.HasPrefix(err.Error(), "nd: "+c.op+": ") {
			t.Errorf("%s: %v, not an error that is %q", c.op, err, c.kind)
		}
	}
	if dtype.CanCast(dtype.Float64, dtype.Int8, 99) {
		t.Error("a cast is allowed at level 99")
	}
}
