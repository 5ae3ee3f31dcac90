package calc

import (
	"runtime"

	"github.com/stride-go/nd/buffer"
)

// lentBuffer is a block over the first n bytes of an exporter's. As long as a
// view of it is reachable the exporter refuses to resize.
func (in *Interp) lentBuffer(of *buffer.Buffer, n int, exporter buffered) *buffer.Buffer {
	b := buffer.FromSlice(of.UnsafeBytes()[:n])
	runtime.AddCleanup(b, func(release func()) { release() }, exporter.export())
	return b
}

// bufferOf is the block that a value lends to np.frombuffer and np.ndarray.
func (in *Interp) bufferOf(v Value) *buffer.Buffer {
	switch x := v.(type) {
	case Bytes:
		return buffer.FromString(string(x))
	case *Bytearray:
		return in.lentBuffer(buffer.FromSlice(x.b), len(x.b), x)
	case *Array:
		return in.lentBuffer(x.block(), x.n*x.kind.size, x)
	case *memoryView:
		b, ro := x.buffer()
		if ro {
			return buffer.FromString(string(b))
		}
		return in.lentBuffer(buffer.FromSlice(b), len(b), x)
	}
	throw(excTypeError, "a bytes-like object is required, not '%s'", v.Type().tpName())
	return nil
}
