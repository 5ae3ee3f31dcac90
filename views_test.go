package nd

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// The arrays that the expressions below speak of; views.py makes the same.
var viewBases = map[string]*Array{
	"a": viewBase("<i8", Arange(24), 2, 3, 4),
	"v": viewBase("<i8", Arange(3), 3),
	"s": viewBase("<i8", Scalar(int64(5))),
	"m": viewBase(">i4", Arange(12), 3, 4),
	"o": viewBase("<i2", Arange(6), 1, 2, 1, 3, 1),
	"z": viewBase("<c16", Of([]complex128{0 + 5i, 1 + 4i, 2 + 3i, 3 + 2i, 4 + 1i, 5}), 2, 3),
	"t": viewRecords("[('name', 'S3'), ('age', '<i4'), ('w', '<f4', (2,))]", "w", Of([]float32{2, 3, 5, 6}).Reshape(2, 2)),
	"g": viewRecords("{'names': ['name', 'age', 'w'], 'formats': ['S3', '<i4', '<f8'], 'offsets': [0, 4, 8], 'itemsize': 16, 'aligned': True}", "w", Of([]float64{2, 5})),
}

func typed(s string) dtype.DType {
	dt, err := dtype.Parse(s)
	must("Parse", err)
	return dt
}

func viewBase(dt string, values *Array, shape ...int) *Array {
	a := Zeros(typed(dt), shape...)
	copyInto("test", a, values.Reshape(shape...))
	return a
}

func viewRecords(dt, last string, values *Array) *Array {
	a := Zeros(typed(dt), 2)
	copyInto("test", a.Field("name"), Of([]string{"ab", "cde"}))
	copyInto("test", a.Field("age"), Of([]int32{1, 4}))
	copyInto("test", a.Field(last), values)
	return a
}

// viewAnswer describes a result as views.py does.
func viewAnswer(r, base *Array) string {
	off := "-"
	shares := r.SharesMemory(base)
	if shares {
		off = fmt.Sprint(int(r.DataPtr()) - int(base.DataPtr()))
	}
	flags := []byte("-----")
	for k, f := range []Flags{CContiguous, FContiguous, OwnData, Writeable, Aligned} {
		if r.flags.Has(f) {
			flags[k] = "CFOWA"[k]
		}
	}
	self := ""
	if r == base {
		self = "self "
	}
	name := r.dtype.TypeStr()
	if r.dtype.IsStruct() {
		name = r.dtype.String()
	}
	tuple := func(s []int) string { return strings.ReplaceAll(shapeText(s), " ", "") }
	return fmt.Sprintf("%s %s %s off=%s %s %s%08x", tuple(r.lay.Shape), tuple(r.lay.Strides),
		name, off, flags, self, crc32.ChecksumIEEE(itemBytes(r)))
}

// itemBytes returns the bytes of the items in C order, gathered one by one, of
// records field by field.
func itemBytes(r *Array) []byte {
	var out []byte
	for _, name := range r.dtype.Names() {
		out = append(out, itemBytes(r.Field(name))...)
	}
	if r.dtype.IsStruct() {
		return out
	}
	var rec func(k, at int)
	rec = func(k, at int) {
		if k == r.NDim() {
			out = append(out, r.buf.UnsafeBytes()[at:at+r.ItemSize()]...)
			return
		}
		for i := range r.lay.Shape[k] {
			rec(k+1, at+i*r.lay.Strides[k])
		}
	}
	rec(0, r.lay.Offset)
	return out
}

// pythonClass is the Python class of an error, as the calculator will name it.
func pythonClass(err error) string {
	for _, c := range []struct {
		kind error
		name string
	}{
		{ErrAxis, "AxisError"}, {ErrIndex, "IndexError"}, {ErrNotFound, "KeyError"}, {ErrType, "TypeError"},
		{ErrDType, "TypeError"}, {ErrZeroDivision, "ZeroDivisionError"}, {ErrTooHard, "TooHardError"},
		{ErrShape, "ValueError"}, {ErrValue, "ValueError"}, {ErrReadOnly, "ValueError"},
	} {
		if errors.Is(err, c.kind) {
			return c.name
		}
	}
	return "?"
}

