package buffer

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stride-go/nd/internal/nderr"
)

// mapTest makes a file of n counting bytes and maps its tail from offset on.
func mapTest(t *testing.T, n int, offset int64, mode MapMode) (*Buffer, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.dat")
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(i % 251)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	flag := os.O_RDONLY
	if mode.writesFile() {
		flag = os.O_RDWR
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := Map(f, offset, n-int(offset), mode)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b, path
}

func TestMapReadsAtAnyOffset(t *testing.T) {
	for _, mode := range []MapMode{MapRead, MapUpdate, MapCreate, MapCopy} {
		for _, offset := range []int64{0, 1, 3, 4095, 4096, 4097, 65536, 70000} {
			b, path := mapTest(t, 70001, offset, mode)
			if got, want := b.UnsafeBytes()[0], byte(offset%251); got != want {
				t.Errorf("%s at %d: first byte %d, want %d", mode, offset, got, want)
			}
			if got := b.UnsafeBytes()[b.Len()-1]; got != byte(70000%251) {
				t.Errorf("%s at %d: last byte %d", mode, offset, got)
			}
			if b.Kind() != Mapped || b.ReadOnly() != (mode == MapRead) {
				t.Errorf("%s: kind %s, read-only %t", mode, b.Kind(), b.ReadOnly())
			}
			info, ok := b.MapInfo()
			if !ok || info != (MapInfo{Path: path, Offset: offset, Mode: mode}) {
				t.Errorf("info %+v %t", info, ok)
			}
		}
	}
}

func TestMapWritesReachTheFileByMode(t *testing.T) {
	for _, mode := range []MapMode{MapUpdate, MapCreate, MapCopy} {
		b, path := mapTest(t, 10000, 4097, mode)
		copy(b.UnsafeBytes(), "changed")
		if err := b.FlushRange(0, 7); err != nil {
			t.Fatal(err)
		}
		b.UnsafeBytes()[b.Len()-1] = 0xEE
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := string(data[4097:4104]) == "changed" && data[9999] == 0xEE
		if got != mode.writesFile() {
			t.Errorf("%s: the file changed: %t", mode, got)
		}
		if data[4096] != 4096%251 || len(data) != 10000 {
			t.Errorf("%s: bytes before the map changed", mode)
		}
	}
}

func TestMapOfNothing(t *testing.T) {
	b, _ := mapTest(t, 5, 5, MapRead)
	if b.Len() != 0 || b.Pointer() == nil {
		t.Fatalf("len %d", b.Len())
	}
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil || !b.Closed() {
		t.Fatal(err)
	}
}

func TestMapRefusesBadRange(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, c := range []struct {
		off int64
		n   int
	}{{-1, 4}, {0, -4}, {1<<63 - 2, 4}} {
		if _, err := Map(f, c.off, c.n, MapRead); !errors.Is(err, fs.ErrInvalid) || !strings.Contains(err.Error(), f.Name()) {
			t.Errorf("Map(%d, %d): %v", c.off, c.n, err)
		}
	}
}

func TestCloseInvalidates(t *testing.T) {
	b, _ := mapTest(t, 10000, 16, MapUpdate)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal("second close:", err)
	}
	if err := b.Err(); !errors.Is(err, nderr.ErrClosed) {
		t.Fatalf("Err %v", err)
	}
	if err := b.Flush(); !errors.Is(err, nderr.ErrClosed) {
		t.Fatalf("Flush %v", err)
	}
	if err := b.FlushRange(0, -1); !errors.Is(err, nderr.ErrClosed) {
		t.Fatalf("FlushRange %v", err)
	}
}

func TestFlushRangeBounds(t *testing.T) {
	b, _ := mapTest(t, 100, 0, MapUpdate)
	for _, c := range [][2]int{{-1, 2}, {0, 101}, {100, 1}, {1, -1}} {
		if err := b.FlushRange(c[0], c[1]); !errors.Is(err, nderr.ErrValue) {
			t.Errorf("FlushRange%v: %v", c, err)
		}
	}
	if err := b.FlushRange(100, 0); err != nil {
		t.Error(err)
	}
}

// waitRanges collects garbage until at most n ranges are mapped, for two seconds: fewer are
// left if a cleanup of an earlier test came late.
func waitRanges(n int) int {
	for range 200 {
		runtime.GC()
		if MappedRanges() <= n {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return MappedRanges()
}

// restingRanges collects garbage until the number of ranges rests, and returns it.
func restingRanges() int {
	n, rest := MappedRanges(), 0
	for rest < 10 {
		runtime.GC()
		time.Sleep(4 * time.Millisecond)
		if now := MappedRanges(); now != n {
			n, rest = now, 0
		}
		rest++
	}
	return n
}

func TestUnreachableMapsAreUnmapped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, bytes.Repeat([]byte{7}, 9000), 0o644); err != nil {
		t.Fatal(err)
	}
	open := func() *Buffer {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		b, err := Map(f, 0, 9000, MapRead)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	before := restingRanges()
	for i := range 20 {
		b := open()
		if i%2 == 0 {
			b.Close()
		}
	}
	left := waitRanges(before)
	if left > before {
		t.Fatalf("%d ranges left, want %d", left, before)
	}
	raw := func() []byte {
		b := open()
		b.Escape()
		return b.UnsafeBytes()
	}()
	for range 5 {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	if raw[8999] != 7 || MappedRanges() != left+1 {
		t.Fatalf("an escaped range was unmapped")
	}
}
