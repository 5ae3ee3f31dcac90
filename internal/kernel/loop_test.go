package kernel

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// filled returns n items of random bits, from a fixed seed. The bytes of bools
// are 0 or 1, and integers are small enough for exponents and shifts.
func filled(k dtype.Kind, n int, r *rand.Rand) *block {
	src, b := newBlock(kF64, n), newBlock(k, n)
	for i := range n {
		*(*float64)(src.at(i)) = float64(r.IntN(100))
		if k >= kF16 {
			*(*float64)(src.at(i)) = r.NormFloat64() * 4
		}
	}
	Cast(kF64, k)(b.ptr(), src.ptr(), n)
	return b
}

func (b *block) clone() *block {
	c := newBlock(b.kind, b.n)
	copy(c.bytes(), b.bytes())
	return c
}

// TestLoopsStayInside runs every entry on 0…40 items: the outputs must be those
// of one item at a time, nothing else may be written, inputs must be untouched,
// and an output in the place of an input of the same size must not matter.
func TestLoopsStayInside(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for op := Op(0); op < NumOps; op++ {
		tab := Lookup(op)
		for i := range tab.Entries {
			e := &tab.Entries[i]
			name := op.String() + " " + signature(tab, e)
			for n := range 41 {
				var in, keep, out, single []*block
				for _, k := range e.In[:tab.NIn] {
					in = append(in, filled(k, n, r))
					keep = append(keep, in[len(in)-1].clone())
				}
				for _, k := range e.Out[:tab.NOut] {
					out = append(out, newBlock(k, n))
					single = append(single, newBlock(k, n))
				}
				call(e, out, in, n)
				for j := range n {
					var in1, out1 []*block
					for _, b := range in {
						x := newBlock(b.kind, 1)
						copy(x.bytes(), b.bytes()[j*sizes[b.kind]:])
						in1 = append(in1, x)
					}
					for _, b := range out {
						out1 = append(out1, newBlock(b.kind, 1))
					}
					call(e, out1, in1, 1)
					for p, b := range single {
						copy(b.bytes()[j*sizes[b.kind]:], out1[p].bytes())
					}
				}
				for p, b := range out {
					if !b.intact() {
						t.Fatalf("%s: %d items: wrote outside output %d", name, n, p)
					}
					if string(b.bytes()) != string(single[p].bytes()) {
						t.Fatalf("%s: %d items differ from one at a time", name, n)
					}
				}
				for p, b := range in {
					if !b.intact() || string(b.bytes()) != string(keep[p].bytes()) {
						t.Fatalf("%s: %d items: input %d changed", name, n, p)
					}
				}
				for p := range in {
					if sizes[in[p].kind] != sizes[out[0].kind] {
						continue
					}
					args := append([]*block(nil), in...)
					args[p] = keep[p].clone()
					dst := append([]*block(nil), out...)
					dst[0] = args[p]
					call(e, dst, args, n)
					if !args[p].intact() || string(args[p].bytes()) != string(single[0].bytes()) {
						t.Fatalf("%s: %d items differ in the place of input %d", name, n, p)
					}
				}
			}
		}
	}
}

// TestSpecial pins what golden.py cannot reach or says too quietly.
func TestSpecial(t *testing.T) {
	check := Lookup(Power).Find(kI32, kI32).Check
	y := []int32{1, 2, -1}
	if err := check(nil, unsafe.Pointer(&y[0]), 3); err == nil ||
		err.Error() != "nd: power: Integers to negative integer powers are not allowed." {
		t.Errorf("negative exponent: %v", err)
	}
	if err := check(nil, unsafe.Pointer(&y[0]), 2); err != nil {
		t.Errorf("exponents 1, 2: %v", err)
	}
	if Lookup(Power).Find(kU32, kU32).Check != nil || Lookup(Power).Find(kF64, kF64).Check != nil {
		t.Error("only signed exponents need a check")
	}
	if Cast(dtype.KindStr, kF64) != nil || Cast(kF64, dtype.KindVoid) != nil {
		t.Error("only numbers have casts here")
	}
	if Lookup(Add).Find(kI8, kI16) != nil || Lookup(Add).Find(kI8) != nil {
		t.Error("Find must match every kind")
	}
	if got := Op(9999).String(); got != "Op(9999)" {
		t.Errorf("unknown operation is %q", got)
	}
	for op, want := range map[Op]Identity{Add: IdentityZero, Multiply: IdentityOne, LogicalAnd: IdentityOne,
		BitwiseAnd: IdentityMinusOne, Logaddexp: IdentityMinusInf, Maximum: NoIdentity, Subtract: NoIdentity} {
		if Lookup(op).Identity != want {
			t.Errorf("%v: identity %v, want %v", op, Lookup(op).Identity, want)
		}
	}
	for op, want := range map[Op]bool{Add: true, Maximum: true, Lcm: false, Hypot: true, Subtract: false, Arctan2: false} {
		if Lookup(op).Reorderable != want {
			t.Errorf("%v: reorderable is %v", op, !want)
		}
	}
}

// TestBoolBytes: any non-zero byte of a bool is true, and only 0 and 1 come out.
func TestBoolBytes(t *testing.T) {
	a, b := []byte{0, 1, 2, 255}, []byte{1, 4, 0, 8}
	for op, want := range map[Op]string{Add: "\x01\x01\x01\x01", Multiply: "\x00\x01\x00\x01", Equal: "\x00\x01\x00\x01",
		LogicalXor: "\x01\x00\x01\x00", BitwiseXor: "\x01\x00\x01\x00", Maximum: "\x01\x01\x01\x01", Less: "\x01\x00\x00\x00"} {
		d := make([]byte, 4)
		Lookup(op).Find(kBool, kBool).Binary(unsafe.Pointer(&d[0]), unsafe.Pointer(&a[0]), unsafe.Pointer(&b[0]), 4)
		if string(d) != want {
			t.Errorf("%v = %v, want %v", op, d, []byte(want))
		}
	}
	d := make([]int64, 4)
	Cast(kBool, kI64)(unsafe.Pointer(&d[0]), unsafe.Pointer(&a[0]), 4)
	if d[0] != 0 || d[1] != 1 || d[2] != 1 || d[3] != 1 {
		t.Errorf("as int64: %v", d)
	}
}

// BenchmarkAdd guards the inlining: a loop that calls a function an item takes
// several times as long as the plain one.
func BenchmarkAdd(b *testing.B) {
	x, y, z := make([]float64, 1000), make([]float64, 1000), make([]float64, 1000)
	p, q, r := unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0]), unsafe.Pointer(&z[0])
	b.Run("table", func(b *testing.B) {
		f := Lookup(Add).Find(kF64, kF64).Binary
		for b.Loop() {
			f(r, p, q, len(x))
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			for i := range z {
				z[i] = x[i] + y[i]
			}
		}
	})
	b.Run("sum", func(b *testing.B) {
		f := Lookup(Add).Find(kF64, kF64).Reduce
		for b.Loop() {
			f(r, p, 8, len(x))
		}
	})
}
