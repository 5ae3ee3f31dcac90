package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// BenchmarkLoop times one loop of each family at every level the machine has,
// the Go twin first: go test -bench Loop/add/F64.
func BenchmarkLoop(b *testing.B) {
	defer SetLevel(CurrentLevel())
	for _, o := range []struct {
		op Op
		k  dtype.Kind
	}{{Add, kF64}, {Add, kF32}, {Add, kI8}, {Multiply, kI8}, {Multiply, kI64}, {Divide, kF64}, {Sqrt, kF64}, {Absolute, kF64}, {Rint, kF32},
		{Maximum, kF64}, {Maximum, kU8}, {Clip, kF64}, {Less, kF64}, {Less, kI32}, {Equal, kU8}, {Isnan, kF64}, {LogicalAnd, kBool}, {LogicalNot, kBool},
		{BitwiseXor, kI32}, {LeftShift, kI64}, {Add, kF16}, {Less, kF16}, {Sqrt, kF16}, {Less, kC128}, {Clip, kC64}} {
		for _, n := range []int{1000, 100000} {
			for l := LevelGo; l <= BestLevel(); l++ {
				b.Run(fmt.Sprintf("%v/%s/%d/%v", o.op, letters[o.k], n, l), func(b *testing.B) {
					SetLevel(l)
					t := Lookup(o.op)
					kinds := [3]dtype.Kind{o.k, o.k, o.k}
					e := t.Find(kinds[:t.NIn]...)
					benchEntry(b, e, itemSizes[o.k], n)
				})
			}
		}
	}
}

func benchEntry(b *testing.B, e *Entry, size, n int) {
	var in [4][]uint64
	r := rand.New(rand.NewPCG(1, 2))
	for i := range in {
		in[i] = make([]uint64, n*size/8+16)
	}
	for i := range 3 {
		hardItems(unsafe.Slice((*byte)(unsafe.Pointer(&in[i][0])), n*size), e.In[0], r)
	}
	p := func(i int) unsafe.Pointer { return unsafe.Pointer(&in[i][0]) }
	b.SetBytes(int64(n * size))
	for b.Loop() {
		switch {
		case e.Unary != nil:
			e.Unary(p(3), p(0), n)
		case e.Binary != nil:
			e.Binary(p(3), p(0), p(1), n)
		default:
			e.Ternary(p(3), p(0), p(1), p(2), n)
		}
	}
}

// BenchmarkFunction times the elementary functions on numbers in (0, 1).
func BenchmarkFunction(b *testing.B) {
	defer SetLevel(CurrentLevel())
	const n = 10000
	r := rand.New(rand.NewPCG(1, 2))
	var in32, in32b, out32 [n]float32
	var in64, in64b, out64 [n]float64
	for i := range n {
		in64[i], in64b[i] = r.Float64(), 8*r.Float64()-4
		in32[i], in32b[i] = float32(in64[i]), float32(in64b[i])
	}
	done := map[string]bool{}
	for _, v := range mathLoops {
		name := fmt.Sprintf("%v/%s", v.op, letters[v.kind])
		if done[name] {
			continue
		}
		done[name] = true
		for l := LevelAVX2; l <= BestLevel(); l++ {
			b.Run(name+"/"+l.String(), func(b *testing.B) {
				SetLevel(l)
				t := Lookup(v.op)
				e := t.Find([]dtype.Kind{v.kind, v.kind}[:t.NIn]...)
				d, x, y := unsafe.Pointer(&out64[0]), unsafe.Pointer(&in64[0]), unsafe.Pointer(&in64b[0])
				if v.kind == kF32 {
					d, x, y = unsafe.Pointer(&out32[0]), unsafe.Pointer(&in32[0]), unsafe.Pointer(&in32b[0])
				}
				for b.Loop() {
					if t.NIn == 1 {
						e.Unary(d, x, n)
					} else {
						e.Binary(d, x, y, n)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/item")
			})
		}
	}
}

// BenchmarkFold times reductions and searches.
func BenchmarkFold(b *testing.B) {
	defer SetLevel(CurrentLevel())
	run := func(name string, k dtype.Kind, f func(a unsafe.Pointer, n int)) {
		for _, n := range []int{1000, 100000} {
			x := make([]uint64, n)
			plainItems(unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), n*itemSizes[k]), k, 2, rand.New(rand.NewPCG(1, 2)))
			for l := LevelGo; l <= BestLevel(); l++ {
				b.Run(fmt.Sprintf("%s/%s/%d/%v", name, letters[k], n, l), func(b *testing.B) {
					SetLevel(l)
					for b.Loop() {
						f(unsafe.Pointer(&x[0]), n)
					}
				})
			}
		}
	}
	for _, o := range []struct {
		op Op
		k  dtype.Kind
	}{{Add, kF64}, {Add, kF32}, {Add, kI64}, {Maximum, kF64}, {Maximum, kF32}, {Minimum, kI32}, {Maximum, kU8}, {LogicalAnd, kBool}, {LogicalAnd, kF64}} {
		acc := new([2]uint64)
		run(o.op.String(), o.k, func(a unsafe.Pointer, n int) {
			*acc = [2]uint64{1}
			tables[o.op].Find(o.k, o.k).Reduce(unsafe.Pointer(acc), a, itemSizes[o.k], n)
		})
	}
	for _, k := range []dtype.Kind{kF64, kF32, kI32, kU8} {
		run("argmax", k, func(a unsafe.Pointer, n int) { searches[k].argmax.Place(a, itemSizes[k], n) })
	}
	for _, k := range []dtype.Kind{kF64, kBool} {
		run("count", k, func(a unsafe.Pointer, n int) { searches[k].count(a, itemSizes[k], n) })
	}
}

