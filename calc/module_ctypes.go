package calc

import (
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// The module ctypes has one function, string_at. An address is a number here, so
// it reads only what lies inside a block that a global variable holds.
func init() {
	newModule("ctypes").def("string_at", "ptr, size=-1", func(in *Interp, a []Value) Value {
		addr, n := int64(in.toIndex(a[0])), in.toInt(a[1])
		if n < 0 {
			throw(excValueError, "string_at needs a size here")
		}
		in.charge(n)
		for _, v := range in.globals.vars {
			if b, ok := in.bytesAt(v, addr, n); ok {
				return b
			}
		}
		throw(excValueError, "no variable holds %d bytes at that address", n)
		return nil
	})
}

// bytesAt copies n bytes at an address, if they lie in the block of v.
func (in *Interp) bytesAt(v Value, addr int64, n int) (Bytes, bool) {
	var buf *buffer.Buffer
	switch x := v.(type) {
	case *Ndarray:
		buf = x.a.Buffer()
	case *Array, *Bytearray:
		buf = in.bufferOf(x)
	default:
		return "", false
	}
	if buf.Closed() {
		return "", false
	}
	off := addr - int64(uintptr(buf.Pointer()))
	if off < 0 || off > int64(buf.Len()-n) {
		return "", false
	}
	return Bytes(arrayBytes(in.overBuffer(buf, dtype.Uint8, []int{n}, nil, int(off)))), true
}
