package draw

import (
	"cmp"
	"slices"

	"github.com/stride-go/nd"
)

// inverse finds the item that lies at a byte of the block, for views too long to
// be walked. It can if the strides nest: each is at least as long as all that the
// shorter ones span, as in slices, transposes and fields of a plain array.
type inverse struct {
	unique  bool
	item    int
	low     int    // block offset of the lowest byte
	axes    []axis // by falling length of stride
	same    []axis // of stride 0
	repeats int    // items that lie at one place
}

// axis is an axis with its length, its stride and the items that one step skips
// in C order.
type axis struct{ n, stride, skip int }

func newInverse(a *nd.Array) *inverse {
	in := &inverse{unique: true, item: a.ItemSize(), repeats: 1}
	low, _ := a.ByteBounds()
	in.low = a.Offset() - int(a.DataPtr()-low)
	shape, strides := a.Shape(), a.Strides()
	for k, skip := len(shape)-1, 1; k >= 0; k-- {
		x := axis{shape[k], strides[k], skip}
		skip *= x.n
		switch {
		case x.n == 1:
		case x.stride == 0:
			in.same = append(in.same, x)
			in.repeats *= x.n
		default:
			in.axes = append(in.axes, x)
		}
	}
	slices.SortStableFunc(in.axes, func(x, y axis) int { return cmp.Compare(magnitude(y.stride), magnitude(x.stride)) })
	span := in.item
	for _, x := range slices.Backward(in.axes) {
		if magnitude(x.stride) < span {
			in.unique = false
		}
		span += magnitude(x.stride) * (x.n - 1)
	}
	return in
}

// at returns the first item on the byte at the block's offset off, and where it
// begins.
func (in *inverse) at(off int) (item, begin int, ok bool) {
	rest := off - in.low
	if rest < 0 {
		return 0, 0, false
	}
	for _, x := range in.axes {
		d := magnitude(x.stride)
		i := min(rest/d, x.n-1)
		rest -= i * d
		if x.stride < 0 {
			i = x.n - 1 - i
		}
		item += i * x.skip
	}
	return item, off - rest, rest < in.item
}

// again returns the k-th further item at the place of item: a step along the axes
// of stride 0, the last one fastest.
func (in *inverse) again(item, k int) int {
	for _, x := range in.same {
		item += k % x.n * x.skip
		k /= x.n
	}
	return item
}

func magnitude(n int) int { return max(n, -n) }
