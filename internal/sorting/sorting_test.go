package sorting

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

var nums = []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint8, dtype.Int16, dtype.Uint16, dtype.Int32, dtype.Uint32,
	dtype.Int64, dtype.Uint64, dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex64, dtype.Complex128}

// others are dtypes without keys.
func others(t testing.TB) []dtype.DType {
	rec, err := dtype.Struct([]dtype.Field{{Name: "a", DType: dtype.Int16.NewByteOrder(dtype.Big)}, {Name: "b", DType: dtype.Float32}}, dtype.StructOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return []dtype.DType{dtype.Bytes(3), dtype.Str(2), dtype.Void(5), rec}
}

// random fills n items of dt with bits that make many equal items, NaNs and
// zeros of both signs. The memory is aligned to 16 bytes.
func random(r *rand.Rand, dt dtype.DType, n int) (unsafe.Pointer, []byte) {
	words := make([]complex128, n*dt.ItemSize()/16+1)
	b := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(words)*16)[:n*dt.ItemSize()]
	few := r.IntN(2) == 0
	for i := range b {
		b[i] = byte(r.Uint32())
		if few {
			b[i] &= 0x81
		}
	}
	put := func(i int, x float64) {
		switch dt.Kind() {
		case dtype.KindFloat64, dtype.KindComplex128:
			*(*float64)(unsafe.Pointer(&b[i*8])) = x
		case dtype.KindFloat32, dtype.KindComplex64:
			*(*float32)(unsafe.Pointer(&b[i*4])) = float32(x)
		case dtype.KindFloat16:
			bits := map[bool]uint16{true: 0xfe01, false: 0x8000}
			*(*uint16)(unsafe.Pointer(&b[i*2])) = bits[x != x]
		}
	}
	parts := n
	if dt.IsComplex() {
		parts *= 2
	}
	if dt.IsFloat() || dt.IsComplex() {
		for i := range parts {
			switch r.IntN(8) {
			case 0:
				put(i, math.Copysign(math.NaN(), -1))
			case 1:
				put(i, math.Copysign(0, -1))
			case 2:
				put(i, 0)
			case 3:
				put(i, math.Inf(1))
			}
		}
	}
	return unsafe.Pointer(&words[0]), b
}

// TestSort: the result is sorted by Compare, stably, and holds the same items.
func TestSort(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, dt := range append(slices.Clone(nums), others(t)...) {
		compare, size := Compare(dt), dt.ItemSize()
		for _, n := range []int{0, 1, 2, 3, 11, 13, 40, 60, 100, 150, 300, 1500} {
			p, b := random(r, dt, n)
			old := slices.Clone(b)
			want := make([]int, n)
			for i := range want {
				want[i] = i
			}
			slices.SortStableFunc(want, func(i, j int) int {
				return compare(unsafe.Pointer(&old[i*size]), unsafe.Pointer(&old[j*size]))
			})
			order := make([]int64, n)
			ArgSort(dt, p, order)
			Sort(dt, p, n)
			for i, j := range want {
				if order[i] != int64(j) {
					t.Fatalf("%s, %d items: argsort[%d] = %d, want %d", dt, n, i, order[i], j)
				}
				if string(b[i*size:(i+1)*size]) != string(old[j*size:(j+1)*size]) {
					t.Fatalf("%s, %d items: item %d is % x, want % x", dt, n, i, b[i*size:(i+1)*size], old[j*size:(j+1)*size])
				}
			}
		}
	}
}

