package dtype

import (
	"reflect"

	"github.com/stride-go/nd/internal/nderr"
)

// Of returns the dtype of the Go type T. (A first form for numbers: the dtype
// package's owner replaces this file.)
func Of[T any]() (DType, error) { return OfType(reflect.TypeFor[T]()) }

// OfType is Of for a type known at run time.
func OfType(t reflect.Type) (DType, error) {
	if k, ok := ofKinds[t.Kind()]; ok {
		return OfKind(k), nil
	}
	return DType{}, nderr.New("dtype.Of", nderr.ErrDType, "the Go type %s has no dtype", t)
}

var ofKinds = map[reflect.Kind]Kind{
	reflect.Bool: KindBool, reflect.Int8: KindInt8, reflect.Int16: KindInt16, reflect.Int32: KindInt32,
	reflect.Int64: KindInt64, reflect.Int: KindInt64, reflect.Uint8: KindUint8, reflect.Uint16: KindUint16,
	reflect.Uint32: KindUint32, reflect.Uint64: KindUint64, reflect.Uint: KindUint64,
	reflect.Float32: KindFloat32, reflect.Float64: KindFloat64, reflect.Complex64: KindComplex64,
	reflect.Complex128: KindComplex128,
}