func goldenViews(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/views.golden")
	if err != nil {
		t.Fatal(err)
	}
	golden := map[string]string{}
	for line := range strings.Lines(string(text)) {
		expr, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		golden[expr] = want
	}
	return golden
}

// view is the NumPy expression, and the same in Go.
type view struct {
	expr string
	run  func() any // *Array or []*Array
}

// TestViews holds every view operation against NumPy: shape, strides, dtype,
// place in the block, flags (is it a view? read-only?), bytes and errors.
func TestViews(t *testing.T) {
	golden := goldenViews(t)
	a, v, s, m := viewBases["a"], viewBases["v"], viewBases["s"], viewBases["m"]
	o, z, rec, g := viewBases["o"], viewBases["z"], viewBases["t"], viewBases["g"]
	for _, c := range viewCases(a, v, s, m, o, z, rec, g) {
		want, ok := golden[c.expr]
		if !ok {
			t.Errorf("%s: no golden answer; run testdata/views.py", c.expr)
			continue
		}
		var got string
		err := Try(func() {
			r := c.run()
			list, ok := r.([]*Array)
			if !ok {
				list = []*Array{r.(*Array)}
			}
			base := viewBases[baseName(c.expr)]
			for k, x := range list {
				if k > 0 {
					got += "; "
				}
				got += viewAnswer(x, base)
				if b := x.Base(); b != nil && b.Base() != nil {
					t.Errorf("%s: the base is a view", c.expr)
				}
				if x.SharesMemory(base) && x != base && x.Base() != base {
					t.Errorf("%s: shares memory, but Base is not the owner", c.expr)
				}
			}
		})
		if e := (*Error)(nil); errors.As(err, &e) {
			got = "!" + pythonClass(e) + " " + e.Msg
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", c.expr, got, want)
		}
	}
}

// baseName returns the base array that an expression starts from.
func baseName(expr string) string {
	word := ""
	for _, r := range expr + " " {
		if r == '_' || r == '.' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			word += string(r)
			continue
		}
		head, _, _ := strings.Cut(word, ".")
		if viewBases[head] != nil && !strings.HasSuffix(head, "'") {
			return head
		}
		word = ""
	}
	return ""
}

