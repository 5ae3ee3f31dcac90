package nd

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Whatever text is taken as an array interface makes an array whose items lie in
// the block, or an error; and what is written of it is read as the same.
func FuzzArrayInterface(f *testing.F) {
	for _, a := range []*Array{Arange(6).Reshape(2, 3), Arange(6).Reshape(2, 3).T(), Arange(9).Index("::-2"), Zeros(dtype.Float64), Of([]string{"ab", "c"}), Of([]struct {
		A int8
		B float32
	}{{1, 2}})} {
		text, err := json.Marshal(a.ArrayInterface())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{
		`{"version":3,"typestr":"<f8","shape":[2,3],"data":[140000000000000,false],"strides":null,"offset":8}`,
		`{"version":3,"typestr":"<f8","shape":[9223372036854775807,2],"data":[0,true],"strides":[9223372036854775807,-9223372036854775808],"offset":-8}`,
		`{"version":3,"typestr":"|V5","descr":[["a","|i1"],["b","<f4",[1]]],"shape":[],"offset":9223372036854775807}`,
		`{"version":3,"typestr":"|V8","descr":[[["t","a"],[["x","<i4"]]],["","|V4"]],"shape":[0,-1]}`,
		`{"version":3,"typestr":"<U3","shape":[1e3],"data":[-1,0]}`, `{"version":2}`, `[`, `null`,
		`{"version":3,"typestr":"|V5","descr":[["000","|a1"],["0","1a4",[1]]],"shape":[]}`, `{"version":3,"typestr":"0a1","shape":[0,0]}`, `{"version":3,"typestr":"(2,3)i4","shape":[2]}`,
		`{"version":3,"typestr":"|V0","descr":[["",[["","|S0"]]]],"shape":[]}`, `{"version":3,"typestr":"|V4","descr":[["","|S4"]],"shape":[3]}`, `{"version":3,"typestr":"|V4","descr":[["","|V4"]],"shape":[3]}`,
	} {
		f.Add([]byte(text))
	}
	block, err := buffer.Make(1 << 10)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var ai ArrayInterface
		if ai.UnmarshalJSON(text) != nil {
			return
		}
		if a, err := ai.Over(block); err == nil {
			lo, hi := a.place().Bounds()
			if start := int64(uintptr(block.Pointer())); a.Size() > 0 && a.ItemSize() > 0 && (int64(lo) < start || int64(hi) > start+int64(block.Len())) {
				t.Fatalf("%s: items outside of the block", text)
			}
			if a.Size() < 1<<10 {
				a.Copy()
				_ = a.Repr()
			}
		}
		again, err := json.Marshal(ai)
		if err != nil {
			return // overlapping fields have no descr
		}
		var back ArrayInterface
		if err := json.Unmarshal(again, &back); err != nil {
			t.Fatalf("%s: not read again: %v", again, err)
		}
		if back.DType != ai.DType || !slices.Equal(back.Shape, ai.Shape) || !reflect.DeepEqual(back.Strides, ai.Strides) || back.Offset != ai.Offset || back.Address != ai.Address || back.ReadOnly != ai.ReadOnly {
			t.Fatalf("%s\nis read as %+v, and was %+v", again, back, ai)
		}
	})
}

// A tensor that makes no sense is refused; one that does covers just the bytes that
// its shape and strides say. The items are not touched: DLPack states no length.
func FuzzDLPack(f *testing.F) {
	add := func(a *Array) {
		t, err := a.DLPack()
		if err != nil {
			f.Fatal(err)
		}
		x := &t.Tensor
		var dims []byte
		for k := range int(x.NDim) {
			dims = append(dims, byte(unsafe.Slice(x.Shape, x.NDim)[k]), byte(unsafe.Slice(x.Strides, x.NDim)[k]))
		}
		f.Add(t.Major, x.Device.Type, x.DType.Code, x.DType.Bits, x.DType.Lanes, x.ByteOffset, t.Flags, true, byte(0), dims)
	}
	add(Arange(6).Reshape(2, 3))
	add(Arange(6).Reshape(2, 3).T())
	add(Arange(5).Index("::-1"))
	add(Zeros(dtype.Complex128))
	f.Add(uint32(1), int32(1), uint8(2), uint8(64), uint16(1), uint64(math.MaxUint64), uint64(1), true, byte(62), []byte{255, 255, 3, 128})
	f.Add(uint32(2), int32(2), uint8(9), uint8(3), uint16(4), uint64(0), uint64(0), false, byte(0), []byte{1, 1})
	f.Fuzz(func(t *testing.T, major uint32, device int32, code, bits uint8, lanes uint16, offset, flags uint64, strided bool, scale byte, dims []byte) {
		n := len(dims) / 2
		shape, strides := make([]int64, n+1), make([]int64, n+1)
		for k := range n {
			shape[k] = int64(int8(dims[2*k]))
			strides[k] = int64(int8(dims[2*k+1])) << (scale % 63)
			if k == 0 {
				shape[k] <<= scale % 63
			}
		}
		memory := new([1 << 10]byte)
		x := &DLManagedTensorVersioned{Major: major, Flags: flags, Tensor: DLTensor{
			Data: unsafe.Pointer(&memory[512]), Device: DLDevice{Type: device}, NDim: int32(n),
			DType: DLDataType{Code: code, Bits: bits, Lanes: lanes}, Shape: &shape[0], ByteOffset: offset % 8,
		}}
		if strided {
			x.Tensor.Strides = &strides[0]
		}
		// What the items cover, without any bound on the numbers.
		size, empty, bad := int64(bits/8), false, n > 64
		lo, hi := new(big.Int), big.NewInt(size)
		step := big.NewInt(size)
		for k := n - 1; k >= 0; k-- {
			bad = bad || shape[k] < 0
			empty = empty || shape[k] == 0
			s := new(big.Int).Mul(big.NewInt(strides[k]), big.NewInt(size))
			if !strided {
				s.Set(step)
				step.Mul(step, big.NewInt(shape[k]))
			}
			s.Mul(s, big.NewInt(shape[k]-1))
			if s.Sign() < 0 {
				lo.Add(lo, s)
			} else {
				hi.Add(hi, s)
			}
		}
		span := new(big.Int).Sub(hi, lo)
		if !empty && !bad && (span.Cmp(big.NewInt(400)) > 0 || lo.Cmp(big.NewInt(-400)) < 0) {
			// It leaves the memory that is there: such an array is not made here, so
			// that nobody touches it. What cannot be any memory must be refused.
			if span.IsInt64() && hi.IsInt64() && lo.IsInt64() {
				return
			}
			bad = true
		}
		a, err := UnsafeFromDLPack(x, memory)
		if err != nil {
			return
		}
		if bad || major != 1 || device != dlCPU || lanes != 1 {
			t.Fatalf("taken: shape %v, strides %v, %+v", shape[:n], strides[:n], x)
		}
		if a.ItemSize() != int(size) || a.NDim() != n || a.Writeable() == (flags&DLReadOnly != 0) {
			t.Fatalf("%s %v for %+v", a.DType(), a.Shape(), x)
		}
		if empty {
			return
		}
		if got, want := a.addr(), uintptr(unsafe.Pointer(&memory[512]))+uintptr(offset%8); got != want {
			t.Fatalf("item 0 lies %d bytes off", int(got-want))
		}
		if from, to := a.place().Bounds(); big.NewInt(int64(to-from)).Cmp(span) != 0 {
			t.Fatalf("%d bytes, not %v", to-from, span)
		}
		if a.Size() < 1<<10 {
			a.Copy()
		}
	})
}
