package calc

import (
	"errors"
	"io"
	"io/fs"
	"math/bits"
	"os"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/npy"
)

// fileValue is what open returns: a file of bytes, or of UTF-8 text, whose lines end
// in \n, \r\n or \r and are read as if in \n. It does not buffer, so its position is
// the system's.
type fileValue struct {
	f      *os.File
	name   Value
	mode   string
	text   bool
	read   bool
	write  bool
	closed bool
}

var (
	typeReader = newModuleType("_io", "BufferedReader", typeObject)
	typeWriter = newModuleType("_io", "BufferedWriter", typeReader)
	typeRandom = newModuleType("_io", "BufferedRandom", typeReader)
	typeTextIO = newModuleType("_io", "TextIOWrapper", typeReader)
)

func (x *fileValue) Type() *Type {
	switch {
	case x.text:
		return typeTextIO
	case x.read && x.write:
		return typeRandom
	case x.write:
		return typeWriter
	}
	return typeReader
}

func (x *fileValue) repr(in *Interp) string {
	if x.text {
		return "<_io.TextIOWrapper name=" + in.Repr(x.name) + " mode='" + x.mode + "' encoding='UTF-8'>"
	}
	return "<" + x.Type().tpName() + " name=" + in.Repr(x.name) + ">"
}

// file is the open file; it refuses one that was closed.
func (x *fileValue) file() *os.File {
	if x.closed {
		throw(excValueError, "I/O operation on closed file.")
	}
	return x.f
}

// reader and writer refuse what the mode does not allow.
func (x *fileValue) reader() *os.File { return x.allowed(x.read, "read", "not readable") }
func (x *fileValue) writer() *os.File { return x.allowed(x.write, "write", "not writable") }

func (x *fileValue) allowed(may bool, ofBytes, ofText string) *os.File {
	x.file()
	switch {
	case !may && x.text:
		throw(excUnsupportedOperation, "%s", ofText)
	case !may:
		throw(excUnsupportedOperation, "%s", ofBytes)
	}
	return x.f
}

// openFile is the built-in open.
func (in *Interp) openFile(name, modeArg, encoding, errors, newline Value) Value {
	in.needFiles()
	path, mode := in.fileName(name), strArg(modeArg, "open() argument 'mode' must be str, not %s")
	x := &fileValue{name: name, mode: mode, text: !strings.Contains(mode, "b")}
	flag, kinds := 0, 0
	for _, c := range mode {
		switch c {
		case 'r':
			x.read, kinds = true, kinds+1
		case 'w':
			x.write, flag, kinds = true, flag|os.O_CREATE|os.O_TRUNC, kinds+1
		case 'a':
			x.write, flag, kinds = true, flag|os.O_CREATE|os.O_APPEND, kinds+1
		case 'x':
			x.write, flag, kinds = true, flag|os.O_CREATE|os.O_EXCL, kinds+1
		case '+', 'b', 't':
		default:
			throw(excValueError, "invalid mode: '%s'", mode)
		}
	}
	if kinds != 1 {
		throw(excValueError, "must have exactly one of create/read/write/append mode")
	}
	for _, o := range []struct {
		name string
		v    Value
	}{{"an encoding", encoding}, {"an errors", errors}, {"a newline", newline}} {
		if given(o.v) && !x.text {
			throw(excValueError, "binary mode doesn't take %s argument", o.name)
		}
	}
	if given(encoding) && codecName(encoding) != "utf-8" || given(errors) && errors != Value(Str("strict")) || given(newline) {
		throw(excNotImplementedError, "open: text is strict UTF-8 with any line ends here")
	}
	if strings.Contains(mode, "+") {
		x.read, x.write = true, true
	}
	switch {
	case x.read && x.write:
		flag |= os.O_RDWR
	case x.write:
		flag |= os.O_WRONLY
	}
	if st, err := os.Stat(path); err == nil && st.Mode()&(fs.ModeNamedPipe|fs.ModeSocket) != 0 {
		throw(excUnsupportedOperation, "File or stream is not seekable.") // and opening it may wait for ever
	}
	f, err := os.OpenFile(path, flag, 0o666)
	if err == nil {
		if st, e := f.Stat(); e == nil && st.IsDir() {
			f.Close()
			panic(&Exception{typ: excIsADirectoryError, args: []Value{Int(21), Str("Is a directory"), Str(path)}})
		}
	}
	if err != nil {
		panic(fileException(err, path))
	}
	x.f = f
	return x
}

