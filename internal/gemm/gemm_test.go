//go:build unix

package gemm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// A fence is memory between two pages where access faults.
type fence []byte

const page = 1 << 16 // a multiple of every page size in use

func newFence(t testing.TB, n int) fence {
	n = (n + page - 1) / page * page
	m, err := syscall.Mmap(-1, 0, n+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		t.Fatal(err)
	}
	for _, edge := range [][]byte{m[:page], m[page+n:]} {
		if err := syscall.Mprotect(edge, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	return fence(m[page : page+n])
}

// place is a way to lay out an m × n matrix of items of a size.
type place struct {
	name string
	lay  func(m, n, size int) (row, col int)
}

var places = []place{
	{"rows", func(m, n, size int) (int, int) { return n * size, size }},
	{"columns", func(m, n, size int) (int, int) { return size, m * size }},
	{"padded rows", func(m, n, size int) (int, int) { return (n + 3) * size, size }},
	{"padded columns", func(m, n, size int) (int, int) { return size, (m + 5) * size }},
	{"rows upwards", func(m, n, size int) (int, int) { return -n * size, size }},
	{"columns leftwards", func(m, n, size int) (int, int) { return n * size, -size }},
	{"both ways back", func(m, n, size int) (int, int) { return -size, -m * size }},
	{"every second", func(m, n, size int) (int, int) { return 2 * n * size, 2 * size }},
	{"one row", func(m, n, size int) (int, int) { return 0, size }},
	{"one item", func(m, n, size int) (int, int) { return 0, 0 }},
}

// put lays out a matrix so that it ends, or begins, at a fence.
func (p place) put(f fence, m, n, size int, atEnd bool) Matrix {
	row, col := p.lay(m, n, size)
	x := Matrix{Row: row, Col: col}
	lo, hi := 0, size
	for _, s := range []int{(m - 1) * row, (n - 1) * col} {
		lo, hi = lo+min(s, 0), hi+max(s, 0)
	}
	at := -lo
	if atEnd {
		at = len(f) - hi
	}
	x.P = unsafe.Pointer(&f[max(min(at, len(f)-1), 0)])
	return x
}

func fill[T any](x Matrix, m, n int, f func(i, j int) T) {
	for i := range m {
		for j := range n {
			*(*T)(x.at(i, j)) = f(i, j)
		}
	}
}

// naive is the definition.
func naive[T number](a, b Matrix, i, j, depth int) (s T) {
	for p := range depth {
		s += T(*(*T)(a.at(i, p)) * *(*T)(b.at(p, j)))
	}
	return s
}

// settings runs f at every level and with one and three threads.
func settings(t *testing.T, f func(t *testing.T)) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	defer parallel.SetThreads(parallel.SetThreads(0))
	for l := kernel.LevelGo; l <= kernel.BestLevel(); l++ {
		kernel.SetLevel(l)
		for _, threads := range []int{1, 3} {
			parallel.SetThreads(threads)
			t.Run(fmt.Sprintf("%v/%d threads", l, threads), f)
		}
	}
}

// check multiplies and compares with the definition, exactly: the items are
// small whole numbers. Guard bands lie around the rows of C.
func check[T number](t *testing.T, k dtype.Kind, fences [3]fence, la, lb place, m, n, depth int, r *rand.Rand, item func() T) bool {
	t.Helper()
	size := int(unsafe.Sizeof(*new(T)))
	atEnd := r.IntN(4) > 0
	a, b := la.put(fences[0], m, depth, size, atEnd), lb.put(fences[1], depth, n, size, atEnd)
	fill(a, m, depth, func(int, int) T { return item() })
	fill(b, depth, n, func(int, int) T { return item() })
	gap := r.IntN(3) * size
	c := Matrix{Row: n*size + gap, Col: size}
	whole := fences[2]
	used := whole[len(whole)-c.Row*m-64:]
	for i := range used {
		used[i] = 0xab
	}
	c.P = unsafe.Pointer(&whole[len(whole)-max(c.Row*m, 1)])
	Mul(k, c, a, b, m, n, depth)
	where := fmt.Sprintf("%v %d×%d×%d, A %s, B %s", k, m, n, depth, la.name, lb.name)
	sparse := max(m*n*depth>>17, 1) // of large products a part is looked at
	for i := range m {
		for j := range n {
			if (i*n+j*7)%sparse > 0 && i < m-1 && j < n-1 {
				continue
			}
			got, want := *(*T)(c.at(i, j)), naive[T](a, b, i, j, depth)
			if got != want && !(isNaN(got) && isNaN(want)) {
				t.Errorf("%s: C[%d,%d] is %v, want %v", where, i, j, got, want)
				return false
			}
		}
		for g := range gap {
			if *(*byte)(unsafe.Add(c.at(i, n), g)) != 0xab {
				t.Errorf("%s: wrote behind row %d", where, i)
				return false
			}
		}
	}
	for _, g := range used[:64] {
		if g != 0xab {
			t.Errorf("%s: wrote before C", where)
			return false
		}
	}
	return true
}

func isNaN[T number](x T) bool { return x != x }

func real3[T float32 | float64](r *rand.Rand) func() T {
	return func() T { return T(r.IntN(7) - 3) }
}

func complex3[T complex64 | complex128](r *rand.Rand) func() T {
	return func() T { return T(complex(float64(r.IntN(7)-3), float64(r.IntN(7)-3))) }
}

// all runs check for the kinds that have kernels.
func all(t *testing.T, fences [3]fence, m, n, depth int, r *rand.Rand) bool {
	pick := func() place { return places[r.IntN(len(places))] }
	return check(t, dtype.KindFloat32, fences, pick(), pick(), m, n, depth, r, real3[float32](r)) &&
		check(t, dtype.KindFloat64, fences, pick(), pick(), m, n, depth, r, real3[float64](r)) &&
		check(t, dtype.KindComplex64, fences, pick(), pick(), m, n, depth, r, complex3[complex64](r)) &&
		check(t, dtype.KindComplex128, fences, pick(), pick(), m, n, depth, r, complex3[complex128](r)) &&
		check(t, dtype.KindInt32, fences, pick(), pick(), m, n, depth, r, r.Uint32) &&
		check(t, dtype.KindUint64, fences, pick(), pick(), m, n, depth, r, r.Uint64)
}

// rounds is fewer with -short, as under emulation and the race detector.
func rounds(n int) int {
	if testing.Short() {
		return (n + 5) / 6
	}
	return n
}

func threeFences(t *testing.T, n int) (f [3]fence) {
	for i := range f {
		f[i] = newFence(t, n)
	}
	return f
}

func TestSmallProducts(t *testing.T) {
	fences := threeFences(t, 1<<16)
	most := 20
	if testing.Short() {
		most = 9
	}
	settings(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for m := range most + 1 {
			for n := range most + 1 {
				for depth := range most + 1 {
					if !all(t, fences, m, n, depth, r) {
						return
					}
				}
			}
		}
	})
}

