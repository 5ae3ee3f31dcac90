package main

import (
	"bytes"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestNeighbours(t *testing.T) {
	path := filepath.Join(t.TempDir(), "e.npy")
	const n, dim = 60_000, 64
	var before, after runtime.MemStats
	var out bytes.Buffer
	if err := makeFile(path, n, dim); err != nil {
		t.Fatal(err)
	}
	if err := run(&out, path, n, dim); err != nil {
		t.Fatal(err)
	}
	want := "[60000 64] of float32, 15360000 bytes mapped\n1. vector 30000 at distance 0.000\n"
	if !strings.HasPrefix(out.String(), want) {
		t.Fatalf("got\n%swant\n%s", out.String(), want)
	}
	if !strings.Contains(out.String(), "vector 29993 at distance 0.560") || !strings.Contains(out.String(), "vector 30007 at distance 0.560") {
		t.Fatalf("the neighbours that were made are not found:\n%s", out.String())
	}
	runtime.GC()
	runtime.ReadMemStats(&before)
	if err := run(&out, path, n, dim); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > n*dim*4/4 {
		t.Errorf("%d bytes are still allocated after a file of %d", kept, n*dim*4)
	}
}
