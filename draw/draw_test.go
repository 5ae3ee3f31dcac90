package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/draw"
	"github.com/stride-go/nd/dtype"
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
	//   base    the owner of the block
	//
	// b
	//   dtype   int32
	//   shape   (2, 2)
	//   strides (32, 4)
	//   offset  4
	//   flags   write aligned
	//   base    the owner of the block
}

func TestItemsOfSeveralCells(t *testing.T) {
	a := nd.Arange(3) // int64
	var out bytes.Buffer
	if err := draw.Text(&out, draw.Named{Name: "a", Array: a}, draw.Named{Name: "bytes", Array: a.View(dtype.Int32)}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"cells of 4", "a        0 ---   1 ---   2 ---", "bytes    0   1   2   3   4   5"} {
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
	if !strings.Contains(out.String(), "cells 500 to 563 of 1000") || !strings.Contains(out.String(), "(436 of 500 items lie outside the drawing)") {
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

func TestSVGIsWellFormed(t *testing.T) {
	rec := nd.Zeros(dtype.MustParse("S3,<i4,<f4"), 4)
	var out bytes.Buffer
	if err := draw.SVG(&out, draw.Named{Name: "t<1>", Array: rec}, draw.Named{Name: "f1", Array: rec.Field("f1")}); err != nil {
		t.Fatal(err)
	}
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
}
