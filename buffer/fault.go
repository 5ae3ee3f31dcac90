package buffer

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// Guard turns a fault inside a mapped block (the file was truncated, the disk
// failed, the map was closed) into an error. Use, in every goroutine that
// touches mapped bytes:
//
//	func work() (err error) {
//		defer buffer.Watch().Done(&err)
//		…
//	}
//
// It allocates nothing and costs some 10 ns.
type Guard struct{ old bool }

// Watch makes faults of this goroutine panics until Done.
func Watch() Guard { return Guard{debug.SetPanicOnFault(true)} }

// Done ends the watch; it must be deferred itself. A fault inside a mapped
// block is stored in *err, as an error that wraps nd.ErrFault (or nd.ErrClosed,
// when the block was closed meanwhile) and names path and offset. Any other
// panic goes on.
func (g Guard) Done(err *error) {
	debug.SetPanicOnFault(g.old)
	if r := recover(); r != nil {
		SettleCPU()
		fault := FaultError(r)
		if fault == nil {
			panic(r)
		}
		*err = fault
	}
}

// FaultError returns the error for r, a recovered panic, when it is a fault
// inside a mapped block, and nil for any other value.
func FaultError(r any) error {
	re, ok := r.(runtime.Error)
	if !ok {
		return nil
	}
	at, ok := re.(interface{ Addr() uintptr })
	if !ok {
		return nil
	}
	addr := at.Addr()
	m := mappingAt(addr)
	if m == nil && runtime.GOARCH == "s390x" {
		// qemu's user mode reports the address with its two words swapped.
		addr = addr<<32 | addr>>32
		m = mappingAt(addr)
	}
	if m == nil {
		return nil
	}
	return m.fault(addr)
}

// SystemError returns err, unless that is the system's refusal to read or write
// the block (EFAULT): for that, where a loop would have faulted, it returns the
// error that Guard.Done would have stored.
func (b *Buffer) SystemError(err error) error {
	if err == nil || b.mapped == nil || !isBadAddress(err) {
		return err
	}
	m := b.mapped
	addr := uintptr(b.base)
	// The first byte that the file no longer holds, if that is the trouble.
	if st, serr := os.Stat(m.info.Path); serr == nil && st.Size() > m.info.Offset && st.Size() < m.info.Offset+int64(b.n) {
		addr += uintptr(st.Size() - m.info.Offset)
	}
	return m.fault(addr)
}

// live holds the ranges that are mapped or poisoned.
var live struct {
	sync.Mutex
	set map[*mapping]struct{}
}

func watch(m *mapping) {
	live.Lock()
	defer live.Unlock()
	if live.set == nil {
		live.set = map[*mapping]struct{}{}
	}
	live.set[m] = struct{}{}
}

func unwatch(m *mapping) {
	live.Lock()
	defer live.Unlock()
	delete(live.set, m)
}

// mappingAt returns the mapping whose range holds addr, or nil.
func mappingAt(addr uintptr) *mapping {
	live.Lock()
	defer live.Unlock()
	for m := range live.set {
		if base := uintptr(m.addr); base <= addr && addr-base < uintptr(m.length) {
			return m
		}
	}
	return nil
}

// MappedRanges returns how many mapped ranges the process holds, the poisoned
// ones included. Tests use it to find leaks.
func MappedRanges() int {
	live.Lock()
	defer live.Unlock()
	return len(live.set)
}
