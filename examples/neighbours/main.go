// Neighbours finds the vectors nearest to a query in a file of embeddings that
// is mapped, not read: the file may be larger than memory.
//
//	go run ./examples/neighbours            100,000 vectors of 64 numbers
//	go run ./examples/neighbours -n 4000000 a file of 1 GB
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

func main() {
	n := flag.Int("n", 100_000, "vectors")
	flag.Parse()
	if err := inTemp(*n); err != nil {
		log.Fatal(err)
	}
}

// inTemp runs the example in a folder that goes away with it.
func inTemp(n int) error {
	dir, err := os.MkdirTemp("", "neighbours")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return run(os.Stdout, filepath.Join(dir, "embeddings.npy"), n, 64)
}

// block is how many vectors are worked on at a time.
const block = 4096

// run makes a file of n vectors and looks for the neighbours of one of them.
func run(w io.Writer, path string, n, dim int) error {
	if err := makeFile(path, n, dim); err != nil {
		return err
	}
	vectors, err := npy.Open(path) // maps: nothing is read yet
	if err != nil {
		return err
	}
	defer memmap.Close(vectors)
	fmt.Fprintf(w, "%v of %v, %d bytes mapped\n", vectors.Shape(), vectors.DType(), vectors.NBytes())

	query := vectors.Slice(nd.I(n / 2)) // a view of one row
	places, distances := nearest(vectors, query, 3)
	for i, p := range places {
		fmt.Fprintf(w, "%d. vector %d at distance %.3f\n", i+1, p, distances[i])
	}
	return nil
}

// makeFile writes random vectors through a map, block by block. Vectors n/2±7
// are made neighbours.
func makeFile(path string, n, dim int) error {
	a, err := npy.Create(path, dtype.Float32, nd.C, n, dim)
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	lane := make([]float32, dim)
	for row := range n {
		for i := range lane {
			lane[i] = float32(rng.NormFloat64())
		}
		a.Slice(nd.I(row)).Assign(nd.Of(lane))
	}
	for _, d := range []int{-7, 7} {
		near := a.Slice(nd.I(n/2 + d))
		near.Assign(a.Slice(nd.I(n / 2)))
		near.Add(float64(d)/100, nd.Out(near))
	}
	return memmap.Close(a) // flushes
}

// nearest returns the k rows of vectors with the smallest Euclidean distance to
// query. It walks the file once; what it allocates does not depend on the file.
func nearest(vectors, query *nd.Array, k int) (places []int, distances []float32) {
	var found []*nd.Array // per block: its k best squared distances
	for lo := 0; lo < vectors.Len(); lo += block {
		part := vectors.Slice(nd.R(lo, lo+block)) // a view
		gap := part.Subtract(query)
		d := gap.Multiply(gap, nd.Out(gap)).Sum(nd.Axis(1))
		best := d.ArgSort().Slice(nd.To(k))
		for _, p := range best.All[int64]() {
			places = append(places, lo+int(p))
		}
		found = append(found, d.Take(best))
	}
	all := nd.Concatenate(found)
	order := all.ArgSort().Slice(nd.To(k))
	best := make([]int, 0, k)
	for _, p := range order.All[int64]() {
		best = append(best, places[p])
	}
	for _, d := range all.Take(order).Sqrt().All[float32]() {
		distances = append(distances, d)
	}
	return best, distances
}
