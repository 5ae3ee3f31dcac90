package calc

import (
	"github.com/stride-go/nd/buffer"
)

// bufferOf is the block that a value lends to np.frombuffer and np.ndarray. As long
// as an array over it is reachable the value refuses to resize.
func (in *Interp) bufferOf(v Value) *buffer.Buffer {
	switch x := v.(type) {
	case Bytes:
		return buffer.FromString(string(x))
	case *Bytearray:
		return x.lent()
	case *Array:
		return x.lent()
	}
	throw(excTypeError, "a bytes-like object is required, not '%s'", v.Type().tpName())
	return nil
}
