package nd

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// picture stands for the QImage of the seeds: 32-bit pixels, blue first.
type picture struct {
	bits                        []byte
	width, height, bytesPerLine int
	readOnly                    bool
}

func newPicture(width, height, padding int) *picture {
	line := width*4 + padding
	return &picture{bits: make([]byte, line*height), width: width, height: height, bytesPerLine: line}
}

func (p *picture) pixel(x, y int) uint32 {
	return binary.LittleEndian.Uint32(p.bits[y*p.bytesPerLine+4*x:])
}

func (p *picture) setPixel(x, y int, argb uint32) {
	binary.LittleEndian.PutUint32(p.bits[y*p.bytesPerLine+4*x:], argb)
}

// ArrayInterface makes a picture an ArrayInterfacer that owns its memory.
func (p *picture) ArrayInterface() ArrayInterface {
	b := buffer.UnsafeForeign(unsafe.Pointer(&p.bits[0]), len(p.bits), p.readOnly, p)
	return ArrayInterface{
		DType: dtype.Uint8, Shape: []int{p.height, p.width, 4}, Strides: []int{p.bytesPerLine, 4, 1},
		Buffer: b, ReadOnly: p.readOnly,
	}
}

func TestS32PictureFacts(t *testing.T) {
	p := newPicture(512, 393, 0)
	if len(p.bits) != 804864 || p.bytesPerLine != 2048 {
		t.Error(len(p.bits), p.bytesPerLine)
	}
}

func TestS33FromPointer(t *testing.T) {
	p := newPicture(512, 393, 0)
	at := unsafe.Pointer(&p.bits[0])
	a, err := UnsafeFromPointer(at, len(p.bits), dtype.Uint8, []int{393, 512, 4}, nil, 0, false, p)
	ok(t, err)
	if !slices.Equal(a.Strides(), []int{2048, 4, 1}) || a.OwnData() || a.Buffer().Owner() != any(p) {
		t.Error(a.Strides(), a.Flags())
	}
	_, err = UnsafeFromPointer(at, len(p.bits), dtype.Uint8, nil, nil, 0, false, p)
	wantErr(t, err, ErrType)
	_, err = UnsafeFromPointer(at, len(p.bits), dtype.Uint8, []int{1}, nil, 0, false, nil)
	wantErr(t, err, ErrValue)
	_, err = UnsafeFromPointer(nil, 4, dtype.Uint8, []int{1}, nil, 0, false, p)
	wantErr(t, err, ErrValue)
	_, err = UnsafeFromPointer(at, len(p.bits), dtype.Uint8, []int{394, 512, 4}, nil, 0, false, p)
	wantErr(t, err, ErrValue)
}

func TestS34PixelThroughBothSides(t *testing.T) {
	p := newPicture(512, 393, 0)
	p.setPixel(100, 50, 0xffa9414c)
	a, err := FromInterface(p)
	ok(t, err)
	px := a.Slice(I(50), I(100))
	if px.Offset() != 102800 || !slices.Equal(values[uint8](px), []uint8{76, 65, 169, 255}) {
		t.Error(px.Offset(), px)
	}
	if p.pixel(100, 50) != 4289282380 {
		t.Error(p.pixel(100, 50))
	}
}

func TestS35AssignBlueGreenRed(t *testing.T) {
	p := newPicture(512, 393, 0)
	p.setPixel(100, 50, 0xffa9414c)
	a, err := FromInterface(p)
	ok(t, err)
	a.Slice(I(50), I(100), To(3)).Assign(Of([]int64{0x12, 0x34, 0x56}))
	if p.pixel(100, 50) != 0xff563412 {
		t.Errorf("%#x", p.pixel(100, 50))
	}
}

func TestS36FromInterface(t *testing.T) {
	p := newPicture(6, 5, 0)
	a, err := FromInterface(p)
	ok(t, err)
	if a.Buffer().Owner() != any(p) || !a.Writeable() || a.OwnData() || a.Base() != nil {
		t.Error(a.Flags())
	}
	p.readOnly = true
	r, err := FromInterface(p)
	ok(t, err)
	if r.Writeable() || r.SetWriteable(true) == nil {
		t.Error("the read-only flag was not honoured")
	}
	// The array keeps the exporter alive.
	gone := make(chan struct{})
	q := newPicture(3, 3, 0)
	runtime.AddCleanup(q, func(int) { close(gone) }, 0)
	b, err := FromInterface(q)
	ok(t, err)
	q = nil
	runtime.GC()
	select {
	case <-gone:
		t.Error("the exporter is gone while its memory is in use")
	default:
	}
	if b.Sum().Item[uint64]() != 0 {
		t.Error("the memory changed")
	}
	runtime.KeepAlive(b)
}

