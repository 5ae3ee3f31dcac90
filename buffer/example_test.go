package buffer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// firstRow reads a frame and hands out its first row: a view, which keeps the
// whole frame.
func firstRow() *nd.Array {
	frame := nd.Zeros(dtype.Float32, 256, 1024)
	return frame.Slice(nd.I(0))
}

// Finding a leak. A program's memory grows; which line keeps it?
func ExampleLive() {
	defer buffer.Trace(buffer.Trace(true)) // 1. switch the places on
	var cache []*nd.Array
	for range 50 {
		cache = append(cache, firstRow())
	}

	runtime.GC() // 2. what nobody can reach leaves the list
	bytes, blocks := map[string]int{}, map[string]int{}
	for _, l := range buffer.Live() {
		_, function, _ := strings.Cut(l.Place, " ") // "buffer/example_test.go:18 buffer_test.firstRow"
		bytes[function] += l.Bytes
		blocks[function]++
	}
	const suspect = "buffer_test.firstRow" // 3. the place with the most bytes
	fmt.Println(blocks[suspect], "blocks made by", suspect, "hold", buffer.Human(bytes[suspect]))

	fmt.Println(cache[0].Memory()) // 4. why: small views pin large blocks

	for i, row := range cache { // 5. the cure
		cache[i] = row.Compact()
	}
	fmt.Println(cache[0].Memory())
	// Output:
	// 50 blocks made by buffer_test.firstRow hold 50.0 MiB
	// viewed 4.00 KiB of 1.00 MiB (heap)
	// viewed 4.00 KiB of 4.00 KiB (heap), owned
}

// The report names each place once, those with the most bytes first.
func ExampleLiveReport() {
	defer buffer.Trace(buffer.Trace(true))
	var cache []*nd.Array
	for range 20 {
		cache = append(cache, firstRow())
	}
	runtime.GC()
	for line := range strings.Lines(buffer.LiveReport()) {
		if f := strings.Fields(line); f[len(f)-1] == "buffer_test.firstRow" {
			fmt.Println(f[:5], f[len(f)-1]) // between them: the age of the oldest, and file:line
		}
	}
	runtime.KeepAlive(cache)
	// Output: [heap 20 blocks 20.0 MiB] buffer_test.firstRow
}

// Which pages of a mapped file are in memory, and which of them a program changed.
func ExampleBuffer_Pages() {
	dir, err := os.MkdirTemp("", "nd")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "x.dat")
	if err := os.WriteFile(path, make([]byte, 1<<20), 0o644); err != nil {
		panic(err)
	}
	f, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	b, err := buffer.Map(f, 0, 1<<20, buffer.MapCopy)
	if err != nil {
		panic(err)
	}
	defer b.Close()
	p := b.Pages()
	fmt.Println(p.Count*p.Size == 1<<20, p.Touched <= 0) // opening touches nothing
	// Output: true true
}