func viewCases(a, v, s, m, o, z, rec, g *Array) []view {
	return []view{
		// basic subscripts
		{"a[1:3, ::2]", func() any { return a.Slice(R(1, 3), Step(2)) }},
		{"a[..., None, -1]", func() any { return a.Index("..., None, -1") }},
		{"a[0:2, 1:, ::-1]", func() any { return a.Index("0:2, 1:, ::-1") }},
		{"a[1]", func() any { return a.Slice(I(1)) }},
		{"a[...]", func() any { return a.Slice(Ellipsis) }},
		{"a[1, ..., 2:0:-1]", func() any { return a.Slice(I(1), Ellipsis, R(2, 0, -1)) }},
		{"a[:0]", func() any { return a.Slice(To(0)) }},
		{"a[5:, 1]", func() any { return a.Slice(From(5), I(1)) }},
		{"a[None, :, None]", func() any { return a.Slice(NewAxis, All, NewAxis) }},
		{"a[:, ::5]", func() any { return a.Slice(All, Step(5)) }},
		{"s[None]", func() any { return s.Slice(NewAxis) }},
		{"a[2]", func() any { return a.Slice(I(2)) }},
		{"a[0, -4]", func() any { return a.Index("0, -4") }},
		{"a[0, 0, 0, 0]", func() any { return a.Index("0, 0, 0, 0") }},
		{"a[..., ...]", func() any { return a.Index("..., ...") }},
		{"a[::0]", func() any { return a.Slice(Step(0)) }},
		{"s[0]", func() any { return s.Slice(I(0)) }},

		// reshape, ravel, flatten
		{"a.reshape(4, 6)", func() any { return a.Reshape(4, 6) }},
		{"a.reshape(-1)", func() any { return a.Reshape(-1) }},
		{"a.reshape(4, 6, order='F')", func() any { return a.ReshapeOrder(F, 4, 6) }},
		{"a.T.reshape(6, 4, order='F')", func() any { return a.T().ReshapeOrder(F, 6, 4) }},
		{"a.T.reshape(6, 4, order='A')", func() any { return a.T().ReshapeOrder(A, 6, 4) }},
		{"a.T.reshape(6, 4)", func() any { return a.T().Reshape(6, 4) }},
		{"a.T.reshape(4, 3, 1, 2)", func() any { return a.T().Reshape(4, 3, 1, 2) }},
		{"a[:, :, ::2].reshape(6, 2)", func() any { return a.Slice(All, All, Step(2)).Reshape(6, 2) }},
		{"a[:, ::2].reshape(4, 4)", func() any { return a.Slice(All, Step(2)).Reshape(4, 4) }},
		{"a[::-1].reshape(2, 12)", func() any { return a.Slice(Step(-1)).Reshape(2, 12) }},
		{"a[::-1].reshape(24)", func() any { return a.Slice(Step(-1)).Reshape(24) }},
		{"a[:, 1].reshape(8)", func() any { return a.Slice(All, I(1)).Reshape(8) }},
		{"a[:0].reshape(3, 0)", func() any { return a.Slice(To(0)).Reshape(3, 0) }},
		{"s.reshape(1, 1)", func() any { return s.Reshape(1, 1) }},
		{"s.reshape(())", func() any { return s.Reshape() }},
		{"o.reshape(6)", func() any { return o.Reshape(6) }},
		{"a.reshape(5, -1)", func() any { return a.Reshape(5, -1) }},
		{"a.reshape(-1, -1)", func() any { return a.Reshape(-1, -1) }},
		{"a.reshape(25)", func() any { return a.Reshape(25) }},
		{"a.reshape(24, order='K')", func() any { return a.ReshapeOrder(K, 24) }},
		{"a.ravel()", func() any { return a.Ravel() }},
		{"a.ravel('F')", func() any { return a.Ravel(OrderIs(F)) }},
		{"a.T.ravel()", func() any { return a.T().Ravel() }},
		{"a.T.ravel('F')", func() any { return a.T().Ravel(OrderIs(F)) }},
		{"a.T.ravel('A')", func() any { return a.T().Ravel(OrderIs(A)) }},
		{"a.T.ravel('K')", func() any { return a.T().Ravel(OrderIs(K)) }},
		{"a.transpose(1, 0, 2).ravel('K')", func() any { return a.Transpose(1, 0, 2).Ravel(OrderIs(K)) }},
		{"a.transpose(1, 0, 2)[::-1].ravel('K')", func() any { return a.Transpose(1, 0, 2).FlipUD().Ravel(OrderIs(K)) }},
		{"a[:, :, :1].transpose(1, 0, 2).ravel('K')", func() any { return a.Slice(All, All, To(1)).Transpose(1, 0, 2).Ravel(OrderIs(K)) }},
		{"v[::2].ravel()", func() any { return v.Slice(Step(2)).Ravel() }},
		{"v[::2].reshape(-1)", func() any { return v.Slice(Step(2)).Reshape(-1) }},
		{"s.ravel()", func() any { return s.Ravel() }},
		{"m.T.flatten()", func() any { return m.T().Flatten() }},
		{"m.flatten('F')", func() any { return m.Flatten(OrderIs(F)) }},
		{"m.T.flatten('A')", func() any { return m.T().Flatten(OrderIs(A)) }},
		{"a.transpose(1, 0, 2)[:, ::-1].flatten('K')", func() any { return a.Transpose(1, 0, 2).Slice(All, Step(-1)).Flatten(OrderIs(K)) }},
		{"t.flatten()", func() any { return rec.Flatten() }},
		{"s.flatten()", func() any { return s.Flatten() }},

		// transpose family
		{"a.T", func() any { return a.T() }},
		{"a.mT", func() any { return a.MT() }},
		{"v.mT", func() any { return v.MT() }},
		{"a.transpose()", func() any { return a.Transpose() }},
		{"a.transpose(2, 0, 1)", func() any { return a.Transpose(2, 0, 1) }},
		{"a.transpose(-1, 0, -2)", func() any { return a.Transpose(-1, 0, -2) }},
		{"np.permute_dims(a, (1, 2, 0))", func() any { return a.PermuteDims(1, 2, 0) }},
		{"a.transpose(0, 1)", func() any { return a.Transpose(0, 1) }},
		{"a.transpose(0, 1, 1)", func() any { return a.Transpose(0, 1, 1) }},
		{"a.transpose(0, 1, 5)", func() any { return a.Transpose(0, 1, 5) }},
		{"a.swapaxes(0, -1)", func() any { return a.SwapAxes(0, -1) }},
		{"a.swapaxes(0, 3)", func() any { return a.SwapAxes(0, 3) }},
		{"a.swapaxes(-4, 0)", func() any { return a.SwapAxes(-4, 0) }},
		{"np.moveaxis(a, 0, -1)", func() any { return a.MoveAxis(0, -1) }},
		{"np.moveaxis(a, [0, 1], [-1, 0])", func() any { return a.MoveAxis([]int{0, 1}, []int{-1, 0}) }},
		{"np.moveaxis(a, 3, 0)", func() any { return a.MoveAxis(3, 0) }},
		{"np.moveaxis(a, 0, 3)", func() any { return a.MoveAxis(0, 3) }},
		{"np.moveaxis(a, [0, 1], [0])", func() any { return a.MoveAxis([]int{0, 1}, []int{0}) }},
		{"np.moveaxis(a, [0, 0], [0, 1])", func() any { return a.MoveAxis([]int{0, 0}, []int{0, 1}) }},
		{"np.moveaxis(a, [0, 1], [2, 2])", func() any { return a.MoveAxis([]int{0, 1}, []int{2, 2}) }},
		{"np.rollaxis(a, 2)", func() any { return a.RollAxis(2) }},
		{"np.rollaxis(a, 0, 3)", func() any { return a.RollAxis(0, 3) }},
		{"np.rollaxis(a, 0, 2)", func() any { return a.RollAxis(0, 2) }},
		{"np.rollaxis(a, 1, 1)", func() any { return a.RollAxis(1, 1) }},
		{"np.rollaxis(a, 2, -2)", func() any { return a.RollAxis(2, -2) }},
		{"np.rollaxis(a, 3)", func() any { return a.RollAxis(3) }},
		{"np.rollaxis(a, 0, 4)", func() any { return a.RollAxis(0, 4) }},
		{"np.rollaxis(a, 0, -4)", func() any { return a.RollAxis(0, -4) }},

		// axes of length 1
		{"o.squeeze()", func() any { return o.Squeeze() }},
		{"o.squeeze((0, -1))", func() any { return o.Squeeze(0, -1) }},
		{"o[:, :1].squeeze()", func() any { return o.Slice(All, To(1)).Squeeze() }},
		{"o.squeeze(1)", func() any { return o.Squeeze(1) }},
		{"o.squeeze(5)", func() any { return o.Squeeze(5) }},
		{"o.squeeze((0, 0))", func() any { return o.Squeeze(0, 0) }},
		{"np.expand_dims(m, (0, 2))", func() any { return m.ExpandDims(0, 2) }},
		{"np.expand_dims(m.T, -1)", func() any { return m.T().ExpandDims(-1) }},
		{"np.expand_dims(m[:, ::2], 1)", func() any { return m.Slice(All, Step(2)).ExpandDims(1) }},
		{"np.expand_dims(v, 3)", func() any { return v.ExpandDims(3) }},
		{"np.expand_dims(v, (0, 0))", func() any { return v.ExpandDims(0, 0) }},
		{"np.atleast_1d(s)", func() any { return s.AtLeast1D() }},
		{"np.atleast_1d(v)", func() any { return v.AtLeast1D() }},
		{"np.atleast_2d(s)", func() any { return s.AtLeast2D() }},
		{"np.atleast_2d(v)", func() any { return v.AtLeast2D() }},
		{"np.atleast_3d(s)", func() any { return s.AtLeast3D() }},
		{"np.atleast_3d(v)", func() any { return v.AtLeast3D() }},
		{"np.atleast_3d(m)", func() any { return m.AtLeast3D() }},
		{"np.atleast_3d(a)", func() any { return a.AtLeast3D() }},

		// broadcasting
		{"np.broadcast_to(v, (2, 3))", func() any { return v.BroadcastTo(2, 3) }},
		{"np.broadcast_to(s, (2, 0))", func() any { return s.BroadcastTo(2, 0) }},
		{"np.broadcast_to(o, (2, 2, 1, 3, 4))", func() any { return o.BroadcastTo(2, 2, 1, 3, 4) }},
		{"np.broadcast_to(s, ())", func() any { return s.BroadcastTo() }},
		{"np.broadcast_to(v, (4,))", func() any { return v.BroadcastTo(4) }},
		{"np.broadcast_to(m, (4,))", func() any { return m.BroadcastTo(4) }},
		{"np.broadcast_to(v, (-1,))", func() any { return v.BroadcastTo(-1) }},
		{"np.broadcast_to(v, ())", func() any { return v.BroadcastTo() }},
		{"np.broadcast_to(v, (1 << 61, 3))", func() any { return v.BroadcastTo(1<<61, 3) }},
		{"np.broadcast_arrays(v, v[:, None])", func() any { return BroadcastArrays(v, v.Slice(All, NewAxis)) }},
		{"np.broadcast_arrays(v, v)", func() any { return BroadcastArrays(v, v) }},
		{"np.broadcast_arrays(v, v[:2])", func() any { return BroadcastArrays(v, v.Slice(To(2))) }},

		// reversals, diagonals
		{"np.flip(a)", func() any { return a.Flip() }},
		{"np.flip(a, (0, 2))", func() any { return a.Flip(0, 2) }},
		{"np.flip(a, 3)", func() any { return a.Flip(3) }},
		{"np.flip(a, (0, 0))", func() any { return a.Flip(0, 0) }},
		{"np.flip(a[:, :0], 1)", func() any { return a.Slice(All, To(0)).Flip(1) }},
		{"np.flipud(m)", func() any { return m.FlipUD() }},
		{"np.fliplr(m)", func() any { return m.FlipLR() }},
		{"np.flipud(s)", func() any { return s.FlipUD() }},
		{"np.fliplr(v)", func() any { return v.FlipLR() }},
		{"np.rot90(m)", func() any { return m.Rot90(1) }},
		{"np.rot90(m, 2)", func() any { return m.Rot90(2) }},
		{"np.rot90(m, 3)", func() any { return m.Rot90(3) }},
		{"np.rot90(m, 4)", func() any { return m.Rot90(4) }},
		{"np.rot90(a, -1, (1, 2))", func() any { return a.Rot90(-1, 1, 2) }},
		{"np.rot90(a, 1, (-1, 0))", func() any { return a.Rot90(1, -1, 0) }},
		{"np.rot90(v)", func() any { return v.Rot90(1) }},
		{"np.rot90(a, 1, (0, 1, 2))", func() any { return a.Rot90(1, 0, 1, 2) }},
		{"np.rot90(a, 1, (2, -1))", func() any { return a.Rot90(1, 2, -1) }},
		{"np.rot90(a, 1, (0, 5))", func() any { return a.Rot90(1, 0, 5) }},
		{"a.diagonal()", func() any { return a.Diagonal(0) }},
		{"a.diagonal(1, 1, 2)", func() any { return a.Diagonal(1, 1, 2) }},
		{"a.diagonal(-1, -1, 0)", func() any { return a.Diagonal(-1, -1, 0) }},
		{"m.diagonal(3)", func() any { return m.Diagonal(3) }},
		{"m.diagonal(-2)", func() any { return m.Diagonal(-2) }},
		{"m.diagonal(4)", func() any { return m.Diagonal(4) }},
		{"m.diagonal(-100)", func() any { return m.Diagonal(-100) }},
		{"v.diagonal()", func() any { return v.Diagonal(0) }},
		{"a.diagonal(0, 0, 0)", func() any { return a.Diagonal(0, 0, 0) }},
		{"a.diagonal(0, 0, 3)", func() any { return a.Diagonal(0, 0, 3) }},
		{"a.diagonal(0, -4, 0)", func() any { return a.Diagonal(0, -4, 0) }},

		// dtype
		{"a.view('<i4')", func() any { return a.View(typed("<i4")) }},
		{"a.view('<c16')", func() any { return a.View(typed("<c16")) }},
		{"a.view('<f8')", func() any { return a.View(typed("<f8")) }},
		{"a.T.view('<f8')", func() any { return a.T().View(typed("<f8")) }},
		{"a[:, ::2, :1].view('u1')", func() any { return a.Slice(All, Step(2), To(1)).View(typed("u1")) }},
		{"a[:0].T.view('<c16')", func() any { return a.Slice(To(0)).T().View(typed("<c16")) }},
		{"a.view('(2,)<f4')", func() any { return a.View(typed("(2,)<f4")) }},
		{"a.view('<i4,<i4')", func() any { return a.View(typed("<i4,<i4")) }},
		{"a.view('V')", func() any { return a.View(dtype.Void(0)) }},
		{"s.view('<f8')", func() any { return s.View(typed("<f8")) }},
		{"a.T.view('<i4')", func() any { return a.T().View(typed("<i4")) }},
		{"a[:, :, :3].view('<c16')", func() any { return a.Slice(All, All, To(3)).View(typed("<c16")) }},
		{"a.view('S3')", func() any { return a.View(typed("S3")) }},
		{"a.view('S')", func() any { return a.View(typed("S0")) }},
		{"a.view('(3,)<f4')", func() any { return a.View(typed("(3,)<f4")) }},
		{"s.view('<i4')", func() any { return s.View(typed("<i4")) }},
		{"m.byteswap()", func() any { return m.ByteSwap() }},
		{"m.T[::2].byteswap()", func() any { return m.T().Slice(Step(2)).ByteSwap() }},
		{"m.T.byteswap()", func() any { return m.T().ByteSwap() }},
		{"z.byteswap()", func() any { return z.ByteSwap() }},
		{"t.byteswap()", func() any { return rec.ByteSwap() }},
		{"m.view(m.dtype.newbyteorder('<'))", func() any { return m.NewByteOrder(dtype.Little) }},
		{"t.view(t.dtype.newbyteorder('>'))", func() any { return rec.NewByteOrder(dtype.Big) }},
		{"z.real", func() any { return z.Real() }},
		{"z.imag", func() any { return z.Imag() }},
		{"z.T[::-1].imag", func() any { return z.T().FlipUD().Imag() }},
		{"z.astype('>c8').imag.byteswap()", func() any { return viewBase(">c8", z, 2, 3).Imag().ByteSwap() }},
		{"m.real", func() any { return m.Real() }},
		{"m.imag", func() any { return m.Imag() }},
		{"m.T.imag", func() any { return m.T().Imag() }},
		{"t.imag", func() any { return rec.Imag() }},

		// fields
		{"t['age']", func() any { return rec.Field("age") }},
		{"t['w']", func() any { return rec.Field("w") }},
		{"t[::-1]['w']", func() any { return rec.FlipUD().Field("w") }},
		{"t[['w', 'name']]", func() any { return rec.Fields("w", "name") }},
		{"g[['name', 'w']]", func() any { return g.Fields("name", "w") }},
		{"g[['w', 'age']]['w']", func() any { return g.Fields("w", "age").Field("w") }},
		{"repack_fields(g[['name', 'w']])", func() any { return g.Fields("name", "w").Repack() }},
		{"repack_fields(t[['w', 'name']])", func() any { return rec.Fields("w", "name").Repack() }},
		{"repack_fields(t)", func() any { return rec.Repack() }},
		{"t['zz']", func() any { return rec.Field("zz") }},
		{"t[['age', 'zz']]", func() any { return rec.Fields("age", "zz") }},
		{"t[['age', 'age']]", func() any { return rec.Fields("age", "age") }},
		{"v['age']", func() any { return v.Field("age") }},
		{"v[['age', 'zz']]", func() any { return v.Fields("age", "zz") }},

		// strides
		{"as_strided(v, (2, 2), (8, 8))", func() any { return v.AsStrided([]int{2, 2}, []int{8, 8}) }},
		{"as_strided(v[2:], (3,), (-8,))", func() any { return v.Slice(From(2)).AsStrided([]int{3}, []int{-8}) }},
		{"as_strided(v, (2,), (8, 8))", func() any { return v.AsStrided([]int{2}, []int{8, 8}) }},
		{"as_strided(v, (-2,), (8,))", func() any { return v.AsStrided([]int{-2}, []int{8}) }},
		{"sliding_window_view(v, 2)", func() any { return v.SlidingWindowView([]int{2}) }},
		{"sliding_window_view(m, (2, 3))", func() any { return m.SlidingWindowView([]int{2, 3}) }},
		{"sliding_window_view(m, 2, axis=1)", func() any { return m.SlidingWindowView([]int{2}, 1) }},
		{"sliding_window_view(a, (2, 2), axis=(1, 1))", func() any { return a.SlidingWindowView([]int{2, 2}, 1, 1) }},
		{"sliding_window_view(v, 0)", func() any { return v.SlidingWindowView([]int{0}) }},
		{"sliding_window_view(v, 4)", func() any { return v.SlidingWindowView([]int{4}) }},
		{"sliding_window_view(v, -1)", func() any { return v.SlidingWindowView([]int{-1}) }},
		{"sliding_window_view(a, 2)", func() any { return a.SlidingWindowView([]int{2}) }},
		{"sliding_window_view(a, (2, 2), axis=1)", func() any { return a.SlidingWindowView([]int{2, 2}, 1) }},
		{"sliding_window_view(a, 2, axis=3)", func() any { return a.SlidingWindowView([]int{2}, 3) }},

		// the split family
		{"np.split(m, 2, axis=1)", func() any { return m.Split(2, 1) }},
		{"np.split(a, [1, 5], axis=1)", func() any { return a.Split([]int{1, 5}, 1) }},
		{"np.split(m, [2, 1, -1])", func() any { return m.Split([]int{2, 1, -1}) }},
		{"np.array_split(m, 3, axis=-1)", func() any { return m.ArraySplit(3, -1) }},
		{"np.array_split(v, 5)", func() any { return v.ArraySplit(5) }},
		{"np.hsplit(m, 2)", func() any { return m.HSplit(2) }},
		{"np.hsplit(v, [1])", func() any { return v.HSplit([]int{1}) }},
		{"np.vsplit(m, 3)", func() any { return m.VSplit(3) }},
		{"np.dsplit(a, 2)", func() any { return a.DSplit(2) }},
		{"np.unstack(m)", func() any { return m.Unstack() }},
		{"np.unstack(a, axis=-1)", func() any { return a.Unstack(-1) }},
		{"np.split(v, 2)", func() any { return v.Split(2) }},
		{"np.split(v, 0)", func() any { return v.Split(0) }},
		{"np.split(v, -3)", func() any { return v.Split(-3) }},
		{"np.split(v, 3, axis=1)", func() any { return v.Split(3, 1) }},
		{"np.array_split(v, 0)", func() any { return v.ArraySplit(0) }},
		{"np.hsplit(s, 1)", func() any { return s.HSplit(1) }},
		{"np.vsplit(v, 1)", func() any { return v.VSplit(1) }},
		{"np.dsplit(m, 1)", func() any { return m.DSplit(1) }},
		{"np.unstack(s)", func() any { return s.Unstack() }},
		{"np.unstack(v, axis=1)", func() any { return v.Unstack(1) }},
	}
}
