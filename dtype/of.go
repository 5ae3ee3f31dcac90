package dtype

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/nderr"
)

// Of returns the dtype of items of Go type T as they lie in memory, so that a []T
// and an array of that dtype can share bytes.
//
//   - bool, the integers, floats and complex numbers, and types declared from
//     them: the kind of their size. float16.Float16 is float16.
//   - [N]byte is a byte string 'S<N>'; any other array is a sub-array.
//   - A struct is a structure with Go's own offsets and size. A field is called
//     by its Go name; exported or not, it occupies memory. A field `_` is padding.
//     The aligned flag is set when align=True would give this very layout.
//
// The tag `nd:"name"` names a field, `nd:"-"` makes it padding. After a comma an
// array may be given another meaning: `nd:"name,array"` makes a [N]byte a
// sub-array of uint8, ",void" raw memory, ",str" makes a [N]rune a string 'U<N>'.
//
// Types that hold pointers (strings, slices, maps, interfaces, …) have no dtype:
// the error (ErrDType) names the path of the field and its type.
func Of[T any]() (DType, error) {
	switch any((*T)(nil)).(type) { // the plain types need no reflection
	case *bool:
		return Bool, nil
	case *int8:
		return Int8, nil
	case *uint8:
		return Uint8, nil
	case *int16:
		return Int16, nil
	case *uint16:
		return Uint16, nil
	case *int32:
		return Int32, nil
	case *uint32:
		return Uint32, nil
	case *int64:
		return Int64, nil
	case *uint64:
		return Uint64, nil
	case *float16.Float16:
		return Float16, nil
	case *float32:
		return Float32, nil
	case *float64:
		return Float64, nil
	case *complex64:
		return Complex64, nil
	case *complex128:
		return Complex128, nil
	}
	return OfType(reflect.TypeFor[T]())
}

// goTypes remembers the answers for the composite types: reflect.Type → DType.
var goTypes sync.Map

// OfType is Of for a type that is known only at run time.
func OfType(t reflect.Type) (DType, error) {
	if t == nil {
		return DType{}, typeError("dtype", "nil is not a type of items")
	}
	if d, ok := goTypes.Load(t); ok {
		return d.(DType), nil
	}
	d, err := goDType(t, nil, "")
	if err != nil {
		return DType{}, err
	}
	goTypes.Store(t, d)
	return d, nil
}

// goDType is OfType inside the struct fields of the given path; as is the meaning
// that the tag gives to an array.
func goDType(t reflect.Type, path []string, as string) (DType, error) {
	if t.Size() > maxItem {
		return DType{}, goError(t, path, "dtype size in bytes must fit into a C int")
	}
	if as != "" && t.Kind() != reflect.Array {
		return DType{}, goError(t, path, "the tag option %q is for arrays", as)
	}
	switch t.Kind() {
	case reflect.Struct:
		return goStruct(t, path)
	case reflect.Array:
		return goArray(t, path, as)
	}
	k := goKind(t)
	if k == KindInvalid {
		return DType{}, goError(t, path, "a %s holds a pointer and cannot lie in an array's memory", t.Kind())
	}
	return plain(k), nil
}

// goKind is the kind of a Go number or bool.
func goKind(t reflect.Type) Kind {
	if t == reflect.TypeFor[float16.Float16]() {
		return KindFloat16
	}
	class := byte(0)
	switch k := t.Kind(); {
	case k == reflect.Bool:
		class = 'b'
	case k >= reflect.Int && k <= reflect.Int64:
		class = 'i'
	case k >= reflect.Uint && k <= reflect.Uintptr:
		class = 'u'
	case k == reflect.Float32, k == reflect.Float64:
		class = 'f'
	case k == reflect.Complex64, k == reflect.Complex128:
		class = 'c'
	}
	return sized[class][int(t.Size())]
}

func goArray(t reflect.Type, path []string, as string) (DType, error) {
	elem := t.Elem()
	isByte := elem == reflect.TypeFor[byte]()
	switch {
	case isByte && as == "":
		return Bytes(t.Len()), nil
	case isByte && as == "void":
		return Void(t.Len()), nil
	case as == "str" && elem.Kind() == reflect.Int32:
		return Str(t.Len()), nil
	case as != "" && as != "array":
		return DType{}, goError(t, path, "the tag option %q does not fit the array", as)
	}
	var shape []int
	for {
		shape = append(shape, t.Len())
		t = t.Elem()
		if t.Kind() != reflect.Array || as == "" && t.Elem() == reflect.TypeFor[byte]() {
			break
		}
	}
	base, err := goDType(t, path, "")
	if err != nil {
		return DType{}, err
	}
	return SubArray(base, shape...)
}

func goStruct(t reflect.Type, path []string) (DType, error) {
	fields := make([]Field, 0, t.NumField())
	for f := range t.Fields() {
		name, as, _ := strings.Cut(f.Tag.Get("nd"), ",")
		at := append(slices.Clip(path), f.Name)
		d, err := goDType(f.Type, at, as) // of padding too: a pointer there would hide from the collector
		switch {
		case err != nil:
			return DType{}, err
		case f.Name == "_" || name == "-":
			continue
		case name == "":
			name = f.Name
		}
		fields = append(fields, Field{Name: name, DType: d, Offset: int(f.Offset)})
	}
	if err := checkNames(fields, false); err != nil {
		return DType{}, goError(t, path, "%s", err.(*nderr.Error).Msg)
	}
	o := StructOptions{Offsets: true, ItemSize: int(t.Size())}
	aligned := ext{fields: fields, aligned: true}
	o.Align = aligned.simple(int32(t.Size()))
	return layOut(fields, o, true)
}

// goError names the type and the path to it: "field Friends.Name string: a string holds …".
func goError(t reflect.Type, path []string, format string, args ...any) error {
	where := t.String()
	if len(path) > 0 {
		where = "field " + strings.Join(path, ".") + " " + where
	}
	return typeError("dtype", "%s: %s", where, fmt.Sprintf(format, args...))
}
