package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/npy"
)

// benchCase is one comparison: the same work on the same data.
type benchCase struct {
	op, dtype, layout string
	n                 int
	inputs            []input                             // arrays that both sides get
	setup             string                              // Python run once, after the inputs are loaded
	python            string                              // the timed statement
	golang            func(v map[string]*nd.Array) func() // given the inputs, returns the timed call
	all               bool                                // all cores against NumPy as it comes
	target            float64                             // the ratio that is to be reached, 0 for none
}

// input is a random array of a shape, written to a file that NumPy loads.
type input struct {
	name  string
	dtype string
	shape []int
	kind  string // "": uniform in (0, 1) or all integers; "signed": floats in (-4, 4); "index:N": integers below N; "mask"
}

func (c *benchCase) name() string {
	s := fmt.Sprintf("%s %s %s %d", c.op, c.dtype, c.layout, c.n)
	if c.all {
		s += " all"
	}
	return s
}

// prepare makes the inputs and returns the timed call and the files for NumPy.
func (c *benchCase) prepare(dir string) (run func(), load map[string]string, err error) {
	load = map[string]string{}
	vars := map[string]*nd.Array{}
	for _, in := range c.inputs {
		a, err := in.array()
		if err != nil {
			return nil, nil, err
		}
		path := filepath.Join(dir, in.name+".npy")
		if err := npy.Save(path, a); err != nil {
			return nil, nil, err
		}
		load[in.name], vars[in.name] = path, a
	}
	return c.golang(vars), load, nil
}

// array makes the input, the same at every run.
func (in input) array() (*nd.Array, error) {
	dt, err := dtype.Parse(in.dtype)
	if err != nil {
		return nil, err
	}
	n := 1
	for _, d := range in.shape {
		n *= d
	}
	rng := rand.New(rand.NewPCG(uint64(n), uint64(len(in.name))))
	if dt.IsFloat() || dt.IsComplex() {
		v := make([]float64, n)
		for i := range v {
			if v[i] = rng.Float64(); in.kind == "signed" {
				v[i] = 8*v[i] - 4
			}
		}
		return nd.Of(v).Reshape(in.shape...).AsType(dt), nil
	}
	v := make([]int64, n)
	below := 0
	fmt.Sscanf(in.kind, "index:%d", &below)
	for i := range v {
		switch {
		case below > 0:
			v[i] = int64(rng.IntN(below))
		case in.kind == "mask":
			v[i] = int64(rng.IntN(2))
		default:
			v[i] = int64(rng.Uint64() >> 1)
		}
	}
	return nd.Of(v).Reshape(in.shape...).AsType(dt, nd.Casting(dtype.Unsafe)), nil
}
