package buffer

import (
	"bytes"
	"errors"
	"runtime"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// A program for a Growable is a string of bytes, each an instruction. The model is
// a Go slice; of an export it remembers what the bytes were, or must become.
type growProgram struct {
	t     *testing.T
	g     *Growable
	model []byte
	views []*grownView
	next  byte // to be appended
}

type grownView struct {
	buf  *Buffer
	n    int
	kept []byte // what a stale view shows for ever
}

// live tells whether a view that is not closed and not stale looks at more than n
// bytes: what policies other than Stay mind.
func (p *growProgram) live(n int) bool {
	for _, v := range p.views {
		if !v.buf.Closed() && !v.buf.Stale() && v.n > n {
			return true
		}
	}
	return false
}

func (p *growProgram) append(n int) {
	b := make([]byte, n)
	for i := range b {
		p.next++
		b[i] = p.next
	}
	refused := p.g.Policy().strict() && n > 0 && p.live(0)
	err := p.g.Append(b)
	if refused != errors.Is(err, nderr.ErrExported) || !refused && err != nil {
		p.t.Fatalf("append of %d: %v", n, err)
	}
	if err == nil {
		p.model = append(p.model, b...)
	}
}

func (p *growProgram) truncate(n int) {
	live := p.live(n)
	err := p.g.Truncate(n)
	switch {
	case n < 0 || n > len(p.model):
		if !errors.Is(err, nderr.ErrValue) {
			p.t.Fatalf("truncate to %d of %d: %v", n, len(p.model), err)
		}
	case n == len(p.model) && err == nil:
	case p.g.Policy().strict() && p.live(0), p.g.Policy() == Stay && live:
		if !errors.Is(err, nderr.ErrExported) {
			p.t.Fatalf("truncate to %d under a view: %v", n, err)
		}
	case err != nil:
		p.t.Fatalf("truncate to %d: %v", n, err)
	default:
		p.model = p.model[:n:n]
	}
}

// check compares the finished part and every view with the model.
func (p *growProgram) check() {
	if p.g.Len() != len(p.model) || p.g.Cap() < p.g.Len() {
		p.t.Fatalf("length %d, capacity %d, the model has %d", p.g.Len(), p.g.Cap(), len(p.model))
	}
	for i, v := range p.views {
		if v.buf.Closed() {
			continue
		}
		raw := bytesOf(v.buf)
		if v.buf.Stale() {
			if !bytes.Equal(raw, v.kept) {
				p.t.Fatalf("view %d is stale and shows other bytes", i)
			}
			continue
		}
		if !bytes.Equal(raw, p.model[:v.n]) {
			p.t.Fatalf("view %d of %d bytes shows others than the model", i, v.n)
		}
		v.kept = bytes.Clone(raw)
	}
}

func (p *growProgram) run(program []byte) {
	for i, op := range program {
		n := int(op >> 3)
		switch op & 7 {
		case 0:
			p.append(n)
		case 1:
			p.append(n * 997)
		case 2:
			p.truncate(len(p.model) - n*n)
		case 3:
			p.truncate(n - 1)
		case 4:
			if b, err := p.g.Export(); err != nil || b.Len() != len(p.model) {
				p.t.Fatal(err)
			} else if len(p.views) < 8 {
				p.views = append(p.views, &grownView{buf: b, n: b.Len(), kept: bytes.Clone(p.model)})
			} else {
				b.Close()
			}
		case 5:
			if len(p.views) > 0 {
				p.views[n%len(p.views)].buf.Close()
			}
		case 6:
			refused := p.g.Policy().strict() && p.live(0)
			if err := p.g.Shrink(); err != nil && !(refused && errors.Is(err, nderr.ErrExported)) {
				p.t.Fatal(err)
			}
		case 7: // write through a view: everybody who is not stale sees it
			if len(p.views) == 0 {
				continue
			}
			if v := p.views[n%len(p.views)]; !v.buf.Closed() && !v.buf.Stale() && v.n > 0 {
				at := (n * 31) % v.n
				bytesOf(v.buf)[at] ^= 0x80
				p.model[at] ^= 0x80
			}
		}
		p.check()
		if len(p.model) > 1<<20 || i > 200 {
			break
		}
	}
	if err := p.g.Close(); err != nil {
		p.t.Fatal(err)
	}
	for i, v := range p.views {
		if !v.buf.Closed() && !v.buf.Stale() {
			p.t.Errorf("view %d outlives Close", i)
		}
		if v.buf.Stale() && !v.buf.Closed() && !bytes.Equal(bytesOf(v.buf), v.kept) {
			p.t.Errorf("view %d, which is stale, changed by Close", i)
		}
	}
	if _, err := p.g.Export(); !errors.Is(err, nderr.ErrClosed) {
		p.t.Error(err)
	}
	runtime.KeepAlive(p.views)
}

// A growable buffer does what a slice does, and its views show what they should,
// under every policy.
func FuzzGrowable(f *testing.F) {
	for policy := range byte(4) {
		f.Add(policy, byte(1), []byte{0xf8, 4, 0xf9, 7, 0xfc, 2 << 3, 6, 0xf9, 5})
		f.Add(policy, byte(18), []byte{0x21, 0x22, 4, 0x1a, 0xfb, 6, 0xf9, 0xf9, 0xf9, 4, 0x12})
		f.Add(policy, byte(200), []byte{4, 0xf9, 4, 0xfb, 0x0f, 0xf9, 0x0b, 6, 4, 0xf9})
	}
	f.Fuzz(func(t *testing.T, policy, item byte, program []byte) {
		g, err := NewGrowable(GrowOptions{Policy: Policy(policy % 4), Item: int(item), Reserve: []int{1 << 16, 1 << 24}[item%2]})
		if err != nil {
			t.Fatal(err)
		}
		(&growProgram{t: t, g: g}).run(program)
	})
}

// bytesOf returns a block's bytes for a look that leaves no trace: UnsafeBytes would
// count as an escape. The caller keeps b reachable.
func bytesOf(b *Buffer) []byte { return unsafe.Slice((*byte)(b.Pointer()), b.Len()) }
