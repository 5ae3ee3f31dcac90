package nd

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// longWay changes nothing about a call, but that it takes an option and so no short way.
var longWay = Casting(dtype.SameKind)

// ended is what a call gives: a dtype, a shape and bytes, or words.
func ended(f func() *Array) (text string, items []byte) {
	defer func() {
		if e := recover(); e != nil {
			text = fmt.Sprint(e)
		}
	}()
	a := f()
	return fmt.Sprint(a.DType(), a.Shape()), a.bytesInC()
}

// An array and a Go number have one result, whether the way is short or long: for all
// operations on two operands, kinds, and numbers at the ends of kinds, in both orders.
func TestQuickNumber(t *testing.T) {
	integers := []int{0, 1, -1, 3, 7, 2048, 2049, -2049, 127, 128, -128, -129, 255, 256, 32767, 32768, 65535, 65536, 1<<24 - 1, 1 << 24, 1<<24 + 1, 1<<31 - 1, 1 << 31, -1 << 31, 1<<53 + 1, math.MaxInt, math.MinInt}
	floats := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 2.5, -3.75, 65519, 65520, 3e-8, 2.9e-8, 1e10, 1e38, 4e38, 1e300, 1e-300, math.Inf(1), math.Inf(-1), math.NaN()}
	complexes := []complex128{1i, 2 - 3i, complex(0, math.Inf(1)), complex(math.NaN(), 1), complex(1e300, 1), complex(1, 1e-300), complex(math.Copysign(0, -1), 0)}
	quick := map[string]int{}
	for _, name := range UfuncNames() {
		f, _ := UfuncNamed(name)
		u, ok := f.(Binary)
		if !ok {
			continue
		}
		for _, dt := range numericDTypes {
			for _, n := range []int{1, 9, 700} {
				if n > 9 && !slices.Contains([]string{"add", "less", "left_shift", "floor_divide", "remainder", "power"}, name) {
					continue
				}
				dense := Arange(n).AsType(dt)
				try := func(what string, short, long func() *Array, way *Array) {
					t.Helper()
					text, items := ended(short)
					want, wanted := ended(long)
					if text != want || !bytes.Equal(items, wanted) {
						t.Fatalf("%s of %d %s and %s: %s % x, want %s % x", name, n, dt, what, text, items, want, wanted)
					}
					if way != nil {
						quick[name]++
					}
				}
				for _, x := range integers {
					try(fmt.Sprint(x), func() *Array { return u.Call(dense, x) }, func() *Array { return u.Call(dense, x, longWay) }, quickNumber(u.op, dense, x, false, nil))
					try(fmt.Sprint(x, " before"), func() *Array { return u.Call(x, dense) }, func() *Array { return u.Call(x, dense, longWay) }, quickNumber(u.op, dense, x, true, nil))
				}
				for _, x := range complexes {
					try(fmt.Sprint(x), func() *Array { return u.Call(dense, x) }, func() *Array { return u.Call(dense, x, longWay) }, quickNumber(u.op, dense, x, false, nil))
					try(fmt.Sprint(x, " before"), func() *Array { return u.Call(x, dense) }, func() *Array { return u.Call(x, dense, longWay) }, quickNumber(u.op, dense, x, true, nil))
				}
				for _, x := range floats {
					try(fmt.Sprint(x), func() *Array { return u.Call(dense, x) }, func() *Array { return u.Call(dense, x, longWay) }, quickNumber(u.op, dense, x, false, nil))
					try(fmt.Sprint(x, " before"), func() *Array { return u.Call(x, dense) }, func() *Array { return u.Call(x, dense, longWay) }, quickNumber(u.op, dense, x, true, nil))
				}
			}
		}
	}
	for _, name := range []string{"add", "multiply", "divide", "less", "equal", "maximum", "power", "floor_divide", "bitwise_and", "left_shift"} {
		if quick[name] == 0 {
			t.Errorf("%s never goes the short way", name)
		}
	}
}

// Into an output, into the array itself, and into part of it, which has no short way.
func TestQuickNumberOut(t *testing.T) {
	a, out := Arange(1500.0), Zeros(Arange(1.0).DType(), 1500)
	if r := a.Multiply(2.0, Out(out)); r != out || out.At[float64](1499) != 2998 || out.At[float64](512) != 1024 {
		t.Errorf("%v", r)
	}
	a.Subtract(1.0, Out(a))
	if a.At[float64](0) != -1 || a.At[float64](1499) != 1498 {
		t.Errorf("in place: %v", a)
	}
	b := Arange(1500.0)
	b.Slice(R(0, 1400)).Add(1.0, Out(b.Slice(R(1, 1401))))
	for i := range 1400 {
		if b.At[float64](i+1) != float64(i+1) {
			t.Fatalf("item %d is %v", i+1, b.At[float64](i+1))
		}
	}
	fixed := Zeros(a.DType(), 1500)
	fixed.SetWriteable(false)
	if text, _ := ended(func() *Array { return a.Add(1.0, Out(fixed)) }); text != "nd: add: output array is read-only" {
		t.Error(text)
	}
}

