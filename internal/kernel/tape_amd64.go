package kernel

// installTapes puts in the loops for tapes of a level. AVX2 has no product of
// 64-bit integers, without which a loop for them does not pay.
func installTapes(l Level) {
	switch l {
	case LevelAVX2:
		tapeLoops[kF64] = tapeLoop{32, tapeF64AVX2}
		tapeLoops[kF32] = tapeLoop{64, tapeF32AVX2}
		tapeLoops[kI32] = tapeLoop{64, tapeIntDAVX2}
	case LevelAVX512:
		tapeLoops[kF64] = tapeLoop{64, tapeF64AVX512}
		tapeLoops[kF32] = tapeLoop{128, tapeF32AVX512}
		tapeLoops[kI32] = tapeLoop{128, tapeIntDAVX512}
		tapeLoops[kI64] = tapeLoop{64, tapeIntQAVX512}
	}
	tapeLoops[kU32], tapeLoops[kU64] = tapeLoops[kI32], tapeLoops[kI64]
}
