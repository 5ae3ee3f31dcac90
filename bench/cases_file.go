package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/npy"
)

// files are about mapped files and whole processes.
func files(full bool) (out []*benchCase) {
	const gib = 1 << 30
	if full {
		for _, all := range []bool{false, true} {
			out = append(out, &benchCase{op: "sum of a map", dtype: "f8", layout: "4 GB file in the cache", n: 4 * gib / 8, all: all, target: 1.5,
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
		return nil, nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return []string{command, "info", file},
		[]string{h.python, "-c", "import numpy as np; a = np.load('" + file + "', mmap_mode='r'); print(a.dtype, a.shape, a.strides, a.nbytes)"}, nil
}

// enough says why a case cannot run here, "" if it can: maps need a page cache
// that holds them.
func (c *benchCase) enough() string {
	for _, in := range c.inputs {
		if in.kind != "map" {
			continue
		}
		need := 8 * in.shape[0]
		if have := availableMemory(); have < need+need/2 {
			return fmt.Sprintf("the file takes %d MB of page cache, and %d MB of memory are available", need>>20, have>>20)
		}
	}
	return ""
}

// availableMemory returns the bytes that the system could hand out, 0 if it does
// not tell.
func availableMemory() int {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		kb := 0
		if n, _ := fmt.Sscanf(line, "MemAvailable: %d kB", &kb); n == 1 {
			return kb << 10
		}
	}
	return 0
}
