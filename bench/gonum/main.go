// Command gonum times gonum's operations on request, as bench/worker.py does
// NumPy's, in a module of its own so that nd does not depend on gonum.
//
// It reads one JSON object a line: {"load": {name: file}} loads npy files of
// float64; {"time": operation, "reps": n} answers the nanoseconds of one run.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"time"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// request is what the harness asks.
type request struct {
	Load map[string]string `json:"load"`
	Time string            `json:"time"`
	Wake bool              `json:"wake"`
	Reps int               `json:"reps"`
}

func main() {
	log.SetFlags(0)
	in := bufio.NewScanner(os.Stdin)
	held, arrays := map[string][]float64{}, map[string][]float64{}
	var out []float64
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			log.Fatal(err)
		}
		if r.Time == "" {
			old := held
			held, out = map[string][]float64{}, nil
			for name, path := range r.Load {
				if held[path] = old[path]; held[path] == nil {
					v, err := load(path)
					if err != nil {
						log.Fatal(err)
					}
					held[path] = v
				}
				arrays[name] = held[path]
			}
			fmt.Println("{}")
			continue
		}
		a, b := arrays["a"], arrays["b"]
		if out == nil {
			out = make([]float64, len(a))
		}
		run := operations[r.Time]
		if run == nil {
			log.Fatalf("no operation %q", r.Time)
		}
		if r.Wake { // the harness says why it does so itself
			for start := time.Now(); time.Since(start) < 6*time.Millisecond; {
			}
			run(a, b, out)
		}
		start := time.Now()
		for range r.Reps {
			run(a, b, out)
		}
		fmt.Printf("{\"ns\": %f}\n", float64(time.Since(start))/float64(r.Reps))
	}
}

var sum float64

// operations are timed with two arrays of one length and room for a third.
var operations = map[string]func(a, b, out []float64){
	"dot": func(a, b, _ []float64) {
		sum = blas64.Dot(blas64.Vector{N: len(a), Inc: 1, Data: a}, blas64.Vector{N: len(b), Inc: 1, Data: b})
	},
	"sum": func(a, _, _ []float64) { sum = floats.Sum(a) },
	"add": func(a, b, out []float64) { floats.AddTo(out, a, b) },
	"gemm": func(a, b, _ []float64) {
		n := int(math.Sqrt(float64(len(a))))
		square := func(v []float64) blas64.General { return blas64.General{Rows: n, Cols: n, Stride: n, Data: v} }
		blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, square(a), square(b), 0, square(make([]float64, len(a))))
	},
}

// load reads float64 items in C order, the only ones that the harness asks for.
func load(path string) ([]float64, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(text) < 10 || string(text[:8]) != "\x93NUMPY\x01\x00" {
		return nil, fmt.Errorf("%s is no npy file of version 1.0", path)
	}
	from := 10 + int(binary.LittleEndian.Uint16(text[8:]))
	v := make([]float64, (len(text)-from)/8)
	for i := range v {
		v[i] = math.Float64frombits(binary.LittleEndian.Uint64(text[from+8*i:]))
	}
	return v, nil
}
