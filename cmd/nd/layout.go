package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/stride-go/nd/calc"
	"github.com/stride-go/nd/draw"
	"github.com/stride-go/nd/internal/savefile"
)

type layoutCmd struct {
	session
	Code  string   `arg:"" help:"Statements; the last value is an array, or several arrays separated by commas that share one block."`
	Files []string `arg:"" optional:"" name:"name=file" help:"Files to bind, as for eval."`
	Out   string   `short:"o" placeholder:"x.svg" help:"Write an SVG picture instead of text."`
}

func (c *layoutCmd) Run(std *stream) error {
	in, err := c.start(std, true, c.Files)
	if err != nil {
		return err
	}
	r, err := in.Run(c.Code, nil)
	if err != nil {
		return leave(err)
	}
	arrays, ok := r.Arrays(c.Code)
	if !ok {
		return fmt.Errorf("layout: the last value is neither an array nor several arrays")
	}
	views := named(arrays)
	if c.Out == "" {
		return draw.Text(std.out, views...)
	}
	if !strings.HasSuffix(c.Out, ".svg") {
		return usageError(fmt.Sprintf("-o %s: the picture is an .svg file", c.Out))
	}
	var svg bytes.Buffer
	if err := draw.SVG(&svg, views...); err != nil {
		return err
	}
	return savefile.Write(c.Out, func(w io.Writer) error {
		_, err := w.Write(svg.Bytes())
		return err
	})
}

func named(arrays []calc.LabeledArray) []draw.Named {
	views := make([]draw.Named, len(arrays))
	for i, a := range arrays {
		views[i] = draw.Named{Name: a.Label, Array: a.Array}
	}
	return views
}
