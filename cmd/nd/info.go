package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

type infoCmd struct {
	Files []string `arg:"" name:"file" help:"Files: x.npy, x.npz, raw.bin@<f4:(3,4)."`
	JSON  bool     `name:"json" help:"Print one JSON object a file."`
}

// fileInfo is what nd info tells of one array.
type fileInfo struct {
	File    string      `json:"file"`
	Member  string      `json:"member,omitempty"`
	DType   string      `json:"dtype"`
	Descr   string      `json:"descr"`
	Shape   []int       `json:"shape"`
	Strides []int       `json:"strides"`
	Order   string      `json:"order"`
	Offset  int64       `json:"offset"`
	Items   int         `json:"items"`
	Bytes   int         `json:"bytes"`
	Fields  []fieldInfo `json:"fields,omitempty"`
}

type fieldInfo struct {
	Name   string `json:"name"`
	DType  string `json:"dtype"`
	Offset int    `json:"offset"`
}

func (c *infoCmd) Run(std *stream) error {
	n := 0
	var failed error // of files that do not hinder the others
	for _, arg := range c.Files {
		infos, err := parseSource(arg).infos()
		failed = errors.Join(failed, err)
		for j := range infos {
			if c.JSON {
				enc := json.NewEncoder(std.out)
				enc.SetEscapeHTML(false)
				if err := enc.Encode(&infos[j]); err != nil {
					return err
				}
				continue
			}
			if n++; n > 1 {
				fmt.Fprintln(std.out)
			}
			infos[j].print(std)
		}
	}
	return failed
}

// infos describes the arrays of a source: one, or the members of an archive. The error is
// that of the members that are none.
func (s source) infos() ([]fileInfo, error) {
	if !s.isArchive() {
		a, err := s.open(false)
		if err != nil {
			return nil, err
		}
		defer memmap.Close(a)
		return []fileInfo{describe(s.path, "", a)}, nil
	}
	z, err := npy.OpenZ(s.path)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var out []fileInfo
	for _, name := range z.Names() {
		h, herr := z.Header(name)
		if herr != nil {
			err = errors.Join(err, herr)
			continue
		}
		out = append(out, describeHeader(s.path, name, &h))
	}
	return out, err
}

func describe(path, member string, a *nd.Array) fileInfo {
	f := fileInfo{
		File: path, Member: member, DType: a.DType().String(), Descr: a.DType().Descr(),
		Shape: a.Shape(), Strides: a.Strides(), Order: orderText(a.Flags()),
		Items: a.Size(), Bytes: a.NBytes(),
	}
	if m, ok := memmap.Info(a); ok {
		f.Offset = m.Offset
	}
	f.fields(a.DType())
	return f
}

// orderText names the memory order in words.
func orderText(fl nd.Flags) string {
	switch {
	case fl.Has(nd.CContiguous | nd.FContiguous):
		return "C and F"
	case fl.Has(nd.CContiguous):
		return "C"
	case fl.Has(nd.FContiguous):
		return "F"
	}
	return "none"
}

func (f *fileInfo) print(std *stream) {
	name := f.File
	if f.Member != "" {
		name += "[" + f.Member + "]"
	}
	out := bufio.NewWriter(std.out)
	defer out.Flush()
	row := func(label, format string, args ...any) {
		fmt.Fprintf(out, "  %-8s %s\n", label, fmt.Sprintf(format, args...))
	}
	fmt.Fprintln(out, name)
	row("dtype", "%s", f.DType)
	row("shape", "%s", tuple(f.Shape))
	row("strides", "%s bytes", tuple(f.Strides))
	row("order", "%s", f.Order)
	row("offset", "%d", f.Offset)
	if f.Bytes >= 1024 {
		row("bytes", "%d (%s)", f.Bytes, buffer.Human(f.Bytes))
	} else {
		row("bytes", "%d", f.Bytes)
	}
	for i, field := range f.Fields {
		label := ""
		if i == 0 {
			label = "fields"
		}
		row(label, "%-16s %-10s at byte %d", field.Name, field.DType, field.Offset)
	}
}

// tuple prints a shape as Python does.
func tuple(v []int) string {
	if len(v) == 1 {
		return fmt.Sprintf("(%d,)", v[0])
	}
	parts := make([]string, len(v))
	for i, n := range v {
		parts[i] = fmt.Sprint(n)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// describeHeader describes an archive's member by its header alone.
func describeHeader(path, member string, h *npy.Header) fileInfo {
	strides, fl := layoutOf(h)
	f := fileInfo{
		File: path, Member: member, DType: h.DType.String(), Descr: h.DType.Descr(), Shape: h.Shape,
		Strides: strides, Order: orderText(fl), Offset: int64(h.DataOffset), Items: layout.Size(h.Shape), Bytes: h.NBytes(),
	}
	f.fields(h.DType)
	return f
}

// layoutOf returns the strides that a header means, and which contiguity flags
// they have.
func layoutOf(h *npy.Header) (strides []int, fl nd.Flags) {
	item := h.DType.ItemSize()
	strides = layout.CStrides(h.Shape, item)
	if h.Fortran {
		strides = layout.FStrides(h.Shape, item)
	}
	if layout.IsC(h.Shape, strides, item) {
		fl |= nd.CContiguous
	}
	if layout.IsF(h.Shape, strides, item) {
		fl |= nd.FContiguous
	}
	return strides, fl
}

// fields lists the fields of a record dtype.
func (f *fileInfo) fields(dt dtype.DType) {
	for _, field := range dt.Fields() {
		f.Fields = append(f.Fields, fieldInfo{field.Name, field.DType.String(), field.Offset})
	}
}
