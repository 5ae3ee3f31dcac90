package memmap

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// model is a view as a list of places: where each item, in C order, starts in the
// file. It knows nothing of strides.
type model struct {
	shape  []int
	places []int
	item   int
}

// at returns the number in places of the item at an index.
func (m *model) at(index []int) int {
	k := 0
	for axis, i := range index {
		k = k*m.shape[axis] + i
	}
	return k
}

// gather returns the model of the given shape whose item at an index is m's item
// at from(index).
func (m *model) gather(shape []int, from func(index []int) []int) *model {
	v := &model{shape: shape, item: m.item}
	index := make([]int, len(shape))
	n := 1
	for _, d := range shape {
		n *= d
	}
	for range n {
		v.places = append(v.places, m.places[m.at(from(slices.Clone(index)))])
		for axis := len(index) - 1; axis >= 0; axis-- {
			if index[axis]++; index[axis] < shape[axis] {
				break
			}
			index[axis] = 0
		}
	}
	return v
}

// bytes returns the items' bytes in a file.
func (m *model) bytes(file []byte) []byte {
	out := []byte{}
	for _, p := range m.places {
		out = append(out, file[p:p+m.item]...)
	}
	return out
}

// step applies one random operation to the array and to the model.
func step(r *rand.Rand, a *nd.Array, m *model) (*nd.Array, *model, string) {
	rank := len(m.shape)
	if rank == 0 {
		return a.ExpandDims(0), m.gather([]int{1}, func([]int) []int { return nil }), "[None]"
	}
	axis := r.IntN(rank)
	n := m.shape[axis]
	item := func(x nd.Idx) []nd.Idx {
		index := make([]nd.Idx, axis+1)
		index[axis] = x
		return index
	}
	without := func(s []int) []int { return slices.Delete(slices.Clone(s), axis, axis+1) }
	switch r.IntN(8) {
	case 0, 1: // start:stop:step, by the definition of Python's range
		start, stop, by := r.IntN(n+1), r.IntN(n+1), 1+r.IntN(3)
		if n > 1 && r.IntN(3) > 0 {
			start, stop = 0, n
		}
		var kept []int
		x := nd.R(start, stop, by)
		if r.IntN(2) == 0 {
			for i := start; i < stop; i += by {
				kept = append(kept, i)
			}
		} else {
			x = nd.R(start, stop, -by)
			for i := min(start, n-1); i > stop; i -= by {
				kept = append(kept, i)
			}
		}
		shape := slices.Clone(m.shape)
		shape[axis] = len(kept)
		return a.Slice(item(x)...), m.gather(shape, func(at []int) []int { at[axis] = kept[at[axis]]; return at }), "slice"
	case 2: // one place
		if n == 0 || rank == 1 && r.IntN(4) > 0 {
			return a, m, "-"
		}
		i := r.IntN(n)
		return a.Slice(item(nd.I(i - n*r.IntN(2)))...), m.gather(without(m.shape), func(at []int) []int { return slices.Insert(at, axis, i) }), "place"
	case 3:
		perm := r.Perm(rank)
		shape := make([]int, rank)
		for k, p := range perm {
			shape[k] = m.shape[p]
		}
		return a.Transpose(perm...), m.gather(shape, func(at []int) []int {
			back := make([]int, rank)
			for k, p := range perm {
				back[p] = at[k]
			}
			return back
		}), "transpose"
	case 4:
		return a.Flip(axis), m.gather(slices.Clone(m.shape), func(at []int) []int { at[axis] = n - 1 - at[axis]; return at }), "flip"
	case 5:
		if rank > 6 {
			return a, m, "-"
		}
		return a.ExpandDims(axis), m.gather(slices.Insert(slices.Clone(m.shape), axis, 1), func(at []int) []int { return slices.Delete(at, axis, axis+1) }), "newaxis"
	case 6: // split an axis
		if n%2 != 0 || n == 0 || rank > 6 {
			return a, m, "-"
		}
		shape := slices.Insert(slices.Clone(m.shape), axis+1, n/2)
		shape[axis] = 2
		return a.Reshape(shape...), m.gather(shape, func(at []int) []int {
			at[axis+1] += at[axis] * (n / 2)
			return slices.Delete(at, axis, axis+1)
		}), "reshape"
	default: // the diagonal of two axes
		if rank < 2 || axis == 0 {
			return a, m, "-"
		}
		d := min(m.shape[0], n)
		shape := append(slices.Delete(slices.Clone(m.shape), axis, axis+1)[1:], d)
		return a.Diagonal(0, 0, axis), m.gather(shape, func(at []int) []int {
			i := at[len(at)-1]
			return slices.Insert(append([]int{i}, at[:len(at)-1]...), axis, i)
		}), "diagonal"
	}
}

