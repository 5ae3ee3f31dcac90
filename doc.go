// Package nd is NumPy's array memory in Go: one block of bytes, and any number
// of headers that say how to read it.
//
// An [Array] is such a header: dtype, shape, strides, offset and flags over a
// block that lives on the Go heap, in a mapped file, or in somebody else's
// memory. Slicing, transposing, reshaping, picking a field of a record or
// reading the same bytes as another dtype makes a new header and moves no data;
// operations that copy say so.
//
//	a := nd.Arange(12).Reshape(3, 4)
//	b := a.Slice(nd.All, nd.R(1, 3)) // a view
//	b.Add(100, nd.Out(b))            // changes a
//
// Names, rules and printing are NumPy 2's, in Go case: [Array.Reshape],
// [Array.BroadcastTo], [Add] with its Reduce, Accumulate, Outer and At. Keyword
// arguments are options of the same name: [Out], [Where], [Axis], [KeepDims],
// [Casting], [DType].
//
// A mistake in the program panics with an [*Error] worded as NumPy words it; a
// fact of the world, such as a broken file, is returned as an error. [Try] turns
// the former into the latter.
//
// An array may be used from several goroutines as a Go slice may: reading it, taking
// views and computing from it need no lock; who writes items that others read or write
// at the same time must keep them apart. [Array.Release] and a Close of the block may
// come at any time: calls that meet it end with [ErrClosed].
package nd
