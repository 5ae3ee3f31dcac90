package calc

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
)

// Module is a table of names.
type Module struct {
	name string
	dict map[string]Value
	// find resolves names that the table does not hold.
	find func(in *Interp, name string) (Value, bool)
	// gone holds names that once were there and the words that say so.
	gone map[string]string
}

func (*Module) Type() *Type { return typeModule }

func (m *Module) repr(*Interp) string { return "<module '" + m.name + "'>" }

func (m *Module) attr(in *Interp, name string) (Value, bool) {
	if v, ok := m.dict[name]; ok {
		return v, true
	}
	if name == "__name__" {
		return Str(m.name), true
	}
	if m.find != nil {
		return m.find(in, name)
	}
	return nil, false
}

// missing reports a name that the module lacks.
func (m *Module) missing(name string) {
	if text, ok := m.gone[name]; ok {
		throw(excAttributeError, "%s", text)
	}
	throw(excAttributeError, "module '%s' has no attribute '%s'", m.name, name)
}

func (m *Module) setAttr(in *Interp, name string, v Value) {
	throw(excAttributeError, "names of module '%s' cannot be changed", m.name)
}

func (m *Module) names() []string {
	names := make([]string, 0, len(m.dict))
	for n := range m.dict {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// def adds a function.
func (m *Module) def(name, sig string, fn func(in *Interp, a []Value) Value) {
	b := function(name, sig, fn)
	b.npy = m == numpy
	m.dict[name] = b
}

// python adds a function that words its errors as a def does.
func (m *Module) python(name, sig string, fn func(in *Interp, a []Value) Value) {
	b := function(name, sig, fn)
	b.python = true
	m.dict[name] = b
}

// modules are made once, when they are first imported anywhere.
var modules = map[string]*Module{}

// prelude names the modules that are there without an import, as at the prompt
// of a calculator; an assignment of the program hides them.
var prelude = map[string]string{"np": "numpy", "math": "math", "struct": "struct", "sys": "sys", "samples": "samples"}

func newModule(name string) *Module {
	m := &Module{name: name, dict: map[string]Value{}}
	modules[name] = m
	return m
}

func (in *Interp) module(name string) *Module {
	m, ok := modules[name]
	if !ok {
		throw(excModuleNotFoundError, "No module named '%s'", name)
	}
	return m
}

func (in *Interp) submodule(m *Module, name, path string) *Module {
	if v, ok := m.attr(in, name); ok {
		if sub, ok := v.(*Module); ok {
			return sub
		}
	}
	if !m.isPackage() {
		throw(excModuleNotFoundError, "No module named '%s'; '%s' is not a package", path, m.name)
	}
	throw(excModuleNotFoundError, "No module named '%s'", path)
	return nil
}

func (m *Module) isPackage() bool {
	return strings.HasPrefix(m.name, "numpy")
}

var _ = later(func() {
	sys := newModule("sys")
	sys.dict["maxsize"] = Int(math.MaxInt64)
	sys.dict["byteorder"] = Str(nativeOrderName())
	sys.dict["version_info"] = newTuple(Int(3), Int(11), Int(7), Str("final"), Int(0))
	sys.dict["maxunicode"] = Int(0x10ffff)
	sys.def("getsizeof", "object, default=?", func(in *Interp, a []Value) Value { return Int(in.sizeOf(a[0])) })
	sys.def("getrecursionlimit", "", func(in *Interp, a []Value) Value { return Int(in.limits.MaxDepth) })
	sys.def("exit", "status=?, /", func(in *Interp, a []Value) Value {
		if a[0] == nil {
			panic(&Exception{typ: excSystemExit})
		}
		panic(&Exception{typ: excSystemExit, args: []Value{a[0]}})
	})
	sys.def("intern", "string, /", func(in *Interp, a []Value) Value { return a[0] })

	osm := newModule("os")
	path := newModule("os.path")
	osm.dict["path"] = path
	osm.dict["sep"] = Str(string(filepath.Separator))
	osm.dict["name"] = Str("posix")
	pathText := func(v Value) string {
		s, ok := v.(Str)
		if !ok {
			throw(excTypeError, "expected str, bytes or os.PathLike object, not %s", v.Type().tpName())
		}
		return string(s)
	}
	path.dict["sep"] = osm.dict["sep"]
	path.python("join", "a, *p", func(in *Interp, a []Value) Value {
		s := pathText(a[0])
		for _, v := range a[1].(*Tuple).items {
			p := pathText(v)
			switch {
			case strings.HasPrefix(p, "/"):
				s = p
			case s == "" || strings.HasSuffix(s, "/"):
				s += p
			default:
				s += "/" + p
			}
		}
		return Str(s)
	})
	path.python("abspath", "path", func(in *Interp, a []Value) Value {
		s, err := filepath.Abs(pathText(a[0]))
		if err != nil {
			throw(excOSError, "%s", err.Error())
		}
		return Str(s)
	})
	path.python("basename", "p", func(in *Interp, a []Value) Value {
		s := pathText(a[0])
		return Str(s[strings.LastIndexByte(s, '/')+1:])
	})
	path.python("dirname", "p", func(in *Interp, a []Value) Value {
		s := pathText(a[0])
		head := s[:strings.LastIndexByte(s, '/')+1]
		if trimmed := strings.TrimRight(head, "/"); trimmed != "" {
			head = trimmed
		}
		return Str(head)
	})
	path.python("splitext", "p", func(in *Interp, a []Value) Value {
		s := pathText(a[0])
		base := s[strings.LastIndexByte(s, '/')+1:]
		dot := strings.LastIndexByte(base, '.')
		if dot <= 0 || strings.Trim(base[:dot], ".") == "" {
			return newTuple(Str(s), Str(""))
		}
		cut := len(s) - len(base) + dot
		return newTuple(Str(s[:cut]), Str(s[cut:]))
	})
	path.python("exists", "path", func(in *Interp, a []Value) Value {
		in.needFiles()
		_, err := os.Stat(pathText(a[0]))
		return Bool(err == nil)
	})
	path.python("getsize", "filename", func(in *Interp, a []Value) Value {
		in.needFiles()
		name := pathText(a[0])
		info, err := os.Stat(name)
		if err != nil {
			panic(fileException(err, name))
		}
		return Int(info.Size())
	})

	tmp := newModule("tempfile")
	tmp.python("mkdtemp", "suffix=None, prefix=None, dir=None", func(in *Interp, a []Value) Value {
		in.needFiles()
		text := func(v Value, def string) string {
			if v == Value(None) {
				return def
			}
			return pathText(v)
		}
		name, err := os.MkdirTemp(text(a[2], ""), text(a[1], "tmp")+"*"+text(a[0], ""))
		if err != nil {
			throw(excOSError, "%s", err.Error())
		}
		return Str(name)
	})
	tmp.python("gettempdir", "", func(in *Interp, a []Value) Value { return Str(os.TempDir()) })
})

// needFiles refuses access to files when the limits say so.
func (in *Interp) needFiles() {
	if in.limits.NoFiles {
		throw(excPermissionError, "file access is off (--no-files)")
	}
}

// fileException gives an error of the file system Python's class and words.
func fileException(err error, name string) *Exception {
	switch {
	case os.IsNotExist(err):
		return &Exception{typ: excFileNotFoundError, args: []Value{Int(2), Str("No such file or directory"), Str(name)}}
	case os.IsPermission(err):
		return &Exception{typ: excPermissionError, args: []Value{Int(13), Str("Permission denied"), Str(name)}}
	case errors.Is(err, syscall.EISDIR):
		return &Exception{typ: excIsADirectoryError, args: []Value{Int(21), Str("Is a directory"), Str(name)}}
	case os.IsExist(err):
		return &Exception{typ: excFileExistsError, args: []Value{Int(17), Str("File exists"), Str(name)}}
	}
	return &Exception{typ: excOSError, args: []Value{Str(err.Error())}}
}

// sizeOf answers sys.getsizeof with the sizes of 64-bit CPython 3.11.
func (in *Interp) sizeOf(v Value) int {
	switch x := v.(type) {
	case sizer:
		return x.sizeOf(in)
	case NoneType, EllipsisType, NotImplementedType:
		return 16
	case Bool:
		if !x {
			return 24
		}
		return 28
	case Int, *BigInt:
		return 24 + 4*max((bigOf(x).BitLen()+29)/30, 1)
	case Float:
		return 24
	case Complex:
		return 32
	case Str:
		n, widest := 0, rune(0)
		for _, r := range runesOf(string(x)) {
			n++
			widest = max(widest, r)
		}
		switch {
		case widest < 128:
			return 49 + n
		case widest < 256:
			return 73 + n
		case widest < 0x10000:
			return 74 + 2*n
		}
		return 76 + 4*n
	case Bytes:
		return 33 + len(x)
	case *Bytearray:
		if len(x.b) == 0 {
			return 56
		}
		return 57 + len(x.b)
	case *List:
		return 56 + 8*len(x.items)
	case *Tuple:
		return 40 + 8*len(x.items)
	case *Dict:
		if x.n == 0 {
			return 64
		}
		size := 8
		for size*2/3 < x.n {
			size *= 2
		}
		return 88 + size + 24*(size*2/3)
	case *Set:
		return 216
	case *Range:
		return 48
	case *Slice:
		return 56
	case *Type:
		return 1072
	case *Function:
		return 160
	}
	return 56
}