// TestBytesThatAllShare: places of items of one and two bytes, of which all share some bits.
func TestBytesThatAllShare(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint8, dtype.Int16, dtype.Uint16, dtype.Float16} {
		compare, size := Compare(dt), dt.ItemSize()
		for _, mask := range []uint16{0, 0x80, 0xff, 0x8000, 0xff00, 0xffff} {
			for _, n := range []int{17, 43, 44, 55, 56, 57, 1001, 3000} {
				s, share := make([]uint16, n+1), uint16(r.Uint32())
				for i := range s {
					s[i] = share&^mask | uint16(r.Uint32())&mask
				}
				p, order, want := unsafe.Pointer(&s[0]), make([]int64, n), make([]int64, n)
				inTurn(want)
				at := func(i int64) unsafe.Pointer { return unsafe.Add(p, int(i)*size) }
				slices.SortStableFunc(want, func(i, j int64) int { return compare(at(i), at(j)) })
				if ArgSort(dt, p, order); !slices.Equal(order, want) {
					t.Fatalf("argsort of %d %s, mask %x: %v, want %v", n, dt, mask, order, want)
				}
				var sorted []byte
				for _, i := range want {
					sorted = append(sorted, unsafe.Slice((*byte)(at(i)), size)...)
				}
				if Sort(dt, p, n); string(unsafe.Slice((*byte)(p), n*size)) != string(sorted) {
					t.Fatalf("sort of %d %s, mask %x", n, dt, mask)
				}
			}
		}
	}
}

// TestPartition: the places asked for hold what a sort puts there, and nothing
// greater stands before them.
func TestPartition(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	for l := kernel.LevelGo; l <= kernel.BestLevel(); l++ {
		kernel.SetLevel(l)
		t.Run(fmt.Sprint(l), testPartition)
	}
}

func testPartition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, dt := range append(slices.Clone(nums), others(t)...) {
		compare, size := Compare(dt), dt.ItemSize()
		for _, n := range []int{1, 2, 5, 30, 333, 1500, 7001} {
			for range 4 {
				p, b := random(r, dt, n)
				if dt.IsComplex() && r.IntN(2) == 0 { // no NaN, equal real parts
					for i := range b {
						if b[i] &= 0x83; i%(size/2) > 1 {
							b[i] = 0
						}
					}
				}
				kth := []int{r.IntN(n), r.IntN(n), r.IntN(n)}[:1+r.IntN(3)]
				slices.Sort(kth)
				old := slices.Clone(b)
				order := make([]int64, n)
				ArgPartition(dt, p, order, kth)
				Partition(dt, p, n, kth)
				check := func(name string, at func(i int) unsafe.Pointer) {
					for _, k := range kth {
						for i := range n {
							if c := compare(at(i), at(k)); i < k && c > 0 || i > k && c < 0 {
								t.Fatalf("%s of %s, %d items: %d and %d are out of order", name, dt, n, i, k)
							}
						}
					}
				}
				check("partition", func(i int) unsafe.Pointer { return unsafe.Pointer(&b[i*size]) })
				check("argpartition", func(i int) unsafe.Pointer { return unsafe.Pointer(&old[int(order[i])*size]) })
				seen := slices.Clone(order)
				slices.Sort(seen)
				for i, j := range seen {
					if int64(i) != j {
						t.Fatalf("argpartition of %s is no permutation", dt)
					}
				}
				sortItems(b, size)
				sortItems(old, size)
				if string(b) != string(old) {
					t.Fatalf("partition of %s loses items", dt)
				}
			}
		}
	}
}

// sortItems sorts items as bytes, so that two blocks of the same items are equal.
func sortItems(b []byte, size int) {
	s := make([]string, 0, len(b)/size)
	for i := 0; i < len(b); i += size {
		s = append(s, string(b[i:i+size]))
	}
	slices.Sort(s)
	for i, x := range s {
		copy(b[i*size:], x)
	}
}

// TestSearch holds the places against counting.
func TestSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, dt := range append(slices.Clone(nums), others(t)...) {
		compare, size := Compare(dt), dt.ItemSize()
		for _, n := range []int{0, 1, 2, 3, 7, 7, 16, 64, 64, 100, 100} {
			p, b := random(r, dt, n)
			if dt.IsComplex() && r.IntN(2) == 0 { // no NaN
				for i := range b {
					b[i] &= 0x83
				}
			}
			order := make([]int64, n)
			ArgSort(dt, p, order)
			m := []int{50, 1100}[r.IntN(2)]
			v, vb := random(r, dt, m)
			for _, right := range []bool{false, true} {
				out := make([]int64, m)
				if !Search(dt, p, n, order, v, out, right) {
					t.Fatal("a good sorter is refused")
				}
				for j, got := range out {
					want := int64(0)
					for i := range n {
						if c := compare(unsafe.Pointer(&b[i*size]), unsafe.Pointer(&vb[j*size])); c < 0 || right && c == 0 {
							want++
						}
					}
					if got != want {
						t.Fatalf("%s in %d: place %d, want %d", dt, n, got, want)
					}
				}
				sorted, sb := random(r, dt, n)
				for i, k := range order {
					copy(sb[i*size:], b[int(k)*size:int(k+1)*size])
				}
				direct := make([]int64, m)
				if Search(dt, sorted, n, nil, v, direct, right); !slices.Equal(direct, out) {
					t.Fatalf("%s in %d sorted items: places %v, want %v", dt, n, direct, out)
				}
			}
		}
	}
}

