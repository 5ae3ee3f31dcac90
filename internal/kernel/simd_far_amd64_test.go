package kernel

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// farPeriod is after how many items the operands of TestFarLoops repeat: a prime, so
// that an item is met in every lane.
const farPeriod = 4093

// repeated returns n hard items of kind k, of which the first farPeriod come again.
func repeated(k dtype.Kind, n int, r *rand.Rand) []byte {
	size := itemSizes[k]
	b := make([]byte, n*size)
	m := min(n, farPeriod) * size
	hardItems(b[:m], k, r)
	for ; m < len(b); m *= 2 {
		copy(b[m:], b[:m])
	}
	return b
}

// TestFarLoops holds the loops for operands that lie beyond the second-level cache,
// and for results that are too long for any, against the Go twins.
func TestFarLoops(t *testing.T) {
	if BestLevel() < LevelAVX512 {
		t.Skip("no loops")
	}
	if testing.Short() {
		t.Skip("many operands of a megabyte")
	}
	defer SetLevel(SetLevel(LevelAVX512))
	r := rand.New(rand.NewPCG(19, 20))
	// check runs f on n items from a place that is not at a cache line.
	check := func(name string, out dtype.Kind, n int, f, twin func(d unsafe.Pointer, n int)) {
		t.Helper()
		const guard = 128
		size := itemSizes[out]
		whole := bytes.Repeat([]byte{0xaa}, 2*guard+(n+3)*size)
		d := whole[guard+3*size:][:n*size]
		f(first(d), n)
		want := make([]byte, farPeriod*size)
		twin(first(want), farPeriod)
		for i := 0; i < n; i += farPeriod {
			k := min(farPeriod, n-i) * size
			if !same(t, fmt.Sprintf("%s from item %d of %d", name, i, n), out, d[i*size:][:k], want[:k]) {
				return
			}
		}
		outside := bytes.Repeat([]byte{0xaa}, guard+3*size)
		if !bytes.Equal(whole[:guard+3*size], outside) || !bytes.Equal(whole[guard+(n+3)*size:], outside[:guard]) {
			t.Errorf("%s: wrote outside", name)
		}
	}
	done := map[*Entry]bool{}
	for _, loops := range families {
		for _, v := range loops {
			e, tab := v.entry(), &tables[v.op]
			if v.level > LevelAVX512 || done[e] || v.inexact {
				continue
			}
			done[e] = true
			name := fmt.Sprintf("%v %s", v.op, signature(tab, e))
			tw := twin(v.op, e)
			bytes := itemSizes[e.Out[0]]
			for _, k := range e.In[:tab.NIn] {
				bytes += itemSizes[k]
			}
			lengths := []int{farBytes/bytes + 77}
			if v.op == Add || v.op == Less {
				lengths = append(lengths, StreamBytes/itemSizes[e.Out[0]]+77)
			}
			for _, n := range lengths {
				var a [3]unsafe.Pointer
				for i := range tab.NIn {
					a[i] = first(repeated(e.In[i], n, r))
				}
				var second unsafe.Pointer
				if tab.NOut > 1 {
					second = first(make([]byte, n*itemSizes[e.Out[1]]))
				}
				run := func(e *Entry) func(d unsafe.Pointer, n int) {
					return func(d unsafe.Pointer, n int) { runEntry(e, [2]unsafe.Pointer{d, second}, a, n) }
				}
				check(name, e.Out[0], n, run(e), run(tw))
			}
		}
	}
	if len(done) < 200 {
		t.Errorf("only %d loops", len(done))
	}
	for _, from := range numericKinds {
		for _, to := range numericKinds {
			n := farBytes/(itemSizes[from]+itemSizes[to]) + 77
			a := first(repeated(from, n, r))
			check(fmt.Sprintf("%s to %s", letters[from], letters[to]), to, n,
				func(d unsafe.Pointer, n int) { casts[from][to](d, a, n) },
				func(d unsafe.Pointer, n int) { twins.casts[from][to](d, a, n) })
		}
	}
}
