package gemm

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// engines are those of AVX2, then those of AVX-512, in the order of engineOf. AVX2 has no
// products of 64-bit integers.
var engines = [2][6]*engine{{
	newEngine(&columnsF32AVX2, &linesF32AVX2, 4, 1, 32),
	newEngine(&columnsF64AVX2, &linesF64AVX2, 8, 1, 32),
	newEngine(&columnsC64AVX2, &linesC64AVX2, 8, 2, 32),
	newEngine(&columnsC128AVX2, &linesC128AVX2, 16, 2, 32),
	newEngine(&columnsI32AVX2, &linesI32AVX2, 4, 1, 32).integers(),
	nil,
}, {
	newEngine(&columnsF32AVX512, &linesF32AVX512, 4, 1, 64),
	newEngine(&columnsF64AVX512, &linesF64AVX512, 8, 1, 64),
	newEngine(&columnsC64AVX512, &linesC64AVX512, 8, 2, 64),
	newEngine(&columnsC128AVX512, &linesC128AVX512, 16, 2, 64),
	newEngine(&columnsI32AVX512, &linesI32AVX512, 4, 1, 64).integers(),
	newEngine(&columnsI64AVX512, &linesI64AVX512, 8, 1, 64).integers(),
}}

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

// integers makes e one of integers.
func (e *engine) integers() *engine {
	e.integer = true
	if !e.partial { // AVX2: a register is left for products
		e.high = 2
	}
	return e
}

// engineOf returns the engine of a kind at a level, or nil.
func engineOf(k dtype.Kind, l kernel.Level) *engine {
	i := 0
	switch k {
	case dtype.KindFloat32:
	case dtype.KindFloat64:
		i = 1
	case dtype.KindComplex64:
		i = 2
	case dtype.KindComplex128:
		i = 3
	case dtype.KindInt32, dtype.KindUint32:
		i = 4
	case dtype.KindInt64, dtype.KindUint64:
		i = 5
	default:
		return nil
	}
	switch l {
	case kernel.LevelAVX2:
		return engines[0][i]
	case kernel.LevelAVX512:
		return engines[1][i]
	}
	return nil
}
