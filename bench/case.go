package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/npy"
)

// benchCase is one comparison: the same work on the same data.
type benchCase struct {
	op, dtype, layout string
	n                 int
	peer              string              // whom nd stands beside; "" is NumPy
	inputs            []input             // arrays that both sides get and neither changes
	setup             string              // Python run once, after the inputs are loaded
	python            string              // the timed statement (for gonum, the name of an operation)
	golang            func(v vars) func() // given the inputs, returns the timed call
	commands          func(h *harness) (ours, theirs []string, err error)
	all               bool    // all cores against the peer as it comes
	target            float64 // the ratio that is to be reached, 0 for none
}

// vars are the inputs by name.
type vars map[string]*nd.Array

// same returns the array of that name, made on first use like the one that is named.
func (v vars) same(name, like string) *nd.Array {
	if v[name] == nil {
		v[name] = nd.ZerosLike(v[like])
	}
	return v[name]
}

const (
	numpy   = "NumPy"
	numexpr = "numexpr"
	gonum   = "gonum"
)

// against returns whom nd stands beside.
func (c *benchCase) against() string {
	if c.peer == "" {
		return numpy
	}
	return c.peer
}

// name is what -match, the reasons and the summary look at.
func (c *benchCase) name() string {
	return caseName(c.op, c.dtype, c.layout, c.n, c.against(), c.all)
}

func caseName(op, dtype, layout string, n int, peer string, all bool) string {
	s := fmt.Sprintf("%s %s %s %d", op, dtype, layout, n)
	if peer != numpy {
		s += " vs " + peer
	}
	if all {
		s += " all"
	}
	return s
}

// input is an array of a shape, the same at every run, in a file that the peers
// load. Its kind is
//
//	""         floats in (0, 1), integers over half of their range
//	"signed"   floats in (-4, 4)
//	"above 1"  floats in (1, 2)
//	"index:N"  integers below N
//	"mask"     half of the items true
//	"zeros"    zeros
//	"map"      zeros in a file that both sides map
type input struct {
	name  string
	dtype string
	shape []int
	kind  string
}

// key says what the input holds. Two of one case are never the same array: NumPy
// multiplies a matrix with its own transpose in half the time.
func (in input) key() string { return fmt.Sprint(in.name, in.dtype, in.shape, in.kind) }

// make returns the input in memory of its own, as nd's users have it, and writes
// it to the file.
func (in input) make(path string) (*nd.Array, error) {
	dt, err := dtype.Parse(in.dtype)
	if err != nil {
		return nil, err
	}
	if in.kind == "map" {
		a, err := npy.Create(path, dt, nd.C, in.shape...)
		if err != nil {
			return nil, err
		}
		if err := a.Buffer().Close(); err != nil {
			return nil, err
		}
		return npy.Open(path)
	}
	a, err := in.array(dt)
	if err != nil {
		return nil, err
	}
	return a, npy.Save(path, a)
}

func (in input) array(dt dtype.DType) (*nd.Array, error) {
	n := 1
	for _, d := range in.shape {
		n *= d
	}
	rng := rand.New(rand.NewPCG(uint64(n), uint64(in.name[0])))
	if in.kind == "zeros" {
		return nd.Zeros(dt, in.shape...), nil
	}
	if dt.IsFloat() || dt.IsComplex() {
		v := make([]float64, n)
		for i := range v {
			switch v[i] = rng.Float64(); in.kind {
			case "signed":
				v[i] = 8*v[i] - 4
			case "above 1":
				v[i]++
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
