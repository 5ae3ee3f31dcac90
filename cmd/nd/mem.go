package main

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/openfile"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

type memCmd struct {
	Files []string `arg:"" name:"file" help:"Files: x.npy, x.npz, x.npz[member], raw.bin@<f4:(3,4)."`
	Index string   `short:"i" placeholder:"'1:3, ::2'" help:"Look at this part of each array: what the view covers and what it keeps alive."`
	Mode  string   `enum:"r,r+,c" default:"r" help:"Open as r (default), r+ or c: c makes private copies of the pages that are written."`
	JSON  bool     `name:"json" help:"Print one JSON object an array."`
}

// memory is what nd mem tells of one array. A count that the system does not tell
// is nil.
type memory struct {
	File      string   `json:"file"`
	Member    string   `json:"member,omitempty"`
	DType     string   `json:"dtype"`
	Descr     string   `json:"descr"`
	ByteOrder string   `json:"byteorder"` // little, big, none, mixed
	Native    bool     `json:"native"`
	ItemSize  int      `json:"itemsize"`
	Alignment int      `json:"alignment"`
	Shape     []int    `json:"shape"`
	Strides   []int    `json:"strides"`
	Order     string   `json:"order"`
	Flags     []string `json:"flags"`
	Items     int      `json:"items"`
	Bytes     int      `json:"bytes"`
	Place     place    `json:"place"`
	Block     block    `json:"block"`
	View      view     `json:"view"`
	Records   *records `json:"records,omitempty"`
}

// place says where in its file an array lies.
type place struct {
	Size    int64  `json:"size"`              // of the file; of the archive
	Version string `json:"version,omitempty"` // of the npy format
	Header  int64  `json:"header"`            // bytes of the npy header, magic included; 0 for a raw file
	Offset  int64  `json:"offset"`            // of the first item in the file; in the inflated member
	After   int64  `json:"after"`             // bytes behind the last item
	Packed  int64  `json:"deflated,omitempty"`
}

// block says what opening costs.
type block struct {
	Kind     string `json:"kind"` // mapped; heap for what must be inflated
	Mode     string `json:"mode,omitempty"`
	ReadOnly bool   `json:"readonly"`
	Private  bool   `json:"private"` // writes stay in this process
	Bytes    int    `json:"bytes"`
	Reads    int64  `json:"reads"`               // bytes of the file that opening reads
	Aligned  int    `json:"alignment,omitempty"` // greatest power of two, at most a page, that divides the first item's address
	PageSize int    `json:"pagesize,omitempty"`
	Pages    int    `json:"pages"`
	Cached   *int   `json:"cached"`
	Touched  *int   `json:"touched"`
	Dirty    *int   `json:"dirty"`
	Copied   *int   `json:"copied"`
}

// view says what the array, or the part of it that --index names, keeps alive.
type view struct {
	Contiguous bool `json:"contiguous"`
	Viewed     int  `json:"viewed"`
	Pinned     int  `json:"pinned"`
}

// records says how the records are laid out.
type records struct {
	Payload int           `json:"payload"` // bytes of a record that a field covers
	Padding int           `json:"padding"`
	Packed  int           `json:"packed"` // bytes of a record after Repack
	Saves   int           `json:"saves"`  // bytes, by Repack, in all
	Fields  []recordField `json:"fields"`
}

// recordField is a field, or padding where it has no dtype.
type recordField struct {
	Name   string `json:"name"`
	DType  string `json:"dtype,omitempty"`
	Offset int    `json:"offset"`
	Bytes  int    `json:"bytes"`
}

