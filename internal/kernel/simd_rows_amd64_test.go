package kernel

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestTreesAgreeWithTwins holds sums of every length around those of eight leaves
// against the Go loop, at starts at every place of a vector.
func TestTreesAgreeWithTwins(t *testing.T) {
	in := newFence(t)
	r := rand.New(rand.NewPCG(5, 6))
	atLevel(t, func(t *testing.T, _ Level) {
		for _, k := range []dtype.Kind{kF32, kF64} {
			size, e := itemSizes[k], tables[Add].Find(k, k)
			for mood := range 6 {
				plainItems(in, k, mood, r)
				for n := 8 * (treeFrom - 3); n <= 8*(treeTo+2); n++ {
					if n%8 > 1 && n%8 < 7 {
						continue
					}
					a := first(in.last((n + n%16) * size))
					var got, want [16]byte
					e.Reduce(unsafe.Pointer(&got), a, size, n)
					twin(Add, e).Reduce(unsafe.Pointer(&want), a, size, n)
					if !same(t, fmt.Sprintf("sum %s mood %d n=%d", letters[k], mood, n), k, got[:], want[:]) {
						return
					}
				}
			}
		}
	})
}

// TestRowsAgreeWithTwins folds eight rows at distances of every kind.
func TestRowsAgreeWithTwins(t *testing.T) {
	in, out, want := newFence(t), newFence(t), make([]byte, fenceBytes)
	r := rand.New(rand.NewPCG(7, 8))
	atLevel(t, func(t *testing.T, _ Level) {
		for _, k := range []dtype.Kind{kF32, kF64, kI64, kU64} {
			size, e := itemSizes[k], tables[Add].Find(k, k)
			if e.Rows == nil {
				t.Fatalf("no rows of %s", letters[k])
			}
			for mood := range 3 {
				plainItems(in, k, mood, r)
				for n := range 301 {
					for _, stride := range []int{n * size, n*size + 3*size, 0, -n * size} {
						span := n*size + (RowsAtOnce-1)*max(stride, -stride)
						b := in.last(span)
						a := first(b)
						if stride < 0 {
							a = unsafe.Add(a, -(RowsAtOnce-1)*stride)
						}
						hardItems(out.last(n*size+64), k, r)
						copy(want, out)
						e.Rows(first(out.last(n*size)), a, stride, n)
						w := want[len(want)-n*size:]
						for j := range RowsAtOnce {
							twin(Add, e).Binary(first(w), first(w), unsafe.Add(a, j*stride), n)
						}
						what := fmt.Sprintf("rows %s mood %d n=%d stride %d", letters[k], mood, n, stride)
						if !same(t, what, k, out.last(n*size), w) {
							return
						}
						if at := len(out) - n*size; !bytes.Equal(out[at-64:at], want[at-64:at]) {
							t.Fatalf("%s: wrote before the row", what)
						}
					}
				}
			}
		}
	})
}

// TestReductionsAtDistances folds items that do not lie one behind another.
func TestReductionsAtDistances(t *testing.T) {
	in := newFence(t)
	r := rand.New(rand.NewPCG(13, 14))
	atLevel(t, func(t *testing.T, _ Level) {
		for _, k := range numericKinds {
			size := itemSizes[k]
			for mood := range 6 {
				plainItems(in, k, mood, r)
				for _, stride := range []int{2 * size, -size, 3 * size, 0} {
					for _, n := range []int{1, 7, 8, 31, 32, 33, 127, 128, 129, 300, 1000, 1023, 1024, 1025, 1033, 2049, 2700} {
						span := (n-1)*max(stride, -stride) + size
						if span > len(in) {
							continue
						}
						a := first(in.last(span))
						if stride < 0 {
							a = unsafe.Add(a, (1-n)*stride)
						}
						for _, op := range []Op{Add, Maximum, Minimum, Fmax, Fmin, LogicalAnd, LogicalOr, BitwiseXor} {
							e := tables[op].Find(k, k)
							if e == nil || e.Reduce == nil {
								continue
							}
							var got [16]byte
							plainItems(got[:itemSizes[e.Out[0]]], e.Out[0], mood, r)
							want := got
							e.Reduce(unsafe.Pointer(&got), a, stride, n)
							twin(op, e).Reduce(unsafe.Pointer(&want), a, stride, n)
							if !same(t, fmt.Sprintf("%v %s mood %d n=%d stride %d", op, letters[k], mood, n, stride), e.Out[0], got[:], want[:]) {
								return
							}
						}
					}
				}
			}
		}
	})
}
