package nd

import "github.com/stride-go/nd/internal/layout"

// SharesMemory tells whether a and b have a byte in common. The answer is exact.
// For arrays that are slices, transposes or fields of one another it takes next
// to no time; strides chosen against it can make it take very long, so a bound
// on the number of candidates tried may be given, beyond which it panics with an
// *Error that wraps ErrTooHard. An array without bytes shares none.
func (a *Array) SharesMemory(b *Array, maxWork ...int) bool {
	const op = "shares_memory"
	a.use(op)
	b.use(op)
	work := layout.Exact
	if len(maxWork) > 0 {
		work = maxWork[0]
	}
	answer := layout.Shares(a.place(), b.place(), work)
	if answer == layout.TooHard {
		fail(op, ErrTooHard, "Exceeded max_work")
	}
	return answer == layout.Yes
}

// MayShareMemory tells whether the address ranges of a and b meet. It is quick,
// and true also for arrays that only interleave, such as two fields.
func (a *Array) MayShareMemory(b *Array) bool {
	a.use("may_share_memory")
	b.use("may_share_memory")
	return layout.MayShare(a.place(), b.place())
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