// TestEach holds stacks of products against one product after the other, bit by bit, with
// steps of either sign and none, over rows of C with guards between them.
func TestEach(t *testing.T) {
	settings(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(15, 16))
		for range rounds(600) {
			stack(t, dtype.KindFloat64, r, 1e300, r.NormFloat64)
			stack(t, dtype.KindInt32, r, 0xabababab, r.Uint32)
			stack(t, dtype.KindUint64, r, 1<<63+77, r.Uint64)
			stack(t, dtype.KindInt16, r, 0xabcd, func() uint16 { return uint16(r.Uint32()) })
			stack(t, dtype.KindUint8, r, 0xab, func() uint8 { return uint8(r.Uint32()) })
		}
	})
}

func stack[T number](t *testing.T, kind dtype.Kind, r *rand.Rand, guard T, item func() T) {
	t.Helper()
	const most, room = 20, 600
	size := int(unsafe.Sizeof(guard))
	m, n, depth, count := 1+r.IntN(most), 1+r.IntN(most), r.IntN(most), 3
	if r.IntN(4) == 0 { // inner products
		m, n, count = 1, 1, 1+r.IntN(40)
	}
	var data [2][]T
	var at [2]Matrix
	var step [3]int
	for i, s := range [][2]int{{m, depth}, {depth, n}} {
		x := make([]T, count*room)
		for j := range x {
			x[j] = item()
		}
		row, col := places[r.IntN(4)].lay(s[0], s[1], size)
		step[i+1] = (r.IntN(3) - 1) * room * size
		at[i] = Matrix{unsafe.Pointer(&x[max(0, -step[i+1]/size)*(count-1)]), row, col}
		data[i] = x
	}
	wide := n + r.IntN(3)
	step[0] = (m*wide + r.IntN(9)) * size
	if count > 3 && r.IntN(2) == 0 {
		wide, step[0] = 1, size
	}
	got, want := make([]T, count*step[0]/size), make([]T, count*step[0]/size)
	for i := range got {
		got[i], want[i] = guard, guard
	}
	result := func(x []T) Matrix { return Matrix{unsafe.Pointer(&x[0]), wide * size, size} }
	MulEach(kind, count, step, result(got), at[0], at[1], m, n, depth)
	for i := range count {
		a, b := at[0], at[1]
		a.P, b.P = unsafe.Add(a.P, i*step[1]), unsafe.Add(b.P, i*step[2])
		Mul(kind, result(want[i*step[0]/size:]), a, b, m, n, depth)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%v %d×%d×%d, steps of %d: not the products one by one", kind, m, n, depth, step)
	}
	runtime.KeepAlive(data)
}

