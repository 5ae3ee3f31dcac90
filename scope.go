package nd

import (
	"sync"

	"github.com/stride-go/nd/buffer"
)

// Scope releases temporaries together, for loops that make many:
//
//	var s nd.Scope
//	for _, x := range frames {
//		y := s.Temp(x.Multiply(gain))
//		sum.Add(s.Temp(y.Sqrt()), nd.Out(sum))
//		s.Release() // the next turn computes in the same blocks
//	}
//
// Without it every turn takes fresh memory, which the system must clear. The
// zero Scope is ready, and its methods may be called from several goroutines. An
// operation that still runs on a temporary when Release comes ends with ErrClosed,
// or with the right result.
type Scope struct {
	mu    sync.Mutex
	temps []*Array
}

// Temp puts a under the scope, and returns a. It takes arrays that own a block
// of the heap, as results of operations do; any other array passes unchanged, so
// that a view never ends what it looks into. An array under a scope is not to be
// kept: who uses it after Release gets ErrClosed, never another array's items. Mind
// that some operations return an operand itself (Out, AsType with CopyIs(false),
// Real of a real array).
func (s *Scope) Temp(a *Array) *Array {
	if a.flags.Has(OwnData) && a.base == nil && a.buf.Kind() == buffer.Heap {
		s.mu.Lock()
		s.temps = append(s.temps, a)
		s.mu.Unlock()
	}
	return a
}

// Len returns how many temporaries wait for Release.
func (s *Scope) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.temps)
}

// Release ends the temporaries: their memory serves the arrays that are made
// next, and using one of them, or a view of one, is ErrClosed. The scope is empty
// then and may be used again.
func (s *Scope) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.temps) - 1; i >= 0; i-- {
		s.temps[i].buf.Close() // closing a heap block has no error
	}
	clear(s.temps)
	s.temps = s.temps[:0]
}

// spend gives back the blocks of temps, which the caller has made and nobody else
// has seen, but one that r looks into. It returns r. Small blocks are left to the
// garbage collector.
func spend(r *Array, temps ...*Array) *Array {
	for _, t := range temps {
		if t != nil && t.buf.Len() >= 4<<10 && t.buf.Kind() == buffer.Heap && t.buf != r.buf {
			t.buf.Close() // closing a heap block has no error
		}
	}
	return r
}

// unless returns what was made of a for spend, nil if it is a itself.
func unless(a, made *Array) *Array {
	if made == a {
		return nil
	}
	return made
}