// content reads n bytes from the position on, or all that follow.
func (x *fileValue) content(in *Interp, n int) string {
	var b strings.Builder
	f := x.reader()
	for chunk := make([]byte, 64<<10); n != 0; {
		if n > 0 && n < len(chunk) {
			chunk = chunk[:n]
		}
		k, err := f.Read(chunk)
		in.charge(k)
		b.Write(chunk[:k])
		if n > 0 {
			n -= k
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			panic(fileException(err, f.Name()))
		}
	}
	return b.String()
}

// next reads one byte, of text one character, a line's end as \n; none at the end.
func (x *fileValue) next(in *Interp) string {
	f, b := x.reader(), make([]byte, 0, 4)
	more := func() bool {
		k, err := f.Read(b[len(b) : len(b)+1])
		if err != nil && err != io.EOF {
			panic(fileException(err, f.Name()))
		}
		b = b[:len(b)+k]
		return k == 1
	}
	in.step()
	in.charge(1)
	if !more() || !x.text {
		return string(b)
	}
	if b[0] == '\r' {
		if more() && b[1] != '\n' {
			x.seek(-1, 1)
		}
		return "\n"
	}
	for n := min(4, bits.LeadingZeros8(^b[0])); len(b) < n && more(); {
	}
	return string(b)
}

