package npy

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// With ND_NUMPY naming a Python that has NumPy, files go both ways live.
func TestLiveNumPy(t *testing.T) {
	python := os.Getenv("ND_NUMPY")
	if python == "" {
		t.Skip("ND_NUMPY is not set")
	}
	dir := t.TempDir()
	rec, err := dtype.Parse("i1,>f8,(2,)U3")
	if err != nil {
		t.Fatal(err)
	}
	arrays := Members(map[string]*nd.Array{
		"i8": nd.Arange(24).Reshape(2, 3, 4), "fortran": nd.Arange(6).Reshape(2, 3).T(), "reversed": nd.Arange(5).Index("::-1"),
		"zero": nd.Scalar(1.5), "empty": nd.Zeros(dtype.Complex64, 0, 3), "rec": nd.Zeros(rec, 4), "big": nd.Ones(dtype.Float16.NewByteOrder(dtype.Big), 3),
	})
	for _, m := range arrays {
		if err := Save(filepath.Join(dir, m.Name+".npy"), m.Array); err != nil {
			t.Fatal(err)
		}
	}
	if err := SaveZ(filepath.Join(dir, "stored.npz"), arrays...); err != nil {
		t.Fatal(err)
	}
	if err := SaveZCompressed(filepath.Join(dir, "deflated.npz"), arrays...); err != nil {
		t.Fatal(err)
	}
	// NumPy reads all of it, finds the archives equal to the files, and writes
	// everything anew.
	script := `
import glob, os, sys, zipfile
import numpy as np
os.chdir(sys.argv[1])
for z in ("stored.npz", "deflated.npz"):
    assert zipfile.ZipFile(z).testzip() is None
    with np.load(z) as f:
        for name in f.files:
            a, b = f[name], np.load(name + ".npy")
            assert a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes(), name
            np.load(name + ".npy", mmap_mode="r")
all = {p[:-4]: np.load(p) for p in glob.glob("*.npy")}
for name, a in all.items():
    np.save("again-" + name + ".npy", a)
np.savez("again.npz", **all)
print(len(all), "arrays")
`
	cmd := exec.Command(python, "-c", script, dir)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "7 arrays" {
		t.Fatalf("%v: %s", err, out)
	}
	z, err := OpenZ(filepath.Join(dir, "again.npz"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, m := range arrays {
		ours, err := os.ReadFile(filepath.Join(dir, m.Name+".npy"))
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := os.ReadFile(filepath.Join(dir, "again-"+m.Name+".npy"))
		if err != nil || !bytes.Equal(ours, theirs) {
			t.Errorf("%s: NumPy wrote other bytes, %v", m.Name, err)
		}
		a, err := z.Open(m.Name)
		if err != nil || content(t, a) != string(ours) {
			t.Errorf("%s: from NumPy's archive: %v", m.Name, err)
		}
	}
}

// The golden answers are asked for anew. The archives are left out: their bytes
// depend on Python's zlib.
func TestGoldenIsWhatNumPySays(t *testing.T) {
	python := os.Getenv("ND_NUMPY")
	if python == "" {
		t.Skip("ND_NUMPY is not set")
	}
	fresh := filepath.Join(t.TempDir(), "golden.json")
	if out, err := exec.Command(python, "testdata/golden.py", fresh).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(fresh)
	if err != nil {
		t.Fatal(err)
	}
	var now golden
	if err := json.Unmarshal(data, &now); err != nil {
		t.Fatal(err)
	}
	old := readGolden(t)
	if !reflect.DeepEqual(old.Files, now.Files) {
		t.Error("NumPy writes other files now")
	}
	if !reflect.DeepEqual(old.Loads, now.Loads) {
		t.Error("NumPy reads headers otherwise now")
	}
}
