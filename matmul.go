package nd

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

const matmulSignature = "(n?,k),(k,m?)->(n?,m?)"

// MatMul returns the matrix product a @ b over the last two axes, the axes before
// them broadcast together. A 1-d a is a row, a 1-d b a column, and that axis is
// left out of the result. Integers wrap; of bools it is or-of-ands; float16 is
// summed in float32. Options: Out, Casting, DType.
//
// It panics with ErrShape ("matmul: Input operand 1 has a mismatch in its core
// dimension 0, …").
func (a *Array) MatMul(b *Array, opts ...Option) *Array {
	if len(opts) == 0 {
		if r := quickDot(a, b); r != nil {
			return r
		}
	}
	if out, ok := onlyOut(opts); ok {
		if r := quickProduct(a, b, false, out); r != nil {
			return r
		}
	}
	s := gather("matmul", optOut|optCasting|optDType|optOrder, opts)
	return matmul(a, b, &s)
}

func matmul(a, b *Array, s *settings) *Array {
	const op = "matmul"
	a.use(op)
	b.use(op)
	if !a.dtype.IsNumeric() || !b.dtype.IsNumeric() {
		fail(op, ErrCasting, "ufunc 'matmul' did not contain a loop with signature matching types (%s, %s) -> None", a.dtype.Repr(), b.dtype.Repr())
	}
	for i, x := range [...]*Array{a, b} {
		if x.NDim() == 0 {
			fail(op, ErrShape, "matmul: Input operand %d does not have enough dimensions (has 0, gufunc core with signature %s requires 1)", i, matmulSignature)
		}
	}
	row, column := a.NDim() == 1, b.NDim() == 1
	var batchA, batchB []int
	m, n, k := 1, 1, a.lay.Shape[a.NDim()-1]
	if !row {
		batchA, m = a.lay.Shape[:a.NDim()-2], a.lay.Shape[a.NDim()-2]
	}
	d := b.lay.Shape[0]
	if !column {
		batchB, d, n = b.lay.Shape[:b.NDim()-2], b.lay.Shape[b.NDim()-2], b.lay.Shape[b.NDim()-1]
	}
	if d != k {
		fail(op, ErrShape, "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature %s (size %d is different from %d)", matmulSignature, d, k)
	}
	var batch []int
	var err error
	if len(batchA) > 0 || len(batchB) > 0 {
		batch, err = layout.Broadcast(batchA, batchB)
	}
	if err != nil {
		fail(op, ErrShape, "operands could not be broadcast together with remapped shapes [original->remapped]: (%s)->(%s,newaxis,newaxis) (%s)->(%s,newaxis,newaxis)  and requested shape (%d,%d)",
			commas(a.lay.Shape...), commas(batchA...), commas(b.lay.Shape...), commas(batchB...), m, n)
	}
	var dt dtype.DType
	dt, err = dtype.Promote(a.dtype, b.dtype)
	must(op, err)
	if s.dtype.IsValid() {
		dt = s.dtype
	}
	dt = dt.Native()
	for i, x := range [...]*Array{a, b} {
		if !dtype.CanCast(x.dtype, dt, s.casting) {
			fail(op, ErrCasting, "Cannot cast ufunc 'matmul' input %d from %s to %s with casting rule '%s'", i, x.dtype.Repr(), dt.Repr(), s.casting)
		}
	}
	var inline [inlineDims]int
	shape := append(inline[:0], batch...)
	if !row {
		shape = append(shape, m)
	}
	if !column {
		shape = append(shape, n)
	}
	if s.out != nil {
		checkMatMulOut(s.out, shape, row, column, dt, s.casting)
	}
	x, y := a.ready(dt), b.ready(dt)
	r := s.out
	if r == nil || !r.takesProduct(dt, shape, column, x, y) {
		r = allocLate(op, dt, shape)
	}
	multiplyInto(r, x, y, batch, [3]int{m, n, k}, row, column)
	return handed(op, s.out, r)
}

// takesProduct reports whether the product of x and y can be written to a at
// once: a has its dtype and shape, rows without gaps, and no byte in common with
// the operands.
func (a *Array) takesProduct(dt dtype.DType, shape []int, column bool, x, y *Array) bool {
	last := len(shape) - 1
	return a.dtype == dt && a.flags.Has(Aligned|Writeable) && slices.Equal(a.lay.Shape, shape) &&
		(column || last < 0 || shape[last] < 2 || a.lay.Strides[last] == a.ItemSize()) &&
		(a.flags.Has(CContiguous) || layout.InternalOverlap(a.lay.Shape, a.lay.Strides, a.ItemSize(), 1) == layout.No) &&
		!layout.MayShare(a.place(), x.place()) && !layout.MayShare(a.place(), y.place())
}

