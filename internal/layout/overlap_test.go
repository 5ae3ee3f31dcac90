package layout

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// touched lists the bytes of an array.
func touched(p Place) map[int]bool {
	out := map[int]bool{}
	for _, at := range places(Layout{p.Shape, p.Strides, int(p.Addr)}) {
		for b := range p.Item {
			out[at+b] = true
		}
	}
	return out
}

func naiveShares(a, b Place) Answer {
	bytes := touched(a)
	for at := range touched(b) {
		if bytes[at] {
			return Yes
		}
	}
	return No
}

func naiveInternal(shape, strides []int, item int) Answer {
	seen := map[int]bool{}
	for _, at := range places(Layout{shape, strides, 0}) {
		for b := range item {
			if seen[at+b] {
				return Yes
			}
			seen[at+b] = true
		}
	}
	return No
}

func checkShares(t *testing.T, a, b Place) Answer {
	t.Helper()
	want := naiveShares(a, b)
	if got := Shares(a, b, Exact); got != want {
		t.Fatalf("Shares(%v, %v) = %v, want %v", a, b, got, want)
	}
	if want == Yes && !MayShare(a, b) {
		t.Fatalf("MayShare(%v, %v) denies a byte in common", a, b)
	}
	if got := Shares(a, b, 3); got != want && got != TooHard {
		t.Fatalf("Shares(%v, %v, 3) = %v, want %v", a, b, got, want)
	}
	return want
}

func TestSharesAgainstModel(t *testing.T) {
	count := map[Answer]int{}
	var all []Place
	eachLayout(2, []int{0, 1, 2, 3}, []int{-3, 0, 2, 6, 7}, func(l Layout) {
		all = append(all, Place{100, slices.Clone(l.Shape), slices.Clone(l.Strides), 1 + len(all)%3})
	})
	for i, a := range all {
		for j := i % 3; j < len(all); j += 3 {
			b := all[j]
			b.Addr += uintptr((i + j) % 7)
			count[checkShares(t, a, b)]++
		}
	}
	if count[Yes] < 1000 || count[No] < 1000 {
		t.Error(count)
	}
}

func TestSharesRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	place := func() Place {
		p := Place{Addr: uintptr(5000 + r.IntN(60)), Item: 1 + r.IntN(4)}
		for range r.IntN(5) {
			p.Shape = append(p.Shape, 1+r.IntN(4))
			p.Strides = append(p.Strides, r.IntN(121)-60)
		}
		return p
	}
	count := map[Answer]int{}
	for range 5000 {
		count[checkShares(t, place(), place())]++
	}
	if count[Yes] < 500 || count[No] < 500 {
		t.Error(count)
	}
}

func TestSharesCases(t *testing.T) {
	// x = np.zeros([4, 5, 6], np.int8); a = x[:, ::2, ::3]; b = x[:, ::3, ::2]
	a := Place{4096, []int{4, 3, 2}, []int{30, 12, 3}, 1}
	b := Place{4096, []int{4, 2, 3}, []int{30, 18, 2}, 1}
	if got := Shares(a, b, Exact); got != Yes {
		t.Error(got)
	}
	if got := Shares(a, b, 0); got != TooHard {
		t.Error(got)
	}
	// Two fields of records of 8 bytes do not share.
	f := Place{4096, []int{1000}, []int{8}, 4}
	g := Place{4100, []int{1000}, []int{8}, 4}
	if !MayShare(f, g) || Shares(f, g, 1) != No {
		t.Error("fields")
	}
	g.Addr--
	if Shares(f, g, Exact) != Yes {
		t.Error("fields that overlap by a byte")
	}
	// Even and odd items, one walked backwards.
	even := Place{4096, []int{500, 500}, []int{16, 8000}, 8}
	odd := Place{4096 + 8*999 + 8000*499, []int{500, 500}, []int{-16, -8000}, 8}
	if Shares(even, odd, 10) != No {
		t.Error("even and odd")
	}
	// No items, no bytes.
	if MayShare(Place{4096, []int{0}, []int{8}, 8}, f) || Shares(Place{4096, []int{3}, []int{8}, 0}, f, Exact) != No {
		t.Error("empty")
	}
	// Coefficients that do not fit.
	huge := Place{0, []int{2, 2, 2}, []int{math.MaxInt/2 - 1, math.MaxInt/2 - 5, 3}, 2}
	if got := Shares(huge, huge, Exact); got == No {
		t.Error(got)
	}
}

func TestInternalOverlapAgainstModel(t *testing.T) {
	count := map[Answer]int{}
	check := func(l Layout) {
		for item := 1; item <= 3; item++ {
			want := naiveInternal(l.Shape, l.Strides, item)
			count[want]++
			if got := InternalOverlap(l.Shape, l.Strides, item, Exact); got != want {
				t.Fatalf("InternalOverlap(%v, %v, %d) = %v, want %v", l.Shape, l.Strides, item, got, want)
			}
			if got := InternalOverlap(l.Shape, l.Strides, item, 2); got != want && got != TooHard {
				t.Fatalf("InternalOverlap(%v, %v, %d, 2) = %v, want %v", l.Shape, l.Strides, item, got, want)
			}
		}
	}
	eachLayout(2, []int{0, 1, 2, 3, 5}, []int{-7, -4, 0, 1, 2, 3, 5, 6, 10}, check)
	eachTuple(3, []int{1, 2, 4}, func(shape []int) {
		eachTuple(3, []int{-9, 2, 4, 5, 7, 11, 16}, func(st []int) { check(Layout{shape, st, 0}) })
	})
	if count[Yes] < 1000 || count[No] < 1000 {
		t.Error(count)
	}
	if InternalOverlap([]int{10}, []int{8}, 0, Exact) != No {
		t.Error("items without bytes")
	}
}

func FuzzShares(f *testing.F) {
	f.Add(uint16(3), uint64(0x0203040506070809), uint64(0x1112131415161718))
	f.Fuzz(func(t *testing.T, shift uint16, x, y uint64) {
		place := func(v uint64) Place {
			p := Place{Addr: 4000, Item: int(1 + v&3)}
			for v >>= 2; v != 0 && len(p.Shape) < 4; v >>= 10 {
				p.Shape = append(p.Shape, int(v&3)+1)
				p.Strides = append(p.Strides, int(int8(v>>2)))
			}
			return p
		}
		a, b := place(x), place(y)
		b.Addr += uintptr(shift % 512)
		checkShares(t, a, b)
	})
}
