package kernel

import (
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	endian "encoding/binary"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// golden is testdata/golden.json.gz, NumPy's answers, made by testdata/golden.py.
type golden struct {
	Unary, Pairs map[string]string
	Types        map[string][]string
	Calls        []struct {
		Op, Sig string
		In, Out []string
	}
	Casts []struct{ From, To, In, Out string }
	Folds []struct {
		Kind, In string
		Out      map[string]any
		Runs     map[string]string
	}
}

var loadGolden = sync.OnceValue(func() *golden {
	f, err := os.Open("testdata/golden.json.gz")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		panic(err)
	}
	g := new(golden)
	if err := json.NewDecoder(z).Decode(g); err != nil {
		panic(err)
	}
	return g
})

var sizes = [dtype.KindBytes]int{kBool: 1, kI8: 1, kU8: 1, kI16: 2, kU16: 2, kI32: 4, kU32: 4, kI64: 8, kU64: 8,
	kF16: 2, kF32: 4, kF64: 8, kC64: 8, kC128: 16}

func kindOf(letter byte) dtype.Kind {
	for k, l := range letters {
		if l[0] == letter {
			return k
		}
	}
	panic("no kind " + string(letter))
}

// word is the size of the parts that byte order applies to.
func word(k dtype.Kind) int {
	if k == kC64 || k == kC128 {
		return sizes[k] / 2
	}
	return sizes[k]
}

// block is n items in memory with guard bytes on both sides.
type block struct {
	kind dtype.Kind
	mem  []uint64
	n    int
}

const guard = 4 // words of eight bytes

func newBlock(k dtype.Kind, n int) *block {
	b := &block{kind: k, n: n, mem: make([]uint64, 2*guard+(n*sizes[k]+7)/8)}
	for i := range b.mem {
		b.mem[i] = 0xa5a5a5a5a5a5a5a5
	}
	return b
}

func (b *block) ptr() unsafe.Pointer { return unsafe.Pointer(&b.mem[guard]) }

func (b *block) at(i int) unsafe.Pointer { return unsafe.Add(b.ptr(), i*sizes[b.kind]) }

func (b *block) bytes() []byte { return unsafe.Slice((*byte)(b.ptr()), b.n*sizes[b.kind]) }

// intact reports whether nothing outside the n items was written.
func (b *block) intact() bool {
	all := unsafe.Slice((*byte)(unsafe.Pointer(&b.mem[0])), len(b.mem)*8)
	for i, c := range all {
		if (i < guard*8 || i >= guard*8+b.n*sizes[b.kind]) && c != 0xa5 {
			return false
		}
	}
	return true
}

// decode puts little-endian hex into a fresh block, in native order.
func decode(t *testing.T, k dtype.Kind, text string) *block {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	b := newBlock(k, len(raw)/sizes[k])
	copy(b.bytes(), raw)
	if endian.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		ByteSwap(b.ptr(), b.ptr(), word(k), b.n*sizes[k]/word(k))
	}
	return b
}

// cross returns all pairs of the items of a and b.
func cross(a, b *block) (x, y *block) {
	x, y = newBlock(a.kind, a.n*b.n), newBlock(b.kind, a.n*b.n)
	for i := range a.n {
		Fill(x.at(i*b.n), a.at(i), sizes[a.kind], b.n)
		copy(y.bytes()[i*len(b.bytes()):], b.bytes())
	}
	return x, y
}

// float returns part p (0, or 1 for an imaginary part) of item i, and the
// number of units in the last place between it and that of another block.
func (b *block) float(i, p int) float64 {
	switch b.kind {
	case kF16:
		return (*(*half)(b.at(i))).Float64()
	case kF32:
		return float64(*(*float32)(b.at(i)))
	case kF64:
		return *(*float64)(b.at(i))
	case kC64:
		return float64((*(*[2]float32)(b.at(i)))[p])
	}
	return (*(*[2]float64)(b.at(i)))[p]
}