func TestS37PaddedRows(t *testing.T) {
	p := newPicture(2, 2, 4)
	for i := range p.bits {
		p.bits[i] = byte(i)
	}
	a, err := FromInterface(p)
	ok(t, err)
	if !slices.Equal(a.Strides(), []int{12, 4, 1}) || a.Flags().Forc() {
		t.Error(a.Strides(), a.Flags())
	}
	if got := values[uint8](a); !slices.Equal(got, []uint8{0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 17, 18, 19}) {
		t.Error(got)
	}
}

// proxy is the seeds' ArrayProxy: a holder that shows an interface and keeps its
// base alive.
type proxy struct {
	base any
	ai   ArrayInterface
}

func (p proxy) ArrayInterface() ArrayInterface { return p.ai }

func TestS39Proxy(t *testing.T) {
	p := newPicture(4, 3, 0)
	a, err := FromInterface(proxy{p, p.ArrayInterface()})
	ok(t, err)
	b, err := FromInterface(p)
	ok(t, err)
	b.Fill(9)
	if !a.SharesMemory(b) || a.Buffer().Owner() != any(p) { // S40: and all(a == b)
		t.Error("the proxy copied")
	}
	// An array is one too.
	c, err := FromInterface(a.Slice(Step(-1)))
	ok(t, err)
	if !c.SharesMemory(a) || c.Strides()[0] != -16 {
		t.Error(c.Strides())
	}
	_, err = FromInterface(proxy{})
	wantErr(t, err, ErrValue)
}

func TestS40BothSidesAlias(t *testing.T) {
	p := newPicture(4, 3, 0)
	a, _ := FromInterface(p)
	b, _ := FromInterface(p)
	a.Set(200, 2, 3, 1)
	if !a.ArrayEqual(b) || !a.SharesMemory(b) {
		t.Error("not one block")
	}
}

// The dicts are NumPy 2.4.6's, through json.dumps.
func TestS41InterfaceJSON(t *testing.T) {
	for _, c := range []struct {
		a    *Array
		want string
	}{
		{Zeros(mustParse(t, "<i8"), 3), `{"version":3,"typestr":"<i8","descr":[["","<i8"]],"shape":[3],"strides":null`},
		{Zeros(mustParse(t, "{'names': ['a', 'b'], 'formats': ['u1', '<f8'], 'offsets': [0, 8], 'itemsize': 24}"), 2),
			`{"version":3,"typestr":"|V24","descr":[["a","|u1"],["","|V7"],["b","\u003cf8"],["","|V8"]],"shape":[2],"strides":null`},
		{Zeros(mustParse(t, "[('a', '<i4', (2,)), (('tt', 'b'), '>f4'), ('n', [('x', 'u1')])]"), 2, 2).Slice(Step(2), Step(-1)),
			`{"version":3,"typestr":"|V13","descr":[["a","<i4",[2]],[["tt","b"],">f4"],["n",[["x","|u1"]]]],"shape":[1,2],"strides":[52,-13]`},
		{Zeros(dtype.Bool), `{"version":3,"typestr":"|b1","descr":[["","|b1"]],"shape":[],"strides":null`},
		{Zeros(mustParse(t, "<U2"), 0, 3), `{"version":3,"typestr":"<U2","descr":[["","<U2"]],"shape":[0,3],"strides":null`},
	} {
		text, err := json.Marshal(c.a.ArrayInterface())
		ok(t, err)
		want := strings.NewReplacer("<", `\u003c`, ">", `\u003e`).Replace(c.want)
		if !strings.HasPrefix(string(text), want) {
			t.Errorf("%s\nwant %s", text, want)
		}
		// And back, over the same block.
		var ai ArrayInterface
		ok(t, json.Unmarshal(text, &ai))
		b, err := ai.Over(c.a.Buffer())
		ok(t, err)
		if b.DType() != c.a.DType() || !slices.Equal(b.Shape(), c.a.Shape()) || b.DataPtr() != c.a.DataPtr() {
			t.Errorf("%s came back as %s %v", text, b.DType(), b.Shape())
		}
		if ai.Address != c.a.DataPtr() {
			t.Errorf("address %#x, want %#x", ai.Address, c.a.DataPtr())
		}
	}
}

