package kernel

// installColumns puts the loops of a level into the table; AVX2 has too few registers.
func installColumns(l Level) {
	if l == LevelAVX512 {
		columns[4] = &Columns{sortBlocksDAVX512, mergeBlocksDAVX512, meetLinesDAVX512, meetLinesBackDAVX512, meetLanesDAVX512, meetLanesBackDAVX512, transpose4AVX512}
		columns[8] = &Columns{sortBlocksQAVX512, mergeBlocksQAVX512, meetLinesQAVX512, meetLinesBackQAVX512, meetLanesQAVX512, meetLanesBackQAVX512, transpose8AVX512}
	}
}
