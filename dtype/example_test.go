package dtype_test

import (
	"fmt"

	"github.com/stride-go/nd/dtype"
)

func ExampleParse() {
	for _, s := range []string{"float32", "S5", "i1,?", "(2,3)u1", "[('x', '>f8'), ('tag', 'S4')]"} {
		d, err := dtype.Parse(s)
		fmt.Println(d, d.ItemSize(), err)
	}
	_, err := dtype.Parse("float33")
	fmt.Println(err)
	// Output:
	// float32 4 <nil>
	// |S5 5 <nil>
	// [('f0', 'i1'), ('f1', '?')] 2 <nil>
	// ('u1', (2, 3)) 6 <nil>
	// [('x', '>f8'), ('tag', 'S4')] 12 <nil>
	// nd: dtype: data type 'float33' not understood
}

func ExampleOf() {
	type Person struct {
		Name           [30]byte
		Age            int32
		Weight, Height float32
	}
	d, err := dtype.Of[Person]()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.ItemSize(), d.Alignment())
	for _, f := range d.Fields() {
		fmt.Println(f.Offset, f.Name, f.DType.Name())
	}
	_, err = dtype.Of[struct{ Names []string }]()
	fmt.Println(err)
	// Output:
	// 44 4
	// 0 Name bytes240
	// 32 Age int32
	// 36 Weight float32
	// 40 Height float32
	// nd: dtype: field Names []string: a slice holds a pointer and cannot lie in an array's memory
}

func ExampleStruct() {
	fields := []dtype.Field{{Name: "flag", DType: dtype.Uint8}, {Name: "pair", DType: dtype.Str(2)}, {Name: "small", DType: dtype.Int8}}
	packed, _ := dtype.Struct(fields)
	aligned, _ := dtype.Struct(fields, dtype.StructOptions{Align: true})
	fmt.Println(packed.ItemSize(), aligned.ItemSize(), aligned.FieldAt(1).Offset)
	// Output: 10 16 4
}

func ExamplePromote() {
	a, _ := dtype.Promote(dtype.Uint8, dtype.Int8)
	b, _ := dtype.Promote(dtype.Int64, dtype.Float32)
	c, _ := dtype.Promote(dtype.Int64, dtype.Bytes(3))
	fmt.Println(a, b, c, dtype.PromoteWeak(dtype.WeakFloat, dtype.Float32))
	// Output: int16 float64 |S21 float32
}

func ExampleCanCast() {
	fmt.Println(dtype.CanCast(dtype.Int32, dtype.Float64, dtype.Safe), dtype.CanCast(dtype.Int32, dtype.Float32, dtype.Safe),
		dtype.CanCast(dtype.Int32, dtype.Float32, dtype.SameKind))
	// Output: true false true
}

func ExampleParseDescr() {
	d, _ := dtype.ParseDescr("[('a', '|i1'), ('', '|V7'), ('b', '<f8')]")
	b, _ := d.Field("b")
	fmt.Println(d.Names(), b.Offset, d.ItemSize())
	fmt.Println(d.Descr())
	// Output:
	// [a b] 8 16
	// [('a', '|i1'), ('', '|V7'), ('b', '<f8')]
}
