package nd

import (
	"runtime"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/kernel"
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

// work calls do, which writes to out and reads in; each may be nil. It is the frame
// of every call into the engine that touches items: the arrays stay reachable, a
// fault in a map is an error, out is pinned so that nobody else gets its block
// meanwhile, and the result of items that went away while they were read is
// refused. Fresh arrays, which nobody else knows, need not be told. It panics with
// an *Error that names op.
func work(op string, out *Array, do func() error, in ...*Array) {
	mapped := out != nil && out.mapped()
	for _, a := range in {
		mapped = mapped || a != nil && a.mapped()
	}
	defer settle(op, out, in)
	var err error
	if out == nil {
		err = protect(mapped, do)
	} else {
		err = out.pinned(op, mapped, do)
	}
	for _, a := range in {
		if a != nil {
			a.done(op) // before err, which may say of other arrays' items that they changed
		}
	}
	must(op, err)
	runtime.KeepAlive(out)
}

// settle is deferred by work, and by functions that read items themselves. Items that
// change while an algorithm reads them can take it past the end of a table, where a
// bound check stops it, or seem to break a rule: this says why. Blocks that were closed
// and belong to others change so, and maps of files that others write to.
func settle(op string, out *Array, in []*Array) {
	r := recover()
	if r == nil {
		return
	}
	_, bug := r.(runtime.Error)
	for _, a := range append(in, out) {
		if a == nil {
			continue
		}
		a.done(op)
		if bug && a.mapped() {
			fail(op, ErrChanged, "the file behind the array was changed while it was read")
		}
	}
	panic(r)
}

// pinned is protect for work that writes to a.
func (a *Array) pinned(op string, mapped bool, do func() error) error {
	if !a.buf.Pin() {
		a.use(op)
	}
	defer a.buf.UnsafeUnpin()
	return protect(mapped, do)
}

// done ends reading a's items: it keeps the block reachable up to here, and panics
// as use does if the block was closed meanwhile and what was read may be another
// array's.
func (a *Array) done(op string) {
	if !a.buf.StillOpen() {
		a.use(op)
	}
	runtime.KeepAlive(a)
}

// doneOp is done for the short ways, which have no name of the operation at hand.
func (a *Array) doneOp(op kernel.Op) {
	if !a.buf.StillOpen() {
		a.use(op.String())
	}
	runtime.KeepAlive(a)
}

// escape says that a bare slice of the block leaves this package.
func (a *Array) escape(op string) {
	if a.buf.Escape() != nil {
		a.use(op)
	}
}

// readItem copies an item of a to Go memory, and writeItem the other way. They
// panic with an *Error that names op when the block is gone, or faults.
func (a *Array) readItem(op string, dst, src []byte) {
	if a.mapped() {
		must(op, guardedCopy(dst, src))
	} else {
		copy(dst, src)
	}
	a.done(op)
}

func (a *Array) writeItem(op string, dst, src []byte) {
	if !a.buf.Pin() {
		a.use(op)
	}
	var err error
	if a.mapped() {
		err = guardedCopy(dst, src)
	} else {
		copy(dst, src)
	}
	a.buf.UnsafeUnpin()
	must(op, err)
	runtime.KeepAlive(a)
}

func guardedCopy(dst, src []byte) (err error) {
	g := buffer.Watch()
	defer g.Done(&err)
	copy(dst, src)
	return nil
}
