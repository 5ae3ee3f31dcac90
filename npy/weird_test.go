//go:build unix

package npy_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

// member returns an archive of one stored member x.npy: what it holds, and the
// length that the archive's directory claims.
func member(t *testing.T, data []byte, claim uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "x.npy", Method: zip.Store, CompressedSize64: uint64(len(data)), UncompressedSize64: claim})
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever a path leads to, opening it ends at once with an error that names it.
func TestWeirdFiles(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(syscall.Mkfifo(at("fifo.npy"), 0o600), os.Symlink("loop.npy", at("loop.npy")), os.Mkdir(at("dir.npy"), 0o700)); err != nil {
		t.Skip(err)
	}
	header := func(version byte, length uint32, text string) []byte {
		b := binary.LittleEndian.AppendUint32([]byte{0x93, 'N', 'U', 'M', 'P', 'Y', version, 0}, length)
		return append(b, text...)
	}
	nested := "{'descr': " + strings.Repeat("(", 1e6) + strings.Repeat(")", 1e6) + ", 'fortran_order': False, 'shape': (3,), }"
	claims := "{'descr': '<f8', 'fortran_order': False, 'shape': (1152921504606846976,), }"
	whole := header(2, uint32(len(claims)), claims)
	for name, content := range map[string][]byte{
		"nested.npy": header(2, uint32(len(nested)), nested),
		"long2.npy":  header(2, 1<<32-1, "{"),
		"long3.npy":  header(3, 1<<32-1, "{"),
		"claims.npy": whole,
		"claims.npz": member(t, whole, 1<<60),
		"claimz.npz": member(t, whole, uint64(len(whole))),
		"nested.npz": member(t, header(2, uint32(len(nested)), nested), 1<<60),
	} {
		if err := os.WriteFile(at(name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first := func(path string, read func(z *npy.Archive) error) error {
		z, err := npy.OpenZ(path)
		if err != nil {
			return err
		}
		defer z.Close()
		return read(z)
	}
	ways := map[string]func(path string) error{
		"Load":         func(p string) error { _, err := npy.Load(p); return err },
		"Load trusted": func(p string) error { _, err := npy.Load(p, npy.MaxHeader(1<<31-1)); return err },
		"Open":         func(p string) error { _, err := npy.Open(p); return err },
		"Open r+":      func(p string) error { _, err := npy.Open(p, npy.Mode("r+")); return err },
		"Append":       func(p string) error { return npy.Append(p, nd.Arange(3)) },
		"OpenAppender": func(p string) error { _, err := npy.OpenAppender(p); return err },
		"memmap": func(p string) error {
			_, err := memmap.Open(p, memmap.ReadOnly, dtype.Float64, 1<<40)
			return err
		},
		"memmap r+": func(p string) error {
			if _, err := os.Stat(p); strings.HasPrefix(p, "/") && !strings.HasPrefix(p, dir) && err == nil {
				return errors.New(p + " is not to be written by a test")
			}
			_, err := memmap.Open(p, memmap.ReadWrite, dtype.Float64, 1<<57)
			return err
		},
		"OpenZ": func(p string) error {
			return first(p, func(z *npy.Archive) error { _, err := z.Load("x"); return err })
		},
		"OpenZ, map": func(p string) error {
			return first(p, func(z *npy.Archive) error { _, err := z.Open("x"); return err })
		},
	}
	for _, path := range []string{at("fifo.npy"), at("loop.npy"), at("dir.npy"), "/dev/null", "/dev/zero", "/proc/self/maps",
		at("nested.npy"), at("long2.npy"), at("long3.npy"), at("claims.npy"), at("claims.npz"), at("claimz.npz"), at("nested.npz")} {
		if _, err := os.Lstat(path); err != nil {
			continue
		}
		for name, open := range ways {
			done := make(chan error, 1)
			go func() { done <- open(path) }()
			select {
			case err := <-done:
				if err == nil || !strings.Contains(err.Error(), path) && !errors.Is(err, nd.ErrMemory) {
					t.Errorf("%s of %s: %v", name, path, err)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%s of %s does not end", name, path)
			}
		}
	}
}
