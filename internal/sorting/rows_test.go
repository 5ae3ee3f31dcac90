package sorting

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// rowKinds are those with keys of every size and form, and two without.
var rowKinds = []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint8, dtype.Int16, dtype.Uint16, dtype.Float16, dtype.Int32, dtype.Uint32, dtype.Float32,
	dtype.Int64, dtype.Uint64, dtype.Float64, dtype.Complex64, dtype.Complex128}

// eachRows calls f with rows of random bytes, of few different numbers, and of floats
// without and with NaNs and zeros of both signs, at every level of the machine.
func eachRows(t *testing.T, f func(t *testing.T, dt dtype.DType, p unsafe.Pointer, n, rows int)) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	r := rand.New(rand.NewPCG(31, 32))
	for level := kernel.LevelGo; level <= kernel.BestLevel(); level++ {
		kernel.SetLevel(level)
		for _, dt := range rowKinds {
			lengths := []int{300, 511, 512, 513, 1000, 2047, 4096, 4097, 8192, 8193}
			for n := range networkMost + 3 {
				if n <= 20 || n%31 == 0 || n >= networkMost-1 || r.IntN(40) == 0 {
					lengths = append(lengths, n)
				}
			}
			for _, n := range lengths {
				for _, rows := range []int{0, 1, 2, 15, 16, 33, 129} {
					if n > 64 && rows > 33 && r.IntN(4) > 0 || n > 300 && rows > 2 && rows*n > 5000 {
						continue
					}
					size := dt.ItemSize()
					room := make([]uint64, n*rows*size/8+2)
					items := unsafe.Slice((*byte)(unsafe.Pointer(&room[0])), n*rows*size)
					style := r.IntN(4)
					for i := range items {
						if items[i] = byte(r.Uint32()); style == 0 && i%size > 0 {
							items[i] = 0
						}
					}
					for i := range n * rows {
						item := unsafe.Pointer(&items[i*size])
						x := float64(r.IntN(9)-4) + 0.25
						if style == 3 && r.IntN(50) == 0 {
							x = []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1)}[r.IntN(5)]
						}
						switch {
						case dt == dtype.Bool:
							*(*bool)(item) = r.IntN(2) == 0
						case style < 2:
						case dt == dtype.Float64:
							*(*float64)(item) = x
						case dt == dtype.Float32:
							*(*float32)(item) = float32(x)
						}
					}
					f(t, dt, unsafe.Pointer(&room[0]), n, rows)
				}
			}
		}
	}
}

// Rows that are sorted together are those sorted by comparisons, bit by bit.
func TestSortRows(t *testing.T) {
	eachRows(t, func(t *testing.T, dt dtype.DType, p unsafe.Pointer, n, rows int) {
		size := dt.ItemSize()
		want := make([]uint64, n*rows*size/8+2) // aligned
		w, got := unsafe.Slice((*byte)(unsafe.Pointer(&want[0])), n*rows*size), unsafe.Slice((*byte)(p), n*rows*size)
		copy(w, got)
		for i := range rows {
			SortBy(Compare(dt), size, unsafe.Add(unsafe.Pointer(&want[0]), i*n*size), n)
		}
		if err := SortRows(dt, p, n, rows); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, w) {
			t.Fatalf("%s: %d rows of %d %s differ", kernel.CurrentLevel(), rows, n, dt)
		}
	})
}

// The places of rows that are sorted together are those found by comparisons.
func TestArgSortRows(t *testing.T) {
	eachRows(t, func(t *testing.T, dt dtype.DType, p unsafe.Pointer, n, rows int) {
		size := dt.ItemSize()
		before := bytes.Clone(unsafe.Slice((*byte)(p), n*rows*size))
		got, want := make([]int64, n*rows), make([]int64, n*rows)
		for i := range rows {
			ArgSortBy(Compare(dt), size, unsafe.Add(p, i*n*size), want[i*n:(i+1)*n])
		}
		ArgSortRows(dt, p, got, n)
		if !slices.Equal(got, want) {
			t.Fatalf("%s: places of %d rows of %d %s differ", kernel.CurrentLevel(), rows, n, dt)
		}
		if !bytes.Equal(unsafe.Slice((*byte)(p), n*rows*size), before) {
			t.Fatalf("%s: %d rows of %d %s were changed", kernel.CurrentLevel(), rows, n, dt)
		}
	})
}

