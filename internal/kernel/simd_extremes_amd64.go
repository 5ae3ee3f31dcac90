package kernel

import "unsafe"

// foldExtreme makes maximum or minimum of a fold that ignores NaN and does not
// tell zeros apart: the first NaN is the result, and of zeros the last.
func foldExtreme[T float](l floatLoops, nan findLoop, rest Reduce, lanes int) Reduce {
	var self Reduce
	self = func(acc, a unsafe.Pointer, stride, n int) {
		size := int(unsafe.Sizeof(T(0)))
		r := (*T)(acc)
		if stride != size && n >= minPiece {
			inPieces(self, acc, a, stride, size, n)
			return
		}
		if stride != size || n < minFold || *r != *r {
			rest(acc, a, stride, n)
			return
		}
		f, m := l.of(size, lanes, n)
		first := *r
		if f(acc, a, m) != 0 {
			*r = items[T](a, m)[nan(a, m)]
			return
		}
		if *r == 0 {
			*r = first
			x := items[T](a, m)
			for i := m - 1; i >= 0; i-- {
				if x[i] == 0 {
					*r = x[i]
					break
				}
			}
		}
		if m < n {
			rest(acc, unsafe.Add(a, m*size), stride, n-m)
		}
	}
	return self
}

// foldNumber makes fmax or fmin of the same fold: NaN counts only where nothing else is,
// and of zeros the first is the result.
func foldNumber[T float](l floatLoops, rest Reduce, lanes int) Reduce {
	var self Reduce
	self = func(acc, a unsafe.Pointer, stride, n int) {
		size := int(unsafe.Sizeof(T(0)))
		if stride != size && n >= minPiece {
			inPieces(self, acc, a, stride, size, n)
			return
		}
		if stride != size || n < minFold {
			rest(acc, a, stride, n)
			return
		}
		r, x := (*T)(acc), items[T](a, n)
		for len(x) > 0 && *r != *r {
			if x[0] == x[0] {
				*r = x[0]
			}
			x = x[1:]
		}
		f, m := l.of(size, lanes, len(x))
		if m > 0 {
			first := *r
			f(acc, unsafe.Pointer(&x[0]), m)
			if *r == 0 {
				*r = first
				for i := 0; *r != 0; i++ {
					if x[i] == 0 {
						*r = x[i]
					}
				}
			}
		}
		if m < len(x) {
			rest(acc, unsafe.Pointer(&x[m]), stride, len(x)-m)
		}
	}
	return self
}
