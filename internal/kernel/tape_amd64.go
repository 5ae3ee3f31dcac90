package kernel

import "unsafe"

// installTapes puts in the loops for tapes of a level.
func installTapes(l Level) {
	switch l {
	case LevelAVX2:
		tapeLoops[kF64] = summed(tapeLoop{items: 32, run: tapeF64AVX2}, sum[float64]{sumLeafF64AVX2, sumTreeF64AVX2})
		tapeLoops[kF32] = summed(tapeLoop{items: 64, run: tapeF32AVX2}, sum[float32]{sumLeafF32AVX2, sumTreeF32AVX2})
		tapeLoops[kI32] = tapeLoop{items: 64, run: tapeIntDAVX2}
		tapeLoops[kI64] = tapeLoop{items: 32, run: tapeIntQAVX2}
	case LevelAVX512:
		tapeLoops[kF64] = summed(tapeLoop{items: 32, run: tapeF64AVX512}, sum[float64]{sumLeafF64AVX512, sumTreeF64AVX2})
		tapeLoops[kF32] = summed(tapeLoop{items: 64, run: tapeF32AVX512}, sum[float32]{sumLeafF32AVX512, sumTreeF32AVX2})
		tapeLoops[kI32] = tapeLoop{items: 64, run: tapeIntDAVX512}
		tapeLoops[kI64] = tapeLoop{items: 32, run: tapeIntQAVX512}
	}
	tapeLoops[kU32], tapeLoops[kU64] = tapeLoops[kI32], tapeLoops[kI64]
}

// summed is a loop with the sum that belongs to it.
func summed[T float](l tapeLoop, f sum[T]) tapeLoop {
	t := &tapeSum[T]{sum: f, tapeLoop: l}
	l.sum = func(code, at, room unsafe.Pointer, n int, sum unsafe.Pointer) {
		*(*T)(sum) = t.over(code, at, room, 0, n)
	}
	return l
}

// tapeSum is the pairwise sum of what a tape computes.
type tapeSum[T float] struct {
	sum[T]
	tapeLoop
}

// over adds items lo to lo+n.
func (t *tapeSum[T]) over(code, at, room unsafe.Pointer, lo, n int) T {
	if n <= tapeRoomItems {
		t.run(code, at, room, lo*int(unsafe.Sizeof(T(0))), (n+t.items-1)/t.items)
		return t.pairwise(room, n)
	}
	m := n / 2
	m -= m % 8
	left := t.over(code, at, room, lo, m)
	return left + t.over(code, at, room, lo+m, n-m)
}
