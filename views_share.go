package nd

import "github.com/stride-go/nd/internal/layout"

// SharesMemory tells whether a and b have a byte in common. The answer is exact.
// For arrays that are slices, transposes or fields of one another it takes next
// to no time; strides chosen against it can make it take very long, so a bound
// may be given: maxWork branches of the search, counted as NumPy counts them,
// beyond which it panics with an *Error that wraps ErrTooHard. 0 allows no search:
// either the address ranges do not meet, or it is too hard; -1 lifts the bound. An
// array without bytes shares none. ErrValue for a bound below -2.
func (a *Array) SharesMemory(b *Array, maxWork ...int) bool {
	const op = "shares_memory"
	answer := a.shares(op, b, layout.Exact, maxWork)
	if answer == layout.TooHard {
		fail(op, ErrTooHard, "Exceeded max_work")
	}
	return answer == layout.Yes
}

// MayShareMemory tells whether the address ranges of a and b meet. It is quick,
// and true also for arrays that only interleave, such as two fields. With a bound
// as SharesMemory takes it the answer is that of the search as far as it came: true
// where it did not suffice.
func (a *Array) MayShareMemory(b *Array, maxWork ...int) bool {
	const op = "may_share_memory"
	if len(maxWork) > 0 {
		return a.shares(op, b, 0, maxWork) != layout.No
	}
	a.use(op)
	b.use(op)
	return a.meets(b)
}

// meets tells whether the address ranges of a and b meet, neither of which is closed.
func (a *Array) meets(b *Array) bool {
	item, other := a.ItemSize(), b.ItemSize()
	low, high := layout.Span(a.lay.Shape, a.lay.Strides, item)
	least, most := layout.Span(b.lay.Shape, b.lay.Strides, other)
	at := int(b.addr() - a.addr()) // of b's first item from a's
	return low < at+most && at+least < high && low != high && least != most && item > 0 && other > 0
}

// shares searches for a byte in common with the bound given, or with work.
func (a *Array) shares(op string, b *Array, work int, maxWork []int) layout.Answer {
	a.use(op)
	b.use(op)
	if work = optional(op, "maxWork", maxWork, work); work < -2 {
		fail(op, ErrValue, "Invalid value for max_work")
	}
	return layout.Shares(a.place(), b.place(), work)
}

// ByteBounds returns the addresses of the lowest byte of any item and of the end
// of the highest. They are equal if there are no bytes.
func (a *Array) ByteBounds() (low, high uintptr) {
	a.use("byte_bounds")
	return a.place().Bounds()
}

func (a *Array) place() layout.Place {
	return layout.Place{Addr: a.addr(), Shape: a.lay.Shape, Strides: a.lay.Strides, Item: a.ItemSize()}
}
