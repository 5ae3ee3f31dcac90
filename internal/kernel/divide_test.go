package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestIntegerDivisions holds quotients and remainders, at every level, against Go's: of
// every byte and every byte, of wider items near multiples and limits. Both results of
// divmod may belong where the operands are.
func TestIntegerDivisions(t *testing.T) {
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		integerDivisions[int8](t, l, kI8)
		integerDivisions[uint8](t, l, kU8)
		integerDivisions[int16](t, l, kI16)
		integerDivisions[uint16](t, l, kU16)
		integerDivisions[int32](t, l, kI32)
		integerDivisions[uint32](t, l, kU32)
		integerDivisions[int64](t, l, kI64)
		integerDivisions[uint64](t, l, kU64)
	}
}

func integerDivisions[T integer](t *testing.T, l Level, k dtype.Kind) {
	const n = 1<<16 + 13
	r := rand.New(rand.NewPCG(1, 3))
	x, y := make([]T, n), make([]T, n)
	for i := range x {
		x[i], y[i] = T(i), T(i>>8)
		if unsafe.Sizeof(T(0)) == 1 {
			continue
		}
		y[i] = T(r.Uint64() >> r.IntN(64))
		switch i % 4 {
		case 0: // near a multiple
			x[i] = y[i]*T(r.Uint64()>>r.IntN(64)) + T(r.IntN(3)) - 1
		case 1:
			x[i] = T(r.Uint64() >> r.IntN(64))
		case 2: // near a limit
			x[i] = ^T(0)<<(8*unsafe.Sizeof(T(0))-1) + T(r.IntN(3)) - 1
			y[i] = T(r.IntN(5)) - 2
		}
	}
	p, q := unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0])
	d, e := make([]T, n), make([]T, n)
	check := func(op Op, got []T, f func(x, y T) T) {
		t.Helper()
		for i, z := range got {
			if want := f(x[i], y[i]); z != want {
				t.Fatalf("%v at %v of %s: %d by %d is %d, want %d", op, l, letters[k], x[i], y[i], z, want)
			}
		}
	}
	Lookup(FloorDivide).Find(k, k).Binary(unsafe.Pointer(&d[0]), p, q, n)
	check(FloorDivide, d, floorDivInt[T])
	Lookup(Remainder).Find(k, k).Binary(unsafe.Pointer(&d[0]), p, q, n)
	check(Remainder, d, remainderInt[T])
	Lookup(Fmod).Find(k, k).Binary(unsafe.Pointer(&d[0]), p, q, n)
	check(Fmod, d, fmodInt[T])
	both := Lookup(Divmod).Find(k, k).Binary2
	copy(d, x)
	copy(e, y)
	both(unsafe.Pointer(&d[0]), unsafe.Pointer(&e[0]), unsafe.Pointer(&d[0]), unsafe.Pointer(&e[0]), n)
	check(Divmod, d, floorDivInt[T])
	check(Divmod, e, remainderInt[T])
	copy(e, x)
	copy(d, y)
	both(unsafe.Pointer(&d[0]), unsafe.Pointer(&e[0]), unsafe.Pointer(&e[0]), unsafe.Pointer(&d[0]), n)
	check(Divmod, d, floorDivInt[T])
	check(Divmod, e, remainderInt[T])
}

// TestFmod compares with package math over quotients of every size, and close
// to whole ones.
func TestFmod(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300000 {
		y := math.Ldexp(1+r.Float64(), r.IntN(40)-20)
		x := math.Ldexp(1+r.Float64(), r.IntN(1200)-200)
		if r.IntN(2) == 0 {
			x = y * float64(r.Int64N(1<<(1+r.IntN(54))))
			x = math.Nextafter(x, x+float64(r.IntN(3)-1))
		}
		if r.IntN(2) == 0 {
			x = -x
		}
		if r.IntN(2) == 0 {
			y = -y
		}
		got, want := fmod(x, y), math.Mod(x, y)
		if got != want || math.Signbit(got) != math.Signbit(want) {
			t.Fatalf("fmod(%v, %v) = %v, want %v", x, y, got, want)
		}
	}
}
