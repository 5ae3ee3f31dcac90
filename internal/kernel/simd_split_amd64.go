package kernel

import "unsafe"

// installSplits puts the vector loops of a level in place of those in Go.
func installSplits(l Level) {
	switch l {
	case LevelAVX2:
		splits = splitLoops{
			[9]Split{2: splitBy(splitWAVX2, splitRest[int16], 8, 4, 1), 4: splitBy(splitDAVX2, splitRest[int32], 8, 4, 1), 8: splitBy(splitQAVX2, splitRest[int64], 4, 4, 1)},
			[9]Split{4: splitBy(splitPairsDAVX2, splitPairsRest[int32], 8, 4, 2), 8: splitBy(splitPairsQAVX2, splitPairsRest[int64], 4, 4, 2)},
			siftBy(siftQAVX2, 4),
		}
	case LevelAVX512:
		splits = splitLoops{
			[9]Split{2: splitBy(splitWAVX512, splitRest[int16], 8, 8, 1), 4: splitBy(splitDAVX512, splitRest[int32], 8, 8, 1), 8: splitBy(splitQAVX512, splitRest[int64], 8, 8, 1)},
			[9]Split{4: splitBy(splitPairsDAVX512, splitPairsRest[int32], 8, 8, 2), 8: splitBy(splitPairsQAVX512, splitPairsRest[int64], 8, 8, 2)},
			siftBy(siftQAVX512, 8),
		}
	}
}

// splitBy gives a loop whole turns, at least two, of so many vectors, whose lanes are words of
// which an item has so many; the loop counts vectors and returns words.
func splitBy(f Split, rest func(a, pivot unsafe.Pointer, m, n, less int) int, lanes, turn, words int) Split {
	return func(a, pivot unsafe.Pointer, n int) int {
		m, less := n*words/(lanes*turn)*turn, 0
		if m < 2*turn {
			m = 0
		} else {
			less = f(a, pivot, m) / words
		}
		return rest(a, pivot, m*lanes/words, n, less)
	}
}

// siftBy gives a loop a multiple of so many words.
func siftBy(f Sift, lanes int) Sift {
	return func(a, rest, pivot unsafe.Pointer, n int) int {
		m := n &^ (lanes - 1)
		return siftRest(a, rest, pivot, m, n, f(a, rest, pivot, m))
	}
}
