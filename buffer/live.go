package buffer

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"weak"
)

// The register of live blocks. Blocks outside the Go heap are few and always
// listed. Heap and foreign blocks are listed while Trace is on, which makes each
// of them slower by about a microsecond.

// LiveBlock describes one block that has neither been closed nor become
// unreachable.
type LiveBlock struct {
	Kind  Kind
	Bytes int           // that the block holds now
	Age   time.Duration // since it was made
	Place string        // "file.go:12 pkg.Func" of the code that made it, if it was made while Trace was on
	File  string        // behind a mapped or shared block: its path or name
}

// String returns the block as one line of a report.
func (l LiveBlock) String() string {
	return fmt.Sprintf("%-9s %10s %8s  %s", l.Kind, Human(l.Bytes), l.Age.Round(time.Millisecond), l.origin())
}

// origin is where the block comes from, as far as that is known.
func (l LiveBlock) origin() string {
	switch {
	case l.Place != "" && l.File != "":
		return l.Place + " (" + l.File + ")"
	case l.Place != "":
		return l.Place
	case l.File != "":
		return l.File
	}
	return "(made while buffer.Trace was off)"
}

// record is what the register knows of a block. It does not keep it reachable.
type record struct {
	kind   Kind
	bytes  atomic.Int64
	made   time.Time
	caller []uintptr
	file   string
}

var register struct {
	sync.Mutex
	set     map[*record]struct{}
	buffers map[weak.Pointer[Buffer]]*record
	n       atomic.Int64 // len(buffers), for a look without the lock
}

var tracing atomic.Bool

// Trace switches the listing of heap and foreign blocks, and of the places where
// blocks of any kind are made. It returns the former setting.
func Trace(on bool) bool { return tracing.Swap(on) }

// Live returns the live blocks, largest first. A block that nobody can reach
// counts until the garbage collector has found it: call runtime.GC first for an
// exact answer.
func Live() []LiveBlock {
	now := time.Now()
	register.Lock()
	defer register.Unlock()
	var list []LiveBlock
	add := func(r *record) {
		list = append(list, LiveBlock{r.kind, int(r.bytes.Load()), now.Sub(r.made), place(r.caller), r.file})
	}
	for r := range register.set {
		add(r)
	}
	for w, r := range register.buffers {
		if w.Value() != nil {
			add(r)
		}
	}
	slices.SortFunc(list, func(a, b LiveBlock) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(b.Age, a.Age))
	})
	return list
}

// LiveReport returns Live as text: a line for each kind with its blocks and
// bytes, then a line for each place where blocks were made, those with the most
// bytes first: kind, blocks, bytes, age of the oldest, place. A leak is a place
// whose bytes grow from one report to the next.
func LiveReport() string {
	type group struct {
		LiveBlock // the oldest
		blocks    int
		bytes     int
	}
	var kinds [len(kindNames)]group
	places := map[string]*group{}
	for _, l := range Live() {
		kinds[l.Kind].blocks++
		kinds[l.Kind].bytes += l.Bytes
		key := l.Kind.String() + " " + l.origin()
		g := places[key]
		if g == nil {
			g = &group{LiveBlock: l}
			places[key] = g
		}
		g.blocks++
		g.bytes += l.Bytes
		if l.Age > g.Age {
			g.LiveBlock = l
		}
	}
	var b strings.Builder
	for k, g := range kinds {
		if g.blocks > 0 {
			fmt.Fprintf(&b, "%-9s %7d blocks %10s\n", Kind(k), g.blocks, Human(g.bytes))
		}
	}
	groups := slices.SortedFunc(maps.Values(places), func(x, y *group) int {
		return cmp.Or(cmp.Compare(y.bytes, x.bytes), cmp.Compare(y.Age, x.Age), cmp.Compare(x.origin(), y.origin()))
	})
	for _, g := range groups {
		fmt.Fprintf(&b, "%-9s %7d blocks %10s %8s  %s\n", g.Kind, g.blocks, Human(g.bytes), g.Age.Round(time.Millisecond), g.origin())
	}
	return b.String()
}

// newRecord returns a record of a block made now.
func newRecord(kind Kind, bytes int) *record {
	r := &record{kind: kind, made: time.Now()}
	r.bytes.Store(int64(bytes))
	if tracing.Load() {
		pcs := make([]uintptr, 24)
		r.caller = pcs[:runtime.Callers(3, pcs)]
	}
	return r
}

// enter lists a record until leave.
func enter(r *record) {
	register.Lock()
	defer register.Unlock()
	if register.set == nil {
		register.set = map[*record]struct{}{}
	}
	register.set[r] = struct{}{}
}

func leave(r *record) {
	register.Lock()
	defer register.Unlock()
	delete(register.set, r)
}

// born lists a fresh heap or foreign block if tracing is on, and returns it.
func born(b *Buffer) *Buffer {
	if tracing.Load() {
		remember(b)
	}
	return b
}

// remember lists a block until it is closed or unreachable.
func remember(b *Buffer) {
	r, w := newRecord(b.kind, b.n), weak.Make(b)
	if b.mapped != nil {
		r.file = b.mapped.info.Path
	}
	register.Lock()
	defer register.Unlock()
	if register.buffers == nil {
		register.buffers = map[weak.Pointer[Buffer]]*record{}
	}
	register.buffers[w] = r
	register.n.Add(1)
	runtime.AddCleanup(b, unlist, w)
}

func unlist(w weak.Pointer[Buffer]) {
	register.Lock()
	defer register.Unlock()
	if _, ok := register.buffers[w]; ok {
		delete(register.buffers, w)
		register.n.Add(-1)
	}
}

// forget takes a closed block off the list.
func forget(b *Buffer) {
	if register.n.Load() > 0 {
		unlist(weak.Make(b))
	}
}

// place names the innermost caller outside this module, a test or an example of
// the module counting as outside.
func place(pcs []uintptr) string {
	if len(pcs) == 0 {
		return ""
	}
	frames := runtime.CallersFrames(pcs)
	var last string
	for {
		f, more := frames.Next()
		dir, file := filepath.Split(f.File)
		if f.Function != "" {
			last = fmt.Sprintf("%s:%d %s", filepath.Join(filepath.Base(dir), file), f.Line, f.Function[strings.LastIndex(f.Function, "/")+1:])
		}
		inside := strings.HasPrefix(f.Function, "github.com/stride-go/nd") && !strings.HasSuffix(file, "_test.go") &&
			!strings.HasPrefix(f.Function, "github.com/stride-go/nd/cmd/") && !strings.HasPrefix(f.Function, "github.com/stride-go/nd/examples/")
		if !inside || !more {
			return last
		}
	}
}
