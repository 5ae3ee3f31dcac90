package kernel

import (
	"bytes"
	endian "encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// last returns the last n bytes before the fence.
func (f fence) last(n int) []byte { return f[len(f)-n:] }

func first(b []byte) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(b)) }

var hardFloats = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, math.Inf(1), math.Inf(-1), math.NaN(),
	math.Copysign(math.NaN(), -1), math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64,
	1e-310, math.MaxFloat32, math.SmallestNonzeroFloat32, 1e-40, -1e-40, 65504, 65520, 6e-8, 1 << 31, -1 << 31, 1<<31 - 1, 1<<31 - 0.5, -1<<31 - 0.5,
	1 << 32, 1 << 63, -1 << 63, 1 << 64, 1<<63 - 1024, 1<<64 - 2048, 255, 256, 127, 128, -128, -129, 32767, 32768, 4294967295, 0.1, 3e-5, 1e300, 1e-300}

// hardItems fills b with items of kind k: values where rules change, small
// numbers, and random bits.
func hardItems(b []byte, k dtype.Kind, r *rand.Rand) {
	size := itemSizes[k]
	for i := 0; i+size <= len(b); i += size {
		p := b[i : i+size]
		bits := r.Uint64()
		if r.IntN(4) == 0 {
			bits = [...]uint64{0, 1, 2, ^uint64(0), 1 << 63, 1<<63 - 1, 0x80808080_80808080, 0x7f7f7f7f_7f7f7f7f, 0x80000000, 0x7fffffff, 0x8000, 0x7fff, 0xff, 16, 63, 64, 5, 7}[r.IntN(18)]
		}
		x := hardFloats[r.IntN(len(hardFloats))]
		switch r.IntN(4) {
		case 0:
			x = r.NormFloat64()
		case 1:
			x = float64(r.IntN(20) - 10)
		}
		switch k {
		case kBool:
			p[0] = [...]byte{0, 1, 0, 1, 0, 1, 2, 255, 128}[r.IntN(9)]
		case kF32:
			endian.NativeEndian.PutUint32(p, math.Float32bits(float32(x)))
		case kF64:
			endian.NativeEndian.PutUint64(p, math.Float64bits(x))
		case kF16:
			endian.NativeEndian.PutUint16(p, uint16(bits))
		case kC64:
			endian.NativeEndian.PutUint32(p, math.Float32bits(float32(x)))
			endian.NativeEndian.PutUint32(p[4:], math.Float32bits(float32(hardFloats[r.IntN(len(hardFloats))])))
		case kC128:
			endian.NativeEndian.PutUint64(p, math.Float64bits(x))
			endian.NativeEndian.PutUint64(p[8:], math.Float64bits(hardFloats[r.IntN(len(hardFloats))]))
		default:
			var w [8]byte
			endian.NativeEndian.PutUint64(w[:], bits)
			copy(p, w[:size])
		}
	}
}

// same compares results: bit by bit, but any NaN is as good as any other.
func same(t *testing.T, name string, k dtype.Kind, got, want []byte) bool {
	t.Helper()
	if bytes.Equal(got, want) {
		return true
	}
	size := itemSizes[k]
	part := size
	if k == kC64 || k == kC128 {
		part /= 2
	}
	for i := 0; i < len(want); i += part {
		g, w := got[i:i+part], want[i:i+part]
		if bytes.Equal(g, w) {
			continue
		}
		switch {
		case k == kF16:
			x, y := half(endian.NativeEndian.Uint16(g)), half(endian.NativeEndian.Uint16(w))
			if x.IsNaN() && y.IsNaN() {
				continue
			}
			t.Errorf("%s: item %d is %v, want %v", name, i/size, x.Float32(), y.Float32())
		case k == kF64 || k == kC128:
			x, y := math.Float64frombits(endian.NativeEndian.Uint64(g)), math.Float64frombits(endian.NativeEndian.Uint64(w))
			if x != x && y != y {
				continue
			}
			t.Errorf("%s: item %d is %v, want %v", name, i/size, x, y)
		case k == kF32 || k == kC64:
			x, y := math.Float32frombits(endian.NativeEndian.Uint32(g)), math.Float32frombits(endian.NativeEndian.Uint32(w))
			if x != x && y != y {
				continue
			}
			t.Errorf("%s: item %d is %v, want %v", name, i/size, x, y)
		default:
			t.Errorf("%s: item %d is %x, want %x", name, i/size, g, w)
		}
		return false
	}
	return true
}

// atLevel runs f with the loops of each vector level of the machine.
func atLevel(t *testing.T, f func(t *testing.T, l Level)) {
	defer SetLevel(CurrentLevel())
	for l := LevelAVX2; l <= BestLevel(); l++ {
		SetLevel(l)
		t.Run(l.String(), func(t *testing.T) { f(t, l) })
	}
}

// lengths are all up to 300 and a few that reach the unrolled and aligned loops.
func lengths() []int {
	var n []int
	for i := range 301 {
		n = append(n, i)
	}
	return append(n, 511, 512, 513, 1000, 1025, 2047)
}

