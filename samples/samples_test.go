package samples

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"
)

// TestSums holds the embedded files to the sums that make.py printed when they
// were made from their sources.
func TestSums(t *testing.T) {
	raw, err := os.ReadFile("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(lines) != len(Names) {
		t.Fatalf("%d sums for %d samples", len(lines), len(Names))
	}
	total := 0
	for i, line := range lines {
		want, file, _ := strings.Cut(line, "  ")
		if file != Names[i]+".npy" {
			t.Errorf("line %d is of %s, want %s.npy", i+1, file, Names[i])
			continue
		}
		data := Bytes(Names[i])
		total += len(data)
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s: sha256 %s, want %s", file, got, want)
		}
		if !bytes.HasPrefix(data, []byte("\x93NUMPY\x01\x00")) {
			t.Errorf("%s does not start as an .npy file", file)
		}
	}
	if total > 2_000_000 {
		t.Errorf("the samples take %d bytes, more than 2 MB", total)
	}
	beside, err := filepath.Glob("*.npy")
	if err != nil || len(beside) != len(Names) || len(files) != len(Names) {
		t.Errorf("files %v, want one for each of %v (%v)", beside, Names, err)
	}
}

// TestPenguinLayout holds the Go struct to the offsets of the file's record.
func TestPenguinLayout(t *testing.T) {
	var p Penguin
	got := []uintptr{
		unsafe.Offsetof(p.Species), unsafe.Offsetof(p.Island), unsafe.Offsetof(p.BillLength),
		unsafe.Offsetof(p.BillDepth), unsafe.Offsetof(p.FlipperLength), unsafe.Offsetof(p.BodyMass),
		unsafe.Offsetof(p.Sex), unsafe.Offsetof(p.Year), unsafe.Sizeof(p),
	}
	want := []uintptr{0, 10, 20, 24, 28, 32, 36, 42, 44}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("offset %d is %d, want %d", i, got[i], want[i])
		}
	}
	if n := len(Bytes("penguins")); n != 256+344*44 {
		t.Errorf("penguins.npy has %d bytes, want a header of 256 and 344 records of 44", n)
	}
}

func TestUnknownName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Bytes of an unknown name did not panic")
		}
	}()
	Bytes("nothing")
}

// TestArrays holds the arrays to lie in the files themselves, and to be read-only.
func TestArrays(t *testing.T) {
	shapes := map[string]string{"digits": "[1797 8 8]", "labels": "[1797]", "penguins": "[344]"}
	for _, name := range Names {
		a := Array(name)
		if a.Writeable() || a.OwnData() {
			t.Errorf("%s is writeable or owns its bytes", name)
		}
		low, high := a.ByteBounds()
		start := uintptr(unsafe.Pointer(unsafe.SliceData(files[name])))
		if low < start || high != start+uintptr(len(files[name])) {
			t.Errorf("%s does not lie in the embedded file", name)
		}
		if name == "penguins" {
			a = a.Field("body_mass")
		}
		if !a.Aligned() {
			t.Errorf("%s is not aligned", name)
		}
		if want := shapes[name]; want != "" && fmt.Sprint(a.Shape()) != want {
			t.Errorf("%s has shape %v, want %s", name, a.Shape(), want)
		}
	}
}
