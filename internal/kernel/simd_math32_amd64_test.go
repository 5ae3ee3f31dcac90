package kernel

import (
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"unsafe"
)

// TestFloat32FunctionsAreAccurate walks through the patterns of float32 in equal
// steps, ND_STEP of them at a time (1: all), and holds the vector loops to the Go
// loop in float64.
func TestFloat32FunctionsAreAccurate(t *testing.T) {
	step := uint64(60013)
	if s, err := strconv.ParseUint(os.Getenv("ND_STEP"), 10, 32); err == nil && s > 0 {
		step = s
	}
	x := make([]float32, 0, 1<<12)
	wide, want, got := make([]float64, cap(x)), make([]float64, cap(x)), make([]float32, cap(x))
	worst, at := map[Level]map[Op]float64{}, map[Level]map[Op]float32{}
	defer SetLevel(CurrentLevel())
	var ops []Op
	for _, v := range mathLoops {
		if v.kind == kF32 && v.level == LevelAVX512 && Lookup(v.op).NIn == 1 {
			ops = append(ops, v.op)
		}
	}
	for l := LevelAVX2; l <= BestLevel(); l++ {
		worst[l], at[l] = map[Op]float64{}, map[Op]float32{}
	}
	for from := uint64(0); from < 1<<32; {
		for x = x[:0]; from < 1<<32 && len(x) < cap(x); from += step {
			x = append(x, math.Float32frombits(uint32(from)))
			wide[len(x)-1] = float64(x[len(x)-1])
		}
		for _, op := range ops {
			twin(op, tables[op].Find(kF64)).Unary(unsafe.Pointer(&want[0]), unsafe.Pointer(&wide[0]), len(x))
			for l := LevelAVX2; l <= BestLevel(); l++ {
				SetLevel(l)
				tables[op].Find(kF32).Unary(unsafe.Pointer(&got[0]), unsafe.Pointer(&x[0]), len(x))
				for i := range x {
					if e := error32(got[i], want[i]); !(e <= worst[l][op]) {
						worst[l][op], at[l][op] = e, x[i]
					}
				}
			}
		}
	}
	check(t, ops, worst, at)
}

func check[T any](t *testing.T, ops []Op, worst map[Level]map[Op]float64, at map[Level]map[Op]T) {
	t.Helper()
	for l := LevelAVX2; l <= BestLevel(); l++ {
		for _, op := range ops {
			if e := worst[l][op]; e > 0.51 {
				t.Logf("%v %v: %.3f units at %v", l, op, e, at[l][op])
			}
			if e := worst[l][op]; !(e < ulpBound) {
				t.Errorf("%v %v: %.3f units at %v", l, op, e, at[l][op])
			}
		}
	}
}

// error32 returns how far got is from want in units of the last place.
func error32(got float32, want float64) float64 {
	near := float32(want)
	switch {
	case got != got && near != near || got == near && (math.IsInf(float64(near), 0) || want == 0):
		return 0
	case math.IsInf(float64(near), 0):
		return math.Abs(float64(got)-want) / 0x1p104
	}
	return math.Abs(float64(got)-want) / spacing32(near)
}

// TestFloat32FunctionsOfTwoAreAccurate is the same for random pairs.
func TestFloat32FunctionsOfTwoAreAccurate(t *testing.T) {
	defer SetLevel(CurrentLevel())
	const n = 1 << 12
	r := rand.New(rand.NewPCG(9, 10))
	number := func(within int) float32 { return float32(math.Ldexp(1+r.Float64(), r.IntN(2*within)-within)) }
	worst, at := map[Level]map[Op]float64{}, map[Level]map[Op][2]float32{}
	for l := LevelAVX2; l <= BestLevel(); l++ {
		worst[l], at[l] = map[Op]float64{}, map[Op][2]float32{}
	}
	ops := []Op{Power, Hypot, Arctan2}
	x, y, got := make([]float32, n), make([]float32, n), make([]float32, n)
	wx, wy, want := make([]float64, n), make([]float64, n), make([]float64, n)
	for range 30 {
		for _, op := range ops {
			for i := range n {
				x[i], y[i] = number(126), number(126)
				switch r.IntN(3) {
				case 0:
					x[i], y[i] = number(4), number(4)
				case 1:
					x[i] = 1 + number(24)/(1<<25)
				}
				if op == Power {
					y[i] = float32(300 * (r.Float64() - 0.5) / math.Log2(float64(x[i])))
				} else if r.IntN(2) == 0 {
					x[i] = -x[i]
				}
				wx[i], wy[i] = float64(x[i]), float64(y[i])
			}
			twin(op, tables[op].Find(kF64, kF64)).Binary(unsafe.Pointer(&want[0]), unsafe.Pointer(&wx[0]), unsafe.Pointer(&wy[0]), n)
			for l := LevelAVX2; l <= BestLevel(); l++ {
				SetLevel(l)
				tables[op].Find(kF32, kF32).Binary(unsafe.Pointer(&got[0]), unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0]), n)
				for i := range x {
					if e := error32(got[i], want[i]); !(e <= worst[l][op]) {
						worst[l][op], at[l][op] = e, [2]float32{x[i], y[i]}
					}
				}
			}
		}
	}
	check(t, ops, worst, at)
}
