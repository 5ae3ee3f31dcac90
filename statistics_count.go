package nd

import (
	"math"

	"github.com/stride-go/nd/dtype"
)

// Weights gives every item its own weight, in BinCount and Histogram.
func Weights(w *Array) Option { return Option{kind: optWeights, arr: w} }

// MinLength sets the least number of bins of BinCount.
func MinLength(n int) Option { return optMinLength.with(&optMore{ints: []int{n}}) }

// BinCount returns how often each of the numbers 0, 1, 2, … occurs in a, which is
// 1-d and holds integers that are not negative: int64, as long as the greatest
// number asks for, or MinLength. With Weights it is the sum of the weights, in
// float64. It panics with ErrValue for a negative number.
func BinCount(a *Array, opts ...Option) *Array {
	const op = "bincount"
	a.use(op)
	s := gather(op, optWeights|optMinLength, opts)
	if a.dtype.Kind() != dtype.KindUint64 && !dtype.CanCast(a.dtype, dtype.Int64, dtype.Safe) {
		fail(op, ErrType, "Cannot cast array data from %s to %s according to the rule 'safe'", a.dtype.Repr(), dtype.Int64.Repr())
	}
	switch {
	case a.NDim() > 1:
		fail(op, ErrValue, "object too deep for desired array")
	case a.NDim() == 0:
		fail(op, ErrValue, "object of too small depth for desired array")
	}
	n := 0
	if o := s.rarely(optMinLength); o != nil {
		if n = o.said().ints[0]; n < 0 {
			fail(op, ErrValue, "'minlength' must not be negative")
		}
	}
	var w *Array
	if o := s.rarely(optWeights); o != nil {
		w = o.array(op)
	}
	defer settle(op, nil, []*Array{a, w})
	if a.dtype == dtype.Uint8 && w == nil {
		return a.countBytes(op, n)
	}
	at := a.inMemory(op, dtype.Int64)
	places := items[int64](at)
	if len(places) > 0 {
		n = max(n, binsFor(op, places))
	}
	if w == nil || len(places) == 0 {
		out := alloc(op, dtype.Int64, []int{n}, C, true)
		countPlaces(items[int64](out), places)
		a.done(op)
		return spend(out, unless(a, at))
	}
	w.use(op)
	if w.dtype.IsComplex() {
		fail(op, ErrType, "Cannot cast array data from %s to %s according to the rule 'safe'", w.dtype.Repr(), dtype.Float64.Repr())
	}
	if w.NDim() != 1 {
		fail(op, ErrValue, "object too deep for desired array")
	}
	if w.Size() != len(places) {
		fail(op, ErrValue, "The weights and list don't have the same length.")
	}
	out := alloc(op, dtype.Float64, []int{n}, C, true)
	sum, weights := items[float64](out), w.inMemory(op, dtype.Float64)
	for i, x := range items[float64](weights) {
		sum[places[i]] += x
	}
	a.done(op)
	w.done(op)
	return spend(out, unless(a, at), unless(w, weights))
}

// countBytes is BinCount of bytes, as of a picture's channel, with n bins or more: as they have
// few values, they are counted as they are, before it is known how many bins there are.
func (a *Array) countBytes(op string, n int) *Array {
	var count [1 << 8]int64
	bytes := a.inMemory(op, dtype.Uint8)
	countPlaces(count[:], items[uint8](bytes))
	for i := len(count); i > n; i-- {
		if count[i-1] != 0 {
			n = i
		}
	}
	out := alloc(op, dtype.Int64, []int{n}, C, true)
	copy(items[int64](out), count[:])
	a.done(op)
	return spend(out, unless(a, bytes))
}

// binsFor returns how many bins hold all of places, of which there are some.
func binsFor(op string, places []int64) int {
	var most, all int64 // all has the sign of any
	for _, k := range places {
		most = max(most, k)
		all |= k
	}
	if all < 0 {
		fail(op, ErrValue, "'list' argument must have no negative elements")
	}
	if most > math.MaxInt64/8-1 {
		fail(op, ErrMemory, "Maximum allowed dimension exceeded")
	}
	return int(most) + 1
}

// fewBins is the number of bins up to which more than one table counts: where an item
// follows an equal one, a count would wait for the store of the one before.
const fewBins = 1 << 10

// countPlaces adds to count how often each of its places occurs.
func countPlaces[T int64 | uint8](count []int64, places []T) {
	if len(count) > fewBins || len(places) < 32*len(count) {
		for _, k := range places {
			count[k]++
		}
		return
	}
	n := len(count)
	more := make([]int64, 3*n)
	t1, t2, t3 := more[:n], more[n:2*n], more[2*n:]
	for ; len(places) >= 4; places = places[4:] {
		count[places[0]]++
		t1[places[1]]++
		t2[places[2]]++
		t3[places[3]]++
	}
	for _, k := range places {
		count[k]++
	}
	for i := range count {
		count[i] += t1[i] + t2[i] + t3[i]
	}
}
