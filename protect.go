package nd

import (
	"runtime"

	"github.com/stride-go/nd/buffer"
)

// mapped tells whether reading or writing the items may fault.
func (a *Array) mapped() bool { return a.buf.MayFault() }

// protect calls work of the engine. Every call from this package into the engine
// that touches items goes through here, so that a fault in mapped memory becomes
// an error in one place.
func protect(mapped bool, work func() error) (err error) {
	if !mapped {
		return work()
	}
	g := buffer.Watch()
	defer g.Done(&err)
	return work()
}

// copyItem copies an item of a from or to Go memory. It keeps a's block mapped
// until it is done, and panics with an *Error that names op on a fault.
func (a *Array) copyItem(op string, dst, src []byte) {
	if !a.mapped() {
		copy(dst, src)
		return
	}
	must(op, guardedCopy(dst, src))
	runtime.KeepAlive(a)
}

func guardedCopy(dst, src []byte) (err error) {
	g := buffer.Watch()
	defer g.Done(&err)
	copy(dst, src)
	return nil
}
