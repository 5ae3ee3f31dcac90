package nd

import "testing"

func TestRavelIntoNothing(t *testing.T) {
	for _, mode := range []IndexMode{ModeRaise, ModeWrap, ModeClip} {
		wantPanic(t, func() { RavelMultiIndex([]*Array{Of([]int{0, 1})}, []int{0}, Mode(mode)) }, ErrValue, "cannot unravel if shape has zero entries (is empty).")
	}
}