// TestEdgesOfBlocks takes lengths around those of tiles, panels and blocks.
func TestEdgesOfBlocks(t *testing.T) {
	fences := threeFences(t, 16<<20)
	lengths := []int{1, 2, 8, 23, 24, 25, 47, 48, 49, 96, 192, 257}
	settings(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 4))
		for range rounds(40) {
			pick := func() int { return lengths[r.IntN(len(lengths))] }
			if !all(t, fences, pick(), pick(), pick(), r) {
				return
			}
		}
	})
	shapes := [][3]int{{1, 3000, 70}, {3000, 1, 70}, {70, 1, 3000}, {1, 70, 3000}, {33, 2100, 40}, {2100, 33, 3}, {2, 1500, 300}, {5, 40, 3000}, {400, 500, 300}, {513, 90, 600}}
	if testing.Short() {
		shapes = shapes[:6]
	}
	for _, s := range shapes {
		settings(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(5, 6))
			for range rounds(3) {
				if !all(t, fences, s[0], s[1], s[2], r) {
					return
				}
			}
		})
	}
}

// TestLongDots crosses the length from which inner products are summed in
// stretches.
func TestLongDots(t *testing.T) {
	fences := threeFences(t, 16<<20)
	for _, s := range [][3]int{{1, 1, 2 * stretch}, {1, 1, 2*stretch - 1}, {1, 1, 5*stretch + 77}, {3, 1, 2*stretch + 1}, {1, 6, 3 * stretch}} {
		settings(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 8))
			for range rounds(4) {
				if !all(t, fences, s[0], s[1], s[2], r) {
					return
				}
			}
		})
	}
}

// TestNotNumbers holds infinities and NaNs in their rows and columns.
func TestNotNumbers(t *testing.T) {
	fences := threeFences(t, 1<<20)
	bad := []float64{math.Inf(1), math.Inf(-1), math.NaN(), 0}
	settings(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(9, 10))
		f := func() float64 {
			if r.IntN(40) == 0 {
				return bad[r.IntN(len(bad))]
			}
			return float64(r.IntN(7) - 3)
		}
		for range 150 {
			m, n, depth := 1+r.IntN(30), 1+r.IntN(60), 1+r.IntN(40)
			la, lb := places[r.IntN(len(places))], places[r.IntN(len(places))]
			if !check(t, dtype.KindFloat64, fences, la, lb, m, n, depth, r, f) ||
				!check(t, dtype.KindFloat32, fences, la, lb, m, n, depth, r, func() float32 { return float32(f()) }) ||
				!check(t, dtype.KindComplex128, fences, la, lb, m, n, depth, r, func() complex128 { return complex(float64(r.IntN(7)-3), float64(r.IntN(7)-3)) }) {
				return
			}
		}
	})
}