func TestInterfaceJSONRefusesNonsense(t *testing.T) {
	for _, text := range []string{
		`null1`, `[]`, `{}`, `{"version":2,"typestr":"<i8","shape":[1]}`, `{"version":3,"shape":[1]}`, `{"version":3,"typestr":"<i8"}`,
		`{"version":3,"typestr":"|O8","shape":[1]}`, `{"version":3,"typestr":"V4","shape":[1],"descr":[1]}`, `{"version":3,"typestr":"<i8","shape":[1.5]}`,
		`{"version":3,"typestr":"<i8","shape":[1],"data":[-1,false]}`, `{"version":3,"typestr":"<i8","shape":[1],"data":["x",false]}`,
		`{"version":3,"typestr":"<i8","shape":[1],"data":[1,2]}`, `{"version":3,"typestr":"|V4","shape":[1],"descr":[["a","<i8"]]}`,
		`{"version":3,"typestr":"|V4","shape":[1],"descr":[["a"],["b","c","d","e"]]}`, `{"version":3,"typestr":"|V4","shape":[1],"descr":[5,6]}`,
		`{"version":3,"typestr":"|V4","shape":[1],"descr":` + strings.Repeat(`[["a",`, 500) + `"i4"` + strings.Repeat(`]]`, 500) + `}`,
	} {
		var ai ArrayInterface
		if err := json.Unmarshal([]byte(text), &ai); err == nil {
			t.Errorf("%.60s: no error", text)
		}
	}
}

// What NumPy does not check: strides that leave the buffer, a negative offset.
func TestS42X3X4LayoutsThatLeaveTheBlock(t *testing.T) {
	six := buffer.FromSlice(make([]byte, 6))
	for _, ai := range []ArrayInterface{
		{DType: dtype.Uint8, Shape: []int{2}, Strides: []int{8}},
		{DType: dtype.Uint8, Shape: []int{2}, Strides: []int{-1}},
		{DType: dtype.Uint8, Shape: []int{7}},
		{DType: dtype.Uint8, Shape: []int{1}, Offset: -8},
		{DType: dtype.Uint8, Shape: []int{1}, Offset: 6},
		{DType: dtype.Uint8, Shape: []int{1}, Offset: math.MaxInt},
		{DType: dtype.Uint8, Shape: []int{1}, Offset: math.MinInt},
		{DType: dtype.Uint8, Shape: []int{5}, Strides: []int{math.MaxInt / 2}},
		{DType: dtype.Uint8, Shape: []int{3, 3}, Strides: []int{math.MaxInt/2 + 1, math.MaxInt/2 + 1}},
		{DType: dtype.Uint8, Shape: []int{3}, Strides: []int{math.MinInt}},
		{DType: dtype.Uint8, Shape: []int{-1}},
		{DType: dtype.Uint8, Shape: []int{math.MaxInt, 2}},
		{DType: dtype.Uint8, Shape: []int{2, 2}, Strides: []int{1}},
	} {
		if a, err := ai.Over(six); err == nil {
			t.Errorf("%+v gave %v", ai, a.Shape())
		}
	}
	a := Of(make([]byte, 6)).Slice(From(3))
	for _, off := range []int{-4, 3, math.MaxInt, math.MinInt} {
		if v, err := OverArray(a, dtype.Uint8, []int{1}, nil, off); err == nil {
			t.Errorf("offset %d gave %v", off, v)
		}
	}
	_, err := ArrayInterface{Shape: []int{1}}.Over(six)
	wantErr(t, err, ErrDType)
}

func TestInterfaceByAddress(t *testing.T) {
	a := Arange(10).Slice(Step(-2))
	text, err := json.Marshal(a.ArrayInterface())
	ok(t, err)
	var ai ArrayInterface
	ok(t, json.Unmarshal(text, &ai))
	b, err := ai.UnsafeAt(72, 8, a)
	ok(t, err)
	if b.String() != "[9 7 5 3 1]" || b.Buffer().Owner() != any(a) {
		t.Error(b)
	}
	_, err = ai.UnsafeAt(0, 8, a)
	wantErr(t, err, ErrValue)
	_, err = ai.UnsafeAt(-1, 8, a)
	wantErr(t, err, ErrValue)
	if _, err := (ArrayInterface{}).UnsafeAt(8, 0, a); !errors.Is(err, ErrValue) {
		t.Error(err)
	}
}

