package nd

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// frozen returns a read-only array of six items over the bytes of a Go string,
// and a function that tells whether they are still what they were.
func frozen(t testing.TB, dt dtype.DType) (*Array, func() bool) {
	t.Helper()
	text := strings.Repeat("\x01", 6*dt.ItemSize())
	a, err := FromString(text, dt)
	ok(t, err)
	// The string's own memory, so that a write through any door shows.
	raw := unsafe.Slice(unsafe.StringData(text), len(text))
	before := bytes.Clone(raw)
	return a, func() bool { return bytes.Equal(raw, before) }
}

var frozenDTypes = []dtype.DType{dtype.Bool, dtype.Int8, dtype.Int64, dtype.Uint16, dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex128}

// X1: no operation writes through a read-only array. NumPy's add.at does.
func TestX1NoUfuncWritesThroughAReadOnlyArray(t *testing.T) {
	tried := 0
	for op := kernel.Op(0); op < kernel.NumOps; op++ {
		u, known := UfuncNamed(op.String())
		if !known {
			continue
		}
		for _, dt := range frozenDTypes {
			ro, same := frozen(t, dt)
			fresh := ro.Copy()
			in := make([]*Array, u.NIn())
			for i := range in {
				in[i] = fresh
			}
			outs := make([]*Array, u.NOut())
			for i := range outs {
				outs[i] = ro
			}
			for name, f := range map[string]func(){
				"out": func() { u.Apply(in, Out(outs...), Casting(dtype.Unsafe)) },
				"where": func() {
					u.Apply(in, Out(outs...), Casting(dtype.Unsafe), Where(Ones(dtype.Bool, 6)))
				},
				"at": func() {
					switch u := u.(type) {
					case Binary:
						u.At(ro, fresh, Ints(0, 1, 2, 3, 4, 5))
					case Unary:
						u.At(ro, Ints(0, 0, 1))
					default:
						fail("at", ErrReadOnly, "no such method")
					}
				},
				"at with a mask": func() {
					if u, isBinary := u.(Binary); isBinary {
						u.At(ro, 1, By(Ones(dtype.Bool, 6)))
					} else {
						fail("at", ErrReadOnly, "no such method")
					}
				},
				"reduce": func() {
					if u, isBinary := u.(Binary); isBinary {
						u.Reduce(fresh.Reshape(2, 3), Axis(1), Out(ro.Slice(To(2))))
					} else {
						fail("reduce", ErrReadOnly, "no such method")
					}
				},
				"accumulate": func() {
					if u, isBinary := u.(Binary); isBinary {
						u.Accumulate(fresh, Out(ro))
					} else {
						fail("accumulate", ErrReadOnly, "no such method")
					}
				},
			} {
				tried++
				err := Try(f)
				if err == nil {
					t.Errorf("%s.%s of %s: no error", op, name, dt)
				}
				if !same() {
					t.Fatalf("%s.%s of %s wrote to a read-only array", op, name, dt)
				}
			}
		}
	}
	if tried < 2000 {
		t.Errorf("only %d calls", tried)
	}
}

func TestX1NoMethodWritesThroughAReadOnlyArray(t *testing.T) {
	option := reflect.TypeFor[Option]()
	typ := reflect.TypeFor[*Array]()
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		if m.Name == "Release" || strings.HasPrefix(m.Name, "Unsafe") {
			continue
		}
		for _, dt := range []dtype.DType{dtype.Float64, dtype.Int64, dtype.Bool} {
			for _, withOut := range []bool{false, true} {
				ro, same := frozen(t, dt)
				receiver := ro
				if withOut {
					receiver = ro.Copy()
				}
				in := []reflect.Value{reflect.ValueOf(receiver)}
				usable, variadic := true, m.Type.IsVariadic()
				n := m.Type.NumIn()
				if variadic {
					n--
				}
				for k := 1; k < n; k++ {
					switch p := m.Type.In(k); p {
					case typ:
						in = append(in, reflect.ValueOf(ro.Copy()))
					case reflect.TypeFor[dtype.DType]():
						in = append(in, reflect.ValueOf(dt))
					case reflect.TypeFor[[]int]():
						in = append(in, reflect.ValueOf([]int{0}))
					default:
						if p.Kind() == reflect.Interface || p.Kind() == reflect.Func {
							usable = false
							break
						}
						in = append(in, reflect.Zero(p))
					}
				}
				takesOptions := variadic && m.Type.In(n) == reflect.SliceOf(option)
				if !usable || withOut && !takesOptions {
					continue
				}
				if withOut {
					in = append(in, reflect.ValueOf(Out(ro)))
				}
				func() {
					defer func() { recover() }()
					m.Func.Call(in)
				}()
				if !same() {
					t.Fatalf("%s (out=%v) of %s wrote to a read-only array", m.Name, withOut, dt)
				}
			}
		}
	}
}

