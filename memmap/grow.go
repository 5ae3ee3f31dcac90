package memmap

import (
	"io"
	"os"
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/diskspace"
	"github.com/stride-go/nd/internal/openfile"
)

// Grow returns the array with n rows in all: it is longer along the first axis
// (the last, in Fortran order) than a, which must be all of its map. In the modes
// r+ and w+ the file grows by zeros, with room on the disk unless
// Options.Sparse was set. In mode r the file must have grown already, by another
// writer's doing: so a reader follows.
//
// While the map fits Options.Reserve nothing moves: the new array has a's address.
// Otherwise the file is mapped once more, with a generous reservation. In either
// case a and its views stay as they are and see the same bytes; on js and wasip1,
// where there are no maps, they keep the old bytes and are Stale. Close ends all.
//
// Errors: *Error with ErrValue if a is a view of a part, has no axis, has more
// than n rows, is a private copy (mode c) or belongs to an npy file (npy.Grow
// keeps its header true), or if in mode r the file is too short; nd.ErrChanged if
// another file has the path now; syscall.ENOSPC, with the file as it was.
func Grow(a *nd.Array, n int) (*nd.Array, error) {
	g, err := newGrowth(a)
	if err != nil {
		return nil, err
	}
	defer g.done()
	old := g.shape[g.axis]
	if n < old {
		return nil, g.refuse(0, 0, nd.ErrValue, "a map of "+dtype.ShapeText(g.shape)+" cannot become shorter")
	}
	g.shape[g.axis] = n
	p, err := g.plan(g.have)
	if err != nil {
		return nil, err
	}
	if err := diskspace.Extend(g.file, g.have, p.grow, g.sparse); err != nil {
		return nil, err
	}
	return g.extend(a)
}

// Append writes the items of rows behind those of a, whose map must be all of the
// file from its offset on, and returns the longer array: Grow, for a writer. The
// rows must have a's dtype (ErrDType) and, but for the axis that grows, its shape
// (ErrShape).
//
// The file becomes longer as the bytes are written, never before, so that who
// follows it sees no row that is not true. No system lets a file grow by many
// bytes in one step, and a raw file has no header to count its rows: a process that
// dies halfway leaves the old rows as they were, some of the new ones, and perhaps
// a rest shorter than a row. That rest is no row: maps of a given shape do not show
// it, and os.Truncate to a multiple of the row takes it away. In a file that must
// grow by all of the rows or none, npy.Appender counts them. Nor does Append see another
// process that appends at the same moment: one of them would write over the other's
// rows. Where there may be two, each opens the file with Options.Lock.
func Append(a, rows *nd.Array) (*nd.Array, error) {
	g, err := newGrowth(a)
	if err != nil {
		return nil, err
	}
	defer g.done()
	if g.mode == buffer.MapRead {
		return nil, &nd.Error{Op: "memmap", Err: nd.ErrReadOnly, Msg: "assignment destination is read-only"}
	}
	if rows.DType() != g.dtype {
		return nil, g.refuse(0, 0, nd.ErrDType, "the map holds items of "+g.dtype.String()+", not of "+rows.DType().String())
	}
	shape := rows.Shape()
	if len(shape) == len(g.shape) {
		shape[g.axis] += g.shape[g.axis]
		g.shape[g.axis] = shape[g.axis]
	}
	if !slices.Equal(shape, g.shape) {
		return nil, g.refuse(0, 0, nd.ErrShape, "rows of shape "+dtype.ShapeText(rows.Shape())+" do not fit behind a map of shape "+dtype.ShapeText(a.Shape()))
	}
	end := g.offset + int64(a.Buffer().Len())
	if padding := a.Size() == 0 && g.have == end+1; g.have > end && !padding {
		return nil, g.refuse(end, g.have, nd.ErrValue, "the file goes on behind the map")
	}
	if _, err := g.plan(g.have); err != nil {
		return nil, err
	}
	if g.order == nd.F {
		rows = rows.T()
	}
	if _, err := rows.WriteTo(io.NewOffsetWriter(g.file, end)); err != nil {
		g.file.Truncate(g.have)
		return nil, err
	}
	return g.extend(a)
}

// growth is a request for more of a file that is mapped already.
type growth struct {
	request
	axis   int // that becomes longer
	file   *os.File
	own    bool // done closes file
	have   int64
	frozen bool // the array is not writeable
}

// newGrowth checks that a is all of a map, and opens its file.
func newGrowth(a *nd.Array) (*growth, error) {
	b := a.Buffer()
	if err := b.Err(); err != nil {
		return nil, err
	}
	info, ok := b.MapInfo()
	g := &growth{request: request{path: info.Path, mode: info.Mode, dtype: a.DType(), offset: info.Offset, shape: a.Shape(), order: nd.C, sparse: info.Sparse}}
	g.frozen = !a.Writeable()
	dense := func(order nd.Order) bool {
		whole, err := nd.OverOrder(order, b, g.dtype, g.shape, 0)
		return err == nil && a.NBytes() == b.Len() && a.Offset() == 0 && slices.Equal(whole.Strides(), a.Strides())
	}
	switch {
	case !ok || info.Member:
		return nil, &nd.Error{Op: "memmap", Err: nd.ErrValue, Msg: "the array is not a map of a file of its own"}
	case g.mode == buffer.MapCopy:
		return nil, g.refuse(0, 0, nd.ErrValue, "a private map cannot grow")
	case len(g.shape) == 0:
		return nil, g.refuse(0, 0, nd.ErrValue, "a 0-d map has no axis to grow along")
	case dense(nd.C):
	case dense(nd.F):
		g.order, g.axis = nd.F, len(g.shape)-1
	default:
		return nil, g.refuse(0, 0, nd.ErrValue, "only the whole map can grow, not a view of it")
	}
	return g, g.openFile(b)
}

// openFile finds the file that b maps.
func (g *growth) openFile(b *buffer.Buffer) (err error) {
	if g.file = b.Held(); g.file == nil {
		g.own = true
		flag := os.O_RDWR
		if g.mode == buffer.MapRead {
			flag = os.O_RDONLY
		}
		if g.file, err = openfile.Open(g.path, flag); err != nil {
			return err
		}
	}
	st, err := g.file.Stat()
	if err == nil && !os.SameFile(st, b.MappedFile()) {
		err = g.refuse(0, st.Size(), nd.ErrChanged, "another file has taken the name of the mapped one")
	}
	if err == nil && g.offset > 0 && isNpy(g.file) {
		err = g.refuse(0, st.Size(), nd.ErrValue, "an npy file grows with npy.Grow")
	}
	if err != nil {
		g.done()
		return err
	}
	g.have = st.Size()
	return nil
}

// isNpy tells whether the file starts as npy files do.
func isNpy(f *os.File) bool {
	var head [6]byte
	f.ReadAt(head[:], 0)
	return string(head[:]) == "\x93NUMPY"
}

func (g *growth) done() {
	if g.own {
		g.file.Close()
	}
}

// extend returns the array over more of the file, which is long enough now.
func (g *growth) extend(a *nd.Array) (*nd.Array, error) {
	p, err := g.plan(g.have)
	if err != nil {
		return nil, err
	}
	b, err := a.Buffer().Extend(g.file, p.bytes)
	if err != nil {
		return nil, err
	}
	longer, err := nd.OverOrder(g.order, b, g.dtype, p.shape, 0)
	if err == nil && g.frozen && longer.Writeable() {
		err = longer.SetWriteable(false)
	}
	return longer, err
}
