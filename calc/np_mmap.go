package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/memmap"
)

// mapValue is the map under a memmap, m._mmap: what NumPy leaves to the module mmap.
type mapValue struct{ a *nd.Array }

var typeMmap = newModuleType("mmap", "mmap", typeObject)

func (*mapValue) Type() *Type { return typeMmap }

func (m *mapValue) length(*Interp) int {
	if m.a.Buffer().Closed() {
		throw(excValueError, "mmap closed or invalid")
	}
	return m.a.Buffer().Len()
}

var _ = later(func() {
	t := typeMmap
	t.get("closed", func(in *Interp, v Value) Value { return Bool(v.(*mapValue).a.Buffer().Closed()) })
	t.def("close", "self, /", func(in *Interp, a []Value) Value {
		if err := memmap.Close(a[0].(*mapValue).a); err != nil {
			panic(err)
		}
		return None
	})
	t.def("flush", "self, offset=0, size=?, /", func(in *Interp, a []Value) Value {
		m := a[0].(*mapValue)
		m.length(in)
		if err := m.a.Buffer().Flush(); err != nil {
			panic(err)
		}
		return None
	})
})
