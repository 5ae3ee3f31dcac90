package buffer

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestPages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	page := pageSize
	if err := os.WriteFile(path, make([]byte, 10*page), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []MapMode{MapUpdate, MapCopy} {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		b, err := Map(f, 100, 8*page, mode)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		p := b.Pages()
		if p.Size != page || p.Count != 9 { // 100 bytes of the ninth
			t.Errorf("%s: %+v", mode, p)
		}
		if runtime.GOOS != "linux" {
			if p.Cached != Unknown || p.Touched != Unknown || p.Dirty != Unknown || p.Private != Unknown {
				t.Errorf("%s: %+v", mode, p)
			}
			b.Close()
			continue
		}
		if p.Cached == Unknown || p.Touched == Unknown {
			t.Skip("this Linux tells nothing: ", p)
		}
		if p.Cached != 9 || p.Touched != 0 || p.Private != 0 { // written a moment ago
			t.Errorf("%s: %+v", mode, p)
		}
		for k := range 3 {
			b.UnsafeBytes()[2*k*page] = 7
		}
		p = b.Pages()
		want := map[MapMode]int{MapUpdate: 0, MapCopy: 3}[mode]
		if p.Touched < 3 || p.Dirty < 3 || p.Private != want {
			t.Errorf("%s, written: %+v", mode, p)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if p := b.Pages(); p.Touched != Unknown || p.Cached != Unknown {
			t.Errorf("%s, closed: %+v", mode, p)
		}
	}
	for _, n := range []int{0, 1, 3 * page} {
		b, err := Make(n)
		if err != nil {
			t.Fatal(err)
		}
		if p := b.Pages(); p.Count < n/page || n > 0 && p.Count == 0 || p.Cached > p.Count || n > 0 && p.Touched != Unknown {
			t.Errorf("%d bytes of the heap: %+v", n, p)
		}
	}
	sparse := filepath.Join(t.TempDir(), "sparse")
	if err := os.WriteFile(sparse, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	const far = 1 << 30
	if err := os.Truncate(sparse, far); err != nil {
		t.Skip(err)
	}
	f, err := os.Open(sparse)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := Map(f, 0, far, MapRead)
	if err != nil {
		t.Skip(err) // no room in the address space
	}
	defer b.Close()
	if p := b.Pages(); p.Count != far/page || p.Cached > 0 {
		t.Errorf("a file without pages: %+v", p)
	}
}
