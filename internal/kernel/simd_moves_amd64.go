package kernel

import (
	endian "encoding/binary"
	"math/bits"
	"unsafe"
)

// installMoves puts the vector loops of a level in place of the Go moves.
func installMoves(l Level) {
	m, t := &moveLoops, &strideLoops
	t.every = [5][3]Unary{3: {1: every3Of1AVX2, 2: every3Of2AVX2}, 4: {1: every4Of1AVX2, 2: every4Of2AVX2}}
	switch l {
	case LevelAVX2:
		t.width = 32
		m.fill = [17]Unary{1: fillLanes(fill1AVX2, 1, 1), 2: fillLanes(fill2AVX2, 2, 1), 4: fillLanes(fill4AVX2, 4, 1), 8: fillLanes(fill8AVX2, 8, 1), 16: fillLanes(fill16AVX2, 16, 2)}
		t.reverse = [17]Unary{1: reverse1AVX2, 2: reverse2AVX2, 4: reverse4AVX2, 8: reverse8AVX2, 16: reverse16AVX2}
		t.second = [17]Unary{1: second1AVX2, 2: second2AVX2, 4: second4AVX2, 8: second8AVX2, 16: second16AVX2}
		t.secondStream = [17]Unary{4: secondStream4AVX2, 8: secondStream8AVX2}
		t.gather[4], t.gather[8] = gather4AVX2, gather8AVX2
		transposeLoops.side = [17]int{1: 8, 2: 8, 4: 16, 8: 8, 16: 4}
		transposeLoops.cached = [17]transposeLoop{1: transposeEight1AVX2, 2: transposeEight2AVX2, 4: transpose4AVX2, 8: transpose8AVX2, 16: transpose16AVX2}
		transposeLoops.stream = [17]transposeLoop{4: transposeStream4AVX2, 8: transposeStream8AVX2, 16: transposeStream16AVX2}
		m.swap = [9]Unary{2: rest1(byteSwap2AVX2, 2, 16), 4: rest1(byteSwap4AVX2, 4, 8), 8: rest1(byteSwap8AVX2, 8, 4)}
		m.take = [17]func(dst, src, places unsafe.Pointer, n, count int) int{1: take1AVX2, 2: take2AVX2, 4: take4AVX2, 8: take8AVX2, 16: take16AVX2}
		m.takeStream = [17]func(dst, src, places unsafe.Pointer, n, count int) int{4: takeStream4AVX2, 8: takeStream8AVX2, 16: takeStream16AVX2}
		m.compress = [9]compressLoop{1: compressWhole[b1](compressBAVX2), 2: compressWhole[b2](compressWAVX2), 4: compressWhole[b4](compressDAVX2), 8: compressWhole[b8](compressQAVX2)}
		m.choose = [9]Ternary{1: rest3(chooseBAVX2, 1), 2: rest3(chooseWAVX2, 2), 4: rest3(chooseDAVX2, 4), 8: rest3(chooseQAVX2, 8)}
	case LevelAVX512:
		t.width = 64
		m.fill = [17]Unary{1: fill1AVX512, 2: fill2AVX512, 4: fill4AVX512, 8: fill8AVX512, 16: fillPairs(fill16AVX512)}
		t.reverse = [17]Unary{1: reverse1AVX512, 2: reverse2AVX512, 4: reverse4AVX512, 8: reverse8AVX512, 16: reverse16AVX512}
		t.reverseStream = [17]Unary{1: reverseStream1AVX512, 2: reverseStream2AVX512, 4: reverseStream4AVX512, 8: reverseStream8AVX512, 16: reverseStream16AVX512}
		transposeLoops.cached = [17]transposeLoop{1: transposeEight1AVX2, 2: transposeEight2AVX2, 4: transpose4AVX512, 8: transpose8AVX512, 16: transpose16AVX512}
		transposeLoops.stream = [17]transposeLoop{4: transposeStream4AVX512, 8: transposeStream8AVX512, 16: transposeStream16AVX512}
		t.second = [17]Unary{1: second1AVX512, 2: second2AVX512, 4: second4AVX512, 8: second8AVX512, 16: second16AVX512}
		t.secondStream = [17]Unary{1: secondStream1AVX512, 2: secondStream2AVX512, 4: secondStream4AVX2, 8: secondStream8AVX2, 16: secondStream16AVX512}
		m.swapStream = [9]Unary{2: byteSwapStream2AVX512, 4: byteSwapStream4AVX512, 8: byteSwapStream8AVX512}
		m.swap = [9]Unary{2: byteSwap2AVX512, 4: byteSwap4AVX512, 8: byteSwap8AVX512}
		m.choose = [9]Ternary{1: chooseBAVX512, 2: chooseWAVX512, 4: chooseDAVX512, 8: chooseQAVX512}
		m.assign = [9]Binary{1: assignTrueBAVX512, 2: assignTrueWAVX512, 4: assignTrueDAVX512, 8: assignTrueQAVX512}
		m.compress = [9]compressLoop{1: compressBAVX512, 2: compressWAVX512, 4: compressDAVX512, 8: compressQAVX512}
	}
}