func TestDLPack(t *testing.T) {
	a := Arange(12).AsType(dtype.Float32).Reshape(3, 4).Slice(Step(-1), Step(2))
	p, err := a.DLPack()
	ok(t, err)
	x := p.Tensor
	if p.Major != 1 || x.NDim != 2 || x.DType != (DLDataType{2, 32, 1}) || x.Device.Type != 1 || p.Flags != 0 {
		t.Errorf("%+v", p)
	}
	if s := unsafe.Slice(x.Strides, 2); s[0] != -4 || s[1] != 2 {
		t.Error(s)
	}
	// dlpack.h on a 64-bit machine.
	if unsafe.Sizeof(uintptr(0)) == 8 && (unsafe.Sizeof(DLTensor{}) != 48 || unsafe.Offsetof(p.Tensor) != 32 ||
		unsafe.Offsetof(x.Shape) != 24 || unsafe.Offsetof(x.ByteOffset) != 40 || unsafe.Sizeof(*p) != 80) {
		t.Error("the structs have not the C layout")
	}
	b, err := UnsafeFromDLPack(p, p)
	ok(t, err)
	if !b.ArrayEqual(a) || b.DataPtr() != a.DataPtr() || !b.Writeable() {
		t.Error(b)
	}
	for _, k := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint64, dtype.Float16, dtype.Complex128} {
		p, err := Ones(k, 2).DLPack()
		ok(t, err)
		b, err := UnsafeFromDLPack(p, p)
		ok(t, err)
		if b.DType() != k {
			t.Errorf("%s came back as %s", k, b.DType())
		}
	}
	ro := Arange(3)
	ok(t, ro.SetWriteable(false))
	p, err = ro.DLPack()
	ok(t, err)
	if b, err = UnsafeFromDLPack(p, p); err != nil || b.Writeable() {
		t.Error("read-only was lost", err)
	}
	scalar, err := Scalar(2.5).DLPack()
	ok(t, err)
	if b, err = UnsafeFromDLPack(scalar, scalar); err != nil || b.NDim() != 0 || b.Item[float64]() != 2.5 {
		t.Error(b, err)
	}
	empty, err := Zeros(dtype.Int8, 0, 3).DLPack()
	ok(t, err)
	if b, err = UnsafeFromDLPack(empty, empty); err != nil || b.Size() != 0 {
		t.Error(err)
	}
}

func TestDLPackRefuses(t *testing.T) {
	for _, a := range []*Array{Zeros(dtype.Str(2), 1), Zeros(dtype.Int32.Swapped(), 1), Zeros(mustParse(t, "i4,f8"), 1)} {
		if _, err := a.DLPack(); !errors.Is(err, ErrDType) {
			t.Errorf("%s: %v", a.DType(), err)
		}
	}
	packed := Zeros(mustParse(t, "i1,i4"), 3).Field("f1")
	_, err := packed.DLPack()
	wantErr(t, err, ErrValue)
	for name, spoil := range map[string]func(p *DLManagedTensorVersioned){
		"version": func(p *DLManagedTensorVersioned) { p.Major = 2 },
		"device":  func(p *DLManagedTensorVersioned) { p.Tensor.Device.Type = 2 },
		"dtype":   func(p *DLManagedTensorVersioned) { p.Tensor.DType.Bits = 4 },
		"lanes":   func(p *DLManagedTensorVersioned) { p.Tensor.DType.Lanes = 4 },
		"ndim":    func(p *DLManagedTensorVersioned) { p.Tensor.NDim = -1 },
		"shape":   func(p *DLManagedTensorVersioned) { *p.Tensor.Shape = -5 },
		"strides": func(p *DLManagedTensorVersioned) { *p.Tensor.Strides = math.MaxInt64 / 2 },
		"data":    func(p *DLManagedTensorVersioned) { p.Tensor.Data = nil },
	} {
		p, err := Arange(3).DLPack()
		ok(t, err)
		spoil(p)
		if _, err := UnsafeFromDLPack(p, p); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	p, err := Arange(3).DLPack()
	ok(t, err)
	_, err = UnsafeFromDLPack(p, nil)
	wantErr(t, err, ErrValue)
}