// runEntry calls the loop of an entry, whichever it has.
func runEntry(e *Entry, d [2]unsafe.Pointer, a [3]unsafe.Pointer, n int) {
	switch {
	case e.Unary != nil:
		e.Unary(d[0], a[0], n)
	case e.Binary != nil:
		e.Binary(d[0], a[0], a[1], n)
	case e.Ternary != nil:
		e.Ternary(d[0], a[0], a[1], a[2], n)
	case e.Unary2 != nil:
		e.Unary2(d[0], d[1], a[0], n)
	default:
		e.Binary2(d[0], d[1], a[0], a[1], n)
	}
}

// TestLoopsAgreeWithTwins holds every vector loop against its Go twin: all
// lengths, starts at every place of a cache line, results ending at a fence and
// beginning after a guard band, and in place; those that stream, also past the caches.
func TestLoopsAgreeWithTwins(t *testing.T) {
	var in [3]fence
	for i := range in {
		in[i] = newFence(t)
	}
	out, want := [2]fence{newFence(t), newFence(t)}, [2][]byte{make([]byte, fenceBytes), make([]byte, fenceBytes)}
	r := rand.New(rand.NewPCG(1, 2))
	atLevel(t, func(t *testing.T, l Level) {
		done := map[*Entry]bool{}
		cold := 0
		for _, loops := range families {
			for _, v := range loops {
				e := v.entry()
				if v.level > l || done[e] || v.inexact {
					continue
				}
				done[e] = true
				tab := &tables[v.op]
				name := fmt.Sprintf("%v %s", v.op, signature(tab, e))
				tw := twin(v.op, e)
				size, osize := itemSizes[v.kind], itemSizes[e.Out[0]]
				for i := range tab.NIn {
					hardItems(in[i], e.In[i], r)
				}
				for _, n := range lengths() {
					var a [3]unsafe.Pointer
					for i := range tab.NIn {
						a[i] = first(in[i].last(n * itemSizes[e.In[i]]))
					}
					var whole, d, w [2][]byte
					var dp, wp [2]unsafe.Pointer
					for j := range tab.NOut {
						bytes := n * itemSizes[e.Out[j]]
						whole[j] = out[j].last(bytes + 128)
						for i := range whole[j] {
							whole[j][i] = 0xaa
						}
						d[j], w[j] = whole[j][128:], want[j][:bytes]
						dp[j], wp[j] = first(d[j]), first(w[j])
					}
					runEntry(e, dp, a, n)
					runEntry(tw, wp, a, n)
					ok := true
					agree := func(how string) {
						for j := range tab.NOut {
							ok = ok && same(t, fmt.Sprintf("%s n=%d%s", name, n, how), e.Out[j], d[j], w[j])
						}
					}
					agree("")
					count := n
					if e.Streams && n >= ColdLeast {
						clear(d[0])
						count |= Cold
						runEntry(e, dp, a, count)
						agree(" cold")
						cold++
					}
					for j := range tab.NOut {
						for i, b := range whole[j][:128] {
							if b != 0xaa {
								t.Errorf("%s n=%d: wrote %d bytes before the result", name, n, 128-i)
								ok = false
								break
							}
						}
					}
					if size == osize && n > 0 {
						from := (n * 5 % 64) * osize // elsewhere in the cache line
						d[0] = out[0][from : from+n*osize]
						copy(d[0], in[0].last(n*size))
						dp[0] = first(d[0])
						a[0] = dp[0]
						runEntry(e, dp, a, count)
						agree(" in place")
					}
					if !ok {
						break
					}
				}
			}
		}
		t.Logf("%d loops, %d times cold", len(done), cold)
		if (cold > 0) != (l == LevelAVX512) {
			t.Errorf("%d results went past the caches", cold)
		}
	})
}

// TestStreamedResults reaches the stores that bypass the caches: results of 32 MB
// and more, at every place of a cache line, and the same in place.
func TestStreamedResults(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 130 MB")
	}
	const n = 4<<20 + 77
	a, b := make([]float64, n), make([]float64, n+8)
	for i := range a {
		a[i] = float64(i)
	}
	atLevel(t, func(t *testing.T, _ Level) {
		for off := range 3 {
			for _, op := range []Op{Negative, Add} {
				d := b[off*3 : off*3+n]
				clear(b)
				e := tables[op].Find(kF64)
				if op == Add {
					tables[op].Find(kF64, kF64).Binary(unsafe.Pointer(&d[0]), unsafe.Pointer(&a[0]), unsafe.Pointer(&a[0]), n)
				} else {
					e.Unary(unsafe.Pointer(&d[0]), unsafe.Pointer(&a[0]), n)
				}
				f := map[Op]float64{Negative: -1, Add: 2}[op]
				for i := range d {
					if d[i] != f*a[i] {
						t.Fatalf("%v, off by %d: item %d is %v", op, off, i, d[i])
					}
				}
				for i, x := range b {
					if (i < off*3 || i >= off*3+n) && x != 0 {
						t.Fatalf("%v, off by %d: wrote outside, at %d", op, off, i-off*3)
					}
				}
			}
		}
		copy(b, a)
		tables[Negative].Find(kF64).Unary(unsafe.Pointer(&b[0]), unsafe.Pointer(&b[0]), n)
		for i := range a {
			if b[i] != -a[i] {
				t.Fatalf("in place: item %d is %v", i, b[i])
			}
		}
	})
}
