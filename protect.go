package nd

import "github.com/stride-go/nd/buffer"

// mapped tells whether reading or writing the items may fault.
func (a *Array) mapped() bool { return a.buf.Kind() == buffer.Mapped }

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
