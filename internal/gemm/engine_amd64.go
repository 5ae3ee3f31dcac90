package gemm

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

var engines = [...]struct {
	level kernel.Level
	kind  dtype.Kind
	*engine
}{
	{kernel.LevelAVX2, dtype.KindFloat32, newEngine(&columnsF32AVX2, &linesF32AVX2, 4, 1, 32)},
	{kernel.LevelAVX2, dtype.KindFloat64, newEngine(&columnsF64AVX2, &linesF64AVX2, 8, 1, 32)},
	{kernel.LevelAVX2, dtype.KindComplex64, newEngine(&columnsC64AVX2, &linesC64AVX2, 8, 2, 32)},
	{kernel.LevelAVX2, dtype.KindComplex128, newEngine(&columnsC128AVX2, &linesC128AVX2, 16, 2, 32)},
	{kernel.LevelAVX512, dtype.KindFloat32, newEngine(&columnsF32AVX512, &linesF32AVX512, 4, 1, 64)},
	{kernel.LevelAVX512, dtype.KindFloat64, newEngine(&columnsF64AVX512, &linesF64AVX512, 8, 1, 64)},
	{kernel.LevelAVX512, dtype.KindComplex64, newEngine(&columnsC64AVX512, &linesC64AVX512, 8, 2, 64)},
	{kernel.LevelAVX512, dtype.KindComplex128, newEngine(&columnsC128AVX512, &linesC128AVX512, 16, 2, 64)},
}

func newEngine(c *columnTable, l *lineTable, size, parts, width int) *engine {
	e := &engine{columns: c, lines: l, size: size, parts: parts, items: width / size, cost: parts * parts, partial: width == 64}
	e.rows = [4]copyLine{1: copyRows1AVX2, 2: copyRows2AVX2, 3: copyRows3AVX2}
	// A narrow tile does less with each line of B and waits for lines that fall
	// on one another in the first-level cache: a copy pays sooner.
	e.high, e.near = 4/parts, 96<<10
	if width == 64 {
		e.rows = [4]copyLine{1: copyRows1AVX512, 2: copyRows2AVX512, 3: copyRows3AVX512}
		e.high, e.near = 8/parts, 1<<20
	}
	switch size {
	case 4:
		e.transpose, e.turn = transpose8x4, 8
	case 8:
		e.transpose, e.turn = transpose4x8, 4
	}
	if l.conjugated != nil {
		x := *e
		x.lines = &lineTable{dots: []dotRows{{1, l.conjugated}}, some: 1}
		e.conjugate = &x
	}
	return e
}

// engineOf returns the engine of a kind at a level, or nil.
func engineOf(k dtype.Kind, l kernel.Level) *engine {
	if l == kernel.LevelGo {
		return nil
	}
	i := 0
	switch k {
	case dtype.KindFloat32:
	case dtype.KindFloat64:
		i = 1
	case dtype.KindComplex64:
		i = 2
	case dtype.KindComplex128:
		i = 3
	default:
		return nil
	}
	if l == kernel.LevelAVX512 {
		i += 4
	}
	return engines[i].engine
}