// Rows that are partitioned together have the item of every asked place in it, none
// greater before and none less behind.
func TestPartitionRows(t *testing.T) {
	eachRows(t, func(t *testing.T, dt dtype.DType, p unsafe.Pointer, n, rows int) {
		if n == 0 || rows > 20 {
			return
		}
		size, compare := dt.ItemSize(), Compare(dt)
		sorted := make([]uint64, n*rows*size/8+2)
		s := unsafe.Pointer(&sorted[0])
		copy(unsafe.Slice((*byte)(s), n*rows*size), unsafe.Slice((*byte)(p), n*rows*size))
		for i := range rows {
			SortBy(compare, size, unsafe.Add(s, i*n*size), n)
		}
		kth := []int{n / 3, n / 2}
		places := make([]int64, n*rows)
		ArgPartitionRows(dt, p, places, n, kth)
		for i := range rows {
			row := unsafe.Add(p, i*n*size)
			for _, k := range kth {
				x := unsafe.Add(s, (i*n+k)*size)
				for j, place := range places[i*n : (i+1)*n] {
					c := compare(unsafe.Add(row, int(place)*size), x)
					if j < k && c > 0 || j == k && c != 0 || j > k && c < 0 {
						t.Fatalf("%s: place %d of %d rows of %d %s, around %d", kernel.CurrentLevel(), j, rows, n, dt, k)
					}
				}
			}
		}
		if err := PartitionRows(dt, p, n, rows, kth); err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			for _, k := range kth {
				x := unsafe.Add(s, (i*n+k)*size)
				for j := range n {
					c := compare(unsafe.Add(p, (i*n+j)*size), x)
					if j < k && c > 0 || j == k && c != 0 || j > k && c < 0 {
						t.Fatalf("%s: item %d of %d rows of %d %s, around %d", kernel.CurrentLevel(), j, rows, n, dt, k)
					}
				}
			}
			SortBy(compare, size, unsafe.Add(p, i*n*size), n)
		}
		for i := range n * rows {
			if compare(unsafe.Add(p, i*size), unsafe.Add(s, i*size)) != 0 {
				t.Fatalf("%s: other items in %d rows of %d %s", kernel.CurrentLevel(), rows, n, dt)
			}
		}
	})
}

// Lanes that are sorted side by side are those sorted by comparisons, bit by bit.
func TestSortDown(t *testing.T) {
	done := 0
	eachRows(t, func(t *testing.T, dt dtype.DType, p unsafe.Pointer, n, lanes int) {
		size := dt.ItemSize()
		if n == 0 {
			return
		}
		got := unsafe.Slice((*byte)(p), n*lanes*size)
		before := bytes.Clone(got)
		if !SortDown(dt, p, n, lanes) {
			if !bytes.Equal(got, before) {
				t.Fatalf("%d lanes of %d %s are changed and not sorted", lanes, n, dt)
			}
			return
		}
		done++
		column := make([]uint64, n*size/8+2)
		c := unsafe.Slice((*byte)(unsafe.Pointer(&column[0])), n*size)
		for l := range lanes {
			for i := range n {
				copy(c[i*size:(i+1)*size], before[(i*lanes+l)*size:])
			}
			SortBy(Compare(dt), size, unsafe.Pointer(&column[0]), n)
			for i := range n {
				if !bytes.Equal(c[i*size:(i+1)*size], got[(i*lanes+l)*size:(i*lanes+l+1)*size]) {
					t.Fatalf("%s: item %d of lane %d of %d, %d %s each, differs", kernel.CurrentLevel(), i, l, lanes, n, dt)
				}
			}
		}
	})
	if kernel.BestLevel() == kernel.LevelAVX512 && done == 0 {
		t.Error("nothing was sorted")
	}
}
