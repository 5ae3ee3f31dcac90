package memmap

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// arguments is one combination of what Open is asked for.
type arguments struct {
	Mode   string
	Offset int64
	Shape  []int // nil: inferred
	DType  string
	Length int // of the file
	Order  string
}

// outcome is what comes of it: the shape, and how long the file is afterwards.
type outcome struct {
	Refused bool
	Shape   []int
	Length  int64
}

var fuzzedDTypes = []string{"u1", ">i2", "S3", "<f4", ">f8", "S13", "c16", "i1,<f4"}

// argumentsOf spells numbers as arguments: places around the bounds of pages, items
// and the file.
func argumentsOf(mode, item, order uint8, offset int16, length uint16, shape []byte) arguments {
	g := arguments{
		Mode: []string{"r", "c", "r+", "w+"}[mode%4], DType: fuzzedDTypes[int(item)%len(fuzzedDTypes)],
		Order: []string{"C", "F"}[order%2], Offset: int64(offset), Length: int(length % 12300),
	}
	if len(shape) > 0 {
		g.Shape = []int{}
		for _, d := range shape[1:min(len(shape), 5)] {
			switch {
			case d >= 253:
				g.Shape = append(g.Shape, -int(d-251)) // -1 is not NumPy's: plan_test.go
			case d >= 250:
				g.Shape = append(g.Shape, math.MaxInt32)
			case d >= 240:
				g.Shape = append(g.Shape, 4096/8+int(d)-245)
			default:
				g.Shape = append(g.Shape, int(d)%9)
			}
		}
	}
	return g
}

// expected is the contract of np.memmap written down once more, from its text: not
// from plan.go, and without regard to the words of errors.
func (g arguments) expected(item int) outcome {
	refused := outcome{Refused: true, Length: int64(g.Length)}
	have := int64(g.Length)
	writes := g.Mode == "r+" || g.Mode == "w+"
	o := outcome{Shape: g.Shape}
	size := int64(1)
	switch {
	case g.Offset < 0:
		return refused // a place before the file
	case g.Shape != nil:
		all := big.NewInt(int64(item))
		for _, d := range g.Shape {
			if d < 0 {
				return refused
			}
			if all.Mul(all, big.NewInt(int64(max(d, 1)))); !all.IsInt64() {
				return refused // NumPy counts so, that no axis of length 0 hides it
			}
			// 1<<40 stands for more than any test has room for.
			if size = min(size, 1<<40/max(int64(d), 1)) * int64(d); size > 1<<31 {
				size = 1 << 40
			}
		}
		if slices.Contains(g.Shape, 0) {
			size = 0
		}
	case g.Mode == "w+", have < g.Offset, (have-g.Offset)%int64(item) != 0:
		return refused
	default:
		size = (have - g.Offset) / int64(item)
		o.Shape = []int{int(size)}
	}
	need := g.Offset + size*int64(item)
	if writes {
		o.Length = max(have, need, 1)
		if g.Mode == "w+" {
			o.Length = max(need, 1)
		}
		return o
	}
	// A map that only reads takes what is there, and no system maps no bytes.
	if o.Length = have; need > have || have == 0 {
		return refused
	}
	return o
}

