package kernel

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestDivisionByNumber holds the quotients and remainders by one number against those
// of item by item, at every level: every byte by every byte, other widths where rules
// change, near multiples, and at random.
func TestDivisionByNumber(t *testing.T) {
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		divisionByNumber[int8](t, l, kI8)
		divisionByNumber[uint8](t, l, kU8)
		divisionByNumber[int16](t, l, kI16)
		divisionByNumber[uint16](t, l, kU16)
		divisionByNumber[int32](t, l, kI32)
		divisionByNumber[uint32](t, l, kU32)
		divisionByNumber[int64](t, l, kI64)
		divisionByNumber[uint64](t, l, kU64)
	}
}

func divisionByNumber[T integer](t *testing.T, l Level, k dtype.Kind) {
	r := rand.New(rand.NewPCG(5, 6))
	width := 8 * int(unsafe.Sizeof(T(0)))
	var by, edges []T
	for _, u := range []uint64{0, 1, 2, 3, 5, 7, 10, 11, 100, 255, 641, 1000, 6700417} {
		by = append(by, T(u), -T(u))
	}
	for i := range width {
		p := T(1) << i
		by = append(by, p, p-1, p+1, -p, -p-1, 1-p)
	}
	edges = append(edges, by...)
	for range 200 {
		by = append(by, T(r.Uint64()>>r.IntN(64)))
	}
	if width == 8 {
		by = by[:0]
		for i := range 256 {
			by = append(by, T(i))
		}
	}
	q, rest := Lookup(FloorDivide).Find(k, k), Lookup(Remainder).Find(k, k)
	both := Lookup(Divmod).Find(k, k)
	for _, y := range by {
		x := append([]T(nil), edges...)
		for i := range 256 {
			m := y * T(r.Uint64()>>r.IntN(64))
			x = append(x, T(i), m, m-1, m+1, T(r.Uint64()), T(r.Uint64()>>r.IntN(64)))
		}
		n, p, b := len(x), unsafe.Pointer(&x[0]), unsafe.Pointer(&y)
		d, e := make([]T, n), make([]T, n)
		check := func(name string, got []T, f func(x, y T) T) {
			t.Helper()
			for i, z := range got {
				if want := f(x[i], y); z != want {
					t.Fatalf("%v at %v of %s: %d by %d is %d, want %d", name, l, letters[k], x[i], y, z, want)
				}
			}
		}
		q.Number(b).Binary(unsafe.Pointer(&d[0]), p, b, n)
		check("quotient", d, floorDivInt[T])
		rest.Number(b).Binary(unsafe.Pointer(&d[0]), p, b, n)
		check("remainder", d, remainderInt[T])
		both.Number(b).Binary2(unsafe.Pointer(&d[0]), unsafe.Pointer(&e[0]), p, b, n)
		check("divmod's quotient", d, floorDivInt[T])
		check("divmod's remainder", e, remainderInt[T])
		copy(d, x)
		both.Number(b).Binary2(unsafe.Pointer(&d[0]), unsafe.Pointer(&e[0]), unsafe.Pointer(&d[0]), b, n)
		check("divmod's quotient in place", d, floorDivInt[T])
		check("divmod's remainder beside it", e, remainderInt[T])
		copy(e, x)
		both.Number(b).Binary2(unsafe.Pointer(&d[0]), unsafe.Pointer(&e[0]), unsafe.Pointer(&e[0]), b, n)
		check("divmod's quotient beside it", d, floorDivInt[T])
		check("divmod's remainder in place", e, remainderInt[T])
	}
}
