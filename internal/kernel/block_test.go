package kernel

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

var goTypes = map[dtype.Kind]reflect.Type{kBool: reflect.TypeFor[uint8](), kI8: reflect.TypeFor[int8](),
	kU8: reflect.TypeFor[uint8](), kI16: reflect.TypeFor[int16](), kU16: reflect.TypeFor[uint16](),
	kI32: reflect.TypeFor[int32](), kU32: reflect.TypeFor[uint32](), kI64: reflect.TypeFor[int64](),
	kU64: reflect.TypeFor[uint64](), kF16: reflect.TypeFor[half](), kF32: reflect.TypeFor[float32](),
	kF64: reflect.TypeFor[float64](), kC64: reflect.TypeFor[complex64](), kC128: reflect.TypeFor[complex128]()}

// item prints item i for a message.
func (b *block) item(i int) string {
	v := reflect.NewAt(goTypes[b.kind], unsafe.Pointer(b.at(i))).Elem().Interface()
	if h, ok := v.(half); ok {
		return fmt.Sprint(h.Float64())
	}
	return fmt.Sprint(v)
}