// TestSelection: one place and many are selected from items that are bad for pivots, as words
// and as pairs, and in good time: a split is counted.
func TestSelection(t *testing.T) {
	const n = 1 << 15
	r := rand.New(rand.NewPCG(8, 9))
	for name, f := range map[string]func(i int) int{
		"equal": func(int) int { return 7 }, "up": func(i int) int { return i }, "down": func(i int) int { return n - i },
		"organ": func(i int) int { return min(i, n-i) }, "saw": func(i int) int { return i % 5 }, "two": func(i int) int { return i / (n - 1) },
		"random": func(int) int { return r.Int() }, "least": func(i int) int { return math.MinInt + i%2 }, "greatest": func(i int) int { return math.MaxInt - i%3 },
	} {
		for _, kth := range [][]int{{0}, {n / 2}, {n - 1}, {n/2 - 1, n / 2}, {0, 1, 2, 700, 701, n / 2, n/2 + 9000, n - 1}} {
			s, pairs := make([]int64, n), make([][2]int64, n)
			for i := range s {
				s[i] = int64(f(i))
				pairs[i] = [2]int64{s[i], int64(i * 7 % n)}
			}
			want := slices.Clone(s)
			slices.Sort(want)
			selectWords(s, kth)
			selectPairs(pairs, kth)
			for _, k := range kth {
				if s[k] != want[k] || pairs[k][0] != want[k] {
					t.Error(name, k, s[k], pairs[k], want[k])
				}
				for i := range s {
					if (i < k && s[i] > s[k]) || (i > k && s[i] < s[k]) {
						t.Fatal(name, kth, "out of order at", i)
					}
				}
			}
		}
		s, items := make([]int64, n), 0
		for i := range s {
			s[i] = int64(f(i))
		}
		all := selection[int64]{
			split: func(s []int64, pivot int64) int { items += len(s); return splitOf[int64](false)(s, pivot) },
			less:  func(a, b int64) bool { return a < b },
			next:  func(x int64, by int) int64 { return x + int64(by) },
			sort:  func(s []int64) { slices.Sort(s) },
			few:   sortBelow,
		}
		all.places(s, []int{n / 2}, math.MinInt64, math.MaxInt64)
		if items > 3*n {
			t.Errorf("%s: %d items were split for one place of %d", name, items, n)
		}
	}
}

func BenchmarkSort(b *testing.B) {
	for _, dt := range []dtype.DType{dtype.Int16, dtype.Int32, dtype.Int64, dtype.Float32, dtype.Float64} {
		for _, n := range []int{100, 1000, 10000, 1000000} {
			r := rand.New(rand.NewPCG(1, 2))
			src := make([]float64, n)
			for i := range src {
				src[i] = r.Float64() - .5
				switch dt {
				case dtype.Float32, dtype.Int32:
					if dt == dtype.Int32 || i%2 == 0 {
						src[i/2] = math.Float64frombits(r.Uint64() &^ 0x0040000000400000)
					}
				case dtype.Int16, dtype.Int64:
					src[i] = math.Float64frombits(r.Uint64())
				}
			}
			s := make([]float64, n)
			b.Run(dt.Name()+"/"+itoa(n), func(b *testing.B) {
				for range b.N {
					copy(s, src)
					Sort(dt, unsafe.Pointer(&s[0]), n)
				}
			})
			order := make([]int64, n)
			b.Run("arg/"+dt.Name()+"/"+itoa(n), func(b *testing.B) {
				for range b.N {
					ArgSort(dt, unsafe.Pointer(&src[0]), order)
				}
			})
		}
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