// outcomeOf asks nd.
func (g arguments) outcomeOf(t testing.TB, path string) outcome {
	content := make([]byte, g.Length)
	for i := range content {
		content[i] = byte(i%251) + 1
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	a, err := OpenWith(path, Options{Mode: Mode(g.Mode), DType: dtypeOf(t, g.DType), Offset: g.Offset, Shape: g.Shape, Order: nd.Order(g.Order[0]), Sparse: true})
	o := outcome{Refused: err != nil}
	if err == nil {
		o.Shape = a.Shape()
		raw, old := a.Buffer().UnsafeBytes(), content
		if g.Mode == "w+" {
			old = nil
		}
		if len(raw) <= 1<<20 {
			want := make([]byte, len(raw)) // what is beyond the old content is zero
			copy(want, old[min(g.Offset, int64(len(old))):])
			if !bytes.Equal(raw, want) {
				t.Fatalf("%+v shows other bytes than the file's", g)
			}
		}
		if len(raw) != a.NBytes() {
			t.Fatalf("%+v: %d bytes for %v", g, len(raw), a.Shape())
		}
		Close(a)
	}
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	o.Length = st.Size()
	if now, err := os.ReadFile(path); o.Refused && (err != nil || !bytes.Equal(now, content)) {
		t.Fatalf("%+v: refused, and the file changed", g)
	}
	return o
}

func (o outcome) same(p outcome) bool {
	return o.Refused == p.Refused && o.Length == p.Length && (o.Refused || slices.Equal(o.Shape, p.Shape))
}

// Open takes what the contract takes and refuses what it refuses, whatever the
// arguments; a file that is refused is as it was.
func FuzzArguments(f *testing.F) {
	if buffer.Granularity() != 4096 {
		f.Skip("the contract is written for pages of 4096 bytes")
	}
	for mode := range uint8(4) {
		for item := range uint8(len(fuzzedDTypes)) {
			f.Add(mode, item, mode, int16(0), uint16(4096), []byte(nil))
			f.Add(mode, item, item, int16(27), uint16(4099), []byte{0, 2, 3})
			f.Add(mode, item, uint8(1), int16(4096), uint16(8192), []byte{0, 245})
			f.Add(mode, item, uint8(0), int16(4096), uint16(4096), []byte{0, 0, 5})
			f.Add(mode, item, uint8(0), int16(-8), uint16(100), []byte{0, 255})
			f.Add(mode, item, uint8(0), int16(3), uint16(0), []byte{0, 251, 251})
		}
	}
	path := filepath.Join(quickDir(f), "x.dat")
	f.Fuzz(func(t *testing.T, mode, item, order uint8, offset int16, length uint16, shape []byte) {
		g := argumentsOf(mode, item, order, offset, length, shape)
		dt := dtypeOf(t, g.DType)
		want := g.expected(dt.ItemSize())
		if want.Length > 1<<32 {
			return // no room
		}
		if got := g.outcomeOf(t, path); !got.same(want) {
			t.Errorf("%+v: %+v, the contract says %+v", g, got, want)
		}
	})
}

// A random sample of arguments answers as NumPy itself does, and so does the
// contract above.
func TestArgumentsLive(t *testing.T) {
	python := os.Getenv("ND_NUMPY")
	if python == "" || buffer.Granularity() != 4096 || dtype.Native != dtype.Little {
		t.Skip("ND_NUMPY names no Python with NumPy")
	}
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	var sample []arguments
	for len(sample) < 1500 {
		offset := []int16{0, 0, 1, 27, 4095, 4096, 4097, 8192, -1, -4096, int16(r.IntN(9000))}[r.IntN(11)]
		length := []uint16{0, 1, 27, 4096, 4104, 8192, 8193, uint16(r.IntN(12000))}[r.IntN(8)]
		var shape []byte
		for range r.IntN(5) {
			shape = append(shape, byte(r.Uint32()))
		}
		g := argumentsOf(uint8(r.Uint32()), uint8(r.Uint32()), uint8(r.Uint32()), offset, length, shape)
		item := dtypeOf(t, g.DType).ItemSize()
		if g.Shape == nil && int64(g.Length)-g.Offset == -int64(item) {
			continue // NumPy takes the length -1 that it computes as "whatever there is"
		}
		if g.expected(item).Length <= 1<<28 && !slices.ContainsFunc(g.Shape, func(d int) bool { return d > 1<<20 || d < 0 }) {
			sample = append(sample, g)
		}
	}
	text, err := json.Marshal(sample)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", `
import json, os, sys, numpy as np
out, path = [], sys.argv[1]
for g in json.load(sys.stdin):
    with open(path, "wb") as f:
        f.write(bytes(g["Length"]))
    shape = g["Shape"]
    try:
        m = np.memmap(path, mode=g["Mode"], offset=g["Offset"], dtype=g["DType"], order=g["Order"], shape=None if shape is None else tuple(shape))
        o = {"Refused": False, "Shape": list(m.shape)}
        del m
    except Exception as e:
        o = {"Refused": True}
    o["Length"] = os.path.getsize(path)
    out.append(o)
print(json.dumps(out))
`, filepath.Join(quickDir(t), "y.dat"))
	cmd.Stdin, cmd.Stderr = bytes.NewReader(text), os.Stderr
	answer, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs []outcome
	if err := json.Unmarshal(answer, &theirs); err != nil || len(theirs) != len(sample) {
		t.Fatal(err)
	}
	path := filepath.Join(quickDir(t), "x.dat")
	taken := 0
	for i, g := range sample {
		want := theirs[i]
		if want.Refused {
			want.Length = int64(g.Length) // NumPy may have changed the file by then
		} else {
			taken++
		}
		if model := g.expected(dtypeOf(t, g.DType).ItemSize()); !model.same(want) {
			t.Errorf("seed %d: %+v: the contract says %+v, NumPy %+v", seed, g, model, want)
		}
		if got := g.outcomeOf(t, path); !got.same(want) {
			t.Errorf("seed %d: %+v: %+v, NumPy %+v", seed, g, got, want)
		}
	}
	if taken < len(sample)/10 {
		t.Error("hardly any arguments are taken: ", taken)
	}
	t.Logf("%d of %d taken", taken, len(sample))
}
