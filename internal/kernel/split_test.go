package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"
)

// TestSplits: at every level and all lengths, from odd addresses, the items less than the
// pivot come first, all items are still there, and nothing beside them is written.
func TestSplits(t *testing.T) {
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		r := rand.New(rand.NewPCG(71, uint64(l)))
		t.Run(fmt.Sprint(l), func(t *testing.T) {
			splitsAgree(t, r, SplitOf(2, false), func() int16 { return int16(r.Uint32()) }, func(x int) int16 { return int16(x) })
			splitsAgree(t, r, SplitOf(4, false), r.Int32, func(x int) int32 { return int32(x) })
			splitsAgree(t, r, SplitOf(8, false), r.Int64, func(x int) int64 { return int64(x) })
			splitsAgree(t, r, SplitOf(4, true), func() [2]int32 { return [2]int32{r.Int32N(9) - 4, int32(r.Uint32())} }, func(x int) [2]int32 { return [2]int32{int32(x >> 1), int32(x & 1)} })
			splitsAgree(t, r, SplitOf(8, true), func() [2]int64 { return [2]int64{r.Int64N(9) - 4, int64(r.Uint64())} }, func(x int) [2]int64 { return [2]int64{int64(x >> 1), int64(x & 1)} })
		})
	}
}

// TestSifts: at every level and all lengths both parts are as a loop leaves them, and nothing is
// written behind the words.
func TestSifts(t *testing.T) {
	defer SetLevel(CurrentLevel())
	const guard = 9
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		r := rand.New(rand.NewPCG(73, uint64(l)))
		for n := range 300 {
			for _, wide := range []int64{1, 2, 5, 1 << 61} {
				a, rest := make([]int64, n+2*guard), make([]int64, n+2*guard)
				for i := range a {
					a[i], rest[i] = r.Int64N(2*wide)-wide, -7
				}
				old, pivot := slices.Clone(a), r.Int64N(2*wide+2)-wide
				var less, others []int64
				for _, x := range a[guard : guard+n] {
					if x < pivot {
						less = append(less, x)
					} else {
						others = append(others, x)
					}
				}
				k := SiftWords()(unsafe.Pointer(&a[guard]), unsafe.Pointer(&rest[guard]), unsafe.Pointer(&pivot), n)
				if !slices.Equal(a[guard:guard+k], less) || !slices.Equal(rest[guard:guard+n-k], others) {
					t.Fatalf("%v: %d words around %d: %d less, want %d", l, n, pivot, k, len(less))
				}
				for _, p := range [][2][]int64{{a[:guard], old[:guard]}, {a[guard+n:], old[guard+n:]}, {rest[:guard], slices.Repeat([]int64{-7}, guard)}, {rest[guard+n:], slices.Repeat([]int64{-7}, guard)}} {
					if !slices.Equal(p[0], p[1]) {
						t.Fatalf("%v: words beside %d were written", l, n)
					}
				}
			}
		}
	}
}

func splitsAgree[E comparable](t *testing.T, r *rand.Rand, split Split, wide func() E, small func(x int) E) {
	const guard = 40
	less := lessOf[E]()
	for n := range 600 {
		for mood := range 4 {
			b := make([]byte, (n+2*guard+1)*int(unsafe.Sizeof(*new(E))))
			off := 0
			if mood > 1 {
				off = 1 + r.IntN(int(unsafe.Sizeof(*new(E)))-1)
			}
			s := unsafe.Slice((*E)(unsafe.Pointer(&b[off])), n+2*guard)
			for i := range s {
				if s[i] = small(r.IntN(5) - 2); mood%2 == 0 {
					s[i] = wide()
				}
			}
			old := slices.Clone(s)
			pivot := old[r.IntN(len(old))]
			if r.IntN(8) == 0 {
				pivot = small(-9) // nothing, or all
				if r.IntN(2) == 0 {
					pivot = small(9)
				}
			}
			k := split(unsafe.Pointer(&s[guard]), unsafe.Pointer(&pivot), n)
			inside := s[guard : guard+n]
			for i, x := range inside {
				if less(x, pivot) != (i < k) {
					t.Fatalf("%T: item %d of %d, %v, is at the wrong side of %v, which %d are less than", x, i, n, x, pivot, k)
				}
			}
			if !slices.Equal(s[:guard], old[:guard]) || !slices.Equal(s[guard+n:], old[guard+n:]) {
				t.Fatalf("%T: items beside %d were written", pivot, n)
			}
			want := old[guard : guard+n]
			order := func(a, b E) int {
				if less(a, b) {
					return -1
				}
				if less(b, a) {
					return 1
				}
				return 0
			}
			slices.SortFunc(inside, order)
			slices.SortFunc(want, order)
			if !slices.Equal(inside, want) {
				t.Fatalf("%T: items of %d are lost", pivot, n)
			}
		}
	}
}

// lessOf returns the order of what is split.
func lessOf[E any]() func(a, b E) bool {
	var less any
	switch any(*new(E)).(type) {
	case int16:
		less = func(a, b int16) bool { return a < b }
	case int32:
		less = func(a, b int32) bool { return a < b }
	case int64:
		less = func(a, b int64) bool { return a < b }
	case [2]int32:
		less = func(a, b [2]int32) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }
	case [2]int64:
		less = func(a, b [2]int64) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }
	}
	return less.(func(a, b E) bool)
}

func BenchmarkSplit(b *testing.B) {
	const n = 10000
	r := rand.New(rand.NewPCG(1, 2))
	src := make([]int64, 2*n)
	for i := range src {
		src[i] = int64(r.Uint64())
	}
	s := make([]int64, 2*n)
	var pivot [2]int64
	p, q := unsafe.Pointer(&s[0]), unsafe.Pointer(&pivot)
	for _, size := range []int{2, 4, 8} {
		for _, pairs := range []bool{false, true} {
			if f := SplitOf(size, pairs); f != nil {
				b.Run(fmt.Sprint(size, pairs), func(b *testing.B) {
					for range b.N {
						copy(s, src)
						f(p, q, n)
					}
				})
			}
		}
	}
	b.Run("copy", func(b *testing.B) {
		for range b.N {
			copy(s, src)
		}
	})
}
