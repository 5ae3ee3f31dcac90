package buffer

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// copyOf returns *p assigned to another variable, which go vet finds fault with
// where it is written out.
func copyOf[T any](p *T) *T {
	c := new(T)
	reflect.ValueOf(c).Elem().Set(reflect.ValueOf(p).Elem())
	return c
}

func wantClosed(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, nderr.ErrClosed) {
		t.Errorf("%s: %v, want ErrClosed", what, err)
	}
}

// closedGrowable checks that every method of g ends with ErrClosed or says nothing.
func closedGrowable(t *testing.T, g *Growable) {
	t.Helper()
	_, err := g.Export()
	wantClosed(t, "Export", err)
	wantClosed(t, "Append", g.Append([]byte{1}))
	wantClosed(t, "Extend", g.Extend(1, func([]byte) error { t.Error("called"); return nil }))
	wantClosed(t, "Truncate", g.Truncate(0))
	wantClosed(t, "Resize", g.Resize(5))
	wantClosed(t, "Shrink", g.Shrink())
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	if g.Len() != 0 || g.Cap() != 0 || g.Exports() != 0 || len(g.UnsafeBytes()) != 0 {
		t.Error("bytes without a block")
	}
}

// A copy of a Growable is the Growable: it sees what happens to it, and never a
// block that is gone.
func TestCopiedGrowable(t *testing.T) {
	for _, p := range []Policy{Stay, Strict, Detach, CPython} {
		g := growable(t, GrowOptions{Policy: p})
		must(t, g.Append([]byte("abc")))
		c := copyOf(g)
		must(t, g.Append(make([]byte, 1<<17)))
		must(t, c.Append([]byte("d")))
		b, err := c.Export()
		must(t, err)
		if b.Len() != 1<<17+4 || g.Len() != b.Len() || c.Cap() != g.Cap() || c.Generation() != g.Generation() || g.Exports() != 1 || c.Policy() != p {
			t.Errorf("%s: %d bytes, %d in the copy", p, g.Len(), b.Len())
		}
		if s := b.UnsafeBytes(); string(s[:3]) != "abc" || s[len(s)-1] != 'd' {
			t.Errorf("%s: other bytes", p)
		}
		must(t, g.Close())
		wantClosed(t, "export", b.Err())
		closedGrowable(t, c)
	}
}

func TestZeroGrowable(t *testing.T) {
	closedGrowable(t, new(Growable))
	closedGrowable(t, nil)
}

// A copy of a Segment is the Segment, and the zero one is closed.
func TestCopiedSegment(t *testing.T) {
	for _, s := range []*Segment{new(Segment), nil} {
		wantClosed(t, "zero segment", s.Buffer().Err())
		if err := errors.Join(s.Unlink(), s.Close()); err != nil || s.Owner() || s.Name() != "" || s.File() != nil || s.Sealed() {
			t.Errorf("zero segment: %v", err)
		}
		s.Disown()
	}
	if runtime.GOOS != "linux" {
		t.Skip("no segments by name")
	}
	name := fmt.Sprintf("nd-copied-%d", os.Getpid())
	s, err := CreateShared(name, 100)
	must(t, err)
	c := copyOf(s)
	must(t, s.Close())
	wantClosed(t, "the copy's buffer", c.Buffer().Err())
	other, err := CreateShared(name, 100)
	must(t, err)
	must(t, c.Close()) // not the name's second owner
	if _, err := os.Stat("/dev/shm/" + name); err != nil {
		t.Error("closing a copy removed another segment's name")
	}
	must(t, other.Close())
}
