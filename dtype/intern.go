package dtype

import (
	"encoding/binary"
	"runtime"
	"sync"
	"weak"
)

// ext is the part of a dtype that does not fit in a few words: the fields of a
// structure (shape is nil) or the base and shape of a sub-array (shape is not
// nil). An ext that came out of intern is never modified.
type ext struct {
	fields  []Field
	index   map[string]int // name or title → field
	aligned bool           // the structure's aligned flag
	align   int32
	base    DType
	shape   []int
	native  bool   // every number inside is in this machine's byte order; set by intern
	id      uint64 // never reused, so that a key that mentions it stays unambiguous
}

// interned maps the content of every living ext to it. The pointers are weak: a
// service that parses many headers keeps only the dtypes it holds on to. A
// parent holds its children strongly, so a living entry's key mentions the ids
// of living children only.
var interned = struct {
	sync.Mutex
	m      map[string]weak.Pointer[ext]
	lastID uint64
}{m: map[string]weak.Pointer[ext]{}}

// intern returns the one living ext with the content of e.
func intern(e ext) *ext {
	key := e.key()
	interned.Lock()
	defer interned.Unlock()
	if p := interned.m[key].Value(); p != nil {
		return p
	}
	interned.lastID++
	e.id = interned.lastID
	p := &e
	p.native = p.base.IsNative()
	if e.shape == nil {
		p.index = make(map[string]int, len(e.fields))
		for i, f := range e.fields {
			p.index[f.Name] = i
			p.native = p.native && f.DType.IsNative()
			if f.Title != "" {
				p.index[f.Title] = i
			}
		}
	}
	interned.m[key] = weak.Make(p)
	runtime.AddCleanup(p, forget, key)
	return p
}

// forget drops a dead entry. The content may have been interned anew since the
// old ext died; then the entry is alive and stays.
func forget(key string) {
	interned.Lock()
	defer interned.Unlock()
	if p, ok := interned.m[key]; ok && p.Value() == nil {
		delete(interned.m, key)
	}
}

// key encodes the content of e; texts are preceded by their lengths.
func (e *ext) key() string {
	b := make([]byte, 0, 16+24*len(e.fields))
	num := func(n int) { b = binary.AppendVarint(b, int64(n)) }
	text := func(s string) { num(len(s)); b = append(b, s...) }
	item := func(d DType) {
		b = append(b, byte(d.kind), byte(d.order))
		num(int(d.size))
		if d.ext == nil {
			num(0)
		} else {
			b = binary.AppendUvarint(b, d.ext.id)
		}
	}
	num(int(e.align))
	if e.shape != nil {
		b = append(b, 'A')
		item(e.base)
		for _, n := range e.shape {
			num(n)
		}
		return string(b)
	}
	b = append(b, 'S')
	if e.aligned {
		b = append(b, '!')
	}
	for _, f := range e.fields {
		b = append(b, 'f')
		text(f.Name)
		text(f.Title)
		num(f.Offset)
		item(f.DType)
	}
	return string(b)
}
