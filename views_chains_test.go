package nd

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestViewChains repeats random chains of view operations that NumPy has
// answered (testdata/chains.py).
func TestViewChains(t *testing.T) {
	text, err := os.ReadFile("testdata/views_chains.golden")
	if err != nil {
		t.Fatal(err)
	}
	failures := 0
	for line := range strings.Lines(string(text)) {
		chain, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		shapeText, ops, _ := strings.Cut(chain, " | ")
		shape := chainInts(shapeText)
		base := Zeros(typed("<i2"), shape...)
		copyInto("test", base, Arange(base.Size()).Reshape(shape...))
		var got string
		err := Try(func() {
			a := base
			for op := range strings.SplitSeq(ops, " | ") {
				name, arg, _ := strings.Cut(op, " ")
				a = chainStep(a, name, arg)
			}
			got = viewAnswer(a, base)
		})
		if e := (*Error)(nil); errors.As(err, &e) {
			got = "!" + pythonClass(e) + " " + e.Msg
		}
		if got != want {
			if t.Errorf("%s\n got %s\nwant %s", chain, got, want); failures > 20 {
				t.FailNow()
			}
			failures++
		}
	}
}

// chainInts reads "2,-1,3".
func chainInts(s string) []int {
	var out []int
	for part := range strings.SplitSeq(s, ",") {
		if i, err := strconv.Atoi(part); err == nil {
			out = append(out, i)
		}
	}
	return out
}

func chainStep(a *Array, name, arg string) *Array {
	n := chainInts(arg)
	switch name {
	case "index":
		return a.Index(arg)
	case "reshape":
		shape, order, _ := strings.Cut(arg, " ")
		return a.ReshapeOrder(Order(order[0]), chainInts(shape)...)
	case "ravel":
		return a.Ravel(OrderIs(Order(arg[0])))
	case "flatten":
		return a.Flatten(OrderIs(Order(arg[0])))
	case "transpose":
		return a.Transpose(n...)
	case "swapaxes":
		return a.SwapAxes(n[0], n[1])
	case "moveaxis":
		return a.MoveAxis(n[0], n[1])
	case "rollaxis":
		return a.RollAxis(n[0], n[1])
	case "squeeze":
		return a.Squeeze(n...)
	case "expand":
		return a.ExpandDims(n...)
	case "flip":
		return a.Flip(n...)
	case "rot90":
		return a.Rot90(n[0], n[1:]...)
	case "diagonal":
		return a.Diagonal(n[0], n[1:]...)
	case "broadcast":
		return a.BroadcastTo(n...)
	case "atleast":
		return [...]func() *Array{a.AtLeast1D, a.AtLeast2D, a.AtLeast3D}[n[0]-1]()
	case "window":
		return a.SlidingWindowView(n[:1], n[1])
	case "split":
		parts := a.ArraySplit(n[0], n[1])
		return parts[len(parts)-1]
	case "view":
		return a.View(typed(arg))
	}
	panic("unknown operation " + name)
}
