package calc

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/openfile"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

// Functions that read, write and map files.
var _ = later(func() {
	npFunc("save", "file, arr, allow_pickle=True", func(in *Interp, a []Value) Value {
		if f, ok := a[0].(*fileValue); ok {
			return f.save(in.counted(a[1]))
		}
		name := in.fileName(a[0])
		if !strings.HasSuffix(name, ".npy") {
			name += ".npy"
		}
		in.checkFile(npy.Save(name, in.counted(a[1])), name)
		return None
	})
	for name, save := range map[string]func(string, ...npy.Member) error{"savez": npy.SaveZ, "savez_compressed": npy.SaveZCompressed} {
		npFunc(name, "file, *args, allow_pickle=True, **kwds", func(in *Interp, a []Value) Value {
			file := in.fileName(a[0])
			if !strings.HasSuffix(file, ".npz") {
				file += ".npz"
			}
			var members []npy.Member
			named := map[string]bool{}
			for _, k := range keywordsOf(a[3].(*Dict)) {
				named[k.Name] = true
				members = append(members, npy.Member{Name: k.Name, Array: in.counted(k.Value)})
			}
			args := in.arrays(a[1])
			in.work(args...)
			for i, m := range npy.Positional(args...) {
				if named[m.Name] {
					throw(excValueError, "Cannot use un-named variables and keyword arr_%d", i)
				}
				members = append(members, m)
			}
			in.checkFile(save(file, members...), file)
			return None
		})
	}
	npFunc("load", "file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size=10000", func(in *Interp, a []Value) Value {
		if f, ok := a[0].(*fileValue); ok {
			return f.load(in)
		}
		return in.loadFile(in.fileName(a[0]), a[1], in.toInt(a[5]))
	})
	npC("fromfile", "file, dtype=None, count=-1, sep='', offset=0, *, like=None", func(in *Interp, a []Value) Value {
		if f, ok := a[0].(*fileValue); ok {
			if sep := strArg(a[3], "sep must be str"); sep != "" {
				return in.fromText(f.content(in, -1), in.toDType(a[1]), in.toInt(a[2]), a[3])
			}
			return f.fromFile(in, in.toDType(a[1]), in.toInt(a[2]), in.toInt(a[4]))
		}
		name, dt, count := in.fileName(a[0]), in.toDType(a[1]), in.toInt(a[2])
		if sep := strArg(a[3], "sep must be str"); sep != "" {
			text, err := in.readFile(name)
			in.checkFile(err, name)
			return in.fromText(string(text), dt, count, a[3])
		}
		count = in.chargeFile(name, count, dt.ItemSize())
		x, err := nd.FromFile(name, dt, count, int64(in.toInt(a[4])))
		in.checkFile(err, name)
		in.charge(x.NBytes())
		return in.fromArray(x)
	})
	typeMemmap.construct("filename, dtype=?, mode='r+', offset=0, shape=None, order='C'", func(in *Interp, a []Value) Value {
		return in.memmap(a)
	})
	numpy.dict["memmap"] = typeMemmap
	typeMemmap.def("copy", "self, order='C'", func(in *Interp, a []Value) Value {
		x := a[0].(*Ndarray).a
		in.chargeCopy(x)
		return &Ndarray{a: x.Copy(in.toOrder(a[1], nd.C)), as: typeMemmap}
	})
	format := npSub("lib.format")
	npSub("lib").dict["format"] = format
	format.python("open_memmap", "filename, mode='r+', dtype=None, shape=None, fortran_order=False, version=None, *, max_header_size=10000", func(in *Interp, a []Value) Value {
		return in.openMemmap(a)
	})
	npSub("lib.npyio").dict["NpzFile"] = typeNpz
})

var excBadZipFile = moduleExc("zipfile", "BadZipFile", excException)

// fileName reads a file argument; without leave to touch files it refuses.
func (in *Interp) fileName(v Value) string {
	in.needFiles()
	s, ok := v.(Str)
	if !ok {
		throw(excTypeError, "expected str, bytes or os.PathLike object, not %s", v.Type().tpName())
	}
	return string(s)
}

// checkFile raises what went wrong with a file.
func (in *Interp) checkFile(err error, name string) {
	if err == nil {
		return
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		panic(fileException(err, name))
	}
	panic(err)
}

// chargeFile counts what reading a file will allocate.
func (in *Interp) chargeFile(name string, count, item int) int {
	st, err := os.Stat(name)
	if err != nil {
		return count
	}
	item = max(1, item)
	if !st.Mode().IsRegular() {
		// Nobody knows how much a device gives: one item more than may be held.
		if most := int(in.limits.MaxBytes/int64(item)) + 1; count < 0 || count > most {
			return most
		}
		return count
	}
	n := st.Size()
	if count >= 0 {
		n = min(n, int64(count)*int64(item))
	}
	in.charge(int(n))
	in.used -= n // it is counted when it has been read
	return count
}