// 10,000 random chains of views over a mapped file, unaligned and in either order,
// hold the bytes that a naive model finds in the file; what is written through
// them arrives where the model says, and nowhere else.
func TestTortureViewChains(t *testing.T) {
	const offset = 13
	path := filepath.Join(quickDir(t), "x")
	more, r := torture(10000), rand.New(rand.NewPCG(5, 6))
	dtypes := []dtype.DType{dtype.Uint8, dtype.Int16, dtypeOf(t, ">i4"), dtype.Float64, dtypeOf(t, "S3"), dtypeOf(t, "i1,<f4")}
	file := make([]byte, offset+4*3*8*5*8)
	for round := 0; more(round); {
		for i := range file {
			file[i] = byte(r.Uint32())
		}
		if err := os.WriteFile(path, file, 0o644); err != nil {
			t.Fatal(err)
		}
		dt, order := dtypes[r.IntN(len(dtypes))], []nd.Order{nd.C, nd.F}[r.IntN(2)]
		base, err := OpenWith(path, Options{DType: dt, Offset: offset, Shape: []int{4, 3, 8, 5}, Order: order})
		if err != nil {
			t.Fatal(err)
		}
		start := &model{shape: []int{4, 3, 8, 5}, item: dt.ItemSize()}
		for k := range 4 * 3 * 8 * 5 {
			start.places = append(start.places, offset+k*start.item)
		}
		if order == nd.F { // the file is the C order of the transposed
			start.shape = []int{5, 8, 3, 4}
			start = start.gather([]int{4, 3, 8, 5}, func(at []int) []int { slices.Reverse(at); return at })
		}
		for range 200 {
			round++
			a, m, chain := base, start, ""
			for range 1 + r.IntN(6) {
				var op string
				if a, m, op = step(r, a, m); op != "" {
					chain += " " + op
				}
			}
			name := fmt.Sprintf("%s %c%s", dt, order, chain)
			var got bytes.Buffer
			if _, err := a.WriteTo(&got); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !slices.Equal(a.Shape(), m.shape) || !bytes.Equal(got.Bytes(), m.bytes(file)) {
				t.Fatalf("%s: shape %v, the model has %v", name, a.Shape(), m.shape)
			}
			if round%10 != 0 || !a.Writeable() || !a.SharesMemory(base) {
				continue
			}
			data := make([]byte, len(m.places)*m.item)
			for i := range data {
				data[i] = byte(r.Uint32())
			}
			if _, err := a.ReadFull(bytes.NewReader(data)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for k, p := range m.places {
				copy(file[p:p+m.item], data[k*m.item:])
			}
			if err := FlushRange(a); err != nil {
				t.Fatal(err)
			}
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, file) {
				t.Fatalf("%s: a write through the view changed other bytes, %v", name, err)
			}
		}
		if err := Close(base); err != nil {
			t.Fatal(err)
		}
	}
}

// Close comes while goroutines read, compute and open views: each ends with
// ErrClosed, and none reads another map's bytes, which takes the addresses at once.
func TestTortureClose(t *testing.T) {
	const n = 1 << 16
	dir := t.TempDir()
	path, other := filepath.Join(dir, "x"), filepath.Join(dir, "other")
	if err := os.WriteFile(path, bytes.Repeat([]byte{1}, n), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, bytes.Repeat([]byte{2}, n), 0o644); err != nil {
		t.Fatal(err)
	}
	more := torture(100)
	for i := 0; more(i) && !t.Failed(); i++ {
		a, err := Open(path, ReadWrite, dtype.Uint8)
		if err != nil {
			t.Fatal(err)
		}
		view := a.Index("::-3")
		done := make(chan error)
		works := []func() error{
			func() error {
				if s := a.Sum().At[uint64](); s != n {
					return fmt.Errorf("the sum is %d", s)
				}
				return nil
			},
			func() error {
				if x := view.At[uint8](7); x != 1 {
					return fmt.Errorf("an item is %d", x)
				}
				return nil
			},
			func() error {
				for _, x := range view.Index("5:").All[uint8]() {
					if x != 1 {
						return fmt.Errorf("an item is %d", x)
					}
				}
				return nil
			},
			func() error { a.Fill(1); return nil },
			func() error { return Flush(view) },
		}
		for _, work := range works {
			go func() {
				var err error
				for err == nil {
					if terr := nd.Try(func() { err = work() }); terr != nil {
						err = terr
					}
					runtime.Gosched()
				}
				done <- err
			}()
		}
		for range i % 5 {
			runtime.Gosched()
		}
		if err := Close(view); err != nil {
			t.Error(err)
		}
		b, err := Open(other, ReadOnly, dtype.Uint8) // the system likes to give it the same addresses
		if err != nil {
			t.Fatal(err)
		}
		for range works {
			if err := <-done; !errors.Is(err, nd.ErrClosed) {
				t.Errorf("round %d: %v", i, err)
			}
		}
		Close(b)
	}
}

// A sparse file of 100 GB opens, slices and closes in milliseconds.
func TestSparseHundredGigabytes(t *testing.T) {
	if runtime.GOOS != "linux" || ^uint(0)>>32 == 0 {
		t.Skip("needs sparse files")
	}
	path := filepath.Join(t.TempDir(), "big")
	const n = 100e9 / 8
	start := time.Now()
	a, err := OpenWith(path, Options{Mode: Create, DType: dtype.Float64, Shape: []int{n / 1000, 1000}, Sparse: true})
	if err != nil {
		t.Skip("no sparse file of 100 GB here: ", err)
	}
	a.Set(2.5, -1, -1)
	view := a.Index("::-1000, 10:20")
	if view.Size() != n/1000/1000*10 || a.At[float64](-1, -1) != 2.5 || a.At[float64](n/2000, 3) != 0 || view.Index("-1").Sum().At[float64]() != 0 {
		t.Error("wrong items")
	}
	if p := a.Buffer().Pages(); p.Touched > 100 { // those of the items above
		t.Errorf("%+v", p)
	}
	if err := Close(a); err != nil {
		t.Error(err)
	}
	allocated := testing.AllocsPerRun(1, func() {
		b, err := OpenWith(path, Options{Mode: ReadOnly, DType: dtype.Float64, Offset: 100e9 - 8})
		if err != nil || b.At[float64](0) != 2.5 {
			t.Error("the tail:", err)
		}
		Close(b)
	})
	if allocated > 100 {
		t.Errorf("%v allocations", allocated)
	}
	took := time.Since(start)
	if took > time.Second { // milliseconds, but for a machine that is busy elsewhere
		t.Errorf("took %v", took)
	}
	t.Log(took)
	if err := nd.Try(func() { view.Copy() }); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
}
