package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/draw"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

func ExampleText() {
	a := nd.ArangeAs(dtype.Int32, 12).Reshape(3, 4)
	b := a.Slice(nd.Step(2), nd.R(1, 3))
	draw.Text(os.Stdout, draw.Named{Name: "a.T", Array: a.T()}, draw.Named{Name: "b", Array: b})
	// Output:
	// block of 48 bytes on the heap, cells of 4
	// byte    0   4   8  12  16  20  24  28  32  36  40  44
	//      +---+---+---+---+---+---+---+---+---+---+---+---+
	//      |  0|  1|  2|  3|  4|  5|  6|  7|  8|  9| 10| 11|
	//      +---+---+---+---+---+---+---+---+---+---+---+---+
	// a.T     0   3   6   9   1   4   7  10   2   5   8  11
	// b       .   0   1   .   .   .   .   .   .   2   3   .
	//
	// a.T
	//   dtype   int32
	//   shape   (4, 3)
	//   strides (4, 16)
	//   offset  0
	//   flags   F write aligned
	//   base    an array that is not drawn
	//
	// b
	//   dtype   int32
	//   shape   (2, 2)
	//   strides (32, 4)
	//   offset  4
	//   flags   write aligned
	//   base    an array that is not drawn
}

func TestItemsOfSeveralCells(t *testing.T) {
	a := nd.Arange(3) // int64
	var out bytes.Buffer
	if err := draw.Text(&out, draw.Named{Name: "a", Array: a}, draw.Named{Name: "bytes", Array: a.View(dtype.Int32)}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"cells of 4", "a      [0: 0-] [1: 1-] [2: 2-]", "bytes    0   1   2   3   4   5"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestBroadcastAndReversed(t *testing.T) {
	a := nd.ArangeAs(dtype.Int8, 3)
	var out bytes.Buffer
	if err := draw.Text(&out, draw.Named{Name: "w", Array: a.BroadcastTo(4, 3)}, draw.Named{Name: "r", Array: a.Slice(nd.Step(-1))}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"w     0,3… 1,4… 2,5…", "r        2    1    0"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestLargeAndForeign(t *testing.T) {
	a := nd.Arange(1000)
	var out bytes.Buffer
	if err := draw.Text(&out, draw.Named{Name: "a", Array: a.Slice(nd.From(500))}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "48 cells of 1000") || !strings.Contains(out.String(), "(452 of 500 items are not shown)") {
		t.Errorf("%s", out.String())
	}
	if err := draw.Text(io.Discard, draw.Named{Name: "a", Array: a}, draw.Named{Name: "b", Array: nd.Arange(3)}); err == nil {
		t.Error("two blocks are drawn as one")
	}
	if err := draw.Text(io.Discard); err == nil {
		t.Error("nothing is drawn")
	}
	for _, empty := range []*nd.Array{nd.Zeros(dtype.Float64, 0), nd.Zeros(dtype.Float64, 3, 0), nd.Zeros(dtype.Void(0), 2)} {
		if err := draw.Text(io.Discard, draw.Named{Name: "e", Array: empty}); err != nil {
			t.Error(err)
		}
		if err := draw.SVG(io.Discard, draw.Named{Name: "e", Array: empty}); err != nil {
			t.Error(err)
		}
	}
}

// records is a table with padding in its records.
func records() *nd.Array {
	type person struct {
		Name   [5]byte
		Age    int32
		Weight float64
	}
	return nd.Of([]person{{[5]byte{'Z', 'h', 'u'}, 32, 72.5}, {[5]byte{'W', 'a', 'n', 'g'}, 24, 65.25}})
}

func lines(t *testing.T, views ...draw.Named) string {
	t.Helper()
	var out bytes.Buffer
	if err := draw.Text(&out, views...); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// wantLines looks for parts of a drawing; any number of blanks is as good as one.
func wantLines(t *testing.T, got string, want ...string) {
	t.Helper()
	blanks := regexp.MustCompile(" +")
	flat := blanks.ReplaceAllString(got, " ")
	for _, w := range want {
		if !strings.Contains(flat, blanks.ReplaceAllString(w, " ")) {
			t.Errorf("no %q in\n%s", w, got)
		}
	}
}

func TestFieldsAndPadding(t *testing.T) {
	a := records()
	got := lines(t, draw.Named{Name: "t", Array: a}, draw.Named{Name: "age", Array: a.Field("Age")}, draw.Named{Name: "two", Array: a.Fields("Name", "Weight")})
	wantLines(t, got,
		"\n  fields [Name: b'Zhu'] ~~~~~~~~ [Age: 32--] ~~~~~~~~~~~ [Weight: 72.5-------\n",
		"\nage       .  .  .  .  .  .  .  . [0: 32----]  .  .  .",
		"\n  fields [Name: b'Zhu'] ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [Weight: 72.5-------\n",
		"record  7 of 24 bytes are no field's", "record  11 of 24 bytes are no field's", "base    t\n")
	// Nested fields by their dotted names, overlapping ones below one another.
	nested := nd.Zeros(dtype.MustParse("[('p', [('x', '<i2'), ('y', '<i2')]), ('q', '<i4')]"), 1)
	wantLines(t, lines(t, draw.Named{Name: "n", Array: nested}), "fields p.x p.y [q: 0---]")
	union := nd.Zeros(dtype.MustParse("{'names': ['whole', 'low', 'high'], 'formats': ['<u4', '<u2', '<u2'], 'offsets': [0, 0, 2]}"), 1)
	wantLines(t, lines(t, draw.Named{Name: "u", Array: union}), "\n  fields [whole--]\n", "\n low high\n")
}

func TestUnalignedPackedFields(t *testing.T) {
	a := nd.Zeros(dtype.MustParse("S3,<f4"), 2)
	a.Field("f1").Fill(1.5)
	got := lines(t, draw.Named{Name: "t", Array: a}, draw.Named{Name: "f1", Array: a.Field("f1")})
	wantLines(t, got, "cells of 1", "\nf1        .  .  . [0: 1.5---]  .  .  . [1: 1.5---]\n", "flags   write\n", "|00|00|00|00|00|c0|3f|00")
}

// Views that lie far apart in a long block are all shown, with the numbers of
// all views at each of their cells.
func TestFarApart(t *testing.T) {
	a := nd.Arange(1_000_000)
	got := lines(t, draw.Named{Name: "a", Array: a}, draw.Named{Name: "b", Array: a.Slice(nd.R(500_000, 500_010))},
		draw.Named{Name: "r", Array: a.Slice(nd.Step(-1))}, draw.Named{Name: "s", Array: a.Slice(nd.Step(1000))})
	wantLines(t, got, "48 cells of 1000000", "4000008", " 500001", " 499998", "|      …|", "(999952 of 1000000 items are not shown)")
	if n := strings.Count(got, "\n"); n > 120 {
		t.Errorf("%d lines", n)
	}
	// Broadcast to more items than anybody walks, and layouts without an inverse.
	wide := nd.Arange(2).BroadcastTo(1<<40, 2)
	wantLines(t, lines(t, draw.Named{Name: "w", Array: wide}), "w    0,2… 1,3…", "shape   (1099511627776, 2)")
	windows := a.SlidingWindowView([]int{3})
	wantLines(t, lines(t, draw.Named{Name: "v", Array: windows}), "(only the first 65536 of 2999994 items were looked at)", "?")
}

func TestNoBytes(t *testing.T) {
	for _, c := range []struct {
		a    *nd.Array
		want string
	}{
		{nd.Zeros(dtype.Float64, 3, 0), "(no items)"},
		{nd.Arange(4).Slice(nd.To(0)), "(no items)"},
		{nd.Zeros(dtype.Void(0), 2), "(items of no bytes)"},
		{nd.Scalar(2.5), "shape   ()"},
	} {
		wantLines(t, lines(t, draw.Named{Name: "e", Array: c.a}), c.want)
	}
}

// A file that is cut short under its map is an error, not a dead process.
func TestFaultIsAnError(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("a mapped file cannot be cut here")
	}
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, make([]byte, 1<<16), 0o644); err != nil {
		t.Fatal(err)
	}
	a, err := memmap.Open(path, memmap.ReadOnly, dtype.Int64)
	if err != nil {
		t.Fatal(err)
	}
	v := draw.Named{Name: "a", Array: a}
	wantLines(t, lines(t, v), "of a mapped file (x, from byte 0 on, mode r)")
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if err := draw.Text(io.Discard, v); !errors.Is(err, nd.ErrFault) {
		t.Error(err)
	}
	if err := draw.SVG(io.Discard, v); !errors.Is(err, nd.ErrFault) {
		t.Error(err)
	}
	if err := memmap.Close(a); err != nil {
		t.Fatal(err)
	}
	if err := draw.Text(io.Discard, v); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
}

func TestSVGIsWellFormed(t *testing.T) {
	rec := nd.Zeros(dtype.MustParse("S3,<i4,<f4"), 4)
	var out bytes.Buffer
	if err := draw.SVG(&out, draw.Named{Name: "t<1>", Array: rec}, draw.Named{Name: "f1", Array: rec.Field("f1")}); err != nil {
		t.Fatal(err)
	}
	svg := out.String()
	bars := 0
	for d := xml.NewDecoder(&out); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "rect" {
			for _, a := range e.Attr {
				if a.Name.Local == "rx" {
					bars++
				}
			}
		}
	}
	if bars < 8 {
		t.Errorf("%d bars for 8 items", bars)
	}
	if strings.Contains(svg, "t<1>") || !strings.Contains(svg, "t&lt;1&gt;") {
		t.Error("a name is not escaped")
	}
}
