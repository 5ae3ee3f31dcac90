// Package npy reads and writes NumPy's files: .npy, one array, and .npz, a zip
// archive of them.
//
// An npy file:
//
//	magic    6 bytes   \x93NUMPY
//	version  2 bytes   1.0, 2.0 or 3.0
//	length   2 bytes little-endian in version 1, else 4: of the header
//	header   a Python dict literal with the keys descr, fortran_order, shape,
//	         padded with spaces to a multiple of 64 bytes from the file's start,
//	         ending in a newline; Latin-1, in version 3 UTF-8
//	data     the items, in C order or, with fortran_order, in Fortran order
//
// Version 2 is written when the header exceeds 65535 bytes, version 3 when field
// names are not Latin-1. What this package writes is what NumPy 2.4 writes, byte
// for byte.
//
// Load and Read copy into memory; Open and Create map the file, so the array's
// bytes are the file's until memmap.Close ends the map. Save replaces a file as a
// whole: if anything fails the old one stays. Arrays of Python objects (pickles)
// are refused.
package npy

import (
	"io"
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/openfile"
	"github.com/stride-go/nd/internal/savefile"
)

// settings are the options of one call, gathered.
type settings struct {
	maxHeader int
	mode      string
	reserve   int
}

// Option changes how a file is read.
type Option func(*settings)

// DefaultMaxHeader is the number of characters that a header may have, as in
// NumPy: reading larger ones takes time and memory that a stranger's file should
// not have.
const DefaultMaxHeader = 10000

// MaxHeader allows headers of up to n characters, for files that are trusted.
func MaxHeader(n int) Option { return func(s *settings) { s.maxHeader = n } }

// Mode sets how Open maps: "r" (the default), "r+" or "c".
func Mode(mode string) Option { return func(s *settings) { s.mode = mode } }

// Reserve sets how long, in bytes, the data of Open or an Appender may become
// without moving in memory. It takes address space, not memory.
func Reserve(n int) Option { return func(s *settings) { s.reserve = n } }

func gather(opts []Option) settings {
	s := settings{maxHeader: DefaultMaxHeader, mode: "r"}
	for _, o := range opts {
		o(&s)
	}
	return s
}

// Save writes a to an npy file at path, as it is: the name is not completed with
// .npy. The order is Fortran if a is Fortran- and not C-contiguous, else C.
// Errors: ErrValue for a structure whose fields overlap or are out of order,
// which the format cannot describe; *fs.PathError from the system. On any error
// the old file stays.
func Save(path string, a *nd.Array) error {
	return savefile.Write(path, func(w io.Writer) error { return Write(w, a) })
}

// Load reads the npy file at path into memory. The array is writeable.
// Errors: *Error for a file that is not well-formed or too short, ErrMemory,
// *fs.PathError.
func Load(path string, opts ...Option) (*nd.Array, error) {
	f, err := openfile.Open(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	a, err := Read(f, opts...)
	return a, inFile(err, path)
}

// Open maps the npy file at path: nothing but the header is read until it is
// touched. In mode "r" the array is read-only; in "r+" writes reach the file; in
// "c" they stay private. A file shorter than its header says is an error in
// every mode. See memmap for Flush, Close and what a fault means.
func Open(path string, opts ...Option) (*nd.Array, error) {
	s := gather(opts)
	mode, err := buffer.ParseMapMode(s.mode)
	if err != nil {
		return nil, err
	}
	flag := os.O_RDONLY
	switch mode {
	case buffer.MapUpdate:
		flag = os.O_RDWR
	case buffer.MapCreate:
		return nil, &nd.Error{Op: "npy.Open", Err: nd.ErrValue, Msg: "mode w+ makes a file: use Create, which asks for its dtype and shape"}
	}
	f, err := openfile.Open(path, flag)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	a, err := mapFile(f, mode, s.reserve, opts)
	return a, inFile(err, path)
}

func mapFile(f *os.File, mode buffer.MapMode, reserve int, opts []Option) (*nd.Array, error) {
	h, err := ReadHeader(f, opts...)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if need := int64(h.DataOffset) + int64(h.NBytes()); need > st.Size() || need < 0 {
		return nil, &Error{Offset: int64(h.DataOffset), Need: need, Have: st.Size(), Err: bad("mmap length is greater than file size")}
	}
	buf, err := buffer.MapWith(f, h.NBytes(), buffer.MapOptions{Offset: int64(h.DataOffset), Mode: mode, Reserve: reserve})
	if err != nil {
		return nil, err
	}
	return h.over(buf)
}
