package kernel

import "unsafe"

// strideLoops holds the vector loops that collect items at a distance, by item
// size; nil: the Go loop.
var strideLoops struct {
	width   int                                           // bytes of a vector of reverse and second
	reverse [17]Unary                                     // one behind another, backwards
	second  [17]Unary                                     // every second; reads one item beyond the last
	every   [5][3]Unary                                   // every third and fourth, 16 bytes at a time; reads up to the next item
	gather  [9]func(dst, a unsafe.Pointer, stride, n int) // any distance

	// The same past the caches, to a dst that is a multiple of 64.
	reverseStream [17]Unary
	secondStream  [17]Unary
}

// gatherLanes is what the loops of strideLoops.gather take a multiple of.
const gatherLanes = 4

// leastGather is the number of items from which a vector loop pays, leastGather4 the
// same for those of strideLoops.gather, which save little over the Go loop.
const (
	leastGather  = 16
	leastGather4 = 64
)

// collect copies n items of size bytes, stride bytes apart at src, to the
// contiguous dst, and reports whether there is a vector loop for it. past tells to
// go past the caches.
func collect(dst, src unsafe.Pointer, stride, size, n int, past bool) bool {
	l := &strideLoops
	past = past || n*size >= StreamBytes
	if n < leastGather || size >= len(l.reverse) || stride == 0 {
		return false
	}
	switch {
	case stride == -size && l.reverse[size] != nil:
		collectRun(dst, src, stride, size, n, past, 0, l.width, l.reverse[size], l.reverseStream[size])
	case stride == 2*size && l.second[size] != nil:
		collectRun(dst, src, stride, size, n, past, 1, l.width, l.second[size], l.secondStream[size])
	case size < len(l.every[0]) && (stride == 3*size || stride == 4*size) && l.every[stride/size][size] != nil:
		k := stride / size
		collectRun(dst, src, stride, size, n, past, 1, 16, l.every[k][size], nil)
	case n >= leastGather4 && size < len(l.gather) && l.gather[size] != nil:
		f := l.gather[size]
		inBlocksIf(past, dst, size, n, func(to unsafe.Pointer, first, n int) {
			from, m := unsafe.Add(src, first*stride), n&^(gatherLanes-1)
			f(to, from, stride, m)
			copyRest(to, from, stride, size, m, n)
		})
	default:
		return false
	}
	return true
}

// collectRun is collect by a loop f for whole vectors of width bytes, after which spare
// items must be left, or by stream, if there is one, for what is better written past the
// caches.
func collectRun(dst, src unsafe.Pointer, stride, size, n int, past bool, spare, width int, f, stream Unary) {
	lanes := width / size
	if head := int(-uintptr(dst) & 63); stream != nil && past && head%size == 0 {
		head /= size
		copyRest(dst, src, stride, size, 0, head)
		m := (n - head - spare) &^ (lanes - 1)
		stream(unsafe.Add(dst, head*size), unsafe.Add(src, head*stride), m)
		copyRest(dst, src, stride, size, head+m, n)
		EndStream()
		return
	}
	inBlocksIf(past, dst, size, n, func(to unsafe.Pointer, first, n int) {
		from, m := unsafe.Add(src, first*stride), (n-spare)&^(lanes-1)
		f(to, from, m)
		copyRest(to, from, stride, size, m, n)
	})
}

// inBlocksIf is InBlocks, told whether to go past the caches.
func inBlocksIf(past bool, dst unsafe.Pointer, size, n int, fill func(to unsafe.Pointer, first, n int)) {
	if past {
		inBlocks(dst, size, n, streamBlock, fill)
		return
	}
	fill(dst, 0, n)
}

// copyRest copies the items from m to n.
func copyRest(dst, src unsafe.Pointer, stride, size, m, n int) {
	if m == n {
		return
	}
	dst, src = unsafe.Add(dst, m*size), unsafe.Add(src, m*stride)
	switch size {
	case 1:
		copyItems[b1](dst, 1, src, stride, n-m)
	case 2:
		copyItems[b2](dst, 2, src, stride, n-m)
	case 4:
		copyItems[b4](dst, 4, src, stride, n-m)
	case 8:
		copyItems[b8](dst, 8, src, stride, n-m)
	case 16:
		copyItems[b16](dst, 16, src, stride, n-m)
	}
}