// multiplyInto writes x @ y to r. x and y are matrices, or a row and a column, of
// r's dtype with the axes batch, broadcast, before them; r has not the axes that
// are row or column.
func multiplyInto(r, x, y *Array, batch []int, mnk [3]int, row, column bool) {
	m, n, k := mnk[0], mnk[1], mnk[2]
	item, outer := r.ItemSize(), len(batch)
	room := stackRooms.Get().(*stackRoom)
	defer stackRooms.Put(room)
	xo, yo, ro := x.operand(), y.operand(), r.operand()
	xo.Shape, yo.Shape, ro.Shape = append(append(room[0][:0], batch...), m, k), append(append(room[1][:0], batch...), k, n), append(append(room[2][:0], batch...), m, n)
	xo.Strides, yo.Strides, ro.Strides = append(room[3][:0], xo.Shape...), append(room[4][:0], yo.Shape...), append(room[5][:0], ro.Shape...)
	x.stackStrides(xo.Strides, outer, row, true)
	y.stackStrides(yo.Strides, outer, column, false)
	copy(ro.Strides, r.lay.Strides[:outer])
	ro.Strides[outer], ro.Strides[outer+1] = item, item
	if !row {
		ro.Strides[outer] = r.lay.Strides[outer]
	}
	if !r.mapped() && !x.mapped() && !y.mapped() {
		if !r.buf.Pin() {
			r.use("matmul")
		}
		ufunc.MatMul(ro, xo, yo)
		r.buf.UnsafeUnpin()
	} else {
		must("matmul", r.pinned("matmul", true, func() error {
			ufunc.MatMul(ro, xo, yo)
			return nil
		}))
	}
	runtime.KeepAlive(r)
	x.done("matmul")
	y.done("matmul")
}

// stackRoom is where the shapes and strides of a product lie, which the engine takes from
// the heap.
type stackRoom [6][inlineDims]int

var stackRooms = sync.Pool{New: func() any { return new(stackRoom) }}

// stackStrides writes the strides of a for a stack of matrices with outer axes before
// them. A vector is one row or one column.
func (a *Array) stackStrides(to []int, outer int, vector, row bool) {
	core := 2
	if vector {
		core = 1
	}
	missing := outer - (a.NDim() - core)
	for i := range outer {
		to[i] = 0
		if i >= missing && a.lay.Shape[i-missing] != 1 {
			to[i] = a.lay.Strides[i-missing]
		}
	}
	last := a.lay.Strides[a.NDim()-1]
	switch {
	case !vector:
		to[outer], to[outer+1] = a.lay.Strides[a.NDim()-2], last
	case row:
		to[outer], to[outer+1] = 0, last
	default:
		to[outer], to[outer+1] = last, 0
	}
}

// ready returns a as aligned native items of dt, a itself where it is that.
func (a *Array) ready(dt dtype.DType) *Array {
	if a.dtype == dt && a.flags.Has(Aligned) {
		return a
	}
	return a.AsType(dt)
}

// owned makes a header that covers its whole block the owner of it.
func (a *Array) owned() *Array { return newArray(a.buf, a.dtype, a.lay, OwnData|Writeable, nil) }

// commas joins numbers as in a shape without its brackets.
func commas(x ...int) string {
	var s []string
	for _, n := range x {
		s = append(s, strconv.Itoa(n))
	}
	return strings.Join(s, ",")
}

func checkMatMulOut(out *Array, shape []int, row, column bool, dt dtype.DType, c dtype.Casting) {
	const op = "matmul"
	out.use(op)
	if !out.flags.Has(Writeable) {
		fail(op, ErrReadOnly, "output array is read-only")
	}
	core := 2
	if row {
		core--
	}
	if column {
		core--
	}
	o := out.lay.Shape
	if len(o) < core {
		fail(op, ErrShape, "matmul: Output operand 0 does not have enough dimensions (has %d, gufunc core with signature %s requires %d)", len(o), matmulSignature, core)
	}
	for i := range core {
		if have, want := o[len(o)-core+i], shape[len(shape)-core+i]; have != want {
			fail(op, ErrShape, "matmul: Output operand 0 has a mismatch in its core dimension %d, with gufunc signature %s (size %d is different from %d)", i, matmulSignature, have, want)
		}
	}
	if !loop.BroadcastsTo(shape, o) {
		fail(op, ErrShape, "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s", layout.ShapeString(o), layout.ShapeString(shape))
	}
	if !dtype.CanCast(dt, out.dtype, c) {
		fail(op, ErrCasting, "Cannot cast ufunc 'matmul' output from %s to %s with casting rule '%s'", dt.Repr(), out.dtype.Repr(), c)
	}
}
