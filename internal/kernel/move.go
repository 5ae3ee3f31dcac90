package kernel

import (
	"bytes"
	endian "encoding/binary"
	"math/bits"
	"unsafe"
)

// Moves know items only by their size, and need no alignment: a run of bytes of
// constant size compiles to one load and one store where the machine allows it.
type (
	b1  = [1]byte
	b2  = [2]byte
	b4  = [4]byte
	b8  = [8]byte
	b16 = [16]byte
)

// Gather copies n items of size bytes, stride bytes apart at src, to the
// contiguous dst. The two must not overlap.
func Gather(dst, src unsafe.Pointer, stride, size, n int) { Copy(dst, size, src, stride, size, n) }

// Scatter copies n contiguous items of size bytes at src to dst, stride bytes
// apart. The two must not overlap.
func Scatter(dst, src unsafe.Pointer, stride, size, n int) { Copy(dst, stride, src, size, size, n) }

// Copy copies n items of size bytes between two strides, first to last. The two
// runs must not overlap, unless dst == src with equal strides.
func Copy(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n int) {
	copyRun(dst, dstStride, src, srcStride, size, n, false)
}

// nearCopy is how many bytes are copied at a time where the caches hold them all: Go's copy
// goes past the caches from 1 MB on.
const nearCopy = 512 << 10

// CopyBytes copies n bytes, which may overlap.
func CopyBytes(dst, src unsafe.Pointer, n int) {
	to, from := unsafe.Slice((*byte)(dst), n), unsafe.Slice((*byte)(src), n)
	if apart := uintptr(dst) - uintptr(src); n > nearCopy && n < StreamBytes && apart >= uintptr(n) && -apart >= uintptr(n) {
		for ; len(from) > nearCopy; to, from = to[nearCopy:], from[nearCopy:] {
			copy(to, from[:nearCopy])
		}
	}
	copy(to, from)
}

// CopyPast is Copy to a dst that is in no cache, or a part of what is too long for
// them: it goes past the caches where there is a loop for that.
func CopyPast(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n int) {
	copyRun(dst, dstStride, src, srcStride, size, n, n*size >= ColdBytes)
}

func copyRun(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n int, past bool) {
	if n <= 0 || size == 0 {
		return
	}
	if dstStride == size && srcStride == size {
		CopyBytes(dst, src, n*size)
		return
	}
	if dstStride == size && collect(dst, src, srcStride, size, n, past) {
		return
	}
	switch size {
	case 1:
		copyItems[b1](dst, dstStride, src, srcStride, n)
	case 2:
		copyItems[b2](dst, dstStride, src, srcStride, n)
	case 4:
		copyItems[b4](dst, dstStride, src, srcStride, n)
	case 8:
		copyItems[b8](dst, dstStride, src, srcStride, n)
	case 16:
		copyItems[b16](dst, dstStride, src, srcStride, n)
	default:
		copyLong(dst, dstStride, src, srcStride, size, n)
	}
}

// copyLong is Copy of items that no single move copies.
func copyLong(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n int) {
	switch Part(size) {
	case 2:
		copyParts[b2](dst, dstStride, src, srcStride, size, n)
	case 4:
		copyParts[b4](dst, dstStride, src, srcStride, size, n)
	case 8:
		copyParts[b8](dst, dstStride, src, srcStride, size, n)
	case 16:
		copyParts[b16](dst, dstStride, src, srcStride, size, n)
	default:
		for i := range n {
			copy(unsafe.Slice((*byte)(unsafe.Add(dst, i*dstStride)), size),
				unsafe.Slice((*byte)(unsafe.Add(src, i*srcStride)), size))
		}
	}
}

// CopyRows copies rows of n items of 1, 2, 4, 8 or 16 bytes; the strides are those from row to
// row and from item to item. The two must not overlap.
func CopyRows(dst unsafe.Pointer, to [2]int, src unsafe.Pointer, from [2]int, size, rows, n int) {
	switch size {
	case 1:
		copyRows[b1](dst, to, src, from, rows, n)
	case 2:
		copyRows[b2](dst, to, src, from, rows, n)
	case 4:
		copyRows[b4](dst, to, src, from, rows, n)
	case 8:
		copyRows[b8](dst, to, src, from, rows, n)
	case 16:
		copyRows[b16](dst, to, src, from, rows, n)
	}
}

func copyRows[B any](dst unsafe.Pointer, to [2]int, src unsafe.Pointer, from [2]int, rows, n int) {
	for r := range rows {
		d, s := r*to[0], r*from[0]
		for range n {
			*(*B)(unsafe.Add(dst, d)) = *(*B)(unsafe.Add(src, s))
			d, s = d+to[1], s+from[1]
		}
	}
}

