package main

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd/calc"
)

type tourCmd struct{}

// tourStep is one station of the tour: a sentence, then lines for the
// calculator.
type tourStep struct {
	say  string
	code []string
}

// tour is the guided tour. Its output stands in the README, held by a test.
var tour = []tourStep{
	{"1797 handwritten digits, 8×8 grey values each. The mean of all threes:", []string{
		"d = samples.digits",
		"d.shape, d.dtype, d.nbytes",
		"three = d[samples.labels == 3].mean(axis=0)",
		"three.round().astype('u1')",
	}},
	{"A photograph is height × width × colour. A crop and its mirror image are\nother headers over the same bytes; nothing is copied:", []string{
		"p = samples.photo.copy()",
		"p.shape, p.strides",
		"crop = p[100:180, 120:220]",
		"crop.strides, crop.base is p, np.shares_memory(crop, p)",
		"mirror = crop[:, ::-1]",
		"mirror.strides",
	}},
	{"Swapping red and blue of the crop in place changes the photograph:", []string{
		"p[100, 120], crop[0, 0]",
		"crop[...] = crop[..., ::-1]",
		"p[100, 120], samples.photo[100, 120]",
	}},
	{"A table with mixed columns is an array of records. A column is a view that\nsteps over the rest of the record:", []string{
		"t = samples.penguins",
		"t.dtype",
		"t[:2]",
		"mass = t['body_mass']",
		"mass.strides, np.shares_memory(mass, t)",
		"mass[~np.isnan(mass)].mean()",
		"[(str(s, 'ascii'), round(float(np.nanmean(mass[t['species'] == s])))) for s in np.unique(t['species'])]",
	}},
	{"Five numbers, read as bytes, as other numbers, backwards — one block:", []string{
		"a = np.arange(5, dtype='<i2')",
		"a.view('u1')",
		"a[::-1].strides, a[1:].ctypes.data - a.ctypes.data",
		"b = a[1:4]; b += 10; a",
	}},
}

func (c *tourCmd) Run(std *stream) error {
	in := calc.New(calc.Limits{NoFiles: true})
	for i, step := range tour {
		if i > 0 {
			fmt.Fprintln(std.out)
		}
		for _, line := range strings.Split(step.say, "\n") {
			fmt.Fprintln(std.out, "# "+line)
		}
		for _, code := range step.code {
			fmt.Fprintln(std.out, ">>> "+code)
			r, err := in.Run(code, nil)
			if err != nil {
				return err
			}
			fmt.Fprint(std.out, r.Stdout)
			if err := show(std, r); err != nil {
				return err
			}
		}
	}
	return nil
}