// upTo reads n characters, or bytes, or all that follow; of one line only, if line.
func (x *fileValue) upTo(in *Interp, n int, line bool) Value {
	var s string
	switch {
	case n >= 0 && x.text || line:
		var b strings.Builder
		for ; n != 0; n-- {
			c := x.next(in)
			b.WriteString(c)
			if c == "" || line && c == "\n" {
				break
			}
		}
		s = b.String()
	case x.text:
		s = lineEnds.Replace(x.content(in, n))
	default:
		s = x.content(in, n)
	}
	if x.text {
		return Str(in.decode(s, Str("utf-8"), nil))
	}
	return Bytes(s)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func (x *fileValue) iterate(*Interp) Iterator {
	return &funcIterator{typ: x.Type(), next: func(in *Interp) (Value, bool) {
		in.step()
		s := x.upTo(in, -1, true)
		return s, in.truth(s)
	}}
}

// fromFile is np.fromfile of an open file: from its position on.
func (x *fileValue) fromFile(in *Interp, dt dtype.DType, count, offset int) Value {
	if dt.ItemSize() == 0 {
		throw(excValueError, "itemsize cannot be zero in type")
	}
	if offset != 0 {
		x.seek(int64(offset), 1)
	}
	n := -1
	if count >= 0 {
		n = int(min(float64(count)*float64(dt.ItemSize()), 1<<62))
	}
	b := []byte(x.content(in, n))
	a, err := nd.FromBuffer(buffer.FromSlice(b), dt, len(b)/dt.ItemSize(), 0)
	if err != nil {
		panic(err)
	}
	return in.fromArray(a.Copy())
}

func (x *fileValue) seek(offset int64, whence int) int64 {
	at, err := x.file().Seek(offset, whence)
	if err != nil {
		panic(fileException(err, x.f.Name()))
	}
	return at
}

// put writes bytes at the position.
func (x *fileValue) put(b []byte) {
	if _, err := x.writer().Write(b); err != nil {
		panic(fileException(err, x.f.Name()))
	}
}

// save and load are np.save and np.load of an open file.
func (x *fileValue) save(a *nd.Array) Value {
	if err := npy.Write(x.writer(), a); err != nil {
		panic(fileException(err, x.f.Name()))
	}
	return None
}

func (x *fileValue) load(in *Interp) Value {
	a, err := npy.Read(io.LimitReader(x.reader(), in.limits.MaxBytes))
	if err != nil {
		in.checkFile(err, x.f.Name())
	}
	in.charge(a.NBytes())
	return in.fromArray(a)
}

var excUnsupportedOperation = moduleExc("io", "UnsupportedOperation", excOSError, excValueError)

var _ = later(func() {
	define("open", "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None", func(in *Interp, a []Value) Value {
		return in.openFile(a[0], a[1], a[3], a[4], a[5])
	})
	t := typeReader
	self := func(a []Value) *fileValue { return a[0].(*fileValue) }
	t.get("name", func(in *Interp, v Value) Value { return v.(*fileValue).name })
	t.get("mode", func(in *Interp, v Value) Value {
		m := v.(*fileValue).mode
		if strings.ContainsAny(m, "b") { // as the system's layer names it
			m = strings.ReplaceAll(strings.ReplaceAll(m, "+", ""), "b", "") + "b"
			if v.(*fileValue).read && v.(*fileValue).write {
				m += "+"
			}
		}
		return Str(m)
	})
	t.get("closed", func(in *Interp, v Value) Value { return Bool(v.(*fileValue).closed) })
	for name, line := range map[string]bool{"read": false, "readline": true} {
		t.def(name, "self, size=-1, /", func(in *Interp, a []Value) Value {
			n := -1
			if given(a[1]) {
				n = in.toIndex(a[1])
			}
			return self(a).upTo(in, n, line)
		})
	}
	t.def("readlines", "self, hint=-1, /", func(in *Interp, a []Value) Value { return &List{in.listOf(a[0])} })
	t.def("write", "self, b, /", func(in *Interp, a []Value) Value {
		x := self(a)
		if x.text {
			s, ok := a[1].(Str)
			if !ok {
				throw(excTypeError, "write() argument must be str, not %s", a[1].Type().tpName())
			}
			checkEncodable(string(s))
			x.put([]byte(s))
			return Int(runeCount(string(s)))
		}
		b := bytesArg(a[1], needBytes)
		x.put([]byte(b))
		return Int(len(b))
	})
	t.def("seek", "self, target, whence=0, /", func(in *Interp, a []Value) Value {
		return Int(self(a).seek(int64(in.toIndex(a[1])), in.toInt(a[2])))
	})
	t.def("tell", "self, /", func(in *Interp, a []Value) Value { return Int(self(a).seek(0, 1)) })
	t.def("flush", "self, /", func(in *Interp, a []Value) Value {
		self(a).file()
		return None
	})
	t.def("fileno", "self, /", func(in *Interp, a []Value) Value { return Int(int(self(a).file().Fd())) })
	t.def("truncate", "self, pos=None, /", func(in *Interp, a []Value) Value {
		x := self(a)
		n := int64(0)
		if given(a[1]) {
			n = int64(in.toIndex(a[1]))
		} else {
			n = x.seek(0, 1)
		}
		if err := x.writer().Truncate(n); err != nil {
			panic(fileException(err, x.f.Name()))
		}
		return Int(n)
	})
	t.def("close", "self, /", func(in *Interp, a []Value) Value {
		x := self(a)
		if !x.closed {
			x.closed = true
			if err := x.f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
				panic(fileException(err, x.f.Name()))
			}
		}
		return None
	})
	t.def("__enter__", "self, /", func(in *Interp, a []Value) Value {
		self(a).file()
		return a[0]
	})
	t.def("__exit__", "self, /, *exc", func(in *Interp, a []Value) Value { return in.call(in.getAttr(a[0], "close"), nil, nil) })

	osm := modules["os"]
	osm.python("truncate", "path, length", func(in *Interp, a []Value) Value {
		name := in.fileName(a[0])
		if err := os.Truncate(name, int64(in.toIndex(a[1]))); err != nil {
			panic(fileException(err, name))
		}
		return None
	})
	osm.python("remove", "path", func(in *Interp, a []Value) Value {
		name := in.fileName(a[0])
		if err := os.Remove(name); err != nil {
			panic(fileException(err, name))
		}
		return None
	})
})
