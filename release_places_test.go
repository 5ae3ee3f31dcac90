package nd

import (
	"errors"
	"runtime"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Release comes between two passes over a block, which another array takes whose items are
// of as many kinds, at other places: the answer is the block's own, or ErrClosed.
func TestReleaseBetweenPasses(t *testing.T) {
	if raceEnabled {
		t.Skip("a reader of a block that is taken away is a race, whose outcome is thrown away")
	}
	rounds := 120
	if runtime.GOMAXPROCS(0) == 1 { // the reader goes on for ten milliseconds before it lets another work
		rounds = 6
	}
	even := func(places *Array) bool { return places.BitwiseAnd(1).Max().Item[int64]() == 0 }
	const n = 1 << 15
	own := Arange(n).Remainder(2).Equal(0)
	other := own.LogicalNot()
	flat := Arange(n)
	few := Arange(4096).Remainder(4).Equal(0)
	float := few.AsType(dtype.Float64)
	places := Arange(4096)
	into := Zeros(dtype.Float64, 4096)
	for name, c := range map[string]struct {
		mine, others *Array
		right        func(a *Array) bool
	}{
		"nonzero":     {own, other, func(a *Array) bool { return even(a.FlatNonZero()) }},
		"argwhere":    {own, other, func(a *Array) bool { return even(a.ArgWhere()) }},
		"extract":     {own, other, func(a *Array) bool { return even(Extract(a, flat)) }},
		"pick":        {own, other, func(a *Array) bool { return even(flat.Pick(By(a))) }},
		"pick, more":  {own, Ones(dtype.Bool, n), func(a *Array) bool { return even(flat.Pick(By(a))) }},
		"assign more": {own, Ones(dtype.Bool, n), func(a *Array) bool { Zeros(dtype.Int64, n).SetPick(1, By(a)); return true }},
		"outside":     {places, places.Add(4096), func(a *Array) bool { into.SetPick(1, By(a)); return true }},
		"outside 2":   {places, places.Add(4096), func(a *Array) bool { into.Reshape(64, 64).Pick(By(a.Reshape(64, 64).Slice(I(0))), I(1)); return true }},
		"take":        {places, places.Add(4096), func(a *Array) bool { into.Pick(By(a)); return true }},
		"take to":     {places, places.Add(4096), func(a *Array) bool { into.Take(a, Out(into.Copy())); return true }},
		"add at":      {places, places.Add(4096), func(a *Array) bool { Add.At(into, 1, By(a)); return true }},
		"put":         {places, places.Add(4096), func(a *Array) bool { into.Put(a, 1); return true }},
		"put apart": {places, places.Subtract(1<<40 + 1), func(a *Array) bool {
			wide := Zeros(dtype.Float64, 2*4096)
			defer func() {
				if wide.Slice(To(4096)).AnyTrue().Item[bool]() {
					t.Error("put wrote before its array")
				}
			}()
			wide.Slice(From(4096)).Reshape(64, 64).T().Put(a, 1)
			return true
		}},
		"choose":           {few.AsType(dtype.Int64), places.Add(2), func(a *Array) bool { a.Choose([]*Array{into, into}); return true }},
		"bincount":         {flat, flat.Subtract(n), func(a *Array) bool { return BinCount(a).Size() == n }},
		"bincount weights": {flat, flat.Multiply(8), func(a *Array) bool { return BinCount(a, Weights(flat)).Size() == n }},
		"digitize":         {flat, flat.Remainder(7), func(a *Array) bool { flat.Digitize(a); return true }},
		"sorter":           {flat, flat.Subtract(n), func(a *Array) bool { flat.SearchSorted(places, Sorter(a)); return true }},
		"histogram edges":  {flat, flat.Remainder(7), func(a *Array) bool { Histogram(places, a); return true }},
		"histogram": {float, few.LogicalNot().AsType(dtype.Float64), func(a *Array) bool {
			counts, _ := Histogram(a, 2)
			return counts.At[int64](1) == 1024
		}},
	} {
		for round := range rounds {
			a := c.mine.Copy()
			done := make(chan error)
			go func() {
				done <- Try(func() {
					for c.right(a) {
					}
				})
			}()
			for range round % 11 {
				runtime.Gosched()
			}
			a.Release()
			var err error
			for running := true; running; {
				select {
				case err = <-done:
					running = false
				default:
					runtime.KeepAlive(c.others.Copy())
				}
			}
			if !errors.Is(err, ErrClosed) {
				t.Fatalf("%s: %v, or items of another array", name, err)
			}
		}
	}
}