// readFile is the text of a file, if it may be held.
func (in *Interp) readFile(name string) (string, error) {
	f, err := openfile.Open(name, os.O_RDONLY)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	for chunk := make([]byte, 64<<10); ; {
		n, err := f.Read(chunk)
		in.charge(n)
		b.Write(chunk[:n])
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
	}
}

var mapModes = map[Str]memmap.Mode{
	"r": "r", "c": "c", "r+": "r+", "w+": "w+", "readonly": "r", "copyonwrite": "c", "readwrite": "r+", "write": "w+",
}

func (in *Interp) mapMode(v Value) memmap.Mode {
	s, _ := v.(Str)
	m, ok := mapModes[s]
	if !ok {
		throw(excValueError, "mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got %s)", in.Repr(v))
	}
	return m
}

// loadFile is np.load: what the file is says its first bytes.
func (in *Interp) loadFile(name string, mode Value, header int) Value {
	f, err := openfile.Open(name, os.O_RDONLY)
	in.checkFile(err, name)
	magic := make([]byte, 6)
	n, err := f.Read(magic)
	_ = f.Close() // it was only read
	if n == 0 {
		if err != nil && !errors.Is(err, fs.ErrClosed) && n == 0 {
			throw(excEOFError, "No data left in file")
		}
	}
	switch magic = magic[:n]; {
	case bytes.HasPrefix(magic, []byte("PK\x03\x04")) || bytes.HasPrefix(magic, []byte("PK\x05\x06")):
		z, err := npy.OpenZ(name, npy.MaxHeader(header))
		if errors.Is(err, nd.ErrFormat) {
			throw(excBadZipFile, "File is not a zip file")
		}
		in.checkFile(err, name)
		return &npzFile{z: z, name: name}
	case !bytes.HasPrefix(magic, []byte("\x93NUMPY")):
		throw(excValueError, "This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`.")
	}
	if given(mode) {
		x, err := npy.Open(name, npy.Mode(string(in.mapMode(mode))), npy.MaxHeader(header))
		in.checkFile(err, name)
		return in.fromArray(x)
	}
	in.chargeFile(name, -1, 1)
	x, err := npy.Load(name, npy.MaxHeader(header))
	in.checkFile(err, name)
	return in.fromArray(x)
}

// memmap is the constructor np.memmap.
func (in *Interp) memmap(a []Value) Value {
	f, isFile := a[0].(*fileValue)
	name := ""
	if isFile {
		name = f.file().Name()
	} else {
		name = in.fileName(a[0])
	}
	o := memmap.Options{Mode: in.mapMode(a[2]), DType: dtype.Uint8, Offset: int64(in.toInt(a[3])), Order: in.toOrder(a[5], nd.C)}
	if given(a[1]) {
		o.DType = in.toDType(a[1])
	}
	if given(a[4]) {
		o.Shape = in.toShape(a[4])
	} else if o.Mode == "w+" {
		throw(excValueError, "shape must be given if mode == 'w+'")
	}
	var x *nd.Array
	var err error
	if isFile {
		x, err = memmap.OpenFile(f.f, o)
		if errors.Is(err, fs.ErrPermission) {
			panic(&Exception{typ: excPermissionError, args: []Value{Int(13), Str("Permission denied")}})
		}
		f.seek(0, 2) // where NumPy leaves it, which asks for the length so
	} else {
		x, err = memmap.OpenWith(name, o)
	}
	in.checkFile(err, name)
	return in.mapped(x, name, o.Offset, o.Mode)
}

func (in *Interp) mapped(x *nd.Array, name string, offset int64, mode memmap.Mode) Value {
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	return &Ndarray{a: x, file: &fileInfo{name: name, mode: string(mode), offset: offset}}
}

// openMemmap is np.lib.format.open_memmap.
func (in *Interp) openMemmap(a []Value) Value {
	name, mode := in.fileName(a[0]), in.mapMode(a[1])
	var x *nd.Array
	var err error
	if mode == "w+" {
		if !given(a[3]) {
			throw(excTypeError, "'NoneType' object is not iterable")
		}
		switch a[2] {
		case Value(Str("O")), Value(Str("object")), Value(typeObject):
			throw(excValueError, "Array can't be memory-mapped: Python objects in dtype.")
		}
		order := nd.C
		if in.truth(a[4]) {
			order = nd.F
		}
		x, err = npy.Create(name, in.toDType(a[2]), order, in.toShape(a[3])...)
	} else {
		x, err = npy.Open(name, npy.Mode(string(mode)), npy.MaxHeader(in.toInt(a[6])))
	}
	in.checkFile(err, name)
	offset := int64(0)
	if info, ok := memmap.Info(x); ok {
		offset = info.Offset
	}
	offset += int64(x.Offset())
	return in.mapped(x, name, offset, mode)
}