// installNonzero puts the list of the places of true bytes into the searches.
func installNonzero(l Level) {
	if bits.UintSize != 64 {
		return
	}
	rest := twins.searches[kBool].nonzero
	searches[kBool].nonzero = func(dst []int, a unsafe.Pointer, stride, n, first int) int {
		if stride != 1 || n < minFold {
			return rest(dst, a, stride, n, first)
		}
		p := unsafe.Pointer(unsafe.SliceData(dst))
		if l == LevelAVX512 {
			return trueIndicesAVX512(p, a, n, first)
		}
		b := items[byte](a, n)
		m := beforeTrue(b, 8)
		count := trueIndicesAVX2(p, a, m, first)
		for i := nextTrue(b, m); i < n; i = nextTrue(b, i+1) {
			dst[count] = first + i
			count++
		}
		return count
	}
}

// compressWhole gives a loop that writes up to eight items more those behind which there are
// as many.
func compressWhole[B any](f compressLoop) compressLoop {
	return func(dst, src, mask unsafe.Pointer, n int) int {
		b := items[byte](mask, n)
		m := beforeTrue(b, 8)
		count := f(dst, src, mask, m)
		size := int(unsafe.Sizeof(*new(B)))
		for i := nextTrue(b, m); i < n; i = nextTrue(b, i+1) {
			*(*B)(unsafe.Add(dst, count*size)) = *(*B)(unsafe.Add(src, i*size))
			count++
		}
		return count
	}
}

// beforeTrue returns a multiple of 8 of bytes behind which some more are true, 0 if there is none.
func beforeTrue(b []byte, more int) int {
	m := len(b)
	for ; m%8 != 0; m-- {
		if b[m-1] != 0 {
			more--
		}
	}
	const low = 0x7f7f7f7f7f7f7f7f
	for ; m > 0 && more > 0; m -= 8 {
		w := endian.LittleEndian.Uint64(b[m-8:])
		more -= bits.OnesCount64((w&low + low | w) &^ low)
	}
	return m
}

// fillLanes copies what a multiple of the lanes leaves. An item is that many words for f.
func fillLanes(f Unary, size, words int) Unary {
	lanes := 32 / size
	return func(d, item unsafe.Pointer, n int) {
		m := n &^ (lanes - 1)
		f(d, item, m*words)
		switch {
		case m == 0:
			to := unsafe.Slice((*byte)(d), n*size)
			fillRest(to, copy(to, unsafe.Slice((*byte)(item), size)))
		case m < n: // the last ones once more with those before them
			f(unsafe.Add(d, (n-lanes)*size), item, lanes*words)
		}
	}
}

// fillPairs is a loop for items of two words each.
func fillPairs(f Unary) Unary {
	return func(d, item unsafe.Pointer, n int) { f(d, item, 2*n) }
}

// rest1 swaps the bytes of what a multiple of the lanes leaves.
func rest1(f Unary, size, lanes int) Unary {
	return func(d, a unsafe.Pointer, n int) {
		m := n &^ (lanes - 1)
		f(d, a, m)
		for i := m; i < n; i++ {
			swapWord(unsafe.Add(d, i*size), unsafe.Add(a, i*size), size)
		}
	}
}

func swapWord(d, a unsafe.Pointer, size int) {
	to, from := unsafe.Slice((*byte)(d), size), unsafe.Slice((*byte)(a), size)
	for l, r := 0, size-1; l <= r; l, r = l+1, r-1 {
		to[l], to[r] = from[r], from[l]
	}
}

// rest3 chooses among what a multiple of the lanes leaves.
func rest3(f Ternary, size int) Ternary {
	return func(d, c, x, y unsafe.Pointer, n int) {
		m := n &^ (32/size - 1)
		f(d, c, x, y, m)
		for i := m; i < n; i++ {
			from := y
			if *(*byte)(unsafe.Add(c, i)) != 0 {
				from = x
			}
			copy(unsafe.Slice((*byte)(unsafe.Add(d, i*size)), size), unsafe.Slice((*byte)(unsafe.Add(from, i*size)), size))
		}
	}
}