func (c *memCmd) Run(std *stream) error {
	n := 0
	var failed error // of files that do not hinder the others
	for _, arg := range c.Files {
		found, err := c.look(arg)
		for i := range found {
			if c.JSON {
				enc := json.NewEncoder(std.out)
				enc.SetEscapeHTML(false)
				if err := enc.Encode(&found[i]); err != nil {
					return err
				}
				continue
			}
			if n++; n > 1 {
				fmt.Fprintln(std.out)
			}
			found[i].print(std.out)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// look describes the arrays of one argument. The error is that of the members that are none.
func (c *memCmd) look(arg string) ([]memory, error) {
	path, member := splitMember(arg)
	s := parseSource(path)
	if s.isArchive() {
		return c.lookInArchive(s.path, member)
	}
	m := memory{File: s.path}
	if s.format == "" && strings.HasSuffix(s.path, ".npy") {
		f, err := openfile.Open(s.path, os.O_RDONLY)
		if err != nil {
			return nil, err
		}
		h, err := npy.ReadHeader(f)
		f.Close()
		var broken *npy.Error
		if errors.As(err, &broken) && broken.Path == "" {
			broken.Path = s.path
		}
		if err != nil {
			return nil, err
		}
		m.Place.ofHeader(&h)
	}
	a, err := s.openMode(c.Mode)
	if err != nil {
		return nil, err
	}
	defer memmap.Close(a)
	st, err := os.Stat(s.path)
	if err != nil {
		return nil, err
	}
	m.Place.Size = st.Size()
	if info, ok := a.Buffer().MapInfo(); ok {
		m.Place.Offset = info.Offset
	}
	m.Place.After = st.Size() - m.Place.Offset - int64(a.NBytes())
	return m.with(a, c.Index)
}

// lookInArchive describes the members of an archive, or the one called member.
func (c *memCmd) lookInArchive(path, member string) ([]memory, error) {
	z, err := npy.OpenZ(path, npy.Mode(c.Mode))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	names := z.Names()
	if member != "" {
		names = []string{member}
	}
	sizes, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer sizes.Close()
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	var out []memory
	var failed error
	for _, name := range names {
		m := memory{File: path, Member: name, Place: place{Size: st.Size()}}
		one, err := c.lookAtMember(z, m, sizes.File)
		out, failed = append(out, one...), errors.Join(failed, err)
	}
	return out, failed
}

// lookAtMember describes a member of an archive, whose name and whose file's size m has.
func (c *memCmd) lookAtMember(z *npy.Archive, m memory, sizes []*zip.File) ([]memory, error) {
	h, err := z.Header(m.Member)
	if errors.Is(err, nd.ErrNotFound) {
		return nil, fmt.Errorf("%s: %w", m.File, err)
	}
	if err != nil {
		return nil, err
	}
	m.Place.ofHeader(&h)
	i := slices.IndexFunc(sizes, func(f *zip.File) bool { return f.Name == m.Member+".npy" || f.Name == m.Member })
	if i >= 0 {
		m.Place.After = int64(sizes[i].UncompressedSize64) - int64(h.DataOffset) - int64(h.NBytes())
	}
	if i >= 0 && sizes[i].Method != zip.Store {
		m.Place.Packed = int64(sizes[i].CompressedSize64)
		if c.Index == "" { // the header tells enough
			m.fromHeader(&h)
			return []memory{m}, nil
		}
	}
	a, err := z.Open(m.Member)
	if err != nil {
		return nil, err
	}
	defer memmap.Close(a)
	if info, ok := a.Buffer().MapInfo(); ok {
		m.Place.Offset = info.Offset
	}
	return m.with(a, c.Index)
}

func (p *place) ofHeader(h *npy.Header) {
	p.Version = fmt.Sprintf("%d.%d", h.Major, h.Minor)
	p.Header, p.Offset = int64(h.DataOffset), int64(h.DataOffset)
}

// with completes m by the array that was opened, or its part that index names.
func (m memory) with(a *nd.Array, index string) ([]memory, error) {
	b := a.Buffer()
	if info, ok := b.MapInfo(); ok {
		p := b.Pages() // before anything touches them
		m.Block = block{
			Kind: b.Kind().String(), Mode: info.Mode.String(), ReadOnly: b.ReadOnly(), Private: info.Mode == buffer.MapCopy,
			Bytes: b.Len(), Reads: m.Place.Header, Aligned: powerBelow(uint64(a.DataPtr()), p.Size), PageSize: p.Size, Pages: p.Count,
			Cached: known(p.Cached), Touched: known(p.Touched), Dirty: known(p.Dirty), Copied: known(p.Private),
		}
	} else {
		m.Block = m.inflated(b.Len())
	}
	if index != "" {
		if err := nd.Try(func() { a = a.Index(index) }); err != nil {
			return nil, fmt.Errorf("%s: %w", m.name(), err)
		}
	}
	m.describe(a.DType(), a.Shape(), a.Strides(), a.Flags())
	seen := a.Memory()
	m.View = view{a.Flags().Forc(), seen.Viewed, seen.Pinned}
	return []memory{m}, nil
}

// fromHeader describes a deflated member, which opening would inflate into the heap.
func (m *memory) fromHeader(h *npy.Header) {
	strides, fl := layoutOf(h)
	m.describe(h.DType, h.Shape, strides, fl|nd.OwnData|nd.Writeable|nd.Aligned)
	m.Block = m.inflated(h.NBytes())
	m.View = view{true, h.NBytes(), h.NBytes()}
}

// inflated is the block of n bytes that opening reads from a member, or from a
// file where there are no maps.
func (m *memory) inflated(n int) block {
	reads := m.Place.Packed
	if reads == 0 {
		reads = m.Place.Header + int64(n)
	}
	return block{Kind: buffer.Heap.String(), Private: true, Bytes: n, Reads: reads}
}

func (m *memory) describe(dt dtype.DType, shape, strides []int, fl nd.Flags) {
	m.DType, m.Descr = dt.String(), dt.Descr()
	m.ByteOrder = byteOrder(dt)
	m.Native, m.ItemSize, m.Alignment = dt.IsNative(), dt.ItemSize(), dt.Alignment()
	m.Shape, m.Strides, m.Order = shape, strides, orderText(fl)
	m.Items = layout.Size(shape)
	m.Bytes = m.Items * m.ItemSize
	m.Flags = []string{}
	for _, f := range []struct {
		flag nd.Flags
		name string
	}{
		{nd.CContiguous, "C_CONTIGUOUS"}, {nd.FContiguous, "F_CONTIGUOUS"}, {nd.OwnData, "OWNDATA"},
		{nd.Writeable, "WRITEABLE"}, {nd.Aligned, "ALIGNED"},
	} {
		if fl.Has(f.flag) {
			m.Flags = append(m.Flags, f.name)
		}
	}
	if dt.IsStruct() {
		m.Records = layRecords(dt, m.Items)
	}
}

// layRecords lists the fields of a record in the order of their bytes, nested
// ones by their dotted names, and the padding between them.
func layRecords(dt dtype.DType, items int) *records {
	r := &records{Packed: dt.Repack().ItemSize()}
	r.Saves = (dt.ItemSize() - r.Packed) * items
	var leaves []recordField
	var walk func(prefix string, dt dtype.DType, at int)
	walk = func(prefix string, dt dtype.DType, at int) {
		for _, f := range dt.Fields() {
			if f.DType.IsStruct() {
				walk(prefix+f.Name+".", f.DType, at+f.Offset)
				continue
			}
			leaves = append(leaves, recordField{prefix + f.Name, f.DType.String(), at + f.Offset, f.DType.ItemSize()})
		}
	}
	walk("", dt, 0)
	slices.SortStableFunc(leaves, func(a, b recordField) int { return a.Offset - b.Offset })
	end := 0
	gap := func(to int) {
		if to > end {
			r.Padding += to - end
			r.Fields = append(r.Fields, recordField{Name: "(padding)", Offset: end, Bytes: to - end})
		}
	}
	for _, f := range leaves {
		gap(f.Offset)
		r.Fields = append(r.Fields, f)
		end = max(end, f.Offset+f.Bytes)
	}
	gap(dt.ItemSize())
	r.Payload = dt.ItemSize() - r.Padding
	return r
}

// byteOrder names the byte order of a dtype, or of the fields of a record.
func byteOrder(dt dtype.DType) string {
	if dt.IsSubArray() {
		return byteOrder(dt.Base())
	}
	if !dt.IsStruct() {
		switch dt.TypeStr()[0] {
		case '<':
			return "little"
		case '>':
			return "big"
		}
		return "none"
	}
	order := "none"
	for _, f := range dt.Fields() {
		switch o := byteOrder(f.DType); {
		case o == "none" || o == order:
		case order == "none":
			order = o
		default:
			return "mixed"
		}
	}
	return order
}

// powerBelow returns the greatest power of two that divides n, at most most.
func powerBelow(n uint64, most int) int {
	p := 1
	for p < most && n&uint64(p) == 0 {
		p <<= 1
	}
	return p
}

func known(n int) *int {
	if n == buffer.Unknown {
		return nil
	}
	return &n
}
