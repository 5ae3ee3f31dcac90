// Penguins computes statistics over a table with mixed columns, in place: the
// bytes of an .npy file are read as []Penguin, and its columns as arrays, without
// copying either.
//
//	go run ./examples/penguins
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"text/tabwriter"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/npy"
	"github.com/stride-go/nd/samples"
)

func main() {
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	table, err := npy.Read(bytes.NewReader(samples.Bytes("penguins")))
	if err != nil {
		return err
	}
	// Records as Go structs: the same bytes, seen as rows.
	rows, ok := table.Data[samples.Penguin]()
	if !ok {
		return fmt.Errorf("penguins.npy of %v does not hold Go's Penguin", table.DType())
	}
	heaviest := 0
	for i := range rows {
		if rows[i].BodyMass > rows[heaviest].BodyMass {
			heaviest = i
		}
	}
	p := &rows[heaviest]
	fmt.Fprintf(w, "%d penguins; the heaviest: %s of %s, %.0f g\n\n", len(rows), text(p.Species[:]), text(p.Island[:]), p.BodyMass)

	// Columns as arrays: the same bytes again, seen across the rows.
	species := table.Field("species")
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "species\tn\tbill mm\tflipper mm\tmass g\t±\t")
	for _, name := range []string{"Adelie", "Chinstrap", "Gentoo"} {
		is := species.Equal(nd.Scalar(name).AsType(dtype.Bytes(0))) // a byte string, as the column's items are
		fmt.Fprintf(tw, "%s\t%d", name, is.CountNonzero().Item[int64]())
		for _, column := range []string{"bill_length", "flipper_length", "body_mass"} {
			c := table.Field(column)
			there := is.BitwiseAnd(c.IsFinite()) // NaN where nobody measured
			fmt.Fprintf(tw, "\t%.1f", c.Mean(nd.Where(there)).Item[float32]())
			if column == "body_mass" {
				fmt.Fprintf(tw, "\t%.1f", c.Std(nd.Where(there)).Item[float32]())
			}
		}
		fmt.Fprintln(tw, "\t")
	}
	if err := tw.Flush(); err != nil {
		return err
	}

	// Writing to a column changes the records.
	mass := table.Field("body_mass")
	mass.Divide(1000, nd.Out(mass))
	fmt.Fprintf(w, "\nin kilograms the heaviest weighs %.2f\n", p.BodyMass)
	return nil
}

// text returns a fixed-width string without its padding.
func text(b []byte) string { return string(bytes.TrimRight(b, "\x00")) }
