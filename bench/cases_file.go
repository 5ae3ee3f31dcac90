package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/npy"
)

// files are about mapped files and whole processes.
func files(full bool) (out []*benchCase) {
	const gib = 1 << 30
	if full {
		for _, all := range []bool{false, true} {
			target := 1.0
			if all {
				target = 1.5
			}
			out = append(out, &benchCase{op: "sum of a map", dtype: "f8", layout: "4 GB file in the cache", n: 4 * gib / 8, all: all, target: target,
				inputs: []input{{"m", "f8", []int{4 * gib / 8}, "map"}}, python: "m.sum()",
				golang: func(v vars) func() { m := v["m"]; return func() { sink = m.Sum() } }})
		}
	}
	return append(out, &benchCase{op: "process to first answer", dtype: "f8", layout: "x.npy", n: 1000, target: 20, commands: firstAnswer})
}

// firstAnswer is a question about a file, asked of a process that has to start.
func firstAnswer(h *harness) (ours, theirs []string, err error) {
	file := filepath.Join(h.dir, "x.npy")
	if err := npy.Save(file, nd.Arange(1000)); err != nil {
		return nil, nil, err
	}
	command := filepath.Join(h.dir, "nd.exe")
	if out, err := exec.Command("go", "build", "-o", command, "github.com/stride-go/nd/cmd/nd").CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("go build: %w %s", err, bytes.TrimSpace(out))
	}
	return []string{command, "info", file},
		[]string{h.python, "-c", "import numpy as np; a = np.load('" + file + "', mmap_mode='r'); print(a.dtype, a.shape, a.strides, a.nbytes)"}, nil
}

// enough says why a case cannot run here, "" if it can: maps need a page cache
// that holds them, with half as much left for others.
func (c *benchCase) enough() string {
	for _, in := range c.inputs {
		if in.kind != "map" {
			continue
		}
		need := 8 * in.shape[0]
		if err := buffer.CheckRoom(need + need/2); err != nil {
			return fmt.Sprintf("the file takes %d MB of page cache: %v", need>>20, err)
		}
	}
	return ""
}
