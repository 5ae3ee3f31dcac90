package calc

import (
	"strings"

	"github.com/stride-go/nd/npy"
)

// npzFile is the value of np.load of an npz file: a mapping whose members are
// read when they are asked for.
type npzFile struct {
	z      *npy.Archive
	name   string
	mapped bool // members are read-only views of the file where they are stored
}

var typeNpz = newModuleType("numpy.lib.npyio", "NpzFile", typeObject)

func (*npzFile) Type() *Type { return typeNpz }

func (f *npzFile) names() []string { return f.z.Names() }

func (f *npzFile) repr(in *Interp) string {
	names := f.names()
	text := strings.Join(names[:min(5, len(names))], ", ")
	if len(names) > 5 {
		text += "..."
	}
	return "NpzFile " + in.Repr(Str(f.name)) + " with keys: " + text
}

func (f *npzFile) length(*Interp) int { return f.z.Len() }

func (f *npzFile) member(v Value) (string, bool) {
	s, ok := v.(Str)
	if !ok {
		return "", false
	}
	if f.z.Has(string(s)) {
		return string(s), true
	}
	short := strings.TrimSuffix(string(s), ".npy")
	return short, short != string(s) && f.z.Has(short)
}

func (f *npzFile) item(in *Interp, key Value) Value {
	name, ok := f.member(key)
	if !ok {
		panic(&Exception{typ: excKeyError, args: []Value{Str(in.Str(key) + " is not a file in the archive")}})
	}
	if f.mapped {
		a, err := f.z.Open(name)
		in.checkFile(err, f.name)
		in.checkFile(a.SetWriteable(false), f.name)
		return in.fromArray(a)
	}
	if h, err := f.z.Header(name); err == nil {
		in.charge(h.NBytes())
	}
	a, err := f.z.Load(name)
	in.checkFile(err, f.name)
	return in.fromArray(a)
}

func (f *npzFile) contains(in *Interp, v Value) bool {
	_, ok := f.member(v)
	return ok
}

func (f *npzFile) keys() *List {
	l := &List{}
	for _, n := range f.names() {
		l.items = append(l.items, Str(n))
	}
	return l
}

func (f *npzFile) iterate(in *Interp) Iterator { return in.iterate(f.keys()) }

var _ = later(func() {
	self := func(a []Value) *npzFile { return a[0].(*npzFile) }
	typeNpz.get("files", func(in *Interp, v Value) Value { return v.(*npzFile).keys() })
	typeNpz.def("keys", "self, /", func(in *Interp, a []Value) Value { return self(a).keys() })
	typeNpz.def("values", "self, /", func(in *Interp, a []Value) Value {
		l := self(a).keys()
		for i, k := range l.items {
			l.items[i] = self(a).item(in, k)
		}
		return l
	})
	typeNpz.def("items", "self, /", func(in *Interp, a []Value) Value {
		l := self(a).keys()
		for i, k := range l.items {
			l.items[i] = newTuple(k, self(a).item(in, k))
		}
		return l
	})
	typeNpz.def("get", "self, key, default=None, /", func(in *Interp, a []Value) Value {
		if !self(a).contains(in, a[1]) {
			return a[2]
		}
		return self(a).item(in, a[1])
	})
	typeNpz.def("close", "self, /", func(in *Interp, a []Value) Value {
		in.checkFile(self(a).z.Close(), self(a).name)
		return None
	})
	typeNpz.def("__enter__", "self, /", func(in *Interp, a []Value) Value { return a[0] })
	typeNpz.def("__exit__", "self, *exc", func(in *Interp, a []Value) Value {
		in.checkFile(self(a).z.Close(), self(a).name)
		return Bool(false)
	})
})