// RepeatEach writes item i of size bytes at src reps[i] times, one after the other, to dst,
// which has room for all of them: total.
func RepeatEach(dst, src unsafe.Pointer, size int, reps []int64, total int) {
	switch size {
	case 0:
	case 1:
		repeatEach[b1](dst, src, reps, total)
	case 2:
		repeatEach[b2](dst, src, reps, total)
	case 4:
		repeatEach[b4](dst, src, reps, total)
	case 8:
		repeatEach[b8](dst, src, reps, total)
	case 16:
		repeatEach[b16](dst, src, reps, total)
	default:
		d, s := unsafe.Slice((*byte)(dst), total*size), unsafe.Slice((*byte)(src), len(reps)*size)
		for i, r := range reps {
			for range r {
				d = d[copy(d, s[i*size:(i+1)*size]):]
			}
		}
	}
}

// repeatEach writes four copies where there is room for them, whether or not the last belong
// to the next item, which comes over them: a branch for each small number would be guessed.
func repeatEach[B any](dst, src unsafe.Pointer, reps []int64, total int) {
	d, s := unsafe.Slice((*B)(dst), total), unsafe.Slice((*B)(src), len(reps))
	for i, r := range reps {
		v, k := s[i], int(r)
		if len(d) >= 4 {
			d[0], d[1], d[2], d[3] = v, v, v, v
		} else {
			for j := range k {
				d[j] = v
			}
		}
		for j := 4; j < k; j++ {
			d[j] = v
		}
		d = d[k:]
	}
}

// PartsMost is the length of items up to which moves take less time than a call.
const PartsMost = 128

// Part returns how many bytes each of the moves takes by which MoveParts copies items of
// a size, as text and records have, or 0 for those that one move copies, or a call.
func Part(size int) int {
	if size > PartsMost || size <= 16 && size&(size-1) == 0 {
		return 0
	}
	return min(16, 1<<(bits.Len(uint(size-1))-1))
}

// MoveParts copies size bytes by moves of a B, which has Part(size) bytes; the last two may
// overlap. The two items must not.
func MoveParts[B any](dst, src unsafe.Pointer, size int) {
	part := int(unsafe.Sizeof(*new(B)))
	last := size - part
	*(*B)(dst) = *(*B)(src)
	for at := part; at < last; at += part {
		*(*B)(unsafe.Add(dst, at)) = *(*B)(unsafe.Add(src, at))
	}
	*(*B)(unsafe.Add(dst, last)) = *(*B)(unsafe.Add(src, last))
}

// copyParts is copyItems by MoveParts.
func copyParts[B any](dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, size, n int) {
	for i := range n {
		MoveParts[B](unsafe.Add(dst, i*dstStride), unsafe.Add(src, i*srcStride), size)
	}
}

func copyItems[B any](dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, n int) {
	to, from := 0, 0 // no pointer steps beyond the block
	for ; n >= 4; n -= 4 {
		d, s := unsafe.Add(dst, to), unsafe.Add(src, from)
		*(*B)(d) = *(*B)(s)
		*(*B)(unsafe.Add(d, dstStride)) = *(*B)(unsafe.Add(s, srcStride))
		*(*B)(unsafe.Add(d, 2*dstStride)) = *(*B)(unsafe.Add(s, 2*srcStride))
		*(*B)(unsafe.Add(d, 3*dstStride)) = *(*B)(unsafe.Add(s, 3*srcStride))
		to += 4 * dstStride
		from += 4 * srcStride
	}
	for ; n > 0; n-- {
		*(*B)(unsafe.Add(dst, to)) = *(*B)(unsafe.Add(src, from))
		to += dstStride
		from += srcStride
	}
}

// Fill writes n copies of the item of size bytes at item to dst.
func Fill(dst, item unsafe.Pointer, size, n int) {
	if n <= 0 || size == 0 {
		return
	}
	if size < len(moveLoops.fill) && moveLoops.fill[size] != nil && n*size < fillMost {
		moveLoops.fill[size](dst, item, n)
		return
	}
	d, one := unsafe.Slice((*byte)(dst), n*size), unsafe.Slice((*byte)(item), size)
	if bytes.Count(one, []byte{0}) == size {
		clear(d)
		return
	}
	fillRest(d, copy(d, one))
}

// fillRest fills d with copies of its first done bytes.
func fillRest(d []byte, done int) {
	for ; done < min(fillBlock, len(d)); done *= 2 {
		copy(d[done:], d[:done])
	}
	for block := done; done < len(d); done += block {
		copy(d[done:], d[:block])
	}
}

// fillMost is the number of bytes from which on copies of a block are as fast as a vector
// that is stored again and again.
const fillMost = 1 << 20

// fillBlock is how many bytes Fill makes by doubling. They stay in the first-level
// cache while the rest is copied from them.
const fillBlock = 8 << 10

// ByteSwap reverses the bytes of each of n words of size bytes. dst may be src.
// A complex item is two words.
func ByteSwap(dst, src unsafe.Pointer, size, n int) { byteSwap(dst, src, size, n, false) }

// ByteSwapPast is to ByteSwap what CopyPast is to Copy.
func ByteSwapPast(dst, src unsafe.Pointer, size, n int) {
	byteSwap(dst, src, size, n, n*size >= ColdBytes)
}

