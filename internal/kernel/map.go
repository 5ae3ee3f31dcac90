package kernel

import (
	"sync"
	"unsafe"
)

// items returns the n items of type T at p. The caller of the loop promised
// that they are there and aligned; that promise is what all the unsafe code of
// this package relies on.
func items[T any](p unsafe.Pointer, n int) []T { return unsafe.Slice((*T)(p), n) }

// map1, map2, map3 and their like with two results are the loops behind nearly
// every entry. Called with a func literal or the name of a small function they
// inline to the plain loop over dst[i] = f(a[i], …).

func map1[D, A any](dst, a unsafe.Pointer, n int, f func(A) D) {
	d, x := items[D](dst, n), items[A](a, n)
	for i := range d {
		d[i] = f(x[i])
	}
}

func map2[D, A, B any](dst, a, b unsafe.Pointer, n int, f func(A, B) D) {
	d, x, y := items[D](dst, n), items[A](a, n), items[B](b, n)
	for i := range d {
		d[i] = f(x[i], y[i])
	}
}

func map3[D, A any](dst, a, b, c unsafe.Pointer, n int, f func(A, A, A) D) {
	d, x, y, z := items[D](dst, n), items[A](a, n), items[A](b, n), items[A](c, n)
	for i := range d {
		d[i] = f(x[i], y[i], z[i])
	}
}

func mapPair1[D, E, A any](d0, d1, a unsafe.Pointer, n int, f func(A) (D, E)) {
	d, e, x := items[D](d0, n), items[E](d1, n), items[A](a, n)
	for i := range d {
		d[i], e[i] = f(x[i])
	}
}

func mapPair2[D, A any](d0, d1, a, b unsafe.Pointer, n int, f func(A, A) (D, D)) {
	d, e, x, y := items[D](d0, n), items[D](d1, n), items[A](a, n), items[A](b, n)
	for i := range d {
		d[i], e[i] = f(x[i], y[i])
	}
}

// room is where a loop that calls others keeps a block of items between them.
type room [roomBytes / 8]uint64

const roomBytes = 4096

var rooms = sync.Pool{New: func() any { return new(room) }}