// BenchmarkCast times conversions.
func BenchmarkCast(b *testing.B) {
	defer SetLevel(CurrentLevel())
	for _, c := range [][2]dtype.Kind{{kF64, kF32}, {kF32, kF64}, {kI64, kF64}, {kF64, kI64}, {kI32, kF64}, {kF64, kI32}, {kF64, kU64}, {kU8, kF32}, {kI64, kI32}, {kI16, kI64},
		{kF32, kF16}, {kF16, kF32}, {kF64, kF16}, {kBool, kF64}, {kF64, kBool}, {kF32, kU8}} {
		for _, n := range []int{1000, 100000} {
			x, y := make([]uint64, n), make([]uint64, n)
			plainItems(unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), n*itemSizes[c[0]]), c[0], 2, rand.New(rand.NewPCG(1, 2)))
			for l := LevelGo; l <= BestLevel(); l++ {
				b.Run(fmt.Sprintf("%s-%s/%d/%v", letters[c[0]], letters[c[1]], n, l), func(b *testing.B) {
					SetLevel(l)
					for b.Loop() {
						casts[c[0]][c[1]](unsafe.Pointer(&y[0]), unsafe.Pointer(&x[0]), n)
					}
				})
			}
		}
	}
}

// BenchmarkMath times the elementary functions.
func BenchmarkMath(b *testing.B) {
	defer SetLevel(CurrentLevel())
	for _, op := range []Op{Exp, Exp2, Expm1, Log, Log2, Log10, Log1p, Sin, Cos, Tan, Sinh, Cosh, Tanh, Arctan, Power, Hypot, Cbrt, Arctan2, Arcsin} {
		for _, k := range []dtype.Kind{kF64, kF32} {
			const n = 1000
			x, y, z := make([]float64, n), make([]uint64, n), make([]uint64, n)
			r := rand.New(rand.NewPCG(1, 2))
			for i := range x {
				x[i] = 10 * r.Float64()
				if op == Arcsin {
					x[i] /= 10
				}
			}
			casts[kF64][k](unsafe.Pointer(&y[0]), unsafe.Pointer(&x[0]), n)
			for _, l := range []Level{LevelGo, BestLevel()} {
				b.Run(fmt.Sprintf("%v/%s/%d/%v", op, letters[k], n, l), func(b *testing.B) {
					SetLevel(l)
					for b.Loop() {
						if e := tables[op].Find(k); e != nil {
							e.Unary(unsafe.Pointer(&z[0]), unsafe.Pointer(&y[0]), n)
						} else {
							tables[op].Find(k, k).Binary(unsafe.Pointer(&z[0]), unsafe.Pointer(&y[0]), unsafe.Pointer(&y[0]), n)
						}
					}
				})
			}
		}
	}
}
