package kernel

import "unsafe"

// strideLoops holds the vector loops that collect items at a distance, by item
// size; nil: the Go loop.
var strideLoops struct {
	width   int                                           // bytes of a vector of reverse and second
	reverse [17]Unary                                     // one behind another, backwards
	second  [9]Unary                                      // every second; reads one item beyond the last
	gather  [9]func(dst, a unsafe.Pointer, stride, n int) // any distance
}

// gatherLanes is what the loops of strideLoops.gather take a multiple of.
const gatherLanes = 4

// leastGather is the number of items from which a vector loop pays.
const leastGather = 16

// collect copies n items of size bytes, stride bytes apart at src, to the
// contiguous dst, and reports whether there is a vector loop for it.
func collect(dst, src unsafe.Pointer, stride, size, n int) bool {
	l := &strideLoops
	if n < leastGather || size >= len(l.reverse) || stride == 0 {
		return false
	}
	switch {
	case stride == -size && l.reverse[size] != nil:
		f, lanes := l.reverse[size], l.width/size
		InBlocks(dst, size, n, func(to unsafe.Pointer, first, n int) {
			from, m := unsafe.Add(src, first*stride), n&^(lanes-1)
			f(to, from, m)
			copyRest(to, from, stride, size, m, n)
		})
	case size >= len(l.second):
		return false
	case stride == 2*size && l.second[size] != nil:
		f, lanes := l.second[size], l.width/size
		InBlocks(dst, size, n, func(to unsafe.Pointer, first, n int) {
			from, m := unsafe.Add(src, first*stride), (n-1)&^(lanes-1)
			f(to, from, m)
			copyRest(to, from, stride, size, m, n)
		})
	case l.gather[size] != nil:
		f := l.gather[size]
		InBlocks(dst, size, n, func(to unsafe.Pointer, first, n int) {
			from, m := unsafe.Add(src, first*stride), n&^(gatherLanes-1)
			f(to, from, stride, m)
			copyRest(to, from, stride, size, m, n)
		})
	default:
		return false
	}
	return true
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
