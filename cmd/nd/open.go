package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/pyliteral"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

// A file on the command line is written
//
//	x.npy                  an array file
//	x.npz                  an archive of arrays
//	raw.bin@<f4            raw items of a dtype, as many as there are
//	raw.bin@<f4:(3,4)      raw items with a shape
//	raw.bin@<f4:(3,4)+16   the same, from byte 16 on
type source struct {
	path, format string // format is what follows the last @, if anything
}

// parseSource splits a file argument. A name that exists as it stands is a name,
// with @ or not.
func parseSource(arg string) source {
	if _, err := os.Stat(arg); err == nil {
		return source{path: arg}
	}
	if i := strings.LastIndex(arg, "@"); i > 0 {
		return source{path: arg[:i], format: arg[i+1:]}
	}
	return source{path: arg}
}

// isArchive tells whether the source is an .npz file.
func (s source) isArchive() bool { return s.format == "" && strings.HasSuffix(s.path, ".npz") }

// open maps the source's array, read-only or (write) for reading and writing.
func (s source) open(write bool) (*nd.Array, error) {
	if write {
		return s.openMode("r+")
	}
	return s.openMode("r")
}

// openMode maps the source's array in one of NumPy's modes r, r+ and c.
func (s source) openMode(mode string) (*nd.Array, error) {
	if s.format != "" {
		return s.openRaw(mode)
	}
	if !strings.HasSuffix(s.path, ".npy") {
		if _, err := os.Stat(s.path); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: neither .npy nor .npz; a raw file needs its dtype, as in %s@<f4", s.path, s.path)
	}
	return npy.Open(s.path, npy.Mode(mode))
}

// openRaw maps a raw file by the dtype, shape and offset that follow the @.
func (s source) openRaw(mode string) (*nd.Array, error) {
	o := memmap.Options{Mode: memmap.Mode(mode)}
	text := s.format
	if i := strings.LastIndex(text, "+"); i > 0 && !strings.ContainsAny(text[i:], ")]}") {
		var err error
		if o.Offset, err = strconv.ParseInt(text[i+1:], 10, 64); err != nil {
			return nil, fmt.Errorf("%s: %q is no offset", s.path, text[i+1:])
		}
		text = text[:i]
	}
	// The last colon stands before the shape, unless it belongs to a dict.
	if i := strings.LastIndex(text, ":"); i > 0 && !strings.ContainsAny(text[i:], "}]'\"") {
		shape, err := parseShape(text[i+1:])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.path, err)
		}
		o.Shape, text = shape, text[:i]
	}
	dt, err := dtype.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.path, err)
	}
	o.DType = dt
	return memmap.OpenWith(s.path, o)
}

// parseShape reads "(3, 4)", "(3,)", "()" or "3".
func parseShape(text string) ([]int, error) {
	v, err := pyliteral.Parse(text)
	if err == nil {
		switch x := v.(type) {
		case int64:
			return []int{int(x)}, nil
		case pyliteral.Tuple:
			shape := make([]int, len(x))
			for i, item := range x {
				n, ok := item.(int64)
				if !ok {
					return nil, fmt.Errorf("%q is no shape", text)
				}
				shape[i] = int(n)
			}
			return shape, nil
		}
	}
	return nil, fmt.Errorf("%q is no shape", text)
}