// Clip between two numbers goes one way or the other with one result.
func TestQuickClip(t *testing.T) {
	quick := 0
	for _, dt := range numericDTypes {
		for _, n := range []int{1, 9, 1100} {
			dense := Arange(n).AsType(dt)
			apart := Zeros(dt, 2*n).Slice(Step(2))
			apart.Assign(dense)
			for _, bounds := range [][2]int{{2, 5}, {5, 2}, {-1, 300}, {-1 << 40, 1 << 40}} {
				text, items := ended(func() *Array { return dense.Clip(bounds[0], bounds[1]) })
				want, wanted := ended(func() *Array { return apart.Clip(bounds[0], bounds[1], longWay) })
				if text != want || !bytes.Equal(items, wanted) {
					t.Fatalf("%d %s between %v: %s % x, want %s % x", n, dt, bounds, text, items, want, wanted)
				}
				if quickRows3(kernel.Clip, dense, bounds[0], bounds[1], nil)[0] != nil {
					quick++
				}
			}
			for _, bounds := range [][2]float64{{2.5, 5}, {math.NaN(), 3}, {0, math.Inf(1)}, {math.Inf(-1), 1e300}} {
				text, items := ended(func() *Array { return dense.Clip(bounds[0], bounds[1]) })
				want, wanted := ended(func() *Array { return apart.Clip(bounds[0], bounds[1], longWay) })
				if text != want || !bytes.Equal(items, wanted) {
					t.Fatalf("%d %s between %v: %s % x, want %s % x", n, dt, bounds, text, items, want, wanted)
				}
				if quickRows3(kernel.Clip, dense, bounds[0], bounds[1], nil)[0] != nil {
					quick++
				}
			}
		}
	}
	if quick < 50 {
		t.Errorf("only %d went the short way", quick)
	}
}

// Long arrays, and rows that do not follow one another, meet a number in parts: the result
// is that with an array of the number, fresh, into an output, and on any thread.
func TestNumberInParts(t *testing.T) {
	defer SetThreads(SetThreads(1))
	for _, threads := range []int{1, 3} {
		SetThreads(threads)
		for _, dt := range numericDTypes {
			if dt.IsComplex() {
				continue
			}
			wide := Arange(60*1501).Remainder(100).AsType(dt, Casting(dtype.Unsafe)).Reshape(60, 1501)
			for _, a := range []*Array{wide, wide.Slice(All, From(1)), wide.Slice(All, R(0, 40)), wide.Slice(Step(-1), Step(2)), wide.T().Slice(From(3))} {
				number := Scalar(2).AsType(dt, Casting(dtype.Unsafe))
				two := Zeros(dt, a.Shape()...)
				two.Assign(number)
				for _, u := range []Binary{Add, Subtract, Multiply, Maximum, Less, NotEqual} {
					if dt == dtype.Bool && u == Subtract {
						continue // NumPy refuses it
					}
					want := u.Call(a, two)
					for i, got := range []*Array{u.Call(a, number), u.Call(a, number, Out(Zeros(want.DType(), a.Shape()...)))} {
						if got.DType() != want.DType() || !bytes.Equal(got.bytesInC(), want.bytesInC()) {
							t.Fatalf("%s of %s %v and 2, way %d, %d threads, differs", u.Name(), dt, a.Shape(), i, threads)
						}
					}
					if want, got := u.Call(two, a), u.Call(number, a); !bytes.Equal(got.bytesInC(), want.bytesInC()) {
						t.Fatalf("%s of 2 and %s %v, %d threads, differs", u.Name(), dt, a.Shape(), threads)
					}
				}
			}
		}
	}
}

// A weak 0-d array is the number that it holds, before and behind arrays of all layouts.
func TestQuickWeak(t *testing.T) {
	quick := 0
	for _, name := range []string{"add", "multiply", "divide", "power", "floor_divide", "less", "maximum", "left_shift", "logical_and", "ldexp", "divmod", "arctan2"} {
		u, _ := UfuncNamed(name)
		for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Int64, dtype.Int8, dtype.Uint8, dtype.Bool, dtype.Complex64, dtype.Float16, dtype.Int32.Swapped()} {
			for layout, a := range rowLayouts(dt, 2, 5) {
				for _, w := range []*Array{Weak(Scalar(int64(2))), Weak(Scalar(int64(-3))), Weak(Scalar(int64(300))), Weak(Scalar(1.5)), Weak(Scalar(2i)), Weak(Scalar(true)), Weak(Scalar(uint64(1 << 63)))} {
					for _, in := range [][]*Array{{a, w}, {w, a}} {
						var got, want []*Array
						long := Try(func() { want = u.Apply(in, longWay) })
						short := Try(func() { got = u.Apply(in) })
						if (long == nil) != (short == nil) || long != nil && long.Error() != short.Error() {
							t.Fatalf("%s of %s %s and %s: %v, want %v", name, dt, layout, w, short, long)
						}
						for i := range want {
							quick++
							if s := got[i].otherThan(want[i]); s != "" {
								t.Fatalf("%s of %s %s and %s: %s", name, dt, layout, w, s)
							}
						}
					}
				}
			}
		}
	}
	if quick < 1000 {
		t.Errorf("only %d results", quick)
	}
	a, w := Arange(10).AsType(dtype.Float64), Weak(Scalar(int64(2)))
	if n := testing.AllocsPerRun(100, func() { Add.Call(a, w) }); n > 1 && !raceEnabled {
		t.Errorf("%.0f objects, want 1", n)
	}
}