func byteSwap(dst, src unsafe.Pointer, size, n int, past bool) {
	if size < len(moveLoops.swap) && moveLoops.swap[size] != nil {
		swap := moveLoops.swap[size]
		if dst == src || !past && n*size < StreamBytes {
			swap(dst, src, n)
			return
		}
		if stream, head := moveLoops.swapStream[size], int(-uintptr(dst)&63); stream != nil && head%size == 0 {
			lo := head / size
			hi := n - (n-lo)%(64/size)
			swap(dst, src, lo)
			stream(unsafe.Add(dst, head), unsafe.Add(src, head), hi-lo)
			if hi < n { // behind the last item there is no address
				swap(unsafe.Add(dst, hi*size), unsafe.Add(src, hi*size), n-hi)
			}
			EndStream()
			return
		}
		inBlocks(dst, size, n, streamBlock, func(to unsafe.Pointer, first, n int) { swap(to, unsafe.Add(src, first*size), n) })
		return
	}
	ne := endian.NativeEndian
	switch size {
	case 0, 1:
		Copy(dst, size, src, size, size, n)
	case 2:
		for i := range n {
			d, s := (*b2)(unsafe.Add(dst, i*2)), (*b2)(unsafe.Add(src, i*2))
			ne.PutUint16(d[:], bits.ReverseBytes16(ne.Uint16(s[:])))
		}
	case 4:
		for i := range n {
			d, s := (*b4)(unsafe.Add(dst, i*4)), (*b4)(unsafe.Add(src, i*4))
			ne.PutUint32(d[:], bits.ReverseBytes32(ne.Uint32(s[:])))
		}
	case 8:
		for i := range n {
			d, s := (*b8)(unsafe.Add(dst, i*8)), (*b8)(unsafe.Add(src, i*8))
			ne.PutUint64(d[:], bits.ReverseBytes64(ne.Uint64(s[:])))
		}
	default:
		for i := range n {
			d := unsafe.Slice((*byte)(unsafe.Add(dst, i*size)), size)
			s := unsafe.Slice((*byte)(unsafe.Add(src, i*size)), size)
			for l, r := 0, size-1; l <= r; l, r = l+1, r-1 {
				d[l], d[r] = s[r], s[l]
			}
		}
	}
}

// CompressMost is the length of items up to which it pays to copy those that are not
// wanted as well, so that there is nothing to be guessed.
const CompressMost = 16

// Compress copies those items of size bytes, 1 … CompressMost, contiguous at src, whose
// byte of mask is not zero to the contiguous dst, and returns how many.
func Compress(dst, src unsafe.Pointer, size int, mask []byte) int {
	if size < len(moveLoops.compress) && moveLoops.compress[size] != nil {
		return moveLoops.compress[size](dst, src, unsafe.Pointer(unsafe.SliceData(mask)), len(mask))
	}
	switch size {
	case 1:
		return compressItems[b1](dst, src, size, mask)
	case 2, 3:
		return compressItems[b2](dst, src, size, mask)
	case 4, 5, 6, 7:
		return compressItems[b4](dst, src, size, mask)
	case 8, 9, 10, 11, 12, 13, 14, 15:
		return compressItems[b8](dst, src, size, mask)
	}
	return compressItems[b16](dst, src, size, mask)
}

// compressItems copies every item up to the last one whose byte is true, the next one over
// those whose byte is not, by a move of a B or by two, with which it begins and ends.
func compressItems[B any](dst, src unsafe.Pointer, size int, mask []byte) int {
	n, last := 0, size-int(unsafe.Sizeof(*new(B)))
	for len(mask) > 0 && mask[len(mask)-1] == 0 {
		mask = mask[:len(mask)-1]
	}
	for i, m := range mask {
		to, from := unsafe.Add(dst, n*size), unsafe.Add(src, i*size)
		*(*B)(to) = *(*B)(from)
		if last > 0 {
			*(*B)(unsafe.Add(to, last)) = *(*B)(unsafe.Add(from, last))
		}
		t := 0
		if m != 0 {
			t = 1
		}
		n += t
	}
	return n
}

// Take copies the items of size bytes at places of n contiguous ones at src to the
// contiguous dst, up to some place from which on the caller has to go on by itself,
// and returns the number of that place: where one of the next eight places does not
// lie in 0…n-1, or at most seven are left, or at once if there is no loop for the
// size. A place is read once: that others change places meanwhile does no harm.
func Take(dst, src unsafe.Pointer, size, n int, places []int64) int {
	if size >= len(moveLoops.take) || moveLoops.take[size] == nil {
		return 0
	}
	return moveLoops.take[size](dst, src, unsafe.Pointer(unsafe.SliceData(places)), n, len(places))
}

// TakeStream is Take for a dst that is in no cache: its stores bypass them where the
// machine can, and the cache is left to the source. EndStream must follow.
func TakeStream(dst, src unsafe.Pointer, size, n int, places []int64) int {
	if size >= len(moveLoops.takeStream) || moveLoops.takeStream[size] == nil || size == 16 && uintptr(dst)&15 != 0 {
		return Take(dst, src, size, n, places)
	}
	return moveLoops.takeStream[size](dst, src, unsafe.Pointer(unsafe.SliceData(places)), n, len(places))
}
