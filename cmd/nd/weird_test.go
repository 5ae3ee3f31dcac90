//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Pipes, directories and links that lead nowhere are one line that names them.
func TestWeirdFiles(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(syscall.Mkfifo(at("fifo.npy"), 0o600), syscall.Mkfifo(at("fifo.npz"), 0o600), syscall.Mkfifo(at("fifo"), 0o600),
		os.Symlink("loop.npy", at("loop.npy")), os.Mkdir(at("dir.npy"), 0o700), os.Mkdir(at("dir.npz"), 0o700)); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{"fifo.npy", "fifo.npz", "fifo@<f4", "fifo@<f4:(3,)", "loop.npy", "dir.npy", "dir.npz"} {
		for _, verb := range []string{"info", "mem", "show"} {
			status, _, errs := command(verb, at(name))
			path, _, _ := strings.Cut(at(name), "@")
			if status == 0 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, path) {
				t.Errorf("nd %s %s: %d %q", verb, name, status, errs)
			}
		}
	}
	for _, code := range []string{"open(%q)", "open(%q, 'wb')", "open(%q, 'ab')", "np.fromfile(%q, sep=' ')", "np.fromfile(%q)"} {
		code = fmt.Sprintf(code, at("fifo"))
		if status, _, errs := command("eval", code); status == 0 || strings.Count(errs, "\n") != 1 {
			t.Errorf("nd eval %s: %d %q", code, status, errs)
		}
	}
}
