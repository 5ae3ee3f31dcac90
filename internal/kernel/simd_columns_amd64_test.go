package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"
)

// TestColumnsAgreeWithLoops holds the networks of whole blocks against plain sorting of each
// lane, and the steps between lines and lanes against loops, with guards around.
func TestColumnsAgreeWithLoops(t *testing.T) {
	atLevel(t, func(t *testing.T, _ Level) {
		r := rand.New(rand.NewPCG(41, 42))
		t.Run("4", func(t *testing.T) { columnsAgree[int32](t, r) })
		t.Run("8", func(t *testing.T) { columnsAgree[int64](t, r) })
	})
}

func columnsAgree[T int32 | int64](t *testing.T, r *rand.Rand) {
	size := int(unsafe.Sizeof(T(0)))
	lanes := LineBytes / size
	c := ColumnsOf(size)
	const guard = 5 // lines
	lines := func(n int) []T {
		s := make([]T, (n+2*guard)*lanes+1)[1:] // off the line
		for i := range s {
			if s[i] = T(r.Uint64()); r.IntN(3) == 0 {
				s[i] = []T{-1, 0, 1, T(1) << (8*size - 1), ^(T(1) << (8*size - 1))}[r.IntN(5)]
			}
		}
		return s
	}
	check := func(what string, n int, f func(p unsafe.Pointer), twin func(s []T), s []T) {
		t.Helper()
		want := slices.Clone(s)
		twin(want[guard*lanes : (guard+n)*lanes])
		f(unsafe.Pointer(&s[guard*lanes]))
		if !slices.Equal(s, want) {
			t.Fatalf("%s of %d lines differ", what, n)
		}
	}
	lane := func(s []T, l int, sort bool) []T { // sorted, or turned at some place
		var v []T
		for i := l; i < len(s); i += lanes {
			v = append(v, s[i])
		}
		slices.Sort(v)
		if !sort {
			k := r.IntN(len(v) + 1)
			slices.Reverse(v[k:])
			v = append(v[len(v)/3:], v[:len(v)/3]...)
		}
		return v
	}
	put := func(s []T, l int, v []T) {
		for i, x := range v {
			s[i*lanes+l] = x
		}
	}
	twos := func(s []T, f func(two []T)) {
		for len(s) > 0 {
			two := s[:min(len(s), 2*BlockLines*lanes)]
			f(two)
			s = s[len(two):]
		}
	}
	sorted := func(s []T) {
		twos(s, func(two []T) {
			for l := range lanes {
				put(two, l, lane(two, l, true))
			}
		})
	}
	for range 20 {
		for n := range 10 {
			s := lines(n * BlockLines)
			check("Sort", n*BlockLines, func(p unsafe.Pointer) { c.Sort(p, n) }, sorted, s)
			s = lines(n * BlockLines)
			twos(s[guard*lanes:(guard+n*BlockLines)*lanes], func(two []T) {
				for l := range lanes {
					put(two, l, lane(two, l, false))
				}
			})
			check("Merge", n*BlockLines, func(p unsafe.Pointer) { c.Merge(p, n) }, sorted, s)
		}
		for n := 0; n <= 300; n += 4 {
			for _, back := range []bool{false, true} {
				s, gap := lines(2*n+3), n+3
				check(fmt.Sprint("MeetLines, back ", back), 2*n+3, func(p unsafe.Pointer) {
					if back {
						c.MeetLinesBack(p, unsafe.Add(p, (gap+n-1)*LineBytes), n)
					} else {
						c.MeetLines(p, unsafe.Add(p, gap*LineBytes), n)
					}
				}, func(s []T) {
					for i := range n {
						j := i
						if back {
							j = n - 1 - i
						}
						for l := range lanes {
							x, y := &s[i*lanes+l], &s[(gap+j)*lanes+l]
							*x, *y = min(*x, *y), max(*x, *y)
						}
					}
				}, s)
				with := 1 + r.IntN(lanes-1)
				swap := make([]T, lanes)
				for l := range swap {
					swap[l] = T(l ^ with)
				}
				check(fmt.Sprint("MeetLanes, back ", back), n, func(p unsafe.Pointer) {
					if back {
						c.MeetLanesBack(p, n, unsafe.Pointer(&swap[0]))
					} else {
						c.MeetLanes(p, n, unsafe.Pointer(&swap[0]))
					}
				}, func(s []T) {
					old := slices.Clone(s)
					for i := range n {
						j := i
						if back {
							j = n - 1 - i
						}
						for l := range lanes {
							x, y := old[i*lanes+l], old[j*lanes+(l^with)]
							if s[i*lanes+l] = min(x, y); l^with < l {
								s[i*lanes+l] = max(x, y)
							}
						}
					}
				}, lines(n))
			}
		}
	}
	// A square of rows, far apart, and back.
	for m := lanes; m <= 4*lanes; m += lanes {
		stride := (m + 3) * size
		src := lines(lanes * 5)
		dst := slices.Repeat([]T{-7}, (m+1)*lanes)
		want := slices.Clone(dst)
		for i := range lanes {
			for j := range m {
				want[j*lanes+i] = src[i*(m+3)+j]
			}
		}
		c.Turn(unsafe.Pointer(&dst[0]), LineBytes, unsafe.Pointer(&src[0]), stride, m)
		if !slices.Equal(dst, want) {
			t.Fatalf("%d rows of %d items are turned wrongly", lanes, m)
		}
	}
}
