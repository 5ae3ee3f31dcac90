package nd

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Pad refuses a result that cannot be before it pads the first axes.
func TestPadTooMuch(t *testing.T) {
	wide := Ones(dtype.Float64, slices.Repeat([]int{1}, 64)...)
	for mode := PadConstant; mode <= PadWrap; mode++ {
		for _, c := range []struct {
			a     *Array
			width int
			kind  error
		}{
			{wide, 1 << 22, ErrShape}, {Ones(dtype.Float64, 2), math.MaxInt, ErrValue}, {Ones(dtype.Float64, 2), math.MaxInt / 2, ErrShape},
			{Ones(dtype.Uint8, 1<<20, 1), 1 << 24, ErrMemory},
		} {
			if err := Try(func() { Pad(c.a, [][2]int{{0, c.width}}, mode, 0) }); !errors.Is(err, c.kind) {
				t.Errorf("mode %d, %d: %v", mode, c.width, err)
			}
		}
	}
}
