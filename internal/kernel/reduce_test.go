package kernel

import (
	"fmt"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// identityOf returns one item: what an empty fold of the operation gives, or
// the first item where there is no identity.
func identityOf(t *testing.T, op Op, k dtype.Kind, first *block) *block {
	t.Helper()
	acc := newBlock(k, 1)
	one := newBlock(kI8, 1)
	switch Lookup(op).Identity {
	case NoIdentity:
		copy(acc.bytes(), first.bytes()[:sizes[k]])
		return acc
	case IdentityOne:
		*(*int8)(one.ptr()) = 1
	case IdentityMinusOne:
		*(*int8)(one.ptr()) = -1
	default:
		*(*int8)(one.ptr()) = 0
	}
	Cast(kI8, k)(acc.ptr(), one.ptr(), 1)
	return acc
}

// spaced returns the items of b stride bytes apart, and where the first is.
func spaced(b *block, stride int) (mem *block, first unsafe.Pointer) {
	size := sizes[b.kind]
	step := max(stride, -stride)
	mem = newBlock(kU8, b.n*step+size)
	first = mem.ptr()
	if stride < 0 && b.n > 0 {
		first = unsafe.Add(first, (b.n-1)*step)
	}
	Scatter(first, b.ptr(), stride, size, b.n)
	return mem, first
}

// TestGoldenFolds holds every reduction to NumPy's bits, contiguous, stepped and
// reversed.
func TestGoldenFolds(t *testing.T) {
	folds := 0
	for _, c := range loadGolden().Folds {
		k := kindOf(c.Kind[0])
		in := decode(t, k, c.In)
		for name, want := range c.Out {
			for _, stride := range []int{sizes[k], 3 * sizes[k], -sizes[k]} {
				_, first := spaced(in, stride)
				what := fmt.Sprintf("%s of %d %s, stride %d", name, in.n, c.Kind, stride)
				switch name {
				case "argmax", "argmin", "count":
					var got int
					switch name {
					case "argmax":
						got = Argmax(k).Place(first, stride, in.n)
					case "argmin":
						got = Argmin(k).Place(first, stride, in.n)
					default:
						got = CountNonzero(k)(first, stride, in.n)
						list := make([]int, got)
						if n := Nonzero(k)(list, first, stride, in.n, 0); n != got || !slices.IsSorted(list) {
							t.Errorf("%s: nonzero lists %d", what, n)
						}
					}
					if got != int(want.(float64)) {
						t.Errorf("%s = %d, want %v", what, got, want)
					}
					continue
				}
				op := Op(slices.Index(opNames[:], name))
				e := Lookup(op).Find(k, k)
				exp := decode(t, e.Out[0], want.(string))
				acc := identityOf(t, op, e.Out[0], in)
				if e.Reduce == nil {
					t.Fatalf("%s: no loop", what)
				}
				e.Reduce(acc.ptr(), first, stride, in.n)
				compare(t, what, acc, exp, 0, func(int) string { return "" })
				folds++
			}
		}
	}
	if folds < 1000 {
		t.Errorf("only %d folds", folds)
	}
}

// TestGoldenAccumulates holds the running folds, and steps of Binary where there
// is no loop for them, to NumPy's bits, also in place.
func TestGoldenAccumulates(t *testing.T) {
	loops := 0
	for _, c := range loadGolden().Folds {
		k := kindOf(c.Kind[0])
		in := decode(t, k, c.In)
		size := sizes[k]
		for name, text := range c.Runs {
			what := fmt.Sprintf("%s.accumulate of %d %s", name, in.n, c.Kind)
			e := Lookup(Op(slices.Index(opNames[:], name))).Find(k, k)
			want := decode(t, k, text)
			got := newBlock(k, in.n)
			copy(got.bytes(), in.bytes()[:size])
			if e.Accumulate == nil {
				for i := 1; i < in.n; i++ {
					e.Binary(got.at(i), got.at(i-1), in.at(i), 1)
				}
				compare(t, what, got, want, 0, func(i int) string { return fmt.Sprintf("[%d]", i) })
				continue
			}
			loops++
			e.Accumulate(got.ptr(), size, in.ptr(), size, in.n)
			compare(t, what, got, want, 0, func(i int) string { return fmt.Sprintf("[%d]", i) })
			place := in.clone()
			e.Accumulate(place.ptr(), size, place.ptr(), size, in.n)
			compare(t, what+" in place", place, want, 0, func(i int) string { return fmt.Sprintf("[%d]", i) })
		}
	}
	if loops < 150 {
		t.Errorf("only %d loops", loops)
	}
}

// TestProductsOfIntegers holds the chains of products against one after another, at
// every length up to 40 and several distances.
func TestProductsOfIntegers(t *testing.T) {
	for k := kI8; k <= kU64; k++ {
		size := sizes[k]
		for n := range 41 {
			in := newBlock(k, n)
			for i := range in.bytes() {
				in.bytes()[i] = byte(i*37 + 1)
				if i%size == 0 || i%size == size-1 {
					in.bytes()[i] |= 1 // odd in either byte order: no product becomes zero
				}
			}
			for _, stride := range []int{size, 3 * size, -size} {
				_, first := spaced(in, stride)
				got, want := newBlock(k, 1), newBlock(k, 1)
				for _, b := range []*block{got, want} {
					for i := range b.bytes() {
						b.bytes()[i] = 3
					}
				}
				e := Lookup(Multiply).Find(k, k)
				e.Reduce(got.ptr(), first, stride, n)
				for i := range n {
					e.Binary(want.ptr(), want.ptr(), unsafe.Add(first, i*stride), 1)
				}
				if !slices.Equal(got.bytes(), want.bytes()) {
					t.Fatalf("%s n=%d stride %d: %x, want %x", letters[k], n, stride, got.bytes(), want.bytes())
				}
			}
		}
	}
}
