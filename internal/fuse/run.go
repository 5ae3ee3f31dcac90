package fuse

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/parallel"
)

// grain is how many items a part has at least: some tens of microseconds of work,
// which is several times what handing a part to a helper costs.
const grain = 32 << 10

// castLoop returns the loop that casts contiguous items.
func castLoop(from, to dtype.Kind) func(dst, src unsafe.Pointer, n int) { return kernel.Cast(from, to) }

// worker is what one goroutine needs to run blocks.
type worker struct {
	at      []unsafe.Pointer // where the block of each value is
	memory  []uint64         // the registers, slots and room
	room    unsafe.Pointer   // of a tape that is summed
	cur     cursor
	acc     [64][2]uint64 // accumulators of a fold, by depth
	scratch *loop.Scratch
	slabAt  unsafe.Pointer // see Slabs
	slabLen int
}

var workers = sync.Pool{New: func() any { return new(worker) }}

// hire returns a worker with registers for the program.
func (p *Program) hire() *worker {
	w := workers.Get().(*worker)
	n := 2 * len(p.values) // the second half: what a tape casts
	if cap(w.at) < n+p.slots {
		w.at = make([]unsafe.Pointer, n+p.slots)
	}
	w.at = w.at[:n+p.slots]
	bytes := p.registers * p.regBytes
	slots := p.slots * kernel.TapeChunkBytes
	if need := (bytes + slots + kernel.TapeRoomBytes + 64) / 8; len(w.memory) < need {
		w.memory = make([]uint64, need)
	}
	w.scratch = loop.Borrow()
	base := unsafe.Pointer(unsafe.SliceData(w.memory))
	base = unsafe.Add(base, -uintptr(base)&63)
	for i := range p.ways {
		if r := p.ways[i].reg; r >= 0 {
			w.at[i] = unsafe.Add(base, r*p.regBytes)
		}
	}
	w.room = unsafe.Add(base, bytes+slots)
	for k := range p.slots {
		w.at[n+k] = unsafe.Add(base, bytes+k*kernel.TapeChunkBytes)
	}
	return w
}

// leave gives the worker back; it keeps no operand alive.
func (w *worker) leave() {
	clear(w.at)
	w.scratch.Return()
	w.scratch = nil
	workers.Put(w)
}

// place tells the worker where the operands that lie in memory are from item lo on.
func (p *Program) place(w *worker, lo int) {
	for i := range p.ways {
		switch y := &p.ways[i]; y.mode {
		case direct:
			w.at[i] = unsafe.Add(y.view.ptr, lo*y.size)
		case tiled:
			w.at[i] = unsafe.Add(y.tile, lo%y.period*y.size)
		case moved:
			if y.widen != kernel.TapeEnd {
				w.at[len(p.values)+i] = unsafe.Add(y.view.ptr, lo*y.view.axes[0].stride)
			}
		}
	}
}