// ordinal numbers the floats of a kind in order, so that a difference counts
// units in the last place.
func ordinal(k dtype.Kind, x float64) int64 {
	var v int64
	switch word(k) {
	case 2:
		v = int64(float16.FromFloat64(math.Abs(x)))
	case 4:
		v = int64(math.Float32bits(float32(math.Abs(x))))
	default:
		v = int64(math.Float64bits(math.Abs(x)))
	}
	if math.Signbit(x) {
		return -v
	}
	return v
}

// distance is the difference of two results in units in the last place: 0 for
// equal bits and for two NaN, huge for a zero of the wrong sign or an infinity
// beside a number far from it.
func distance(k dtype.Kind, x, y float64) int64 {
	switch {
	case x != x && y != y:
		return 0
	case x != x || y != y:
		return math.MaxInt64
	case x == 0 && y == 0 && math.Signbit(x) != math.Signbit(y):
		return math.MaxInt64
	}
	d := ordinal(k, x) - ordinal(k, y)
	return max(d, -d)
}

// close compares two complex results: each part is the same, or both are finite
// and the difference is within ulps of the number's modulus.
func close(got, want *block, i int, ulps int64) bool {
	eps := 0x1p-52
	if want.kind == kC64 {
		eps = 0x1p-23
	}
	size := math.Hypot(want.float(i, 0), want.float(i, 1))
	for p := range 2 {
		x, y := got.float(i, p), want.float(i, p)
		if x == 0 && y == 0 && math.Signbit(x) != math.Signbit(y) {
			return false
		}
		if distance(want.kind, x, y) > ulps && !(math.Abs(x-y) <= float64(ulps)*eps*size && size < math.MaxFloat64) {
			return false
		}
	}
	return true
}

// compare reports items that differ by more than ulps.
func compare(t *testing.T, what string, got, want *block, ulps int64, describe func(i int) string) {
	t.Helper()
	bad := 0
	if !got.intact() {
		t.Errorf("%s: wrote outside its output", what)
	}
	for i := range want.n {
		ok := true
		if k := want.kind; k >= kC64 && ulps > 0 {
			ok = close(got, want, i, ulps)
		} else if k >= kF16 {
			for p := range sizes[k] / word(k) {
				ok = ok && distance(k, got.float(i, p), want.float(i, p)) <= ulps
			}
		} else {
			ok = string(unsafe.Slice((*byte)(got.at(i)), sizes[k])) == string(unsafe.Slice((*byte)(want.at(i)), sizes[k]))
		}
		if !ok {
			if bad++; bad <= 4 {
				t.Errorf("%s%s = %s, want %s", what, describe(i), got.item(i), want.item(i))
			}
		}
	}
	if bad > 4 {
		t.Errorf("%s: %d of %d differ", what, bad, want.n)
	}
}

