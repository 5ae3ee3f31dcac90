package nd

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// pattern is the item that the arrays of others hold while blocks change hands.
const pattern = -7777.0

// Release comes while goroutines read and write the block, and a third party takes
// blocks of its length and fills them with a pattern. A reader ends with ErrClosed
// or with a result of the block's own items, never with the pattern; what a writer
// writes never arrives in the pattern.
func TestReleaseRacesWithWork(t *testing.T) {
	if raceEnabled {
		t.Skip("a reader of a block that is taken away is a race, whose outcome is thrown away")
	}
	const n = 4 << 10
	all := func(a *Array, ok func(float64) bool) error {
		items, dense := a.Data[float64]()
		if !dense {
			return errors.New("no data")
		}
		for i, x := range items {
			if !ok(x) {
				return fmt.Errorf("item %d of %d is %v", i, len(items), x)
			}
		}
		return nil
	}
	is := func(want ...float64) func(float64) bool {
		return func(x float64) bool {
			for _, w := range want {
				if x == w {
					return true
				}
			}
			return false
		}
	}
	one := is(1)
	places := Arange(n - 1).Multiply(-1).Add(n - 1)
	mask := places.GreaterEqual(0)
	ones, all64 := Ones(dtype.Float64, n), Arange(n)
	big := ZerosLike(places.AsType(dtype.Float64))
	reads := map[string]func(a *Array) error{
		"add":      func(a *Array) error { return all(a.Add(a), is(2)) },
		"add 1":    func(a *Array) error { return all(a.Add(1), is(2)) },
		"out":      func(a *Array) error { a.Slice(To(n-1)).Add(1, Out(big)); return nil },
		"sqrt":     func(a *Array) error { return all(a.Sqrt(), one) },
		"sum":      func(a *Array) error { return all(a.Sum(), is(n)) },
		"sum 0":    func(a *Array) error { return all(a.Reshape(64, -1).Sum(Axis(0)), is(64)) },
		"mean":     func(a *Array) error { return all(a.Mean(), one) },
		"var":      func(a *Array) error { return all(a.Var(), is(0)) },
		"cumsum":   func(a *Array) error { return all(a.CumSum(), func(x float64) bool { return x >= 1 && x <= n }) },
		"max":      func(a *Array) error { return all(a.Max(), one) },
		"argmin":   func(a *Array) error { return all(a.ArgMin().AsType(dtype.Float64), is(0)) },
		"copy":     func(a *Array) error { return all(a.Copy(), one) },
		"reversed": func(a *Array) error { return all(a.Index("::-1").Copy(), one) },
		"cast":     func(a *Array) error { return all(a.AsType(dtype.Float32).AsType(dtype.Float64), one) },
		"lazy":     func(a *Array) error { return all(a.Lazy().Add(1).Multiply(2).Eval(), is(4)) },
		"lazy sum": func(a *Array) error { return all(a.Lazy().Add(1).Sum().Eval(), is(2*n)) },
		"matmul":   func(a *Array) error { m := a.Reshape(64, 64); return all(m.MatMul(m), is(64)) },
		"dot":      func(a *Array) error { return all(a.Dot(a), is(n)) },
		"sorted":   func(a *Array) error { return all(Sorted(a), one) },
		"argsort":  func(a *Array) error { return all(a.ArgSort().Subtract(Arange(n)).AsType(dtype.Float64), is(0)) },
		"unique":   func(a *Array) error { return all(Unique(a).Values, one) },
		"take":     func(a *Array) error { return all(a.Take(places), one) },
		"mask":     func(a *Array) error { return all(a.Slice(To(n-1)).Pick(By(mask)), one) },
		"where":    func(a *Array) error { return all(a.Where(a, 1), one) },
		"at":       func(a *Array) error { return all(Scalar(a.At[float64](7)), one) },
		"all": func(a *Array) error {
			for i, x := range a.All[float64]() {
				if x != 1 {
					return fmt.Errorf("item %d is %v", i, x)
				}
			}
			return nil
		},
		"write": func(a *Array) error {
			var b bytes.Buffer
			if _, err := a.WriteTo(&b); err != nil {
				return err
			}
			c, err := FromBuffer(Of(b.Bytes()).Buffer(), dtype.Float64, -1, 0)
			if err != nil {
				return err
			}
			return all(c, one)
		},
		"print": func(a *Array) error {
			if s := a.Slice(To(100)).String(); bytes.Contains([]byte(s), []byte("7777")) {
				return errors.New(s)
			}
			return nil
		},
		"data": func(a *Array) error { return all(a, one) },
		"lanes": func(a *Array) error {
			for lane := range a.Reshape(64, 64).Lanes[float64](1) {
				for _, x := range lane {
					if x != 1 {
						return fmt.Errorf("an item is %v", x)
					}
				}
			}
			return nil
		},
	}
	writes := map[string]func(a *Array) error{
		"fill":     func(a *Array) error { a.Fill(1); return nil },
		"set":      func(a *Array) error { a.Set(1.0, 5); return nil },
		"assign":   func(a *Array) error { a.Assign(Arange(n).Multiply(0).Add(1.0)); return nil },
		"in place": func(a *Array) error { a.Multiply(1.0, Out(a)); return nil },
		"quick":    func(a *Array) error { a.Multiply(a, Out(a)); return nil },
		"sqrt to":  func(a *Array) error { a.Sqrt(Out(a)); return nil },
		"sort":     func(a *Array) error { a.Sort(); return nil },
		"put":      func(a *Array) error { a.Put(places, 1); return nil },
		"set pick": func(a *Array) error { a.SetPick(1, By(places)); return nil },
		"set mask": func(a *Array) error { a.Slice(To(n-1)).SetPick(1, By(mask)); return nil },
		"add at":   func(a *Array) error { Multiply.At(a, 1, By(places)); return nil },
		"take to":  func(a *Array) error { ones.Take(all64, Out(a)); return nil },
		"lazy to":  func(a *Array) error { a.Lazy().Multiply(1).Sqrt().Eval(Out(a)); return nil },
		"mm to": func(a *Array) error {
			m := a.Reshape(64, 64)
			m.MatMul(Eye(dtype.Float64, 64, 64, 0), Out(m))
			return nil
		},
		"read full": func(a *Array) error {
			_, err := a.ReadFull(bytes.NewReader(bytes.Repeat([]byte{0, 0, 0, 0, 0, 0, 0xf0, 0x3f}, n)))
			return err
		},
	}
	rounds := 60
	if testing.Short() {
		rounds = 8
	}
	works := map[string]func(a *Array) error{}
	for name, f := range reads {
		works[name] = f
	}
	for name, f := range writes {
		if dtype.Native != dtype.Little && name == "read full" {
			continue
		}
		works[name] = f
	}
	var closed, taken atomic.Int64
	for name, f := range works {
		for round := 0; round < rounds && !t.Failed(); round++ {
			a := Ones(dtype.Float64, n)
			address := a.DataPtr()
			var group sync.WaitGroup
			started := make(chan struct{}, 2)
			workers := 2
			if name == "sort" {
				workers = 1 // two would be at odds with each other
			}
			for range workers {
				group.Go(func() {
					started <- struct{}{}
					for range 1000 {
						var err error
						if terr := Try(func() { err = f(a) }); terr != nil {
							err = terr
						}
						if errors.Is(err, ErrClosed) {
							closed.Add(1)
							return
						}
						if err != nil {
							t.Errorf("%s: %v", name, err)
							return
						}
						runtime.Gosched()
					}
				})
			}
			<-started
			for range round % 7 {
				runtime.Gosched()
			}
			a.Release()
			// The third party.
			var others []*Array
			for range 20 {
				b := Empty(dtype.Float64, n)
				b.Fill(pattern)
				if b.DataPtr() == address {
					taken.Add(1)
				}
				others = append(others, b)
				runtime.Gosched()
			}
			group.Wait()
			for _, b := range others {
				if err := all(b, is(pattern)); err != nil {
					t.Errorf("%s wrote to another array: %v", name, err)
				}
			}
		}
	}
	if closed.Load() == 0 || taken.Load() == 0 {
		t.Errorf("no race was run: %d ends, %d blocks taken", closed.Load(), taken.Load())
	}
	t.Logf("%d works ended, %d blocks taken by others", closed.Load(), taken.Load())
}
