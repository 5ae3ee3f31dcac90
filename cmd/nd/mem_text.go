package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/stride-go/nd/buffer"
)

// name is the file, with the member of an archive.
func (m *memory) name() string {
	if m.Member != "" {
		return m.File + "[" + m.Member + "]"
	}
	return m.File
}

// print writes what nd mem tells, a line for each question.
func (m *memory) print(w io.Writer) {
	row := func(label, format string, args ...any) {
		fmt.Fprintf(w, "  %-8s %s\n", label, fmt.Sprintf(format, args...))
	}
	fmt.Fprintln(w, m.name())
	row("dtype", "%s", m.DType)
	row("item", "%s, alignment %d, %s", count(m.ItemSize, "byte"), m.Alignment, m.orderWords())
	row("shape", "%s: %s, %s", tuple(m.Shape), count(m.Items, "item"), size(int64(m.Bytes)))
	row("strides", "%s bytes, order %s", tuple(m.Strides), m.Order)
	flags := strings.Join(m.Flags, " ")
	if flags == "" {
		flags = "none"
	}
	row("flags", "%s", flags)
	row("file", "%s", m.Place.String())
	row("opening", "%s", m.Block.opening())
	if m.Block.Pages > 0 {
		row("address", "a multiple of %d; the system's page has %d bytes", m.Block.Aligned, m.Block.PageSize)
		row("cache", "%s", m.Block.cache())
		row("process", "%s", m.Block.process())
	}
	if r := m.Records; r != nil {
		saves := "Repack saves nothing"
		if r.Packed < m.ItemSize {
			saves = fmt.Sprintf("Repack makes it %d, and saves %s in all", r.Packed, size(int64(r.Saves)))
		}
		row("record", "%s in fields, %d of padding; %s", count(r.Payload, "byte"), r.Padding, saves)
		row("", "%6s %5s  %s", "offset", "bytes", "field")
		for _, f := range r.Fields {
			row("", "%6d %5d  %s", f.Offset, f.Bytes, strings.TrimRight(fmt.Sprintf("%-16s %s", f.Name, f.DType), " "))
		}
	}
	row("view", "%s", m.View.String(&m.Block))
}

func (m *memory) orderWords() string {
	switch m.ByteOrder {
	case "none":
		return "no byte order"
	case "mixed":
		return "fields of both byte orders"
	}
	if m.Native {
		return m.ByteOrder + "-endian as this machine"
	}
	return m.ByteOrder + "-endian, which this machine swaps as it computes"
}

func (p *place) String() string {
	s := size(p.Size)
	switch {
	case p.Packed > 0:
		s += fmt.Sprintf(" of archive; the member's %d are deflated: header %d (version %s), then the data", p.Packed, p.Header, p.Version)
	case p.Version != "":
		s += fmt.Sprintf("; header %d (version %s), data from byte %d on", p.Header, p.Version, p.Offset)
	default:
		s += fmt.Sprintf("; raw, no header, data from byte %d on", p.Offset)
	}
	if p.After > 0 {
		s += fmt.Sprintf(", %d behind them", p.After)
	}
	return s
}

// opening says what an open costs.
func (b *block) opening() string {
	if b.Kind != buffer.Mapped.String() {
		return fmt.Sprintf("reads %s and inflates them to %s of the Go heap, private", size(b.Reads), size(int64(b.Bytes)))
	}
	reads := size(b.Reads)
	if b.Reads == 0 {
		reads = "nothing"
	}
	if b.Pages == 0 {
		return fmt.Sprintf("mode %s, reads %s, maps nothing: there are no items", b.Mode, reads)
	}
	share := "shared with the file"
	if b.Private {
		share = "private: a page that is written is copied"
	}
	if b.ReadOnly {
		share += ", read-only"
	}
	return fmt.Sprintf("mode %s, reads %s, maps %s; %s", b.Mode, reads, count(b.Pages, "page"), share)
}

// cache says which pages the system has in memory.
func (b *block) cache() string {
	if b.Cached == nil {
		return "unknown: this system does not tell which pages are in memory"
	}
	return fmt.Sprintf("%d of %s in memory (%s)", *b.Cached, count(b.Pages, "page"), buffer.Human(*b.Cached*b.PageSize))
}

// process says what this process did to the pages.
func (b *block) process() string {
	if b.Touched == nil {
		return "unknown: this system does not tell which pages were touched"
	}
	return fmt.Sprintf("%s touched, %d dirty, %d private copies", count(*b.Touched, "page"), *b.Dirty, *b.Copied)
}

func (v *view) String(b *block) string {
	s := "not contiguous"
	if v.Contiguous {
		s = "contiguous"
	}
	s += fmt.Sprintf(": covers %d of %d bytes; any view keeps ", v.Viewed, v.Pinned)
	switch {
	case b.Kind != buffer.Mapped.String():
		return s + "all of them in memory"
	case b.Private:
		return s + "the whole map: addresses, and the pages that were written"
	}
	return s + "the whole map: addresses, no memory"
}

// count prints "1 page", "2 pages".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// size prints bytes, and from 1 KiB on what that is about.
func size(n int64) string {
	if n < 1024 {
		return count(int(n), "byte")
	}
	return fmt.Sprintf("%d bytes (%s)", n, buffer.Human(int(n)))
}
