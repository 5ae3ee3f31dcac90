package kernel

import "unsafe"

// installColumns puts the loops of a level into the table.
func installColumns(l Level) {
	switch l {
	case LevelAVX2:
		columns[4] = &Columns{sortBlocksDAVX2, mergeBlocksDAVX2, meetLinesDAVX2, meetLinesBackDAVX2, meetLanesDAVX2, meetLanesBackDAVX2, turnHalves(turnLinesDAVX2, 4)}
		columns[8] = &Columns{sortBlocksQAVX2, mergeBlocksQAVX2, meetLinesQAVX2, meetLinesBackQAVX2, meetLanesQAVX2, meetLanesBackQAVX2, turnHalves(turnLinesQAVX2, 8)}
	case LevelAVX512:
		columns[4] = &Columns{sortBlocksDAVX512, mergeBlocksDAVX512, meetLinesDAVX512, meetLinesBackDAVX512, meetLanesDAVX512, meetLanesBackDAVX512, transpose4AVX512}
		columns[8] = &Columns{sortBlocksQAVX512, mergeBlocksQAVX512, meetLinesQAVX512, meetLinesBackQAVX512, meetLanesQAVX512, meetLanesBackQAVX512, transpose8AVX512}
	}
}

// turnHalves turns as many rows as half a line has lanes at a time.
func turnHalves(f transposeLoop, size int) transposeLoop {
	const half = LineBytes / 2
	return func(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, m int) {
		f(dst, dstStride, src, srcStride, m)
		f(unsafe.Add(dst, half), dstStride, unsafe.Add(src, half/size*srcStride), srcStride, m)
	}
}
