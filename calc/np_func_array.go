package calc

import (
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Functions that make arrays of other values: array and its kin.
var _ = later(func() {
	npC("array", "object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=64, like=None", func(in *Interp, a []Value) Value {
		in.likeDevice(nil, a[7])
		return in.newArray(arraySpec{object: a[0], dtype: a[1], copy: a[2], order: a[3], subok: in.truth(a[4]), ndmin: in.toInt(a[5])})
	})
	npC("asarray", "a, dtype=None, order=None, *, device=None, copy=None, like=None", func(in *Interp, a []Value) Value {
		in.likeDevice(a[3], a[5])
		return in.newArray(arraySpec{object: a[0], dtype: a[1], order: a[2], copy: a[4]})
	})
	npC("asanyarray", "a, dtype=None, order=None, *, device=None, copy=None, like=None", func(in *Interp, a []Value) Value {
		in.likeDevice(a[3], a[5])
		return in.newArray(arraySpec{object: a[0], dtype: a[1], order: a[2], copy: a[4], subok: true})
	})
	for name, order := range map[string]Str{"ascontiguousarray": "C", "asfortranarray": "F"} {
		npC(name, "a, dtype=None, *, like=None", func(in *Interp, a []Value) Value {
			return in.newArray(arraySpec{object: a[0], dtype: a[1], order: order, copy: None, ndmin: 1})
		})
	}
	npFunc("copy", "a, order='K', subok=False", func(in *Interp, a []Value) Value {
		return in.newArray(arraySpec{object: a[0], order: a[1], copy: Bool(true), subok: in.truth(a[2])})
	})
	npFunc("require", "a, dtype=None, requirements=None, *, like=None", func(in *Interp, a []Value) Value {
		return in.require(a[0], a[1], a[2])
	})
	npC("frombuffer", "buffer, dtype=None, count=-1, offset=0, *, like=None", func(in *Interp, a []Value) Value {
		return in.fromBuffer(a[0], in.toDType(a[1]), in.toInt(a[2]), in.toInt(a[3]))
	})
	npC("fromiter", "iter, dtype, count=-1, *, like=None", func(in *Interp, a []Value) Value {
		return in.fromIter(a[0], in.toDType(a[1]), in.toInt(a[2]))
	})
	npC("fromstring", "string, dtype=None, count=-1, *, sep='', like=None", func(in *Interp, a []Value) Value {
		return in.fromText(strArg(a[0], "a str is required, not %s"), in.toDType(a[1]), in.toInt(a[2]), a[3])
	})
	npFunc("asarray_chkfinite", "a, dtype=None, order=None", func(in *Interp, a []Value) Value {
		v := in.newArray(arraySpec{object: a[0], dtype: a[1], order: a[2], copy: None})
		x := v.(*Ndarray).a
		if (x.DType().IsFloat() || x.DType().IsComplex()) && !x.IsFinite().AllTrue(nd.AllAxes()).Item[bool]() {
			throw(excValueError, "array must not contain infs or NaNs")
		}
		return v
	})
})

// arraySpec are the arguments of np.array.
type arraySpec struct {
	object, dtype, copy, order Value
	subok                      bool
	ndmin                      int
}

const noCopyText = `Unable to avoid copy while creating an array as requested.
If using ` + "`np.array(obj, copy=False)` replace it with `np.asarray(obj)`" + ` to allow a copy when needed (no behavior change in NumPy 1.x).
For more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.`

// newArray is np.array: copy is True, False or None, which copies if it must.
func (in *Interp) newArray(s arraySpec) Value {
	order := in.toOrder(s.order, nd.K)
	must, never := given(s.copy) && in.truth(s.copy), given(s.copy) && !in.truth(s.copy)
	var dt dtype.DType
	if given(s.dtype) {
		dt = in.toDType(s.dtype)
	}
	x, isArray := s.object.(*Ndarray)
	if isArray && !must && in.fits(x.a, dt, order) {
		if x.a.NDim() >= s.ndmin && (s.subok || x.Type() == typeNdarray) {
			return x
		}
		return in.plain(x.a, s.ndmin)
	}
	if f, ok := s.object.(*flatIter); ok {
		return in.fromArray(view(f.a.Flatten()))
	}
	a, whole := arrayOf(s.object)
	if !whole {
		a, whole = in.exported(s.object)
	}
	switch {
	case !whole:
		if never {
			throw(excValueError, "%s", noCopyText)
		}
		if given(s.dtype) {
			a = in.toArrayAs(s.object, dt)
		} else {
			a = in.toArray(s.object)
		}
		if order == nd.F && a.NDim() > 1 {
			a = a.Copy(nd.F)
		}
		return in.plain(a, s.ndmin)
	case !must && !isArray && in.fits(a, dt, order):
		r := in.plain(a, s.ndmin)
		if o, ok := s.object.(*Instance); ok && !in.hasAttr(o, "__array__") {
			r.(*Ndarray).base = o // whose array interface it was
		}
		return r
	case never:
		throw(excValueError, "%s", noCopyText)
	}
	if !given(s.dtype) {
		dt = a.DType()
	}
	in.chargeArray(dt, a.Shape())
	if dt.ItemSize() == 0 && dt.Kind() != dtype.KindVoid || dt != a.DType() {
		a = a.AsType(dt, nd.OrderIs(order), nd.Casting(dtype.Unsafe))
	} else {
		a = a.Copy(order)
	}
	return in.plain(a, s.ndmin)
}

// fits reports whether an array needs no copy for the dtype and the order.
func (in *Interp) fits(a *nd.Array, dt dtype.DType, order nd.Order) bool {
	if dt.IsValid() && dt != a.DType() {
		return false
	}
	switch order {
	case nd.C:
		return a.Flags().Has(nd.CContiguous)
	case nd.F:
		return a.Flags().Has(nd.FContiguous)
	case nd.A:
		return a.Flags().Forc()
	}
	return true
}

// plain is the value of an array with at least ndmin axes, of no subclass.
func (in *Interp) plain(a *nd.Array, ndmin int) Value {
	if n := ndmin - a.NDim(); n > 0 {
		a = a.Reshape(append(onesOf(n), a.Shape()...)...)
	}
	x := &Ndarray{a: a}
	if x.Type() != typeNdarray {
		x.as = typeNdarray
	}
	return x
}

// require is np.require: an array with the flags that are asked for.
func (in *Interp) require(v, dt, requirements Value) Value {
	if !given(requirements) {
		return in.newArray(arraySpec{object: v, dtype: dt, copy: None, subok: true})
	}
	names := map[string]string{"C": "C", "C_CONTIGUOUS": "C", "CONTIGUOUS": "C", "F": "F", "F_CONTIGUOUS": "F", "FORTRAN": "F",
		"A": "A", "ALIGNED": "A", "W": "W", "WRITEABLE": "W", "O": "O", "OWNDATA": "O", "E": "E", "ENSUREARRAY": "E"}
	want := map[string]bool{}
	for _, w := range in.listOf(requirements) {
		s, _ := w.(Str)
		name, ok := names[strings.ToUpper(string(s))]
		if !ok {
			panic(&Exception{typ: excKeyError, args: []Value{Str(strings.ToUpper(in.Str(w)))}})
		}
		want[name] = true
	}
	order := Value(Str("A"))
	switch {
	case want["C"] && want["F"]:
		throw(excValueError, "Cannot specify both \"C\" and \"F\" order")
	case want["F"]:
		order = Str("F")
	case want["C"]:
		order = Str("C")
	}
	r := in.newArray(arraySpec{object: v, dtype: dt, order: order, copy: None, subok: !want["E"]})
	a := r.(*Ndarray).a
	for name, flag := range map[string]nd.Flags{"A": nd.Aligned, "W": nd.Writeable, "O": nd.OwnData} {
		if want[name] && !a.Flags().Has(flag) {
			return in.fromArray(a.Copy(in.toOrder(order, nd.K)))
		}
	}
	return r
}

// fromBuffer is np.frombuffer: a view of memory that something lends.
func (in *Interp) fromBuffer(v Value, dt dtype.DType, count, offset int) Value {
	from, isArray := in.lentItems(v)
	item, n := dt.ItemSize(), 0
	var buf *buffer.Buffer
	if isArray {
		n = from.NBytes()
	} else {
		buf = in.bufferOf(v)
		n = buf.Len()
	}
	switch {
	case item == 0:
		throw(excValueError, "itemsize cannot be zero in type")
	case offset < 0 || offset > n:
		throw(excValueError, "offset must be non-negative and no greater than buffer length (%d)", n)
	case count < 0 && (n-offset)%item != 0:
		throw(excValueError, "buffer size must be a multiple of element size")
	}
	if !isArray {
		a, err := nd.FromBuffer(buf, dt, count, offset)
		if err != nil {
			panic(err)
		}
		return &Ndarray{a: a, base: v}
	}
	if count < 0 {
		count = (n - offset) / item
	} else if count > (n-offset)/item {
		throw(excValueError, "buffer is smaller than requested size")
	}
	// A view of the array, so that its flags and its end hold for both.
	a, err := nd.OverArray(from, dt, []int{count}, []int{item}, offset)
	if err != nil {
		panic(err)
	}
	return &Ndarray{a: a, base: v}
}

// lentItems is the contiguous array whose memory an array or a memoryview lends.
func (in *Interp) lentItems(v Value) (*nd.Array, bool) {
	if m, ok := v.(*memoryView); ok {
		if !m.array().Flags().Has(nd.CContiguous) {
			throw(excBufferError, "memoryview: underlying buffer is not C-contiguous")
		}
		return m.a, true
	}
	a, ok := arrayOf(v)
	if ok && !a.Flags().Has(nd.CContiguous) {
		throw(excValueError, "ndarray is not C-contiguous")
	}
	if _, scalar := v.(*Scalar); scalar {
		a = a.Copy()
		if err := a.SetWriteable(false); err != nil {
			panic(err)
		}
	}
	return a, ok
}

// fromIter is np.fromiter.
func (in *Interp) fromIter(v Value, dt dtype.DType, count int) Value {
	if r, ok := v.(*Range); ok && count < 0 && dt.ItemSize() > 0 {
		return in.fromArray(in.toArrayAs(r, dt))
	}
	it := in.iterate(v)
	l := &List{}
	for count < 0 || len(l.items) < count {
		w, ok := it.Next(in)
		if !ok {
			break
		}
		in.step()
		in.charge(itemBytesInList)
		l.items = append(l.items, w)
	}
	if count >= 0 && len(l.items) < count {
		throw(excValueError, "iterator too short: Expected %d but iterator had only %d items.", count, len(l.items))
	}
	if dt.ItemSize() == 0 {
		throw(excValueError, "Must specify length when using variable-size data-type.")
	}
	return in.fromArray(in.toArrayAs(l, dt))
}

// fromText is np.fromstring with a separator.
func (in *Interp) fromText(text string, dt dtype.DType, count int, sep Value) Value {
	const unmatched = "string or file could not be read to its end due to unmatched data"
	s := strArg(sep, "sep must be str")
	if s == "" {
		throw(excValueError, "The binary mode of fromstring is removed, use frombuffer instead")
	}
	parts := strings.Fields(text)
	if t := strings.TrimSpace(s); t != "" {
		parts = strings.Split(text, t)
	}
	l := &List{}
	for i, p := range parts {
		if count >= 0 && len(l.items) == count {
			break
		}
		if p = strings.TrimSpace(p); p == "" && i == len(parts)-1 {
			break // after the last separator
		}
		if p == "" || strings.Contains(p, "_") { // which Python's numbers may hold
			throw(excValueError, unmatched)
		}
		in.charge(32)
		l.items = append(l.items, Str(p))
	}
	wide := dt
	if dt.IsSigned() {
		wide = dtype.Int64
	} else if dt.IsInteger() {
		wide = dtype.Uint64
	}
	var r *nd.Array
	if exc := in.catch(func() { r = in.toArrayAs(l, wide).AsType(dt, nd.CopyIs(false)) }); exc != nil {
		if exc.typ == excValueError || exc.typ == excOverflowError {
			throw(excValueError, unmatched)
		}
		panic(exc)
	}
	return in.fromArray(r)
}