// run computes n items of the line from item lo on, n at most a block. They are
// at w.at[p.result] then; dst is where they go if the result is written in place.
func (p *Program) run(w *worker, lo, n int, dst unsafe.Pointer) error {
	p.place(w, lo)
	if p.inPlace {
		w.at[p.result] = dst
	}
	room := n
	if !p.inPlace {
		room = p.size - lo // registers have room for a chunk more than a block
	}
	for i := range p.pieces {
		c := &p.pieces[i]
		if m := c.runTape(w, n, room); m < n {
			if err := p.runSteps(w, c.steps, lo, m, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// runSteps computes items m to n of the block, which starts at item lo, one step
// after another.
func (p *Program) runSteps(w *worker, steps []Value, lo, m, n int) error {
	at := func(v Value) unsafe.Pointer {
		if p.ways[v].period == 1 {
			return w.at[v] // the same item everywhere
		}
		return unsafe.Add(w.at[v], m*p.ways[v].size)
	}
	n -= m
	for _, v := range steps {
		x, y := &p.values[v], &p.ways[v]
		to, a, b, c := at(v), at(x.args[0]), at(x.args[1]), at(x.args[2])
		switch x.how {
		case load:
			if err := y.view.move(&y.mover, to, y.size, lo+m, n, false, &w.cur, w.scratch); err != nil {
				return err
			}
		case cast:
			y.conv(to, a, n)
		case pick:
			kernel.Choose(to, a, b, c, y.size, n)
		case call:
			if err := callLoop(x.entry, to, a, b, c, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// callLoop runs the loop of an entry.
func callLoop(e *kernel.Entry, to, a, b, c unsafe.Pointer, n int) error {
	if e.Check != nil {
		if err := e.Check(a, b, n); err != nil {
			return err
		}
	}
	switch {
	case e.Binary != nil:
		e.Binary(to, a, b, n)
	case e.Unary != nil:
		e.Unary(to, a, n)
	default:
		e.Ternary(to, a, b, c, n)
	}
	return nil
}

// parts calls f for parts of the line, each a multiple of a block long but for the
// last.
func (p *Program) parts(serial bool, f func(w *worker, lo, hi int) error) error {
	step := p.block * max(1, grain/p.block)
	if serial {
		step = p.size
	}
	return p.tasks((p.size+step-1)/step, func(w *worker, i int) error {
		return f(w, i*step, min(p.size, (i+1)*step))
	})
}

// tasks calls f(0) to f(count-1) on as many threads as may be used. A fault in
// mapped memory is f's error; of several errors that of the first task counts.
func (p *Program) tasks(count int, f func(w *worker, i int) error) error {
	if count == 1 {
		return p.guarded(f, 0)
	}
	first := failure{task: count}
	one := func(i int) {
		if i >= first.before() {
			return
		}
		if err := p.guarded(f, i); err != nil {
			first.put(i, err)
		}
	}
	parallel.Do(count, one)
	return first.err
}

// failure is the error of the first task that has one.
type failure struct {
	mu   sync.Mutex
	task int
	err  error
}

func (f *failure) before() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.task
}

func (f *failure) put(task int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if task < f.task {
		f.task, f.err = task, err
	}
}

// guarded calls f with a worker. In memory that may fault the goroutine that runs
// it turns faults into errors.
func (p *Program) guarded(f func(w *worker, i int) error, i int) (err error) {
	if p.Mapped {
		defer buffer.Watch().Done(&err)
	}
	w := p.hire()
	err = f(w, i)
	w.leave()
	return err
}

// Run computes result into out, whose shape is that of the line. Operands that
// out overlaps are read as if they had been copied before.
func (p *Program) Run(result Value, out operand.Operand) error {
	if out.Size() == 0 {
		return nil
	}
	if err := p.separate(&out); err != nil {
		return err
	}
	p.line(out.Shape, walkOrder(out.Shape, &out))
	to := p.along(&out)
	native := dtype.OfKind(p.Kind(result))
	inPlace := out.DType == native && to.dense(native.ItemSize(), native.Alignment())
	store, err := loop.NewMover(out.DType, native)
	if err != nil {
		return err
	}
	stream := inPlace && p.streams(result, &out)
	if err := p.begin(result, inPlace && (!stream || p.tapeComputes(result))); err != nil {
		return err
	}
	if stream && p.inPlace {
		p.stream()
	}
	size := native.ItemSize()
	return p.parts(touches(&to, out.DType.ItemSize()), func(w *worker, lo, hi int) error {
		if stream {
			defer kernel.EndStream()
		}
		for ; lo < hi; lo += p.block {
			n := min(p.block, hi-lo)
			var dst unsafe.Pointer
			if p.inPlace {
				dst = unsafe.Add(to.ptr, lo*size)
			}
			if err := p.run(w, lo, n, dst); err != nil {
				return err
			}
			switch {
			case p.inPlace:
				continue
			case stream:
				kernel.Stream(unsafe.Add(to.ptr, lo*size), w.at[result], n*size)
				continue
			}
			if err := to.move(&store, w.at[result], size, lo, n, true, &w.cur, w.scratch); err != nil {
				return err
			}
		}
		return nil
	})
}

// streams reports whether out, which is dense, is better written past the caches:
// it is large or cold, and no operand has brought its lines in.
func (p *Program) streams(result Value, out *operand.Operand) bool {
	if !p.Cold && out.Size()*out.DType.ItemSize() < kernel.StreamBytes || uintptr(out.Ptr)&63 != 0 || !kernel.CanStream() {
		return false
	}
	if x := &p.values[result]; x.how == call && x.kind == dtype.KindBool {
		if op, k := p.tapeOp(result); op != kernel.TapeEnd && (kernel.TapeChunk(k) > 0 || k == dtype.KindBool) {
			return false // a tape writes bools, few bytes beside its numbers, where they belong
		}
	}
	for i := range p.leaves {
		if loop.Overlap(out, &p.leaves[i]) {
			return false
		}
	}
	return true
}

// begin is prepare, which reads operands to fill tiles.
func (p *Program) begin(result Value, inPlace bool) (err error) {
	if p.Mapped {
		defer buffer.Watch().Done(&err)
	}
	return p.prepare(result, inPlace)
}

// separate copies the operands that out overlaps in another way than item for item.
func (p *Program) separate(out *operand.Operand) (err error) {
	if p.Mapped {
		defer buffer.Watch().Done(&err)
	}
	for i := range p.leaves {
		o := &p.leaves[i]
		if !loop.Overlap(out, o) || loop.SameItems(out, o) {
			continue
		}
		s := loop.Borrow()
		*o, err = loop.CopyToTemp(*o, s)
		s.Return()
		if err != nil {
			return err
		}
	}
	return nil
}

// touches reports whether items of size bytes may share some, so that the order of
// writing matters.
func touches(v *view, size int) bool {
	end := size                // of the items along the axes so far
	for _, a := range v.axes { // the smallest stride first
		s := max(a.stride, -a.stride)
		if a.n > 1 && s < end {
			return true
		}
		end += s * (a.n - 1)
	}
	return false
}
