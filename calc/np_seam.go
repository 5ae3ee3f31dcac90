package calc

// THE SEAM between the language and NumPy's names: two helpers work on it. This
// comment goes away when the functions below stand here.
//
// # Binding NumPy's names in calc (read by the helpers `calc` and `calcnp`)
//
// Two helpers write the NumPy side of package calc. Files and owners:
//
// - helper `calc`: np_value.go (the ndarray value over *nd.Array, memmap class, NumPy scalars (0-d results), dtype values and
//   type objects np.float32 …), np_ops.go (operators, in-place, comparisons), np_attr.go/np_method*.go (attributes and methods of
//   ndarray, scalars, dtype, flags, flatiter), np_index.go (subscripts read/write), np_error.go, result JSON.
// - helper `calcnp`: np_func_*.go: the functions and constants of module `np` (np.zeros … np.save/np.load/np.memmap, np.lib.stride_tricks…,
//   np.add & co. ufunc objects with .reduce/.accumulate/.outer/.at/.reduceat/.types/.nin/.identity…, np.errstate, np.testing-less), module `samples`,
//   np.ctypeslib-less, np.rec? later; conversion np.array(object) from nested lists.
//
// The seam (whoever comes first writes it, in np_seam.go; names are fixed):
//
// ```go
// func (in *Interp) toArray(v Value) *nd.Array            // np.asarray: lists, tuples, scalars, arrays, bytes, buffers; NumPy's dtype discovery (rules 2.1.1, 2.1.2); errors as NumPy
// func (in *Interp) toArrayAs(v Value, dt dtype.DType) *nd.Array  // with a dtype
// func (in *Interp) operand(v Value) *nd.Array            // as toArray, but Python bool/int/float/complex become weak 0-d operands (nd.Weak)
// func (in *Interp) fromArray(a *nd.Array) Value          // an ndarray value
// func (in *Interp) scalarOrArray(a *nd.Array) Value      // a NumPy scalar when a is 0-d, else an ndarray (results of ufuncs, reductions, integer subscripts)
// func (in *Interp) toDType(v Value) dtype.DType          // None → float64; str, type objects, Python types, dtype values, lists, dicts
// func (in *Interp) toShape(v Value) []int; toAxis…, toInt(v Value) int
// func (in *Interp) npError(r any) …                      // *nd.Error → exception, in the one recover point
// np functions are registered in tables: npFunc("zeros", "shape, dtype=None, order='C', *, device=None, like=None", func(in *Interp, a []Value) Value {…}),
// with NumPy's own parameter names, so that keywords work and unknown ones raise TypeError as NumPy words it.
// ```
// Allocation limits: before an array is allocated by a program, in.charge(bytes) (np.zeros(1<<40) → MemoryError with NumPy's text).
// Golden: oracle/ (6,291 snippets with NumPy's answers): `go test ./oracle -run 'TestGolden/TOPIC'` once `ask` in oracle/oracle_test.go is connected to calc
// (connect it as soon as the seam compiles).