// The operations with type parameters, which reflection does not see, and those
// of the package.
func TestX1NoWriterWritesThroughAReadOnlyArray(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Int64} {
		ro, same := frozen(t, dt)
		fresh := ro.Copy()
		mask := Ones(dtype.Bool, 6)
		for name, f := range map[string]func(){
			"Set":          func() { ro.Set(7, 0) },
			"Assign":       func() { ro.Assign(7) },
			"Fill":         func() { ro.Fill(7) },
			"AssignWhere":  func() { ro.AssignWhere(7, mask) },
			"SetPick":      func() { ro.SetPick(7, Ints(0)) },
			"SetPick mask": func() { ro.SetPick(7, By(mask)) },
			"SetSubscript": func() { ro.SetSubscript(7, From(2)) },
			"in place":     func() { ro.Add(1, Out(ro)) },
			"view":         func() { ro.Slice(Step(-1)).Reshape(2, 3).Set(7, 0, 0) },
			"transposed":   func() { ro.Reshape(2, 3).Transpose().Assign(fresh.Reshape(3, 2)) },
			"other dtype":  func() { ro.View(dtype.Uint8).Fill(7) },
			"Sort":         func() { ro.Sort() },
			"Partition":    func() { ro.Partition(2) },
			"ByteSwap":     func() { ro.ByteSwap(Out(ro)) },
			"Clip":         func() { ro.Clip(2, 3, Out(ro)) },
			"Take":         func() { fresh.Take(Of([]int{5, 4, 3, 2, 1, 0}), Out(ro)) },
			"Data": func() {
				if _, given := ro.Data[float64](); !given {
					fail("Data", ErrReadOnly, "refused")
				}
			},
			"RawSpan": func() {
				if _, err := ro.RawSpan(); err != nil {
					panic(err)
				}
			},
			"SetWriteable": func() {
				if err := ro.SetWriteable(true); err != nil {
					panic(err)
				}
			},
		} {
			if err := Try(f); err == nil {
				t.Errorf("%s: no error", name)
			}
			if !same() {
				t.Fatalf("%s wrote to a read-only array", name)
			}
		}
	}
	ro, same := frozen(t, dtype.Float64)
	for lane := range ro.Lanes[float64](0) { // a gathered copy, whatever the loop does to it
		lane[0] = 0
	}
	if !same() {
		t.Fatal("Lanes gave a writeable slice of a read-only array")
	}
}

// X2: there is no door through which an array's content is swapped for another;
// SetWriteable is the one thing about a header that changes.
func TestX2HeadersDoNotChange(t *testing.T) {
	typ := reflect.TypeFor[*Array]()
	for i := range typ.NumMethod() {
		if name := typ.Method(i).Name; strings.HasPrefix(name, "Set") && name != "SetWriteable" && !strings.HasPrefix(name, "SetDiff") {
			a := Arange(4)
			shape, place := a.Shape(), a.DataPtr()
			Try(func() {
				m := typ.Method(i)
				in := []reflect.Value{reflect.ValueOf(a)}
				for k := 1; k < m.Type.NumIn() && !(m.Type.IsVariadic() && k == m.Type.NumIn()-1); k++ {
					in = append(in, reflect.Zero(m.Type.In(k)))
				}
				defer func() { recover() }()
				m.Func.Call(in)
			})
			if a.DataPtr() != place || shapeText(a.Shape()) != shapeText(shape) {
				t.Errorf("%s changed the header", name)
			}
		}
	}
}

// X9: writing through a view whose items overlap gives the result of some order
// of the writes, stays inside the block, and reading operands that overlap the
// output is as if they had been copied first.
func TestX9OverlappingViews(t *testing.T) {
	a := Arange(10)
	w := a.AsStrided([]int{8, 3}, []int{8, 8})
	w.Assign(Arange(24).Reshape(8, 3))
	for i := range 10 {
		v := a.At[int64](i)
		// Item i is written by (r, c) with r+c == i and value 3r+c.
		r, c := (v-int64(i))/2, int64(i)-(v-int64(i))/2
		if r+c != int64(i) || r < 0 || r > 7 || c < 0 || c > 2 || 3*r+c != v {
			t.Errorf("item %d is %d, which nobody wrote", i, v)
		}
	}
	b := Arange(10)
	b.Slice(From(1)).Assign(b.Slice(To(-1)))
	if got := b.String(); got != "[0 0 1 2 3 4 5 6 7 8]" {
		t.Error(got)
	}
	c := Arange(6)
	c.Slice(From(1)).Add(c.Slice(To(-1)), Out(c.Slice(From(1))))
	if got := c.String(); got != "[0 1 3 5 7 9]" {
		t.Error(got)
	}
	if err := Try(func() { a.AsStrided([]int{8, 4}, []int{8, 8}) }); !errors.Is(err, ErrValue) {
		t.Error(err)
	}
}
