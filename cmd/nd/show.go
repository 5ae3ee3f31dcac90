package main

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/npy"
)

type showCmd struct {
	File  string `arg:"" help:"x.npy, x.npz[member], or raw.bin@<f4:(3,4)."`
	Index string `arg:"" optional:"" help:"A subscript in NumPy's spelling: '1:3, ::2'."`
}

func (c *showCmd) Run(std *stream) error {
	a, err := openMember(c.File)
	if err != nil {
		return err
	}
	return nd.Try(func() {
		if c.Index != "" {
			a = a.Index(c.Index)
		}
		fmt.Fprintln(std.out, a)
	})
}

// openMember opens a file argument; x.npz[name] is a member of an archive, and
// x.npz alone is its only one.
func openMember(arg string) (*nd.Array, error) {
	path, member := splitMember(arg)
	s := parseSource(path)
	if !s.isArchive() {
		return s.open(false)
	}
	z, err := npy.OpenZ(path)
	if err != nil {
		return nil, err
	}
	names := z.Names()
	if member == "" {
		if len(names) != 1 {
			return nil, fmt.Errorf("%s holds %d arrays: name one, as in %s[%s]", path, len(names), path, first(names))
		}
		member = names[0]
	}
	return z.Open(member)
}

// splitMember splits x.npz[name] into the archive and the member's name.
func splitMember(arg string) (path, member string) {
	if i := strings.LastIndex(arg, ".npz["); i > 0 && strings.HasSuffix(arg, "]") {
		return arg[:i+4], arg[i+5 : len(arg)-1]
	}
	return arg, ""
}

func first(names []string) string {
	if len(names) == 0 {
		return "name"
	}
	return names[0]
}
