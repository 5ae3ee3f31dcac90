package kernel

import (
	"math"
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
					near := float32(want[i])
					if got[i] != got[i] && near != near || got[i] == near && (math.IsInf(float64(near), 0) || want[i] == 0) {
						continue
					}
					e := math.Abs(float64(got[i])-want[i]) / spacing32(near)
					if math.IsInf(float64(near), 0) {
						e = math.Abs(float64(got[i])-want[i]) / 0x1p104
					}
					if !(e <= worst[l][op]) {
						worst[l][op], at[l][op] = e, x[i]
					}
				}
			}
		}
	}
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