func TestTypes(t *testing.T) {
	for name, want := range loadGolden().Types {
		op := Op(slices.Index(opNames[:], name))
		tab := Lookup(op)
		var got []string
		for i := range tab.Entries {
			got = append(got, signature(tab, &tab.Entries[i]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s.types\n got %v\nwant %v", name, got, want)
		}
	}
	if n := len(loadGolden().Types); n != int(NumOps) {
		t.Errorf("golden has %d operations, want %d", n, NumOps)
	}
}

func TestGoldenCalls(t *testing.T) {
	g := loadGolden()
	for _, c := range g.Calls {
		tab := Lookup(Op(slices.Index(opNames[:], c.Op)))
		inLetters, outLetters, _ := strings.Cut(c.Sig, "->")
		var kinds []dtype.Kind
		for _, l := range []byte(inLetters) {
			kinds = append(kinds, kindOf(l))
		}
		e := tab.Find(kinds...)
		if e == nil {
			t.Errorf("%s has no %s", c.Op, c.Sig)
			continue
		}
		var in []*block
		switch {
		case c.In != nil:
			for i, s := range c.In {
				in = append(in, decode(t, kinds[i], s))
			}
		case len(kinds) == 1:
			in = []*block{decode(t, kinds[0], g.Unary[inLetters])}
		case len(kinds) == 2:
			x, y := cross(decode(t, kinds[0], g.Pairs[inLetters[:1]]), decode(t, kinds[1], g.Pairs[inLetters[1:]]))
			in = []*block{x, y}
		default:
			p := decode(t, kinds[0], g.Pairs[inLetters[:1]])
			p.n = min(p.n, 12)
			xy, z := cross(p, p)
			x, _ := cross(p, xy)
			_, y := cross(p, xy)
			_, zz := cross(p, z)
			in = []*block{x, y, zz}
		}
		var out []*block
		for _, l := range []byte(outLetters) {
			out = append(out, newBlock(kindOf(l), in[0].n))
		}
		call(e, out, in, in[0].n)
		describe := func(i int) string {
			var s []string
			for _, x := range in {
				s = append(s, x.item(i))
			}
			return "(" + strings.Join(s, ", ") + ")"
		}
		for i, w := range c.Out {
			want := decode(t, out[i].kind, w)
			if c.Op == "clip" && kinds[0] >= kF16 {
				// Which zero survives differs between NumPy's loops for constant and
				// for varying bounds; ours are the former's.
				plainZeros(want)
				plainZeros(out[i])
			}
			compare(t, c.Op+" "+c.Sig, out[i], want, tolerance(c.Op, kinds[0], want.kind), describe)
		}
	}
}

// call runs an entry's loop.
func call(e *Entry, out, in []*block, n int) {
	switch {
	case e.Unary != nil:
		e.Unary(out[0].ptr(), in[0].ptr(), n)
	case e.Binary != nil:
		e.Binary(out[0].ptr(), in[0].ptr(), in[1].ptr(), n)
	case e.Ternary != nil:
		e.Ternary(out[0].ptr(), in[0].ptr(), in[1].ptr(), in[2].ptr(), n)
	case e.Unary2 != nil:
		e.Unary2(out[0].ptr(), out[1].ptr(), in[0].ptr(), n)
	default:
		e.Binary2(out[0].ptr(), out[1].ptr(), in[0].ptr(), in[1].ptr(), n)
	}
}

var transcendental = strings.Fields(`arccos arccosh arcsin arcsinh arctan arctan2 arctanh cbrt cos cosh exp exp2 expm1
	float_power hypot log log10 log1p log2 logaddexp logaddexp2 power sin sinh tan tanh`)

// tolerance is how many units in the last place a result may differ from NumPy's.
func tolerance(op string, in, out dtype.Kind) int64 {
	switch {
	case in >= kC64 && (op == "absolute" || op == "sign" || op == "sqrt"):
		return 2 // NumPy's vector loops are up to 1.7 off here
	case in < kF16 || !slices.Contains(transcendental, op):
		return 0
	case in >= kC64 && (op == "exp2" || op == "log1p" || op == "power" || op == "float_power"):
		return 64 // NumPy rounds an exponent or 1+z on the way; ours is nearer the truth
	case in >= kC64:
		return 4
	case op == "logaddexp2":
		return 16 // NumPy's formula cancels near zero
	case out == kF32:
		return 2
	}
	return 1
}

// plainZeros drops the sign of every zero.
func plainZeros(b *block) {
	for i := range b.n * sizes[b.kind] / word(b.kind) {
		part := unsafe.Slice((*byte)(unsafe.Add(b.ptr(), i*word(b.kind))), word(b.kind))
		if f := b.float(i*word(b.kind)/sizes[b.kind], i%(sizes[b.kind]/word(b.kind))); f == 0 {
			clear(part)
		}
	}
}

func TestGoldenCasts(t *testing.T) {
	for _, c := range loadGolden().Casts {
		from, to := kindOf(c.From[0]), kindOf(c.To[0])
		in, want := decode(t, from, c.In), decode(t, to, c.Out)
		got := newBlock(to, in.n)
		Cast(from, to)(got.ptr(), in.ptr(), in.n)
		compare(t, c.From+" to "+c.To, got, want, 0, func(i int) string { return "(" + in.item(i) + ")" })
	}
}