func TestIntegersAndBools(t *testing.T) {
	fences := threeFences(t, 1<<20)
	settings(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(11, 12))
		for range 60 {
			m, n, depth := r.IntN(30), r.IntN(140), r.IntN(40)
			la, lb := places[r.IntN(len(places))], places[r.IntN(len(places))]
			if !check(t, dtype.KindInt8, fences, la, lb, m, n, depth, r, func() uint8 { return uint8(r.Uint32()) }) ||
				!check(t, dtype.KindUint16, fences, la, lb, m, n, depth, r, func() uint16 { return uint16(r.Uint32()) }) ||
				!check(t, dtype.KindInt32, fences, la, lb, m, n, depth, r, func() uint32 { return r.Uint32() }) ||
				!check(t, dtype.KindInt64, fences, la, lb, m, n, depth, r, func() uint64 { return r.Uint64() }) {
				return
			}
			a, b := la.put(fences[0], m, depth, 1, true), lb.put(fences[1], depth, n, 1, true)
			rare := 1 + r.IntN(8) // all are true where it is 1
			fill(a, m, depth, func(int, int) bool { return r.IntN(rare) == 0 })
			fill(b, depth, n, func(int, int) bool { return r.IntN(rare) == 0 })
			c := places[0].put(fences[2], m, n, 1, true)
			Mul(dtype.KindBool, c, a, b, m, n, depth)
			for i := range m {
				for j := range n {
					want := false
					for p := range depth {
						want = want || *(*bool)(a.at(i, p)) && *(*bool)(b.at(p, j))
					}
					if got := *(*bool)(c.at(i, j)); got != want {
						t.Fatalf("bools %d×%d×%d: C[%d,%d] is %v", m, n, depth, i, j, got)
					}
				}
			}
		}
	})
}

// TestThreadsAgree compares results bit by bit for several numbers of threads,
// and those of AVX2 with those of AVX-512.
func TestThreadsAgree(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	defer parallel.SetThreads(parallel.SetThreads(0))
	r := rand.New(rand.NewPCG(13, 14))
	for _, s := range [][3]int{{300, 310, 290}, {64, 1000, 700}, {5, 3000, 600}, {1, 4000, 500}, {4000, 1, 500}, {1, 1, 300000}, {3, 1, 200000}, {1500, 20, 100}, {1037, 1, 300}, {13, 1, 20000}, {1, 301, 1003}} {
		m, n, depth := s[0], s[1], s[2]
		a, b := make([]float64, m*depth), make([]float64, depth*n)
		for i := range a {
			a[i] = r.NormFloat64()
		}
		for i := range b {
			b[i] = r.NormFloat64()
		}
		for _, turned := range []bool{false, true} {
			for l := kernel.LevelAVX2; l <= kernel.BestLevel(); l++ {
				kernel.SetLevel(l)
				var want []float64
				for _, threads := range []int{1, 2, 3, 7} {
					parallel.SetThreads(threads)
					c := make([]float64, m*n)
					x, y := dense64(a, depth), dense64(b, n)
					if turned {
						x, y = dense64(a, m).turned(), dense64(b, depth).turned()
					}
					Mul(dtype.KindFloat64, dense64(c, n), x, y, m, n, depth)
					if want == nil {
						want = c
						continue
					}
					for i := range c {
						if c[i] != want[i] {
							t.Fatalf("%v at %v, %d threads: item %d is %v, with one thread %v", s, l, threads, i, c[i], want[i])
						}
					}
				}
			}
		}
	}
}

func dense64(x []float64, n int) Matrix { return Matrix{unsafe.Pointer(unsafe.SliceData(x)), 8 * n, 8} }

func TestPanelsCoverAllColumns(t *testing.T) {
	for l := kernel.LevelAVX2; l <= kernel.BestLevel(); l++ {
		for _, k := range []dtype.Kind{dtype.KindFloat32, dtype.KindFloat64, dtype.KindComplex64, dtype.KindComplex128} {
			e := engineOf(k, l)
			if e == nil {
				t.Skip("no vectors here")
			}
			for n := range 200 {
				for rest := n; rest > 0; {
					vecs, cols := e.panel(rest)
					lanes := e.lanes(vecs, cols)
					if vecs < 1 || vecs > 3 || cols > rest || lanes < 1 || lanes > e.items*e.parts || !e.partial && vecs > 1 && lanes != e.items*e.parts {
						t.Fatalf("%v %v: %d columns give %d vectors, %d columns, %d lanes", k, l, rest, vecs, cols, lanes)
					}
					rest -= cols
				}
			}
		}
	}
	for _, parts := range []int{1, 2, 3, 4, 8, 16, 17} {
		for m := 1; m < 3000; m = m*5/4 + 1 {
			for n := 1; n < 3000; n = n*5/4 + 1 {
				for i := range 4 {
					p := plan{engine: &engine{high: 8, items: 8}, packA: i&1 != 0, packB: i&2 != 0}
					down, across := p.grid(parts, m, n)
					if down*across > parts || down > 1 && m/down < 8 || across > 1 && n/across < 24 {
						t.Fatalf("%d parts of %d×%d: %d × %d", parts, m, n, down, across)
					}
				}
			}
		}
	}
}
