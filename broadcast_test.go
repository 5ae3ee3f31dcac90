package nd

import "testing"

// The answers of np.broadcast_shapes.
func TestBroadcastShapes(t *testing.T) {
	if got := BroadcastShapes([]int{3, 1}, []int{4}, nil); !sameInts(got, []int{3, 4}) {
		t.Error(got)
	}
	if got := BroadcastShapes(); len(got) != 0 {
		t.Error(got)
	}
	for _, c := range []struct {
		shapes [][]int
		want   string
	}{
		{[][]int{{2}, {3}}, "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape (2,) and arg 1 with shape (3,)."},
		{[][]int{{1, 2}, {1, 3}, {2, 1}, {3, 1}}, "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 2 with shape (2, 1) and arg 3 with shape (3, 1)."},
		{[][]int{{1 << 40, 1}, {1 << 40}}, "broadcast dimensions too large."},
		{[][]int{{-1}}, "negative dimensions are not allowed"},
	} {
		err := Try(func() { BroadcastShapes(c.shapes...) })
		if e, ok := err.(*Error); !ok || e.Msg != c.want {
			t.Errorf("%v: %v", c.shapes, err)
		}
	}
}
